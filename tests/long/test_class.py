"""A class presses run at once on one machine: everyone is answered, in order, and the same question the same way.

python3 run.py test --long class
"""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from service import practice
from service.bench.ties import judging
from service.kit import open_quiet_kit
from service.records import Message
from service.settings import Settings
from tests.long.visitors import HEAD, Heard, Visitor, enrol, figures, rows, serving, text_of, wait_for_model
from tests.service.engine_bundled import MODEL_PATH

pytestmark = pytest.mark.journey

EXERCISE = "tom-tat-cong-van-tiem-phong"
PROMPTS = (
    "Tóm tắt công văn cho Chủ tịch UBND xã, không quá 150 tiếng.",
    "Tóm tắt công văn",
    "Bạn là chuyên viên Văn phòng UBND xã. Nêu việc phải làm, hạn và nơi nhận báo cáo theo công văn kèm theo.",
    "Công văn yêu cầu xã làm những việc gì? Trả lời thành gạch đầu dòng, thiếu thì ghi [cần bổ sung].",
)
EAGER = 5
"""Every so many learners press run a second time the moment their answer is complete."""
SAME_MOMENT = 0.5
"""Two first words this close come from the same step of the model; the clocks of forty threads tell no better."""


@dataclass(frozen=True)
class Turn:
    """One press of run and what was heard of it; times in seconds of the monotonic clock."""

    who: str
    attempt: int
    prompt: str
    first: bool
    pressed: float
    heard: tuple[Heard, ...]

    @property
    def worded(self) -> float:
        """When the first word came."""
        return next(one.at for one in self.heard if one.name == "delta")

    @property
    def places(self) -> list[int]:
        return [one.data["place"] for one in self.heard if one.name == "queued"]


def press(visitor: Visitor, prompt: str, token: str, *, first: bool) -> Turn:
    pressed = time.monotonic()
    attempt = visitor.begin(EXERCISE, prompt, token)
    return Turn(visitor.name, attempt, prompt, first, pressed, tuple(visitor.listen(attempt)))


def at_once(visitors: Sequence[Visitor]) -> list[Turn]:
    """Everybody presses run at the same moment, the eager ones once more."""
    together = threading.Barrier(len(visitors))

    def sit(n: int) -> list[Turn]:
        visitor, prompt = visitors[n], PROMPTS[n % len(PROMPTS)]
        token = visitor.token(f"/exercises/{EXERCISE}")
        together.wait()
        turns = [press(visitor, prompt, token, first=True)]
        return turns if n % EAGER else [*turns, press(visitor, prompt, token, first=False)]

    with ThreadPoolExecutor(len(visitors)) as room:
        return [turn for turns in room.map(sit, range(len(visitors))) for turn in turns]


def check_answers(data: Path, turns: Sequence[Turn]) -> int:
    """Every first answer is what the model writes to that prompt, but for ties; returns how many prompts met one.

    What is pressed a second time is drawn with another seed and says something else.
    """
    answers: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for turn in turns:
        if turn.first:
            answers[turn.prompt][text_of(turn.heard)] = turn.attempt
    with judging(MODEL_PATH, small=True) as judge, closing(open_quiet_kit(Settings(data=data))) as kit:
        for text, attempt_id in chain.from_iterable(given.items() for given in answers.values()):
            attempt = practice.load(kit, attempt_id)
            judge.ties([Message("system", attempt.system), Message("user", attempt.prompt)], attempt.options, text)
    return sum(len(given) > 1 for given in answers.values())


@pytest.mark.parametrize(
    ("learners", "seats"), [pytest.param(4, 2, id="sample"), pytest.param(40, 0, marks=pytest.mark.long)]
)
def test_a_class_is_answered_in_order(
    stocked: Path, tmp_path: Path, tell: Callable[[str], None], learners: int, seats: int
) -> None:
    """``seats`` 0 leaves the choice to the engine."""
    data = tmp_path / "data"
    shutil.copytree(stocked, data)
    names = enrol(data, learners + 1)
    with serving(data, HOCVU_SEATS=str(seats)) as server, ExitStack() as kept:
        *visitors, early = (kept.enter_context(closing(Visitor(server.url, name))) for name in names)
        wait_for_model(early)
        list(early.listen(early.begin("soan-cong-van-don-doc", "Soạn công văn đôn đốc.")))
        turns = at_once(visitors)
        done = rows(data, f"select count(*) from attempts where state = 'done' and exercise_id = '{EXERCISE}'")
        assert done == [(len(turns),)]

    assert all(turn.heard[-1].name == "finish" for turn in turns)
    assert {turn.heard[-1].data["reason"] for turn in turns} <= {"stop", "length"}

    assert all(text_of(turn.heard) for turn in turns)
    parted = check_answers(data, turns)

    for turn in turns:
        if turn.first:
            assert turn.places == sorted(turn.places, reverse=True), f"{turn.who} was moved back: {turn.places}"
        ahead = Counter(
            other.who
            for other in turns
            if other.who != turn.who and turn.pressed < other.worded < turn.worded - SAME_MOMENT
        )
        assert max(ahead.values(), default=0) <= 1, f"{turn.who} waited for two turns of {ahead.most_common(1)}"

    begun, over = min(turn.pressed for turn in turns), max(turn.heard[-1].at for turn in turns)
    tell(f"{learners} learners, {len(turns)} turns, {over - begun:.1f} s in all")
    tell(f"{parted} of {len(PROMPTS)} prompts were answered in several ways, at ties only")
    tell(HEAD)
    tell(figures("first event", [turn.heard[0].at - turn.pressed for turn in turns]))
    tell(figures("first text", [turn.worded - turn.pressed for turn in turns]))
    tell(figures("whole answer", [turn.heard[-1].at - turn.pressed for turn in turns]))
