"""Invented people, places, bodies and topics, drawn at random; one tenth of them is reserved for the evaluation.

Whether a word is reserved follows from its spelling alone (:func:`reserved`), so that every run, on every machine, keeps
the same tenth out of the training data.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training import wording

SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Đoàn Mai Tô Hà Cao Tạ Lương Châu "
    "Thái Lâm Trịnh Kiều Quách Tống Văn Nông Lò Vi Đào Phùng La Giàng Y Triệu Bế Hứa Thạch Kim Sầm Vương Trà Ung"
).split()
MIDDLES = (
    "Văn Thị Đức Minh Quang Hữu Thanh Ngọc Kim Hồng Xuân Thu Quốc Công Bá Đình Gia Anh Hải Tuấn Mạnh Duy Khánh Bảo Thùy Như "
    "Mỹ Bích Trọng Thế Viết Sỹ Hoài Diệu Tiến Nhật Tường Phúc Thúy Cẩm Đăng Chí Vĩnh Phương Lan Trung Hà Linh"
).split()
GIVEN = (
    "An Anh Bảo Bình Chi Chung Cường Dũng Duyên Giang Hà Hải Hạnh Hiền Hiếu Hòa Hoa Hùng Hương Khánh Khoa Kiên Lan Liên Linh "
    "Long Loan Mai Minh Nam Nga Ngân Nghĩa Nhung Oanh Phong Phúc Phương Quân Quyên Sơn Tâm Thắng Thảo Thịnh Thoa Thủy Tiến "
    "Toàn Trang Trung Tú Tuấn Tùng Uyên Vân Việt Vinh Xuân Yến Đạt Đông Hoài Khang Lộc Nhàn Thư Trâm Hậu Lý Diệp Ánh Bách "
    "Bích Cúc Danh Diễm Định Đoan Hằng Hoàng Huệ Huy Khuê Kỳ Lâm Luân Lựu Mận My Ngọc Nguyệt Nhật Nhi Phát Phượng Quang Quý "
    "Quỳnh Sang Sen Tài Tân Thành Thi Thuận Tín Tuyết Tường Văn Vũ Vy Đăng Đức Mẫn Nhân Trí Triều Thông Thục"
).split()
PLACE_FIRST = (
    "An Bình Hòa Tân Phú Vĩnh Thanh Long Đông Tây Nam Bắc Hải Triệu Cam Đức Quảng Hưng Mỹ Ngọc Sơn Thạch Trung Xuân Yên Diên "
    "Kim Lam Liên Lộc Minh Nghĩa Phong Phước Sông Thái Thịnh Thuận Tiên Trường Văn Việt Vân Ia Ea Bản Suối Đại Gia Hương "
    "Khánh Cát Châu Lạc Hoàng Hồng Duy Đắk Mường Nà Cao Bảo Thủy Lương Ninh Phan Quế Tam Tịnh Bạch Cẩm Giao Hiệp Kỳ Lệ"
).split()
PLACE_SECOND = (
    "An Bình Hòa Lạc Phú Vĩnh Thanh Long Đông Tây Nam Hải Phong Lộ Thọ Trạch Hưng Mỹ Lâm Sơn Khê Trung Xuân Yên Điền Giang "
    "Thành Quý Lộc Minh Nghĩa Thắng Phước Hồng Thái Thịnh Thuận Tiến Trì Cường Việt Vân Mai Đồng Lợi Hiệp Bảng Hợp Nguyên "
    "Thủy Ninh Khang Hà Châu Quang Ngọc Đức Tân Ân Lĩnh Xá Mô Luông Chánh Nhơn Tường Kiều Dương Phụng Sa Trà Cốc Lương"
).split()

WORKS = (
    "triển khai|đẩy mạnh|rà soát|tăng cường|sơ kết|kiểm tra|chấn chỉnh|nâng cao chất lượng|tổng kết|đánh giá|phối hợp thực "
    "hiện|bàn giải pháp|thống nhất phương án|chuẩn bị|theo dõi|đôn đốc|duy trì|đổi mới|củng cố|mở rộng"
).split("|")
MATTERS = (
    "phòng cháy, chữa cháy|cải cách thủ tục hành chính|chuyển đổi số|số hóa hồ sơ|tiếp công dân|bảo vệ môi trường|thu gom rác "
    "thải sinh hoạt|phòng, chống thiên tai|phòng, chống dịch bệnh|tiêm chủng mở rộng|giảm nghèo|xây dựng nông thôn mới|an "
    "toàn thực phẩm|an toàn giao thông|quản lý đất đai|cấp giấy chứng nhận quyền sử dụng đất|bảo vệ trẻ em|giáo dục nghề "
    "nghiệp|bảo hiểm y tế|tuyển sinh đầu cấp|phổ biến pháp luật|hòa giải ở cơ sở|quản lý tài sản công|thi đua, khen "
    "thưởng|bình đẳng giới|thu ngân sách|giải ngân vốn đầu tư công|bảo trì đường giao thông|quản lý chợ|chăn nuôi an "
    "toàn|trồng rừng|khuyến nông|cấp nước sạch|chiếu sáng công cộng|vệ sinh môi trường|gia đình văn hóa|thư viện cơ sở|thể "
    "thao quần chúng|du lịch cộng đồng|chăm sóc người cao tuổi|hỗ trợ người khuyết tật|đền ơn đáp nghĩa|tuyển chọn, gọi công "
    "dân nhập ngũ|bảo đảm an ninh trật tự|quản lý cư trú|dịch vụ công trực tuyến|ứng dụng chữ ký số|lưu trữ tài liệu|điều "
    "tra dân số|phát triển hợp tác xã|phòng, chống đuối nước|phòng, chống ma túy|phòng, chống sốt xuất huyết|phòng, chống "
    "dịch tả lợn|quản lý vỉa hè|chỉnh trang đô thị|nạo vét kênh mương|tưới tiêu vụ Đông Xuân|phòng, chống cháy rừng|quản lý "
    "hộ tịch|chứng thực bản sao|tiết kiệm điện|sử dụng mạng xã hội|kỹ năng số cho người dân|đào tạo nghề|giải quyết việc "
    "làm|trợ giúp xã hội|nhà ở cho hộ nghèo|phân loại rác tại nguồn|kiểm kê đất đai|đánh số nhà|lắp camera an ninh|quản lý "
    "nghĩa trang|bảo tồn lễ hội|xây dựng trường chuẩn quốc gia|bếp ăn bán trú|khám sức khỏe định kỳ|hiến máu tình nguyện|quỹ "
    "khuyến học|nuôi trồng thủy sản|phòng, chống hạn mặn|gieo cấy vụ Hè Thu|mỗi xã một sản phẩm|cải tạo vườn tạp|trồng cây "
    "phân tán|sửa chữa nhà văn hóa|thanh toán không dùng tiền mặt|họp trực tuyến|văn thư điện tử|phòng, chống lãng phí|kê "
    "khai tài sản|đánh giá cán bộ|bồi dưỡng công chức|quy chế dân chủ cơ sở|tiếp nhận phản ánh của người dân|sắp xếp trụ sở"
).split("|")
SCOPES = (
    "||||trên địa bàn|năm 2026|năm 2027|quý I|quý II|quý III|quý IV|6 tháng đầu năm|6 tháng cuối năm|tháng 3|tháng 4|tháng "
    "7|tháng 9|tháng 10|tại khu dân cư|trong trường học|vùng ven biển|đợt 1|đợt 2"
).split("|")
DEPARTMENTS = (
    "Sở Nội vụ|Sở Tài chính|Sở Xây dựng|Sở Y tế|Sở Tư pháp|Sở Công Thương|Sở Khoa học và Công nghệ|Sở Nông nghiệp và Môi "
    "trường|Sở Giáo dục và Đào tạo|Sở Văn hóa, Thể thao và Du lịch"
).split("|")
OFFICES = (
    "Phòng Kinh tế|Phòng Văn hóa - Xã hội|Văn phòng HĐND và UBND|Trung tâm Phục vụ hành chính công|Ban Chỉ huy Quân sự|Phòng "
    "Kinh tế, Hạ tầng và Đô thị|Công an|Trạm Y tế|Hội Nông dân|Hội Liên hiệp Phụ nữ|Đoàn Thanh niên|Ban Quản lý dự án|Ủy ban "
    "Mặt trận Tổ quốc|Hội Cựu chiến binh|Hội Người cao tuổi|Tổ công nghệ số cộng đồng|Đài Truyền thanh|Bộ phận Một cửa|Hội "
    "Chữ thập đỏ|Ban Công tác Mặt trận|Trung tâm Dịch vụ sự nghiệp công|Tổ bảo vệ an ninh trật tự|Thanh tra tỉnh|Kho bạc Nhà "
    "nước|Thuế cơ sở|Bưu điện|Điện lực|Hạt Kiểm lâm"
).split("|")
ACTIONS = (
    "báo cáo kết quả|gửi danh sách|lập kế hoạch chi tiết|cử người tham gia|hoàn thành hồ sơ|niêm yết công khai|kiểm tra thực "
    "địa|cập nhật số liệu|tuyên truyền đến người dân|bố trí kinh phí|phân công cán bộ phụ trách|xử lý dứt điểm tồn tại|rà "
    "soát, thống kê|chuẩn bị tài liệu|dự thảo quyết định|tổng hợp ý kiến|mời thành phần dự họp|nghiệm thu công trình|thanh "
    "toán kinh phí|tổ chức tập huấn|sửa chữa thiết bị|lập dự toán|vận động người dân|tiếp nhận đăng ký|đo đạc hiện trạng|in "
    "ấn tài liệu|kiểm tra việc thực hiện|họp với các hộ liên quan|báo cáo bằng văn bản|trả lời kiến nghị"
).split("|")
POSTS = (
    "Chủ tịch|Phó Chủ tịch|Giám đốc|Phó Giám đốc|Trưởng phòng|Phó Trưởng phòng|Chánh Văn phòng|Hiệu trưởng|Trưởng ban|Trưởng "
    "trạm|chuyên viên|công chức Tư pháp|công chức Địa chính|cán bộ văn thư|kế toán|Trưởng thôn"
).split("|")
ROOMS = (
    "Hội trường|Hội trường tầng {n}|Phòng họp số {n}|Phòng họp tầng {n}|Nhà văn hóa|Phòng tiếp công dân|Phòng họp trực tuyến|"
    "Hội trường lớn|Phòng họp A{n}|sân vận động|Nhà văn hóa thôn {n}"
).split("|")
PAPERS = (
    "căn cước|đơn đề nghị|bản sao giấy khai sinh|sổ bảo hiểm|giấy ủy quyền|hồ sơ thửa đất|thẻ bảo hiểm y tế|giấy chứng nhận "
    "kết hôn|ảnh 4x6|tờ khai theo mẫu|giấy xác nhận cư trú|bản vẽ hiện trạng|hóa đơn|danh sách thành viên|bản cam kết"
).split("|")
PEOPLE_GROUPS = (
    "người dân|các hộ kinh doanh|hộ nông dân|người cao tuổi|phụ huynh học sinh|doanh nghiệp|cán bộ, công chức|thanh niên|hộ "
    "nghèo và cận nghèo|chủ phương tiện|các hộ chăn nuôi|người lao động|học sinh|tiểu thương|hộ gia đình chính sách"
).split("|")
TROUBLES = (
    "tiến độ còn chậm|thiếu nhân lực|kinh phí chưa kịp thời|phối hợp chưa chặt chẽ|thiết bị xuống cấp|người dân chưa nắm thông "
    "tin|thời tiết không thuận lợi|hồ sơ tồn đọng nhiều|phần mềm hay lỗi|đường truyền yếu|cán bộ kiêm nhiệm nhiều việc|số liệu "
    "báo cáo chưa khớp|một số hộ chưa đồng thuận|mặt bằng bàn giao chậm|vật tư tăng giá"
).split("|")
CAUSES = (
    "mưa lớn kéo dài|văn bản hướng dẫn ban hành muộn|cán bộ mới nhận việc|nguồn thu giảm|phần mềm nâng cấp chậm|ý thức một số "
    "hộ chưa cao|địa bàn rộng|chưa có đơn vị thi công|thay đổi tổ chức bộ máy|dịch bệnh trên vật nuôi"
).split("|")
GOALS = (
    "hoàn thành 100% chỉ tiêu|giảm số hồ sơ quá hạn|mọi hộ dân được phổ biến|không để xảy ra tai nạn|bảo đảm đúng tiến độ|nâng "
    "tỷ lệ hồ sơ trực tuyến|mỗi thôn có một tổ nòng cốt|giữ địa bàn an toàn|không để sót đối tượng|giải quyết hồ sơ đúng hạn"
).split("|")
GOODS = (
    "máy tính để bàn|máy in|máy quét tài liệu|bàn ghế hội trường|loa truyền thanh|camera giám sát|thùng rác công cộng|giống cây "
    "lâm nghiệp|bình chữa cháy|đèn chiếu sáng|phần mềm quản lý văn bản|thiết bị họp trực tuyến|tủ hồ sơ|vật tư y tế|sách thư "
    "viện|xe thu gom rác|máy bơm nước|tài liệu tuyên truyền|đồng phục tổ tự quản|thuốc khử khuẩn"
).split("|")
COUNTS = (
    "hồ sơ tiếp nhận:hồ sơ|hồ sơ giải quyết đúng hạn:hồ sơ|hồ sơ quá hạn:hồ sơ|hộ nghèo:hộ|hộ được hỗ trợ:hộ|diện tích gieo "
    "trồng:ha|học sinh đến trường:em|người tham gia bảo hiểm y tế:người|vụ vi phạm:vụ|cuộc kiểm tra:cuộc|buổi tuyên "
    "truyền:buổi|thu ngân sách:triệu đồng|đường được sửa chữa:km|cây xanh được trồng:cây|lượt tiếp công dân:lượt|trẻ được tiêm "
    "chủng:trẻ|hồ sơ trực tuyến:hồ sơ|chữ ký số được cấp:chữ ký số|công trình hoàn thành:công trình|lao động có việc "
    "làm:người|lượt khách du lịch:lượt|sản lượng lúa:tấn|hộ có nước sạch:hộ|rác thải thu gom:tấn|đơn thư tiếp nhận:đơn|đơn "
    "thư đã giải quyết:đơn|lớp tập huấn:lớp|học viên:người|đàn lợn:con|tuyến đường có đèn:tuyến"
).split("|")
REASONS = (
    "thiết bị cũ đã hư hỏng|nhu cầu của người dân tăng|cơ sở vật chất xuống cấp|khối lượng công việc lớn|chưa có kinh phí trong "
    "dự toán|thực hiện chỉ đạo của cấp trên|bảo đảm an toàn trước mùa mưa bão|người dân nhiều lần kiến nghị|quy định cũ không "
    "còn phù hợp|số người tham gia còn ít"
).split("|")
FUNDS = (
    "ngân sách xã|ngân sách tỉnh|nguồn xã hội hóa|nguồn sự nghiệp kinh tế|nguồn chi thường xuyên|nguồn dự phòng ngân sách|nguồn "
    "cải cách tiền lương|quỹ đóng góp tự nguyện|nguồn chương trình mục tiêu quốc gia"
).split("|")

COMBINED = 0.5
"""The share of topics and tasks that are combined from lists; the others were written as they are."""
_SLOT = re.compile(r"\{(\w+)\}")

KEPT_OUT = frozenset({"Triệu Phong", "Triệu Bình", "Hải Lăng", "Cam Lộ", "Gio Linh", "Đông Hà", "Nam Lý"})
"""Places of the service's own samples and of hand-written trials: in no generated text."""


def reserved(word: str) -> bool:
    """True for the tenth of all names, places and topics that only the evaluation may use."""
    return zlib.crc32(word.encode()) % 10 == 0


@dataclass(frozen=True)
class Agency:
    """A body that issues documents.

    ``full`` is its official name, ``short`` what people write in notes, ``superior`` the body above it (empty for a
    People's Committee), ``initials`` its part of a document number, ``place`` the place of issue, ``head`` the signer's
    lines.
    """

    full: str
    short: str
    superior: str
    initials: str
    place: str
    head: tuple[str, ...]
    unit: str


class Chance:
    """Every random choice of the generator, from one seed; ``held`` draws only from the reserved tenth."""

    def __init__(self, seed: int, *, held: bool = False) -> None:
        self.random = random.Random(seed)  # noqa: S311 - invents documents, guards nothing
        self.held = held

    def one(self, *choices: str) -> str:
        """One of the wordings."""
        return self.random.choice(choices)

    def of(self, choices: Sequence[str]) -> str:
        """One of a list."""
        return self.random.choice(choices)

    def some(self, choices: Sequence[str], least: int, most: int) -> list[str]:
        """Several different ones."""
        return self.random.sample(choices, self.random.randint(least, most))

    def odds(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.random.random() < share

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(least, most)

    def _kept(self, draw: Callable[[], str]) -> str:
        while True:
            word = draw()
            if reserved(word) == self.held and word not in KEPT_OUT:
                return word

    def kept(self, choices: Sequence[str]) -> str:
        """One of a list: of its reserved tenth for the evaluation, of the others in training."""
        return self._kept(lambda: self.of(choices))

    def person(self) -> str:
        """A full name of three syllables, sometimes four."""

        def draw() -> str:
            middle = self.of(MIDDLES) + (f" {self.of(MIDDLES)}" if self.odds(0.15) else "")
            return f"{self.of(SURNAMES)} {middle} {self.of(GIVEN)}"

        return self._kept(draw)

    def place(self) -> str:
        """A place name of two syllables."""

        def draw() -> str:
            first, second = self.of(PLACE_FIRST), self.of(PLACE_SECOND)
            return f"{first} {second if second != first else 'Thọ'}"

        return self._kept(draw)

    def topic(self) -> str:
        """What a meeting or letter is about: «triển khai công tác … quý II»."""

        def draw() -> str:
            link = self.of(("công tác ", "công tác ", "kế hoạch ", "việc ", "chương trình ", "nhiệm vụ ", ""))
            matter, scope = self.of(MATTERS), self.of(SCOPES)
            return f"{self.of(WORKS)} {link}{matter} {scope}".strip()

        return self._kept(draw) if self.odds(COMBINED) else self.kept(wording.topics())

    def matter(self) -> str:
        """The bare subject matter."""
        return f"{self.of(MATTERS)} {self.of(SCOPES)}".strip()

    def unit(self) -> str:
        """A body that gets a task, an invitation or a letter."""
        draw = self.random.random()
        if draw < 0.4:
            return self.of(OFFICES)
        if draw < 0.5:
            return self.of(DEPARTMENTS)
        if draw < 0.65:
            return f"{self.of(('UBND xã', 'UBND phường'))} {self.place()}"
        kinds = (
            "thôn",
            "tổ dân phố",
            "Trường THCS",
            "Trường Tiểu học",
            "Trường Mầm non",
            "Hợp tác xã",
            "Công ty",
            "Trạm Y tế xã",
        )
        return (
            f"{self.of(kinds)} {self.place()}"
            if draw < 0.85
            else f"{self.of(OFFICES[:9])} {self.of(('xã', 'phường'))} {self.place()}"
        )

    def agency(self) -> Agency:
        """The issuing body."""
        place = self.place()
        if self.odds(0.7):
            level = self.of(("xã", "xã", "phường", "đặc khu"))
            head = self.random.choice(
                (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("CHỦ TỊCH",))
            )
            return Agency(
                f"Ủy ban nhân dân {level} {place}",
                f"UBND {level} {place}",
                "",
                "UBND",
                place,
                head,
                self.of(("VP", "KT", "VX")),
            )
        full = self.of(DEPARTMENTS)
        initials = "".join(word[0] for word in re.findall(r"\w+", full) if word != "và").upper()
        head = self.random.choice((("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")))
        return Agency(full, full, f"UBND TỈNH {place.upper()}", initials, place, head, self.of(("VP", "TH")))

    def task(self) -> str:
        """Something to be done."""
        if not self.odds(COMBINED):
            return self.filled(self.kept(wording.tasks()))
        return f"{self.of(ACTIONS)} {self.one('về', 'liên quan đến', 'trong', 'phục vụ')} {self.of(MATTERS)}"

    def detail(self) -> str:
        """A clause of the kind that notes hold besides the usual facts."""
        return self.filled(self.kept(wording.details()))

    def filled(self, pattern: str) -> str:
        """A pattern with a value in each of its slots: {n}, {small}, {money}, {person}, {day}, {hour}, {place}, {unit},
        {share}, {sign}, {measure}."""
        return _SLOT.sub(lambda found: self._value(found[1]), pattern)

    def _value(self, slot: str) -> str:
        match slot:
            case "n":
                return self.amount()
            case "small":
                return str(self.number(2, 9))
            case "money":
                return self.money()
            case "person":
                return self.person()
            case "day":
                month = self.number(1, 12)
                shown = f"{month:02d}" if month < 3 else str(month)  # Decree 30, Phụ lục I, mục II.4
                return f"ngày {self.number(1, 28):02d} tháng {shown} năm {self.of(('2026', '2027'))}"
            case "hour":
                return f"{self.number(5, 21)} giờ{self.of(('', ' 00', ' 15', ' 30', ' 45'))}"
            case "place":
                return f"{self.of(('xã', 'phường', 'thôn'))} {self.place()}"
            case "unit":
                return self.unit()
            case "share":
                return self.share()
            case "sign":
                return self.sign(self.of(("KH", "TB", "QĐ", "BC", "")), self.agency())
            case "measure":
                return f"{self.number(2, 960)}{self.of(('', ',5', ',2', ',8'))} {self.of(('ha', 'ha', 'm²', 'km'))}"
        raise ValueError(slot)

    def phone(self) -> str:
        """A made-up mobile number."""
        return "0" + self.of("39785") + "".join(self.of("0123456789") for _ in range(8))

    def money(self) -> str:
        """An amount in đồng."""
        return f"{self.number(11, 985)}.{self.one('000', '500', '250', '750', '800')}.000 đồng"

    def amount(self) -> str:
        """A count with its thousands marked."""
        value = self.number(3, 99) if self.odds(0.4) else self.number(100, 9800)
        return f"{value // 1000}.{value % 1000:03d}" if value >= 1000 else str(value)

    def share(self) -> str:
        """A percentage."""
        return f"{self.number(2, 99)},{self.number(0, 9)}%" if self.odds(0.8) else f"{self.number(10, 99)}%"

    def sign(self, kind: str, agency: Agency) -> str:
        """A document number."""
        return (
            f"{self.number(10, 899)}/{kind}-{agency.initials}"
            if kind
            else f"{self.number(10, 899)}/{agency.initials}-{agency.unit}"
        )


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with its first letter small, unless it is a name or an abbreviation."""
    head = text.split(" ", 1)[0]
    return text if head.isupper() and len(head) > 1 else text[:1].lower() + text[1:]
