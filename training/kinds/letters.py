"""Invitations, letters and notices: bodies that tell or ask somebody something."""

from __future__ import annotations

from training.kinds.desk import Brief, Desk, Get, Paper, dashed, ended, items, numbered, results_of
from training.words import PAPERS, PEOPLE_GROUPS, REASONS, TROUBLES, Chance, capital


def invitation(chance: Chance) -> Brief:
    """Giấy mời."""
    desk = Desk(chance)
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


def reminder(chance: Chance) -> Brief:
    """Công văn đôn đốc."""
    desk = Desk(chance)
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


def reply(chance: Chance) -> Brief:
    """Công văn trả lời."""
    desk = Desk(chance)
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


def request(chance: Chance) -> Brief:
    """Công văn đề nghị phối hợp."""
    desk = Desk(chance)
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


def notice(chance: Chance) -> Brief:
    """Thông báo cho người dân."""
    desk = Desk(chance)
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


def outage(chance: Chance) -> Brief:
    """Thông báo tạm ngừng một việc."""
    desk = Desk(chance)
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


def conclusion(chance: Chance) -> Brief:
    """Thông báo kết luận cuộc họp."""
    desk = Desk(chance)
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


def communique(chance: Chance) -> Brief:
    """Thông cáo."""
    desk = Desk(chance)
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


def wire(chance: Chance) -> Brief:
    """Công điện."""
    desk = Desk(chance)
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


def letter(chance: Chance) -> Brief:
    """Thư công."""
    desk = Desk(chance)
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
