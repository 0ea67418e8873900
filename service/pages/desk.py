"""What every desk shows, whatever the kind of work: attempts, material, findings, and what may be seen by now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from service import exercises, feedback, library, passing, repeats, verify
from service.checks.handwork import MISSED
from service.differences import diff_syllables
from service.kit import Kit
from service.pages import marking
from service.practice import comparison, reveal
from service.records import (
    Attempt,
    Block,
    CheckResult,
    Document,
    DocumentStatus,
    Exercise,
    ExerciseInput,
    Finding,
    Level,
    Passage,
)

WHOLE = 0.6
"""A spot that covers more of the answer than this points at nothing, so it is not drawn."""

OPEN_AT_ONCE = 3
"""Findings laid open at a time; the rest wait folded."""


@dataclass(frozen=True)
class Panel:
    """The findings about one text, the worst first; ``asked`` counts those that ask for something."""

    open: tuple[Finding, ...]
    folded: tuple[Finding, ...]

    @property
    def asked(self) -> int:
        return sum(one.level in (Level.ESSENTIAL, Level.ACTIONABLE) for one in (*self.open, *self.folded))


@dataclass(frozen=True)
class Tally:
    """Checks met of those that could be graded; ``ungraded`` are not counted against anybody."""

    met: int
    graded: int
    ungraded: int

    def __bool__(self) -> bool:
        return self.graded > 0


@dataclass(frozen=True)
class Material:
    """A document of the exercise, as it lies in the left column."""

    label: str
    document: Document
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class InputTab:
    """An input of the exercise as it stands in the row of inputs; ``passed`` once a prompt was good enough on it."""

    input: ExerciseInput
    here: bool
    passed: bool


def inputs(kit: Kit, exercise: Exercise, chosen: str, past: Sequence[Attempt]) -> tuple[InputTab, ...]:
    """The inputs to choose from; nothing when there is only one."""
    here = exercise.input(chosen).id
    passed = reveal.passed(kit, past, exercise)
    tabs = tuple(InputTab(one, one.id == here, one.id in passed) for one in exercise.inputs)
    return tabs if len(tabs) > 1 else ()


def strip(kit: Kit, exercise: Exercise, past: Sequence[Attempt], shown: Attempt | None) -> dict[str, Any]:
    """The attempts, each with the input it was made on when the exercise has several."""
    tallies = {one.id: tally(feedback.results(kit, one.id)) for one in past}
    over = [one.number for one in past if one.over and not one.by_hand]
    runs, counts = comparison.repeated(kit, past, shown) if shown else (repeats.Repeats(()), {})
    return {
        "past": past,
        "shown": shown,
        "made_on": {one.id: exercise.input(one.input).label for one in past} if len(exercise.inputs) > 1 else {},
        "tallies": tallies,
        "comparable": over[-2:] if len(over) > 1 else (),
        "runs": runs,
        "counts": tuple(counts.values()),
        "outcome": next(iter(passing.verdicts(kit, exercise, runs.runs)), None),
    }


def prose(exercise: Exercise) -> dict[str, Markup]:
    """The texts of the exercise that its desk shows."""
    return {name: marking.prose(getattr(exercise, name)) for name in ("situation", "task", "requirements_text")}


def answer(text: str, results: Sequence[CheckResult], passages: Sequence[Passage]) -> dict[str, Any]:
    """An answer with the spots of its findings and its citations marked, and the details that no source holds."""
    marks = _marks(results, text)
    unverified = dict.fromkeys(text[one.start : one.end] for one in marks if one.kind == "unverified")
    return {"answer": marking.mark(text, marks, _citations(passages)), "unverified": tuple(unverified)}


def findings_of(results: Sequence[CheckResult]) -> dict[str, Any]:
    return {
        "results": results,
        "tally": tally(results),
        "answer_panel": panel(one for result in results if result.of == "answer" for one in result.findings),
    }


def revealed(
    kit: Kit, exercise: Exercise, past: Sequence[Attempt], prompt: str = "", *, always: bool = False
) -> dict[str, Any]:
    """What of hints, sample prompts and model answer the person may see by now; ``always`` for a trainer.

    With the model answer comes the difference between the ``prompt`` (of the last attempt unless said) and the sample.
    """
    count = reveal.made(past)
    solved = always or reveal.may_see(kit, "solved", exercise, past)
    prompt = prompt or next((one.prompt for one in reversed(past) if one.prompt), "")
    sample = next((one.raw for one in exercise.prompts if one.label == "sample" and one.reveal != "hidden"), "")
    samples = [one for one in exercise.prompts if one.label != "starter" and one.reveal != "hidden"]
    return {
        "hints": [(number, one) for number, one in enumerate(exercise.hints, 1) if one.after_attempts <= count],
        "hints_later": [one for one in exercise.hints if one.after_attempts > count],
        "samples": [one for one in samples if reveal.may_see(kit, one.reveal, exercise, past)],
        "samples_later": [one for one in samples if not reveal.may_see(kit, one.reveal, exercise, past)],
        "made": count,
        "model_answer": marking.mark(exercise.model_answer) if solved else Markup(),
        "model_answer_notes": marking.prose(exercise.model_answer_notes) if solved else Markup(),
        "prompt_diff": marking.mark_diff(diff_syllables(prompt, sample)) if solved and prompt and sample else Markup(),
    }


def materials(kit: Kit, exercise: Exercise, given: str = "") -> tuple[Material, ...]:
    """The documents of one input, each with its text when it has been read."""
    labels = (file.label for file in exercises.files(exercise, given))
    return tuple(
        Material(label, document, library.blocks(kit, document.id) if document.status is DocumentStatus.READY else ())
        for label, document in zip(labels, exercises.documents(kit, exercise, given), strict=True)
    )


def guarded(results: Sequence[CheckResult], open_key: bool) -> tuple[CheckResult, ...]:
    """The results as a person may see them: what was missed is told by its place alone until the key is open."""

    def told(finding: Finding) -> Finding:
        if open_key or finding.part != MISSED:
            return finding
        return replace(finding, why="", seen="", expected="", spans=())

    return tuple(replace(one, findings=tuple(map(told, one.findings))) for one in results)


def panel(findings: Iterable[Finding]) -> Panel:
    """Sort findings and lay the first of the worst level open."""
    order = list(Level)
    found = sorted(findings, key=lambda one: order.index(one.level))
    asking = [one for one in found if one.level in (Level.ESSENTIAL, Level.ACTIONABLE)]
    opened = [one for one in asking if one.level is asking[0].level][:OPEN_AT_ONCE]
    return Panel(tuple(opened), tuple(found[len(opened) :]))


def tally(results: Iterable[CheckResult]) -> Tally:
    verdicts = [one.passed for one in results]
    return Tally(verdicts.count(True), sum(one is not None for one in verdicts), verdicts.count(None))


def _marks(results: Iterable[CheckResult], text: str) -> tuple[marking.Mark, ...]:
    return tuple(
        marking.Mark(span.start, span.end, "unverified" if result.check in verify.GROUNDED else "remark",
                     f"{span.start}-{span.end}", finding.title)
        for result in results
        for finding in result.findings
        if finding.level in (Level.ESSENTIAL, Level.ACTIONABLE)
        for span in finding.spans
        if span.of == "answer" and span.end - span.start <= WHOLE * len(text)
    )  # fmt: skip


def _citations(passages: Iterable[Passage]) -> dict[int, marking.Citation]:
    return {
        one.number: marking.Citation(
            href=url_for("library.document", document_id=one.document_id, passage=f"{one.first}-{one.last}")
            if one.document_id
            else "#v0-b1",
            label=_("Đoạn %(n)s: %(title)s", n=one.number, title=one.document_title),
            document_id=one.document_id,
            first=one.first,
            last=one.last,
        )
        for one in passages
    }
