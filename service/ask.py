"""Asking documents: a question, the passages that may answer it, and an answer whose every sentence is traced.

A question goes queued → running → done | stopped | interrupted | failed. ``begin`` creates it; ``answer`` is the only
function that runs it, for whoever claims it first (``answering``). The passages are numbered before the model writes;
a number outside the list is dropped on its way to the page; when the answer is there, each sentence gets its support
(``checks.support``). Where the documents hold nothing near the question no model is asked: the answer says so, with
the nearest passages beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from io import BytesIO
from typing import Any, NoReturn

import numpy as np
from sqlalchemy import Row, delete, insert, select

from service import answering, docx_footnotes, docx_writer, library
from service.answerability import answerable
from service.checks.absence import says_nothing_is_said
from service.checks.citations import KnownMarks, citations
from service.checks.privacy import secrecy_mark
from service.checks.support import Likeness, judge
from service.engines.base import Event
from service.errors import BadInput, NotFound, Secret
from service.kit import Kit
from service.nd30.kinds import BY_ID, KINDS, kind_of_title
from service.prompts import fill
from service.quoting import quoted
from service.records import (
    AttemptState,
    Delta,
    Document,
    DocumentStatus,
    EnginePhase,
    Failed,
    Judged,
    Lane,
    Message,
    Options,
    Passage,
    Question,
    Shelf,
    Sources,
    Support,
    User,
)
from service.store.db import now
from service.store.tables import questions
from service.text import comparable, count_syllables, fold, nfc

LONGEST = 200
"""Syllables of a question."""
PASSAGES = 12
"""At most so many passages are offered to the model; its context may end the list sooner."""
FEW_PASSAGES = 4
"""At most so many to the small model, which loses its way in more."""
NEAREST = 3
"""Passages shown when the documents do not answer."""
ANSWER_TOKENS = 400
WHOLE = 0.5
"""Documents that take up to this part of the context go in whole, in their own order."""

LABEL = "máy viết – chưa kiểm chứng"
AUTOMATIC = "tự động"
LABELS = {Support.UNHELD: "đoạn dẫn không khớp", Support.NONE: "chưa có căn cứ"}
"""What is said of a sentence that nothing bears out."""
NOT_THERE = "Không có trong tài liệu."
UNSURE = (
    "Mô hình luyện tập nhỏ chưa rút ra được câu trả lời từ các đoạn này. "
    "Anh/chị đọc các câu trích nguyên văn và các đoạn nguồn."
)
"""What stands in place of a refusal by the model in the box where the documents are near enough: it also refuses many a
question that they answer (``tests.bench.questions --answers``)."""
SAY_NOT_THERE = f"Khi các đoạn trên không nói điều được hỏi, chỉ trả lời đúng một câu: “{NOT_THERE}”"
"""What a larger model is told besides."""
REFUSAL = 40
"""Syllables up to which an answer may be no more than a refusal in the model's own words."""
OTHER = "other"
"""In a filter by kind: documents of which no kind is known."""
OTHER_NAME = "khác"
Quotes = Sequence[tuple[Passage, str]]
"""Sentences of the documents, word for word, each with its passage."""
SHELF_NAMES = {Shelf.OWN: "tài liệu của tôi", Shelf.SAMPLES: "văn bản mẫu"}


def documents(kit: Kit, user: User) -> tuple[Document, ...]:
    """What the person may ask: one's own documents and the samples, those that have been read."""
    found = (*library.shelf(kit, user), *library.samples(kit))
    return tuple(one for one in found if one.status is DocumentStatus.READY)


def narrowed(
    found: Sequence[Document], kinds: Collection[str] = (), shelf: Shelf | None = None
) -> tuple[Document, ...]:
    """Those of a shelf and of one of these kinds; None and no kind narrow nothing."""
    return tuple(
        one
        for one in found
        if (shelf is None or (one.owner_id is None) == (shelf is Shelf.SAMPLES))
        and (not kinds or (one.kind or OTHER) in kinds)
    )


def kinds_of(found: Sequence[Document]) -> dict[str, int]:
    """How many documents there are of each kind, in the order of the Decree, those of no known kind last."""
    counts = Counter(one.kind or OTHER for one in found)
    return {kind: counts[kind] for kind in (*BY_ID, OTHER) if counts[kind]}


def read_kind(said: str) -> str:
    """The id of the kind that a person names: «ke_hoach», «Kế hoạch», «ke hoach», «khác». Raises ``BadInput``."""
    said = " ".join(nfc(said).split())
    kind = kind_of_title(said.replace("_", " "))
    if kind is None and fold(said) not in (OTHER, fold(OTHER_NAME)):
        raise BadInput(
            "Không có loại văn bản “%(kind)s”. Anh/chị ghi tên một trong %(all)s loại của Nghị định 30/2020/NĐ-CP, "
            "ví dụ “kế hoạch”; ghi “khác” cho văn bản chưa rõ loại.",
            kind=said[:60],
            all=len(KINDS),
        )
    return kind.id if kind else OTHER


def read_shelf(said: str) -> Shelf | None:
    """The shelf that a person names; None for an empty word, which means both. Raises ``BadInput``."""
    if said and said not in tuple(Shelf):
        raise BadInput(
            "Không có kho “%(shelf)s”. Anh/chị ghi “own” để hỏi tài liệu của mình, “samples” để hỏi văn bản mẫu.",
            shelf=said[:60],
        )
    return Shelf(said) if said else None


def kind_name(kind: str) -> str:
    """«kế hoạch»; «khác» for a document of no known kind."""
    return BY_ID[kind].name.lower() if kind in BY_ID else OTHER_NAME


def begin(
    kit: Kit, user: User, text: str, chosen: Collection[int] = (), kinds: Collection[str] = (), shelf: str = ""
) -> Question:
    """Queue a question to the chosen documents, or to all that one may read; of these to those that fit the filter.

    Raises ``Secret``, ``BadInput`` (empty, too long, a filter that does not exist or leaves nothing to ask) and
    ``NotFound`` for a document of somebody else.
    """
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
    for document_id in chosen:
        if library.get(kit, user, document_id).status is not DocumentStatus.READY:
            raise BadInput("Có tài liệu máy chưa đọc xong. Anh/chị chờ ít phút rồi hỏi lại, hoặc bỏ chọn tài liệu ấy.")
    readable = documents(kit, user)
    if not chosen and not readable:
        raise BadInput("Chưa có tài liệu nào để hỏi. Anh/chị đưa tài liệu vào ở trang Tài liệu trước.")
    only, whose = tuple(dict.fromkeys(map(read_kind, kinds))), read_shelf(shelf)
    asked = [one for one in readable if not chosen or one.id in chosen]
    if not narrowed(asked, only, whose):
        _refuse_filter(only, bool(chosen))
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


def answer(kit: Kit, user: User, question_id: int) -> Iterator[Sources | Event | Failed]:
    """Run a queued question, or replay it, or follow it while another connection runs it.

    1. Claim it by an UPDATE that must change one row; whoever loses replays or follows.
    2. Choose the passages → ``Sources``. When none is near enough, say so and end.
    3. Relay the engine's events, without the marks that name no passage.
    4. Whatever happens, settle the question in one short transaction, with the support of each sentence; an answer
       that only says that the documents do not tell is none (of a small model: ``UNSURE``).
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
        support = judge(writing.kept, given, likeness(kit))
        end = {"answer": writing.kept, "finished_at": now(), **writing.end, "dropped": marks.dropped}
        if end["state"] is AttemptState.DONE and _says_not_there(writing.kept, support, given):
            support = ()
            if near and kit.engine.state().small:
                end["answer"] = UNSURE
            else:
                end["answerable"] = False
        end["support"] = [asdict(one) for one in support]
        answering.change(kit, questions, question_id, AttemptState.RUNNING, **end)

    with answering.settled("question", question_id, settle) as writing:
        may_read = documents(kit, user)
        readable = [one.id for one in may_read]
        scope = _scope(may_read, question)
        found = kit.index.search(question.text, scope, limit=PASSAGES)
        near = answerable(kit, question.text, readable, found)
        if near:
            found = found[:FEW_PASSAGES] if kit.engine.state().small else found
            yield from answering.loading(kit, questions, question_id)
            options = _options(kit, question)
            sources, messages = _prepare(kit, question, scope, found, options)
            given = sources.passages
            marks = KnownMarks(len(given))
            yield from answering.by_model(kit, questions, question_id, sources, messages, options, writing, marks.feed)
        else:
            given = found[:NEAREST]
            answering.save(kit, questions, question_id, passages=list(map(asdict, given)), answerable=False)
            yield Sources(given)
            writing.text.append(NOT_THERE)
            yield Delta(NOT_THERE)
            writing.end = {"state": AttemptState.DONE, "finish_reason": "stop"}
    yield writing.failed or answering.finish(get(kit, user, question_id))


def stop(kit: Kit, user: User, question_id: int) -> None:
    """The stop button."""
    get(kit, user, question_id)
    answering.ask_to_stop(kit, questions, question_id)


def get(kit: Kit, user: User, question_id: int) -> Question:
    """One question, for whoever asked it."""
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


def seen(kit: Kit, question_id: int) -> None:
    """Note that a page is looking at the answer."""
    answering.seen(kit, questions, question_id)


def watched(kit: Kit, question_id: int) -> bool:
    """True while some page looks at the growing answer."""
    return answering.watched(kit, questions, question_id)


def recover(kit: Kit) -> int:
    """At start: questions a killed process left running become interrupted, their text kept."""
    return answering.recover(kit, questions)


@dataclass(frozen=True)
class Traced:
    """An answer as it is shown: with the numbers found for sentences that named none, «… [3]», at ``automatic``."""

    text: str
    support: tuple[Judged, ...]
    automatic: tuple[tuple[int, int], ...]


def traced(answer: str, support: Sequence[Judged]) -> Traced:
    """Put the found numbers behind their sentences, before the full stop; offsets are those of the new text."""
    text, moved, added = answer, list[Judged](), list[tuple[int, int]]()
    for one in support:
        shift = len(text) - len(answer)
        start, end = one.start + shift, one.end + shift
        if one.support is Support.FOUND:
            at = _before_stop(text, replace(one, start=start, end=end))
            mark = f" [{one.passages[0]}]"
            text = text[:at] + mark + text[at:]
            added.append((at + 1, at + len(mark)))
            end += len(mark)
        moved.append(replace(one, start=start, end=end))
    return Traced(text, tuple(moved), tuple(added))


def as_text(question: Question, said: Quotes = ()) -> str:
    """The answer to be copied, below what the documents say; and the list that all its numbers point into."""
    text = worded(question)
    sources = sources_list(text, question.passages, [passage.number for passage, _ in said])
    return "\n".join([*_said_lines(said), text, "", *sources, *filtered_line(question), "", f"({LABEL})"])


def worded(question: Question) -> str:
    """The answer ``labelled``, and a refusal in the model's own words below ``NOT_THERE``."""
    text = labelled(traced(question.answer, question.support))
    return text if question.answerable or text == NOT_THERE else f"{NOT_THERE}\n{text}"


def labelled(shown: Traced) -> str:
    """The text with what the page draws said in words: «[3] (tự động)», «… (chưa có căn cứ).»"""
    labels = [(end, AUTOMATIC) for _start, end in shown.automatic]
    labels += [(_before_stop(shown.text, one), LABELS[one.support]) for one in shown.support if one.support in LABELS]
    text, at = "", 0
    for end, label in sorted(labels):
        text, at = f"{text}{shown.text[at:end]} ({label})", end
    return text + shown.text[at:]


def filtered_line(question: Question) -> list[str]:
    """«Chỉ tìm trong: văn bản mẫu; loại kế hoạch, tờ trình.», when anything narrowed the question."""
    kinds = f"loại {', '.join(map(kind_name, question.kinds))}" if question.kinds else ""
    narrow = "; ".join(filter(None, (SHELF_NAMES[question.shelf] if question.shelf else "", kinds)))
    return [f"Chỉ tìm trong: {narrow}."] if narrow else []


def quotes(kit: Kit, question: Question) -> Quotes:
    """What the passages themselves say to the question, word for word, the best first (``quoting``)."""
    if not question.answerable:
        return ()
    numbered = {passage.number: passage for passage in question.passages}
    found = quoted(question.text, question.passages, likeness(kit))
    return tuple((numbered[one.number], numbered[one.number].text[one.start : one.end]) for one in found)


def sources_list(text: str, passages: Sequence[Passage], also: Iterable[int] = ()) -> list[str]:
    """«[2] Title, heading. Cũng có trong: Title.» for each passage that the text cites, and for those ``also``."""
    cited = {n for mark in citations(text) for n in mark.numbers} | set(also)
    listed = [one for one in passages if one.number in cited]
    return [f"[{one.number}] {where(one)}{_also(one)}" for one in listed]


def where(passage: Passage) -> str:
    """A passage by its document and its place there: «Kế hoạch tiêm phòng, mục II › khoản 1»."""
    return ", ".join(filter(None, (passage.document_title, passage.heading)))


def note(passage: Passage) -> str:
    """A passage as a footnote: where it stands, its words, and what else says the same."""
    return f"{where(passage)}: “{passage.text}”{_also(passage)}"


def export(kit: Kit, user: User, question_id: int) -> tuple[BytesIO, str]:
    """The question, what the documents say and the answer as .docx, each number a footnote that quotes the passage; and
    a file name."""
    question = get(kit, user, question_id)
    notes = {one.number: note(one) for one in question.passages}
    lines = [*_said_lines(quotes(kit, question)), *worded(question).split("\n"), *filtered_line(question)]
    sheet = docx_footnotes.add(docx_writer.write_sheet(question.text, lines, label=LABEL), notes)
    name = re.sub(r"[^a-z0-9]+", "-", fold(question.text)).strip("-")[:60] or "cau-hoi"
    return BytesIO(sheet), f"{name}.docx"


def likeness(kit: Kit) -> Likeness | None:
    """How near a sentence and a passage are by the embedding model; None while it is absent or loading."""
    embedder = kit.embedder
    if embedder is None or not embedder.ready():
        return None
    sentence_vector = cache(embedder.query)
    passage_vector = cache(lambda passage: embedder.passages([passage])[0])
    return lambda sentence, passage: float(np.dot(sentence_vector(sentence), passage_vector(passage)))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _also(passage: Passage) -> str:
    return f". Cũng có trong: {passage.also}." if passage.also else ""


def _before_stop(text: str, one: Judged) -> int:
    """Where the words of a sentence end."""
    return one.start + len(text[one.start : one.end].rstrip().rstrip(".;:,!?…"))


def _said_lines(said: Quotes) -> list[str]:
    """The sentences quoted, one a line, and the heading of what follows; numbers that a document itself writes in
    brackets are kept from being read as ours by a joiner that is not seen."""
    lines = (f"“{_OWN_MARK.sub(NO_BREAK, ' '.join(text.split()))}” [{passage.number}]" for passage, text in said)
    return ["Tài liệu nói (trích nguyên văn):", *lines, "", "Máy viết:"] if said else []


_OWN_MARK = re.compile(r"(?<=\[)(?=\d)")
NO_BREAK = "\u2060"


def _refuse_filter(kinds: Sequence[str], chosen: bool) -> NoReturn:
    if kinds:
        raise BadInput(
            "Trong phạm vi đã chọn không có văn bản nào thuộc loại %(kinds)s. "
            "Anh/chị chọn thêm loại khác, hoặc bỏ lọc theo loại, rồi hỏi lại.",
            kinds=", ".join(map(kind_name, kinds)),
        )
    if chosen:
        raise BadInput("Tài liệu đã chọn không nằm trong kho đã chọn. Anh/chị chọn lại kho hoặc tài liệu rồi hỏi lại.")
    raise BadInput(
        "Kho đã chọn chưa có tài liệu nào để hỏi. "
        "Anh/chị chọn kho khác, hoặc đưa tài liệu vào ở trang Tài liệu, rồi hỏi lại."
    )


def _scope(readable: Sequence[Document], question: Question) -> list[int]:
    """The documents a question is put to, of those that may still be read."""
    asked = [one for one in readable if not question.documents or one.id in question.documents]
    return sorted(one.id for one in narrowed(asked, question.kinds, question.shelf))


def _options(kit: Kit, question: Question) -> Options:
    context = kit.engine.state().context
    room = min(ANSWER_TOKENS, context // 3) if context else ANSWER_TOKENS
    return Options(max_tokens=room, lane=Lane.PEOPLE, owner=str(question.user_id))


def _prepare(
    kit: Kit, question: Question, scope: Sequence[int], found: Sequence[Passage], options: Options
) -> tuple[Sources, tuple[Message, ...]]:
    """Chosen documents that take up to half of the context go in whole; else what the search found, best first, as
    much of it as the context holds."""
    if kit.engine.state().phase in (EnginePhase.ABSENT, EnginePhase.FAILED):
        return Sources(tuple(found)), _messages(kit, question, found)  # the engine says why it does not write
    whole = kit.index.all_passages(scope) if question.documents else ()
    if whole and _fits(kit, question, whole, options, WHOLE):
        return Sources(whole), _messages(kit, question, whole)
    chosen: list[Passage] = []
    for passage in found:
        if _fits(kit, question, _numbered([*chosen, passage]), options):
            chosen.append(passage)
    left = [one for one in found if one not in chosen]
    names = dict.fromkeys(" – ".join(filter(None, (one.document_title, one.heading))) for one in left)
    passages = _numbered(chosen)
    return Sources(passages, tuple(names)), _messages(kit, question, passages)


def _numbered(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(replace(one, number=n) for n, one in enumerate(passages, 1))


def _fits(kit: Kit, question: Question, passages: Sequence[Passage], options: Options, share: float = 1.0) -> bool:
    context = kit.engine.state().context
    tokens = kit.engine.count_tokens(_messages(kit, question, passages))
    return not context or tokens <= min(share * context, context - options.max_tokens)


def _messages(kit: Kit, question: Question, passages: Sequence[Passage]) -> tuple[Message, ...]:
    """The frame with the numbered passages. A larger model is also told where each stands, and what to say when none
    answers; the one in the box was never taught to read that."""
    small = kit.engine.state().small
    several = len({one.document_id for one in passages}) > 1
    lines = []
    for one in passages:
        where = " – ".join(filter(None, (one.document_title if several else "", one.heading)))
        lines.append(f"[{one.number}] {one.text}" if small or not where else f"[{one.number}] ({where}) {one.text}")
    system = fill(kit.frames["ask"], material="\n".join(lines))
    return Message("system", system if small else f"{system}\n\n{SAY_NOT_THERE}"), Message("user", question.text)


def _says_not_there(text: str, support: Sequence[Judged], passages: Sequence[Passage]) -> bool:
    """A short answer without a mark says, not in the words of a passage, that the documents do not tell; and no other
    sentence of it is borne out."""
    said = says_nothing_is_said(text)
    if said is None or count_syllables(text) > REFUSAL or citations(text):
        return False
    words = comparable(text[slice(*said)]).lower()
    if any(words in comparable(one.text).lower() for one in passages):
        return False
    found = (text[one.start : one.end] for one in support if one.support is Support.FOUND)
    return all(map(says_nothing_is_said, found))


def _question(row: Row[Any]) -> Question:
    kept = row._asdict()
    given = {name: kept[name] for name in Question.__dataclass_fields__}
    given |= answering.read(row) | {
        "documents": tuple(row.documents),
        "kinds": tuple(row.kinds),
        "shelf": Shelf(row.shelf) if row.shelf else None,
        "support": tuple(_judged(one) for one in row.support),
        "dropped": tuple(row.dropped),
    }
    return Question(**given)


def _judged(kept: dict[str, Any]) -> Judged:
    return Judged(kept["start"], kept["end"], Support(kept["support"]), tuple(kept["passages"]))
