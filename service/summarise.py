"""Long documents summed up step by step: sections by legal structure → notes with citations → one summary.

A summary goes queued → running → done | stopped | failed. Each step is a job of its own that notes one part, or merges
the notes when all parts are there, and adds the next job in the same transaction: a stopped, killed or failed summary
goes on with the part it was at, and other jobs get their turn in between.

What the model writes of a part is judged sentence by sentence (``checks.support``): what nothing bears out is dropped
and counted. What it left out of the part's figures and duties is taken over in the document's own words, by a rule
(``extraction.key_sentences``). Without a model the rule alone chooses, and the page says so. So every number of a
summary stands in a passage it names.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from io import BytesIO
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from service import answering, ask, docx_footnotes, docx_writer, jobs, library
from service.checks.bearing import bears, year_of
from service.checks.citations import KnownMarks, without_citations
from service.checks.stated import stated
from service.checks.support import judge
from service.errors import BadInput, ContextTooLong, NotFound
from service.extraction import key_sentences, salience, section
from service.kit import Kit
from service.prompts import fill
from service.quantities import quantities
from service.records import (
    AttemptState,
    Delta,
    DocumentStatus,
    EnginePhase,
    Judged,
    Lane,
    Message,
    NoteItem,
    Options,
    Passage,
    Summary,
    SummaryPart,
    Support,
    User,
)
from service.store.db import now
from service.store.tables import summaries, summary_parts
from service.text import count_syllables, fold, nfc

log = logging.getLogger(__name__)

LENGTHS = (200, 400, 800)
"""Syllables that the page offers; ``SHORTEST`` to ``LONGEST`` are taken."""
SHORTEST, LONGEST = 60, 3000
WHOLE = 0.5
"""The part of the context that the passages of one step may fill."""
MOST_PARTS = 200
SPARE = 1.6
"""Notes together may be so much longer than the summary: the merge then has a choice."""
LOOK_EVERY = 0.3
"""Seconds between two looks at the stop button while a part is noted."""
_END = ".;,: /"
"""What may end a statement in a document and is set anew in a summary."""
QUOTED = "trích nguyên văn"
BY_RULE = "Bản này do quy tắc chọn câu từ văn bản, chép nguyên văn; không có câu nào do mô hình viết."
OPEN = (AttemptState.QUEUED, AttemptState.RUNNING)


# ── beginning, stopping, going on ───────────────────────────────────────────────────────────────


def begin(kit: Kit, user: User, chosen: Collection[int], length: int = LENGTHS[1], reader: str = "") -> Summary:
    """Queue a summary of one or several documents. Raises ``BadInput`` and ``NotFound``."""
    reader = " ".join(nfc(reader).split())[:120]
    if not chosen:
        raise BadInput("Chưa chọn tài liệu nào. Anh/chị chọn ít nhất một tài liệu rồi tóm tắt.")
    if not SHORTEST <= length <= LONGEST:
        raise BadInput(
            "Độ dài %(length)s tiếng không dùng được; anh/chị chọn từ %(low)s đến %(high)s tiếng.",
            length=length,
            low=SHORTEST,
            high=LONGEST,
        )
    found = [library.get(kit, user, one) for one in dict.fromkeys(chosen)]
    if any(one.status is not DocumentStatus.READY for one in found):
        raise BadInput("Có tài liệu máy chưa đọc xong. Anh/chị chờ ít phút rồi tóm tắt, hoặc bỏ chọn tài liệu ấy.")
    values = {
        "user_id": user.id,
        "title": "; ".join(one.title for one in found)[:300],
        "documents": [one.id for one in found],
        "reader": reader,
        "length": length,
        "state": AttemptState.QUEUED,
        "created_at": now(),
    }
    with kit.db.write() as connection:
        row = connection.execute(insert(summaries).values(values).returning(summaries)).one()
        jobs.add(connection, "summarise", summary_id=row.id)
    return _summary(row, ())


def stop(kit: Kit, user: User, summary_id: int) -> None:
    """The stop button: the part under way ends within a moment; what is noted stays."""
    get(kit, user, summary_id)
    _move(kit, summary_id, OPEN, state=AttemptState.STOPPED)


def go_on(kit: Kit, user: User, summary_id: int) -> None:
    """Take a stopped or failed summary up again where it was."""
    get(kit, user, summary_id)
    halted = (AttemptState.STOPPED, AttemptState.FAILED)
    with kit.db.write() as connection:
        again = update(summaries).where(summaries.c.id == summary_id, summaries.c.state.in_(halted))
        if connection.execute(again.values(state=AttemptState.QUEUED, error="")).rowcount:
            jobs.add(connection, "summarise", summary_id=summary_id)


def remove(kit: Kit, user: User, summary_id: int) -> None:
    """Delete a summary of one's own; a step under way finds nothing to write to."""
    get(kit, user, summary_id)
    with kit.db.write() as connection:
        connection.execute(delete(summaries).where(summaries.c.id == summary_id))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def get(kit: Kit, user: User, summary_id: int) -> Summary:
    """One summary with its parts, for whoever asked for it."""
    found = _load(kit, summary_id)
    if found is None or found.user_id != user.id:
        raise NotFound()
    return found


def history(kit: Kit, user: User) -> tuple[Summary, ...]:
    """The person's summaries, newest first, without their parts."""
    mine = select(summaries).where(summaries.c.user_id == user.id).order_by(summaries.c.id.desc()).limit(50)
    with kit.db.read() as connection:
        return tuple(_summary(row, ()) for row in connection.execute(mine))


def export(kit: Kit, user: User, summary_id: int) -> tuple[BytesIO, str]:
    """The summary as .docx, each number a footnote that quotes its passage; and a file name."""
    found = get(kit, user, summary_id)
    notes = {one.number: ask.note(one) for one in found.passages}
    lines = [*worded(found).split("\n"), *remarks(found)]
    sheet = docx_writer.write_sheet(f"Tóm tắt: {found.title}", lines, label=_label(found))
    name = re.sub(r"[^a-z0-9]+", "-", fold(found.title)).strip("-")[:60] or "tom-tat"
    return BytesIO(docx_footnotes.add(sheet, notes)), f"tom-tat-{name}.docx"


def as_text(found: Summary) -> str:
    """The summary to be copied, with the list its numbers point into."""
    sources = ask.sources_list(found.text, found.passages)
    return "\n".join([worded(found), "", *sources, *remarks(found), "", f"({_label(found)})"])


def traced(found: Summary) -> ask.Traced:
    """The summary as it is shown: each line names its passages, so that none need be found for it."""
    return ask.traced(found.text, [one for one in found.support if one.support is not Support.FOUND])


def worded(found: Summary) -> str:
    """The summary ``ask.labelled``, and beside the model's lines those of the document: «… [2] (trích nguyên văn).»"""
    text = ask.labelled(traced(found))
    if not found.by_model:
        return text  # all of it is quoted, which is said once below
    quoted = {_statement(item.text) for part in found.parts for item in part.items or () if item.quoted}
    return "\n".join(
        f"{line.removesuffix('.')} ({QUOTED})." if _statement(line) in quoted else line for line in text.split("\n")
    )


def remarks(found: Summary) -> list[str]:
    """What the page says below a summary: that no model wrote it, and what is not in it."""
    dropped = sum(part.dropped for part in found.parts)
    said = {
        BY_RULE: not found.by_model,
        f"Đã bỏ {dropped} câu của mô hình vì chưa có căn cứ.": dropped,
        f"Độ dài đã chọn không đủ chỗ cho {found.left_out} phần.": found.left_out,
    }
    return [line for line, so in said.items() if so]


def _label(found: Summary) -> str:
    return ask.LABEL if found.by_model else "bản nháp – chưa kiểm chứng"


# ── the job ─────────────────────────────────────────────────────────────────────────────────────


def step(kit: Kit, summary_id: int) -> None:
    """The job "summarise": plan the parts, or note the next one, or merge. May run twice, and after a stop.

    1. A summary that is not open any more, or was removed, is left alone.
    2. The first step cuts the documents into parts that fit into half of the model's context.
    3. Each further step notes one part; the next job is added with what it wrote.
    4. When all are noted, the notes become the summary.
    """
    found = _load(kit, summary_id)
    if found is None or found.state not in OPEN:
        return
    if not found.parts:
        _plan(kit, found)
    elif (part := next((one for one in found.parts if one.items is None), None)) is not None:
        try:
            items, dropped = _note(kit, found, part)
        except answering.Stopped:
            return
        _keep_note(kit, found, part, items, dropped)
    else:
        _merge(kit, found)


def give_up(kit: Kit, *, reason: str, summary_id: int) -> None:
    """The last try of a step failed; the person may go on later."""
    _move(kit, summary_id, OPEN, state=AttemptState.FAILED, error=reason[:300])


def _plan(kit: Kit, found: Summary) -> None:
    parts = list(_parts(kit, found))
    if not parts:
        give_up(kit, reason="Tài liệu không có chữ để tóm tắt.", summary_id=found.id)
        return
    with kit.db.write() as connection:
        open_ = update(summaries).where(summaries.c.id == found.id, summaries.c.state.in_(OPEN))
        if not connection.execute(open_.values(state=AttemptState.RUNNING)).rowcount:
            return
        if connection.execute(select(func.count()).where(summary_parts.c.summary_id == found.id)).scalar():
            return  # the job ran twice
        connection.execute(
            insert(summary_parts),
            [
                {
                    "summary_id": found.id,
                    "n": part.n,
                    "document_id": part.document_id,
                    "heading": part.heading[:300],
                    "passages": [asdict(one) for one in part.passages],
                }
                for part in parts
            ],
        )
        jobs.add(connection, "summarise", summary_id=found.id)


def _parts(kit: Kit, found: Summary) -> Iterator[SummaryPart]:
    """Passages in a row under one heading, as many as fit into half of the context; a short section joins the next."""
    room = _room(kit)
    passages = [one for document in found.documents for one in kit.index.all_passages([document])]
    passages = [replace(one, number=n) for n, one in enumerate(passages, 1)]
    held: list[Passage] = []
    n = 0
    for passage in passages:
        fresh = held and section(passage) != section(held[0])
        full = held and _tokens(kit, [*held, passage]) > room
        if full or (fresh and (passage.document_id != held[0].document_id or _tokens(kit, held) > room / 3)):
            yield SummaryPart(n, held[0].document_id, section(held[0])[1], tuple(held))
            held, n = [], n + 1
        held.append(passage)
    if held:
        yield SummaryPart(n, held[0].document_id, section(held[0])[1], tuple(held))


def _room(kit: Kit) -> int:
    context = kit.engine.state().context
    return int((context or 4096) * WHOLE)


def _tokens(kit: Kit, passages: Sequence[Passage]) -> int:
    """Tokens of passages; where no model counts, a syllable is about one and a half."""
    if kit.engine.state().phase in (EnginePhase.ABSENT, EnginePhase.FAILED):
        return round(1.5 * sum(count_syllables(one.text) for one in passages))
    return kit.engine.count_tokens([Message("user", _material(passages))])


def _material(passages: Sequence[Passage]) -> str:
    return "\n".join(f"[{n}] {one.text}" for n, one in enumerate(passages, 1))


# ── one part ────────────────────────────────────────────────────────────────────────────────────


def _note(kit: Kit, found: Summary, part: SummaryPart) -> tuple[list[NoteItem], int]:
    """What a part says, in as many syllables as its share; and how many of the model's sentences were dropped."""
    own = sum(count_syllables(one.text) for one in part.passages)
    all_of_it = sum(count_syllables(one.text) for one in found.passages)
    room = max(30, round(SPARE * found.length * own / all_of_it))
    items: list[NoteItem] = []
    dropped = 0
    if kit.engine.state().phase not in (EnginePhase.ABSENT, EnginePhase.FAILED):
        local = [replace(one, number=n) for n, one in enumerate(part.passages, 1)]
        try:
            written = _written(kit, found, _part_messages(kit, found, part, local, room), room)
        except ContextTooLong:
            written = ""  # a crowded table, perhaps; the rule reads it all the same
        kept, dropped = _kept(kit, written, local)
        items = [replace(one, passages=tuple(part.passages[n - 1].number for n in one.passages)) for one in kept]
    spent = sum(count_syllables(one.text) for one in items)
    items += _missing(part, items, max(room - spent, 0 if items else room))
    return items, dropped


def _part_messages(
    kit: Kit, found: Summary, part: SummaryPart, local: Sequence[Passage], room: int
) -> tuple[Message, ...]:
    wish = fill(
        kit.frames["summarise_part"],
        heading=part.heading,
        length=str(room),
        reader=found.reader,
    )
    return Message("system", fill(kit.frames["summarise"], material=_material(local))), Message("user", wish)


def _written(kit: Kit, found: Summary, messages: Sequence[Message], room: int) -> str:
    """What the model says, in the lane of background work. Raises ``Stopped`` soon after the stop button."""
    context = kit.engine.state().context
    most = min(max(80, room * 3), context // 3 if context else room * 3)
    options = Options(max_tokens=most, lane=Lane.BACKGROUND, owner=str(found.user_id))
    last = max((int(n) for n in re.findall(r"^\[(\d+)\]", messages[0].content, re.MULTILINE)), default=0)
    marks, text = KnownMarks(last), ""
    looked = time.monotonic()
    with closing(kit.engine.stream(messages, options)) as events:
        for event in events:
            if isinstance(event, Delta):
                text += marks.feed(event.text)
            if time.monotonic() - looked >= LOOK_EVERY:
                looked = time.monotonic()
                if not _is_open(kit, found.id):
                    raise answering.Stopped
    return answering.as_kept(text + marks.close())


def _kept(kit: Kit, written: str, passages: Sequence[Passage]) -> tuple[list[NoteItem], int]:
    """The sentences that a passage bears out, each once, without their marks; and how many were not.

    What stands between two semicolons of a line is judged apart, and joined again when it holds.
    """
    kept, dropped, last = list[NoteItem](), 0, -1
    for one in judge(written, passages, ask.likeness(kit)):
        if one.support not in (Support.CITED, Support.FOUND):
            dropped += 1
            continue
        text = _bare(written[one.start : one.end])
        between = written[last : one.start]
        if kept and kept[-1].text.endswith(";") and not between.strip() and "\n" not in between:
            before = kept.pop()
            text = f"{before.text} {text}"
            kept.append(NoteItem(text, tuple(dict.fromkeys((*before.passages, *one.passages)))))
        else:
            kept.append(NoteItem(text[:1].upper() + text[1:], one.passages))
        last = one.end
    return list({item.text: item for item in kept}.values()), dropped


def _bare(sentence: str) -> str:
    """A sentence without marks, bullet and the blanks around it."""
    return re.sub(r"^\s*(?:[-–+•*]|\d{1,2}[.)])\s+", "", without_citations(sentence)).strip(" *_#|")


def _missing(part: SummaryPart, items: Sequence[NoteItem], room: int) -> list[NoteItem]:
    """Sentences of the part that matter and whose figures no item has yet, in the document's own words."""
    said = stated("\n".join(one.text for one in items))
    years = {year for one in said if (year := year_of(one)) is not None}
    left = list[NoteItem]()
    for text, passage in key_sentences(part.passages, max(room, 1) if not items else room):
        figures = quantities(text)
        told = figures and all(any(bears(one, other, years) for other in said) for one in figures)
        if not told and not (items and not figures):
            left.append(NoteItem(text, (passage.number,), quoted=True))
    return left if room > 0 else []


def _keep_note(kit: Kit, found: Summary, part: SummaryPart, items: Sequence[NoteItem], dropped: int) -> None:
    this = (summary_parts.c.summary_id == found.id, summary_parts.c.n == part.n, summary_parts.c.notes.is_(None))
    with kit.db.write() as connection:
        kept = {"notes": [asdict(one) for one in items], "dropped": dropped}
        if not connection.execute(update(summary_parts).where(*this).values(**kept)).rowcount:
            return  # noted already by a job that ran twice, or removed
        still = select(summaries.c.id).where(summaries.c.id == found.id, summaries.c.state.in_(OPEN))
        if connection.execute(still).first():
            jobs.add(connection, "summarise", summary_id=found.id)


# ── the summary ─────────────────────────────────────────────────────────────────────────────────


def _merge(kit: Kit, found: Summary) -> None:
    """All notes when they fit; else the model shortens them, held against the notes; else a rule chooses."""
    notes = [(part, item) for part in found.parts for item in part.items or ()]
    length = sum(count_syllables(item.text) for _, item in notes)
    by_model = any(not item.quoted for _, item in notes)
    chosen, left_out = [(part, item) for part, item in notes], 0
    if length > 1.1 * found.length:
        shortened: list[NoteItem] = []
        state = kit.engine.state()
        if state.phase is EnginePhase.READY and not state.small:
            try:
                shortened = _shortened(kit, found, [item for _, item in notes])
            except answering.Stopped:
                return
            except ContextTooLong:
                shortened = []
        chosen, left_out = _chosen(found, notes, shortened)
    text = _as_written(found, chosen)
    support = _supported(text, found, [item for _, item in chosen])
    engine = kit.engine.state()
    done: dict[str, Any] = {"state": AttemptState.DONE, "text": text, "support": [asdict(one) for one in support]}
    done |= {"left_out": left_out, "by_model": by_model, "engine": engine.model if by_model else ""}
    _move(kit, found.id, OPEN, **done, finished_at=now())


def _supported(text: str, found: Summary, items: Sequence[NoteItem]) -> tuple[Judged, ...]:
    """The support of each sentence. One that stands in its passage word for word needs no rule to be believed."""
    texts = {one.number: " ".join(one.text.split()) for one in found.passages}
    copied = {
        item.text.rstrip(_END): item.passages
        for item in items
        if item.quoted and any(item.text.rstrip(_END) in texts[n] for n in item.passages)
    }
    judged = list[Judged]()
    for one in judge(text, found.passages):
        line = text[text.rfind("\n", 0, one.start) + 1 :].partition("\n")[0]
        named = copied.get(_statement(line))
        judged.append(replace(one, support=Support.CITED, passages=named) if named else one)
    return tuple(judged)


def _statement(line: str) -> str:
    """What a line says, without dash, marks and end."""
    return without_citations(line).removeprefix("- ").rstrip(_END)


def _shortened(kit: Kit, found: Summary, items: Sequence[NoteItem]) -> list[NoteItem]:
    """The notes in the model's shorter words; a sentence that no note bears out is dropped."""
    notes = [Passage(n, 0, "", n, one.text, "", 0, 0) for n, one in enumerate(items, 1)]
    wish = fill(kit.frames["summarise_merge"], length=str(found.length), reader=found.reader)
    messages = (Message("system", fill(kit.frames["summarise"], material=_material(notes))), Message("user", wish))
    kept, _ = _kept(kit, _written(kit, found, messages, found.length), notes)
    return [
        NoteItem(one.text, tuple(dict.fromkeys(p for n in one.passages for p in items[n - 1].passages))) for one in kept
    ]


def _chosen(
    found: Summary, notes: Sequence[tuple[SummaryPart, NoteItem]], shortened: Sequence[NoteItem]
) -> tuple[list[tuple[SummaryPart, NoteItem]], int]:
    """What goes in: the shortened sentences, then notes whose figures are not there yet, the weightiest first.

    The best note of each section comes before any second one, so that no section is lost while there is room.
    """
    places = {passage.number: section(passage) for passage in found.passages}
    sections = [places[min(item.passages)] for _, item in notes]
    of_part = {passage.number: part for part in found.parts for passage in part.passages}
    taken = [(of_part[one.passages[0]], one) for one in shortened]
    used = sum(count_syllables(item.text) for _, item in taken)
    weights = [
        (salience(item.text) + (0 if item.quoted else 0.5)) / max(8, count_syllables(item.text)) for _, item in notes
    ]
    rank = dict[int, int]()
    for n in sorted(range(len(notes)), key=lambda k: -salience(notes[k][1].text)):
        rank[n] = sum(sections[other] == sections[n] for other in rank)
    for n in sorted(range(len(notes)), key=lambda k: (rank[k] > 0, -weights[k], k)):
        part, item = notes[n]
        size = count_syllables(item.text)
        if used + size <= found.length and not _told(item, [one for _, one in taken]):
            taken.append((part, item))
            used += size
    order = {id(item): n for n, (_, item) in enumerate(notes)}
    taken.sort(key=lambda one: (min(one[1].passages), order.get(id(one[1]), -1)))
    return taken, len({part.n for part, _ in notes} - {part.n for part, _ in taken})


def _told(item: NoteItem, others: Sequence[NoteItem]) -> bool:
    """True when the figures of an item all stand in others that cite the same passage."""
    figures = quantities(item.text)
    beside = [one.text for one in others if set(one.passages) & set(item.passages)]
    said = stated("\n".join(beside))
    years = {year for one in said if (year := year_of(one)) is not None}
    return bool(figures) and all(any(bears(one, other, years) for other in said) for one in figures)


def _as_written(found: Summary, chosen: Sequence[tuple[SummaryPart, NoteItem]]) -> str:
    """One line for each statement, under the headings of the documents."""
    lines = list[str]()
    under = None
    places = {passage.number: passage for passage in found.passages}
    several = len({passage.document_id for passage in found.passages}) > 1
    for _, item in chosen:
        place = places[min(item.passages)]
        here = section(place)
        if here != under:
            head = " – ".join(filter(None, (place.document_title if several else "", section(place)[1])))
            if head:
                lines.append(f"{head[:1].upper()}{head[1:]}:")
            under = here
        body = item.text.rstrip(_END)
        lines.append(f"- {body} [{', '.join(map(str, item.passages))}].")
    return "\n".join(lines)


# ── rows ────────────────────────────────────────────────────────────────────────────────────────


def _move(kit: Kit, summary_id: int, expected: Collection[AttemptState], **values: Any) -> None:
    with kit.db.write() as connection:
        this = update(summaries).where(summaries.c.id == summary_id, summaries.c.state.in_(expected))
        connection.execute(this.values(**values))


def _is_open(kit: Kit, summary_id: int) -> bool:
    with kit.db.read() as connection:
        return connection.execute(select(summaries.c.state).where(summaries.c.id == summary_id)).scalar() in OPEN


def _load(kit: Kit, summary_id: int) -> Summary | None:
    with kit.db.read() as connection:
        row = connection.execute(select(summaries).where(summaries.c.id == summary_id)).first()
        if row is None:
            return None
        of_it = select(summary_parts).where(summary_parts.c.summary_id == summary_id).order_by(summary_parts.c.n)
        return _summary(row, tuple(map(_part, connection.execute(of_it))))


def _part(row: Row[Any]) -> SummaryPart:
    kept = row.notes
    items = None if kept is None else tuple(NoteItem(i["text"], tuple(i["passages"]), i["quoted"]) for i in kept)
    passages = tuple(Passage(**one) for one in row.passages)
    return SummaryPart(row.n, row.document_id, row.heading, passages, items, row.dropped)


def _summary(row: Row[Any], parts: tuple[SummaryPart, ...]) -> Summary:
    support = (Judged(one["start"], one["end"], Support(one["support"]), tuple(one["passages"])) for one in row.support)
    return Summary(
        id=row.id,
        user_id=row.user_id,
        title=row.title,
        documents=tuple(row.documents),
        reader=row.reader,
        length=row.length,
        state=AttemptState(row.state),
        created_at=row.created_at,
        parts=parts,
        text=row.text,
        support=tuple(support),
        left_out=row.left_out,
        by_model=row.by_model,
        engine=row.engine,
        error=row.error,
        finished_at=row.finished_at,
    )
