"""Whatever is sent in, the answer is a document or a sentence – never a crash, never a minute, never the memory.

    python3 run.py test --long fuzz [--seed N] [--case N]

Each case follows from the seed and its number. What fails is kept under build/fuzz with the words to see it again.
Times are processor seconds, which a busy machine does not lengthen.
"""

from __future__ import annotations

import gc
import json
import logging
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from service import docx_writer, drafts, prompts
from service.checks import TYPES
from service.errors import HocVuError, InvalidExercise
from service.nd30.drafting import text_of
from service.parsers import Limits, check_content as look_at, ocr, parse, parse_layout, read_checked
from service.records import Draft, Layout, ParsedDocument, Table
from service.settings import HOME
from tests.long import mutants
from tests.long.mutants import Mutant

SECONDS = 5.0
"""Processor seconds that a case may take."""
GROWTH_MB = 300
"""How far the most memory this process ever held may rise after the first tenth of the cases."""
APART_EVERY = 100
"""Every so many cases the same file is also read in the process of its own, as uploads are."""
WAITED = 120
"""Seconds by the clock for that process, which a busy machine lengthens; its processor time is judged by itself."""
SHOWN = 20
"""After so many failures enough is known."""

KEPT = HOME / "build" / "fuzz"

Judge = Callable[[Any], str]
"""Runs a case, by itself or by its number; returns what came of it, or raises AssertionError."""


class TooSlow(BaseException):
    """The processor time of a case is used up; not an Exception, for parsers swallow those."""


@pytest.fixture(autouse=True)
def _as_it_runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Outside the tests a warning is no error, and what pypdf logs is not gathered in memory. A scan stays one: it is
    tesseract that takes a second for each of its pages."""
    import warnings

    monkeypatch.setattr(ocr, "missing", lambda: "tesseract")
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def run(request: pytest.FixtureRequest, seed: int, tell: Callable[[str], None]) -> Callable[..., None]:
    """Put the cases of one kind before their judge, all of them, and tell at the end what failed."""

    def run(what: str, cases: int, judge: Judge, breed: Callable[[int], Any] = lambda n: n) -> None:
        only: int | None = request.config.getoption("case", None)
        outcomes: Counter[str] = Counter()
        failed: list[str] = []
        memory = slowest = 0.0
        began = time.monotonic()
        for n in range(cases) if only is None else (only,):
            if n == cases // 10:
                memory = peak_mb()
            case = breed(n)  # outside the clock: a large mutant takes longer to make than to read
            started = time.process_time()
            try:
                with at_most(SECONDS):
                    outcomes[judge(case)] += 1
            except (Exception, TooSlow) as error:  # noqa: BLE001 - that is what is looked for
                failed.append(f"--seed {seed} --case {n}: {type(error).__name__}: {error}"[:2000])
                if len(failed) == SHOWN:
                    break
            slowest = max(slowest, time.process_time() - started)
        gc.collect()
        tell(f"{what}: {sum(outcomes.values())} cases in {time.monotonic() - began:.0f} s, slowest {slowest:.2f} s")
        tell("    " + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
        assert not failed, "\n".join([f"{len(failed)} of {cases} cases of {what} failed:", *failed])
        if only is None and memory:
            tell(f"    memory at most {peak_mb():.0f} MB, after the first tenth {memory:.0f} MB")
            assert peak_mb() - memory <= GROWTH_MB

    return run


def peak_mb() -> float:
    """The most memory this process ever held; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def child_seconds() -> float:
    """Processor seconds of all child processes that have ended."""
    try:
        import resource
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Break off what takes more processor time; where there is no such clock, tell afterwards."""
    import signal

    def ring(_number: int, _frame: object) -> None:
        raise TooSlow(f"more than {seconds} s of processor time")

    started = time.process_time()
    if hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGPROF, ring)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
    else:
        yield
    assert time.process_time() - started <= seconds, f"more than {seconds} s of processor time"


def sentence(error: HocVuError) -> str:
    """Every error is a sentence for a person, with all its facts in it."""
    said = str(error)
    assert said.endswith((".", "?")) and said[:1].isupper() and "%(" not in said, f"not a sentence: {said!r}"
    return type(error).__name__


def clean(texts: Iterable[str]) -> None:
    """What is stored and shown afterwards must be composed text that the database and the page can carry."""
    for text in texts:
        text.encode()  # raises for halves of letters
        assert unicodedata.is_normalized("NFC", text), f"not composed: {text[:80]!r}"
        assert "\0" not in text
        assert mutants.TRAPPED not in text, "a file of this machine was read into the document"


# ── files ───────────────────────────────────────────────────────────────────────────────────────


def read(mutant: Mutant, *, apart: bool) -> ParsedDocument | str:
    """The document, or the name of the error."""
    limits = Limits(seconds=WAITED if apart else int(SECONDS))
    try:
        parsed = parse(mutant.data, mutant.suffix, limits, apart=apart)
    except HocVuError as error:
        return sentence(error)
    clean(block.text for block in parsed.blocks)
    assert parsed.blocks and len({block.anchor for block in parsed.blocks}) == len(parsed.blocks), "anchors repeat"
    return parsed


def layout(mutant: Mutant, *, apart: bool) -> Layout | str:
    """How a .docx is set, or the name of the error."""
    limits = Limits(seconds=WAITED if apart else int(SECONDS))
    try:
        if apart:
            found = parse_layout(mutant.data, limits)
        else:
            look_at(mutant.data, ".docx", limits)
            found = read_checked(mutant.data, limits)
    except HocVuError as error:
        return sentence(error)
    clean([found.text])
    return found


def judge_file(mutant: Mutant) -> str:
    """Read it here, and now and then in a process of its own as well, which must come to the same."""
    readers = (read, layout) if mutant.suffix == ".docx" else (read,)
    outcome: object = None
    for reader in readers:
        here = None if mutant.bomb else reader(mutant, apart=False)
        outcome = outcome or here
        if mutant.bomb or mutant.number % APART_EVERY == 0:
            used = child_seconds()
            there = reader(mutant, apart=True)
            used = child_seconds() - used
            outcome = outcome or there
            assert used <= SECONDS + 1, f"the process of its own took {used:.1f} s"
            assert mutant.bomb or here == there, f"{reader.__name__} here: {here!r:.300}\nthere: {there!r:.300}"
    return f"{mutant.suffix or '(none)'} {outcome if isinstance(outcome, str) else 'read'}"


@pytest.mark.parametrize("cases", [pytest.param(150, id="sample"), pytest.param(20_000, marks=pytest.mark.long)])
def test_any_file_is_read_or_refused_in_a_sentence(run: Callable[..., None], seed: int, cases: int) -> None:
    known = mutants.seeds()

    def judge(mutant: Mutant) -> str:
        try:
            return judge_file(mutant)
        except (Exception, TooSlow) as error:
            KEPT.mkdir(parents=True, exist_ok=True)
            kept = KEPT / f"{seed}-{mutant.number}{mutant.suffix}"
            kept.write_bytes(mutant.data)
            told = f"{' → '.join(mutant.recipe)}: {type(error).__name__}: {error} (kept: {kept.relative_to(HOME)})"
            raise AssertionError(told) from error

    run("files", cases, judge, lambda n: mutants.mutant(known, seed, n))


# ── exercises ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cases", [pytest.param(20, id="sample"), pytest.param(2_000, marks=pytest.mark.long)])
def test_any_exercise_is_loaded_or_refused_by_line(
    run: Callable[[str, int, Judge], None], seed: int, cases: int
) -> None:
    texts = mutants.exercise_texts()
    folder, samples = HOME / "prompts" / "exercises", {one.id for one in prompts.read_manifest(HOME / "sample_docs")}

    def judge(n: int) -> str:
        name = sorted(texts)[n % len(texts)]
        text = mutants.exercise_text([texts[name]], seed, n)
        problems = prompts.validate(text, name, folder=folder, samples=samples, check_types=TYPES)
        lines = text.count("\n") + 1
        for problem in problems:
            assert 1 <= problem.line <= lines + 1, f"{problem} in a file of {lines} lines"
            clean([problem.sentence])
            assert problem.sentence.endswith((".", "?")), problem.sentence
        try:
            exercise = prompts.parse_exercise(text, name, folder=folder, samples=samples, check_types=TYPES)
        except InvalidExercise:
            assert problems, "refused without a reason"
            return "refused"
        assert not problems, f"loaded in spite of {problems}"
        assert exercise.id == name
        clean([exercise.title, exercise.situation, exercise.task, *exercise.feedback.values()])
        return "loaded"

    run("exercises", cases, judge)


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────

HONEST = Draft(
    kind="cong_van",
    superior="ỦY BAN NHÂN DÂN HUYỆN TRIỆU PHONG",
    issuer="ỦY BAN NHÂN DÂN XÃ TÂN HÒA",
    sign="/UBND-VP",
    place="Tân Hòa",
    subject="tổng vệ sinh phòng, chống sốt xuất huyết",
    addressees=("Các trường học trên địa bàn",),
    body=("Thực hiện kế hoạch năm 2026:", Table((("Việc", "Hạn"), ("Báo cáo", "15/6/2026"))), "Đề nghị các trường./."),
    authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Lê Thị Hạnh",
    recipients=("Như trên", "Lưu: VT"),
)


@pytest.mark.parametrize("cases", [pytest.param(200, id="sample"), pytest.param(5_000, marks=pytest.mark.long)])
def test_any_draft_is_taken_or_refused_in_a_sentence(
    run: Callable[[str, int, Judge], None], seed: int, cases: int
) -> None:
    """And one that is taken can be stored, printed and read again: nothing is accepted that breaks later."""
    honest = json.loads(json.dumps(drafts.parts_of(HONEST)))
    assert drafts.draft_of(honest) == HONEST

    def judge(n: int) -> str:
        sent = json.loads(json.dumps(mutants.draft_parts(honest, seed, n)))
        try:
            draft = drafts.draft_of(sent)
        except HocVuError as error:
            return sentence(error)
        stored = json.loads(json.dumps(drafts.parts_of(draft)))
        assert drafts.draft_of(stored) == draft, f"changed by storing: {stored}"
        clean([text_of(draft)])
        parse(docx_writer.write(draft), ".docx", apart=False)
        return "taken"

    run("drafts", cases, judge)
