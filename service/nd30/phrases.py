"""Fixed wording of Decree 30/2020/NĐ-CP and the two lines that are put together from values."""

from __future__ import annotations

import re

from service.records import CertifiedCopy, Draft

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # Phụ lục I, phần I, mục II, khoản 1, điểm a
MOTTO = "Độc lập - Tự do - Hạnh phúc"  # khoản 1, điểm b
ABOUT = "V/v"  # khoản 5, điểm b
ADDRESSED = "Kính gửi:"  # khoản 9, điểm d
RECIPIENTS = "Nơi nhận:"  # khoản 9, điểm d
WIRES = "điện:"  # mẫu 1.6
SECRETARY = "THƯ KÝ"  # mẫu 1.9
CHAIR = "CHỦ TỌA"  # mẫu 1.9
PARTIES = ("ĐẠI DIỆN BÊN A", "ĐẠI DIỆN BÊN B")  # by custom, above two signatures
APPENDIX = "Phụ lục"  # mục III, khoản 1, điểm b
COPIES = {"SAO Y": "SY", "SAO LỤC": "SL", "TRÍCH SAO": "TrS"}  # Phụ lục I, phần II; Phụ lục III, mục I
CLOSING = "./."  # end of every body in mẫu 1.1 – 1.10
BEFORE_CLOSING = " ./;,!"
"""What may stand in its place, and gives way to it."""
OPEN_DETAILS = "CHI TIẾT CẦN KIỂM CHỨNG TRƯỚC KHI DÙNG"  # heads our page of details still to verify
TO_FILL = "[cần bổ sung]"  # our own mark for a value that the person still has to give

# For a collective, acting head, deputy for the head, by order, by authorisation (khoản 7, điểm b)
POWERS = ("TM.", "Q.", "KT.", "TL.", "TUQ.")

_BLANK = " " * 6
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NO_DAY = re.compile(r"\b(ngày|tháng|năm)\s*(?=tháng\b|năm\b|$)")


def number_line(draft: Draft | CertifiedCopy) -> str:
    """Box 3: «Số: 12/TB-UBND», with room to write in when there is no number yet («Số:      /TB-UBND»)."""
    if draft.sign.startswith("/"):
        return f"Số:{_BLANK}{draft.sign}"
    return f"Số: {draft.sign}" if draft.sign else ""


def date_line(draft: Draft | CertifiedCopy) -> str:
    """Box 4: «Triệu Phong, ngày 05 tháng 6 năm 2026», with room for the figures that are not known yet."""
    if not draft.place and not draft.dated:
        return ""
    dated = _NO_DAY.sub(rf"\1{_BLANK}", draft.dated or "ngày tháng năm").rstrip()
    return f"{draft.place}, {dated}" if draft.place else dated


def wire_line(draft: Draft) -> str:
    """The opening of a công điện: the body or office that wires, «CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG điện:»."""
    return f"{draft.issuer} {WIRES}".strip()


def appendix_line(number: int, of: int) -> str:
    """«Phụ lục II»; the only one of a document has no number (mục III, khoản 1, điểm a)."""
    return f"{APPENDIX} {roman(number)}" if of > 1 else APPENDIX


def roman(number: int) -> str:
    """A number from 1 in Roman figures."""
    written = ""
    for value, figure in _ROMAN:
        written += figure * (number // value)
        number %= value
    return written


def attached_line(draft: Draft, kind: str, issuer: str) -> str:
    """«(Kèm theo Quyết định số 12/QĐ-UBND ngày … của …)», with room for what is not known yet (mẫu 2.1)."""
    number = number_line(draft).removeprefix("Số:").strip() or "/"
    number = f"{_BLANK}{number}" if number.startswith("/") else number
    dated = _NO_DAY.sub(rf"\1{_BLANK}", draft.dated or "ngày tháng năm").rstrip()
    return f"(Kèm theo {kind} số {number} {dated} của {issuer})"
