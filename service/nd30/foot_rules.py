"""Plain text → findings on the foot of a document, and on the stamp of a copy: boxes 7 and 9b."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.nd30 import phrases
from service.nd30.body import is_caps
from service.nd30.findings import finding, is_listed, is_open
from service.nd30.head_rules import check_issuer, check_place_date, check_sign
from service.nd30.kinds import AS_ABOVE, AS_ARTICLE, Addressee, Kind, Signing
from service.nd30.parts import PART_NAMES, Found, Outline, Part
from service.nd30.pieces import FILED
from service.records import Finding, Level
from service.text import nfc

_POWER = re.compile(r"(?P<power>T/?M|K/?T|T/?L|T/?UQ|Q)\.?")
_SHORTENED = re.compile(r"^(T/?M|K/?T|T/?L|T/?UQ|Q)(?:[./]\s*|\s+)")
_DEPUTY = re.compile(r"PHÓ|THỨ TRƯỞNG", re.IGNORECASE)
_STAMP = (Part.ISSUER, Part.SIGN, Part.PLACE_DATE, Part.AUTHORITY, Part.SIGNER)  # what a copy has to have
_FILED = re.compile(r"-\s*Lưu\s*:\s*VT\b.*")
_CLERK = re.compile(r"\b(?:VT|Văn thư)\b", re.IGNORECASE)


def _short(power: re.Match[str]) -> str:
    """«T/M », «TM.» → «TM. »."""
    return f"{power[1].replace('/', '')}. "


def check_authority(found: Outline) -> Iterator[Finding]:
    """ND30-64 and 65."""
    lines = found.all(Part.AUTHORITY)
    wrong = [item for item in lines if not is_open(item.text) and not _well_written(item.text)]
    if wrong:
        short = _POWER.match(wrong[0].text)
        title = "Chữ viết tắt quyền hạn chưa đúng mẫu." if short else "Quyền hạn, chức vụ chưa viết in hoa."
        expected = "; ".join(_SHORTENED.sub(_short, item.text.upper()) for item in wrong)
        yield finding("ND30-64", title, Part.AUTHORITY, wrong, expected=expected)
        return
    for n, item in enumerate(lines):
        power = _POWER.match(item.text)
        below = lines[n + 1].text if n + 1 < len(lines) else ""
        # A PDF may give both lines as one: «KT. BỘ TRƯỞNG THỨ TRƯỞNG».
        if power and power["power"] == "KT" and not is_open(below) and not _DEPUTY.search(f"{item.text} {below}"):
            yield finding("ND30-65", "Dưới dòng “KT.” chưa có chức vụ của cấp phó.", Part.AUTHORITY, [item])
        elif power and power["power"] in ("TL", "TUQ") and not below:
            yield finding(
                "ND30-65", f"Dưới dòng “{power['power']}.” chưa có chức vụ của người ký.", Part.AUTHORITY, [item]
            )


def _well_written(line: str) -> bool:
    """Capitals throughout, and a power (khoản 7, điểm b) with its full stop and a space."""
    if not is_caps(line):
        return False
    first = line.split(maxsplit=1)[0]
    is_power = _POWER.fullmatch(first.strip("./")) or re.match(r"(TM|KT|TL|TUQ|Q)[./]", first)
    return first in phrases.POWERS or not is_power


def check_parties(found: Outline, kind: Kind | None) -> Iterator[Finding]:
    """ND30-84 where two parties sign by custom: a warning, for the decree itself has no form of a contract."""
    if kind is None or kind.signing is not Signing.PARTIES or not found.has(Part.AUTHORITY):
        return
    lacking = [part for part in (Part.COUNTERPART, Part.COUNTERSIGNER) if not found.has(part)]
    if lacking:
        names = "; ".join(PART_NAMES[part].lower() for part in lacking)
        title = f"{kind.name} mới có phần ký của một bên, còn thiếu: {names}."
        yield finding("ND30-84", title, lacking[0], found.all(Part.AUTHORITY)[:1], level=Level.ACTIONABLE)


def check_stamp(found: Outline, mode: str) -> Iterator[Finding]:
    """The stamp of a copy (Phụ lục I, phần II, mục II): ND30-83, and the rules of the components it shares."""
    stamp = found.copy
    if stamp is None:
        return
    form = stamp.all(Part.TITLE)[0]
    letters = phrases.COPIES.get(form.text)
    if letters is None:
        forms = " hoặc ".join(f"“{one}”" for one in phrases.COPIES)
        yield finding("ND30-83", "Hình thức sao chưa ghi đúng.", Part.TITLE, [form], expected=forms)
    lacking = [PART_NAMES[part].lower() for part in _STAMP if not stamp.has(part)]
    if lacking:
        yield finding("ND30-83", f"Bản sao còn thiếu: {'; '.join(lacking)}.", Part.TITLE, [form])
    yield from check_issuer(stamp)
    yield from check_sign(stamp, None, mode)
    sign = stamp.first(Part.SIGN)
    group = re.search(r"/\s*([^-\s]*)-", sign.text) if sign else None
    if sign and letters and (group is None or group[1] != letters):
        expected = f"Số: …/{letters}-…"
        yield finding("ND30-83", f"Ký hiệu bản sao chưa ghi “{letters}”.", Part.SIGN, [sign], expected=expected)
    yield from check_place_date(stamp, mode)
    yield from check_authority(stamp)
    yield from check_recipients(stamp, None)


def check_recipients(found: Outline, kind: Kind | None) -> Iterator[Finding]:
    head = found.first(Part.RECIPIENTS)
    items = found.all(Part.RECIPIENT)
    if head is not None:
        beside = items and "\n" not in found.text[head.end : items[0].start]
        if beside or not head.text.endswith(":"):
            title = "“Nơi nhận:” chưa đứng trên dòng riêng." if beside else "Sau “Nơi nhận” chưa có dấu hai chấm."
            yield finding("ND30-72", title, Part.RECIPIENTS, [head], expected=phrases.RECIPIENTS)
            if beside:
                return
    if not items:
        if head is not None:
            yield finding("ND30-74", "Nơi nhận chưa có dòng “- Lưu: VT, ….”.", Part.RECIPIENTS, [head])
        return
    last = items[-1]
    filed = FILED.match(last.text)
    listed = items[:-1] if filed else items
    wrong = [item for item in listed if not is_listed(item, ";") and not (item is last and is_listed(item, "."))]
    if wrong:
        title = "Nơi nhận chưa đúng gạch đầu dòng hoặc dấu cuối dòng."
        words = re.sub(r"^[^\w(]+|[\s.,;]+$", "", wrong[0].text)
        expected = f"- {words};"
        yield finding("ND30-73", title, Part.RECIPIENT, wrong, expected=expected)
    if not filed:
        expected = f"{last.text.rstrip(' .,;')}; - Lưu: VT, …."
        title = "Nơi nhận chưa có dòng “- Lưu: VT, ….”."
        yield finding("ND30-74", title, Part.RECIPIENT, [last], expected=expected)
    elif not _FILED.fullmatch(last.text):
        kept = _CLERK.sub("", re.sub(r"^\W*Lưu", "", last.text, flags=re.IGNORECASE))
        units = filter(None, (unit.strip(" :.-–") for unit in re.split("[,;]", kept)))
        expected = f"- Lưu: VT, {', '.join(units) or '…'}."
        yield finding("ND30-74", "Dòng “Lưu” chưa đúng mẫu.", Part.RECIPIENT, [last], expected=expected)
    elif not last.text.endswith("."):
        yield finding(
            "ND30-74",
            "Cuối dòng “Lưu” chưa có dấu chấm.",
            Part.RECIPIENT,
            [last],
            level=Level.ACTIONABLE,
            expected=f"{last.text.rstrip(';, ')}.",
        )
    yield from _first_recipient(found, kind, items[0])


def _first_recipient(found: Outline, kind: Kind | None, first: Found) -> Iterator[Finding]:
    if kind is None:
        return
    wanted = kind.first_recipient
    if kind.addressee is Addressee.UPWARD and found.has(Part.ADDRESSED):
        wanted = AS_ABOVE
    written = nfc(first.text).lstrip("-–—•·+* ")
    if wanted and not written.casefold().startswith(wanted.casefold()):
        expected = f"- {wanted} …;" if wanted == AS_ARTICLE else f"- {wanted};"
        yield finding(
            "ND30-75", f"Nơi nhận đầu tiên chưa ghi “{expected[2:-1]}”.", Part.RECIPIENT, [first], expected=expected
        )
