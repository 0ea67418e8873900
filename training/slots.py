"""One fact: what it is called, how people say it, how it is asked for, and where it belongs in a document.

A slot is a kind of fact (when, where, who leads, until when …). Its wordings are joined at random with the ways of laying
out notes in :mod:`training.notes`; that product is what gives every kind of document far more than thirty wordings.
"""

from __future__ import annotations

from dataclasses import dataclass

from training.words import Chance


@dataclass(frozen=True)
class Slot:
    """A kind of fact.

    ``labels`` name it in a list («Địa điểm: …»); ``says`` put it into a sentence, ``{v}`` standing for the value;
    ``asks`` are questions after it; ``cues`` are words of the line in which it belongs in an answer, lower case.
    """

    key: str
    labels: tuple[str, ...]
    says: tuple[str, ...]
    asks: tuple[str, ...]
    cues: tuple[str, ...]


def _slot(key: str, labels: str, says: str, asks: str, cues: str = "") -> Slot:
    return Slot(key, *(tuple(part.split("|")) if part else () for part in (labels, says, asks, cues)))


SLOTS = {
    slot.key: slot
    for slot in (
        _slot(
            "agency",
            "cơ quan|đơn vị|cơ quan ban hành|nơi ra văn bản|đơn vị soạn",
            "{v} ra văn bản này|văn bản của {v}|bên {v} làm|cơ quan là {v}|{v} ban hành",
            "Cơ quan nào ban hành?|Văn bản của cơ quan nào?|Đơn vị nào ra văn bản?",
        ),
        _slot(
            "topic",
            "nội dung|về việc|việc|chủ đề|trích yếu|v/v",
            "nội dung là {v}|về {v}|việc {v}|để {v}|liên quan {v}|chuyện {v}",
            "Nội dung là gì?|Văn bản nói về việc gì?|Việc gì được nêu?",
        ),
        _slot(
            "when",
            "thời gian|lúc|thời gian họp|bắt đầu|giờ họp|khi nào|giờ, ngày",
            "bắt đầu {v}|tổ chức lúc {v}|vào {v}|{v} thì bắt đầu|hẹn {v}|thời gian là {v}|diễn ra lúc {v}",
            "Họp lúc nào?|Thời gian cụ thể?|Mấy giờ, ngày nào bắt đầu?|Khi nào diễn ra?",
            "thời gian|lúc|vào|từ",
        ),
        _slot(
            "period",
            "thời gian thực hiện|thời hạn thực hiện|giai đoạn|thời gian|từ ngày đến ngày",
            "thực hiện {v}|làm {v}|kéo dài {v}|trong thời gian {v}|triển khai {v}",
            "Thực hiện trong thời gian nào?|Từ ngày nào đến ngày nào?|Thời gian thực hiện thế nào?",
            "thời gian|thực hiện|thời hạn|từ",
        ),
        _slot(
            "where",
            "địa điểm|nơi họp|tại|chỗ họp|nơi tổ chức",
            "tại {v}|ở {v}|địa điểm {v}|tổ chức ở {v}|mời đến {v}|nơi tổ chức là {v}",
            "Tổ chức ở đâu?|Địa điểm nào?|Đến đâu để dự?|Nơi họp là chỗ nào?",
            "địa điểm|tại",
        ),
        _slot(
            "chair",
            "chủ trì|người chủ trì|chủ tọa|ai chủ trì",
            "{v} chủ trì|do {v} chủ trì|chủ tọa là {v}|người điều hành là {v}|{v} điều hành",
            "Ai chủ trì?|Người chủ trì là ai?|Chủ tọa là ai?",
            "chủ trì|chủ tọa|đồng chí",
        ),
        _slot(
            "secretary",
            "thư ký|người ghi biên bản|ghi biên bản",
            "{v} ghi biên bản|thư ký là {v}|giao {v} ghi chép",
            "Ai ghi biên bản?|Thư ký là ai?",
            "thư ký",
        ),
        _slot(
            "guests",
            "thành phần|khách mời|mời|người dự|thành phần mời",
            "mời {v}|thành phần gồm {v}|có {v} dự|khách mời là {v}|cần mời {v}",
            "Mời những ai?|Thành phần dự gồm ai?|Ai được mời?",
        ),
        _slot(
            "to",
            "gửi|kính gửi|nơi gửi|gửi đến|nơi nhận chính",
            "gửi {v}|gửi tới {v}|văn bản gửi {v}|nhận là {v}|chuyển đến {v}",
            "Gửi cho ai?|Văn bản gửi cơ quan nào?|Nơi nhận là đâu?",
            "gửi",
        ),
        _slot(
            "contact",
            "liên hệ|đầu mối|đầu mối liên hệ|hỏi ai|số máy liên hệ",
            "liên hệ {v}|cần hỏi gọi {v}|đầu mối là {v}|thắc mắc gọi {v}|có gì báo {v}",
            "Liên hệ ai?|Đầu mối liên hệ là ai?|Cần hỏi thì gọi ai?",
            "liên hệ|đầu mối|điện thoại",
        ),
        _slot(
            "deadline",
            "hạn|thời hạn|chậm nhất|hạn cuối|xong trước|hạn nộp",
            "xong trước {v}|hạn {v}|chậm nhất {v}|trước {v} phải có|hạn chót {v}|đến {v} là hết hạn",
            "Hạn là ngày nào?|Chậm nhất khi nào?|Thời hạn đến ngày nào?|Bao giờ phải xong?",
            "trước|hạn|chậm nhất",
        ),
        _slot(
            "basis",
            "căn cứ|theo văn bản|thực hiện văn bản|cơ sở",
            "căn cứ {v}|theo {v}|thực hiện {v}|dựa trên {v}|làm theo {v}",
            "Căn cứ văn bản nào?|Thực hiện theo văn bản nào?|Dựa trên văn bản nào?",
            "căn cứ|thực hiện|theo",
        ),
        _slot(
            "incoming",
            "văn bản đến|nhận được|trả lời văn bản|công văn đến",
            "nhận được {v}|trả lời {v}|vừa có {v} gửi đến|phúc đáp {v}",
            "Trả lời văn bản nào?|Văn bản đến là văn bản nào?",
            "phúc đáp|nhận được|văn bản|công văn",
        ),
        _slot(
            "situation",
            "tình hình|hiện trạng|thực tế|đến nay",
            "hiện {v}|đến nay {v}|tình hình là {v}|thực tế {v}",
            "Tình hình thế nào?|Hiện trạng ra sao?",
        ),
        _slot(
            "reason",
            "lý do|sự cần thiết|vì sao|nguyên nhân",
            "vì {v}|lý do là {v}|do {v}|bởi {v}",
            "Lý do là gì?|Vì sao cần làm?|Nguyên nhân là gì?",
        ),
        _slot(
            "tasks",
            "yêu cầu|việc cần làm|nhiệm vụ|các việc|đề nghị",
            "cần {v}|đề nghị {v}|phải {v}|giao việc: {v}|yêu cầu {v}",
            "Phải làm những việc gì?|Yêu cầu gồm những việc nào?|Nhiệm vụ là gì?",
        ),
        _slot(
            "money",
            "kinh phí|dự toán|số tiền|tổng kinh phí|giá trị",
            "kinh phí {v}|hết {v}|dự toán {v}|tổng cộng {v}|tốn {v}",
            "Kinh phí là bao nhiêu?|Tổng số tiền là bao nhiêu?|Dự toán bao nhiêu?",
            "kinh phí|dự toán|tiền|giá trị|tổng",
        ),
        _slot(
            "fund",
            "nguồn|nguồn kinh phí|nguồn vốn|tiền lấy từ",
            "lấy từ {v}|nguồn {v}|do {v} chi trả|dùng {v}",
            "Kinh phí lấy từ nguồn nào?|Nguồn kinh phí là gì?",
            "nguồn|từ|kinh phí",
        ),
        _slot(
            "area",
            "phạm vi|địa bàn|khu vực|nơi thực hiện",
            "ở {v}|trên địa bàn {v}|phạm vi là {v}|khu vực {v}",
            "Phạm vi ở đâu?|Thực hiện ở địa bàn nào?|Khu vực nào?",
            "phạm vi|địa bàn|khu vực|tại",
        ),
        _slot(
            "target",
            "đối tượng|áp dụng cho|dành cho|đối tượng áp dụng",
            "dành cho {v}|áp dụng với {v}|đối tượng là {v}|cho {v}",
            "Dành cho ai?|Đối tượng là ai?|Áp dụng với ai?",
            "đối tượng|dành|áp dụng",
        ),
        _slot(
            "papers",
            "giấy tờ|mang theo|giấy tờ mang theo|hồ sơ gồm|hồ sơ cần có",
            "mang theo {v}|cần có {v}|hồ sơ gồm {v}|nhớ đem {v}",
            "Cần mang giấy tờ gì?|Hồ sơ gồm những gì?|Phải có giấy tờ nào?",
        ),
        _slot(
            "lead",
            "chủ trì thực hiện|đơn vị chủ trì|đầu mối thực hiện|đơn vị thực hiện",
            "giao {v} chủ trì|{v} làm đầu mối|{v} lo việc này|đơn vị thực hiện là {v}",
            "Đơn vị nào chủ trì?|Giao cho đơn vị nào?|Ai thực hiện?",
            "giao|chủ trì|thực hiện",
        ),
        _slot(
            "support",
            "phối hợp|đơn vị phối hợp|cùng làm",
            "{v} phối hợp|phối hợp với {v}|có {v} cùng làm",
            "Đơn vị nào phối hợp?|Phối hợp với ai?",
            "phối hợp",
        ),
        _slot(
            "goal",
            "mục tiêu|mục đích|yêu cầu đạt|cần đạt",
            "nhằm {v}|mục tiêu là {v}|để {v}|phấn đấu {v}",
            "Mục tiêu là gì?|Nhằm đạt điều gì?",
        ),
        _slot(
            "results",
            "kết quả|số liệu|đã đạt|kết quả chính",
            "kết quả: {v}|đạt {v}|số liệu có {v}|trong kỳ {v}",
            "Kết quả thế nào?|Số liệu ra sao?",
        ),
        _slot(
            "trouble",
            "tồn tại|hạn chế|khó khăn|vướng mắc",
            "còn vướng {v}|khó khăn là {v}|hạn chế: {v}|tồn tại là {v}",
            "Có tồn tại gì?|Khó khăn là gì?|Hạn chế nào được nêu?",
        ),
        _slot(
            "proposal",
            "kiến nghị|đề xuất|xin ý kiến|đề nghị cấp trên",
            "kiến nghị {v}|đề xuất {v}|xin {v}|mong {v}",
            "Kiến nghị điều gì?|Đề xuất gì?",
        ),
        _slot(
            "person",
            "người được cử|họ tên|ông (bà)|nhân sự|cán bộ",
            "cử {v}|cho {v} đi|người được cử là {v}|giới thiệu {v}",
            "Cử ai?|Người được cử là ai?|Cán bộ nào?",
            "ông|bà|đồng chí|cử",
        ),
        _slot(
            "post",
            "chức vụ|chức danh|đang là",
            "chức vụ {v}|hiện là {v}|làm {v}",
            "Chức vụ là gì?|Giữ chức danh gì?",
            "chức vụ|chức danh",
        ),
        _slot(
            "second",
            "bên nhận|người nhận|bên B|người được ủy quyền",
            "bên kia là {v}|giao cho {v}|ủy quyền cho {v}|bên nhận là {v}",
            "Bên nhận là ai?|Bên B là ai?",
            "bên|cho|ông|bà|đồng chí",
        ),
        _slot(
            "goods",
            "hàng hóa|nội dung mua|tên tài sản|vật tư",
            "mua {v}|cần {v}|gồm {v}|giao {v}",
            "Mua gì?|Tài sản gồm những gì?|Nội dung cung cấp là gì?",
        ),
        _slot(
            "count",
            "số lượng|tổng số|bao nhiêu",
            "số lượng {v}|có {v}|tổng {v}",
            "Số lượng là bao nhiêu?|Có bao nhiêu?",
            "số lượng|tổng|gồm",
        ),
        _slot(
            "until",
            "có giá trị đến|hiệu lực đến|giá trị đến hết",
            "có giá trị đến hết {v}|dùng đến {v}|hiệu lực đến {v}",
            "Có giá trị đến ngày nào?|Hiệu lực đến khi nào?",
            "đến|giá trị|hiệu lực",
        ),
        _slot(
            "effect",
            "hiệu lực từ|áp dụng từ|có hiệu lực",
            "có hiệu lực từ {v}|áp dụng từ {v}|thi hành từ {v}",
            "Có hiệu lực từ ngày nào?|Áp dụng từ khi nào?",
            "hiệu lực|từ|kể từ",
        ),
        _slot(
            "petitioner",
            "người gửi đơn|đơn của|người kiến nghị|công dân",
            "đơn của {v}|{v} gửi đơn|người gửi là {v}",
            "Đơn của ai?|Ai gửi đơn?|Người kiến nghị là ai?",
            "đơn|ông|bà",
        ),
        _slot(
            "signer",
            "người ký|ký|ký tên|lãnh đạo ký",
            "{v} ký|trình {v} ký|người ký là {v}|ký: {v}",
            "Ai ký?|Người ký là ai?",
        ),
        _slot(
            "number",
            "số văn bản|số|số hiệu|ký hiệu",
            "văn bản số {v}|số {v}|lấy số {v}",
            "Số văn bản là gì?|Văn bản số mấy?",
            "số",
        ),
        _slot(
            "date",
            "ngày ký|ngày ban hành|ngày văn bản|đề ngày",
            "ký {v}|ban hành {v}|đề {v}",
            "Ký ngày nào?|Ban hành ngày nào?",
            "ngày",
        ),
    )
}


DETAILS = 6
"""So many details at most does one document have besides its facts."""
_DETAILS = tuple(
    _slot(
        f"detail{n}",
        "lưu ý|ghi chú|thêm|ngoài ra|khác|chi tiết|chú ý|kèm theo|nhớ",
        "{v}|{v}|{v}|{v}|ngoài ra {v}|lưu ý {v}|nhớ ghi {v}|thêm ý là {v}|có ý này: {v}",
        "",
    )
    for n in range(DETAILS)
)
"""What fits no other kind of fact and is carried over word for word; nobody asks after it."""


@dataclass(frozen=True)
class Fact:
    """A fact of one invented brief: ``value`` as a document writes it, ``noted`` as the notes give it."""

    slot: Slot
    value: str
    noted: str

    @property
    def key(self) -> str:
        """The slot's key."""
        return self.slot.key


@dataclass(frozen=True)
class Day:
    """A calendar day in the forms people use."""

    day: int
    month: int
    year: int

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts days by the calendar."""
        return self.year, self.month, self.day

    @property
    def full(self) -> str:
        """«ngày 05 tháng 6 năm 2026», as Decree 30 writes it: days below 10 and months 1 and 2 with a 0."""
        month = f"{self.month:02d}" if self.month < 3 else str(self.month)
        return f"ngày {self.day:02d} tháng {month} năm {self.year}"

    def noted(self, chance: Chance) -> str:
        """As it may stand in somebody's notes: most often as in the document, so that copying is the rule."""
        if chance.odds(0.62):
            return self.full
        return chance.one(
            f"ngày {self.day:02d}/{self.month}/{self.year}",
            f"{self.day:02d}/{self.month:02d}/{self.year}",
            f"ngày {self.day}/{self.month}/{self.year}",
            f"{self.day}-{self.month}-{self.year}",
            f"ngày {self.day} tháng {self.month} năm {self.year}",
        )


def day(chance: Chance, year: int = 0) -> Day:
    """Some day of these years."""
    return Day(chance.number(1, 28), chance.number(1, 12), year or chance.random.choice((2026, 2026, 2027, 2025)))


def moment(chance: Chance, year: int = 0) -> tuple[str, str]:
    """An hour of a day: (as a document writes it, as the notes give it)."""
    hour, minute = (
        chance.of(("7", "8", "9", "10", "13", "14", "15", "16", "19")),
        chance.of(("00", "00", "30", "15", "45")),
    )
    then = day(chance, year)
    weekday = (
        f"{chance.of(('thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'))}, " if chance.odds(0.3) else ""
    )
    full, sharp = f"{hour} giờ {minute}", f"{hour} giờ"  # as the notes have it: with its minutes or without
    if chance.odds(0.6):
        value = f"{full}, {weekday}{then.full}"
        return value, value
    told, written = chance.random.choice(
        ((full, full), (full, f"{hour}h{minute}"), (full, f"{hour}:{minute}"))
        if minute != "00"
        else ((sharp, sharp), (full, f"{hour}h00"), (sharp, f"{hour}h"), (full, f"{hour}:00"))
    )
    return f"{told}, {weekday}{then.full}", f"{written}{chance.one(', ', ' ')}{weekday}{then.noted(chance)}"


def fact(key: str, value: str, noted: str = "") -> Fact:
    """A fact of this slot; ``noted`` defaults to the value itself."""
    return Fact(SLOTS[key], value, noted or value)


def detail(number: int, value: str) -> Fact:
    """A detail, the so-manieth of its document (from 0)."""
    return Fact(_DETAILS[number], value, value)
