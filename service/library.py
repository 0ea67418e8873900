"""Documents: from the bytes a person sends to passages that can be searched and cited.

A document is *received* (read, judged, stored), then *indexing* and *ready*; a job does the indexing, so that a crash
in between costs nothing. What cannot be read or must not be kept is refused before anything is stored: the person
hears why at once, and a file with a secrecy mark never touches the disk. The same bytes are stored once, under their
SHA-256, however many people have them; a person who sends them twice gets the same document.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from service import jobs
from service.checks.privacy import secrecy_mark
from service.chunking import chunk
from service.errors import NotAllowed, NotFound, Secret, TooLarge
from service.kit import Kit
from service.nd30.body import APPENDIX
from service.nd30.outline import outline
from service.nd30.parts import Part
from service.parsers import Limits, can_draw, check_suffix, draw_page, parse
from service.prompts import read_manifest
from service.records import Block, Document, DocumentStatus, ParsedDocument, Passage, User
from service.settings import HOME
from service.store.db import now
from service.store.tables import blocks as block_rows, documents
from service.text import count_syllables, nfc

SAMPLES = HOME / "sample_docs"

OPENING = 6000
"""Letters at the head of a document that tell its kind."""

_NAME_LENGTH = 200
_TITLE_LENGTH = 300
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""Control characters, what no file system likes, and the marks that turn the direction of a name around."""


# ── receiving ───────────────────────────────────────────────────────────────────────────────────


def accept(
    kit: Kit,
    owner: User | None,
    filename: str,
    data: bytes,
    *,
    title: str = "",
    kind: str | None = None,
    sample: str | None = None,
) -> Document:
    """Take in a file: read it, refuse what must be refused, store bytes, text and the job "index" together.

    ``owner`` None with a ``sample`` key makes a document that all may read. Raises ``TooLarge``, ``WrongFormat``,
    ``Unreadable``, ``ScanWithoutText`` or ``Secret``; nothing is stored then.
    """
    name = display_name(filename)
    suffix = Path(name).suffix.lower()
    check_suffix(suffix)
    limit = kit.settings.upload_mb
    if len(data) > limit * 2**20:
        raise TooLarge(size=f"{len(data) / 2**20:.1f}".replace(".", ","), limit=limit)
    sha256 = hashlib.sha256(data).hexdigest()
    known = _same(owner, sha256, sample)
    with kit.db.read() as connection:
        if row := connection.execute(select(documents).where(known)).first():
            return _document(row)
    parsed = _read(kit, data, suffix, apart=sample is None)
    values = {
        "owner_id": owner.id if owner else None,
        "title": nfc(title).strip()[:_TITLE_LENGTH] or Path(name).stem,
        "filename": name,
        "sha256": sha256,
        "size": len(data),
        "kind": kind or _kind(parsed.text),
        "sample": sample,
    }
    with kit.db.write() as connection:
        if row := connection.execute(select(documents).where(known)).first():  # another tab was faster
            return _document(row)
        _keep_bytes(kit, sha256, data)  # under the write lock, so that no removal can come between
        return _store(connection, parsed, values)


def display_name(filename: str) -> str:
    """A file name as it is shown, and only shown: no folders, no control characters, NFC, not endless."""
    bare = PureWindowsPath(PurePosixPath(nfc(filename)).name).name
    name = " ".join(_UNSAFE.sub(" ", bare).split()).strip(". ") or "tài liệu"
    path = Path(name)
    return path.stem[: _NAME_LENGTH - len(path.suffix)].rstrip() + path.suffix if len(name) > _NAME_LENGTH else name


def seed(kit: Kit) -> None:
    """Bring the sample documents of the box in, or up to date; what is there unchanged is left alone."""
    for entry in read_manifest(SAMPLES):
        path = SAMPLES / entry.path
        data = path.read_bytes()
        with kit.db.write() as connection:
            row = connection.execute(select(documents).where(documents.c.sample == entry.id)).first()
            changed = row is not None and row.sha256 != hashlib.sha256(data).hexdigest()
            if row and not changed and (row.title, row.kind) != (entry.title, entry.kind):
                fresh = {"title": entry.title, "kind": entry.kind, "status": DocumentStatus.RECEIVED}
                connection.execute(update(documents).where(documents.c.id == row.id).values(**fresh))
                jobs.add(connection, "index", document_id=row.id)  # the title is part of what is searched
        if row and changed:
            _replace(kit, row, path.name, data, title=entry.title, kind=entry.kind)
        else:
            accept(kit, None, path.name, data, title=entry.title, kind=entry.kind, sample=entry.id)


def _replace(kit: Kit, row: Row[Any], name: str, data: bytes, **named: str) -> None:
    """Put other bytes and their text in the place of a sample's. It keeps its number, by which old answers cite it."""
    sha256 = hashlib.sha256(data).hexdigest()
    parsed = _read(kit, data, Path(name).suffix.lower(), apart=False)
    values = named | {"filename": display_name(name), "sha256": sha256, "size": len(data)}
    with kit.db.write() as connection:
        _keep_bytes(kit, sha256, data)
        kit.index.remove(connection, row.id)
        connection.execute(delete(block_rows).where(block_rows.c.document_id == row.id))
        _store(connection, parsed, values, row.id)
    _forget_bytes(kit, row.sha256)


def _read(kit: Kit, data: bytes, suffix: str, *, apart: bool) -> ParsedDocument:
    limits = Limits(pages=kit.settings.upload_pages, seconds=kit.settings.upload_seconds)
    parsed = parse(data, suffix, limits, apart=apart)
    if mark := secrecy_mark(parsed.text):
        raise Secret(
            "Không nhận tệp này vì có dấu %(mark)s ở dòng %(line)s. Tệp chưa được lưu ở đâu cả.",
            mark=mark.mark,
            line=mark.line,
        )
    return parsed


def _kind(text: str) -> str | None:
    """The kind a document says it is, by its head (``nd30.outline``); None when it says none of the 29.

    «Kính gửi» alone makes no công văn, for citizens' forms have it as well: its số, ký hiệu or «V/v» must stand there.
    An appendix sent by itself is none, whatever its sample forms say.
    """
    found = outline(text[:OPENING])
    if found.kind is None or APPENDIX.match(text.lstrip()):
        return None
    if found.kind.id == "cong_van" and not (found.has(Part.SIGN) or found.has(Part.ABOUT)):
        return None
    return found.kind.id


def _same(owner: User | None, sha256: str, sample: str | None) -> ColumnElement[bool]:
    if owner is None:
        return documents.c.sample == sample
    return and_(documents.c.owner_id == owner.id, documents.c.sha256 == sha256)


def _store(
    connection: Connection, parsed: ParsedDocument, values: dict[str, Any], document_id: int | None = None
) -> Document:
    """Write a document with its text and the job "index": a new row, or that of ``document_id`` anew."""
    values |= {
        "status": DocumentStatus.RECEIVED,
        "reason": " ".join(parsed.notes),
        "pages": parsed.pages,
        "syllables": count_syllables(parsed.text),
        "created_at": now(),
    }
    written = insert(documents) if document_id is None else update(documents).where(documents.c.id == document_id)
    row = connection.execute(written.values(**values).returning(documents)).one()
    connection.execute(
        insert(block_rows),
        [
            {
                "document_id": row.id,
                "n": n,
                "text": block.text,
                "kind": block.kind,
                "anchor": block.anchor,
                "page": block.page,
            }
            for n, block in enumerate(parsed.blocks)
        ],
    )
    jobs.add(connection, "index", document_id=row.id)
    return _document(row)


# ── indexing ────────────────────────────────────────────────────────────────────────────────────


def index(kit: Kit, document_id: int) -> None:
    """The job "index": cut the text into passages and make them searchable, all or nothing.

    May run twice, and for a document that was removed meanwhile. The vectors follow when the model has time
    (``Index.embed_missing``); words are found at once.
    """
    this = documents.c.id == document_id
    with kit.db.write() as connection:
        found = connection.execute(update(documents).where(this).values(status=DocumentStatus.INDEXING))
    if found.rowcount == 0:
        return
    passages = chunk(blocks(kit, document_id))
    with kit.db.write() as connection:
        ready = update(documents).where(this).values(status=DocumentStatus.READY)
        if connection.execute(ready).rowcount:
            kit.index.remove(connection, document_id)
            kit.index.add(connection, document_id, passages)


def give_up(kit: Kit, *, reason: str, document_id: int) -> None:
    """The last try of the job "index" failed: say so on the shelf, with the reason."""
    with kit.db.write() as connection:
        failed = {"status": DocumentStatus.FAILED, "reason": reason}
        connection.execute(update(documents).where(documents.c.id == document_id).values(**failed))


def retry(kit: Kit, user: User, document_id: int) -> Document:
    """Index a failed document once more; any other is left as it is."""
    _own(kit, user, document_id)
    failed = and_(documents.c.id == document_id, documents.c.status == DocumentStatus.FAILED)
    with kit.db.write() as connection:
        again = {"status": DocumentStatus.RECEIVED, "reason": ""}
        if connection.execute(update(documents).where(failed).values(**again)).rowcount:
            jobs.add(connection, "index", document_id=document_id)
    return get(kit, user, document_id)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def get(kit: Kit, user: User, document_id: int) -> Document:
    """A document of one's own or a sample. Raises ``NotFound`` for anything else."""
    with kit.db.read() as connection:
        row = connection.execute(select(documents).where(documents.c.id == document_id)).first()
    if row is None or row.owner_id not in (None, user.id):
        raise NotFound
    return _document(row)


def reachable(kit: Kit, user: User, document_id: int) -> Document | None:
    """The same, or None: an old answer may cite a document that was removed since."""
    try:
        return get(kit, user, document_id)
    except NotFound:
        return None


def stands(found: Sequence[Block], passage: Passage) -> bool:
    """True while the words of a passage are where it was found: a sample may have been renewed since, and until schema
    0011 SQLite gave the number of a removed document again."""
    return passage.text in "\n".join(one.text for one in found[passage.first : passage.last + 1])


def shelf(kit: Kit, user: User) -> tuple[Document, ...]:
    """One's own documents, newest first."""
    with kit.db.read() as connection:
        mine = select(documents).where(documents.c.owner_id == user.id).order_by(documents.c.id.desc())
        return tuple(map(_document, connection.execute(mine)))


def samples(kit: Kit) -> tuple[Document, ...]:
    """The sample documents, in the order in which they came in."""
    with kit.db.read() as connection:
        shared = select(documents).where(documents.c.sample.is_not(None)).order_by(documents.c.id)
        return tuple(map(_document, connection.execute(shared)))


def by_sample(kit: Kit, key: str) -> Document:
    """The sample document that an exercise names. Raises ``NotFound``."""
    with kit.db.read() as connection:
        row = connection.execute(select(documents).where(documents.c.sample == key)).first()
    if row is None:
        raise NotFound
    return _document(row)


def blocks(kit: Kit, document_id: int) -> tuple[Block, ...]:
    """The text of a document, block by block; there from the moment it is received."""
    with kit.db.read() as connection:
        wanted = select(block_rows).where(block_rows.c.document_id == document_id).order_by(block_rows.c.n)
        return tuple(Block(row.text, row.anchor, row.kind, row.page) for row in connection.execute(wanted))


def text(kit: Kit, document_id: int) -> str:
    """The whole text of a document."""
    return ParsedDocument(blocks(kit, document_id)).text


def path(kit: Kit, document: Document) -> Path:
    """Where the bytes lie as they were sent."""
    return _place(kit, document.sha256)


def pictured(document: Document, found: Sequence[Block], block: int) -> int | None:
    """The page of a PDF on which a block stands, where pages can be drawn; else None."""
    page = found[block].page if block < len(found) else None
    return page if page and document.filename.lower().endswith(".pdf") and can_draw() else None


def picture(kit: Kit, user: User, document_id: int, page: int) -> bytes:
    """A page of a PDF as PNG. Raises ``NotFound`` where there is no such page, or nothing to draw it with."""
    document = get(kit, user, document_id)
    if not document.filename.lower().endswith(".pdf") or not can_draw():
        raise NotFound
    limits = Limits(pages=kit.settings.upload_pages, seconds=kit.settings.upload_seconds)
    return draw_page(path(kit, document).read_bytes(), page, limits)


# ── removing ────────────────────────────────────────────────────────────────────────────────────


def remove(kit: Kit, user: User, document_id: int) -> None:
    """Take a document of one's own off the shelf, with its passages, and its bytes when nobody else has them."""
    document = _own(kit, user, document_id)
    with kit.db.write() as connection:
        _drop(kit, connection, document_id)
    _forget_bytes(kit, document.sha256)


def _drop(kit: Kit, connection: Connection, document_id: int) -> None:
    kit.index.remove(connection, document_id)
    connection.execute(delete(documents).where(documents.c.id == document_id))


def _forget_bytes(kit: Kit, sha256: str) -> None:
    """Delete bytes that no document has any more; the rows are gone for good by now, and the lock lets none arrive."""
    with kit.db.write() as connection:
        if not connection.execute(select(documents.c.id).where(documents.c.sha256 == sha256)).first():
            _place(kit, sha256).unlink(missing_ok=True)


def _own(kit: Kit, user: User, document_id: int) -> Document:
    document = get(kit, user, document_id)
    if document.owner_id is None:
        raise NotAllowed("Văn bản mẫu là của chung nên không gỡ và không sửa được ở đây.")
    return document


def _place(kit: Kit, sha256: str) -> Path:
    return kit.settings.files / sha256[:2] / sha256


def _keep_bytes(kit: Kit, sha256: str, data: bytes) -> None:
    """Write the bytes so that the file is either whole or not there, whatever happens to the power."""
    target = _place(kit, sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".dang-ghi-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if os.name == "posix":  # the entry in the folder must reach the disk as well; Windows cannot open a folder
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        owner_id=row.owner_id,
        title=row.title,
        filename=row.filename,
        sha256=row.sha256,
        size=row.size,
        status=DocumentStatus(row.status),
        created_at=row.created_at,
        reason=row.reason,
        kind=row.kind,
        sample=row.sample,
        pages=row.pages,
        syllables=row.syllables,
    )
