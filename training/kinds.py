"""The body of each of the 29 kinds of Decree 30/2020/NĐ-CP, built from invented facts.

The head and foot of a document (quốc hiệu, names in capitals, number, place and date, nơi nhận, signature) are set by code;
what is composed here is what a model is asked to write: subject, «Kính gửi», and the body down to «./.». An answer has one
fixed wording per kind, so that a very small model learns it fast; the variety lies in how it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from service.nd30.kinds import BY_ID, Kind
from training.slots import Fact, day, fact, moment
from training.words import (
    CAUSES,
    COUNTS,
    FUNDS,
    GOALS,
    GOODS,
    PAPERS,
    PEOPLE_GROUPS,
    POSTS,
    REASONS,
    ROOMS,
    TROUBLES,
    Agency,
    Chance,
    capital,
    small,
)

MISSING = "[cần bổ sung]"
"""Stands where a fact was not given."""

END = "./."
"""Ends every body (sample forms, Phụ lục III)."""


@dataclass(frozen=True)
class Paper:
    """What the model writes of a document: its subject (without «V/v»), addressees and body lines; ``by`` who wires."""

    subject: str
    addressees: tuple[str, ...]
    lines: tuple[str, ...]
    by: str = ""


Get = Callable[[str], str]
Compose = Callable[[Get], Paper]


@dataclass(frozen=True)
class Brief:
    """The facts of one invented document and how its body is made from them.

    ``openings`` are the words people use for the job («giấy mời», «thư mời họp»).
    """

    kind: Kind
    agency: Agency
    facts: tuple[Fact, ...]
    compose: Compose = field(repr=False)
    openings: tuple[str, ...]

    @property
    def values(self) -> Mapping[str, str]:
        """The facts by key, as documents write them."""
        return {item.key: item.value for item in self.facts}

    def paper(self, known: Mapping[str, str] | None = None) -> Paper:
        """The document; a fact that ``known`` lacks becomes «[cần bổ sung]»."""
        given = self.values if known is None else known
        return self.compose(lambda key: given.get(key, MISSING))


def items(value: str) -> list[str]:
    """A value that lists several things, taken apart."""
    return value.split("; ")


def numbered(values: Sequence[str]) -> list[str]:
    """«1. …» lines, each a sentence."""
    return [f"{n}. {capital(value)}." for n, value in enumerate(values, 1)]


def dashed(values: Sequence[str]) -> list[str]:
    """«- …» lines with semicolons, a full stop after the last."""
    return [f"- {value}{';' if n < len(values) else '.'}" for n, value in enumerate(values, 1)]


def ended(*lines: str | Sequence[str]) -> tuple[str, ...]:
    """The lines of a body, the last one closed with «./.»."""
    flat: list[str] = []
    for line in lines:
        flat.extend([line] if isinstance(line, str) else line)
    return (*flat[:-1], flat[-1].rstrip(".;") + END)


def results_of(chance: Chance, least: int, most: int) -> str:
    """Some counted results: «hộ nghèo 120 hộ (giảm 3,2%); …»."""
    parts = []
    for count in chance.some(COUNTS, least, most):
        name, unit = count.split(":")
        change = f" ({chance.one('tăng', 'giảm', 'đạt')} {chance.share()})" if chance.odds(0.35) else ""
        parts.append(f"{name} {chance.amount()} {unit}{change}")
    return "; ".join(parts)


class _Desk:
    """Draws the facts of one document; kinds read like lists of what they need."""

    def __init__(self, chance: Chance) -> None:
        self.chance, self.agency = chance, chance.agency()
        self.facts: list[Fact] = []
        short = self.agency.short if chance.odds(0.6) else self.agency.full
        self.facts.append(fact("agency", self.agency.full, short))
        self.year = chance.random.choice((2026, 2026, 2027))

    def add(self, key: str, value: str, noted: str = "") -> str:
        self.facts.append(fact(key, value, noted))
        return value

    def topic(self) -> None:
        self.add("topic", self.chance.topic())

    def day(self, key: str) -> None:
        then = day(self.chance, self.year)
        self.add(key, then.full, then.noted(self.chance))

    def period(self) -> None:
        first, last = sorted((day(self.chance, self.year) for _ in range(2)), key=lambda then: then.order)
        noted = f"từ {first.noted(self.chance)} đến {last.noted(self.chance)}"
        self.add("period", f"từ {first.full} đến {last.full}", noted)

    def when(self) -> None:
        self.add("when", *moment(self.chance, self.year))

    def where(self) -> None:
        room = self.chance.of(ROOMS).format(n=self.chance.number(1, 8))
        self.add("where", f"{room} {self.agency.short}" if self.chance.odds(0.7) else f"{room} {self.chance.place()}")

    def person(self, key: str, *, post: bool = False) -> None:
        name, title = self.chance.person(), self.chance.of(POSTS)
        if not post:
            self.add(key, name, self.chance.one(name, name, name, f"đồng chí {name}", f"ông {name}", f"bà {name}"))
            return
        value = f"{name}, {title}"
        written = (
            value,
            value,
            value,
            f"{title} {name}",
            f"{name} - {title}",
            f"{name} ({title})",
            f"đồng chí {value}",
        )
        self.add(key, value, self.chance.of(written))

    def contact(self) -> None:
        name, phone = self.chance.person(), self.chance.phone()
        noted = self.chance.one(
            f"{name}, {phone}", f"{name}, điện thoại {phone}", f"{name} ({phone})", f"{name} {phone}"
        )
        self.add("contact", f"{name}, điện thoại {phone}", noted)

    def basis(self, key: str = "basis") -> None:
        kind, abbreviation = self.chance.random.choice(
            (
                ("Kế hoạch", "KH"),
                ("Công văn", ""),
                ("Quyết định", "QĐ"),
                ("Thông báo", "TB"),
                ("Chỉ thị", "CT"),
                ("Hướng dẫn", "HD"),
            )
        )
        other, then = self.chance.agency(), day(self.chance, self.year)
        sign = self.chance.sign(abbreviation, other)
        of = f" của {other.full}" if self.chance.odds(0.8) else ""
        self.add(key, f"{kind} số {sign} {then.full}{of}", f"{kind} số {sign} {then.noted(self.chance)}{of}")

    def units(self, key: str, least: int = 1, most: int = 3) -> None:
        count = self.chance.number(least, most)
        found: list[str] = []
        while len(found) < count:
            unit = self.chance.unit()
            if unit not in found:
                found.append(unit)
        self.add(key, "; ".join(found))

    def tasks(self, least: int = 1, most: int = 3) -> None:
        self.add("tasks", "; ".join(self.chance.task() for _ in range(self.chance.number(least, most))))

    def pick(self, key: str, choices: Sequence[str]) -> None:
        self.add(key, self.chance.of(choices))

    def brief(self, kind: str, openings: str, compose: Compose) -> Brief:
        return Brief(BY_ID[kind], self.agency, tuple(self.facts), compose, tuple(openings.split("|")))


def _invitation(chance: Chance) -> Brief:
    desk = _Desk(chance)
    event = chance.one("cuộc họp", "hội nghị", "buổi làm việc", "buổi tập huấn", "lễ ra quân", "hội thảo")
    desk.add("topic", f"{event} {chance.topic()}")
    desk.when()
    desk.where()
    desk.person("chair", post=True)
    desk.units("guests", 1, 4)
    if chance.odds(0.6):
        desk.contact()

    def compose(get: Get) -> Paper:
        return Paper(
            capital(get("topic")),
            (),
            ended(
                f"{get('agency')} trân trọng kính mời:",
                dashed(items(get("guests"))),
                f"Tới dự: {get('topic')}.",
                f"Chủ trì: đồng chí {get('chair')}.",
                f"Thời gian: {get('when')}.",
                f"Địa điểm: {get('where')}.",
                f"Đề nghị các đại biểu đến dự đúng thành phần, thời gian. Liên hệ: {get('contact')}.",
            ),
        )

    return desk.brief("giay_moi", "giấy mời|giấy mời họp|thư mời họp|giấy mời dự họp", compose)


def _reminder(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.units("to")
    desk.basis()
    done, total = chance.number(2, 30), chance.number(31, 90)
    desk.add("situation", f"có {done}/{total} đơn vị đã báo cáo")
    desk.tasks()
    desk.day("deadline")
    if chance.odds(0.6):
        desk.contact()

    def compose(get: Get) -> Paper:
        return Paper(
            f"đôn đốc {get('topic')}",
            tuple(items(get("to"))),
            ended(
                f"Thực hiện {get('basis')}, đến nay {get('situation')}. {get('agency')} đề nghị:",
                numbered(items(get("tasks"))),
                f"Kết quả gửi về {get('agency')} trước {get('deadline')}.",
                f"Đầu mối liên hệ: {get('contact')}.",
                "Đề nghị các cơ quan, đơn vị quan tâm, triển khai thực hiện.",
            ),
        )

    return desk.brief("cong_van", "công văn đôn đốc|công văn nhắc việc|công văn nhắc báo cáo|văn bản đôn đốc", compose)


def _reply(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.units("to", 1, 1)
    desk.basis("incoming")
    desk.tasks(1, 3)
    desk.pick("reason", REASONS)
    if chance.odds(0.5):
        desk.contact()

    def compose(get: Get) -> Paper:
        return Paper(
            f"trả lời {get('topic')}",
            tuple(items(get("to"))),
            ended(
                f"Phúc đáp {get('incoming')} về {get('topic')}, {get('agency')} có ý kiến như sau:",
                numbered(items(get("tasks"))),
                f"Lý do: {get('reason')}.",
                f"Đầu mối liên hệ: {get('contact')}.",
                f"{get('agency')} trả lời để {items(get('to'))[0]} biết.",
            ),
        )

    return desk.brief("cong_van", "công văn trả lời|công văn phúc đáp|văn bản trả lời", compose)


def _request(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.units("to", 1, 3)
    desk.pick("reason", REASONS)
    desk.tasks()
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        return Paper(
            f"phối hợp {get('topic')}",
            tuple(items(get("to"))),
            ended(
                f"Để {get('topic')}, do {get('reason')}, {get('agency')} đề nghị:",
                numbered(items(get("tasks"))),
                f"Văn bản trả lời gửi về {get('agency')} trước {get('deadline')}.",
                "Rất mong nhận được sự phối hợp của quý cơ quan.",
            ),
        )

    return desk.brief("cong_van", "công văn đề nghị phối hợp|công văn xin ý kiến|công văn đề nghị|công văn", compose)


def _notice(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.pick("target", PEOPLE_GROUPS)
    desk.when()
    desk.where()
    desk.add("papers", ", ".join(chance.some(PAPERS, 1, 3)))
    desk.contact()

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc {get('topic')}",
            (),
            ended(
                f"{get('agency')} thông báo về việc {get('topic')} như sau:",
                f"1. Đối tượng: {get('target')}.",
                f"2. Thời gian: {get('when')}.",
                f"3. Địa điểm: {get('where')}.",
                f"4. Giấy tờ mang theo: {get('papers')}.",
                f"5. Liên hệ: {get('contact')}.",
                f"{get('agency')} thông báo để các tổ chức, cá nhân biết, thực hiện.",
            ),
        )

    return desk.brief("thong_bao", "thông báo|thông báo cho người dân|bản thông báo", compose)


def _outage(chance: Chance) -> Brief:
    desk = _Desk(chance)
    what = chance.one(
        "tạm ngừng cấp nước",
        "tạm ngừng cấp điện",
        "cấm đường",
        "tạm dừng tiếp nhận hồ sơ",
        "sửa chữa cầu",
        "phun thuốc khử khuẩn",
    )
    desk.add("topic", what)
    desk.pick("reason", (*REASONS, "sửa chữa đường ống", "bảo trì hệ thống", "thi công mặt đường"))
    desk.period()
    desk.add("area", f"{chance.one('thôn', 'tổ dân phố', 'khu phố', 'đường')} {chance.place()}")
    desk.contact()

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc {get('topic')}",
            (),
            ended(
                f"{get('agency')} thông báo {get('topic')} như sau:",
                f"1. Thời gian: {get('period')}.",
                f"2. Phạm vi: {get('area')}.",
                f"3. Lý do: {get('reason')}.",
                f"4. Liên hệ: {get('contact')}.",
                f"{get('agency')} mong các tổ chức, cá nhân thông cảm, phối hợp.",
            ),
        )

    return desk.brief("thong_bao", "thông báo|thông báo cho dân|thông báo ngắn", compose)


def _conclusion(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.when()
    desk.person("chair", post=True)
    desk.units("lead", 1, 1)
    desk.tasks(1, 3)
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        return Paper(
            f"Kết luận cuộc họp {get('topic')}",
            (),
            ended(
                f"Lúc {get('when')}, {get('agency')} tổ chức cuộc họp {get('topic')}. Sau khi nghe ý kiến các đại biểu, "
                f"đồng chí {get('chair')} kết luận như sau:",
                numbered(items(get("tasks"))),
                f"Giao {get('lead')} chủ trì, hoàn thành trước {get('deadline')}.",
                f"{get('agency')} thông báo để các cơ quan, đơn vị biết, thực hiện.",
            ),
        )

    return desk.brief("thong_bao", "thông báo kết luận|thông báo kết luận cuộc họp|thông báo ý kiến kết luận", compose)


def _plan(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.basis()
    desk.pick("goal", GOALS)
    desk.tasks(1, 3)
    desk.period()
    desk.add("money", chance.money())
    desk.pick("fund", FUNDS)
    desk.units("lead", 1, 1)

    def compose(get: Get) -> Paper:
        return Paper(
            capital(get("topic")),
            (),
            ended(
                f"Thực hiện {get('basis')}, {get('agency')} ban hành Kế hoạch {get('topic')} như sau:",
                "I. MỤC ĐÍCH, YÊU CẦU",
                f"{capital(get('goal'))}.",
                "II. NỘI DUNG",
                numbered(items(get("tasks"))),
                "III. THỜI GIAN",
                f"Thực hiện {get('period')}.",
                "IV. KINH PHÍ",
                f"Kinh phí {get('money')}, từ {get('fund')}.",
                "V. TỔ CHỨC THỰC HIỆN",
                f"{get('lead')} chủ trì thực hiện. Khó khăn, vướng mắc phản ánh về {get('agency')} để xem xét.",
            ),
        )

    return desk.brief("ke_hoach", "kế hoạch|bản kế hoạch|dự thảo kế hoạch", compose)


def _report(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.add("results", results_of(chance, 2, 4))
    desk.pick("trouble", TROUBLES)
    desk.pick("reason", CAUSES)
    desk.tasks(1, 2)
    desk.add(
        "proposal",
        f"{chance.of(('UBND tỉnh', 'Sở Tài chính', 'Sở Nội vụ', 'cấp trên'))} {chance.one('bổ sung kinh phí', 'tổ chức tập huấn', 'hỗ trợ thiết bị', 'ban hành hướng dẫn')}",
    )

    def compose(get: Get) -> Paper:
        return Paper(
            f"Kết quả {get('topic')}",
            (),
            ended(
                f"{get('agency')} báo cáo kết quả {get('topic')} như sau:",
                "I. KẾT QUẢ",
                dashed([capital(item) for item in items(get("results"))]),
                "II. TỒN TẠI, NGUYÊN NHÂN",
                f"{capital(get('trouble'))}. Nguyên nhân: {get('reason')}.",
                "III. NHIỆM VỤ",
                numbered(items(get("tasks"))),
                "IV. KIẾN NGHỊ",
                f"Đề nghị {get('proposal')}.",
                f"Trên đây là báo cáo của {get('agency')}.",
            ),
        )

    return desk.brief("bao_cao", "báo cáo|báo cáo kết quả|bản báo cáo", compose)


def _proposal(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.add(
        "to",
        chance.one("UBND tỉnh", "Chủ tịch UBND tỉnh", "Sở Tài chính", "HĐND xã", "Sở Nội vụ", "Ban Thường vụ Đảng ủy"),
    )
    desk.basis()
    desk.pick("reason", REASONS)
    desk.add("area", f"{chance.one('xã', 'phường', 'thôn', 'khu vực')} {chance.place()}")
    desk.period()
    desk.add("money", chance.money())
    desk.pick("fund", FUNDS)

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc phê duyệt kế hoạch {get('topic')}",
            (get("to"),),
            ended(
                f"Căn cứ {get('basis')}; do {get('reason')}, {get('agency')} kính trình {get('to')} xem xét, phê duyệt kế hoạch "
                f"{get('topic')} như sau:",
                f"1. Phạm vi: {get('area')}.",
                f"2. Thời gian thực hiện: {get('period')}.",
                f"3. Kinh phí: {get('money')}, từ {get('fund')}.",
                f"Kính trình {get('to')} xem xét, quyết định.",
            ),
        )

    return desk.brief("to_trinh", "tờ trình|tờ trình xin phê duyệt|tờ trình xin kinh phí", compose)


def _purchase(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.pick("goods", GOODS)
    desk.add("to", chance.one("UBND tỉnh", "Sở Tài chính", "Chủ tịch UBND tỉnh", "Sở Khoa học và Công nghệ"))
    desk.add("count", f"{chance.number(2, 60):02d} {chance.one('chiếc', 'bộ', 'cái')}")
    desk.add("money", chance.money())
    desk.pick("fund", FUNDS)
    desk.pick("reason", REASONS)

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc mua {get('goods')}",
            (get("to"),),
            ended(
                f"Do {get('reason')}, {get('agency')} kính trình {get('to')} xem xét, cho phép mua {get('goods')} như sau:",
                f"1. Số lượng: {get('count')}.",
                f"2. Kinh phí: {get('money')}.",
                f"3. Nguồn: {get('fund')}.",
                f"Kính trình {get('to')} xem xét, quyết định.",
            ),
        )

    return desk.brief("to_trinh", "tờ trình|tờ trình mua sắm|tờ trình xin mua", compose)


def _decision(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.add(
        "topic",
        f"{chance.one('thành lập Tổ công tác', 'thành lập Ban Chỉ đạo', 'kiện toàn Ban Chỉ đạo', 'thành lập Tổ giúp việc')} {chance.matter()}",
    )
    desk.basis()
    desk.units("lead", 1, 1)
    desk.person("person")
    desk.pick("post", ("Tổ trưởng", "Trưởng ban", "Phó Trưởng ban thường trực"))
    desk.tasks(1, 2)
    desk.day("effect")

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc {get('topic')}",
            (),
            ended(
                f"Căn cứ {get('basis')};",
                f"Theo đề nghị của {get('lead')}.",
                "QUYẾT ĐỊNH:",
                f"Điều 1. {capital(get('topic'))}; ông (bà) {get('person')} làm {get('post')}.",
                "Điều 2. Nhiệm vụ:",
                numbered(items(get("tasks"))),
                f"Điều 3. Quyết định có hiệu lực từ {get('effect')}. {get('lead')} và các cá nhân liên quan chịu trách nhiệm thi hành.",
            ),
        )

    return desk.brief("quyet_dinh", "quyết định|quyết định thành lập|dự thảo quyết định", compose)


def _resolution(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.basis()
    desk.add("money", chance.money())
    desk.pick("goal", GOALS)
    desk.units("lead", 1, 1)
    desk.day("effect")

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về {get('topic')}",
            (),
            ended(
                f"Căn cứ {get('basis')};",
                f"Xét đề nghị của {get('lead')}.",
                "QUYẾT NGHỊ:",
                f"Điều 1. Thông qua nội dung {get('topic')}, mục tiêu {get('goal')}.",
                f"Điều 2. Kinh phí thực hiện {get('money')}.",
                f"Điều 3. Nghị quyết có hiệu lực từ {get('effect')}; giao {get('lead')} tổ chức thực hiện.",
            ),
        )

    return desk.brief("nghi_quyet", "nghị quyết|dự thảo nghị quyết", compose)


def _directive(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.pick("situation", TROUBLES)
    desk.units("lead", 1, 2)
    desk.tasks(1, 3)
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về {get('topic')}",
            (),
            ended(
                f"Thời gian qua, việc {get('topic')} còn hạn chế: {get('situation')}. {get('agency')} yêu cầu {', '.join(items(get('lead')))}:",
                numbered(items(get("tasks"))),
                f"Báo cáo kết quả về {get('agency')} trước {get('deadline')}.",
            ),
        )

    return desk.brief("chi_thi", "chỉ thị|dự thảo chỉ thị", compose)


def _rules(chance: Chance) -> Brief:
    kind, name = chance.random.choice((("quy_che", "Quy chế"), ("quy_dinh", "Quy định")))
    desk = _Desk(chance)
    desk.add("topic", f"{chance.one('sử dụng', 'quản lý', 'tổ chức')} {chance.matter()}")
    desk.pick("target", PEOPLE_GROUPS)
    desk.tasks(1, 3)
    desk.units("lead", 1, 1)
    desk.day("effect")

    def compose(get: Get) -> Paper:
        return Paper(
            capital(get("topic")),
            (),
            ended(
                "Điều 1. Phạm vi và đối tượng",
                f"{name} này quy định việc {get('topic')}; áp dụng với {get('target')}.",
                "Điều 2. Nội dung thực hiện",
                numbered(items(get("tasks"))),
                "Điều 3. Tổ chức thực hiện",
                f"{get('lead')} hướng dẫn, kiểm tra. {name} có hiệu lực từ {get('effect')}.",
            ),
        )

    return desk.brief(kind, f"{small(name)}|dự thảo {small(name)}|bản {small(name)}", compose)


def _communique(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.when()
    desk.where()
    desk.add("results", results_of(chance, 1, 3))
    desk.contact()

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về {get('topic')}",
            (),
            ended(
                f"Lúc {get('when')}, tại {get('where')}, {get('agency')} tổ chức {get('topic')}.",
                "Kết quả:",
                dashed([capital(item) for item in items(get("results"))]),
                f"Thông tin thêm xin liên hệ: {get('contact')}.",
            ),
        )

    return desk.brief("thong_cao", "thông cáo|thông cáo báo chí", compose)


def _guide(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.basis()
    desk.pick("target", PEOPLE_GROUPS)
    desk.add("papers", ", ".join(chance.some(PAPERS, 1, 3)))
    desk.where()
    desk.add("count", f"{chance.number(2, 20):02d} ngày làm việc")
    desk.contact()

    def compose(get: Get) -> Paper:
        return Paper(
            capital(get("topic")),
            (),
            ended(
                f"Thực hiện {get('basis')}, {get('agency')} hướng dẫn như sau:",
                f"1. Đối tượng: {get('target')}.",
                f"2. Hồ sơ gồm: {get('papers')}.",
                f"3. Nơi nộp: {get('where')}.",
                f"4. Thời hạn giải quyết: {get('count')}.",
                f"Khó khăn, vướng mắc liên hệ: {get('contact')}.",
            ),
        )

    return desk.brief("huong_dan", "hướng dẫn|bản hướng dẫn|văn bản hướng dẫn", compose)


def _programme(chance: Chance) -> Brief:
    kind, name = chance.random.choice((("chuong_trinh", "Chương trình"), ("phuong_an", "Phương án")))
    desk = _Desk(chance)
    desk.topic()
    desk.pick("goal", GOALS)
    desk.tasks(2, 4)
    desk.period()
    desk.units("lead", 1, 1)
    desk.units("support", 1, 2)

    def compose(get: Get) -> Paper:
        return Paper(
            capital(get("topic")),
            (),
            ended(
                f"{get('agency')} ban hành {name} {get('topic')} như sau:",
                "I. MỤC TIÊU",
                f"{capital(get('goal'))}.",
                "II. NHIỆM VỤ",
                numbered(items(get("tasks"))),
                "III. TỔ CHỨC THỰC HIỆN",
                f"Thực hiện {get('period')}. {get('lead')} chủ trì; {', '.join(items(get('support')))} phối hợp.",
            ),
        )

    return desk.brief(kind, f"{small(name)}|bản {small(name)}|{small(name)} công tác", compose)


def _project(chance: Chance) -> Brief:
    kind, name = chance.random.choice((("de_an", "Đề án"), ("du_an", "Dự án")))
    desk = _Desk(chance)
    desk.topic()
    desk.pick("reason", REASONS)
    desk.pick("situation", TROUBLES)
    desk.pick("goal", GOALS)
    desk.tasks(1, 3)
    desk.add("money", chance.money())
    desk.pick("fund", FUNDS)
    desk.period()

    def compose(get: Get) -> Paper:
        return Paper(
            capital(get("topic")),
            (),
            ended(
                "I. SỰ CẦN THIẾT",
                f"{name} cần thiết vì {get('reason')}.",
                "II. THỰC TRẠNG",
                f"Hiện nay {get('situation')}.",
                "III. MỤC TIÊU",
                f"{capital(get('goal'))}.",
                "IV. NHIỆM VỤ, GIẢI PHÁP",
                numbered(items(get("tasks"))),
                "V. KINH PHÍ, THỜI GIAN",
                f"Kinh phí {get('money')}, từ {get('fund')}; thực hiện {get('period')}.",
            ),
        )

    return desk.brief(kind, f"{small(name)}|bản {small(name)}|dự thảo {small(name)}", compose)


def _minutes(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.add("topic", f"họp {chance.topic()}")
    desk.when()
    desk.where()
    desk.person("chair", post=True)
    desk.person("secretary")
    desk.units("guests", 1, 3)
    desk.tasks(1, 3)
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        return Paper(
            capital(get("topic")),
            (),
            ended(
                f"Thời gian bắt đầu: {get('when')}.",
                f"Địa điểm: {get('where')}.",
                f"Thành phần tham dự: {', '.join(items(get('guests')))}.",
                f"Chủ trì: {get('chair')}.",
                f"Thư ký: {get('secretary')}.",
                "Nội dung:",
                numbered(items(get("tasks"))),
                f"Thời hạn thực hiện: trước {get('deadline')}.",
                f"Cuộc họp kết thúc vào {MISSING}.",
            ),
        )

    return desk.brief("bien_ban", "biên bản|biên bản họp|biên bản cuộc họp", compose)


def _contract(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.pick("goods", GOODS)
    desk.add("second", f"{chance.one('Công ty', 'Hợp tác xã', 'Hộ kinh doanh')} {chance.place()}")
    desk.add("count", f"{chance.number(2, 90):02d} {chance.one('chiếc', 'bộ', 'cái')}")
    desk.add("money", chance.money())
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc cung cấp {get('goods')}",
            (),
            ended(
                f"Bên A: {get('agency')}.",
                f"Bên B: {get('second')}.",
                f"Điều 1. Bên B cung cấp {get('goods')}, số lượng {get('count')}.",
                f"Điều 2. Giá trị hợp đồng: {get('money')}.",
                f"Điều 3. Bên B giao hàng trước {get('deadline')}.",
                "Hợp đồng lập thành 02 bản, mỗi bên giữ 01 bản.",
            ),
        )

    return desk.brief("hop_dong", "hợp đồng|dự thảo hợp đồng|bản hợp đồng", compose)


def _agreement(chance: Chance) -> Brief:
    kind, name = chance.random.choice((("ban_ghi_nho", "Bản ghi nhớ"), ("ban_thoa_thuan", "Bản thỏa thuận")))
    desk = _Desk(chance)
    desk.topic()
    desk.add("second", chance.unit())
    desk.tasks(1, 3)
    desk.period()

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về {get('topic')}",
            (),
            ended(
                f"{get('agency')} và {get('second')} thống nhất {get('topic')} như sau:",
                numbered(items(get("tasks"))),
                f"{name} được thực hiện {get('period')}.",
            ),
        )

    return desk.brief(kind, f"{small(name)}|{small(name)} hợp tác", compose)


def _wire(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.topic()
    desk.units("to", 1, 3)
    desk.pick("situation", (*TROUBLES, "mưa lớn đang diễn ra", "nước sông lên nhanh", "nguy cơ cháy rừng cao"))
    desk.tasks(1, 3)
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc {get('topic')}",
            tuple(items(get("to"))),
            ended(
                f"Hiện nay {get('situation')}. {get('agency')} yêu cầu:",
                numbered(items(get("tasks"))),
                f"Báo cáo về {get('agency')} trước {get('deadline')}.",
            ),
            by=get("agency"),
        )

    return desk.brief("cong_dien", "công điện|công điện khẩn", compose)


def _proxy(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.person("person", post=True)
    desk.person("second", post=True)
    desk.topic()
    desk.period()

    def compose(get: Get) -> Paper:
        return Paper(
            f"Về việc {get('topic')}",
            (),
            ended(
                f"Bên ủy quyền: ông (bà) {get('person')}.",
                f"Bên được ủy quyền: ông (bà) {get('second')}.",
                f"Nội dung ủy quyền: {get('topic')}.",
                f"Thời hạn: {get('period')}.",
                "Người được ủy quyền không được ủy quyền lại.",
            ),
        )

    return desk.brief("giay_uy_quyen", "giấy ủy quyền|văn bản ủy quyền", compose)


def _introduction(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.person("person")
    desk.pick("post", POSTS)
    desk.units("to", 1, 1)
    desk.topic()
    desk.day("until")

    def compose(get: Get) -> Paper:
        return Paper(
            "",
            (),
            ended(
                f"{get('agency')} trân trọng giới thiệu:",
                f"Ông (bà): {get('person')}.",
                f"Chức vụ: {get('post')}.",
                f"Được cử đến: {get('to')}.",
                f"Về việc: {get('topic')}.",
                "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.",
                f"Giấy này có giá trị đến hết {get('until')}.",
            ),
        )

    return desk.brief("giay_gioi_thieu", "giấy giới thiệu|giấy giới thiệu đi công tác", compose)


def _leave(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.person("person")
    desk.pick("post", POSTS)
    desk.period()
    desk.add("where", f"{chance.one('xã', 'phường')} {chance.place()}")
    desk.add("reason", chance.one("nghỉ phép năm", "việc gia đình", "đi khám bệnh", "chăm sóc con ốm", "về quê"))

    def compose(get: Get) -> Paper:
        return Paper(
            "",
            (),
            ended(
                f"Xét đề nghị nghỉ phép, {get('agency')} cấp cho:",
                f"Ông (bà): {get('person')}.",
                f"Chức vụ: {get('post')}.",
                f"Nghỉ {get('period')}.",
                f"Lý do: {get('reason')}.",
                f"Nơi nghỉ: {get('where')}.",
            ),
        )

    return desk.brief("giay_nghi_phep", "giấy nghỉ phép|giấy cho nghỉ phép", compose)


def _slip(chance: Chance) -> Brief:
    kind = chance.of(("phieu_gui", "phieu_bao"))
    desk = _Desk(chance)
    desk.units("to", 1, 1)
    if kind == "phieu_gui":
        desk.basis()
    else:
        desk.topic()
        desk.add("results", results_of(chance, 1, 2))
    desk.add("count", f"{chance.number(1, 9):02d} {chance.one('bản', 'bộ', 'tập')}")
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        if kind == "phieu_gui":
            lines = [
                f"{get('agency')} gửi {get('to')}:",
                f"1. Tài liệu: {get('basis')}.",
                f"2. Số lượng: {get('count')}.",
            ]
            subject = "Gửi tài liệu"
        else:
            lines = [
                f"{get('agency')} báo để {get('to')} biết về {get('topic')}:",
                *dashed([capital(item) for item in items(get("results"))]),
            ]
            lines.append(f"Kèm theo: {get('count')}.")
            subject = f"Về {get('topic')}"
        return Paper(subject, (), ended(lines, f"Đề nghị xác nhận trước {get('deadline')}."))

    return desk.brief(
        kind, "phiếu gửi|phiếu gửi tài liệu" if kind == "phieu_gui" else "phiếu báo|phiếu báo kết quả", compose
    )


def _forwarding(chance: Chance) -> Brief:
    desk = _Desk(chance)
    desk.person("petitioner")
    desk.topic()
    desk.units("to", 1, 1)
    desk.day("deadline")

    def compose(get: Get) -> Paper:
        return Paper(
            f"Chuyển đơn về {get('topic')}",
            (),
            ended(
                f"{get('agency')} nhận được đơn của ông (bà) {get('petitioner')} về {get('topic')}.",
                f"{get('agency')} chuyển đơn đến {get('to')} để xem xét, giải quyết theo thẩm quyền.",
                f"Đề nghị thông báo kết quả trước {get('deadline')}.",
            ),
        )

    return desk.brief("phieu_chuyen", "phiếu chuyển|phiếu chuyển đơn", compose)


def _letter(chance: Chance) -> Brief:
    desk = _Desk(chance)
    deed = chance.one("khen ngợi", "cảm ơn", "chúc mừng", "thăm hỏi")
    desk.units("to", 1, 1)
    desk.topic()
    desk.add("results", results_of(chance, 1, 2))

    def compose(get: Get) -> Paper:
        return Paper(
            "",
            tuple(items(get("to"))),
            ended(
                f"{get('agency')} gửi lời {deed} tới {get('to')} về việc {get('topic')}.",
                "Kết quả đáng quý:",
                dashed([capital(item) for item in items(get("results"))]),
                "Chúc tập thể luôn mạnh khỏe, đoàn kết và đạt nhiều kết quả mới.",
            ),
        )

    return desk.brief("thu_cong", f"thư công|thư {deed}", compose)


WRITERS: tuple[tuple[Callable[[Chance], Brief], int], ...] = (
    (_invitation, 14),
    (_reminder, 9),
    (_reply, 5),
    (_request, 6),
    (_notice, 10),
    (_outage, 6),
    (_conclusion, 6),
    (_plan, 7),
    (_report, 7),
    (_proposal, 7),
    (_purchase, 4),
    (_decision, 6),
    (_resolution, 1),
    (_directive, 1),
    (_rules, 2),
    (_communique, 1),
    (_guide, 2),
    (_programme, 2),
    (_project, 2),
    (_minutes, 4),
    (_contract, 1),
    (_agreement, 2),
    (_wire, 1),
    (_proxy, 1),
    (_introduction, 3),
    (_leave, 1),
    (_slip, 2),
    (_forwarding, 1),
    (_letter, 1),
)
"""The writers and how often each is drawn: the kinds of the curriculum most."""

_WEIGHTS = [weight for _, weight in WRITERS]


def brief(chance: Chance) -> Brief:
    """The facts of some document."""
    writer, _ = chance.random.choices(WRITERS, _WEIGHTS)[0]
    return writer(chance)


def written(document: Brief, paper: Paper) -> str:
    """The document as a model writes it: title, subject, «Kính gửi», body."""
    kind = document.kind
    lines: list[str] = []
    if kind.has_title:
        lines.append(kind.title)
    if paper.subject:
        lines.append(paper.subject if kind.has_title else f"V/v {paper.subject}")
    if paper.addressees:
        who = "Kính gửi" if kind.id != "cong_dien" else f"{paper.by} điện"
        if len(paper.addressees) == 1:
            lines.append(f"{who}: {paper.addressees[0]}")
        else:
            lines.extend([f"{who}:", *dashed(paper.addressees)])
    return "\n".join([*lines, *paper.lines])
