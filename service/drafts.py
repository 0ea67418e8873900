"""Drafts: an answer taken to the bench, edited part by part on paper, verified detail by detail, taken home."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import Row, insert, select, update

from service import docx_writer, exercises, feedback, practice, verify
from service.checks import grounding
from service.checks.citations import without_citations
from service.checks.privacy import secrecy_mark
from service.errors import BadInput, Conflict, NotFound, Secret
from service.form import check_words
from service.kit import Kit
from service.nd30 import phrases
from service.nd30.drafting import draft_from_text, framed, text_of
from service.nd30.findings import DRAFT
from service.nd30.kinds import BY_ID, kind_or_letter
from service.nd30.outline import outline
from service.nd30.pieces import HOLE
from service.records import (
    Appendix,
    Attempt,
    CertifiedCopy,
    Detail,
    Draft,
    Finding,
    Passage,
    SourceText,
    StoredDraft,
    Table,
    User,
)
from service.store.db import now
from service.store.tables import drafts
from service.text import fold, line_number, nfc, slug

NO_DRAFT = (
    "Học Vụ không đọc được bản nháp vừa gửi nên chưa lưu. Bản đã lưu trước đó vẫn còn nguyên; anh/chị tải lại "
    "trang rồi sửa tiếp."
)
_LISTS = frozenset({"addressees", "authority", "recipients", "counterpart"})
BLANK = "trong:"
"""The keys of places left open begin so; those of the other details are of ``grounding`` and ``verify``."""
_NO_TEXT = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What neither the database nor Word can hold: controls, halves of letters."""


def from_attempt(kit: Kit, user: User, attempt_id: int) -> StoredDraft:
    """Put an answer on the bench; the second time the same draft comes back, with everything edited since."""
    attempt = practice.get(kit, user, attempt_id, write=True)
    if not attempt.answer:
        raise BadInput("Lần làm này chưa có kết quả để đưa vào bản nháp. Anh/chị chờ máy viết xong hoặc chạy lại.")
    if attempt.graded_at is None:  # the names and sentences to verify come from its checks: none may come later
        feedback.grade(kit, attempt_id)
    exercise = exercises.for_attempt(kit, attempt)
    draft = _framed(kit, attempt, _own(kit, attempt))
    with kit.db.write() as connection:
        mine = select(drafts).where(drafts.c.user_id == user.id, drafts.c.attempt_id == attempt_id)
        row = connection.execute(mine).first()
        if row is None:
            values = {"user_id": user.id, "attempt_id": attempt_id, "title": exercise.title, "parts": parts_of(draft)}
            known = sorted(key for key, verdict in verify.verdicts(kit, attempt_id).items() if verdict == verify.RIGHT)
            values |= {"ticked": known, "version": 1, "created_at": now(), "updated_at": now()}
            connection.execute(insert(drafts).values(values))
            row = connection.execute(mine).one()
        return _stored(row)


def get(kit: Kit, user: User, draft_id: int) -> StoredDraft:
    """One draft, for its owner only."""
    with kit.db.read() as connection:
        row = connection.execute(select(drafts).where(drafts.c.id == draft_id, drafts.c.user_id == user.id)).first()
    if row is None:
        raise NotFound()
    return _stored(row)


def shelf(kit: Kit, user: User) -> tuple[StoredDraft, ...]:
    """The person's drafts, last edited first."""
    mine = select(drafts).where(drafts.c.user_id == user.id).order_by(drafts.c.updated_at.desc())
    with kit.db.read() as connection:
        return tuple(map(_stored, connection.execute(mine)))


def name_of(stored: StoredDraft) -> str:
    """What a draft is called: its subject with a capital, or the title of its exercise while that is still to come."""
    subject = stored.draft.subject
    told = HOLE.sub("", subject).strip(" .,;:–-")
    return f"{subject[0].upper()}{subject[1:]}" if told else stored.title


def save(
    kit: Kit, user: User, draft_id: int, version: int, draft: Draft, unheard: Collection[Draft] = ()
) -> StoredDraft:
    """Save an edit of the version the page had; raises Conflict, and overwrites nothing, when there is a newer one.

    ``unheard`` are texts that the same page had sent before, without ever hearing of them, as it happens when a page is
    loaded anew: a newer version that says what one of them says, or what ``draft`` says, is the page's own.
    """
    if mark := secrecy_mark(text_of(draft)):
        raise Secret(mark=mark.mark, where="trong bản nháp")
    values = {"parts": parts_of(draft), "version": version + 1, "updated_at": now()}
    try:
        return _change(kit, user, draft_id, drafts.c.version == version, values)
    except Conflict:
        stored = get(kit, user, draft_id)
        if stored.draft == draft:
            return stored
        if stored.draft not in unheard:
            raise
        values["version"] = stored.version + 1
        return _change(kit, user, draft_id, drafts.c.version == stored.version, values)


def tick(kit: Kit, user: User, draft_id: int, key: str, on: bool) -> StoredDraft:
    """Tick or untick a detail as verified by the person."""
    ticked = set(get(kit, user, draft_id).ticked)
    ticked = ticked | {key} if on else ticked - {key}
    return _change(kit, user, draft_id, drafts.c.id == draft_id, {"ticked": sorted(ticked), "updated_at": now()})


def details(kit: Kit, stored: StoredDraft) -> tuple[Detail, ...]:
    """Every number, date and document number of the draft, and every place left open in it; of its answer, the names
    that no source holds and the sentences that their citation does not bear out.

    What is found in the sources comes ticked; what was checked as right in the answer stays so. An open place is ticked
    by whoever leaves it open on purpose.
    """
    sources: tuple[SourceText, ...] = ()
    passages: tuple[Passage, ...] = ()
    prompt = ""
    text = text_of(stored.draft)
    told: list[Detail] = []
    if stored.attempt_id is not None:
        attempt = practice.load(kit, stored.attempt_id)
        passages, prompt = attempt.passages, attempt.prompt
        sources = feedback.sources(kit, exercises.for_attempt(kit, attempt), attempt.input)
        told = [
            replace(one, text=without_citations(one.text))
            for one in verify.details(kit, attempt)
            if one.key.startswith((verify.NAME, verify.SENTENCE)) and without_citations(one.text) in text
        ]
    found = grounding.details(text, sources, passages, prompt)
    every = (*found, *told, *_blanks(text))
    return tuple(replace(item, ticked=item.found or item.key in stored.ticked, wrong=False) for item in every)


def left_open(found: Iterable[Detail]) -> int:
    """How many places of a draft are still to be filled in, also those left open on purpose."""
    return sum(detail.key.startswith(BLANK) for detail in found)


def _blanks(text: str) -> Iterator[Detail]:
    """Places left open with words in brackets, as «[cần bổ sung]». Masks, figures and dotted lines are none.

    The key is made of the words before, so that it stays the same when a line elsewhere is filled in.
    """
    keys = Counter[str]()
    for hole in HOLE.finditer(text):
        if _MASK.fullmatch(hole[0]) or not re.search(r"[^\W\d_]", hole[0]):
            continue
        before = " ".join(text[text.rfind("\n", 0, hole.start()) + 1 : hole.start()].split()[-5:])
        key = (BLANK + " ".join(re.findall(r"\w+", before.casefold())))[:110]
        keys[key] += 1
        place = f"«{before} {hole[0]}»" if before else f"«{hole[0]}»"
        where = f"{place}, dòng {line_number(text, hole.start())}"
        yield Detail(f"{key}#{keys[key]}", hole[0], where, found=False, ticked=False)


def kind_open(kit: Kit, stored: StoredDraft) -> bool:
    """True for a draft that is laid out as a công văn only because neither exercise nor answer says what it is."""
    draft = stored.draft
    if stored.attempt_id is None or draft.kind != kind_or_letter("").id or draft.subject or draft.addressees:
        return False
    attempt = practice.load(kit, stored.attempt_id)
    return not exercises.for_attempt(kit, attempt).document_type and outline(attempt.answer).kind is None


def findings(kit: Kit, stored: StoredDraft) -> tuple[Finding, ...]:
    """What Decree 30 says of the draft as it stands; spans are offsets into ``text_of`` it."""
    return check_words(text_of(stored.draft), stored.draft.kind, DRAFT)


def typed(kit: Kit, user: User, draft_id: int, changed: Mapping[str, Any]) -> StoredDraft:
    """A draft as it is being typed: the saved one with the parts that were changed since. Nothing is saved."""
    stored = get(kit, user, draft_id)
    return replace(stored, draft=draft_of(parts_of(stored.draft) | dict(changed)))


_LABEL = "bản nháp – còn %d chỗ chưa điền"
_MASK = re.compile(r"\[[A-Z_]{2,12}_[0-9]{1,3}\]")
MOST_MASKS, LONGEST_WORDS = 200, 300
"""Masks that may be undone in one file, and characters behind each."""


def export(kit: Kit, user: User, draft_id: int, masks: Mapping[str, str] | None = None) -> tuple[bytes, str]:
    """The .docx in the prescribed form and a file name. Raises BadInput while a detail is open.

    While places in it are to be filled in, its head says that it is a draft.
    ``masks`` are the words behind masks such as "[CCCD_1]", which only the person's browser knows: they go into the
    file and are kept nowhere.
    """
    stored = get(kit, user, draft_id)
    found = details(kit, stored)
    still_open = sum(not detail.ticked for detail in found)
    if still_open:
        raise BadInput(
            "Còn %(n)s chi tiết chưa kiểm tra nên chưa tải về được. Anh/chị đối chiếu, sửa hoặc đánh dấu từng chi "
            "tiết rồi tải về. Bản nháp đã được lưu.",
            n=still_open,
        )
    name = slug(stored.title, "ban-nhap")
    draft = draft_of(_undone(parts_of(stored.draft), _words(masks))) if masks else stored.draft
    blanks = left_open(found)
    return docx_writer.write(draft, label=_LABEL % blanks if blanks else ""), f"{name}.docx"


def _words(masks: Mapping[str, Any]) -> dict[str, str]:
    """Masks as they may be undone; raises BadInput for anything else."""
    right = all(isinstance(words, str) and len(words) <= LONGEST_WORDS for words in masks.values())
    if len(masks) > MOST_MASKS or not right or not all(_MASK.fullmatch(mask) for mask in masks):
        raise BadInput(
            "Học Vụ không đọc được danh sách chi tiết đã che nên chưa tải về được. Bản nháp vẫn còn nguyên; "
            "anh/chị tải lại trang rồi thử lại."
        )
    return {mask: _line(words) for mask, words in masks.items()}


def _undone(value: Any, words: Mapping[str, str]) -> Any:
    """The parts of a draft with their masks undone; what stands behind a mask is never read as a mask again."""
    if isinstance(value, str):
        return _MASK.sub(lambda found: words.get(found[0], found[0]), value)
    if isinstance(value, Mapping):
        return {name: _undone(item, words) for name, item in value.items()}
    return [_undone(item, words) for item in value] if isinstance(value, list | tuple) else value


def parts_of(draft: Draft) -> dict[str, Any]:
    """A draft as JSON; tables stand in the body as {"table": rows}."""
    parts = asdict(draft)
    parts["body"] = _body_of(draft.body)
    parts["appendices"] = [{"title": one.title, "body": _body_of(one.body)} for one in draft.appendices]
    return parts


def draft_of(parts: Mapping[str, Any]) -> Draft:
    """The reverse, from a page or the database; raises BadInput for anything that is not a draft."""
    kind = parts.get("kind")
    if not isinstance(kind, str) or kind not in BY_ID:
        raise BadInput(NO_DRAFT)
    return Draft(**_fields(parts, Draft))


def _body_of(body: Iterable[str | Table]) -> list[Any]:
    return [{"table": item.rows} if isinstance(item, Table) else item for item in body]


def _fields(parts: object, noun: type[Draft | Appendix | CertifiedCopy]) -> dict[str, Any]:
    """The fields of a draft, of one of its appendices or of its stamp, each of the type it has to be."""
    if not isinstance(parts, Mapping) or set(parts) - {field.name for field in fields(noun)}:
        raise BadInput(NO_DRAFT)
    values: dict[str, Any] = {}
    for name, value in parts.items():
        if name == "body":
            values[name] = tuple(map(_paragraph, _listed(value)))
        elif name == "appendices":
            values[name] = tuple(Appendix(**{"title": ""} | _fields(one, Appendix)) for one in _listed(value))
        elif name == "copy":
            values[name] = None if value is None else CertifiedCopy(**{"form": ""} | _fields(value, CertifiedCopy))
        elif name in _LISTS:
            values[name] = tuple(_line(item) for item in _listed(value))
        else:
            values[name] = _line(value)
    return values


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > 2000:
        raise BadInput(NO_DRAFT)
    return list(value)


def _line(value: object) -> str:
    if not isinstance(value, str) or len(value) > 20_000:
        raise BadInput(NO_DRAFT)
    return _NO_TEXT.sub(" ", nfc(value)).replace("\u00a0", " ").strip()


def _paragraph(item: object) -> str | Table:
    if isinstance(item, Mapping):
        return Table(tuple(tuple(_line(cell) for cell in _listed(row)) for row in _listed(item.get("table"))))
    return _line(item)


def without_frame(kit: Kit, attempt: Attempt, text: str) -> str:
    """The text of a draft without what code put around the answer and nobody changed: it is nobody's work."""
    own = _own(kit, attempt)
    given, here = _framed(kit, attempt, own), draft_from_text(text, kind=own.kind)
    names = [one.name for one in fields(Draft) if one.name not in ("kind", "body") and not getattr(own, one.name)]
    same = {name: getattr(Draft(""), name) for name in names if getattr(here, name) == getattr(given, name)}
    bare = text_of(replace(here, **same))
    return bare if phrases.MOTTO in attempt.answer else bare.removeprefix(f"{phrases.NATION}\n{phrases.MOTTO}").lstrip()


def _own(kit: Kit, attempt: Attempt) -> Draft:
    """What an answer says by itself, part by part."""
    kind = exercises.for_attempt(kit, attempt).document_type
    return draft_from_text(without_citations(attempt.answer), kind=kind)


def _framed(kit: Kit, attempt: Attempt, draft: Draft) -> Draft:
    sources = feedback.sources(kit, exercises.for_attempt(kit, attempt), attempt.input)
    return framed(draft, _frame(sources, attempt.answer))


def _frame(sources: Iterable[SourceText], answer: str) -> Draft:
    """The head for an answer that has none: that of a source whose issuing body the answer itself speaks for."""
    spoken = fold(answer)
    for source in sources:
        found = draft_from_text(source.text)
        if found.issuer and fold(found.issuer) in spoken:
            return Draft(found.kind, superior=found.superior, issuer=found.issuer, place=found.place)
    return Draft("")


def _change(kit: Kit, user: User, draft_id: int, guard: Any, values: dict[str, Any]) -> StoredDraft:
    get(kit, user, draft_id)
    mine = (drafts.c.id == draft_id, drafts.c.user_id == user.id)
    with kit.db.write() as connection:
        if connection.execute(update(drafts).where(*mine, guard).values(**values)).rowcount != 1:
            raise Conflict()
        return _stored(connection.execute(select(drafts).where(*mine)).one())


def _stored(row: Row[Any]) -> StoredDraft:
    return StoredDraft(
        id=row.id,
        user_id=row.user_id,
        attempt_id=row.attempt_id,
        title=row.title,
        draft=draft_of(row.parts),
        ticked=tuple(row.ticked),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
