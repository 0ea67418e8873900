"""Plans, reports, proposals and minutes: bodies in Roman parts, or of what was done and is to be done."""

from __future__ import annotations

from training.kinds.desk import MISSING, Brief, Desk, Get, Paper, dashed, ended, items, numbered, results_of
from training.words import CAUSES, FUNDS, GOALS, GOODS, PAPERS, PEOPLE_GROUPS, REASONS, TROUBLES, Chance, capital, small


def plan(chance: Chance) -> Brief:
    """Kế hoạch."""
    desk = Desk(chance)
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
                f"{capital(get('lead'))} chủ trì thực hiện. Khó khăn, vướng mắc phản ánh về {get('agency')} để xem xét.",
            ),
        )

    return desk.brief("ke_hoach", "kế hoạch|bản kế hoạch|dự thảo kế hoạch", compose)


def report(chance: Chance) -> Brief:
    """Báo cáo."""
    desk = Desk(chance)
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


def proposal(chance: Chance) -> Brief:
    """Tờ trình phê duyệt."""
    desk = Desk(chance)
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


def purchase(chance: Chance) -> Brief:
    """Tờ trình mua sắm."""
    desk = Desk(chance)
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


def guide(chance: Chance) -> Brief:
    """Hướng dẫn."""
    desk = Desk(chance)
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


def programme(chance: Chance) -> Brief:
    """Chương trình, phương án."""
    kind, name = chance.random.choice((("chuong_trinh", "Chương trình"), ("phuong_an", "Phương án")))
    desk = Desk(chance)
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
                f"Thực hiện {get('period')}. {capital(get('lead'))} chủ trì; {', '.join(items(get('support')))} phối hợp.",
            ),
        )

    return desk.brief(kind, f"{small(name)}|bản {small(name)}|{small(name)} công tác", compose)


def project(chance: Chance) -> Brief:
    """Dự án."""
    kind, name = chance.random.choice((("de_an", "Đề án"), ("du_an", "Dự án")))
    desk = Desk(chance)
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


def minutes(chance: Chance) -> Brief:
    """Biên bản."""
    desk = Desk(chance)
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
