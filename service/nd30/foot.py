"""From the closing mark downwards: signatures and «Nơi nhận», the appendices, and the stamp of a certified copy."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from service.nd30 import phrases
from service.nd30.body import APPENDIX, GROUND, ORDER, is_caps
from service.nd30.parts import Found, Part
from service.nd30.pieces import (
    CHAIR,
    CHAT,
    FILED,
    HOLE,
    NOTE,
    OFFICE,
    PARTY,
    POWER,
    RECIPIENT,
    RECIPIENTS,
    SECRETARY,
    SIGN,
    SIGNED_DIGITALLY,
    Piece,
    is_issuer,
    is_name,
    is_place_date,
    is_signer,
    note,
)

_COPIED = re.compile(r"(?:bản )?(?:sao y|sao lục|trích sao)(?: (?:từ )?(?:bản chính|bản gốc|văn bản))?", re.IGNORECASE)
_ATTACHED = re.compile(r"\(\s*(?:ban hành )?kèm theo\b", re.IGNORECASE)
_NOTE_LINES = 3  # over which «(Kèm theo …)» may run in a PDF
_TITLE_LINES = 5  # below «Phụ lục», within which its note is looked for
_COPY_HEAD = 8  # lines of a copy's own head, at most


def is_authority(piece: Piece) -> bool:
    """A line of quyền hạn, chức vụ (box 7a)."""
    words = piece.plain
    if piece.row or words[-1] in ".,;:" or len(words.split()) > 14:
        return False
    party = is_caps(words) and PARTY.match(words)  # of a contract, a memorandum, an agreement
    return bool(
        party or POWER.match(words) or OFFICE.match(words) or SECRETARY.fullmatch(words) or CHAIR.fullmatch(words)
    )


def foot_of(pieces: list[Piece], body: int) -> int:
    """Where the foot begins: after the closing mark, or at the first sign of it with only short lines below."""
    listed = next((n for n in range(body, len(pieces)) if RECIPIENTS.match(pieces[n].plain)), len(pieces))
    closed = max(
        (
            n
            for n in range(body, listed)
            if pieces[n].text.endswith(phrases.CLOSING) and not FILED.match(pieces[n].plain)
        ),
        default=-1,
    )
    if 0 <= closed < len(pieces) - 1 and RECIPIENT.match(pieces[closed + 1].plain):
        return closed + 1  # «Nơi nhận:» itself is missing
    for n in range(closed + 1 if closed >= 0 else _decided(pieces, body, listed), len(pieces)):
        cue = n == listed or is_authority(pieces[n]) or (closed >= 0 and is_signer(pieces[n]))
        if cue and (closed >= 0 or n == listed or all(len(piece.text.split()) <= 25 for piece in pieces[n:])):
            return n
    return len(pieces)


def _decided(pieces: Sequence[Piece], body: int, end: int) -> int:
    """The first piece after the grounds and «QUYẾT ĐỊNH:»: who stands above them decides, and signs only below."""
    above = (n + 1 for n in range(body, end) if GROUND.match(pieces[n].plain) or ORDER.fullmatch(pieces[n].plain))
    return max(above, default=body)


def read_rows(
    pieces: Sequence[Piece], found: list[Found], text_part: Part = Part.BODY, table_part: Part = Part.TABLE
) -> None:
    """Paragraphs, and adjacent rows as one table."""
    rows: list[Piece] = []
    for piece, below in itertools.zip_longest(pieces, pieces[1:]):
        if not piece.row:
            note(found, text_part, piece)
            continue
        rows.append(piece)
        if below is None or not below.row or below.after_blank:
            text = "\n".join(row.text for row in rows)
            found.append(Found(table_part, text, rows[0].start, rows[-1].end))
            rows = []


def read_foot(pieces: list[Piece], found: list[Found]) -> None:
    """Notes signatures and recipients; what is none of these is left to ``read_below``."""
    roles: list[Part] = []  # whose name is awaited, in the order of the titles
    titles: list[Piece] = []
    names: list[tuple[int, Piece]] = []  # a name and how many roles stood before it
    listing = False
    for n, piece in enumerate(pieces):
        words = piece.plain
        if opening := RECIPIENTS.match(words):
            listing = True
            end = piece.start + len(words[: opening.end()].rstrip())
            found.append(Found(Part.RECIPIENTS, words[: opening.end()].strip(), piece.start, min(end, piece.end)))
            note(found, Part.RECIPIENT, piece, skip=opening.end())
        elif roles and SIGNED_DIGITALLY.fullmatch(words):
            note(found, Part.OTHER, piece)
        elif NOTE.fullmatch(words):
            note(found, Part.NOTE, piece)
        elif RECIPIENT.match(words):
            note(found, Part.RECIPIENT, piece)
        elif SECRETARY.fullmatch(words):
            roles.append(Part.SECRETARY)
            note(found, Part.SECRETARY_TITLE, piece)
        elif _is_signature(piece, awaited=bool(roles), listed=listing):
            roles = roles or [Part.SIGNER]
            names.append((len(roles), piece))
        elif is_authority(piece) or _is_title_line(words) or HOLE.fullmatch(words):
            if Part.SIGNER not in roles:
                roles.append(Part.SIGNER)
            titles.append(piece)
        elif listing and words[-1] in ";," or (listing and not roles and not CHAT.match(words)):
            note(found, Part.RECIPIENT, piece)
        else:  # nothing of the foot: an attachment, or the model's own remarks
            read_below(pieces[n:], found)
            break
    if Part.SECRETARY not in roles and sum(bool(PARTY.match(title.plain)) for title in titles) == 2:
        _read_parties(titles, [piece for _, piece in names], found)
        return
    for piece in titles:
        note(found, Part.AUTHORITY, piece)
    for n, (before, piece) in enumerate(names):
        role = roles[n] if len(names) >= len(roles) and n < len(roles) else roles[before - 1]
        note(found, role, piece)


def _read_parties(titles: Sequence[Piece], names: Sequence[Piece], found: list[Found]) -> None:
    """Two signatures: one below the other as a table is read, or line by line as a PDF may give them."""
    first, second = (n for n, title in enumerate(titles) if PARTY.match(title.plain))
    offices = titles[second + 1 :]
    between = any(titles[first].start < name.start < titles[second].start for name in names)
    by_line = second == first + 1 and not between and len(offices) % 2 == 0
    other = {titles[second].start, *(title.start for title in (offices[1::2] if by_line else offices))}
    for title in titles:
        note(found, Part.COUNTERPART if title.start in other else Part.AUTHORITY, title)
    for n, name in enumerate(names):
        theirs = n > 0 if len(names) > 1 else not by_line and name.start > titles[second].start
        note(found, Part.COUNTERSIGNER if theirs else Part.SIGNER, name)


def _is_signature(piece: Piece, *, awaited: bool, listed: bool) -> bool:
    """Who signs: below a title any name or an open place for one, without a title a name that can be nothing else;
    below «Nơi nhận» only one that stands apart from the list."""
    if not awaited:
        return is_signer(piece) and (piece.after_blank or not listed)
    words = piece.plain
    return is_name(words) or (HOLE.fullmatch(words) is not None and "chức" not in words.lower())


def _is_title_line(words: str) -> bool:
    """A line in capitals under the document: a title of the signer, unless an attachment begins."""
    return is_caps(words) and words[-1] not in ".;:" and not words.startswith("PHỤ LỤC")


# ── below the foot ──────────────────────────────────────────────────────────────────────────────


def read_below(pieces: Sequence[Piece], found: list[Found]) -> None:
    """The appendices: number, title, note «(Kèm theo …)» and content; before the first one there is only the rest."""
    heads = [n for n, piece in enumerate(pieces) if APPENDIX.fullmatch(piece.plain)]
    rest = pieces[: heads[0]] if heads else pieces
    if rest:
        part = Part.CHAT if CHAT.match(rest[0].plain) else Part.OTHER
        read_rows(rest, found, part, part)
    for head, end in zip(heads, [*heads[1:], len(pieces)], strict=False):
        note(found, Part.APPENDIX, pieces[head])
        at = _read_title(pieces[:end], head + 1, found)
        read_rows(pieces[at:end], found, Part.APPENDIX_BODY, Part.APPENDIX_TABLE)


def _read_title(pieces: Sequence[Piece], at: int, found: list[Found]) -> int:
    """Title and note of an appendix; the index of its first line of content."""
    near = range(at, min(at + _TITLE_LINES, len(pieces)))
    opened = next((n for n in near if _ATTACHED.match(pieces[n].plain)), None)
    if opened is None:
        end = next((n for n in near if pieces[n].row or not is_caps(pieces[n].plain)), near.stop)
        for piece in pieces[at:end]:
            note(found, Part.APPENDIX_TITLE, piece)
        return end
    for piece in pieces[at:opened]:
        note(found, Part.APPENDIX_TITLE, piece)
    lines = range(opened, min(opened + _NOTE_LINES, len(pieces)))
    closed = next((n for n in lines if pieces[n].text.endswith(")")), opened)
    text = " ".join(piece.text for piece in pieces[opened : closed + 1])
    found.append(Found(Part.APPENDIX_NOTE, text, pieces[opened].start, pieces[closed].end))
    return closed + 1


def appendices_of(pieces: Sequence[Piece], foot: int) -> int:
    """Where the appendices begin, below the foot."""
    return next((n for n in range(foot, len(pieces)) if APPENDIX.fullmatch(pieces[n].plain)), len(pieces))


def ends(piece: Piece) -> bool:
    """Whether the text is over with this line: its closing mark, or the stamp of a certified copy."""
    return piece.text.endswith(phrases.CLOSING) or bool(_COPIED.fullmatch(piece.plain))


def copy_of(pieces: Sequence[Piece], foot: int) -> int:
    """Where the stamp of a certified copy begins (Phụ lục I, phần II, mục II): with the body that made the copy."""
    at = next((n for n in range(foot + 1, len(pieces)) if _COPIED.fullmatch(pieces[n].plain)), len(pieces))
    while foot < at < len(pieces) and (SIGN.fullmatch(pieces[at - 1].plain) or is_issuer(pieces[at - 1])):
        at -= 1
    return at


def read_copy(pieces: list[Piece], found: list[Found]) -> None:
    """Notes the components of the stamp; its form, «SAO Y», stands where a document has its tên loại."""
    at = 0
    while at < min(len(pieces), _COPY_HEAD):
        piece = pieces[at]
        if RECIPIENTS.match(piece.plain) or RECIPIENT.match(piece.plain) or is_authority(piece):
            break
        at += 1
        if _COPIED.fullmatch(piece.plain):
            note(found, Part.TITLE, piece)
        elif SIGN.fullmatch(piece.plain):
            note(found, Part.SIGN, piece)
        elif is_place_date(piece.plain):
            note(found, Part.PLACE_DATE, piece)
        else:
            note(found, Part.ISSUER if is_issuer(piece) else Part.OTHER, piece)
    read_foot(pieces[at:], found)
