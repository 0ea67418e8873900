"""Invented drafts of every kind, each following from its kind and a number: what the writer is tried with at random."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.nd30 import phrases
from service.nd30.kinds import AS_ABOVE, AS_ARTICLE, Addressee, Kind, Signing, by_id
from service.records import Appendix, CertifiedCopy, Draft, Table

LINES = (
    "Rà soát số liệu, lập danh sách theo từng thôn và niêm yết tại nhà sinh hoạt cộng đồng",
    "Phân công người theo dõi, ghi sổ việc đã làm, việc còn vướng và nguyên nhân",
    "Hướng dẫn người dân nộp hồ sơ trực tuyến, ưu tiên người cao tuổi và hộ ở xa trung tâm",
    "Kiểm tra, nghiệm thu và thanh toán theo đúng quy định, không để dồn việc vào cuối năm",
    "Phối hợp với Công an xã và Trạm Y tế bảo đảm an toàn trong thời gian tổ chức",
    "Tổng hợp ý kiến của các cơ quan, đơn vị; nội dung nào chưa thống nhất thì nêu rõ lý do",
    "Bố trí kinh phí từ nguồn chi thường xuyên năm 2026 đã giao, không bổ sung ngoài dự toán",
    "Báo cáo kết quả bằng văn bản trước ngày 25 hằng tháng để tổng hợp",
)
SUBJECTS = (
    "Rà soát hộ có nhà ở hư hỏng do mưa lũ",
    "Tổ chức Ngày hội chuyển đổi số năm 2026",
    "Tăng cường phòng, chống dịch bệnh trên đàn vật nuôi vụ Đông Xuân",
    "Kiểm tra công tác văn thư, lưu trữ",
    "Sửa chữa nhà sinh hoạt cộng đồng và tuyến đường liên thôn từ thôn Hòa Bình đến thôn Tân Lập",
)
PEOPLE = ("Phạm Văn Mẫu", "Lê Thị Mẫu", "Trần Văn Thí", "Đỗ Thị Thử", "Nguyễn Hoàng Minh Mẫu")
BODIES = ("Ủy ban nhân dân tỉnh Quảng Trị", "Sở Nội vụ", "Sở Tài chính", "Chi cục Thủy lợi", "Trường Tiểu học Tân Hòa")
STAYING = ("Thường trực Đảng ủy xã", "Chủ tịch, các Phó Chủ tịch", "Các thôn", "Các phòng chuyên môn", "Trạm Y tế xã")


@dataclass(frozen=True)
class Office:
    """An invented office: how it is named, where it sits, and who signs for it."""

    superior: str
    issuer: str
    letters: str
    place: str
    head: str
    decides: str
    together: str = ""


OFFICES = (
    Office("", "ỦY BAN NHÂN DÂN XÃ TÂN HÒA", "UBND", "Tân Hòa", "CHỦ TỊCH", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN HÒA",
           "TM. ỦY BAN NHÂN DÂN"),
    Office("", "ỦY BAN NHÂN DÂN PHƯỜNG ĐIỆN BIÊN PHỦ", "UBND", "Phường Điện Biên Phủ", "CHỦ TỊCH",
           "ỦY BAN NHÂN DÂN PHƯỜNG ĐIỆN BIÊN PHỦ", "TM. ỦY BAN NHÂN DÂN"),
    Office("UBND TỈNH QUẢNG TRỊ", "SỞ NỘI VỤ", "SNV", "Quảng Trị", "GIÁM ĐỐC", "GIÁM ĐỐC SỞ NỘI VỤ"),
    Office("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CHI CỤC THỦY LỢI", "CCTL", "Quảng Trị", "CHI CỤC TRƯỞNG",
           "CHI CỤC TRƯỞNG CHI CỤC THỦY LỢI"),
    Office("UBND XÃ TÂN HÒA", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "TTPVHCC", "Tân Hòa", "GIÁM ĐỐC",
           "GIÁM ĐỐC TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"),
    Office("UBND XÃ TÂN HÒA", "TRƯỜNG TIỂU HỌC SỐ 2 TÂN HÒA", "THTH", "Tân Hòa", "HIỆU TRƯỞNG",
           "HIỆU TRƯỞNG TRƯỜNG TIỂU HỌC SỐ 2 TÂN HÒA"),
)  # fmt: skip
_ATTACHED, _COPIED = 0.25, 0.15  # of the drafts have appendices, are copies
DEPUTIES = {
    "CHỦ TỊCH": "PHÓ CHỦ TỊCH",
    "GIÁM ĐỐC": "PHÓ GIÁM ĐỐC",
    "HIỆU TRƯỞNG": "PHÓ HIỆU TRƯỞNG",
    "CHI CỤC TRƯỞNG": "PHÓ CHI CỤC TRƯỞNG",
}


def random_draft(kind_id: str, n: int) -> Draft:
    """The ``n``-th draft of a kind: all that the decree asks of that kind, and of what it leaves open some of each."""
    chance = random.Random(f"{kind_id} {n}")  # noqa: S311 - a test repeats itself
    kind, office = by_id(kind_id), chance.choice(OFFICES)
    addressees = _addressees(kind, chance)
    first = (
        (f"{AS_ARTICLE} 2",) if kind.order else (AS_ABOVE,) if addressees or kind.first_recipient == AS_ABOVE else ()
    )
    minutes, parties = kind.signing is Signing.MINUTES, kind.signing is Signing.PARTIES
    draft = Draft(
        kind=kind_id,
        superior=office.superior,
        issuer=office.issuer,
        sign=_sign(kind, office, chance),
        place=office.place if kind.has_place_date else "",
        dated=f"ngày {chance.randint(1, 28):02} tháng {_month(chance)} năm 2026" if kind.has_place_date else "",
        subject=_subject(kind, chance),
        addressees=addressees,
        body=_body(kind, office, chance),
        authority=("CHỦ TỌA",) if minutes else _own_side(office) if parties else _authority(kind, office, chance),
        signer=chance.choice(PEOPLE),
        recipients=(
            *first,
            *chance.sample(STAYING, chance.randint(0, 3)),
            f"Lưu: VT, {chance.choice(('VX', 'KT', 'HC'))}",
        ),
        secretary=chance.choice(PEOPLE) if minutes else "",
        counterpart=chance.choice((("ĐẠI DIỆN BÊN B",), ("ĐẠI DIỆN BÊN B", "GIÁM ĐỐC"))) if parties else (),
        countersigner=chance.choice(PEOPLE) if parties else "",
    )
    below = random.Random(f"{kind_id} {n} below")  # noqa: S311 - as above
    if below.random() < _ATTACHED:
        draft = replace(draft, appendices=_appendices(below), body=_referring(draft.body))
    return replace(draft, copy=_copy(below)) if below.random() < _COPIED else draft


def _own_side(office: Office) -> tuple[str, ...]:
    return ("ĐẠI DIỆN BÊN A", office.head)


def _referring(body: tuple[str | Table, ...]) -> tuple[str | Table, ...]:
    """The body with a word on its appendices before the last sentence."""
    return (*body[:-1], "Chi tiết tại Phụ lục kèm theo.", body[-1])


def _appendices(chance: random.Random) -> tuple[Appendix, ...]:
    titles = chance.sample(("Danh sách Tổ công tác", "Biểu tổng hợp số liệu", "Phân công nhiệm vụ cụ thể"), 3)
    made = []
    for title in titles[: chance.choice((1, 1, 2, 3))]:
        body: list[str | Table] = [*_numbered(_lines(chance))] if chance.random() < 0.5 else []
        made.append(Appendix(title, (*body, _wide(chance) if chance.random() < 0.2 else _table(chance))))
    return tuple(made)


def _wide(chance: random.Random) -> Table:
    """A table that no upright page holds."""
    head = ("TT", *(f"Nghiệmthu{n}" for n in range(1, 9)))
    return Table((head, *((str(n), *(str(chance.randint(1, 900)) for _ in head[1:])) for n in range(1, 4))))


def _copy(chance: random.Random) -> CertifiedCopy:
    form, letters = chance.choice(tuple(phrases.COPIES.items()))
    return CertifiedCopy(
        form,
        issuer="ỦY BAN NHÂN DÂN XÃ TÂN HÒA",
        sign=f"{chance.choice(('05', '31'))}/{letters}-UBND",
        place="Tân Hòa",
        dated="ngày 20 tháng 12 năm 2026",
        authority=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        signer=chance.choice(PEOPLE),
        recipients=("Các phòng chuyên môn", "Lưu: VT"),
    )


def _month(chance: random.Random) -> str:
    month = chance.randint(1, 12)
    return f"{month:02}" if month < 3 else str(month)


def _sign(kind: Kind, office: Office, chance: random.Random) -> str:
    if not kind.has_number:
        return ""
    group = (
        f"{kind.abbreviation}-{office.letters}"
        if kind.abbreviation
        else f"{office.letters}-{chance.choice(('VX', 'KT'))}"
    )
    return f"{chance.choice(('05', '12', '186', '1204'))}/{group}"


def _subject(kind: Kind, chance: random.Random) -> str:
    if not kind.has_subject:
        return ""
    words = chance.choice(SUBJECTS)
    if not kind.has_title or kind.order or chance.random() < 0.3:
        words = words[0].lower() + words[1:]
        return words if not kind.has_title else f"Về việc {words}"
    return words


def _addressees(kind: Kind, chance: random.Random) -> tuple[str, ...]:
    wanted = {
        Addressee.REQUIRED: chance.choice((1, 1, 2, 4)),
        Addressee.UPWARD: chance.choice((0, 1)),
        Addressee.WIRE: chance.choice((2, 3)),
        Addressee.NONE: 0,
    }
    return tuple(chance.sample(BODIES, wanted[kind.addressee]))


def _authority(kind: Kind, office: Office, chance: random.Random) -> tuple[str, ...]:
    together = office.together if not kind.order or office.decides.startswith("ỦY BAN") else ""
    ways: list[tuple[str, ...]] = [
        (together, office.head),
        (together, f"KT. {office.head}", DEPUTIES[office.head]),
        ("", f"Q. {office.head}") if not together else (together, office.head),
    ]
    if not kind.order:
        ways += [
            (f"TL. {office.head}", "CHÁNH VĂN PHÒNG"),
            (f"TUQ. {office.head}", "TRƯỞNG PHÒNG TỔ CHỨC - HÀNH CHÍNH"),
        ]
    return tuple(filter(None, chance.choice(ways)))


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────


def _body(kind: Kind, office: Office, chance: random.Random) -> tuple[str | Table, ...]:
    if kind.order:
        return _decision(kind, office, chance)
    if kind.signing is Signing.MINUTES:
        return _minutes(chance)
    if kind.id == "giay_gioi_thieu":
        return (
            f"{_spoken(office)} trân trọng giới thiệu:",
            f"Ông: {chance.choice(PEOPLE)}",
            "Chức vụ: Chuyên viên.",
            f"Được cử đến: {chance.choice(BODIES)}.",
            "Về việc: kiểm tra công tác văn thư, lưu trữ năm 2026.",
            "Đề nghị Quý cơ quan tạo điều kiện để ông có tên ở trên hoàn thành nhiệm vụ.",
            "Giấy này có giá trị đến hết ngày 31 tháng 12 năm 2026./.",
        )
    if kind.id == "giay_moi":
        return (
            f"{_spoken(office)} trân trọng kính mời: đại diện lãnh đạo các cơ quan, đơn vị",
            "Tới dự cuộc họp sơ kết công tác chuyển đổi số 6 tháng đầu năm 2026.",
            f"Chủ trì: Ông {chance.choice(PEOPLE)}.",
            "Thời gian: 8 giờ 00, ngày 15 tháng 7 năm 2026.",
            "Địa điểm: Phòng họp số 1, trụ sở cơ quan./.",
        )
    grounds = [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ Kế hoạch số 42/KH-UBND ngày 03 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh về chuyển đổi số năm 2026.",
    ]
    opening = grounds if chance.random() < 0.3 else []
    opening = [*opening, f"{_spoken(office)} có ý kiến như sau:"]
    shapes = (_chapters, _romans, _clauses, _prose)
    body = chance.choice(shapes)(chance)
    if chance.random() < 0.35:
        body.append(_table(chance))
    if chance.random() < 0.2:
        body = [line for _ in range(1) for line in (*_prose(chance), *_prose(chance))] + body
    return (*opening, *body, f"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về {_spoken(office)}./.")


def _spoken(office: Office) -> str:
    """The name inside a sentence: «Ủy ban nhân dân xã Tân Hòa»."""
    return {
        "ỦY BAN NHÂN DÂN XÃ TÂN HÒA": "Ủy ban nhân dân xã Tân Hòa",
        "ỦY BAN NHÂN DÂN PHƯỜNG ĐIỆN BIÊN PHỦ": "Ủy ban nhân dân Phường Điện Biên Phủ",
        "SỞ NỘI VỤ": "Sở Nội vụ",
        "CHI CỤC THỦY LỢI": "Chi cục Thủy lợi",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG": "Trung tâm Phục vụ hành chính công",
        "TRƯỜNG TIỂU HỌC SỐ 2 TÂN HÒA": "Trường Tiểu học số 2 Tân Hòa",
    }[office.issuer]


def _decision(kind: Kind, office: Office, chance: random.Random) -> tuple[str | Table, ...]:
    table = [_table(chance)] if chance.random() < 0.2 else []
    return (
        office.decides,
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
        "Theo đề nghị của Chánh Văn phòng tại Tờ trình số 17/TTr-VP ngày 06 tháng 4 năm 2026.",
        kind.order,
        "Điều 1. Thành lập Tổ công tác chuyển đổi số gồm các ông, bà có tên sau đây:",
        *_numbered([f"Ông {person}, thành viên" for person in chance.sample(PEOPLE, 3)]),
        *table,
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Các cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành./.",
    )


def _minutes(chance: random.Random) -> tuple[str | Table, ...]:
    return (
        "Thời gian bắt đầu: 8 giờ 00, ngày 02 tháng 3 năm 2026.",
        "Địa điểm: Phòng họp số 1, trụ sở cơ quan.",
        "Thành phần tham dự: lãnh đạo cơ quan, trưởng các phòng; có mặt 12 người, vắng 01 người có lý do.",
        f"Chủ trì (chủ tọa): Ông {chance.choice(PEOPLE)}.",
        f"Thư ký (người ghi biên bản): Bà {chance.choice(PEOPLE)}.",
        "Nội dung (theo diễn biến cuộc họp):",
        *_clauses(chance),
        "Cuộc họp kết thúc vào 10 giờ 30, ngày 02 tháng 3 năm 2026./.",
    )


def _lines(chance: random.Random, least: int = 2, most: int = 6) -> list[str]:
    return chance.sample(LINES, chance.randint(least, most))


def _numbered(lines: Sequence[str]) -> list[str]:
    return [f"{n}. {line}." for n, line in enumerate(lines, 1)]


def _clauses(chance: random.Random) -> list[str | Table]:
    body: list[str | Table] = []
    for line in _numbered(_lines(chance)):
        body.append(line)
        if chance.random() < 0.4:
            body += [f"{letter}) {point};" for letter, point in zip("abcdđ", _lines(chance), strict=False)]
    return body


def _romans(chance: random.Random) -> list[str | Table]:
    body: list[str | Table] = []
    for n, title in enumerate(("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG", "TỔ CHỨC THỰC HIỆN"), 1):
        body += [f"{'I' * n}. {title}", *_clauses(chance)]
    return body


def _chapters(chance: random.Random) -> list[str | Table]:
    body: list[str | Table] = []
    article = 0
    for n, title in enumerate(("QUY ĐỊNH CHUNG", "NỘI DUNG CỤ THỂ"), 1):
        body += [f"Chương {'I' * n}", title]
        for words in ("Phạm vi", "Trách nhiệm"):
            article += 1
            body += [f"Điều {article}. {words}", *_numbered(_lines(chance))]
    return body


def _prose(chance: random.Random) -> list[str | Table]:
    return [". ".join(chance.sample(LINES, 4)) + "." for _ in range(chance.choice((1, 2, 3, 12)))]


def _table(chance: random.Random) -> Table:
    rows = [(str(n), line, f"{chance.randint(1, 28):02}/6/2026") for n, line in enumerate(_lines(chance), 1)]
    return Table((("TT", "Nội dung công việc", "Thời hạn"), *rows))


def vietnamese_font() -> bool:
    """True when what this machine sets in place of Times New Roman has the letters of Vietnamese.

    Where it has not, LibreOffice takes those letters from another font, and the text of the PDF comes apart.
    """
    if shutil.which("fc-list") is None or shutil.which("fc-match") is None:
        return False
    taken = subprocess.run(
        ["fc-match", "-f", "%{family}", "Times New Roman"], capture_output=True, text=True, check=False
    )
    able = subprocess.run(["fc-list", ":charset=1ed9", "family"], capture_output=True, text=True, check=False)
    return bool(taken.stdout) and taken.stdout.split(",")[0] in able.stdout
