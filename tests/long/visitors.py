"""Simulated people on a real server: they sign in, press run, and note when they hear what."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from service import accounts
from service.kit import open_quiet_kit
from service.records import Role
from service.settings import Settings
from tests.journeys import serving as real
from tests.journeys.serving import Person, Server

PATIENCE = 60.0
"""Seconds without an event after which a stream is stuck."""
ROOM = {"HOCVU_UPLOAD_LIMIT": "100000 per hour"}
"""All simulated people come from one address and send more than a person would."""


@contextmanager
def serving(data: Path, **environ: str) -> Iterator[Server]:
    """A real server with room for everybody; what it printed goes with a failure, and a traceback there is one."""
    with real.serving(data, ROOM | environ) as server:
        try:
            yield server
        except BaseException as error:
            error.add_note(server.printed()[-4000:])
            raise
        assert "Traceback" not in server.printed(), server.printed()


def password_of(name: str) -> str:
    return f"{name}-mat-khau"


def enrol(data: Path, count: int) -> list[str]:
    """Make learners, as an administrator would; returns their names."""
    names = [f"hocvien{n}" for n in range(1, count + 1)]
    with closing(open_quiet_kit(Settings(data=data, secret_key="-"))) as kit:
        for name in names:
            accounts.create_user(kit, name, name.title(), Role.LEARNER, password_of(name))
    return names


@dataclass(frozen=True)
class Heard:
    """An event of a stream; ``at`` in seconds of the monotonic clock."""

    at: float
    name: str
    data: dict[str, Any]


class Visitor(Person):
    """A signed-in learner to whom no page ever answers with a fault of ours; keeps how long each page took."""

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        self.deeds: Counter[str] = Counter()
        self.waited: list[float] = []
        super().__init__(url, name, password_of(name))

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        started = time.monotonic()
        answer = super().send(request, **options)
        self.waited.append(time.monotonic() - started)
        assert answer.status_code < 500, f"{answer.status_code} for {self.name} at {request.method} {request.url}"
        return answer

    def begin(self, exercise: str, prompt: str, token: str = "") -> int:
        """Press run; returns the attempt. With the ``token`` at hand the desk is not opened first."""
        token = token or self.token(f"/exercises/{exercise}")
        page = self.post(f"/exercises/{exercise}/attempts", data={"csrf_token": token, "prompt": prompt})
        found = re.search(r"/attempts/(\d+)", str(page.url))
        assert page.status_code == 200 and found, f"{page.status_code} at {page.url}"
        return int(found[1])

    def listen(self, attempt: int) -> Generator[Heard]:
        """The stream of an attempt; raises when it is silent for too long or ends without saying so."""
        name, data, last = "", {}, time.monotonic()
        with self.stream("GET", f"/attempts/{attempt}/stream") as stream:
            for line in stream.iter_lines():
                moment = time.monotonic()
                assert moment - last <= PATIENCE, f"attempt {attempt}: no event for {moment - last:.0f} s"
                if line.startswith("event:"):
                    name, last = line.removeprefix("event:").strip(), moment
                elif line.startswith("data:"):
                    data = json.loads(line.removeprefix("data:"))
                    yield Heard(moment, name, data)
        assert name == "finish", f"attempt {attempt} ended with {name or 'nothing'} {data}"


def text_of(heard: Sequence[Heard]) -> str:
    return "".join(one.data["text"] for one in heard if one.name == "delta")


def wait_for_model(visitor: Visitor) -> None:
    deadline = time.monotonic() + 120
    while "sẵn sàng" not in visitor.get("/state").text:
        assert time.monotonic() < deadline, "the model was not ready within two minutes"
        time.sleep(0.1)


def resident_mb(server: Server) -> float:
    """Memory the server holds now; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0.0
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s*(\d+)", status)[1]) / 1024  # type: ignore[index]


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask the server's database from outside."""
    with closing(sqlite3.connect(data / "hocvu.sqlite3", timeout=30)) as connection:
        return connection.execute(query).fetchall()


def figures(title: str, seconds: Sequence[float]) -> str:
    """A row of the table under :data:`HEAD`."""
    if not seconds:
        return f"{title:<16}{'–':>9}{'–':>9}{'–':>9}"
    cuts = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else [*seconds] * 19
    return f"{title:<16}{cuts[9]:>9.2f}{cuts[18]:>9.2f}{max(seconds):>9.2f}"


HEAD = f"{'seconds':<16}{'p50':>9}{'p95':>9}{'most':>9}"
