"""The first page («Hôm nay luyện gì?»), the list of exercises, the help page, and the state of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request

from service import feedback, jobs, practice, progress, rubric
from service.kit import Kit
from service.pages import guards
from service.pages.strips import strip
from service.records import Attempt, AttemptState, Exercise, User

pages = Blueprint("home", __name__)

TASKS: Mapping[str, str] = {
    "draft": "Soạn thảo",
    "summarise": "Tóm tắt",
    "ask": "Hỏi tài liệu",
    "improve_prompt": "Viết câu lệnh",
    "extract": "Trích việc và hạn",
    "compare_texts": "So văn bản",
    "find_errors": "Tìm lỗi",
    "sort_cards": "Xếp thẻ",
    "mask_data": "Che dữ liệu",
    "blind_compare": "Chọn bản tốt hơn",
}
"""What is written on the folder of each kind of exercise; the first four come first on the first page."""

LEVELS: Mapping[int, str] = {1: "Cơ bản", 2: "Cơ bản", 3: "Khá", 4: "Nâng cao", 5: "Nâng cao"}

CARDS = 4
TEASER = 120
"""Task cards on the first page, and the most characters of a situation on one."""


@dataclass(frozen=True)
class Card:
    """One exercise as a folder on the desk."""

    exercise: Exercise
    task: str
    level: str
    teaser: str
    done: bool
    passed: bool
    advised: tuple[Exercise, ...]


@dataclass(frozen=True)
class Shelf:
    """A module of the course with its folders."""

    stage: progress.Stage
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class InHand:
    """What the person did last: the exercise, the attempt, and how many findings of it ask for something."""

    exercise: Exercise
    attempt: Attempt
    to_look_at: int


@pages.get("/")
def today() -> str:
    return front(guards.signed_in())


def front(user: User, *, refused: str = "", typed: Mapping[str, str] | None = None) -> str:
    """The first page of a person; ``refused`` says why they could not join a class with what they ``typed``."""
    kit = guards.kit()
    shelves = _shelves(progress.course(kit, user))
    cards = [card for shelf in shelves for card in shelf.cards]
    in_hand = _in_hand(kit, cards, practice.unfinished(kit, user))
    to_mark = sum(not done for _, done in rubric.to_mark(kit, user))
    return render_template(
        "home/today.html",
        cards=_first_of_each_task(cards),
        shelves=shelves,
        in_hand=in_hand,
        to_mark=to_mark,
        refused=refused,
        typed=typed or {},
        **strip(kit, user),
    )


@pages.get("/exercises")
def listing() -> str:
    user, kit = guards.signed_in(), guards.kit()
    return render_template("home/exercises.html", shelves=_shelves(progress.course(kit, user)))


@pages.get("/huong-dan")
def guide() -> str:
    """How to work here. Public: whoever cannot sign in may need it."""
    return render_template("home/help.html")


@pages.get("/state")
def state() -> str:
    """The line about the model, asked for while it loads."""
    guards.signed_in()
    return render_template("_parts/engine.html", long="long" in request.args)


@pages.get("/healthz")
def healthz() -> Response:
    """For watchdogs: the process answers and the database can be read. Public, and tells nothing else."""
    jobs.open_count(guards.kit().db)
    return jsonify(ok=True)


def _shelves(stages: Sequence[progress.Stage]) -> tuple[Shelf, ...]:
    return tuple(Shelf(stage, tuple(map(_card, stage.standings))) for stage in stages)


def _card(standing: progress.Standing) -> Card:
    exercise = standing.exercise
    return Card(
        exercise=exercise,
        task=TASKS.get(exercise.kind, "Luyện tập"),
        level=LEVELS[exercise.level],
        teaser=_teaser(exercise.situation or exercise.task),
        done=standing.done,
        passed=bool(standing.passed),
        advised=standing.advised,
    )


def _first_of_each_task(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Of each task the easiest exercise not yet done (else the easiest); then further ones until the desk is full."""
    order = list(TASKS)
    fresh_first = sorted(cards, key=lambda card: (order.index(card.exercise.kind), card.done, card.exercise.level))
    first = {card.exercise.kind: card for card in reversed(fresh_first)}
    chosen = [first[kind] for kind in order if kind in first]
    chosen += [card for card in fresh_first if card not in chosen]
    return tuple(chosen[:CARDS])


def _in_hand(kit: Kit, cards: Sequence[Card], touched: Sequence[Attempt]) -> InHand | None:
    """The newest attempt that has not been handed in and whose exercise is still there."""
    known = {card.exercise.id: card.exercise for card in cards}
    for attempt in touched:
        if attempt.exercise_id in known and attempt.state is not AttemptState.SUBMITTED:
            asked = progress.asking(feedback.results(kit, attempt.id))
            return InHand(known[attempt.exercise_id], attempt, len(asked))
    return None


def _teaser(situation: str) -> str:
    """The beginning of a situation, cut after a sentence where one ends in time, else after a word."""
    text = " ".join(situation.replace("**", "").split())
    if len(text) <= TEASER:
        return text
    head = text[:TEASER]
    sentence = head.rfind(". ")
    return head[: sentence + 1] if sentence > TEASER // 3 else head[: head.rfind(" ")].rstrip(",;:") + "…"
