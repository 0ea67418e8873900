"""A document of Decree 30 by its parts, and the draft of one that a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Table:
    """A table in the body of a document: rows of cells, the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Appendix:
    """An attachment, on pages of its own; its number and the line «(Kèm theo …)» follow from the document."""

    title: str
    body: tuple[str | Table, ...] = ()


@dataclass(frozen=True)
class CertifiedCopy:
    """The stamp below a document that makes a copy of it (Phụ lục I, phần II, mục II).

    ``form`` is «SAO Y», «SAO LỤC» or «TRÍCH SAO»; the other parts are those of the body that copies, as in ``Draft``.
    """

    form: str
    issuer: str = ""
    sign: str = ""  # "15/SY-UBND"
    place: str = ""
    dated: str = ""
    authority: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A document in the parts of Decree 30/2020/NĐ-CP, Điều 8; box numbers are those of Phụ lục I.

    ``body`` paragraphs are plain text; the writer styles them by what they are (căn cứ, Điều, Chương …).
    Values that are not known yet stay empty, and ``sign`` then starts with "/" ("/TB-UBND").
    """

    kind: str
    superior: str = ""  # 2, cơ quan chủ quản
    issuer: str = ""  # 2, cơ quan ban hành
    sign: str = ""  # 3, "12/TB-UBND"
    place: str = ""  # 4, địa danh
    dated: str = ""  # 4, "ngày 05 tháng 6 năm 2026"
    subject: str = ""  # 5a or 5b, trích yếu without "V/v"
    addressees: tuple[str, ...] = ()  # 9a, Kính gửi
    body: tuple[str | Table, ...] = ()  # 6
    authority: tuple[str, ...] = ()  # 7a, lines of quyền hạn and chức vụ
    signer: str = ""  # 7b
    recipients: tuple[str, ...] = ()  # 9b, items without the leading dash
    secretary: str = ""  # biên bản only: the name under THƯ KÝ
    counterpart: tuple[str, ...] = ()  # the other party of a contract or an agreement: its quyền hạn, chức vụ
    countersigner: str = ""  # and the name under them
    appendices: tuple[Appendix, ...] = ()
    copy: CertifiedCopy | None = None


@dataclass(frozen=True)
class Detail:
    """A number, date or name that a person must verify before the text is used.

    ``ticked``: it has been; ``wrong``: it was, and must be mended.
    """

    key: str
    text: str
    where: str
    found: bool
    ticked: bool
    passage: int | None = None
    wrong: bool = False


@dataclass(frozen=True)
class StoredDraft:
    """A draft on somebody's bench; ``version`` grows by one with each save and guards against two tabs."""

    id: int
    user_id: int
    attempt_id: int | None
    title: str
    draft: Draft
    ticked: tuple[str, ...]
    version: int
    created_at: datetime
    updated_at: datetime
