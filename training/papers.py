"""Facts as they lie in a whole document: minutes, a report, a letter, with much around them that is not asked for.

So do the exercises give them: head and foot, what was said and done, and among it what somebody needs for another
document. What stands around never speaks of what the facts may speak of (``about``), so that what is not among the facts
is truly not there. The passages are those that the service cuts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from service.chunking import chunk
from service.records import Block
from training import wording
from training.kinds import results_of
from training.notes import once
from training.slots import Fact, day, moment
from training.words import POSTS, ROOMS, Agency, Chance, capital

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_NEUTRAL = "giao ban|giao ban đầu tuần|hội ý công việc|giao ban tháng|hội ý lãnh đạo|rà soát công việc".split("|")
"""What a meeting or report is about when its subject must not give away what the facts leave out."""
_LETTERS = "abcdđeghiklmnopq"


def paper(
    chance: Chance, agency: Agency, said: Sequence[str], about: Collection[str], signer: str = ""
) -> tuple[str, ...]:
    """A document of this body that says these sentences, in passages.

    ``about``: the kinds of facts that are asked for, given or not. ``signer`` signs a report or a letter.
    """
    write = chance.random.choice((_minutes, _minutes, _report, _report, _letter))
    lines = write(_Around(chance, agency, about, signer), said)
    return tuple(piece.text for piece in chunk([Block(line, "") for line in lines]))


def formal(chance: Chance, item: Fact) -> str:
    """A fact as an official text puts it."""
    if not item.slot.asks:  # a detail stands for itself
        return f"{capital(item.value)}."
    if chance.odds(0.3):
        return f"{capital(once(chance.of(item.slot.says).format(v=item.noted)))}."
    return f"{capital(chance.of(item.slot.labels[:2]))}: {item.noted}."


class _Around:
    """What stands around the facts in one document."""

    def __init__(self, chance: Chance, agency: Agency, about: Collection[str], signer: str) -> None:
        self.chance, self.agency, self.about, self.signer = chance, agency, about, signer

    def subject(self) -> str:
        return self.chance.of(_NEUTRAL) if "topic" in self.about else self.chance.topic()

    def aside(self) -> str:
        """A sentence of somebody that carries nothing asked for."""
        chance = self.chance
        ways: list[Callable[[], str]] = [
            lambda: chance.of(wording.assignments()["noise"]),
            lambda: f"{capital(chance.unit())} đã {chance.task()}.",
        ]
        if not {"results", "count", "money"} & set(self.about):
            ways.append(lambda: f"{capital(results_of(chance, 1, 2))}.")
        if "tasks" not in self.about:
            ways.append(lambda: f"Đại diện {chance.unit()} {chance.one('đề nghị', 'xin', 'cam kết')} {chance.task()}.")
        if "chair" not in self.about and "person" not in self.about:
            ways.append(lambda: f"Đồng chí {chance.person()}, {chance.of(POSTS)} nêu việc {chance.task()}.")
        return chance.random.choice(ways)()

    def asides(self, least: int, most: int) -> list[str]:
        return [self.aside() for _ in range(self.chance.number(least, most))]

    def head(self, sign: str, *titles: str) -> list[str]:
        chance, agency = self.chance, self.agency
        full = agency.full.upper()
        names = [agency.superior, full] if agency.superior else [full]
        if not agency.superior and chance.odds(0.4):
            names = full.replace(" XÃ ", "\nXÃ ").replace(" PHƯỜNG ", "\nPHƯỜNG ").split("\n")
        motto = MOTTO if chance.odds(0.8) else ()
        dated = [f"{agency.place}, {day(chance).full}"] if not sign.startswith("BB-") else []
        return [*names, *motto, f"Số: {chance.number(10, 899)}/{sign}", *dated, *titles]

    def foot(self) -> list[str]:
        first = self.chance.one("Như trên", "Lãnh đạo cơ quan", "Các phòng, đơn vị")
        signed = [*self.agency.head, self.signer] if self.signer else []
        return ["Nơi nhận:", f"- {first};", "- Lưu: VT.", *signed]


def _lettered(lines: Sequence[str]) -> list[str]:
    return [f"{letter}) {line}" for letter, line in zip(_LETTERS, lines, strict=False)]


def _counted(lines: Sequence[str]) -> list[str]:
    return [f"{n}. {line}" for n, line in enumerate(lines, 1)]


# ── the documents ───────────────────────────────────────────────────────────────────────────────


def _minutes(around: _Around, said: Sequence[str]) -> list[str]:
    chance, agency, about = around.chance, around.agency, around.about
    there, all_of = sorted((chance.number(6, 30), chance.number(6, 60)))
    chair, secretary = chance.person(), chance.person()
    opening = [
        ("when", f"Thời gian bắt đầu: {moment(chance)[0]}."),
        ("where", f"Địa điểm: {chance.of(ROOMS).format(n=chance.number(1, 5))} {agency.short}."),
        ("guests", f"Thành phần tham dự: {', '.join(chance.unit() for _ in range(chance.number(1, 3)))}."),
        ("count", f"Có mặt {there}/{all_of} người."),
        ("chair", f"Chủ trì (chủ tọa): Đồng chí {chair}, {chance.of(POSTS)}."),
        ("secretary", f"Thư ký: Đồng chí {secretary}."),
    ]
    heard = _counted(around.asides(1, 4))
    told = _lettered(said) if len(said) <= len(_LETTERS) and chance.odds(0.7) else [f"- {line}" for line in said]
    conclusion = chance.one("Chủ tọa kết luận:", "Người chủ trì kết luận:", f"{agency.full} thống nhất:")
    signed = [
        *(("THƯ KÝ", secretary) if "secretary" not in about else ()),
        *(("CHỦ TỌA", chair) if "chair" not in about else ()),
    ]
    return [
        *around.head(f"BB-{agency.initials}", "BIÊN BẢN", f"Họp {around.subject()}"),
        *(line for key, line in opening if key not in about),
        chance.one("Nội dung (theo diễn biến cuộc họp):", "Nội dung:", "Diễn biến:"),
        *heard,
        f"{len(heard) + 1}. {conclusion}",
        *told,
        f"Các thành viên của {agency.full} thống nhất với kết luận, không có ý kiến khác./.",
        *signed,
        "Nơi nhận:",
        "- Lưu: VT, Hồ sơ.",
    ]


def _report(around: _Around, said: Sequence[str]) -> list[str]:
    chance, agency = around.chance, around.agency
    rows = [
        f"{n} | {chance.unit()} | {chance.one('Đã nộp', 'Chưa nộp', 'Đạt', 'Đang làm', 'Chậm')}"
        for n in range(1, chance.number(3, 6))
    ]
    return [
        *around.head(f"BC-{agency.initials}", "BÁO CÁO", f"Kết quả {around.subject()}"),
        f"Thực hiện chỉ đạo của cấp trên, {agency.full} báo cáo như sau:",
        f"I. {chance.one('TÌNH HÌNH', 'CÔNG VIỆC ĐÃ LÀM', 'TÌNH HÌNH THỰC HIỆN')}",
        *around.asides(1, 3),
        *(["TT | Đơn vị | Tình trạng", *rows] if chance.odds(0.35) else ()),
        f"II. {chance.one('Ý KIẾN', 'TRAO ĐỔI', 'GHI NHẬN')}",
        *_counted(around.asides(1, 2)),
        f"III. {chance.one('ĐỀ XUẤT', 'NHIỆM VỤ', 'PHƯƠNG HƯỚNG', 'NỘI DUNG TIẾP THEO')}",
        *_counted(said),
        f"Trên đây là báo cáo của {agency.full}./.",
        *around.foot(),
    ]


def _letter(around: _Around, said: Sequence[str]) -> list[str]:
    chance, agency = around.chance, around.agency
    to = [f"Kính gửi: {chance.unit()}"] if not {"to", "second"} & set(around.about) else []
    return [
        *around.head(f"{agency.initials}-{agency.unit}", f"V/v {around.subject()}"),
        *to,
        f"{agency.full} {chance.one('thông tin', 'thông báo', 'có ý kiến', 'trao đổi')} như sau:",
        *around.asides(0, 2),
        *(_counted(said) if chance.odds(0.7) else said),
        f"{agency.full} trân trọng {chance.one('thông báo', 'đề nghị phối hợp', 'cảm ơn')}./.",
        *around.foot(),
    ]
