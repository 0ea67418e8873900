"""Serving: from an address to a running Học Vụ and back to a clean stop, in one process.

waitress's defaults are not made for a class: a page must still come while forty answers stream, so there is a thread
for each, and a reader who has left is noticed (``channel_request_lookahead``).
"""

from __future__ import annotations

import os
import select
import signal
import socket
from collections.abc import Callable
from contextlib import closing
from types import FrameType

from filelock import Timeout

from service import (
    accounts,
    ask,
    backup,
    exercises,
    experiments,
    jobs as job_table,
    library,
    practice,
    reading_ahead,
    worker,
)
from service.errors import Conflict, HocVuError
from service.kit import Kit, open_kit
from service.records import Role
from service.settings import Settings

FIRST_ADMIN = "quantri"
SILENT_SECONDS = 120
"""A connection on which nothing moves for so long is closed; streams say something every few seconds."""
BODY_MB = 64
"""How far a request may exceed the upload limit before it is cut off; below that the page says it politely."""


class PortTaken(HocVuError):
    code = "HV-CONG"
    sentence = (
        "Không mở được %(address)s (%(reason)s). Có thể một chương trình khác đang dùng cổng này. "
        "Anh/chị dừng chương trình ấy, hoặc chọn cổng khác: --port %(next)s"
    )


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM.

    1. Take the data folder and the address for this process alone; a later start is refused in a sentence.
    2. Open the kit (the model loads in the background) and mend what the last process left: interrupted attempts are
       marked, its jobs queued again. Only now: another server on the same folder would be robbed of its work.
    3. Seed samples, exercises and the first administrator; have what is practised most read ahead.
    4. Serve; the worker does its jobs beside. At the end stop taking requests, then the worker, then the model.
    """
    lock = backup.in_use(settings)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Conflict(
            f"Học Vụ đang chạy trên thư mục {settings.data}. Anh/chị mở trang đang chạy, hoặc dừng nó trước."
        ) from None
    with lock, listen(settings.host, settings.port) as door, closing(open_kit(settings)) as kit:
        practice.recover(kit)
        ask.recover(kit)
        experiments.recover(kit)
        job_table.recover(kit.db)
        prepare(kit, say)
        reading_ahead.most_used(kit)
        for line in addresses(settings.host, settings.port):
            say(line)
        say("Dừng: bấm Ctrl-C.")
        _serve(kit, door)
        say("Đã dừng. Mọi bài làm đã được lưu.")


def prepare(kit: Kit, say: Callable[[str], None]) -> None:
    """Put the shipped samples and exercises in place; on a fresh folder create the administrator, told once."""
    library.seed(kit)
    exercises.seed(kit)
    if not accounts.list_users(kit):
        password = accounts.new_password()
        accounts.create_user(kit, FIRST_ADMIN, "Quản trị", Role.ADMIN, password)
        say("Đã tạo tài khoản quản trị. Mật khẩu chỉ hiện một lần này, anh/chị ghi lại:")
        say(f"    Tên đăng nhập: {FIRST_ADMIN}")
        say(f"    Mật khẩu: {password}")


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ``PortTaken``. Browsers that come before the pages are ready simply wait."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PortTaken(address=f"{host}:{port}", reason=reason, next=port + 1) from None


def addresses(host: str, port: int) -> list[str]:
    """What to type into a browser. No name is looked up for it: that might leave the machine."""
    here = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104
    lines = [f"Học Vụ đã sẵn sàng: http://{here}:{port}"]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        lines.append(f"Từ máy khác trong phòng: http://{socket.gethostname()}:{port} (hoặc địa chỉ IP của máy này)")
    return lines


def _serve(kit: Kit, door: socket.socket) -> None:
    from waitress.server import create_server

    from service.app import create_app

    settings = kit.settings
    server = create_server(
        create_app(kit),
        sockets=[door],
        threads=settings.threads,
        connection_limit=500,
        channel_request_lookahead=1,
        channel_timeout=SILENT_SECONDS,
        max_request_body_size=(settings.upload_mb + BODY_MB) * 1_000_000,
        asyncore_use_poll=hasattr(select, "poll"),  # select() sees no file number above 1,023
        ident=None,
    )
    helper = worker.start(kit)
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        server.run()  # returns after KeyboardInterrupt; waitress waits for the pages under way
    finally:
        signal.signal(signal.SIGTERM, before)
        server.close()
        helper.stop()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
