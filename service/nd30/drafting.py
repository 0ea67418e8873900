"""Plain text ↔ Draft: any answer of a model can become a document, and any draft can be read as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.nd30 import phrases
from service.nd30.kinds import AS_ABOVE, AS_ARTICLE, BY_ID, Addressee, Kind, Signing, kind_or_letter
from service.nd30.outline import ABOUT, DASH, HOLE, Part, grouped, outline
from service.records import Draft, Table


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
        body=tuple(_table(item.text) if item.text.startswith("|") else _paragraph(item.text) for item in items),
        authority=texts(Part.AUTHORITY),
        signer=" ".join(texts(Part.SIGNER)[:1]),
        recipients=_items(texts(Part.RECIPIENT)),
        secretary=" ".join(texts(Part.SECRETARY)[:1]),
    )


def framed(draft: Draft, frame: Draft) -> Draft:
    """The draft with the parts that it leaves empty taken from ``frame``: head and foot belong to code, not to a model.

    Kind and body stay the draft's own. Without any «Nơi nhận» the items that Decree 30 prescribes are set.
    """
    kind = kind_or_letter(draft.kind)
    empty = (name for name in Draft.__dataclass_fields__ if name not in ("kind", "body") and not getattr(draft, name))
    filled = replace(draft, **{name: getattr(frame, name) for name in empty})
    if filled.recipients:
        return filled
    articles = sum(isinstance(item, str) and item.startswith("Điều ") for item in filled.body)
    first = f"{AS_ARTICLE} {articles}" if kind.first_recipient == AS_ARTICLE and articles else kind.first_recipient
    return replace(filled, recipients=tuple(filter(None, (first or AS_ABOVE, "Lưu: VT"))))


def text_of(draft: Draft) -> str:
    """The draft as plain text, components in the order of Điều 8, khoản 2; «Nơi nhận» last. Empty ones are left out."""
    kind = kind_or_letter(draft.kind)
    about = f"{phrases.ABOUT} {draft.subject}" if draft.subject and not kind.has_title else ""
    title = [kind.title, draft.subject] if kind.has_title else []
    if kind.signing is Signing.MINUTES:
        signature = [phrases.SECRETARY, draft.secretary, *(draft.authority or (phrases.CHAIR,)), draft.signer]
    else:
        signature = [*draft.authority, draft.signer]
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
    )
    return "\n\n".join("\n".join(filter(None, group)) for group in groups if any(group))


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
    items = (item for line in lines for item in re.split(r";\s+(?=[-–—•+*]\s|như |lưu\b)", line, flags=re.IGNORECASE))
    return tuple(filter(None, (DASH.sub("", item, count=1).strip(" ;.") for item in items)))


def _paragraph(text: str) -> str:
    return re.sub(r"^[•*+]\s+", "- ", re.sub(r"[ \t\u00a0]+", " ", text))


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
