"""The Kit: settings, database, model, index and prompt frames, opened once and handed down to every feature."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from service.embedders.base import Embedder
from service.engines.base import Engine
from service.index import Index
from service.prompts import Frame, load_frames
from service.settings import HOME, Settings
from service.store.db import Database


@dataclass(frozen=True)
class Kit:
    """What a feature needs to work. Nothing in it is created at import."""

    settings: Settings
    db: Database
    engine: Engine
    index: Index
    embedder: Embedder | None
    frames: Mapping[str, Frame]

    def close(self) -> None:
        """Stop the model and close the database."""
        self.engine.close()
        self.db.close()


def open_kit(settings: Settings, *, engine: Engine | None = None, embedder: Embedder | None = None) -> Kit:
    """Open everything; the model and the embedder load in the background. Tests hand in their own."""
    from service.embedders import open_embedder
    from service.engines import open_engine

    settings.data.mkdir(parents=True, exist_ok=True)
    db = Database(settings.url)
    db.migrate()
    embedder = embedder or open_embedder(settings.embedder)
    earlier = open_embedder("") if settings.embedder else None  # answers until the other has read every passage
    engine = engine or open_engine(settings.engine, **engine_options(settings))
    return Kit(settings, db, engine, Index(db, embedder, earlier), embedder, load_frames(HOME / "prompts" / "system"))


def open_quiet_kit(settings: Settings) -> Kit:
    """A kit for work that needs no model (people, the doctor): nothing is loaded."""
    from service.engines import open_engine

    return open_kit(replace(settings, embedder=""), engine=open_engine("llama", model_path=None))


def engine_options(settings: Settings) -> dict[str, Any]:
    """What the engine is opened with: the model found, and the settings that are set (0 leaves the choice to it)."""
    wanted = {"context": settings.context, "seats": settings.seats, "queue_limit": settings.queue_limit}
    given: dict[str, Any] = {name: value for name, value in wanted.items() if value}
    if settings.engine == "openai_server":
        return given | {"url": settings.server_url, "model": settings.server_model, "key": settings.server_key}
    path, boxed = find_model(settings), bundled()
    options = given | {"model_path": path, "prefix_folder": settings.data / "prefixes"}
    if path == HOME / "models" / boxed["file"]:
        options |= {"label": boxed["name"], "small": boxed["small"], "sha256": boxed["sha256"]}
    return options


def bundled() -> dict[str, Any]:
    """What models/bundled.json says of the model in the box: file, name, sha256, small."""
    found: dict[str, Any] = json.loads((HOME / "models" / "bundled.json").read_text(encoding="utf-8"))
    return found


def find_model(settings: Settings) -> Path | None:
    """The GGUF to run: the one set, else the newest in the data folder's models/, else the one in the box."""
    if settings.model:
        return Path(settings.model).expanduser().resolve()
    for folder in (settings.models, HOME / "models"):
        found = sorted(folder.glob("*.gguf"), key=lambda path: path.stat().st_mtime, reverse=True)
        if found:
            return found[0]
    return None
