"""The way through the course: six modules, what is done and passed in each, and what was learnt on the way.

Progress is reckoned from attempts as they lie there and kept nowhere, so it can never disagree with them. What was
learnt is what the checks said of a person's first attempt and no longer say of the latest one on the same input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from sqlalchemy import select

from service import accounts, audit, exercises, feedback, passing, repeats
from service.checks.handwork import MISSED
from service.errors import NotFound
from service.kit import Kit
from service.practice import rows
from service.records import AttemptState, CheckResult, Exercise, Finding, Level, Role, User
from service.store.tables import attempts

FINISHED = 0.8
"""Share of a module's open exercises that must be passed for the module to be finished."""

_ASKING = (Level.ESSENTIAL, Level.ACTIONABLE)
_QUOTED, _NUMBER = re.compile("«([^»]+)»"), re.compile(r"[0-9]+(?:,[0-9]+)?")
_LISTED = re.compile(r"Kết quả còn thiếu: (.+)")
"""A title that lists what one finding each would quote (``checks.counting``)."""
_MEASURED = frozenset({"prompt-max-words", "latency", "levenshtein"})
"""Checks whose titles tell how much: the figure changes while the matter stays."""


@dataclass(frozen=True)
class Module:
    """A part of the course; ``after`` are the modules that are better finished first: advice, never a lock."""

    number: int
    name: str
    aim: str
    after: tuple[int, ...] = ()


COURSE: tuple[Module, ...] = (
    Module(1, "Hiểu đúng về AI", "Biết máy làm được gì, hay sai ở đâu, và dữ liệu nào không được đưa vào máy."),
    Module(2, "Viết câu lệnh", "Viết được câu lệnh đủ phần và sửa dần sau mỗi lần chạy.", (1,)),
    Module(3, "Soạn thảo văn bản", "Có dự thảo đúng thể thức, số liệu nào cũng có trong nguồn.", (2,)),
    Module(4, "Đọc, tóm tắt, tra cứu", "Rút được việc, hạn, số liệu từ văn bản dài và dẫn đúng chỗ.", (2,)),
    Module(5, "Phục vụ người dân", "Trả lời đúng, đủ, dễ hiểu và giữ kín thông tin của người dân.", (3, 4)),
    Module(6, "Thẩm tra", "Tìm ra lỗi về thể thức, căn cứ, số liệu trước khi trình ký.", (3, 4)),
)
"""The six modules of the course, in their order."""


@dataclass(frozen=True)
class Standing:
    """One exercise as it stands for a person.

    ``first`` and ``best`` are scores of prompts, 0–100, each the mean over its runs; None before anything was judged.
    ``gone`` are findings that asked for something in a first attempt and are not in the latest one on the same input;
    ``left`` are those of the latest attempts; ``met`` are the labels of the criteria met in the latest ones, ``won``
    those of them missed at first. ``to_mend`` are the essential checks that keep a prompt with points enough from
    passing. ``advised`` are exercises better done first that are not done yet.
    """

    exercise: Exercise
    attempts: int = 0
    done: bool = False
    first: float | None = None
    best: float | None = None
    passed: frozenset[str] = frozenset()
    to_mend: tuple[str, ...] = ()
    gone: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    met: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    advised: tuple[Exercise, ...] = ()

    @property
    def mended(self) -> Mapping[str, int]:
        """The titles of what is gone, each with how many findings had it."""
        return Counter(one.title for one in self.gone)


@dataclass(frozen=True)
class Stage:
    """One module as it stands for a person; ``advised`` are the modules to finish first that are not finished."""

    module: Module
    standings: tuple[Standing, ...]
    advised: tuple[Module, ...] = ()

    @property
    def done(self) -> int:
        return sum(one.done for one in self.standings)

    @property
    def passed(self) -> int:
        return sum(bool(one.passed) for one in self.standings)

    @property
    def needed(self) -> int:
        """So many exercises must be passed for the module to be finished."""
        return ceil(FINISHED * len(self.standings))

    @property
    def finished(self) -> bool:
        """True when so many exercises are passed that the module counts as done."""
        return bool(self.standings) and self.passed >= self.needed


def person(kit: Kit, reader: User, person_id: int) -> User:
    """Whose progress is read: one's own, or that of a learner for a trainer, which is noted. NotFound for others."""
    if person_id == reader.id:
        return reader
    found = next((one for one in accounts.list_users(kit) if one.id == person_id), None)
    if found is None or found.role is not Role.LEARNER or not reader.is_any(Role.TRAINER):
        raise NotFound()
    audit.note(kit, reader, "progress.read", str(person_id))
    return found


def course(kit: Kit, user: User, *, learnt: bool = False) -> tuple[Stage, ...]:
    """The six modules as they stand for a person; with ``learnt`` also what the attempts say was learnt."""
    shown = exercises.visible(kit, user)
    made = _attempts(kit, user)
    said = feedback.results_of(kit, _ends(made)) if learnt else {}
    standings = [_standing(kit, one, made.get(one.id, ()), said) for one in shown]
    done = {one.exercise.id for one in standings if one.done}
    titles = {one.exercise.id: one.exercise for one in standings}
    stages: list[Stage] = []
    for module in COURSE:
        mine = tuple(
            _advised(one, [titles[name] for name in one.exercise.requirements if name in titles and name not in done])
            for one in standings
            if one.exercise.module == module.number
        )
        unfinished = [stage.module for stage in stages if stage.standings and not stage.finished]
        stages.append(Stage(module, mine, tuple(one for one in unfinished if one.number in module.after)))
    return tuple(stages)


def asking(results: Iterable[CheckResult]) -> tuple[Finding, ...]:
    """The findings that ask for something: of praise and of information there is nothing to look at again."""
    return tuple(one for result in results for one in result.findings if one.level in _ASKING)


def learnt(first: Iterable[CheckResult], latest: Iterable[CheckResult]) -> tuple[Finding, ...]:
    """The findings that asked for something in the first attempt and do not occur in the latest one.

    A finding occurs again when the same check asks for something of the same matter, in whatever words: «Số 38% không
    có trong nguồn» is mended though another figure is now missing, a card is not while it lies on another wrong heap.
    """
    again = {matter for one in asking(latest) for matter in _matters(one)}
    return tuple(one for one in asking(first) if not again & _matters(one))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Try(passing.Run):
    """As much of an attempt as progress needs."""

    graded: bool


def _attempts(kit: Kit, user: User) -> dict[str, tuple[_Try, ...]]:
    """A person's attempts by exercise, oldest first."""
    kept = ("id", "user_id", "exercise_id", "exercise_hash", "input", "prompt", "engine", "score")
    query = select(*(attempts.c[name] for name in (*kept, "state", "graded_at")))
    query = query.where(attempts.c.user_id == user.id, *rows.counted())
    found: dict[str, list[_Try]] = {}
    with kit.db.read() as connection:
        for row in connection.execute(query.order_by(attempts.c.id)):
            given = {name: getattr(row, name) for name in kept}
            one = _Try(**given, state=AttemptState(row.state), graded=row.graded_at is not None)
            found.setdefault(row.exercise_id, []).append(one)
    return {name: tuple(tries) for name, tries in found.items()}


def _ends(made: Mapping[str, Sequence[_Try]]) -> list[int]:
    """The first and the latest judged attempt on each input of each exercise."""
    return [one.id for tries in made.values() for pair in _pairs(tries) for one in pair]


def _pairs(tries: Sequence[_Try]) -> list[tuple[_Try, _Try]]:
    judged: dict[str, list[_Try]] = {}
    for one in tries:
        if one.graded:
            judged.setdefault(one.input, []).append(one)
    return [(found[0], found[-1]) for found in judged.values()]


def _standing(
    kit: Kit, exercise: Exercise, tries: Sequence[_Try], said: Mapping[int, Sequence[CheckResult]]
) -> Standing:
    prompts = passing.verdicts(kit, exercise, tries)
    passed = frozenset(one.input for one in prompts if one.passed)
    held_back = (label for one in prompts if one.input not in passed for label in one.to_mend)
    pairs = [(said.get(first.id, ()), said.get(latest.id, ())) for first, latest in _pairs(tries)]
    missed = {_criterion(one) for first, _ in pairs for one in first if one.passed is False}
    short = {_criterion(one) for _, latest in pairs for one in latest if one.passed is False}
    met = {_criterion(one): one.label for _, latest in pairs for one in latest if one.passed}
    reached = {key: label for key, label in met.items() if key not in short}
    return Standing(
        exercise=exercise,
        attempts=len(tries),
        done=any(one.state in repeats.ENDED for one in tries),
        first=prompts[0].mean if prompts else None,
        best=max((one.mean for one in prompts), default=None),
        passed=passed,
        to_mend=tuple(dict.fromkeys(held_back)),
        gone=tuple(one for first, latest in pairs for one in learnt(first, latest)),
        left=tuple(one for _, latest in pairs for one in asking(latest)),
        met=tuple(dict.fromkeys(reached.values())),
        won=tuple(dict.fromkeys(label for key, label in reached.items() if key in missed)),
    )


def _advised(standing: Standing, advised: Sequence[Exercise]) -> Standing:
    return replace(standing, advised=tuple(advised)) if advised and not standing.done else standing


def _matters(finding: Finding) -> frozenset[tuple[str, ...]]:
    """What a finding is about: one in common makes two findings of one check speak of the same thing.

    That is the rule, or else the part, the place in the exercise's own text, what is quoted or asked for; the words of
    the title only where it quotes nothing: «chưa được xếp» and «xếp chưa đúng» are said of one card.
    """
    if finding.rule:
        return frozenset({(finding.check, finding.rule)})
    quoted = tuple(_QUOTED.findall(finding.title))
    title = _NUMBER.sub("#", finding.title) if finding.check in _MEASURED else finding.title
    found = {("quoted", *quoted) if quoted else ("title", title)}
    if finding.expected:
        found.add(("expected", finding.expected, *quoted))
    if finding.part not in ("", MISSED):
        found.add(("part", finding.part))
    found |= {("place", str(one.start), str(one.end)) for one in finding.spans if one.of == "text"}
    if listed := _LISTED.fullmatch(finding.title):
        found |= {("quoted", one) for one in listed[1].split("; ")}
    return frozenset((finding.check, *one) for one in found)


def _criterion(result: CheckResult) -> tuple[str, str]:
    return result.check, result.metric
