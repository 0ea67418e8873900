"""Who does what by when: việc – chủ trì – phối hợp – sản phẩm – thời hạn.

Two sources: rows of a table whose head names those columns, and sentences in the wordings of the decree's own forms
(«Giao X chủ trì, phối hợp với Y …», «X có trách nhiệm …», «Đề nghị X …»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.extraction import orders
from service.extraction.tables import rows
from service.quantities import quantities
from service.records import Assignment, Block
from service.text import fold, sentences

_COLUMNS: tuple[tuple[str, str], ...] = (
    ("task", r"\b(?:noi dung|nhiem vu|cong viec|viec|hoat dong|dau viec)\b"),
    ("lead", r"\b(?:chu tri|thuc hien|phu trach|trach nhiem|don vi(?! tinh)|nguoi|bo phan|co quan)\b"),
    ("support", r"\bphoi hop\b"),
    ("product", r"\b(?:san pham|ket qua)\b"),
    ("deadline", r"\b(?:thoi han|thoi gian|han|hoan thanh|ngay(?! cong))\b"),
)
_TAIL = 240
"""Letters at the end of a paragraph in which it names those it leads to."""
_TITLE = 100
"""Letters of a heading at most."""
_KINDS = 3
"""Of so many kinds of body («cơ quan, tổ chức, cá nhân») a heading leads to lines that each name their own."""

_WITH = re.compile(
    rf"phối hợp (?:với )?(?!(?:{orders.VERBS})\b)(?P<support>(?:(?!\s+(?:{orders.VERBS})\b)[^.;:]){{3,160}}?)"
    rf"(?=\s+(?:{orders.VERBS})\b|[.;:]|$)"
)
_LEADING = re.compile(rf"^(?!chịu trách nhiệm trước\b){orders.TAKING}[,:]?\s*")
_CUE = (
    r"(?:hoàn thành |xong |thời hạn[: ]+|hạn[: ]+)?(?:trước|chậm nhất(?: là)?|muộn nhất(?: là)?|đến hết|xong"
    r"|trong(?= (?:vòng |thời gian |thời hạn )?(?:\d|ngày|tuần|tháng|quý|năm))|hạn(?: cuối)?(?: là)?|từ)\s"
)
_DEADLINE = re.compile(rf"(?:,\s*|\s+|^)(?P<all>{_CUE}[^;.]*?)(?=\s+(?:để|nhằm)\b|[;.]|$)", re.IGNORECASE)
_DUE = re.compile(r"\b(?:trước|chậm nhất|muộn nhất|xong|hạn)\W*(?:[\w:]+\W+){0,4}$", re.IGNORECASE)
_SPAN = re.compile(r"\d+\s+(?:ngày|giờ|tuần|tháng)|hằng|hàng|ngay")
_PAPERS = (
    "báo cáo|kế hoạch|danh sách|đề án|dự thảo|tờ trình|quyết định|phương án|biên bản|hướng dẫn|bảng|hồ sơ|dự toán"
    "|thông báo|quy chế|văn bản|kết quả"
)
_PRODUCT = re.compile(
    r"\b(?:lập|xây dựng|ban hành|gửi|trình|nộp|soạn|dự thảo)\s+"
    rf"(?P<product>(?:{_PAPERS})(?:\s+(?!trước|chậm|về|đến|trong|cho|để|gửi|trình|hoàn)\w+){{0,8}})",
    re.IGNORECASE,
)


def assignments(blocks: Sequence[Block]) -> tuple[Assignment, ...]:
    """Every task that is given to somebody, in the order of the text; what a document leaves out stays empty."""
    found = [*_of_tables(blocks), *_of_sentences(blocks)]
    return tuple(sorted(found, key=lambda one: one.block))


def is_order(sentence: str) -> bool:
    """True for a sentence that by itself gives somebody a task."""
    return bool(assignments([Block(sentence, "")]))


def _of_tables(blocks: Sequence[Block]) -> Iterator[Assignment]:
    for row in rows(blocks):
        columns = _columns(row.head)
        if "task" in columns and columns.keys() & {"lead", "deadline"} and len(row.cells) > max(columns.values()):
            given = {key: row.cells[at] for key, at in columns.items()}
            if given["task"] and not given["task"].isdecimal() and (given.get("lead") or given.get("deadline")):
                yield Assignment(block=row.block, **given)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    head = dict[str, int]()
    for at, cell in enumerate(cells):
        plain = fold(cell)
        for key, pattern in (_COLUMNS[2], *_COLUMNS[:2], *_COLUMNS[3:]):
            if key not in head and re.search(pattern, plain):
                head[key] = at
                break
    return head


def _of_sentences(blocks: Sequence[Block]) -> Iterator[Assignment]:
    """Lines give orders below one that leads to them, as far as the lines are numbered deeper than that one."""
    lists = list[tuple[int, str]]()  # how deep each leading line is, and whom it names
    for n, block in enumerate(blocks):
        text = " ".join(block.text.split())
        if block.kind in ("row", "header", "footer") or not text:
            lists = []
            continue
        level = orders.LEVELS.match(text)
        depth = orders.DEPTH.index(level.lastgroup or "" if level else "")
        lists = [one for one in lists if level and one[0] < depth]
        lead = _led(text)
        if lead is None:
            yield from _of_line(n, text, lists)
        else:
            lists.append((depth, lead))


def _led(text: str) -> str | None:
    """Whom the lines below are for, when this one leads to them: «Phòng Kinh tế:» on a line of its own, «… yêu cầu:».
    Empty when each of them names somebody."""
    if text.endswith((".", ";", "/")):
        return None
    if len(text) <= _TITLE and (alone := orders.ALONE.fullmatch(text)):
        return alone["lead"].strip()
    if charged := orders.CHARGED.fullmatch(text):
        return charged["lead"].strip()
    if duties := orders.DUTIES.fullmatch(text):
        lead = duties["lead"].strip()
        return "" if lead[0].islower() and len(orders.AND.split(lead)) >= _KINDS else lead
    if text.endswith(":"):
        if led := orders.LEAD_IN.search(text[-_TAIL:]):
            return led["lead"].strip()
        if orders.ORDERS.search(text[-_TAIL:]):
            return ""
    return "" if len(text) <= _TITLE and orders.SECTION.fullmatch(text) else None


def _of_line(n: int, text: str, lists: Sequence[tuple[int, str]]) -> Iterator[Assignment]:
    """The tasks of a line. A part of it that names nobody goes on with the body before it: as a task of its own when it
    begins as one or has a deadline, else as more words on the task before."""
    lead = lists[-1][1] if lists else ""
    label = orders.LABEL.match(text)
    text = text[label.end() :] if label else text
    listed = bool(lists or label)
    given = list[tuple[str, str]]()
    taken = False
    for start, end in sentences(text):
        part = text[start:end]
        joined = text[:start].rstrip().endswith(";")
        more = (taken if joined else listed) and (orders.GOES_ON.match(part) or _is_due(part))
        if named := _named(part, listed=listed):
            lead = named[0]
            given.append(named)
        elif lead and (more or (start == 0 and not text.endswith(":"))):
            given.append((lead, re.sub(orders.BULLET, "", part)))
        elif taken and joined:
            given[-1] = given[-1][0], f"{given[-1][1]} {part}"
        else:
            taken = False
            continue
        taken = True
    yield from (_assignment(n, body, task) for body, task in given)


def _named(part: str, *, listed: bool) -> tuple[str, str] | None:
    """The body that a part names, and what it is to do; ``listed`` where orders are expected."""
    match = orders.GIVEN.match(part) or orders.OWN.match(part) or orders.NAMED.match(part)
    if match and match.re is orders.GIVEN and part[0].islower() and not listed:
        return None  # «… đã rà soát; giao Trung tâm …»: a report
    if match is None and (does := orders.DOES.match(part)) and (listed or _is_due(does["rest"])):
        match = does
    if match is None or orders.COURTESY.match(match["rest"]) or not _LEADING.sub("", match["rest"]).strip(" ,.;/"):
        return None
    return match["lead"], match["rest"]


def _is_due(text: str) -> bool:
    """True for «… trước ngày 15 tháng 12 năm 2026»."""
    return any(one.kind == "date" and _DUE.search(text[: one.start]) for one in quantities(text))


def _assignment(block: int, lead: str, rest: str) -> Assignment:
    task = _LEADING.sub("", rest.strip())
    support = ""
    if found := _WITH.search(task):
        support = found["support"].strip(" ,")
        before, after = task[: found.start()].strip(" ,"), task[found.end() :].strip(" ,")
        task = " ".join(filter(None, (before, after))) or task
    deadline = ""
    for one in _DEADLINE.finditer(task):
        if any(q.kind in ("date", "time") for q in quantities(one["all"])) or _SPAN.search(one["all"]):
            deadline = one["all"].strip(" ,.;/")
            break
    product = next((one for one in _PRODUCT.finditer(task) if not orders.HELPED.search(task[: one.start()])), None)
    return Assignment(
        block=block,
        task=task.strip(" ,.;/"),
        lead=lead.strip(" ,:"),
        support=support,
        product=product["product"].strip() if product else "",
        deadline=deadline,
    )
