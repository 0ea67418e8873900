"""What the pages do, from beginning to end without a browser, by the same functions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service import accounts, ask, exercises, feedback, library, practice, serving, summarise, worker
from service.ask import filters, named, quotation, tracing
from service.ask.gaps import gaps
from service.errors import EngineError, NotFound
from service.kit import Kit
from service.records import AttemptState, Delta, Failed, Finish, Level, Queued, Role, Sources, User

STEP_LOOK = 0.5
"""Seconds between two looks at a summary whose next step is not due yet."""


def practise(kit: Kit, exercise_id: str, prompt: str, login: str | None, say: Callable[[str], None]) -> dict[str, Any]:
    """Run a prompt on an exercise and grade the answer; ``say`` is told how it goes.

    Returns the JSON of ``practice --json``: answer, sources, findings (worst first), attempt_id, engine, seconds.
    Raises what the features raise, and ``EngineError`` when the answer broke off.
    """
    started = time.monotonic()
    serving.prepare(kit, say)
    do_jobs(kit)  # on a fresh folder the sample documents are still to be read
    person = _person(kit, login)
    attempt = practice.begin(kit, person, exercises.get(kit, person, exercise_id), prompt)
    for event in practice.answer(kit, attempt.id):
        match event:
            case Sources(passages, left_out):
                say(f"Nguồn: {len(passages)} đoạn" + (f"; không đủ chỗ cho: {', '.join(left_out)}" if left_out else ""))
            case Queued(place, seconds) if place:
                say(f"Còn {place} lượt phía trước, khoảng {seconds:.0f} giây.")
            case Failed(_, sentence):
                raise EngineError(sentence)
            case Finish():
                say("Máy đã viết xong.")
            case Queued() | Delta():
                pass
    do_jobs(kit)
    attempt = practice.get(kit, person, attempt.id)
    if attempt.graded_at is None:  # a server on the same folder has taken the job, and may take its time
        feedback.grade(kit, attempt.id)
    findings = [finding for result in feedback.results(kit, attempt.id) for finding in result.findings]
    return {
        "answer": attempt.answer,
        "sources": [asdict(passage) for passage in attempt.passages],
        "findings": [asdict(finding) for finding in sorted(findings, key=lambda one: list(Level).index(one.level))],
        "attempt_id": attempt.id,
        "engine": attempt.engine,
        "seconds": round(time.monotonic() - started, 2),
    }


@dataclass(frozen=True)
class Asked:
    """A question as a command asks it: ``documents`` are files (taken onto the shelf), samples or numbers, none means
    all; ``kinds`` and ``shelf`` narrow them."""

    text: str
    documents: Sequence[str] = ()
    kinds: Sequence[str] = ()
    shelf: str = ""

    @classmethod
    def read(cls, text: str, documents: Sequence[str], kinds: Iterable[str], shelf: str) -> Asked:
        """With kinds and shelf in a person's words. Raises ``BadInput``."""
        return cls(text, documents, tuple(map(filters.read_kind, kinds)), filters.read_shelf(shelf) or "")


def ask_documents(kit: Kit, asked: Asked, login: str | None, say: Callable[[str], None]) -> dict[str, Any]:
    """Put a question to documents.

    Returns the JSON of ``ask --json``: answer, unsure (the small model found none), quotes (passage, text), answerable,
    absent (Điều and khoản named that no document asked has), lacking (words of the question that no source holds),
    asked (documents, kinds, shelf), sources, sentences with their support, question_id, engine, seconds, error (a
    sentence when the answer broke off; what the documents say is told all the same). Raises what the features raise.
    """
    started = time.monotonic()
    serving.prepare(kit, say)
    person = _person(kit, login)
    documents = [_named(kit, person, name) for name in asked.documents]
    do_jobs(kit)
    question = ask.begin(kit, person, asked.text, documents, asked.kinds, asked.shelf)
    for line in filters.in_words(question):
        say(line)
    error = ""
    for event in ask.answer(kit, person, question.id):
        match event:
            case Sources(passages, _):
                say(f"Nguồn: {len(passages)} đoạn")
            case Failed(_, error):
                pass
            case _:
                pass
    done = ask.get(kit, person, question.id)
    traced = tracing.traced(done.answer, done.support)
    scope = filters.scope(ask.documents(kit, person), done)
    absent = named.absent(kit, scope, done.text)
    return {
        "answer": traced.text,
        "unsure": done.unsure,
        "quotes": [{"passage": passage.number, "text": text} for passage, text in quotation.quotes(kit, done)],
        "answerable": done.answerable,
        "absent": absent,
        "lacking": () if absent else gaps(kit.index.uncalled(done.text, scope), done.passages),
        "asked": {"documents": list(done.documents), "kinds": list(done.kinds), "shelf": done.shelf},
        "sources": [asdict(passage) for passage in done.passages],
        "sentences": [
            {"text": traced.text[one.start : one.end], "support": one.support, "passages": list(one.passages)}
            for one in traced.support
        ],
        "dropped": list(done.dropped),
        "question_id": done.id,
        "engine": done.engine,
        "seconds": round(time.monotonic() - started, 2),
        "error": error,
    }


def summarise_files(
    kit: Kit, named: Sequence[str], length: int, reader: str, login: str | None, say: Callable[[str], None]
) -> dict[str, Any]:
    """Sum up one or several documents, step by step in this process; ``named`` as ``Asked.documents``.

    Returns the JSON of ``summarise --json``: text, parts (done, all), left_out, dropped, by_model, passages cited,
    summary_id, engine, seconds.
    """
    started = time.monotonic()
    serving.prepare(kit, say)
    person = _person(kit, login)
    documents = [_named(kit, person, name) for name in named]
    do_jobs(kit)
    begun = summarise.begin(kit, person, documents, length, reader)
    told = -1
    while not (done := summarise.get(kit, person, begun.id)).over:
        if done.parts and done.done != told:
            told = done.done
            say(f"Đã đọc {told}/{len(done.parts)} phần")
        if not worker.run_once(kit):
            time.sleep(STEP_LOOK)  # a failed step is tried again later; a server beside us may have taken the job
    if done.state is AttemptState.FAILED:
        raise EngineError(done.error)
    cited = {n for one in done.support for n in one.passages}
    return {
        "text": done.text,
        "parts": {"done": done.done, "all": len(done.parts)},
        "left_out": done.left_out,
        "dropped": sum(part.dropped for part in done.parts),
        "by_model": done.by_model,
        "sources": [asdict(passage) for passage in done.passages if passage.number in cited],
        "summary_id": done.id,
        "engine": done.engine,
        "seconds": round(time.monotonic() - started, 2),
    }


def _named(kit: Kit, person: User, name: str) -> int:
    """A document by the path of a file, the key of a sample or its number."""
    path = Path(name)
    if path.is_file():
        return library.accept(kit, person, path.name, path.read_bytes()).id
    if name.isdecimal():
        return library.get(kit, person, int(name)).id
    try:
        return library.by_sample(kit, name).id
    except NotFound:
        raise NotFound(f"Không có tệp, văn bản mẫu hay tài liệu nào là «{name}».") from None


def do_jobs(kit: Kit) -> None:
    """Do what waits in the job table, in this process, and give what was read the vectors it lacks."""
    while worker.run_once(kit) or kit.index.embed_missing():
        pass


def _person(kit: Kit, login: str | None) -> User:
    for person in accounts.list_users(kit):
        if person.active and (person.name == login.strip().lower() if login else person.role is Role.ADMIN):
            return person
    raise NotFound(f"Không có người dùng «{login}» đang hoạt động." if login else "Chưa có quản trị viên nào.")
