"""Decisions, directives, rules and agreements: bodies in articles and obligations."""

from __future__ import annotations

from training.kinds.desk import Brief, Desk, Get, Paper, ended, items, numbered
from training.words import GOALS, GOODS, PEOPLE_GROUPS, TROUBLES, Chance, capital, small


def decision(chance: Chance) -> Brief:
    """Quyết định."""
    desk = Desk(chance)
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
                f"Điều 3. Quyết định có hiệu lực từ {get('effect')}. {capital(get('lead'))} và các cá nhân liên quan chịu trách nhiệm thi hành.",
            ),
        )

    return desk.brief("quyet_dinh", "quyết định|quyết định thành lập|dự thảo quyết định", compose)


def resolution(chance: Chance) -> Brief:
    """Nghị quyết."""
    desk = Desk(chance)
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


def directive(chance: Chance) -> Brief:
    """Chỉ thị."""
    desk = Desk(chance)
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


def rules(chance: Chance) -> Brief:
    """Quy chế, quy định."""
    kind, name = chance.random.choice((("quy_che", "Quy chế"), ("quy_dinh", "Quy định")))
    desk = Desk(chance)
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
                f"{capital(get('lead'))} hướng dẫn, kiểm tra. {name} có hiệu lực từ {get('effect')}.",
            ),
        )

    return desk.brief(kind, f"{small(name)}|dự thảo {small(name)}|bản {small(name)}", compose)


def contract(chance: Chance) -> Brief:
    """Hợp đồng."""
    desk = Desk(chance)
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


def agreement(chance: Chance) -> Brief:
    """Bản ghi nhớ, bản thỏa thuận."""
    kind, name = chance.random.choice((("ban_ghi_nho", "Bản ghi nhớ"), ("ban_thoa_thuan", "Bản thỏa thuận")))
    desk = Desk(chance)
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
