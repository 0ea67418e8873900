"""Feedback: the exercise's checks run on a prompt (before the model) and on an attempt (after it), and kept.

Works by rules alone, with no model. A check that cannot judge says so and is left out of the score.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, case, delete, insert, select, update

from service import checks, exercises, jobs, library
from service.checks import closeness
from service.checks.guide import OPINION
from service.embedders.likeness import likeness
from service.errors import NotFound
from service.kit import Kit
from service.prompts import BY_HAND_TOO, WORKED_BY_HAND
from service.records import (
    Assertion,
    Case,
    CheckResult,
    Exercise,
    ExerciseInput,
    Finding,
    Level,
    Opinion,
    Passage,
    SourceText,
    Span,
)
from service.settings import OFFICE_TIME
from service.store.db import now
from service.store.tables import attempts, opinions, results as rows

KIND_WEIGHT = 3.0
"""The weight of the check of a kind, in an exercise that does not give it one."""


def look_at_prompt(kit: Kit, exercise: Exercise, prompt: str, masks: str = "") -> tuple[CheckResult, ...]:
    """The checks that speak of the prompt alone; quick enough to run while a person types."""
    case = Case(prompt=prompt, answer=None, exercise=exercise, today=_today(), masks=masks)
    return checks.run(case, tuple(item for item in assertions_of(exercise) if checks.speaks_of_prompt(item)))


def grade(kit: Kit, attempt_id: int) -> None:
    """Run every check of the exercise on an attempt and keep the results (the job "feedback"; may run again)."""
    with kit.db.read() as connection:
        row = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).first()
    if row is None:
        raise NotFound()
    exercise = exercises.version(kit, row.exercise_id, row.exercise_hash)
    judged = judge(
        kit,
        exercise,
        row.prompt,
        row.answer,
        row.input,
        passages=tuple(Passage(**passage) for passage in row.passages),
        finish_reason=row.finish_reason,
        work=row.work,
        seconds=row.seconds if row.engine else None,
    )
    asked = _asked(exercise, row.input, row.work)
    by_hand = _by_hand(exercise, row.work)
    told = {one.criterion: one for one in opinions_of(kit, attempt_id)}
    pairs = zip(asked, judged, strict=True)
    found = tuple(_with_opinion(result, item, told) if _is_opinion(item) else result for item, result in pairs)
    criteria = () if by_hand else criteria_of(exercise, row.input)
    with kit.db.write() as connection:
        if criteria and not _wanted(connection, attempt_id):
            want_opinions(connection, attempt_id, criteria)
        connection.execute(delete(rows).where(rows.c.attempt_id == attempt_id))
        if found:
            connection.execute(insert(rows), [_row(attempt_id, n, result) for n, result in enumerate(found)])
        values = {"score": checks.score(found), "graded_at": now()}
        connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(**values))


def judge(kit: Kit, exercise: Exercise, prompt: str, answer: str, given: str, **facts: Any) -> tuple[CheckResult, ...]:
    """Every check of the exercise on an answer made from one input; ``facts`` are the other ones of a ``Case``."""
    case = Case(
        prompt=prompt,
        answer=answer,
        exercise=exercise,
        sources=sources(kit, exercise, given),
        today=_today(),
        input=given,
        likeness=likeness(kit.embedder),
        **facts,
    )
    return checks.run(case, _asked(exercise, given, case.work))


def give_up(kit: Kit, *, reason: str, attempt_id: int) -> None:
    """After the last try: the attempt counts as looked at, with nothing to say, so that no page waits for more."""
    with kit.db.write() as connection:
        connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(graded_at=now()))


def results(kit: Kit, attempt_id: int) -> tuple[CheckResult, ...]:
    """The kept results of an attempt, in the order of the exercise's checks; empty until graded."""
    with kit.db.read() as connection:
        return tuple(
            map(_result, connection.execute(select(rows).where(rows.c.attempt_id == attempt_id).order_by(rows.c.n)))
        )


def results_of(
    kit: Kit, attempt_ids: Collection[int], told: Collection[str] | None = None
) -> dict[int, tuple[CheckResult, ...]]:
    """The kept results of several attempts, by attempt; those without any are not there.

    ``told``: only these checks come with their findings, which are most of what is kept; None: all do.
    """
    found: dict[int, list[CheckResult]] = {}
    findings = rows.c.findings if told is None else case((rows.c.check_name.in_(told), rows.c.findings))
    kept = (*(column for column in rows.c if column is not rows.c.findings), findings.label("findings"))
    asked = select(*kept).where(rows.c.attempt_id.in_(attempt_ids)).order_by(rows.c.attempt_id, rows.c.n)
    with kit.db.read() as connection:
        for row in connection.execute(asked):
            found.setdefault(row.attempt_id, []).append(_result(row))
    return {attempt_id: tuple(results) for attempt_id, results in found.items()}


# ── the model's second opinion ──────────────────────────────────────────────────────────────────


def criteria_of(exercise: Exercise, given: str = "") -> tuple[str, ...]:
    """What the model is to be asked of work on one input: the texts of the exercise's llm-rubric checks."""
    asked = (item for item in _own(exercise, given) if _is_opinion(item))
    return tuple(dict.fromkeys(text for item in asked for text in closeness.texts(item)))


def counts_opinions(exercise: Exercise, given: str = "") -> bool:
    """True when the trainer has said of an llm-rubric check that it counts."""
    return any(_is_opinion(item) for item in assertions_of(exercise, given))


def want_opinions(connection: Connection, attempt_id: int, criteria: Sequence[str]) -> None:
    """Have the model asked, inside the caller's transaction; ``opinion.judge`` does it."""
    values = [{"attempt_id": attempt_id, "n": n, "criterion": text} for n, text in enumerate(criteria)]
    connection.execute(insert(opinions), values)
    jobs.add(connection, "opinion", attempt_id=attempt_id)


def _wanted(connection: Connection, attempt_id: int) -> bool:
    """Whether the model is asked already, maybe by another grading at the same time."""
    return connection.execute(select(opinions.c.n).where(opinions.c.attempt_id == attempt_id)).first() is not None


def opinions_of(kit: Kit, attempt_id: int) -> tuple[Opinion, ...]:
    """The opinions on an attempt, in the order of the criteria; those not asked yet without a time."""
    found = select(opinions).where(opinions.c.attempt_id == attempt_id).order_by(opinions.c.n)
    with kit.db.read() as connection:
        return tuple(
            Opinion(row.n, row.criterion, row.passed, row.quote, row.reason, row.engine, row.at)
            for row in connection.execute(found)
        )


def _is_opinion(item: Assertion) -> bool:
    return item.type.removeprefix("not-") == OPINION


def _with_opinion(result: CheckResult, item: Assertion, told: Mapping[str, Opinion]) -> CheckResult:
    """A check that the trainer lets the opinion decide: the share of its criteria that are met."""
    verdicts = [told[text].passed for text in closeness.texts(item) if text in told]
    judged = [one is not item.type.startswith("not-") for one in verdicts if one is not None]
    if not judged:
        return result
    met = judged.count(True)
    reason = f"Theo ý kiến thứ hai của máy: đạt {met}/{len(judged)} tiêu chí."
    return replace(result, passed=met == len(judged), score=met / len(judged), reason=reason)


# ── what the checks are given ───────────────────────────────────────────────────────────────────


def sources(kit: Kit, exercise: Exercise, given: str = "") -> tuple[SourceText, ...]:
    """The whole texts an answer may draw on; what the model had no room to read is still a source."""
    documents = tuple(
        SourceText(document.id, document.title, library.text(kit, document.id))
        for document in exercises.documents(kit, exercise, given)
    )
    return documents + own_text(exercise, exercise.input(given))


def own_text(exercise: Exercise, given: ExerciseInput) -> tuple[SourceText, ...]:
    """The text of an input as a source; a text that is itself to be looked through or masked is none."""
    if exercise.kind in WORKED_BY_HAND or not (given.text or given.situation):
        return ()
    return (SourceText(0, given.label, "\n".join(filter(None, (given.situation, given.text)))),)


def assertions_of(exercise: Exercise, given: str = "") -> tuple[Assertion, ...]:
    """The checks asked of work on one input: the exercise's own, that of its kind, and two that every prompt has."""
    # The model's opinion stands beside the checks, unless the trainer says that it counts.
    own = tuple(item for item in _own(exercise, given) if not _is_opinion(item) or item.options.get("counts") is True)
    named = {item.type for item in own}
    always = (
        [Assertion(checks.OF_A_KIND[exercise.kind], weight=KIND_WEIGHT)] if exercise.kind in checks.OF_A_KIND else []
    )
    if exercise.kind not in WORKED_BY_HAND:
        always.append(Assertion("prompt-has", value=list(exercise.prompt_parts) or None, metric="cau-lenh"))
        always.append(Assertion("no-personal-data", metric="an-toan"))
    return own + tuple(item for item in always if item.type not in named)


def _own(exercise: Exercise, given: str) -> tuple[Assertion, ...]:
    chosen = exercise.input(given).id
    return tuple(item for item in exercise.assertions if item.input in (None, chosen))


def _asked(exercise: Exercise, given: str, work: Mapping[str, Any]) -> tuple[Assertion, ...]:
    asked = (*assertions_of(exercise, given), *_told_besides(exercise))
    if _by_hand(exercise, work):  # there is no prompt and no machine to speak of
        return tuple(one for one in asked if one.type == checks.OF_A_KIND[exercise.kind])
    return asked


def _by_hand(exercise: Exercise, work: Mapping[str, Any]) -> bool:
    return bool(work) and exercise.kind in BY_HAND_TOO


def _told_besides(exercise: Exercise) -> tuple[Assertion, ...]:
    """What is told though it does not count: names that no source holds, where the exercise does not ask for them."""
    if exercise.kind in WORKED_BY_HAND or any(item.type == "grounded-names" for item in exercise.assertions):
        return ()
    return (Assertion("grounded-names", metric="ten-rieng", weight=0.0),)


def _today() -> date:
    """The office's day: what a document dated today may carry."""
    return datetime.now(OFFICE_TIME).date()


def _row(attempt_id: int, n: int, result: CheckResult) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "n": n,
        "check_name": result.check,
        "label": result.label,
        "metric": result.metric,
        "passed": result.passed,
        "score": result.score,
        "weight": result.weight,
        "of": result.of,
        "reason": result.reason,
        "findings": [asdict(finding) for finding in result.findings],
    }


def _result(row: Row[Any]) -> CheckResult:
    return CheckResult(
        check=row.check_name,
        passed=row.passed,
        score=row.score,
        reason=row.reason,
        findings=tuple(_finding(finding) for finding in row.findings or ()),
        label=row.label,
        metric=row.metric,
        weight=row.weight,
        of=row.of,
    )


def _finding(kept: dict[str, Any]) -> Finding:
    kept = dict(kept)
    one = kept.pop("passage", None)  # kept so before a finding had several
    passages = tuple(kept.pop("passages", () if one is None else (one,)))
    spans = tuple(Span(**span) for span in kept["spans"])
    return Finding(**{**kept, "level": Level(kept["level"]), "spans": spans, "passages": passages})
