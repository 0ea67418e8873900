"""Plain text ↔ Draft: any answer of a model can become a document, and any draft can be read as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from service.nd30 import phrases
from service.nd30.kinds import AS_ABOVE, AS_ARTICLE, BY_ID, Addressee, Kind, Signing, kind_or_letter
from service.nd30.outline import outline
from service.nd30.parts import Found, Outline, Part
from service.nd30.pieces import ABOUT, DASH, HOLE, grouped
from service.records import Appendix, CertifiedCopy, Draft, Table
from service.text import fold, normalise_tone


def draft_from_text(text: str, kind: str | None = None) -> Draft:
    """Any plain text as a Draft: recognised components in their fields, the rest in the body, unknown ones empty.

    ``kind``, when it is one of the 29, overrules what the text says of itself; a text that tells nothing is taken as a
    công văn, the one kind without a title.
    """
    found = outline(text)
    of_kind = BY_ID.get(kind or "") or found.kind or kind_or_letter("")

    def texts(*parts: Part) -> tuple[str, ...]:
        return tuple(re.sub(r"\s+", " ", item.text) for item in found.all(*parts))

    superior, issuer = _bodies(texts(Part.ISSUER))
    place, dated = _place_and_date(" ".join(texts(Part.PLACE_DATE)[:1]))
    items = found.all(Part.BODY, Part.TABLE, Part.OTHER)
    return Draft(
        kind=of_kind.id,
        superior=superior,
        issuer=issuer,
        sign=_sign(" ".join(texts(Part.SIGN)[:1])),
        place=place,
        dated=dated,
        subject=_subject(" ".join(texts(Part.ABOUT, Part.SUBJECT)[:1]), of_kind),
        addressees=_items(texts(Part.ADDRESSEE)),
        body=_body(items),
        authority=texts(Part.AUTHORITY),
        signer=" ".join(texts(Part.SIGNER)[:1]),
        recipients=_items(texts(Part.RECIPIENT)),
        secretary=" ".join(texts(Part.SECRETARY)[:1]),
        counterpart=texts(Part.COUNTERPART),
        countersigner=" ".join(texts(Part.COUNTERSIGNER)[:1]),
        appendices=tuple(_appendices(found)),
        copy=_copy(found.copy) if found.copy else None,
    )


def _appendices(found: Outline) -> Iterator[Appendix]:
    heads = found.all(Part.APPENDIX)
    for head, below in zip_longest(heads, heads[1:]):
        end = below.start if below else len(found.text)
        inside = [item for item in found.found if head.start < item.start < end]
        titles = [re.sub(r"\s+", " ", item.text) for item in inside if item.part is Part.APPENDIX_TITLE]
        yield Appendix(
            " ".join(titles), _body([item for item in inside if item.part in (Part.APPENDIX_BODY, Part.APPENDIX_TABLE)])
        )


def _copy(found: Outline) -> CertifiedCopy:
    """The stamp as its parts are read; a form such as «SAO Y BẢN CHÍNH» is taken for the decree's own."""

    def texts(*parts: Part) -> tuple[str, ...]:
        return tuple(re.sub(r"\s+", " ", item.text) for item in found.all(*parts))

    written = fold(" ".join(texts(Part.TITLE)[:1]))
    place, dated = _place_and_date(" ".join(texts(Part.PLACE_DATE)[:1]))
    return CertifiedCopy(
        next((form for form in phrases.COPIES if fold(form) in written), ""),
        issuer=" ".join(texts(Part.ISSUER)),
        sign=_sign(" ".join(texts(Part.SIGN)[:1])),
        place=place,
        dated=dated,
        authority=texts(Part.AUTHORITY),
        signer=" ".join(texts(Part.SIGNER)[:1]),
        recipients=_items(texts(Part.RECIPIENT)),
    )


def _body(items: Iterable[Found]) -> tuple[str | Table, ...]:
    return tuple(_table(item.text) if item.text.startswith("|") else _paragraph(item.text) for item in items)


def framed(draft: Draft, frame: Draft) -> Draft:
    """The draft with the parts that it leaves empty taken from ``frame``: head and foot belong to code, not to a model.

    Kind and body stay the draft's own. Without any «Nơi nhận» the items that Decree 30 prescribes are set.
    """
    kind = kind_or_letter(draft.kind)
    empty = (name for name in Draft.__dataclass_fields__ if name not in ("kind", "body") and not getattr(draft, name))
    filled = replace(draft, **{name: getattr(frame, name) for name in empty})
    if filled.recipients:
        return filled
    said = [item for item in filled.body if isinstance(item, str)]
    articles = sum(item.startswith("Điều ") for item in said)
    first = f"{AS_ARTICLE} {articles}" if kind.first_recipient == AS_ARTICLE and articles else kind.first_recipient
    if not first and (filled.addressees or any(_ASKED.search(item) for item in said)):
        first = AS_ABOVE
    filed = "Lưu: VT, Hồ sơ" if kind.signing is Signing.MINUTES else "Lưu: VT"
    return replace(filled, recipients=tuple(filter(None, (first, filed))))


_ASKED = re.compile(r"\bkính (?:gửi|mời)\b", re.IGNORECASE)
"""Words of the body that «Như trên» can refer to."""


def signed_for(draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands above the signature, and above that of a second party: as written, else as the form prints it."""
    kind = kind_or_letter(draft.kind)
    if kind.signing is Signing.MINUTES:
        return draft.authority or (phrases.CHAIR,), draft.counterpart
    if kind.signing is Signing.PARTIES or draft.counterpart or draft.countersigner:
        own, other = phrases.PARTIES
        return draft.authority or (own,), draft.counterpart or (other,)
    return draft.authority, draft.counterpart


def text_of(draft: Draft) -> str:
    """The draft as plain text, components in the order of Điều 8, khoản 2; then «Nơi nhận», appendices and stamp.

    Empty ones are left out.
    """
    kind = kind_or_letter(draft.kind)
    about = f"{phrases.ABOUT} {draft.subject}" if draft.subject and not kind.has_title else ""
    title = [kind.title, draft.subject] if kind.has_title else []
    if kind.signing is Signing.MINUTES:
        signature = [phrases.SECRETARY, draft.secretary, *signed_for(draft)[0], draft.signer]
    else:
        signature = [*draft.authority, draft.signer, *draft.counterpart, draft.countersigner]
    recipients = [phrases.RECIPIENTS, *list_lines(draft.recipients)] if draft.recipients else []
    groups = (
        [phrases.NATION, phrases.MOTTO],
        [draft.superior, draft.issuer],
        [phrases.number_line(draft), about],
        [phrases.date_line(draft) if kind.has_place_date else ""],
        title,
        address_lines(draft),
        _body_lines(draft.body),
        signature,
        recipients,
        *([*appendix_head(draft, n), *_body_lines(one.body)] for n, one in enumerate(draft.appendices, 1)),
        _copy_lines(draft.copy) if draft.copy else [],
    )
    return "\n\n".join("\n".join(filter(None, group)) for group in groups if any(group))


def appendix_head(draft: Draft, number: int) -> list[str]:
    """The lines above an appendix, counted from 1 (mẫu 2.1): «Phụ lục II», its title, «(Kèm theo …)»."""
    name = kind_or_letter(draft.kind).name
    title = re.sub(r"\s+", " ", draft.appendices[number - 1].title).strip().upper()
    attached = phrases.attached_line(draft, name, issuer_in_words(draft))
    return list(filter(None, (phrases.appendix_line(number, len(draft.appendices)), title, attached)))


def issuer_in_words(draft: Draft) -> str:
    """The issuing body as a sentence names it: as the body of the document itself does, else by the words of its name.

    «SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG» is «Sở Nông nghiệp và Môi trường» (Phụ lục II, mục V).
    """
    name = " ".join(draft.issuer.split())
    if not name:
        return ""
    pattern = re.compile(re.escape(normalise_tone(name)), re.IGNORECASE)
    for item in draft.body:
        if isinstance(item, str) and (spoken := pattern.search(normalise_tone(item))) and not spoken[0].isupper():
            return spoken[0][0].upper() + spoken[0][1:]
    words: list[str] = []
    capital, named = True, False
    for n, word in enumerate(name.lower().split()):
        words.append(word.capitalize() if capital or (named and word not in _UNITS) else word)
        named = word in _UNITS or word.isdigit() or (named and word != "và")
        capital = word in _NAMED_BY_FIELD or word == "và" or (word == "ban" and n == 0)
    return " ".join(words)


_UNITS = frozenset({"tỉnh", "phố", "xã", "phường", "khu", "thôn"})  # what follows is a place's own name
_NAMED_BY_FIELD = frozenset({"sở", "bộ", "phòng", "cục", "tâm", "trường", "viện"})


def _copy_lines(copy: CertifiedCopy) -> list[str]:
    sign, dated = phrases.number_line(copy), phrases.date_line(copy)
    recipients = [phrases.RECIPIENTS, *list_lines(copy.recipients)] if copy.recipients else []
    return [copy.issuer, copy.form, sign, dated, *recipients, *copy.authority, copy.signer]


def address_lines(draft: Draft) -> list[str]:
    """Box 9a as lines: one addressee beside «Kính gửi:», several below it with dashes; «… điện:» in a công điện."""
    if not draft.addressees:
        return []
    if kind_or_letter(draft.kind).addressee is Addressee.WIRE:
        return [phrases.wire_line(draft), *list_lines(draft.addressees)]
    if len(draft.addressees) == 1:
        return [f"{phrases.ADDRESSED} {draft.addressees[0].rstrip(' ;.')}"]
    return [phrases.ADDRESSED, *list_lines(draft.addressees)]


def list_lines(items: Sequence[str]) -> list[str]:
    """Items as the decree lists them: a dash before, a semicolon after, a full stop after the last."""
    bare = [item.strip(" ;.") for item in items]
    return [f"- {item}{'.' if n == len(bare) else ';'}" for n, item in enumerate(bare, 1)]


def _bodies(lines: Sequence[str]) -> tuple[str, str]:
    """Box 2 as (superior, issuer)."""
    names = [" ".join(group) for group in grouped(lines, str)]
    return " ".join(names[:-1]), names[-1] if names else ""


def _sign(line: str) -> str:
    value = re.sub(r"^s[ốo]\s*[:.;]?\s*", "", line, flags=re.IGNORECASE)
    number, slash, group = value.partition("/")
    number = HOLE.sub("", number).strip()
    return f"{number}/{group.strip()}" if slash else number


def _place_and_date(line: str) -> tuple[str, str]:
    match = re.search(r",?\s*(ngày\b.*|\d{1,2}\s*[/.-].*)$", line, re.IGNORECASE)
    if not match:
        return line, ""
    dated = re.sub(r"\s+", " ", HOLE.sub("", match.group(1))).strip(" .")
    return line[: match.start()].strip(" ,"), dated if re.search(r"\d", dated) else ""


def _subject(line: str, kind: Kind) -> str:
    opening = re.match(r"(?:v/v|trích yếu)\b\s*[:.]?\s*" if kind.has_title else ABOUT.pattern, line, re.IGNORECASE)
    if not opening:
        return line.rstrip(" .")
    rest = line[opening.end() :].rstrip(" .")
    return f"Về việc {rest}" if kind.has_title and line[:3].lower() == "v/v" else rest


def _items(lines: Sequence[str]) -> tuple[str, ...]:
    items = (item for line in lines for item in re.split(r";\s+(?=[-–—•·+*]\s|như |lưu\b)", line, flags=re.IGNORECASE))
    return tuple(filter(None, (_undashed(item).strip(" ;.") for item in items)))


def _undashed(item: str) -> str:
    """The item without the dash before it; one inside stays: «Phòng Văn hóa - Xã hội»."""
    dash = DASH.match(item.strip())
    return item.strip()[dash.end() :] if dash else item


def _paragraph(text: str) -> str:
    return re.sub(r"^[•·*+]\s+", "- ", re.sub(r"[ \t\u00a0]+", " ", text))


def _table(text: str) -> Table:
    rows = (tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in text.split("\n"))
    return Table(tuple(tuple(re.sub(r"\*\*|<br\s*/?>", " ", cell).strip() for cell in row) for row in rows))


def _body_lines(body: Sequence[str | Table]) -> list[str]:
    """Paragraphs as they are, tables as rows of «| cell | cell |», a blank line between two tables."""
    lines: list[str] = []
    above: str | Table = ""
    for item in body:
        if isinstance(item, str):
            lines.append(item)
        else:
            cells = ((" ".join(cell.replace("|", "/").split()) for cell in row) for row in item.rows)
            rows = "\n".join(f"| {' | '.join(row)} |" for row in cells)
            lines.append(f"\n{rows}" if isinstance(above, Table) else rows)
        above = item
    return lines
