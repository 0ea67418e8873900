"""Who does what by when: việc – chủ trì – phối hợp – sản phẩm – thời hạn.

Two sources: rows of a table whose head names those columns, and sentences in the wordings of the decree's own forms
(«Giao X chủ trì, phối hợp với Y …», «X có trách nhiệm …», «Đề nghị X …»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
LEAD_IN = 240
"""Letters at the end of a paragraph in which it names those it leads to."""

_GROUPS = "thôn|xã|phường|đơn vị|cơ quan|phòng|sở|ban|ngành|tổ|hội|đoàn thể|trường|doanh nghiệp|hộ|khu phố"
_BODY_NOUNS = (
    "Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Sở|Phòng|Ban|Bộ phận|Văn phòng|Trung tâm|Trạm|Trường|Công an|Chi cục"
    "|Cục|Hội|Đoàn|Đội|Tổ(?! chức)|Mặt trận|Ủy ban Mặt trận|Thanh tra|Kho bạc|Công ty|Bí thư|Chủ tịch|Phó Chủ tịch"
    "|Chánh Văn phòng|Trưởng phòng|Trưởng ban|[Tt]rưởng thôn|Thủ trưởng|Giám đốc|Kế toán|[Cc]ông chức|[Đđ]ồng chí"
    rf"|[Ôô]ng|[Bb]à|[Cc]ác (?:{_GROUPS})|Thôn|Ban quản lý"
)
_VERBS = (
    "chủ trì|phối hợp|tổ chức(?! chính| xã hội)|xây dựng|nghiên cứu|quan tâm"
    "|tham mưu|hướng dẫn|kiểm tra|rà soát|báo cáo|lập|thực hiện|bố trí|ban hành"
    "|triển khai|tuyên truyền|theo dõi|đôn đốc|tổng hợp|cung cấp|chịu trách nhiệm|có trách nhiệm|căn cứ|khẩn trương"
    "|tiếp tục|chủ động|hoàn thành|gửi|trình|đăng|tiếp nhận|giải quyết|cử|phân công|thông báo|niêm yết|cập nhật|mua"
    "|sửa|bảo đảm|đảm bảo|vận động|thẩm định|giám sát|tăng cường|nộp|chuẩn bị|công khai|mở|trực|quản lý|thu|chi"
    "|bàn giao|nghiệm thu|ký|quyết toán|cấp|đề xuất|tập huấn|khảo sát|thống kê|đo|lắp|vệ sinh|trồng|phát|dọn|bảo quản"
    "|kê khai|làm"
)
_UP_TO_VERB = rf"(?!\s+(?:{_VERBS})\b)[^.;:,\n()]"
_BODY = (
    rf"(?:{_BODY_NOUNS})(?:{_UP_TO_VERB}){{0,90}}"
    rf"(?:(?:, (?:{_BODY_NOUNS}|phường|đặc khu|thị trấn|ngành|đơn vị)|\s+và\s+)(?:{_UP_TO_VERB}){{0,60}}){{0,4}}"
)
_BULLET = r"^\s*(?:[-–+•]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVXLC]+[.)])?\s*(?:Điều\s+\d+\.\s*)?"
_GIVING = r"(?:Giao nhiệm vụ cho|Đồng ý giao|Giao|Yêu cầu|Đề nghị|Phân công)\s+(?:cho\s+)?"
_GIVEN = re.compile(rf"{_BULLET}{_GIVING}(?P<lead>{_BODY})[\s,:]*(?P<rest>.+)$")
_TAKING = r"(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phụ trách)\b"
_OWN = re.compile(rf"{_BULLET}(?P<lead>{_BODY})\s*[:,]?\s+(?P<rest>{_TAKING}.+)$")
_NAMED = re.compile(rf"{_BULLET}(?P<lead>{_BODY})\s*:\s*(?P<rest>(?:{_VERBS})\b.+)$", re.IGNORECASE)
_ASKING = r"(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công)\s+(?:cho\s+)?"
_LEAD_IN = re.compile(rf"\b{_ASKING}(?P<lead>{_BODY})[^:;.]{{0,60}}:$")
"""«… đề nghị Ủy ban nhân dân các xã thực hiện các nội dung sau:»: the numbered lines below are what is asked."""
_COURTESY = re.compile(r"quan tâm\b[^;.]{0,40}\bthực hiện", re.IGNORECASE)
"""How a letter closes; it gives no task."""
_WITH = re.compile(
    rf"phối hợp (?:với )?(?P<support>(?:(?!\s+(?:{_VERBS})\b)[^.;:]){{3,160}}?)(?=\s+(?:{_VERBS})\b|[.;:]|$)"
)
_LEADING = re.compile(rf"^{_TAKING}[,:]?\s*")
_CUE = (
    r"(?:hoàn thành |xong |thời hạn[: ]+|hạn[: ]+)?(?:trước|chậm nhất(?: là)?|muộn nhất(?: là)?|đến hết|trong|xong"
    r"|hạn(?: cuối)?(?: là)?|từ)\s"
)
_DEADLINE = re.compile(rf"(?:,\s*|\s+|^)(?P<all>{_CUE}[^;.]*)", re.IGNORECASE)
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


def _of_tables(blocks: Sequence[Block]) -> Iterator[Assignment]:
    head: dict[str, int] = {}
    table = ""
    for n, block in enumerate(blocks):
        if block.kind != "row":
            head, table = {}, ""
            continue
        cells = [" ".join(cell.split()) for cell in block.text.split("|")]
        name = block.anchor.rpartition("r")[0]
        if name != table:
            table, head = name, _columns(cells)
            continue
        if "task" in head and len(head.keys() & {"lead", "deadline"}) and len(cells) > max(head.values()):
            given = {key: cells[at] for key, at in head.items()}
            if given["task"] and not given["task"].isdecimal() and (given.get("lead") or given.get("deadline")):
                yield Assignment(block=n, **given)


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
    under = ""  # «Phòng Kinh tế:» on a line of its own gives the lines below it to whoever it names
    for n, block in enumerate(blocks):
        if block.kind in ("row", "header", "footer"):
            under = ""
            continue
        text = " ".join(block.text.split())
        alone = re.fullmatch(rf"{_BULLET}(?:Giao |Đề nghị |Yêu cầu |Trách nhiệm của )?(?P<lead>{_BODY})\s*:?", text)
        if alone and len(text.split()) <= 16 and not text.endswith((".", ";", "/")):
            under = alone["lead"].strip()
            continue
        if text.endswith(":") and (led := _LEAD_IN.search(text[-LEAD_IN:])):
            under = led["lead"].strip()
            continue
        if under and not re.match(r"\s*(?:[-–+•]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)])\s", text):
            under = ""
        for start, end in sentences(text):
            part = text[start:end]
            match = _GIVEN.match(part) or _OWN.match(part) or _NAMED.match(part)
            if match and not _COURTESY.match(match["rest"]):
                yield _assignment(n, match["lead"], match["rest"])
            elif under and not match and start == 0:
                yield _assignment(n, under, re.sub(_BULLET, "", part))


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
    product = _PRODUCT.search(task)
    return Assignment(
        block=block,
        task=task.strip(" ,.;/"),
        lead=lead.strip(" ,:"),
        support=support,
        product=product["product"].strip() if product else "",
        deadline=deadline,
    )
