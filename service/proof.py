"""Proof of an exercise: the answers in its box are told apart by its checks, and its planted mistakes are found.

Needs no model and no database: the sample documents are read from their folder as a learner's would be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from service import baseline, checks, chunking, feedback, parsers
from service.errors import BadInput
from service.prompts import load_exercise, read_manifest
from service.prompts.lines import naming
from service.records import (
    Assertion,
    Baseline,
    Case,
    CheckResult,
    Exercise,
    Level,
    Passage,
    Planted,
    SourceText,
)
from service.settings import HOME

SAMPLES = HOME / "sample_docs"
WEAK, GOOD = 50, 85
"""A weak answer stays under the first score, a good one reaches the second and leaves nothing essential to mend."""

TODAY = date(2026, 11, 23)
"""The day on which the exercises play."""


@dataclass(frozen=True)
class Judged:
    """A baseline answer, its score of 100 and the verdicts; ``as_meant`` is False for a weak one that scores well …"""

    baseline: Baseline
    score: float
    results: tuple[CheckResult, ...]

    @property
    def as_meant(self) -> bool:
        passes = self.score >= GOOD and not checks.failed_essentials(self.results)
        return {"weak": self.score < WEAK, "good": passes}.get(self.baseline.label, True)


@dataclass(frozen=True)
class PlantedFound:
    """A planted mistake and whether the check that should find it does."""

    planted: Planted
    found: bool


@dataclass(frozen=True)
class Proof:
    exercise: Exercise
    judged: tuple[Judged, ...]
    planted: tuple[PlantedFound, ...]

    @property
    def holds(self) -> bool:
        """Every baseline scores as meant, weak and good are there, every planted mistake is found."""
        return not self.lacking and all(one.as_meant for one in self.judged) and all(one.found for one in self.planted)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The baselines without which nothing is proved and that are not there: «weak», «good»."""
        labels = {one.baseline.label for one in self.judged}
        return tuple(label for label in ("weak", "good") if label not in labels)


def prove(exercise: Exercise, samples: Path = SAMPLES) -> Proof:
    """Judge every baseline by the exercise's own checks, and look for every planted mistake."""
    judged = tuple(_judge(exercise, one, samples) for one in exercise.baselines)
    by_label = {(one.baseline.label, one.baseline.input): one for one in judged}
    found = tuple(PlantedFound(one, _finds(exercise, one, by_label, samples)) for one in exercise.planted)
    return Proof(exercise, judged, found)


def exercises_in(folder: Path, names: Collection[str] = ()) -> tuple[Exercise, ...]:
    """The exercises of a folder, all or those named; what they refer to must be there. Raises InvalidExercise."""
    paths = sorted(folder.glob("*.md")) if not names else [folder / f"{name}.md" for name in names]
    if missing := [path.stem for path in paths if not path.is_file()]:
        raise BadInput("Không có bài tập «%(name)s» trong thư mục này.", name=missing[0])
    known = {one.id for one in read_manifest(SAMPLES)}
    found = []
    for path in paths:
        with naming(path):
            found.append(load_exercise(path, samples=known, check_types=checks.TYPES))
    return tuple(found)


def table(proofs: Sequence[Proof]) -> Iterator[str]:
    """The lines of the table people read: the score of each baseline, how many planted mistakes are found."""
    width = max((len(one.exercise.id) for one in proofs), default=10)
    yield f"  {'bài':<{width}}  {'loại':<14}  yếu   vừa   tốt   lỗi gài"
    for one in proofs:
        planted = f"{sum(item.found for item in one.planted)}/{len(one.planted)}" if one.planted else "–"
        scores = "  ".join(_score(one, label) for label in ("weak", "middling", "good"))
        yield f"{'✓' if one.holds else '!'} {one.exercise.id:<{width}}  {one.exercise.kind:<14}  {scores}  {planted:>5}"
        if one.lacking:
            yield f"    chưa có bài làm sẵn {' và '.join(one.lacking)} (mục baseline) nên chưa thử được"
        for lost in (item.planted for item in one.planted if not item.found):
            yield f"    lỗi gài «{lost.id}»: phép kiểm {lost.check} không tìm ra «{lost.quote}»"
        for judged in (item for item in one.judged if not item.as_meant):
            failed = "; ".join(f"{r.check}: {r.reason}" for r in judged.results if r.passed is False) or "không có"
            given = f" ({judged.baseline.input})" if judged.baseline.input else ""
            yield f"    bài {judged.baseline.label}{given} được {judged.score:.0f} điểm. Mục chưa đạt: {failed}"
    yield f"{sum(one.holds for one in proofs)}/{len(proofs)} bài phân biệt được bài yếu với bài tốt."


def as_json(one: Proof) -> dict[str, Any]:
    return {
        "exercise": one.exercise.id,
        "kind": one.exercise.kind,
        "holds": one.holds,
        "baselines": [
            {"label": item.baseline.label, "input": item.baseline.input, "score": round(item.score, 1)}
            for item in one.judged
        ],
        "planted": [{"id": item.planted.id, "check": item.planted.check, "found": item.found} for item in one.planted],
    }


def _score(one: Proof, label: str) -> str:
    found = [item.score for item in one.judged if item.baseline.label == label]
    return f"{(max if label == 'weak' else min)(found):4.0f}" if found else "   –"


def case_of(exercise: Exercise, given: str, samples: Path = SAMPLES, *, prompt: str = "", answer: str = "") -> Case:
    """A case as an attempt at this input would be, with every passage of its documents offered."""
    chosen = exercise.input(given)
    files = (*exercise.files, *chosen.files)
    texts = [_read(samples, file.sample) for file in files]
    sources = [SourceText(n, file.label, text) for n, (file, (text, _)) in enumerate(zip(files, texts, strict=True), 1)]
    passages = [
        replace(passage, document_id=n, document_title=files[n - 1].label)
        for n, (_, found) in enumerate(texts, 1)
        for passage in found
    ]
    own = feedback.own_text(exercise, chosen)
    return Case(
        prompt=prompt,
        answer=answer,
        exercise=exercise,
        sources=(*sources, *own),
        passages=tuple(replace(passage, number=n) for n, passage in enumerate(passages, 1)),
        today=TODAY,
        finish_reason="stop",
        input=chosen.id,
    )


def _judge(exercise: Exercise, made: Baseline, samples: Path) -> Judged:
    prompt = baseline.prompt_of(exercise, made)
    case = case_of(exercise, made.input, samples, prompt=prompt, answer=made.output)
    case = replace(case, work=made.work)
    results = checks.run(case, feedback.assertions_of(exercise, made.input))
    return Judged(made, checks.score(results) or 0.0, results)


def _finds(exercise: Exercise, one: Planted, judged: Mapping[tuple[str, str], Judged], samples: Path) -> bool:
    """Whether the check named in the key finds the mistake.

    In the text: a finding touches the quote; "flags-errors" leaves it to the reader, whose mark is scored. In a
    baseline output: the same there. In a source: the check fails on the weak answer and passes on the good one.
    """
    if one.where == "source":
        weak, good = judged.get(("weak", one.input)), judged.get(("good", one.input))
        return bool(weak and good and _verdict(weak, one.check) is False and _verdict(good, one.check) is True)
    if one.where == "text":
        if one.check == "flags-errors":
            mark = {"marks": [{"start": one.start, "end": one.end}]}
            case = replace(case_of(exercise, one.input, samples), work=mark)
            [result] = checks.run(case, (Assertion("flags-errors"),))
            return result.score > 0
        text = exercise.input(one.input).text
        asked = [item for item in feedback.assertions_of(exercise, one.input) if _named(item, one.check)]
        asked = asked or [Assertion(one.check.split("/")[0])]
        # The text is under test here, so it is no source of its own.
        case = case_of(exercise, one.input, samples, answer=text)
        case = replace(case, sources=tuple(source for source in case.sources if source.text != text))
        results = checks.run(case, asked)
    else:
        results = judged[one.where, one.input].results if (one.where, one.input) in judged else ()
        results = tuple(result for result in results if one.check in (result.check, f"{result.check}/{result.metric}"))
        text = next((other.baseline.output for key, other in judged.items() if key == (one.where, one.input)), "")
    start = one.start if one.where == "text" else text.find(one.quote)
    return any(_touches(result, start, start + len(one.quote)) for result in results)


def _touches(result: CheckResult, start: int, end: int) -> bool:
    wrong = [finding for finding in result.findings if finding.level is not Level.CELEBRATORY]
    if result.passed is True:
        return False
    if start < 0:  # the mistake is that something is left out
        return any(not finding.spans for finding in wrong)
    return any(span.start < end and start < span.end for finding in wrong for span in finding.spans)


def _verdict(judged: Judged, check: str) -> bool | None:
    named = [one for one in judged.results if check in (one.check, f"{one.check}/{one.metric}")]
    return None if not named else all(one.passed for one in named)


def _named(item: Assertion, check: str) -> bool:
    return check in (item.type, f"{item.type}/{item.metric}")


@cache
def _read(samples: Path, sample: str) -> tuple[str, tuple[Passage, ...]]:
    """A sample document's text and passages, cut as the index cuts them."""
    entry = next(one for one in read_manifest(samples) if one.id == sample)
    path = samples / entry.path
    parsed = parsers.parse(path, path.suffix, apart=False)
    cut = chunking.chunk(parsed.blocks)
    return parsed.text, tuple(
        Passage(n, 0, entry.title, one.n, one.text, one.heading, one.first, one.last) for n, one in enumerate(cut, 1)
    )
