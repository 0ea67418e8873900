"""Asking documents: a question, the passages that may answer it, and an answer whose every sentence is traced.

A question goes queued → running → done | stopped | interrupted | failed. ``begin`` creates it; ``answer`` is the only
function that runs it, for whoever claims it first (``answering``). The passages are numbered before the model writes;
a number outside the list is dropped on its way to the page; when the answer is there, each sentence gets its support
(``checks.support``). Where the documents hold nothing near the question no model is asked: the answer says so, with
the nearest passages beside it.

    filters     which documents are asked: those of a kind, on a shelf
    brief       what the model is given: the passages that fit, the frame, how long the answer may be
    refusal     an answer that only says that the documents do not tell
    named       the Điều, khoản and điểm that a question names
    quotation   what the documents themselves say
    gaps        the words of a question that its passages do not hold
    tracing     what bears out each sentence, shown in signs or in words
    taken       an answer that is copied, or taken as .docx
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, insert, select

from service import answering, library
from service.answerability import answerable
from service.ask import brief, filters, named, refusal, tracing
from service.checks.citations import KnownMarks
from service.checks.privacy import secrecy_mark
from service.checks.support import judge
from service.embedders.likeness import likeness
from service.engines.base import Event
from service.errors import BadInput, NotFound, Secret
from service.kit import Kit
from service.records import (
    UNSURE,
    AttemptState,
    Delta,
    Document,
    DocumentStatus,
    Failed,
    Passage,
    Question,
    Shelf,
    Sources,
    User,
)
from service.store.db import now
from service.store.tables import questions
from service.text import count_syllables, nfc

LONGEST = 200
"""Syllables of a question."""
NEAREST = 3
"""Passages shown when the documents do not answer."""


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


def documents(kit: Kit, user: User) -> tuple[Document, ...]:
    """What the person may ask: one's own documents and the samples, those that have been read."""
    found = (*library.shelf(kit, user), *library.samples(kit))
    return tuple(one for one in found if one.status is DocumentStatus.READY)


def begin(
    kit: Kit, user: User, text: str, chosen: Collection[int] = (), kinds: Collection[str] = (), shelf: str = ""
) -> Question:
    """Queue a question to the chosen documents, or to all that one may read; of these to those that fit the filter.

    Raises ``Secret``, ``BadInput`` (empty, too long, a filter that does not exist or leaves nothing to ask) and
    ``NotFound`` for a document that was removed or is somebody else's.
    """
    text = _accepted(text)
    for document_id in chosen:
        document = library.reachable(kit, user, document_id)
        if document is None:
            raise NotFound(
                "Có tài liệu đã chọn không còn trong kho, hoặc không phải của anh/chị. "
                "Anh/chị chọn lại tài liệu rồi hỏi lại."
            )
        if document.status is not DocumentStatus.READY:
            raise BadInput("Có tài liệu máy chưa đọc xong. Anh/chị chờ ít phút rồi hỏi lại, hoặc bỏ chọn tài liệu ấy.")
    readable = documents(kit, user)
    if not chosen and not readable:
        raise BadInput("Chưa có tài liệu nào để hỏi. Anh/chị đưa tài liệu vào ở trang Tài liệu trước.")
    only, whose = tuple(dict.fromkeys(map(filters.read_kind, kinds))), filters.read_shelf(shelf)
    filters.check(readable, chosen, only, whose)
    values = {
        "user_id": user.id,
        "text": text,
        "documents": sorted(set(chosen)),
        "kinds": list(only),
        "shelf": whose,
        "state": AttemptState.QUEUED,
        "created_at": now(),
    }
    with kit.db.write() as connection:
        row = connection.execute(insert(questions).values(values).returning(questions)).one()
    return _question(row)


def _accepted(text: str) -> str:
    """A question as it is kept. Raises ``Secret`` and ``BadInput``."""
    text = " ".join(nfc(text).split())
    if mark := secrecy_mark(text):
        raise Secret(mark=mark.mark, where="trong câu hỏi")
    if not any(map(str.isalnum, text)):
        raise BadInput("Câu hỏi còn trống. Anh/chị viết điều cần hỏi rồi gửi lại.")
    if (length := count_syllables(text)) > LONGEST:
        raise BadInput(
            "Câu hỏi dài %(length)s tiếng, mức nhận là %(limit)s tiếng. Anh/chị rút ngắn rồi hỏi lại.",
            length=length,
            limit=LONGEST,
        )
    return text


# ── answering ───────────────────────────────────────────────────────────────────────────────────


def answer(kit: Kit, user: User, question_id: int) -> Iterator[Sources | Event | Failed]:
    """Run a queued question, or replay it, or follow it while another connection runs it.

    1. Claim it by an UPDATE that must change one row; whoever loses replays or follows.
    2. Choose the passages → ``Sources``. When none is near enough, or a named Điều is nowhere, say so and end.
    3. Relay the engine's events, without the marks that name no passage.
    4. Whatever happens, settle the question in one short transaction, with the support of each sentence; an answer
       that only says that the documents do not tell is none (of a small model: ``Question.unsure``).
    """
    question = get(kit, user, question_id)
    claimed = answering.change(kit, questions, question_id, AttemptState.QUEUED, state=AttemptState.RUNNING)
    if not claimed:
        yield from answering.follow(kit, questions, question_id, lambda: get(kit, user, question_id))
        return

    given: tuple[Passage, ...] = ()
    marks = KnownMarks(0)
    near = False

    def settle(writing: answering.Writing) -> None:
        writing.text.append(marks.close())
        support = judge(writing.kept, given, likeness(kit.embedder))
        end = {"answer": writing.kept, "finished_at": now(), **writing.end, "dropped": marks.dropped}
        if end["state"] is AttemptState.DONE and refusal.is_refusal(writing.kept, support, given):
            support = ()
            if near and kit.engine.state().small:
                end |= {"answer": "", "finish_reason": UNSURE}
            else:
                end["answerable"] = False
        end["support"] = [asdict(one) for one in support]
        answering.change(kit, questions, question_id, AttemptState.RUNNING, **end)

    with answering.settled("question", question_id, settle) as writing:
        readable = documents(kit, user)
        scope = filters.scope(readable, question)
        found = named.first(question.text, kit.index.search(question.text, scope, limit=brief.PASSAGES))
        near = answerable(kit, kit.index.uncalled(question.text, scope), [one.id for one in readable], found)
        near = near and not named.unheard(kit, scope, question.text)
        if near:
            yield from answering.loading(kit, questions, question_id)
            options = brief.options_of(kit, question)
            sources, messages = brief.prepare(kit, question, scope, found, options)
            given = sources.passages
            marks = KnownMarks(len(given))
            yield from answering.by_model(kit, questions, question_id, sources, messages, options, writing, marks.feed)
        else:
            given = found[:NEAREST]
            answering.save(kit, questions, question_id, passages=list(map(asdict, given)), answerable=False)
            yield Sources(given)
            writing.text.append(refusal.NOT_THERE)
            yield Delta(refusal.NOT_THERE)
            writing.end = {"state": AttemptState.DONE, "finish_reason": "stop"}
    yield writing.failed or answering.finish(get(kit, user, question_id))


def stop(kit: Kit, user: User, question_id: int) -> None:
    """The stop button."""
    get(kit, user, question_id)
    answering.ask_to_stop(kit, questions, question_id)


def seen(kit: Kit, question_id: int) -> None:
    """Note that a page is looking at the answer."""
    answering.seen(kit, questions, question_id)


def watched(kit: Kit, question_id: int) -> bool:
    """True while some page looks at the growing answer."""
    return answering.watched(kit, questions, question_id)


def recover(kit: Kit) -> int:
    """At start: questions a killed process left running become interrupted, their text kept. Returns how many."""
    return answering.recover(kit, questions)


# ── looking back ────────────────────────────────────────────────────────────────────────────────


def get(kit: Kit, user: User, question_id: int) -> Question:
    """One question, for whoever asked it. Raises ``NotFound``."""
    with kit.db.read() as connection:
        mine = select(questions).where(questions.c.id == question_id, questions.c.user_id == user.id)
        row = connection.execute(mine).first()
    if row is None:
        raise NotFound()
    return _question(row)


def history(kit: Kit, user: User, limit: int = 50) -> tuple[Question, ...]:
    """The person's questions, newest first."""
    mine = select(questions).where(questions.c.user_id == user.id).order_by(questions.c.id.desc()).limit(limit)
    with kit.db.read() as connection:
        return tuple(map(_question, connection.execute(mine)))


def remove(kit: Kit, user: User, question_id: int) -> None:
    """Delete a question of one's own with its answer."""
    get(kit, user, question_id)
    with kit.db.write() as connection:
        connection.execute(delete(questions).where(questions.c.id == question_id))


def _question(row: Row[Any]) -> Question:
    kept = row._asdict()
    given = {name: kept[name] for name in Question.__dataclass_fields__}
    given |= answering.read(row) | {
        "documents": tuple(row.documents),
        "kinds": tuple(row.kinds),
        "shelf": Shelf(row.shelf) if row.shelf else None,
        "support": tracing.read(row.support),
        "dropped": tuple(row.dropped),
    }
    return Question(**given)
