"""Type and place of every component on paper: the deviations from the type table of Phụ lục I, phần I, mục V."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from service.nd30 import layout as measures
from service.nd30.body import APPENDIX, is_caps
from service.nd30.deviations import Deviation, Sheet, spread
from service.nd30.kinds import Signing
from service.nd30.layout import LOOKS, SET_A, SET_B, Align, Look
from service.nd30.parts import Found, Part
from service.records import Level, Line
from service.text import fold

_SOLID = frozenset({"single", "thick", "double"})
_SHARE = 0.1  # of the paragraphs: ND30-58 to 61 speak of the body as a whole, not of a single line
_OUTLIERS = 0.05  # of the letters of the body (ND30-12)
_INDENTS = (10.0, 12.7)  # mm, khoản 6, điểm e
_NEAR = 0.3  # mm and points: what rounding leaves
_MOST_LINES = 1.5
_PLAIN_HEIGHT = 1.15  # a single line of Times New Roman in units of its size
_ALIGN_WORDS = {"left": "căn trái", "right": "căn phải", "center": "căn giữa", "both": "căn đều hai bên"}
_BLACK = frozenset({"", "000000", "AUTO"})

_COMPONENTS: tuple[tuple[Part, str, str, bool], ...] = (  # part, look, rule, whether the rule asks for an alignment
    (Part.NATION, "nation", "ND30-14", False),
    (Part.MOTTO, "motto", "ND30-16", True),
    (Part.SIGN, "sign", "ND30-32", True),
    (Part.PLACE_DATE, "place_date", "ND30-38", False),
    (Part.TITLE, "title", "ND30-41", True),
    (Part.SUBJECT, "subject", "ND30-42", True),
    (Part.ABOUT, "about", "ND30-44", True),
    (Part.ADDRESSED, "addressed", "ND30-46", False),
    (Part.ADDRESSEE, "addressee", "ND30-47", False),
    (Part.AUTHORITY, "authority", "ND30-68", True),
    (Part.SECRETARY_TITLE, "authority", "ND30-68", True),
    (Part.SIGNER, "signer", "ND30-68", True),
    (Part.SECRETARY, "signer", "ND30-68", True),
    (Part.COUNTERPART, "authority", "ND30-68", True),
    (Part.COUNTERSIGNER, "signer", "ND30-68", True),
    (Part.RECIPIENTS, "recipients", "ND30-72", True),
    (Part.RECIPIENT, "recipient", "ND30-73", False),
)
_IN_COLUMNS = frozenset(
    {
        Part.MOTTO,
        Part.ISSUER,
        Part.SIGN,
        Part.ABOUT,
        Part.AUTHORITY,
        Part.SIGNER,
        Part.SECRETARY_TITLE,
        Part.SECRETARY,
        Part.COUNTERPART,
        Part.COUNTERSIGNER,
    }
)
_MILD = frozenset({"ND30-46", "ND30-47"})  # the decree gives a size for these, and no rule of its own
_MILD_ALIGN = frozenset({"ND30-32", "ND30-72"})


def deviations(sheet: Sheet) -> Iterator[Deviation]:
    """Everything that is set otherwise than the decree asks, component by component from the top of the page."""
    for part, name, rule, aligned in _COMPONENTS:
        for found in sheet.outline.all(part):
            yield from _component(sheet, found, LOOKS[name], name, rule, aligned)
    superior, issuer = sheet.issuers
    for items, name, rule in ((superior, "superior", "ND30-20"), (issuer, "issuer", "ND30-18")):
        for found in items:
            yield from _component(sheet, found, LOOKS[name], name, rule, aligned=name == "issuer")
    yield from _sets(sheet)
    yield from _rules(sheet)
    yield from _side_by_side(sheet)
    yield from _dashes(sheet)
    yield from _about_gap(sheet)
    yield from _marks(sheet)
    yield from _grounds(sheet)
    yield from _body_size(sheet)
    yield from _body_shape(sheet)
    yield from _appendices(sheet)
    yield from _stamp(sheet)


# ── one component ───────────────────────────────────────────────────────────────────────────────


def _component(sheet: Sheet, found: Found, look: Look, name: str, rule: str, aligned: bool) -> Iterator[Deviation]:
    part = found.part.value
    mild = Level.ACTIONABLE if rule in _MILD else None
    for deviation in _type(sheet, found.start, found.end, part, rule, look, _own_size(sheet, name)):
        yield deviation if mild is None else _at_level(deviation, mild)
    if found.part is Part.ISSUER and not is_caps(found.text):
        said = "chưa viết in hoa"
        at = sheet.lines(found)[0].anchor
        upper = found.text.upper()
        yield Deviation(rule, part, "caps", at, said, found.text, upper, None, found.start, found.end)
    wanted = look.align.value
    for line in sheet.lines(found) if aligned else ():
        if found.part in _IN_COLUMNS and line.place is None:
            continue  # a head or foot typed with tabs and indents: its columns are no matter of alignment
        if line.align != wanted and sheet.alone(line) and not (wanted == "left" and line.align == "both"):
            yield Deviation(
                rule,
                part,
                "align",
                line.anchor,
                f"đang {_ALIGN_WORDS.get(line.align, 'lệch')}",
                _ALIGN_WORDS.get(line.align, line.align),
                _ALIGN_WORDS[wanted],
                wanted,
                found.start,
                found.end,
                Level.ACTIONABLE if rule in _MILD_ALIGN else mild,
            )


def _at_level(deviation: Deviation, level: Level) -> Deviation:
    return replace(deviation, level=level)


def _own_size(sheet: Sheet, name: str) -> float | None:
    """The size that goes with the quốc hiệu of this document: sizes rise and fall together (ND30-11)."""
    if name not in ("motto", "place_date"):
        return None
    nation = sheet.outline.first(Part.NATION)
    sizes = {run.size for run, _, _ in sheet.runs(nation.start, nation.end)} if nation else set()
    return (SET_B if sizes == {SET_B["nation"]} else SET_A)[name]


def _type(
    sheet: Sheet, start: int, end: int, part: str, rule: str, look: Look, own_size: float | None = None
) -> Iterator[Deviation]:
    """Size, weight and slope of a stretch of text."""
    allowed = size_words(look.low, look.high)
    for line in sheet.over(start, end):
        for run, first, last in sheet.runs(max(start, line.start), min(end, line.end)):
            if not look.low - 0.1 <= run.size <= look.high + 0.1:
                wanted = own_size or min(max(run.size, look.low), look.high)
                said, seen = f"cỡ chữ {_figure(run.size)}, cần {allowed}", f"cỡ chữ {_figure(run.size)}"
                yield Deviation(rule, part, "size", line.anchor, said, seen, f"cỡ chữ {allowed}", wanted, first, last)
            for what, have, want, words in (
                ("bold", run.bold, look.bold, "in đậm"),
                ("italic", run.italic, look.italic, "in nghiêng"),
            ):
                if have != want:
                    said = f"chưa {words}" if want else f"đang {words}"
                    plain = "chữ đứng" if what == "italic" else "không in đậm"
                    yield Deviation(
                        rule, part, what, line.anchor, said, plain if want else words, words if want else plain, want,
                        first, last,
                    )  # fmt: skip


def size_words(low: float, high: float) -> str:
    """A range of sizes as people say it."""
    return _figure(low) if low == high else f"{_figure(low)}–{_figure(high)}"


def _figure(value: float) -> str:
    return f"{value:g}".replace(".", ",")


# ── head and foot ───────────────────────────────────────────────────────────────────────────────


def _size(sheet: Sheet, part: Part) -> tuple[Found, float] | None:
    found = sheet.outline.first(part)
    sizes = {run.size for run, _, _ in sheet.runs(found.start, found.end)} if found else set()
    return (found, sizes.pop()) if found and len(sizes) == 1 else None


def _sets(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-11: with a quốc hiệu of 13 pt go a tiêu ngữ and a date line of 14, with 12 go 13."""
    nation = _size(sheet, Part.NATION)
    if nation is None or nation[1] not in (SET_A["nation"], SET_B["nation"]):
        return
    sizes = SET_A if nation[1] == SET_A["nation"] else SET_B
    for part in (Part.MOTTO, Part.PLACE_DATE):
        other = _size(sheet, part)
        look = LOOKS[part.value]
        if other and look.low <= other[1] <= look.high and other[1] != sizes[part.value]:
            found, size = other
            for line in sheet.lines(found):
                yield Deviation(
                    "ND30-11", part.value, "size", line.anchor,
                    f"cỡ chữ {_figure(size)} chưa đi cùng Quốc hiệu cỡ {_figure(nation[1])}", f"cỡ chữ {_figure(size)}",
                    f"cỡ chữ {_figure(sizes[part.value])}", sizes[part.value],
                    max(found.start, line.start), min(found.end, line.end),
                )  # fmt: skip


def _rules(sheet: Sheet) -> Iterator[Deviation]:
    """The drawn lines of ND30-17, 22 and 43; a line anchored beside its component counts for it."""
    issuer = sheet.issuers[1]
    for rule, part, items, beside in (
        ("ND30-17", Part.MOTTO, sheet.outline.all(Part.MOTTO)[:1], (Part.NATION, Part.PLACE_DATE)),
        ("ND30-22", Part.ISSUER, issuer[-1:], (Part.ISSUER, Part.SIGN)),
        ("ND30-43", Part.SUBJECT, sheet.outline.all(Part.SUBJECT)[-1:], (Part.TITLE,)),
    ):
        for found in items:
            here = sheet.lines(found)[-1:]
            near = [line for other in sheet.outline.all(*beside) for line in sheet.lines(other)]
            drawn = [line.below for line in (*here, *near) if line.below]
            if not here or any(style in _SOLID for style in drawn):
                continue
            said = "đường kẻ bên dưới chưa phải nét liền" if drawn else "chưa có đường kẻ bên dưới"
            if not drawn and any(run.underline for run, _, _ in sheet.runs(found.start, found.end)):
                said = "đang gạch chân thay cho đường kẻ bên dưới"
            yield Deviation(
                rule, part.value, "rule", here[0].anchor, said, said, "đường kẻ nét liền bên dưới", None, found.start,
                found.end,
            )  # fmt: skip


def _side_by_side(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-39, number beside the date, and ND30-76, «Nơi nhận» beside the signature."""
    pairs = [("ND30-39", Part.SIGN, Part.PLACE_DATE, "số, ký hiệu")]
    if sheet.kind.signing is Signing.ONE and not sheet.outline.has(Part.COUNTERPART):
        pairs.append(("ND30-76", Part.RECIPIENTS, Part.AUTHORITY, "quyền hạn, chức vụ người ký"))
    for rule, one, other, words in pairs:
        left, right = sheet.outline.first(one), sheet.outline.first(other)
        lines = [sheet.lines(found)[:1] for found in (left, right) if found]
        if left is None or right is None or len(lines) < 2 or not all(lines):
            continue
        (here,), (there,) = lines
        if here.anchor == there.anchor or here.boxed or there.boxed:
            continue
        if here.place and there.place and here.place.table == there.place.table and here.place.row == there.place.row:
            continue
        part, found = (other, right) if rule == "ND30-39" else (one, left)
        yield Deviation(
            rule, part.value, "row", here.anchor, f"chưa ngang hàng với {words}", "khác hàng",
            f"ngang hàng với {words}", None, found.start, found.end,
        )  # fmt: skip


def _dashes(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-48: the dashes of several addressees stand one under the other, not at the margin."""
    items = sheet.outline.all(Part.ADDRESSEE)
    lines = [line for item in items for line in sheet.lines(item)[:1]]
    if len(lines) < 2 or any(line.align == "center" for line in lines):
        return
    starts = [line.left + line.first for line in lines]
    for line, item, start in zip(lines, items, starts, strict=False):
        if abs(start - starts[0]) > _NEAR or start < 1:
            said = "gạch đầu dòng chưa thẳng hàng dưới dấu hai chấm"
            yield Deviation(
                "ND30-48", Part.ADDRESSEE.value, "dash", line.anchor, said, f"thụt {_figure(round(start, 1))} mm",
                "thẳng hàng dưới dấu hai chấm", None, item.start, item.end,
            )  # fmt: skip


def _about_gap(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-44: 6 pt between the number and «V/v»."""
    about, sign = sheet.outline.first(Part.ABOUT), sheet.outline.first(Part.SIGN)
    if about is None or sign is None:
        return
    below, above = sheet.lines(about)[:1], sheet.lines(sign)[-1:]
    if below and above and below[0].anchor != above[0].anchor and below[0].place == above[0].place:
        between = [line for line in sheet.layout.lines if above[0].start < line.start < below[0].start]
        gap = max(below[0].before, above[0].after)
        if not between and gap < measures.GAP_POINTS - _NEAR:
            yield Deviation(
                "ND30-44", Part.ABOUT.value, "before", below[0].anchor, f"cách dòng số {_figure(gap)} pt, cần 6 pt",
                f"{_figure(gap)} pt", "6 pt", measures.GAP_POINTS, about.start, about.end, Level.ACTIONABLE,
            )  # fmt: skip


def _marks(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-77 and 79: how a mark of urgency or circulation is set."""
    for found in sheet.outline.all(Part.MARK):
        words = fold(found.text)
        rule = "ND30-77" if "khan" in words or "toc" in words else "ND30-79"
        if "mat" in words.split() or words == "du thao":
            continue
        for deviation in _type(
            sheet, found.start, found.end, Part.MARK.value, rule, Look("", 13, 14, 13, bold=True, caps=True)
        ):
            yield _at_level(deviation, Level.ACTIONABLE)


# ── body ────────────────────────────────────────────────────────────────────────────────────────


def _grounds(sheet: Sheet) -> Iterator[Deviation]:
    for found, _, paragraph in sheet.body:
        if paragraph.look == "ground":
            for deviation in _type(sheet, found.start, found.end, found.part.value, "ND30-49", LOOKS["ground"]):
                if deviation.what != "size":  # sizes of the body are ND30-12's
                    yield deviation


def _body_size(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-12: 13 or 14 pt, the same throughout; tables may be set smaller."""
    look = LOOKS["text"]
    used = {run.size for _, line, _ in sheet.body for run in line.runs}
    if len(used) == 1 and look.low <= min(used) <= look.high:
        return  # the usual case, and by far the quickest to see
    runs = [(run, start, end) for found, _, _ in sheet.body for run, start, end in sheet.runs(found.start, found.end)]
    if not runs:
        return
    sizes: dict[float, int] = {}
    for run, start, end in runs:
        sizes[run.size] = sizes.get(run.size, 0) + end - start
    main = max(sizes, key=lambda size: sizes[size])
    fits = look.low <= main <= look.high
    wanted = main if fits else min(max(main, look.low), look.high)
    allowed = size_words(look.low, look.high)
    others = [(run, start, end) for run, start, end in runs if run.size != main]
    if fits and spread(others) <= _OUTLIERS * spread(runs):
        return
    for run, start, end in others if fits else runs:
        if run.size == wanted:
            continue
        in_range = look.low <= run.size <= look.high
        said = (
            f"có đoạn cỡ chữ {_figure(run.size)}, phần lớn là {_figure(main)}"
            if fits
            else f"cỡ chữ {_figure(run.size)}, cần {allowed}"
        )
        anchor = sheet.over(start, end)[0].anchor
        expected = f"cỡ chữ {_figure(main) if fits else allowed}"
        yield Deviation(
            "ND30-12", Part.BODY.value, "size", anchor, said, f"cỡ chữ {_figure(run.size)}", expected, wanted, start,
            end, Level.ACTIONABLE if fits or in_range else None,
        )  # fmt: skip


_SHAPED = frozenset({"text", "article", "clause", "point", "ground"})


def _body_shape(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-58 to 61, each told when more than a tenth of the paragraphs are set otherwise."""
    shaped = [(found, line) for found, line, paragraph in sheet.body if paragraph.look in _SHAPED]
    for rule in (_justified, _indented, _spaced, _line_height):
        wrong = list(rule(sheet, shaped))
        if len({deviation.at for deviation in wrong}) > _SHARE * len(shaped):
            yield from wrong


def _told(
    rule: str, what: str, found: Found, line: Line, said: str, seen: str, expected: str, wanted: object
) -> Deviation:
    return Deviation(rule, Part.BODY.value, what, line.anchor, said, seen, expected, wanted, found.start, found.end)


def _justified(sheet: Sheet, shaped: Iterable[tuple[Found, Line]]) -> Iterator[Deviation]:
    for found, line in shaped:
        if line.align != "both":
            words = _ALIGN_WORDS.get(line.align, line.align)
            said = f"đang {words}, chưa căn đều hai bên"
            yield _told("ND30-58", "align", found, line, said, words, "căn đều hai bên", Align.BOTH.value)


def _indented(sheet: Sheet, shaped: Iterable[tuple[Found, Line]]) -> Iterator[Deviation]:
    for found, line in shaped:
        start = line.left + line.first
        if all(abs(start - allowed) > _NEAR for allowed in _INDENTS):
            text = sheet.layout.text_of(line)
            typed = text[: len(text) - len(text.lstrip())].count("\t")  # a tab of half an inch does the same by hand
            if typed == 1 and abs(start) < _NEAR:
                continue
            seen = f"thụt {_figure(round(start / 10, 2))} cm"
            said = f"dòng đầu {seen}, cần 1 cm hoặc 1,27 cm"
            # A list of Word's own, or a paragraph moved in as a whole, is somebody's choice: told, not touched.
            safe = not line.label and not typed and abs(line.left) < _NEAR and line.first >= 0
            wanted = measures.INDENT_MM if safe else None
            yield _told("ND30-59", "first", found, line, said, seen, "thụt 1 cm hoặc 1,27 cm", wanted)


def _spaced(sheet: Sheet, shaped: Sequence[tuple[Found, Line]]) -> Iterator[Deviation]:
    lines = list(sheet.layout.lines)
    places = {line.anchor: n for n, line in enumerate(lines)}
    following = {line.anchor for _, line in shaped}
    for found, line in shaped:
        n = places[line.anchor] + 1
        if n >= len(lines) or lines[n].anchor not in following or lines[n].place != line.place:
            continue  # an empty paragraph, a heading or a table keeps a distance of its own
        gap = max(line.after, lines[n].before)
        if gap < measures.GAP_POINTS - _NEAR:
            said = f"các đoạn cách nhau {_figure(gap)} pt, cần ít nhất 6 pt"
            yield _told("ND30-60", "after", found, line, said, f"{_figure(gap)} pt", "từ 6 pt", measures.GAP_POINTS)


def _line_height(sheet: Sheet, shaped: Iterable[tuple[Found, Line]]) -> Iterator[Deviation]:
    for found, line in shaped:
        height = line.line
        if line.line_rule != "auto":
            size = max((run.size for run in line.runs), default=SET_A["text"]) * _PLAIN_HEIGHT
            height = line.line / size
            if line.line_rule == "atLeast":
                height = max(1.0, height)
        if not 1.0 / _PLAIN_HEIGHT - 0.01 <= height <= _MOST_LINES + 0.01 or (line.line_rule == "auto" and height < 1):
            seen = f"{_figure(round(height, 2))} dòng"
            wanted = 1.0 if height < 1 else _MOST_LINES
            said = f"giãn dòng {_figure(round(height, 2))}, cần từ 1 đến 1,5"
            yield _told("ND30-61", "line", found, line, said, seen, "từ 1 đến 1,5 dòng", wanted)


# ── appendices ──────────────────────────────────────────────────────────────────────────────────


def _appendices(sheet: Sheet) -> Iterator[Deviation]:
    """ND30-80 to 82 for «Phụ lục …», its title and its note «(Kèm theo …)»."""
    part = "appendix"
    heads = sheet.outline.all(Part.APPENDIX)
    for found, below in zip_longest(heads, heads[1:]):
        head = next(iter(sheet.lines(found)), None)
        if head is None:
            continue
        end = below.start if below else len(sheet.outline.text)
        titles, notes = (
            [item for item in sheet.outline.all(one) if found.start < item.start < end]
            for one in (Part.APPENDIX_TITLE, Part.APPENDIX_NOTE)
        )
        yield from _appendix_line(sheet, head, part, LOOKS["appendix"])
        number = (APPENDIX.fullmatch(found.text) or {"number": ""})["number"] or ""
        if len(heads) > 1 and not number.isupper():
            said = "chưa ghi số thứ tự bằng chữ số La Mã"
            yield Deviation(
                "ND30-80", part, "number", head.anchor, said, found.text, "Phụ lục I", None, head.start, head.end
            )
        for line in (line for item in titles for line in sheet.lines(item)):
            yield from _appendix_line(sheet, line, part, LOOKS["appendix_title"])
        if not notes:
            said = "chưa có dòng “(Kèm theo …)” dưới tên phụ lục"
            yield Deviation(
                "ND30-81", part, "note", head.anchor, said, found.text, "(Kèm theo …)", None, head.start, head.end
            )
        for line in (line for item in notes for line in sheet.lines(item)):
            yield from _type(sheet, line.start, line.end, part, "ND30-81", LOOKS["appendix_note"])
            yield from _centred(sheet, line, part, "ND30-81")
        section = sheet.layout.sections[min(head.section, len(sheet.layout.sections) - 1)]
        if section.numbers and section.number_start != 1:
            said = "số trang chưa đánh lại từ 1"
            yield Deviation(
                "ND30-82", part, "restart", head.anchor, said, "đánh tiếp", "đánh từ 1", None, head.start, head.end
            )


def _stamp(sheet: Sheet) -> Iterator[Deviation]:
    """Phụ lục I, phần II, mục II: the stamp of a copy is set as the same components of a document are; ND30-83."""
    if sheet.stamp is None:
        return
    for part, name, rule, aligned in _COMPONENTS:
        for found in sheet.stamp.outline.all(part):
            told = ("copied", "ND30-83", True) if part is Part.TITLE else (name, rule, aligned)
            yield from _component(sheet.stamp, found, LOOKS[told[0]], *told)
    for found in sheet.stamp.outline.all(Part.ISSUER):
        yield from _component(sheet.stamp, found, LOOKS["issuer"], "issuer", "ND30-18", aligned=True)


def _appendix_line(sheet: Sheet, line: Line, part: str, look: Look) -> Iterator[Deviation]:
    yield from _type(sheet, line.start, line.end, part, "ND30-80", look)
    yield from _centred(sheet, line, part, "ND30-80")
    if look.caps and not is_caps(sheet.layout.text_of(line)):
        words = sheet.layout.text_of(line).strip()
        said = "tên phụ lục chưa viết in hoa"
        yield Deviation("ND30-80", part, "caps", line.anchor, said, words, words.upper(), None, line.start, line.end)


def _centred(sheet: Sheet, line: Line, part: str, rule: str) -> Iterator[Deviation]:
    if line.align != "center":
        seen = _ALIGN_WORDS.get(line.align, line.align)
        yield Deviation(
            rule, part, "align", line.anchor, f"đang {seen}", seen, "căn giữa", "center", line.start, line.end
        )


# ── type of the whole document ──────────────────────────────────────────────────────────────────


def is_black(colour: str) -> bool:
    """True for Word's automatic colour and for black itself."""
    return colour in _BLACK
