"""kill -9 at any moment of the flow loses nothing that was said to be saved, and nothing is ever generated twice."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import httpx
import pytest

from tests.journeys import serving
from tests.journeys.serving import Person, Server

pytestmark = pytest.mark.journey

EXERCISE = "tom-tat-cong-van-tiem-phong"
PROMPT = "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn cho Chủ tịch UBND xã, không quá 150 tiếng."
_TIMES = count(1)


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "hocvu.sqlite3") as connection:
        return connection.execute(query).fetchall()


class Life:
    """A server on one data folder and the learner at it, killed and started again."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._password = serving.add_user(data, "lan", "learner")
        self.start()

    def start(self) -> None:
        self.server = serving.start(self.data)
        self.person = Person(self.server.url, "lan", self._password)

    def kill(self) -> None:
        self.person.close()
        self.server.kill()


@pytest.fixture(scope="module")
def life(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    data = tmp_path_factory.mktemp("kill") / "data"
    shutil.copytree(stocked, data)
    life = Life(data)
    yield life
    life.kill()


def run(person: Person) -> int:
    """A new prompt each time: one that has been answered would be drawn with another seed."""
    prompt = f"{PROMPT} Lần thứ {next(_TIMES)}."
    page = person.send_form(f"/exercises/{EXERCISE}", f"/exercises/{EXERCISE}/attempts", prompt=prompt)
    assert page.status_code == 200, page.text
    return int(re.search(r"/attempts/(\d+)", str(page.url))[1])  # type: ignore[index]


def answered(person: Person) -> int:
    attempt = run(person)
    assert [name for name, _data in person.events(attempt)][-1] == "finish"
    return attempt


def feedback(person: Person, attempt: int) -> str:
    """The feedback on an attempt, once the worker has given it."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        page = person.get(f"/attempts/{attempt}/feedback")
        if page.status_code == 200 and page.text.strip():
            return page.text
        time.sleep(0.2)
    raise AssertionError("no feedback within 20 s")


def without_tokens(page: str) -> str:
    """The page without what differs at each reading: the tokens of its forms."""
    return re.sub(r'value="[^"]{80,}"', "", page)


def kept_prompt(person: Person, server: Server) -> Callable[[Person], None]:
    text = "Câu lệnh đang viết dở thì mất điện."
    person.send_form(f"/exercises/{EXERCISE}", f"/exercises/{EXERCISE}/prompt", prompt=text)

    def kept(again: Person) -> None:
        assert text in again.get(f"/exercises/{EXERCISE}").text

    return kept


def queued(person: Person, server: Server) -> Callable[[Person], None]:
    attempt = run(person)

    def kept(again: Person) -> None:
        names = [name for name, _data in again.events(attempt)]
        assert names[-1] == "finish", "a queued attempt runs once somebody looks at it"

    return kept


def streaming(person: Person, server: Server) -> Callable[[Person], None]:
    attempt = run(person)
    for name, _data in person.events(attempt):
        if name == "delta":
            break

    def kept(again: Person) -> None:
        first = [data for name, data in again.events(attempt) if name == "delta"]
        second = [data for name, data in again.events(attempt) if name == "delta"]
        assert first == second

    return kept


def saved_text(person: Person, server: Server) -> Callable[[Person], None]:
    attempt = answered(person)
    text = [data for name, data in person.events(attempt) if name == "delta"]

    def kept(again: Person) -> None:
        assert [data for name, data in again.events(attempt) if name == "delta"] == text

    return kept


def waiting_for_feedback(person: Person, server: Server) -> Callable[[Person], None]:
    attempt = answered(person)

    def kept(again: Person) -> None:
        assert "finding" in feedback(again, attempt)

    return kept


def graded(person: Person, server: Server) -> Callable[[Person], None]:
    attempt = answered(person)
    given = feedback(person, attempt)

    def kept(again: Person) -> None:
        assert without_tokens(feedback(again, attempt)) == without_tokens(given)

    return kept


def uploaded(person: Person, server: Server) -> Callable[[Person], None]:
    token = person.token("/documents")
    body = "THÔNG BÁO\nVề việc nghỉ Tết\n" + "Nội dung được viết dài thêm cho đủ.\n" * 40
    person.post("/documents", data={"csrf_token": token}, files={"file": ("nghi-tet.txt", body.encode(), "text/plain")})

    def kept(again: Person) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = rows(
                Path(server.log.parent / "data"), "select status, reason from documents where filename = 'nghi-tet.txt'"
            )
            if found and found[0][0] == "ready":
                return
            time.sleep(0.2)
        raise AssertionError(f"the upload was not read after the restart: {found}")

    return kept


def drafted(person: Person, server: Server) -> Callable[[Person], None]:
    attempt = answered(person)
    page = person.send_form(f"/attempts/{attempt}", f"/attempts/{attempt}/drafts")

    def kept(again: Person) -> None:
        assert again.get(str(page.url.path)).status_code == 200

    return kept


def drafted_with(person: Person, server: Server, line: str) -> int:
    """The number of a draft made of an answer, whose body was then rewritten as one line."""
    attempt = answered(person)
    page = person.send_form(f"/attempts/{attempt}", f"/attempts/{attempt}/drafts")
    draft = int(re.search(r"/drafts/(\d+)", str(page.url))[1])  # type: ignore[index]
    version = rows(server.log.parent / "data", f"select version from drafts where id = {draft}")[0][0]
    parts = {"kind": "cong_van", "issuer": "ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG", "body": [line]}
    kept = person.post(
        f"/drafts/{draft}",
        content=json.dumps({"version": version, "draft": parts}),
        headers={"Content-Type": "application/json", "X-CSRFToken": person.token("/")},
    )
    assert kept.status_code == 200, kept.text
    return draft


def edited(person: Person, server: Server) -> Callable[[Person], None]:
    draft = drafted_with(person, server, "Dòng vừa sửa trước lúc mất điện./.")

    def kept(again: Person) -> None:
        assert "Dòng vừa sửa trước lúc mất điện" in again.get(f"/drafts/{draft}").text

    return kept


def ticked(person: Person, server: Server) -> Callable[[Person], None]:
    """A detail that no source holds, looked up and ticked."""
    draft = drafted_with(person, server, "Có 98.765 hộ tham gia./.")
    page = person.get(f"/drafts/{draft}")
    key = re.search(r'data-tick="([^"]+)">', page.text)[1]  # type: ignore[index]  # none open fails the test
    person.send_form(f"/drafts/{draft}", f"/drafts/{draft}/ticks", key=key, on="1")

    def kept(again: Person) -> None:
        assert f'data-tick="{key}" checked' in again.get(f"/drafts/{draft}").text

    return kept


@pytest.mark.parametrize(
    "moment",
    [kept_prompt, queued, streaming, saved_text, waiting_for_feedback, graded, uploaded, drafted, edited, ticked],
    ids=lambda moment: moment.__name__,
)
def test_a_killed_server_loses_nothing(
    life: Life, moment: Callable[[Person, Server], Callable[[Person], None]]
) -> None:
    """Each start after a kill is also the server that the next moment strikes."""
    kept = moment(life.person, life.server)
    life.kill()
    try:
        assert rows(life.data, "pragma integrity_check") == [("ok",)]
    finally:
        life.start()
    kept(life.person)
    assert not rows(life.data, "select id from attempts where state = 'running'")


def test_a_page_comes_while_forty_streams_are_open(life: Life) -> None:
    attempt = run(life.person)
    limits = httpx.Limits(max_connections=60)
    with httpx.Client(base_url=life.server.url, cookies=life.person.cookies, limits=limits, timeout=30) as many:
        streams = [many.send(many.build_request("GET", f"/attempts/{attempt}/stream"), stream=True) for _ in range(40)]
        try:
            assert many.get("/exercises").status_code == 200
        finally:
            for stream in streams:
                stream.close()
