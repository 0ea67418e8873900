"""A real server in a process of its own, as `python3 run.py` starts it, and a signed-in client for it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = re.compile(r"admin\s*/\s*(\S+)|[Mm]ật khẩu[^:]*:\s*(\S+)")


@dataclass
class Server:
    """A running server; ``kill`` is kill -9, with nothing tidied up."""

    process: subprocess.Popen[str]
    url: str
    log: Path

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8")


def start(data: Path, environ: Mapping[str, str] | None = None, wait: float = 60) -> Server:
    """Start `service.cli serve` on a free port and wait for its first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data.mkdir(parents=True, exist_ok=True)
    log = data.parent / f"server-{port}.log"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HOCVU_")}
    with log.open("w", encoding="utf-8") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "serve", "--data", str(data), "--port", str(port)],
            cwd=ROOT,
            env=clean | {"HOCVU_LOGIN_LIMIT": "1000 per minute", "PYTHONIOENCODING": "utf-8"} | dict(environ or {}),
            stdout=printed,
            stderr=subprocess.STDOUT,
            text=True,
        )
    server = Server(process, f"http://127.0.0.1:{port}", log)
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended:\n{server.printed()}")
        try:
            if httpx.get(server.url + "/healthz", timeout=2).status_code == 200:
                return server
        except httpx.TransportError:
            time.sleep(0.05)
    server.kill()
    raise AssertionError(f"no page within {wait} s:\n{server.printed()}")


@contextmanager
def serving(data: Path, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    server = start(data, environ)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.terminate()
            try:
                server.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()


def add_user(data: Path, name: str, role: str) -> str:
    """Make a person by the command line, as an administrator would; returns the password."""
    made = subprocess.run(
        [
            sys.executable,
            "-m",
            "service.cli",
            "user",
            "add",
            name,
            "--role",
            role,
            "--name",
            name.title(),
            "--data",
            str(data),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = PASSWORD.search(made.stdout)
    assert found, made.stdout
    return next(group for group in found.groups() if group)


class Person(httpx.Client):
    """Somebody at a browser without scripts: keeps cookies and sends the page's token with every form."""

    def __init__(self, url: str, name: str, password: str) -> None:
        super().__init__(base_url=url, follow_redirects=True, timeout=60)
        self.send_form("/login", "/login", name=name, password=password)
        assert "/login" not in str(self.get("/").url), "signing in failed"

    def token(self, page: str) -> str:
        found = re.search(r'<meta name="csrf-token" content="([^"]+)"', self.get(page).text)
        assert found, f"no token on {page}"
        return found[1]

    def send_form(self, page: str, path: str, **fields: str) -> httpx.Response:
        """Fill in the form on ``page`` and send it to ``path``."""
        return self.post(path, data={"csrf_token": self.token(page), **fields})

    def tick_all(self, paper: str) -> None:
        """Confirm every open detail of a draft: before that it is not taken home."""
        for key in re.findall(r'data-tick="([^"]+)"(?![^>]*(?:checked|disabled))', self.get(paper).text):
            self.send_form(paper, f"{paper}/ticks", key=unescape(key), on="1")

    def events(self, attempt_id: int) -> Iterator[tuple[str, str]]:
        """The stream of an attempt as (event, data) pairs."""
        with self.stream("GET", f"/attempts/{attempt_id}/stream") as stream:
            name = ""
            for line in stream.iter_lines():
                if line.startswith("event:"):
                    name = line.removeprefix("event:").strip()
                elif line.startswith("data:"):
                    yield name, line.removeprefix("data:").strip()
