"""The words in which a task is given: bodies, verbs, and the lines that lead to others (the decree's own forms)."""

from __future__ import annotations

import re

_GROUPS = (
    "thôn|xã|phường|đơn vị|cơ quan|bộ(?! phận)|phòng|sở|ban|ngành|tổ|hội|đoàn thể|trường|doanh nghiệp|hộ|khu phố"
    "|địa phương|thành viên"
)
VERBS = (
    "chủ trì|phối hợp|tổ chức(?! chính| xã hội| liên quan)|xây dựng|nghiên cứu|quan tâm|nghiêm túc|kiên quyết"
    "|tuyệt đối|tham mưu|hướng dẫn|kiểm tra|rà soát|báo|báo cáo|lập|thực hiện|bố trí|ban hành|hỗ trợ|xem xét|cho|giúp"
    "|nhắc|triển khai|tuyên truyền|theo dõi|đôn đốc|tổng hợp|cung cấp|chịu trách nhiệm|có trách nhiệm|căn cứ"
    "|khẩn trương|tiếp tục|chủ động|hoàn thành|hoàn chỉnh|hoàn thiện|gửi|(?<!giải )trình|đăng|tiếp nhận|giải quyết|cử"
    "|phân công|phụ trách|thông báo|niêm yết|cập nhật|mua|sửa|bổ sung|bảo đảm|đảm bảo|vận động|vận dụng|thẩm định"
    "|giám sát|tăng cường|nộp|chuẩn bị|công khai|mở|(?<!thường )trực(?! tiếp)|quản lý|(?<!tiếp )thu|chi|bàn giao"
    "|nghiệm thu|ký|quyết toán|đề xuất|tập huấn|khảo sát|thống kê|đo|lắp|vệ sinh|trồng|phát|dọn|bảo quản|kê khai|làm"
    "|kích hoạt|sơ tán|cấm|giữ|đưa|gỡ|che|thử|gặp|phổ biến|đối chiếu|phản hồi|phân bổ|sơ kết|tổng kết|đánh giá"
    "|biên soạn|bồi dưỡng|thành lập|thu gom|huy động|giao|yêu cầu|chỉ đạo|phê duyệt|trả lời|xử lý|khắc phục"
    "|giới thiệu|nêu|tiêm|phun|chuyển(?! đổi)|(?<!các )cấp(?! xã| tỉnh| huyện| trên| dưới| ủy)"
)
_BODY_NOUNS = (
    "Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Sở|Phòng|Văn phòng|Trung tâm|Trạm|Trường(?! hợp)|Công an|Chi cục|Cục"
    rf"|(?:Ban(?! hành)|Bộ phận|Đội|Tổ(?! chức))(?:\s+(?:{VERBS})\b)?|Hội|Đoàn|Đài|Mặt trận|Ủy ban Mặt trận|Thanh tra"
    "|Kho bạc|Công ty|Bí thư|Chủ tịch|Phó Chủ tịch|Chánh Văn phòng|[Tt]rưởng|Hiệu trưởng|Trạm trưởng|Chỉ huy trưởng"
    "|Người đứng đầu|Văn thư|Lưu trữ cơ quan|Bộ(?! luật)"
    rf"|(?:[Cc]á nhân|Cơ quan|Đơn vị)(?:\s+(?:tổ chức\s+)?(?:{VERBS})\b)?"
    rf"|[Tt]hủ trưởng|Giám đốc|Kế toán|[Cc]án bộ|[Cc]ông chức|[Đđ]ồng chí|[Ôô]ng|[Bb]à|[Cc]ác (?:{_GROUPS})|Thôn"
    "|Hộ(?! tịch| khẩu)"
)
_UP_TO_VERB = (
    rf"(?!\s+(?:{VERBS}|sẽ|phải|cần|đã|đang|chưa|không|được|là|có (?:trách nhiệm|nhiệm vụ)|trong (?:phạm vi|quá trình)"
    r"|trước khi|kết luận|trân trọng|kính)\b)"
    r"(?:[^.;:,\n()]|(?<=[A-ZĐ])\.(?=[A-ZĐ]))"
)
_BODY = (
    rf"(?:{_BODY_NOUNS})\b(?:{_UP_TO_VERB}){{0,90}}"
    rf"(?:(?:, (?:{_BODY_NOUNS}|phường|đặc khu|thị trấn|ngành|đơn vị|địa phương|cơ quan|viên chức|[A-ZĐ])|\s+và\s+"
    r"|, tổ chức(?=,|\s+(?:có|chịu|trong)\b))"
    rf"(?:{_UP_TO_VERB}){{0,60}}){{0,4}}"
)
BULLET = r"^\s*(?:[-–+•]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVXLC]+[.)])?\s*(?:Điều\s+\d+\.\s*)?"
LEVELS = re.compile(
    r"\s*(?:(?P<outer>[IVXLC]+[.)]|Điều\s+\d+\.)|(?P<clause>\(?\d{1,2}[.)])|(?P<inner>\d{1,2}(?:\.\d{1,2})+[.)]?)"
    r"|(?P<point>[a-zđ]\))|(?P<dash>[-–+•]))\s"
)
DEPTH = ("outer", "", "clause", "inner", "point", "dash")
"""How lines are numbered, from the outside in; a paragraph without a number leads to the clauses below it."""
_GIVING = r"(?:[Gg]iao nhiệm vụ cho|Đồng ý giao|[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Kk]iến nghị|[Pp]hân công)\s+(?:cho\s+)?"
GIVEN = re.compile(rf"{BULLET}{_GIVING}(?P<lead>{_BODY})[\s,:]*(?P<rest>.+)$")
TAKING = r"(?:chủ trì|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phụ trách)\b"
_WITHIN = r"(?:,?\s+(?:trong (?:phạm vi|quá trình)|trước khi)\s[^.;:]{2,160}?)"
"""«… trong phạm vi quyền hạn được giao»: stands between a body and its duty."""
OWN = re.compile(
    rf"{BULLET}(?P<lead>{_BODY}(?:\s+được\s[^.;:,]{{2,40}}?)?)(?:\s+là\s[^.;:,]{{3,60}},)?{_WITHIN}?\s*[:,]?\s+"
    rf"(?P<rest>{TAKING}.+)$"
)
NAMED = re.compile(rf"{BULLET}(?P<lead>{_BODY})\s*:\s*(?P<rest>(?:{VERBS})\b.+)$", re.IGNORECASE)
DOES = re.compile(
    rf"{BULLET}(?P<lead>{_BODY})(?:{_WITHIN}(?=\s+phải\s))?\s+(?:(?:sẽ|phải|cần)\s+)?(?P<rest>(?:{VERBS})\b.+)$"
)
"""«Trạm Y tế xã chuẩn bị …»: an order where orders are listed or it has a deadline; else it may tell of the past."""
GOES_ON = re.compile(
    rf"{BULLET}(?:(?:khi|nếu|trường hợp)\b[^;.]*?(?:,|\bthì)\s+(?:thì\s+)?)?(?:{VERBS}|không)\b", re.IGNORECASE
)
"""What the body named before is to do besides, on a condition or without."""
_ASKING = r"(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công)\s+(?:cho\s+)?"
LEAD_IN = re.compile(rf"\b{_ASKING}(?P<lead>{_BODY})[^:;.]{{0,60}}:$")
"""«… đề nghị Ủy ban nhân dân các xã thực hiện các nội dung sau:»: the numbered lines below are what is asked."""
ORDERS = re.compile(r"\b(?:yêu cầu|chỉ đạo|kết luận|phân công)\b[^:;.]{0,60}:$", re.IGNORECASE)
"""«… Ủy ban nhân dân xã yêu cầu:»: each line below names whom it orders."""
SECTION = re.compile(
    rf"{BULLET}(?:phương hướng, )?(?:tổ chức thực hiện|phân công|trách nhiệm|nhiệm vụ)\b[^.;:]*:?", re.IGNORECASE
)
LABEL = re.compile(
    rf"{BULLET}(?:Tổ chức thực hiện|(?:Phân công|Trách nhiệm)(?:\s+(?:nhiệm vụ|công việc|thực hiện|tổ chức))*)\s*:\s+"
)
"""«3. Phân công: Phòng Kinh tế …; Đoàn Thanh niên …»: the whole paragraph gives orders, to one body after another."""
HELPED = re.compile(
    r"\b(?:hướng dẫn|hỗ trợ|giúp|vận động|tuyên truyền|đôn đốc|nhắc|tạo điều kiện)\s+(?!và\b)[^,;.]*?(?<!\bvà)\s*$",
    re.IGNORECASE,
)
"""«hướng dẫn người dân nộp hồ sơ»: what follows is done by those who are helped."""
DUTIES = re.compile(
    rf"{BULLET}(?:Trách nhiệm|Nhiệm vụ|Việc) của (?P<lead>[^.;:]+?)(?:\s+(?:đối với|trong)\s[^.;:]+)?\s*:?"
)
CHARGED = re.compile(
    rf"{BULLET}(?:(?:Khi|Trong|Nếu|Trường hợp)\b[^,.;:]*,\s+)?(?P<lead>[^.;:]{{3,160}}?){_WITHIN}?\s+"
    r"(?:có|chịu)\s+(?:các\s+)?(?:trách nhiệm|nhiệm vụ)(?:\s+(?:như )?sau(?: đây)?)?\s*:?"
)
"""«Văn thư cơ quan có nhiệm vụ»: the points below it say which."""
AND = re.compile(r",\s+|\s+và\s+")
"""What stands between the bodies of a heading."""
ALONE = re.compile(rf"{BULLET}(?:Giao |Đề nghị |Yêu cầu )?(?P<lead>{_BODY})\s*:?")
COURTESY = re.compile(r"(?:quan tâm|nghiêm túc)\b[^;.]{0,40}\bthực hiện|thực hiện[\s./]*$", re.IGNORECASE)
"""How a letter closes; it gives no task."""
