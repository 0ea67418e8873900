"""The words of homes: what says that somebody lives in a place, what that it is an office's; and the rules made of
them, in each spelling that a text may have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from service.checks.personal.people import CAPITALS
from service.checks.personal.segments import NUMBER, place_name, segments
from service.text import fold

_TITLED = (
    r"(?:\b(?:ông|bà|anh|chị|cô(?: giáo)?|chú|bác|cụ|thầy(?: giáo)?|em|cháu|bé|dì|cậu|tên|già làng)\s@name"
    r"|(?-i:(?<![\w.])(?<!điểm )(?<!mục )[ac]\.?\s(?=[@capital]))@name)"  # «c Hạnh»
)
_OFFICE = (
    r"(?:trụ sở|cơ quan|thpt |thcs |điểm thi|cty |tnhh|phòng tiếp"
    r"|trường (?:tiểu|mầm|mẫu|thcs|thpt|trung|đại|cao|chính|th\b|mn\b|dạy|nội)|trạm |bệnh viện|ủy ban"
    r"|ubnd"
    r"|công ty|văn phòng|phòng khám|phòng giao|nhà văn hóa|nhà sinh hoạt|trung tâm|cửa hàng"
    r"|hội trường"
    r"|chi nhánh|hợp tác xã|htx|đồn |nhà máy|quán |doanh nghiệp|cơ sở|nhà hàng|khách sạn"
    r"|nhà khách|nhà nghỉ|ngân hàng|kho |quầy "
    r"|nhà thuốc"
    r"|tài sản|sự cố|công trình|thửa|tuyến|địa điểm|tập trung|cuộc họp|hội nghị|sạt lở|cháy |tai nạn|vụ việc"
    r"|kiểm tra|khảo sát|nhặt được|đánh rơi|làm rơi|bỏ quên|để quên|thất lạc|đi lạc"
    r"|chủ trì|phát biểu|khánh thành|tổ chức|làm việc|họp |trang trại|đất |dự án|phụ trách|trưởng(?!\))|bí thư"
    r"|đoạn (?:trước|từ|qua|đường)|chủ tịch|buổi |lớp (?:học|tập)|đợt |kết thúc|khai mạc)"
)
"""An office, a business or an event: what follows is theirs."""
_CAPITAL_OFFICE = r"(?-i:\b(?:Sở|Cục|Chi cục|Viện|Tòa án|Phòng (?:Tài|Nội|Tư|Kinh|Văn|Giáo|Lao|Y)))\b"
_OFFICE_MARKED = (
    rf"(?:{_OFFICE}|chợ |chùa |chuyến |{_CAPITAL_OFFICE}|(?-i:\b(?:đình|lễ|lò)|^\W*(?:Đình|Lễ|Lò(?! [@capital]))) )"
)
"""Without diacritics these are names of people, or small words: «chợ», «chùa», «chuyến» of «cho», «chưa», «chuyển»."""
_BUILDING = (
    r"(?:trụ sở|(?<!chuyển )trường |trạm |ủy ban|ubnd|công ty|văn phòng|nhà văn hóa|nhà sinh hoạt|nhà cộng đồng"
    r"|trung tâm|cửa hàng|hội trường|nhà hàng|khách sạn|(?<!trú )quán )"
)
"""What nobody lives in, even after «dời về»."""
_PAID = (
    r"\b(?:đang|hiện|vẫn|còn)(?: được)? (?:hưởng|lĩnh|nhận) (?:lương|tuất|trợ cấp|chế độ|bảo trợ)"
    r"(?: (?!tại\b|ở\b)\w+){0,5}"
)
"""«đang hưởng tuất hằng tháng tại»: where somebody lives who is paid."""
_NAMED_FOR = r"\b(?:ngã (?:ba|tư|năm)|phố|đường|chợ|cầu|kênh|rạch|miếu|đền|chùa|núi|hồ|cống|đèo|mũi|hòn|phà)\s$"
"""Before «Ông Tạ», «Bà Chiểu» a place, not a person."""
_MOVING_OFFICE = rf"(?:{_BUILDING}|bến xe|bộ phận|bưu cục|bưu điện|phòng khám|phòng giao dịch|chi nhánh|cơ quan|kho )"
"""What moves house as people do."""


Pattern = re.Pattern[str]


def spelt(words: str) -> Any:
    """A rule that is spelt as the text is: with or without diacritics and capitals."""
    return field(metadata={"words": words})


@dataclass(frozen=True)
class Rules:
    """What homes are read by, in the spelling of one text: what is put together, and word lists as they stand."""

    chain: Pattern
    told: Pattern
    house: Pattern
    alone: Pattern
    hosted: Pattern
    no_place: Pattern
    villages: Pattern
    to_be_met: Pattern
    titled: Pattern
    office: Pattern
    building: Pattern
    moving_office: Pattern
    owned: Pattern
    named_for: Pattern
    wild: Pattern = spelt(
        r"\b(?:trú|sinh sống|sống)(?: (?:ở|tại|trong|trên|dưới))* (?:ao|hang|hốc|ruộng|đồng|cống|rừng|bụi|vườn)\b"
        r"[^.;|]{0,30}$"
    )
    """«sống ở hang đá bản …»: animals and plants, where no person is named."""
    lives: Pattern = spelt(
        r"(?:(?<!cơ quan )th[ưu][ơờ]ng trú|tạm (?:trú|vắng)|hộ khẩu|hktt|đktt|đkhk|đkhktt|nktt|đctt|\bnct"
        r"|(?:chỗ|nơi) (?:ở|trọ|cư trú)\b|\bcư trú|\bcư ngụ"
        r"|(?<!khách )\blưu trú|trú quán|\btư gia|\b(?:bỏ đi|bỏ trốn|trốn) khỏi|\bkhông (?:còn )?(?:có mặt|ở) (?:tại|ở)"
        r"|(?<!nội )(?<!lưu )\btrú(?: tại| ở|(?=\s*$))|\bngụ\b|nhà riêng|\bsinh sống"
        r"|\b(?:ăn ở|ăn ngủ|tá túc|nương náu|cùng ở)\b"
        r"|\bở thì ở|(?:^|[-;,|/]\s)ở(?=:)|(?:^|[,;:]\s)(?:hiện|nay)(?: đang| nay)? ở(?=\s*$)"
        r"|\bquê[^;,|]{2,30}[;,|]\s(?:hiện |nay )?ở(?=\s*$)"
        r"|\bchuyển khẩu(?: từ [^.;,\n]{2,25})?(?: từ| về| đến| sang| lên)"
        r"|\bở (?:với|nhờ|đậu|tạm|chung|thuê|lại|một mình|riêng|cùng|ghép)"
        r"|\b(?:thuê|ở) trọ|\bthuê (?:nhà|phòng|trọ)|\bsống (?:ở|tại|với|cùng|trong|nhờ|một mình)"
        r"|\b(?:tại|tận) nhà(?=[,:]| \()"
        r"|\b(?:dọn|dời nhà|dời|chuyển nhà)(?: từ [^.;,\n]{2,25})? (?:về|đến|sang|ra|lên|vô|vào|xuống)"
        r"|\bchuyển (?:về|đến|sang) ở|\bở chỗ cũ"
        r"|\bvề với (?:ông|bà|bố|mẹ|cha|má|ba|vợ|chồng|con)(?: \w+){0,2} (?:dưới|trên|ở|tại)"
        r"|\b(?:hiện|đang|nay) theo (?:cha|bố|ba|mẹ|má|ông|bà|chồng|vợ|con|anh|chị)(?: \w+)?(?= (?:tại|ở)\b)"
        r"|\b(?:đêm|tối)(?: \w+)? ngủ(?: thì)?(?: (?:ngoài|trong|trên|dưới))?(?=\s*$)"
        r"|\b(?:tại|tận) nhà(?=\s*$)|\b(?:xóa|sửa|cất|dựng|xây) nhà(?: (?:tạm|dột nát|tình nghĩa|ở))?(?=:)"
        r"|\b(?:là|có) nhân khẩu(?=\s*$)|\bliving (?:at|in)(?=\s*$)"
        r"|(?:^|[,;:(–-]\s|\b(?:ở|khai|nói|báo|bảo) )nhà(?: ở| em| cháu| tôi| mình)?(?: thì| ngay| ở| tại)?(?=\s*$)"
        r"|nhà (?:(?:mẹ|bố|ba|má|ông|bà|ngoại|nội|vợ|chồng|anh|chị|con) ){0,2}(?:tôi|tui|em|mình|cháu|con)(?: ở)?"
        r"|số nhà(?: \w+){1,2} là|\b(?:làm (?:dâu|rể)|ở rể)|\bgia cư\b"
        r"|\bchuyển hẳn (?:về|đến|sang|ra|lên|vô|vào|xuống)|\btrốn (?:tại|ở|trong)\b|\bngủ ở nhà(?=,)"
        r"|\b(?:theo|lấy) (?:chồng|vợ) (?:về|đến|sang|ra|lên|vô|vào|xuống)"
        r"|\b(?:địa điểm|nơi|hộ) (?:sử dụng|dùng|lắp|lắp đặt) (?:điện|nước|công tơ|đồng hồ|mạng|internet)"
        r"|\bnhà (?:cô|chú|bác|anh|chị|ông|bà|cụ|dì|cậu|mợ)(?: \w+){0,3} (?:ở|nằm)\b)"
        r"[^.;,\n|]{0,40}?(?:,\s(?:cụ thể|chính xác)?)?(?:\s(?:tại|ở|là))*\s*[:.]?\s*$"
        r"|\bnhân khẩu chuyển (?:đến|đi|về)[^.;,\n|]{0,40},? từ\s*$"
    )
    """Words that say by themselves that a home follows."""
    address: Pattern = spelt(
        r"(?:\bdia_chi[\"']?\s?[:=]\s?[\"']?$"
        r"|\bđịa chỉ(?! (?:cơ quan|trụ sở|công ty|văn phòng|trường|kho|giao dịch))(?: \w+){1,4} ?:\s*$"
        r"|(?:địa chỉ|\bđ/c|\bđc)(?: nhà| liên hệ| liên lạc| nhận \w+| gửi \w+"
        r"| hiện \w+)*(?: của \w+(?: \w+)?)?(?: là| tại| ở)?(?:\s?\([^)]{1,30}\))?\s*[:.]?\s*$)"
    )
    """An address; of an office as well, when one was named."""
    speaker: Pattern = spelt(
        r"\b(?:tôi|tui|(?<!trẻ )em|e|mình|cháu|con em|gia đình(?! văn hóa)|vợ chồng|mẹ con|bố con|bà cháu|ông cháu"
        r"|(?:họ )?nhà (?:trai|gái|nội|ngoại)|bên (?:nhà )?(?:trai|gái|nội|ngoại)"
        r"|(?:gửi|để|theo|nhờ|bỏ)(?: \w+){0,3} (?:ông bà|ông|bà)(?: (?:nội|ngoại))?"
        r"|cô dâu|chú rể|hai ông bà|(?:ông|bà) (?:cụ|lão|già)|hộ (?:ông|bà|anh|chị|cô|chú)|chồng|vợ|mẹ|bố|cha"
        r"|người (?:gửi|nhận|nộp"
        r"|làm chứng|khiếu nại|tố cáo|tố giác|bị hại|nhà|vay|thụ hưởng|ủy quyền|được|có tên|bán|mua|thân|nuôi"
        r"|mất|bệnh)\w*"
        r"|bệnh nhân|bị can"
        r"|bị đơn|bị cáo|bị hại|nguyên đơn|đương sự|chủ (?:hộ|xe|nhà|đất|thẻ)|thí sinh|học sinh|học viên"
        r"|ca f\d|nạn nhân"
        r"|đối tượng"
        r"|lái xe|công dân|con (?:trai|gái)|bên (?:bán|mua|vay)|khách hàng|kh|thuê bao|khách (?:thuê|lưu trú|trọ))\b"
    )
    living: Pattern = spelt(
        r"(?:\b(?:đón|chở|thăm|khám|cấp cứu)\s[^,;.]{2,60}\stại"
        r"|\bở (?:quận|huyện|xã|phường|thị trấn|tp)[^,;.]{1,20},"
        r"|\b(?:tôi|em|cháu|mình|là) (?:người|dân)|\b(?:tôi|tui|em|cháu)(?: tên)?(?: là)?\s@name,? (?:người|dân)"
        r"|\bchuyển (?:nhà |hẳn |lại |luôn )?(?:đến|sang|lên|xuống|ra|vào|vô)"
        r"|\b(?:gửi|để)\s[^,;.]{0,30}\b(?:ông|bà|nội|ngoại)(?: (?:nội|ngoại|bà|nuôi|trông|giữ))* (?:tại|ở)"
        r"|\bở (?:tận|tít|mãi|tuốt|trên|dưới|trong|ngoài)"
        rf"|{_PAID} (?:tại|ở)"
        r"|\bở(?: (?:ktx|ký túc xá|chung cư|nhà tập thể|khu tập thể|nhà công vụ)(?: \w+){0,2},?)?|\bvề"
        r"|\bnhà ở|\bnhà|\b(?:hộ|nhà|gia đình)\s[^,;.]{0,40}\btại)\s*$"
    )
    brought: Pattern = spelt(
        r"\b(?:gửi|giao|chuyển|trả|phát|đưa|mang|đem|ship|tống đạt|giấy mời|văn bản|bưu phẩm|hàng|thư)\b"
    )
    sent: Pattern = spelt(
        r"\b(?:đơn|hồ sơ|công văn|văn bản|phản ánh|kiến nghị|vụ việc|hàng|quà|thuốc)\b[^.,;]{0,60}"
        r"\bchuyển (?:về|đến|sang|lên|xuống|ra|vào|vô)\s*$"
    )
    """«đơn của bà … chuyển xuống»: a paper goes there, not the one who wrote it."""
    to: Pattern = spelt(r"\b(?:đến|tới|về|cho|gửi|tận)(?: tận)?(?: nơi)?\s*$")
    now: Pattern = spelt(
        r"\b(?:(?:hiện|nay|đang)(?: \w+){0,2} ở"
        r"|(?:nay|giờ|mới|vừa)(?: \w+){0,2} chuyển (?:nhà |hẳn |lại |luôn )?(?:về|đến|sang|lên|xuống|ra|vào|vô)"
        rf"|{_PAID} (?:tại|ở))\s*$"
    )
    """«nay ở», «giờ chuyển về»: where somebody lives, however far from the name."""
    at_work: Pattern = spelt(
        r"[)–\s-]{1,4}(?:phát biểu|chất vấn|chuyên môn)\b"
        r"|\s(?:để\s|trực tiếp\s)*(?:chỉ đạo|kiểm tra|khảo sát|làm việc|dự|họp|thăm"
        r"|tiếp xúc|công tác|chữa cháy|sản xuất|trực"
        r"|bán|buôn|kinh doanh|mở)\b"
    )
    """Behind a place: somebody is there for a while."""
    my_home: Pattern = spelt(r"^[^\w]*(?:dạ[^\w]+)?nhà (?:tôi|tui|em|cháu|mình|con)\b.*(?:,| về| ở| tại| thứ \w+)\s?$")
    """«Nhà cháu không có số, …, xóm Đồi»: all of the sentence tells where."""
    in_a_form: Pattern = spelt(r"(?<!\w)(?:số nhà|thôn|xóm|ấp|bản|khóm|buôn)(?:/\w+){0,2}\s?:\s?(?P<it>@number|@name)")
    """«Thôn: Đồng Quan», in a form on somebody."""
    homestead: Pattern = spelt(r"\s(?:là|thuộc)\s(?:nhà|hộ|(?:chỗ|nơi)(?: \w+)? ở)\b|\ssống (?:với|cùng|một mình)\b")
    """«Số nhà 22 là nhà của …», «về số 3 Hoa Sim sống với …»"""
    delivered: Pattern = spelt(
        r"\b(?:giao (?:lại|giờ|hàng|đồ|trước|sau|tận|lần|tới|đến|về|cho khách)|ship|shipper|phát lại|bưu tá|bưu phẩm"
        r"|(?:để|nhận|gửi|lấy) (?:đồ|hàng)|khách (?:ghi|dặn|hẹn|đặt))\b.*(?:[,:;–-]|\b(?:ở|tại|về|tới|đến|cho))\s$"
    )
    """«giao giờ hành chính, …»: what follows is where somebody waits for it."""
    dweller: Pattern = spelt(
        r"[\s,:;–(-]*(?:chủ|chủ hộ|chủ nhà|hộ|gia đình)\s?:?\s(?:@titled|(?-i:[@capital]))"
        r"|,\s@titled\s*(?:[.;–(\d-]|$)"
    )
    """«Số nhà 15, ngõ 4: hộ Đặng Thị Bốn», «lô 9 đường D4, chị Uyên»"""
    household: Pattern = spelt(r"\b(?:hộ|nhà|gia đình)\s@titled\s$")
    owner: Pattern = spelt(r"\bchủ\s$")
    """«chủ nhà số 8», «chủ căn A1203»"""
    resident: Pattern = spelt(r"\b(?:cử tri|công dân|hộ dân|người dân|bạn đọc|phụ huynh)(?: ở| tại)?\s$")
    """«cử tri xóm Đình – bà Vóc –»: a name follows."""
    heads_house: Pattern = spelt(
        r"\bnhà (?:riêng )?(?:(?:đồng chí|đ/c|anh|chị|ông|bà|cô|chú|bác|thầy) )?(?:bí thư|kế toán|thủ quỹ"
        r"|cô giáo|thầy giáo"
        r"|(?:(?:tổ|thôn|nhóm|chi hội) )?trưởng(?: (?:thôn|xóm|bản|ấp|khu|tổ|nhóm|khối))?)(?: @name)?[,:]?\s$"
    )
    """«mang đến nhà bí thư số 17 …»"""
    receiver: Pattern = spelt(r"\b(?:người (?:nhận|gửi|ở)|chủ (?:hộ|nhà))\b")
    there: Pattern = spelt(r"\b(?:ở|tại|tới|đến|về|gần|cạnh|sát|sau|trước|địa chỉ|trú|ngụ)[\s:]*$")
    paper: Pattern = spelt(
        r"\b(?:phiên|văn|biên|ấn)\s$"
        r"|\b(?:quyết định|công văn|văn bản|nghị định|nghị quyết|thông tư|thông báo|kế hoạch|tờ trình|báo cáo"
        r"|luật|chỉ thị"
        r"|hướng dẫn|giấy mời|đơn|hồ sơ|mẫu|trang|điều|khoản|mục|lần|câu|bài|tờ|thửa)(?: số)?\s*$|\bkhoảnh \w+[,;]?\s*$"
    )
    """Before a number that is a paper's, or a forest's."""
    shop: Pattern = spelt(
        r"\b(?:cửa hàng|quán|tiệm|nhà thuốc|phòng khám|phòng mạch|xưởng|cơ sở|nhà hàng|công ty|quầy|đại lý)\s@titled"
    )
    """«cửa hàng ông Tư»: what follows is the shop's."""
    moved: Pattern = spelt(r"\b(?:dọn|dời|chuyển)\b")
    hut: Pattern = spelt(
        r"(?:(?<=\bở )(?:lán|lều|chòi|bè(?! bơi)|ghe|thuyền|gầm|chái|trại(?! (?:giam|tạm|hè|cai|lợn|gà|bò|heo"
        r"|giống|nuôi))"
        r"|khu gia đình|nhà công vụ|nhà tập thể|khu tập thể|ký túc xá)"
        r"|(?<=[,;:–-]\s)(?:căn |ngôi )?(?:nhà|lán|lều|chòi|bè|ghe|trại)(?: \w+){0,3}"
        r" (?:giữa|trên|dưới|ven|cạnh|sau(?! (?:khi|ngày|đó|trận|cơn|bão|mưa|lũ|lốc|vụ|đợt)\b)|gần|sát))"
        r"\s[^,.;\n()|]{3,60}"
    )
    """«ở lán coi rừng», «anh Hoan, trại giữa đồng»: a home that has no number."""
    quarters: Pattern = spelt(r"(?:nhà công vụ|nhà tập thể|khu gia đình|khu tập thể|ký túc xá|ktx|phòng trọ)\b")
    """Where people of an office live."""
    hosts: Pattern = spelt(
        r"nhà(?: (?:người|họ hàng|quen|bạn|bà con|con|cháu|em|anh|chị|cô|chú|bác|bố|mẹ|ông|bà|tôi|nội|ngoại"
        r"|trai|gái)){1,4}"
    )
    """«ở nhờ nhà cháu» does not say where."""
    householder: Pattern = spelt(r"\b(?:chủ hộ|hộ (?:ông|bà|anh|chị)|họ (?:và )?tên):?\s$")
    rented: Pattern = spelt(r"(?:dãy|nhà|phòng|khu|xóm) trọ\s")
    hamlet: Pattern = spelt(r"(?:thôn|xóm|ấp|bản|buôn|bôn|bon|plei|palei|làng|khóm|sóc|phum|giồng|mường|lũng|khối)\s")
    born: Pattern = spelt(r"(?:sinh|sn|ns)\b[^,;|]{0,22}$")


@cache
def rules_for(marked: bool, cased: bool) -> Rules:
    """The rules in the spelling of a text: without diacritics, and without capitals."""
    name = place_name(marked, cased)

    def compiled(rule: str) -> re.Pattern[str]:
        spelled = rule if marked else fold(rule).replace("(?p<", "(?P<")
        # Names keep their capitals under IGNORECASE.
        spelled = spelled.replace("@titled", _TITLED if marked else fold(_TITLED)).replace("@name", f"(?-i:{name})")
        spelled = spelled.replace("@capital", CAPITALS)
        return re.compile(spelled.replace("@number", NUMBER), re.IGNORECASE)

    office = _OFFICE_MARKED if marked else _OFFICE
    written = segments(cased) | {
        "to_be_met": r",?\s(?:gặp|hỏi)\s@titled",
        "titled": _TITLED,
        "office": office,
        "building": _BUILDING,
        "owned": r"\scủa\s(?:@titled|(?:gia đình |vợ chồng )?(?:tôi|em|cháu|mình)\b)",
        "named_for": _NAMED_FOR if marked else "(?!)",  # «cho chị» is no «chợ»
        "moving_office": _MOVING_OFFICE,
    }
    lists = {one.name: one.metadata["words"] for one in fields(Rules) if one.metadata}
    return Rules(**{name: compiled(rule) for name, rule in (lists | written).items()})
