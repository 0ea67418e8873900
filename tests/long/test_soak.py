"""A room of people works for a long time on one real server: nothing fails, nothing gets stuck, nothing grows.

    python3 run.py test --long soak [--minutes N] [--seed N]

First everybody does every deed once, which warms everything up; from there on memory must stay flat. Three of the
people sit at a real Chromium (browsers.py).
"""

from __future__ import annotations

import json
import random
import re
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path

import pytest

from tests.files import word_file
from tests.journeys.serving import Server
from tests.long.browsers import CHROMIUM, Watcher
from tests.long.visitors import (
    HEAD,
    Heard,
    Visitor,
    enrol,
    figures,
    resident_mb,
    rows,
    serving,
    text_of,
    wait_for_model,
)

pytestmark = pytest.mark.journey

GROWTH = 1.3
"""Memory at the end over memory after the warm-up, at most."""
EXERCISES = (
    "tom-tat-cong-van-tiem-phong",
    "soan-cong-van-don-doc",
    "soan-giay-moi-giao-ban",
    "hoi-khai-sinh-truc-tuyen",
    "tom-tat-bao-cao-cai-cach",
)
WORDS = (
    *("tóm tắt", "soạn", "nêu", "công văn", "báo cáo", "kế hoạch", "cho chủ tịch xã", "việc", "hạn", "nơi nhận"),
    *("không quá một trăm tiếng", "bằng gạch đầu dòng", "chỉ dùng tài liệu kèm theo", "thiếu thì ghi [cần bổ sung]"),
)
PAGES = (
    "/",
    "/exercises",
    "/documents",
    "/drafts",
    "/huong-dan",
    "/state",
    *(f"/exercises/{one}" for one in EXERCISES),
)


class Learner(Visitor):
    """Somebody at work, with dice of their own; ``done`` are the attempts with an answer, by exercise."""

    def __init__(self, url: str, name: str, seed: int) -> None:
        self.dice = random.Random(f"{seed} {name}")  # noqa: S311 - reproducible, not secret
        self.done: dict[str, list[int]] = {one: [] for one in EXERCISES}
        self.first_words: list[float] = []
        super().__init__(url, name)

    def prompt(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(2, 30)))

    def press(self) -> tuple[str, int]:
        exercise = self.dice.choice(EXERCISES)
        return exercise, self.begin(exercise, self.prompt())

    def answered(self, exercise: str, attempt: int) -> list[Heard]:
        """Listen to the end."""
        pressed = time.monotonic()
        heard = list(self.listen(attempt))
        self.first_words += [one.at - pressed for one in heard if one.name == "delta"][:1]
        if text_of(heard):
            self.done[exercise].append(attempt)
        return heard

    def an_answer(self) -> tuple[str, int]:
        """An attempt of one's own that has an answer, made now if there is none."""
        have = [(exercise, attempt) for exercise, attempts in self.done.items() for attempt in attempts]
        if not have:
            run(self)
            return self.an_answer()
        return self.dice.choice(have)


# ── what people do ──────────────────────────────────────────────────────────────────────────────


def read(learner: Learner) -> None:
    for page in learner.dice.sample(PAGES, 3):
        assert learner.get(page).status_code == 200, page


def write(learner: Learner) -> None:
    """The prompt is kept, and looked at, while it is being written."""
    desk = f"/exercises/{learner.dice.choice(EXERCISES)}"
    words = learner.prompt().split()
    for length in sorted(learner.dice.sample(range(len(words)), min(3, len(words)))):
        answer = learner.send_form(desk, f"{desk}/prompt", prompt=" ".join(words[: length + 1]))
        assert answer.status_code == 200, answer.text


def run(learner: Learner) -> None:
    exercise, attempt = learner.press()
    learner.answered(exercise, attempt)
    assert learner.get(f"/attempts/{attempt}/feedback").status_code in (200, 204)


def reload(learner: Learner) -> None:
    """The page is loaded again while the answer grows: it goes on, and a third look shows the same."""
    exercise, attempt = learner.press()
    with closing(learner.listen(attempt)) as stream:
        list(islice(stream, learner.dice.randint(1, 20)))
    assert learner.get(f"/attempts/{attempt}").status_code == 200
    again = text_of(learner.answered(exercise, attempt))
    assert text_of(list(learner.listen(attempt))) == again, f"attempt {attempt} changed when it was looked at again"


def stop(learner: Learner) -> None:
    """The stop button, at any moment: what is written stays."""
    _exercise, attempt = learner.press()
    after = learner.dice.randint(1, 20)
    for n, _heard in enumerate(learner.listen(attempt), 1):
        if n == after:
            assert learner.send_form(f"/attempts/{attempt}", f"/attempts/{attempt}/stop").status_code == 200
    assert learner.get(f"/attempts/{attempt}").status_code == 200


def leave(learner: Learner) -> None:
    """The page is closed and never opened again."""
    _exercise, attempt = learner.press()
    with closing(learner.listen(attempt)) as stream:
        list(islice(stream, learner.dice.randint(1, 10)))


def upload(learner: Learner) -> None:
    """A file of one's own, sometimes a broken one; the oldest is removed again."""
    name, line = f"{learner.name}-{learner.dice.random()}", learner.prompt()
    whole = word_file(lambda word: [word.add_paragraph(f"{n}. {line}.") for n in range(30)])
    broken = learner.dice.random() < 0.2
    file = (f"{name}.docx", whole[: len(whole) // 2] if broken else whole, "application/octet-stream")
    sent = learner.post("/documents", data={"csrf_token": learner.token("/documents")}, files={"file": file})
    assert sent.status_code == (422 if broken else 200), f"{sent.status_code} for {name}"
    mine = re.findall(r"/documents/(\d+)/remove", sent.text)
    if len(mine) > 5:
        assert learner.send_form("/documents", f"/documents/{min(map(int, mine))}/remove").status_code == 200


def draft(learner: Learner) -> None:
    """An answer becomes a draft, is edited and saved twice, its open details are ticked, and it is taken home."""
    _exercise, attempt = learner.an_answer()
    paper = learner.send_form(f"/attempts/{attempt}", f"/attempts/{attempt}/drafts")
    version = re.search(r'data-version="(\d+)"', paper.text)
    assert paper.status_code == 200 and version, f"{paper.status_code} at {paper.url}"
    at = int(version[1])
    for _ in range(2):
        parts = {
            "kind": "cong_van",
            "issuer": "ỦY BAN NHÂN DÂN XÃ TÂN HÒA",
            "body": [learner.prompt(), learner.prompt()],
        }
        saved = learner.post(
            paper.url.path,
            content=json.dumps({"version": at, "draft": parts}),
            headers={"Content-Type": "application/json", "X-CSRFToken": learner.token("/")},
        )
        assert saved.status_code == 200, saved.text
        at = saved.json()["version"]
    learner.tick_all(paper.url.path)
    for key in re.findall(r'data-tick="([^"]+)"(?! checked)', saved.json()["beside"]):
        ticked = learner.send_form(paper.url.path, f"{paper.url.path}/ticks", key=key, on="1")
        assert ticked.status_code == 200, ticked.text
    file = learner.get(f"{paper.url.path}/docx")
    assert file.content[:2] == b"PK", f"{file.status_code}: {file.text[:3000]}"


def compare(learner: Learner) -> None:
    """Two attempts at the same exercise, side by side."""
    exercise, _attempt = learner.an_answer()
    while len(learner.done[exercise]) < 2:
        learner.answered(exercise, learner.begin(exercise, learner.prompt()))
    assert learner.get(f"/exercises/{exercise}/compare").status_code == 200


DEEDS: dict[Callable[[Learner], None], int] = {
    read: 6, write: 5, run: 4, reload: 2, stop: 2, leave: 1, upload: 1, draft: 2, compare: 2
}  # fmt: skip
"""What people do, and how often."""


# ── a day ───────────────────────────────────────────────────────────────────────────────────────


def everything(learner: Learner) -> None:
    for deed in DEEDS:
        deed(learner)


def work(learner: Learner, until: float, think: float, over: threading.Event) -> None:
    """Deed after deed, with ``think`` seconds between them on average, until the time is up or somebody failed."""
    try:
        while not over.wait(learner.dice.expovariate(1 / think)) and time.monotonic() < until:
            deed = learner.dice.choices([*DEEDS], [*DEEDS.values()])[0]
            learner.deeds[deed.__name__] += 1
            deed(learner)
    except BaseException:
        over.set()
        raise


def watch(server: Server, until: float, over: threading.Event, tell: Callable[[str], None]) -> None:
    """Say every minute how much memory the server holds."""
    began = time.monotonic()
    while not over.wait(min(60.0, max(0.0, until - time.monotonic()))) and time.monotonic() < until:
        tell(f"    after {(time.monotonic() - began) / 60:.0f} min: {resident_mb(server):.0f} MB")


def settled(data: Path) -> None:
    """Answers whose pages were closed end by themselves."""
    deadline = time.monotonic() + 60
    while left := rows(data, "select id from attempts where state = 'running'"):
        assert time.monotonic() < deadline, f"attempts {left} still run a minute after everybody left"
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("people", "browsers", "minutes", "think"),
    [pytest.param(2, 0, 0.02, 0.2, id="sample"), pytest.param(40, 3, 20.0, 12.0, marks=pytest.mark.long)],
)
def test_a_room_works_all_day(
    request: pytest.FixtureRequest,
    stocked: Path,
    tmp_path: Path,
    seed: int,
    tell: Callable[[str], None],
    people: int,
    browsers: int,
    minutes: float,
    think: float,
) -> None:
    """``think`` is the average number of seconds between two deeds of one person."""
    if request.node.get_closest_marker("long"):
        minutes = request.config.getoption("minutes", None) or minutes
    if browsers and CHROMIUM is None:
        pytest.skip("no Chromium on this machine; .ci/run installs it")
    data = tmp_path / "data"
    shutil.copytree(stocked, data)
    names = enrol(data, people)
    with serving(data) as server, ExitStack() as kept:
        names, at_browsers = names[browsers:], names[:browsers]
        learners = [kept.enter_context(closing(Learner(server.url, name, seed))) for name in names]
        watchers = [Watcher(server.url, name, seed) for name in at_browsers]
        wait_for_model(learners[0])
        over = threading.Event()
        with ThreadPoolExecutor(people + browsers + 1) as room:
            began = time.monotonic()
            list(room.map(everything, learners))
            warm = resident_mb(server)
            for learner in learners:  # everybody at once, without a pause, is not what a day is like
                learner.waited.clear()
                learner.first_words.clear()
            tell(
                f"{people} people, everybody has done everything once: {time.monotonic() - began:.0f} s, {warm:.0f} MB"
            )
            until = time.monotonic() + minutes * 60
            room.submit(watch, server, until, over, tell)
            hands = [room.submit(watcher.work, EXERCISES, until, think, over) for watcher in watchers]
            for one in [*hands, *(room.submit(work, learner, until, think, over) for learner in learners)]:
                one.result()
            over.set()
        settled(data)
        end = resident_mb(server)
    assert rows(data, "pragma integrity_check") == [("ok",)]
    assert rows(data, "pragma foreign_key_check") == []

    states = ", ".join(
        f"{state} {count}" for state, count in rows(data, "select state, count(*) from attempts group by 1")
    )
    deeds = sum((learner.deeds for learner in learners), Counter())
    if watchers:
        seen = sum((watcher.deeds for watcher in watchers), Counter())
        tell(f"{len(watchers)} in Chromium: " + ", ".join(f"{name} {n}" for name, n in seen.most_common()))
    tell(f"{minutes:g} min, {deeds.total()} deeds: " + ", ".join(f"{name} {n}" for name, n in deeds.most_common()))
    tell(f"attempts: {states}; memory {warm:.0f} → {end:.0f} MB")
    tell(HEAD)
    tell(figures("page", [seconds for learner in learners for seconds in learner.waited]))
    tell(figures("first text", [seconds for learner in learners for seconds in learner.first_words]))
    assert end <= GROWTH * warm, f"the server grew from {warm:.0f} to {end:.0f} MB"
