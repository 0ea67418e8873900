"""Papers of one person or one file: authorisation, introduction, leave, slips."""

from __future__ import annotations

from training.kinds.desk import Brief, Desk, Get, Paper, dashed, ended, items, results_of
from training.words import POSTS, Chance, capital


def proxy(chance: Chance) -> Brief:
    """Giấy ủy quyền."""
    desk = Desk(chance)
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


def introduction(chance: Chance) -> Brief:
    """Giấy giới thiệu."""
    desk = Desk(chance)
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


def leave(chance: Chance) -> Brief:
    """Giấy nghỉ phép."""
    desk = Desk(chance)
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


def slip(chance: Chance) -> Brief:
    """Phiếu gửi, phiếu báo."""
    kind = chance.of(("phieu_gui", "phieu_bao"))
    desk = Desk(chance)
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


def forwarding(chance: Chance) -> Brief:
    """Phiếu chuyển đơn."""
    desk = Desk(chance)
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
