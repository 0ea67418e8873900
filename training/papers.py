"""Facts as they lie in a whole document: minutes, a report, a letter, with much around them that is not asked for.

This is the material of most exercises: head and foot, what was said and done, figures, and among it what somebody needs
for another document. The passages are cut as the service cuts them, by paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from training import wording
from training.kinds import results_of
from training.slots import Fact, day, moment
from training.words import FUNDS, POSTS, ROOMS, Agency, Chance, capital

LONGEST = 110
"""Syllables of a passage, unless one paragraph alone has more."""
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def paper(chance: Chance, agency: Agency, said: Sequence[str]) -> tuple[str, ...]:
    """A document of this body that says these sentences, in passages."""
    write = chance.random.choice((_minutes, _minutes, _report, _report, _letter))
    return in_passages(write(chance, agency, said))


def formal(chance: Chance, item: Fact) -> str:
    """A fact as an official text puts it."""
    if not item.slot.asks or chance.odds(0.25):  # a detail stands for itself
        return (
            f"{capital(item.value)}."
            if not item.slot.asks
            else f"{capital(chance.of(item.slot.says)).format(v=item.noted)}."
        )
    return f"{capital(chance.of(item.slot.labels))}: {item.noted}."


def in_passages(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines, as many together as make a passage."""
    passages: list[list[str]] = [[]]
    for line in lines:
        if passages[-1] and sum(len(one.split()) for one in [*passages[-1], line]) > LONGEST:
            passages.append([])
        passages[-1].append(line)
    return tuple("\n".join(one) for one in passages)


# ── what stands around ──────────────────────────────────────────────────────────────────────────


def _aside(chance: Chance) -> str:
    """A sentence of the matter that nobody asks for."""
    write: Callable[[], str] = chance.random.choice(
        (
            lambda: (
                f"Đồng chí {chance.person()}, {chance.of(POSTS)} {chance.one('nêu', 'báo cáo', 'đề nghị', 'hỏi')}: {chance.detail()}."
            ),
            lambda: f"Đại diện {chance.unit()} {chance.one('cho biết', 'phản ánh', 'đề nghị')} {chance.detail()}.",
            lambda: f"{capital(results_of(chance, 1, 2))}.",
            lambda: f"{capital(chance.detail())}.",
            lambda: chance.of(wording.assignments()["noise"]),
            lambda: f"{chance.unit()} đã {chance.task()}; kinh phí từ {chance.of(FUNDS)}.",
        )
    )
    return write()


def _asides(chance: Chance, least: int, most: int) -> list[str]:
    return [_aside(chance) for _ in range(chance.number(least, most))]


def _head(chance: Chance, agency: Agency, sign: str, title: str, subject: str) -> list[str]:
    full = agency.full.upper()
    names = [agency.superior, full] if agency.superior else [full]
    if not agency.superior and chance.odds(0.4):
        names = full.replace(" XÃ ", "\nXÃ ").replace(" PHƯỜNG ", "\nPHƯỜNG ").split("\n")
    motto = [*MOTTO] if chance.odds(0.8) else []
    number = f"Số: {chance.number(10, 899)}/{sign}"
    dated = [f"{agency.place}, {day(chance).full}"] if sign != "BB-UBND" else []
    return [*names, *motto, number, *dated, title, subject]


def _foot(chance: Chance, *signers: str) -> list[str]:
    lines = [line for signer in signers for line in (signer, chance.person())]
    return [
        *lines,
        "Nơi nhận:",
        f"- {chance.one('Như trên', 'Các thành viên dự họp', 'Lãnh đạo cơ quan')};",
        "- Lưu: VT.",
    ]


def _lettered(lines: Sequence[str]) -> list[str]:
    return [f"{letter}) {line}" for letter, line in zip("abcdeghiklmnopq", lines, strict=False)]


def _counted(lines: Sequence[str]) -> list[str]:
    return [f"{n}. {line}" for n, line in enumerate(lines, 1)]


# ── the documents ───────────────────────────────────────────────────────────────────────────────


def _minutes(chance: Chance, agency: Agency, said: Sequence[str]) -> list[str]:
    there, all_of = sorted((chance.number(6, 30), chance.number(6, 60)))
    opening = [
        f"Thời gian bắt đầu: {moment(chance)[0]}.",
        f"Địa điểm: {chance.of(ROOMS).format(n=chance.number(1, 5))} {agency.short}.",
        f"Thành phần tham dự: {', '.join(chance.unit() for _ in range(chance.number(1, 3)))}; có mặt {there}/{all_of} người.",
        f"Chủ trì (chủ tọa): Đồng chí {chance.person()}, {chance.of(POSTS)}.",
        f"Thư ký: Đồng chí {chance.person()}.",
    ]
    heard = _counted(_asides(chance, 1, 4))
    told = _lettered(said) if chance.odds(0.7) else [f"- {line}" for line in said]
    return [
        *_head(chance, agency, f"BB-{agency.initials}", "BIÊN BẢN", f"Họp {chance.topic()}"),
        *(opening if chance.odds(0.8) else opening[:2]),
        chance.one("Nội dung (theo diễn biến cuộc họp):", "Nội dung:", "Diễn biến:"),
        *heard,
        f"{len(heard) + 1}. {chance.one('Chủ tọa kết luận:', 'Đồng chí chủ trì kết luận:', f'{agency.full} thống nhất:')}",
        *told,
        *(_counted(_asides(chance, 1, 1))[:1] if chance.odds(0.3) else ()),
        f"Cuộc họp của {agency.full} kết thúc vào {moment(chance)[0]}./.",
        *_foot(chance, "THƯ KÝ", "CHỦ TỌA"),
    ]


def _report(chance: Chance, agency: Agency, said: Sequence[str]) -> list[str]:
    rows = [
        f"{n} | {chance.unit()} | {chance.amount()} | {chance.one('Đã nộp', 'Chưa nộp', 'Đạt', 'Đang làm', 'Chậm')}"
        for n in range(1, chance.number(2, 5))
    ]
    return [
        *_head(chance, agency, f"BC-{agency.initials}", "BÁO CÁO", f"Kết quả {chance.topic()}"),
        f"Thực hiện chỉ đạo của cấp trên, {agency.full} báo cáo như sau:",
        f"I. {chance.one('TÌNH HÌNH', 'KẾT QUẢ', 'TÌNH HÌNH THỰC HIỆN')}",
        *_asides(chance, 1, 3),
        *(["TT | Đơn vị | Số lượng | Tình trạng", *rows] if chance.odds(0.35) else ()),
        f"II. {chance.one('NGUYÊN NHÂN', 'TỒN TẠI', 'KHÓ KHĂN')}",
        *_counted(_asides(chance, 1, 2)),
        f"III. {chance.one('ĐỀ XUẤT', 'NHIỆM VỤ', 'PHƯƠNG HƯỚNG', 'NỘI DUNG TIẾP THEO')}",
        *(_counted(said) if chance.odds(0.7) else said),
        f"Trên đây là báo cáo của {agency.full}./.",
        *_foot(chance, agency.head[-1]),
    ]


def _letter(chance: Chance, agency: Agency, said: Sequence[str]) -> list[str]:
    return [
        *_head(
            chance, agency, f"{agency.initials}-{agency.unit}", f"V/v {chance.topic()}", f"Kính gửi: {chance.unit()}"
        ),
        f"{agency.full} {chance.one('thông tin', 'thông báo', 'có ý kiến', 'trao đổi')} như sau:",
        *_asides(chance, 0, 2),
        *(_counted(said) if chance.odds(0.6) else said),
        *_asides(chance, 0, 1),
        f"{agency.full} trân trọng {chance.one('thông báo', 'đề nghị phối hợp', 'cảm ơn')}./.",
        *_foot(chance, agency.head[-1]),
    ]
