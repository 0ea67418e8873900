"""Nothing made stronger: words for all, for certainty and for weighty deeds need their like in the passage."""

from __future__ import annotations

import re

from service.checks.support.texts import Text

_STRONG = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), re.compile(rf"\b(?:{needed})\b", re.IGNORECASE))
    for said, needed in (
        ("toàn bộ|cả hai", "mọi|toàn bộ|bất kỳ|bất cứ|mỗi|từng|100%|đều|cả|các"),
        ("mọi|tất cả|bất kỳ|bất cứ", "mọi|tất cả|toàn bộ|bất kỳ|bất cứ|mỗi|từng|100%|đều"),
        ("bảo đảm|cam kết|chắc chắn|khẳng định", "bảo đảm|đảm bảo|cam kết|chắc chắn|khẳng định"),
        ("hoàn toàn|dứt điểm|triệt để|tuyệt đối", "hoàn toàn|dứt điểm|triệt để|tuyệt đối|100%|xong"),
        ("duy nhất|chỉ có|chỉ cần", "duy nhất|chỉ"),
        ("phạt|xử lý hình sự|khởi tố|kỷ luật", "phạt|khởi tố|kỷ luật|cảnh cáo|khiển trách"),
        ("bổ nhiệm|miễn nhiệm|cách chức", "bổ nhiệm|miễn nhiệm|cách chức|giao giữ"),
        ("duyệt", "duyệt|chấp thuận|đồng ý|nhất trí|thông qua"),
        ("khen thưởng|tặng giấy khen|biểu dương", "khen|thưởng|biểu dương|tuyên dương"),
        ("nghiệm thu|bàn giao|giải ngân|khởi công|khánh thành", "nghiệm thu|bàn giao|giải ngân|khởi công|khánh thành"),
        ("đã hoàn thành|đã xong|xong hết", "hoàn thành|xong|đạt|kết thúc"),
        ("lần đầu|cao nhất|thấp nhất|lớn nhất|nhiều nhất cả", "lần đầu|nhất|đầu tiên"),
        ("kéo dài", "kéo dài|trong|thời gian|đến|từ|ngày|tháng|buổi"),
        ("bắt buộc", "bắt buộc|phải|yêu cầu|cần"),
        ("lập tức", "ngay|lập tức|khẩn"),
        ("luôn|vĩnh viễn|mãi mãi", "luôn|vĩnh viễn|mãi|suốt|thường xuyên"),
        (
            "toàn quốc|cả nước|toàn tỉnh|toàn huyện|quốc gia|quốc tế",
            "toàn quốc|cả nước|toàn tỉnh|toàn huyện|quốc gia|quốc tế",
        ),
        ("hầu hết|đa số|phần lớn", "hầu hết|đa số|phần lớn|quá nửa|[5-9][0-9](?:,[0-9]+)? ?%|\\d+/\\d+"),
        ("miễn phí|không mất tiền", "miễn|không (?:thu|mất|phải)|không lấy tiền|hỗ trợ"),
        ("hằng ngày|hàng ngày|mỗi ngày|quanh năm|cả năm", "hằng ngày|hàng ngày|mỗi ngày|/ngày|một ngày|năm"),
        ("không giới hạn|không hạn chế|vô thời hạn", "không giới hạn|không hạn chế|vô thời hạn"),
        ("gấp đôi|gấp ba|gấp nhiều lần", "gấp"),
        ("tăng mạnh|giảm mạnh|tăng vọt|giảm sâu", "mạnh|vọt|sâu|gấp"),
        ("tự động", "tự động"),
        ("xuất sắc|vượt xa|vượt chỉ tiêu|vượt kế hoạch", "xuất sắc|vượt"),
        ("nghiêm trọng", "nghiêm trọng|nặng"),
        ("nghỉ việc|thôi việc|giải thể|đình chỉ", "nghỉ việc|thôi việc|giải thể|đình chỉ|dừng"),
    )
)
"""Strong words of a claim, and those of which the passage must have one."""
_HEDGE = re.compile(r"\b(?:dự kiến|đề xuất|kiến nghị|phấn đấu|xem xét|có thể|dự định|đề nghị|nếu)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:đã|chắc chắn|bảo đảm|cam kết|quyết định)\b", re.IGNORECASE)


def stronger(claim: Text, there: Text, beside: str) -> bool:
    """True when the claim says a strong word whose like the passage lacks, or tells as done what the sentences
    ``beside`` it only intend."""
    if any(said.search(claim.text) and not needed.search(there.text) for said, needed in _STRONG):
        return True
    hedged = _HEDGE.search(beside) and not _DONE.search(beside)
    return bool(_DONE.search(claim.text) and hedged and not _HEDGE.search(claim.text))
