"""What document a prompt asks for, and with what words it begins: the frame belongs to code, the body to the model.

Sure or silent: a wrong title is worse than none. So a prompt that names several kinds, or wants a part of a document,
an outline, a message, a summary, a text mended or examined, gets no opening.
"""

from __future__ import annotations

import re

from service.nd30.kinds import BY_ID, KINDS, Kind
from service.text import fold

LONGEST_PROMPT = 4000
"""Letters of a prompt that are looked at."""

_NAMES = {fold(kind.name): kind for kind in KINDS} | {
    "thu moi": BY_ID["giay_moi"],
    "van ban don doc": BY_ID["cong_van"],
    "van ban xin y kien": BY_ID["cong_van"],
    "thoa thuan": BY_ID["ban_thoa_thuan"],
    "ghi nho": BY_ID["ban_ghi_nho"],
    "uy quyen": BY_ID["giay_uy_quyen"],
    "don nghi phep": BY_ID["giay_nghi_phep"],
    "giay cho nghi phep": BY_ID["giay_nghi_phep"],
    "thu cam on": BY_ID["thu_cong"],
    "thu chuc mung": BY_ID["thu_cong"],
    "thu khen": BY_ID["thu_cong"],
}
_NAME = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_LINK = r"(?:theo|tu|ve|cua|dua|can|phan|doan|cau|muc|noi|dung|diem|y|dan|tin|bai|email|de|trang|loi|mau|huong|quy)"
_BETWEEN = rf"(?:[ ]|:[ ]?)(?:(?!{_LINK}\b)\w+[ ]){{0,4}}?(?P<kind>{_NAME})\b"
_DRAFTED = re.compile(
    rf"\b(?:soan(?: thao)?|viet|du thao|thao|lap|lam|xay dung|hoan thien){_BETWEEN}"  # what is done to it
)
_WANTED = re.compile(
    rf"\b(?:tao|cap|ban hanh|can|muon|xin|cho \w+|giup \w+|muc tieu|nhiem vu|objective|task|yeu cau){_BETWEEN}"
)
_HEADED = re.compile(rf"(?:^|[\n.!?;:][^\S\n]*)(?:(?!{_LINK}\b)\w+[ ]){{0,2}}?(?P<kind>{_NAME})\b")
_REFUSED = re.compile(r"(?:\bkhong|\bdung|\bchang|\bchuyen vien|\bcan bo|\bcong chuc|\bnguoi|\bgioi|\bchuyen)[ ]\Z")
"""Before the verb: what is not to be written, or what somebody is."""
_OTHER_WORK = re.compile(
    r"\b(?:tom tat|tom luoc|rut gon|sua|viet lai|soan lai|chinh sua|hieu dinh|kiem tra|ra soat|soat|soi|gop y|nhan xet"
    r"|danh gia|so sanh|doi chieu|dan y|de cuong|tin nhan|zalo|e-?mail|phat bieu|dien van|y kien ve|dich|giai thich)\b"
)
_PART_ONLY = re.compile(
    r"\bchi (?:can |viet |ghi |soan |lay )*(?:phan )?(?:noi dung|than)\b|\bphan (?:noi dung|than|mo dau|ket)\b"
    r"|\bkhong (?:can |ghi |viet )*(?:ten loai|tieu de)\b|\brieng (?:phan|dieu|muc|doan|khoan)\b"
    r"|\b(?:mot|1) (?:doan|cau|dieu|khoan)\b|\b(?:quoc hieu|tieu ngu)\b|tu [“\"«]?kinh gui"
)


def kind_asked(prompt: str) -> Kind | None:
    """The kind of document that a prompt asks to be drafted; None where it names none, or several."""
    text = _plain(prompt)
    for pattern in (_DRAFTED, _WANTED):
        found = {
            _NAMES[match["kind"]].id
            for match in pattern.finditer(text)
            if not _REFUSED.search(text, max(0, match.start() - 14), match.start())
        }
        if found:
            return BY_ID[found.pop()] if len(found) == 1 else None
    headed = _HEADED.search(text)
    return _NAMES[headed["kind"]] if headed else None


def opening(prompt: str) -> str:
    """How a draft begins that a prompt asks for: the title of its kind on a line, «V/v» of a công văn.

    Empty where it is not sure that the prompt asks for a whole document of one kind.
    """
    text = _plain(prompt)
    kind = kind_asked(prompt)
    if kind is None or _PART_ONLY.search(text) or _OTHER_WORK.search(text):
        return ""
    return f"{kind.title}\n" if kind.has_title else "V/v"


def _plain(prompt: str) -> str:
    return re.sub(r"[^\S\n]+", " ", fold(prompt[:LONGEST_PROMPT]))
