"""A model server for tests: our own ``/v1`` over an engine, on a free port of this machine."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from waitress.server import create_server

from service import accounts, keys
from service.app import create_app
from service.engines.base import Engine
from service.kit import open_kit
from service.records import Role
from service.settings import Settings


@contextmanager
def model_server(engine: Engine) -> Iterator[tuple[str, str]]:
    """(address, key) of a server that answers with ``engine``; both end with the block."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="x" * 64)
        with closing(open_kit(settings, engine=engine)) as kit:
            trainer = accounts.create_user(kit, "thu", "Thu", Role.TRAINER, "thu-mat-khau")
            _, key = keys.create(kit, trainer, "thử")
            server = create_server(create_app(kit), host="127.0.0.1", port=0, threads=24, channel_request_lookahead=1)
            runner = threading.Thread(target=server.run, daemon=True)
            runner.start()
            try:
                yield f"http://127.0.0.1:{server.effective_port}/v1", key
            finally:
                server.close()
                runner.join(timeout=10)
