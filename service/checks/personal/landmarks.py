"""Homes told by what stands beside them: «nhà tôi đối diện cổng chợ», «ông Páo ở đầu cầu treo».

Only in texts with diacritics: without them «o dau cho» may as well ask where. A landmark is a word for a position and
one for a place, behind somebody's house, behind somebody who lives there, or where something is brought to a house.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.people import CASED

_NAME = rf"{CASED}(?:\s{CASED}){{0,4}}"
_TITLED = rf"(?i:ông|bà|anh|chị|cô|chú|bác|cụ|thầy|em|cháu|bé|dì|cậu|mợ)\s{_NAME}"
_SELF = r"(?<!bà )(?<!trẻ )(?<!Bà )(?<!Trẻ )(?i:tôi|tui|em|cháu|mình|con|gia đình|mẹ con|vợ chồng)"
_PLACE = (
    r"(?:chợ|chùa|cổng|cầu|đình|đền|miếu|miễu|trường|trạm|bưu điện|cây|gốc|giếng|ao|hồ|sông|suối|kênh|kinh|rạch|vàm|đê"
    r"|đồi|núi|dốc|đèo|đỉnh|bến|bãi|ngã (?:ba|tư|năm)|nhà thờ|nhà văn hóa|quán|tiệm|hiệu|sân|nghĩa trang|ủy ban"
    r"|ubnd|UBND"
    r"|đường|hẻm|ngõ|ngách|ruộng|đồng|vườn|rẫy|nương|lò|xưởng|kho|ga|trụ|cột|mốc|cống|đập|phà|biển|bờ|chân|lưng|vách"
    r"|doi|gò|mương|sở|đồn|xóm|làng|bản|thôn|ấp)\b"
)
_BESIDE = (
    r"(?:đối diện|sát|gần|cạnh|bên cạnh|kế|kế bên|sau|sau lưng|trước|trước mặt|trước cửa|mặt sau|giáp|mé|ven"
    r"|bên hông|cặp|cặp mé|ngó ra|nhìn ra|trông ra|giữa|đầu|cuối|cạnh bên|ngay|qua"
    r"|(?:dưới|trên|trong|ngoài)(?!\s(?:đồng|ruộng|trường|trạm|đường|sân|vườn|chợ|ao|hồ|cầu|kho|xưởng|quán))(?=\s))"
)
_LANDMARK = (
    rf"(?:{_BESIDE}\s){{1,2}}(?:chân |đỉnh |bờ |cái |cây |cổng |gốc )?{_PLACE}[^,.;:\n()]{{0,40}}"
    r"|(?:(?:dưới|trên|trong) )?(?:chân|đỉnh|gốc|gầm|lưng|sườn|mép|bờ) (?:cầu|đèo|dốc|núi|đồi|đê|kè|sông|suối|kênh"
    r"|rạch|hồ|biển|cây|đa|gạo|si|đình|tháp)\b[^,.;:\n()]{0,30}|ngã (?:ba|tư|năm)\s[^,.;:\n()]{2,30}"
    r"|(?:xóm|làng|ấp|thôn|bản) (?:trên|dưới|trong|ngoài|giữa)\b"
)
_STAY = (
    r"(?:\s(?:hiện|đang|vẫn|nay|tạm|thì))*,?\s(?:ở|trọ|ngụ|nằm|sống|nhà ở|nhà|cất|dựng)"
    r"(?:\s(?:ngay|mãi|tít|tận|tuốt|phía|nằm|ở|một mình|căn nhà thứ \w+|bên trái|bên phải))*"
)
_HOUSE = (
    r"(?:ngôi |căn )?nhà(?! (?:văn|sinh|thờ|máy|hàng|nước|ga|xe|trẻ|thuốc|khách|nghỉ|cộng|truyền|thi|hát|kho|điều))\b"
)
_FILLED = r"(?:,? (?:chỗ|nhà|căn|ngôi|phòng trọ|phía|cái)\b[^,.;:\n]{0,25}?)?"
_HOMES = re.compile(
    rf"(?<!\w)(?:(?i:nhà) (?:riêng )?(?:của )?(?:{_SELF}|{_TITLED})(?:{_STAY})?{_FILLED}"
    rf"|(?:(?i:hộ|gia đình) )?(?:{_TITLED}|{_SELF}){_STAY}{_FILLED}"
    r"|(?i:nhà (?:ông|bà|anh|chị|cô|chú|bác|cụ|dì|cậu)) (?:ở|nằm)"
    rf"|(?i:gửi|giao|đến|tới|về|tìm|đưa|chở|trả|để|ghé|thăm) (?:[^,.;:\n]{{0,20}} )?(?:{_HOUSE}|hàng ở)"
    r"[^.;:\n]{0,25}?)"
    rf",?\s(?P<it>{_LANDMARK})"
)
_ERRAND = re.compile(
    r"\b(?:bán|chờ|đợi|họp|đứng|chơi|kiểm tra|lấy|chụp|bắt|đỗ|trực|làm việc|thi công|dự|khảo sát|nộp|đi học|công tác)\b"
)
"""What somebody does at a place where they do not live."""


def homes_by_landmark(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each landmark that tells where somebody lives."""
    for match in _HOMES.finditer(text):
        if not _ERRAND.search(match[0]):
            yield match.span("it")
