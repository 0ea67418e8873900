"""Plain text → the components of Decree 30 found in it.

Markdown marks, two columns set with spaces, tabs or table bars, missing components and a foreign order are all
tolerated. What is not recognised belongs to the body. The lines are known by ``pieces``; the foot and what comes below
it is read by ``foot``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from service.nd30 import phrases
from service.nd30.body import DIVISION, GROUND, ORDER, is_caps
from service.nd30.foot import appendices_of, copy_of, ends, foot_of, read_below, read_copy, read_foot, read_rows
from service.nd30.kinds import BY_ID, KINDS, Kind, kind_of_sign, kind_of_title
from service.nd30.parts import Found, Outline, Part
from service.nd30.pieces import (
    ABOUT,
    ADDRESSED,
    BODY_OF_STATE,
    BODY_OPENING,
    CHAT,
    DASH,
    MARK,
    NATION,
    NUMBERED,
    OFFICE,
    SIGN,
    WIRES,
    Piece,
    is_issuer,
    is_motto,
    is_place_date,
    note,
    pieces_of,
)
from service.text import fold, nfc, normalise_tone

_LOOK_AHEAD = 8
_LAW = re.compile(r"(?:HIẾN PHÁP|BỘ LUẬT|LUẬT(?! SƯ)|PHÁP LỆNH|LỆNH|SẮC LỆNH|NGHỊ ĐỊNH|THÔNG TƯ)\b(?!.*:$)")
_FORM = re.compile(r"(?:TỜ KHAI|ĐƠN(?! VỊ)|GIẤY ĐỀ NGHỊ)\b(?!.*:$)")
_DIVISION = re.compile(rf"(?:{DIVISION.pattern}|Điều\s+\d+\b.*)", re.IGNORECASE)
"""The first «Chương I», «Điều 1»: no title of a document stands below it."""


def heads_law_or_form(line: str) -> bool:
    """True for the title of a law, or of a form that citizens fill in: «NGHỊ ĐỊNH», «TỜ KHAI ĐĂNG KÝ KHAI SINH»."""
    return is_caps(line) and bool(_LAW.match(line) or _FORM.match(line))


def _title(piece: Piece) -> tuple[Kind | None, int] | None:
    """The kind named by a title line, and how many letters of the line are the title («KẾ HOẠCH Tiêm phòng …»).

    None for the kind of a law or a form.
    """
    if piece.row or ORDER.fullmatch(piece.plain) and piece.plain.endswith(":"):
        return None
    if heads_law_or_form(piece.plain):
        return None, len(piece.text)
    kind = kind_of_title(piece.plain)
    if kind:
        return kind, len(piece.text)
    if piece.plain.endswith("QUY ĐỊNH CHUNG"):
        return None
    begun = [kind for kind in KINDS if piece.plain.startswith(f"{normalise_tone(kind.title)} ")]
    return (begun[0], len(begun[0].title)) if begun else None


def outline(text: str) -> Outline:
    """The components of ``text``. Never fails; a text without any form is all body."""
    text = nfc(text)
    plain = normalise_tone(text)
    pieces = list(itertools.takewhile(lambda piece: piece.text != phrases.OPEN_DETAILS, pieces_of(text, plain)))
    found: list[Found] = []
    copied: list[Found] = []
    body = _read_head(pieces, found)
    foot = foot_of(pieces, body)
    copy = copy_of(pieces, foot)
    appendices = appendices_of(pieces[:copy], foot)
    read_rows(pieces[body:foot], found)
    read_foot(pieces[foot:appendices], found)
    read_below(pieces[appendices:copy], found)
    read_copy(pieces[copy:], copied)
    return Outline(
        text,
        _kind(found),
        _in_order(found),
        plain,
        Outline(text, None, _in_order(copied), plain) if copied else None,
    )


def _in_order(found: Sequence[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda item: item.start))


def _head_part(piece: Piece, have: set[Part]) -> Part | None:
    """The component that a line of the head surely is; each is found once."""
    words, folded = piece.plain, fold(piece.text)
    if piece.row:
        return None
    if NATION.match(folded):
        return Part.NATION
    if is_motto(folded):
        return Part.MOTTO
    if MARK.fullmatch(words):
        return Part.MARK
    if Part.SIGN not in have and SIGN.fullmatch(words):
        return Part.SIGN
    if Part.PLACE_DATE not in have and is_place_date(words):
        return Part.PLACE_DATE
    if Part.TITLE not in have and (named := _title(piece)):
        runs_on = named[1] < len(piece.text)  # below «V/v» or «Kính gửi» it is a heading: «QUY ĐỊNH CHUNG»
        loose = _FORM.match(words) and Part.NATION not in have  # a private letter may be headed «ĐƠN …»
        if not loose and not (runs_on and have & {Part.ABOUT, Part.ADDRESSED}):
            return Part.TITLE
    if not have & {Part.TITLE, Part.ABOUT} and ABOUT.match(words):
        return Part.ABOUT
    if Part.ADDRESSED not in have and (ADDRESSED.match(words) or WIRES.fullmatch(words)):
        return Part.ADDRESSED
    return None


def _read_head(pieces: list[Piece], found: list[Found]) -> int:
    """Notes the components before the body; the index of the first piece of the body."""
    have: set[Part] = set()
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        part = _head_part(piece, have)
        at += 1
        if part:
            have.add(part)
            at = _read_head_part(pieces, at - 1, part, found)
            continue
        ahead = itertools.takewhile(lambda later: not _is_past(later), pieces[at : at + _LOOK_AHEAD])
        more = not _is_past(piece) and any(_head_part(later, have | {Part.PLACE_DATE}) for later in ahead)
        if (have or more) and not have & {Part.TITLE, Part.ADDRESSED} and is_issuer(piece):
            have.add(Part.ISSUER)
            note(found, Part.ISSUER, piece)
        elif more:
            note(found, Part.CHAT if CHAT.match(piece.plain) else Part.OTHER, piece)
        elif not have and CHAT.match(piece.plain) and piece.plain.endswith(":") and len(piece.plain.split()) < 30:
            note(found, Part.CHAT, piece)
        else:
            return at - 1
    return at


def _is_past(piece: Piece) -> bool:
    """True for a line that shows that the head is over."""
    return bool(ends(piece) or _DIVISION.fullmatch(piece.plain))


def _read_head_part(pieces: list[Piece], at: int, part: Part, found: list[Found]) -> int:
    """Notes the component that begins at a piece, with what belongs to it below; the index after it."""
    piece = pieces[at]
    if part is Part.ADDRESSED:
        return _read_addressees(pieces, at, found)
    if part is Part.ABOUT:
        return _read_phrase(pieces, at, part, found)
    named = _title(piece) if part is Part.TITLE else None
    if not named:
        note(found, part, piece)
        return at + 1
    kind, length = named
    if length < len(piece.text):  # «KẾ HOẠCH Tiêm phòng …» on one line
        found.append(Found(part, piece.text[:length], piece.start, piece.start + length))
        note(found, Part.SUBJECT, piece, skip=length)
        return at + 1
    note(found, part, piece)
    if at + 1 < len(pieces) and _is_subject(pieces[at + 1], kind):
        return _read_phrase(pieces, at + 1, Part.SUBJECT, found)
    return at + 1


def _is_subject(piece: Piece, kind: Kind | None) -> bool:
    words = piece.plain
    count = len(words.split())
    if ABOUT.match(words):
        return True
    if kind is None:  # «LUẬT», «NGHỊ ĐỊNH», and below the name of it
        return (is_caps(words) or words.startswith("Về ")) and not (
            _is_past(piece) or _head_part(piece, {Part.TITLE, Part.ABOUT})
        )
    if piece.row or not kind.has_subject or _head_part(piece, {Part.TITLE, Part.ABOUT}) or NUMBERED.match(words):
        return False
    if piece.after_blank and words[-1] == ".":
        return False  # a sentence of its own paragraph: the body begins
    if words[-1] in ":;" or GROUND.match(words) or count > 60 or (words[-1] == "." and count > 25):
        return False
    if kind.order and is_caps(words) and (OFFICE.match(words) or BODY_OF_STATE.match(words)):
        return False
    return not (count > 15 and BODY_OPENING.match(words)) and "trân trọng" not in words


def _read_phrase(pieces: list[Piece], at: int, part: Part, found: list[Found]) -> int:
    """A trích yếu and the lines it runs on over: those that begin with a small letter right below it."""
    piece = pieces[at]
    at += 1
    while (
        at < len(pieces) and not pieces[at].after_blank and pieces[at].text[0].islower() and piece.text[-1] not in ".:;"
    ):
        more = pieces[at]
        piece = replace(piece, text=f"{piece.text} {more.text}", end=more.end, plain=f"{piece.plain} {more.plain}")
        at += 1
    note(found, part, piece)
    return at


def _read_addressees(pieces: list[Piece], at: int, found: list[Found]) -> int:
    """«Kính gửi» with what follows it on the line and in the lines below."""
    piece = pieces[at]
    opening = ADDRESSED.match(piece.plain)
    length = opening.end() if opening else len(piece.text)
    rest = piece.text[length:].strip()
    head_end = piece.start + len(piece.text[:length].rstrip()) if rest else piece.end
    found.append(Found(Part.ADDRESSED, piece.text[:length].strip(), piece.start, head_end))
    at += 1
    if rest:
        note(found, Part.ADDRESSEE, piece, skip=length)
    elif at < len(pieces) and _is_addressee(pieces[at].plain):
        note(found, Part.ADDRESSEE, pieces[at])
        at += 1
    while at < len(pieces) and DASH.match(pieces[at].plain) and (not pieces[at].after_blank or not rest):
        note(found, Part.ADDRESSEE, pieces[at])
        at += 1
    return at


def _is_addressee(words: str) -> bool:
    """A short line without a dash, right below «Kính gửi:»."""
    return not DASH.match(words) and len(words.split()) <= 20 and not BODY_OPENING.match(words)


def _kind(found: Sequence[Found]) -> Kind | None:
    """The kind that the text itself tells: by tên loại, by «V/v», by ký hiệu, by fixed words of the sample forms."""
    parts = {item.part: item for item in found}
    if title := parts.get(Part.TITLE):
        return kind_of_title(title.text)
    if Part.ABOUT in parts:
        return BY_ID["cong_van"]
    if (sign := parts.get(Part.SIGN)) and (kind := kind_of_sign(sign.text)):
        return kind
    body = normalise_tone("\n".join(item.text for item in found if item.part is Part.BODY))
    for cue, kind_id in _CUES:
        if cue in body:
            return BY_ID[kind_id]
    if Part.SECRETARY_TITLE in parts:
        return BY_ID["bien_ban"]
    return BY_ID["cong_van"] if Part.ADDRESSED in parts else None


_CUES = (
    ("QUYẾT ĐỊNH:", "quyet_dinh"),
    ("QUYẾT NGHỊ:", "nghi_quyet"),
    ("trân trọng kính mời", "giay_moi"),
    ("trân trọng giới thiệu", "giay_gioi_thieu"),
    ("Trên đây là báo cáo", "bao_cao"),
    ("ính trình", "to_trinh"),
)
