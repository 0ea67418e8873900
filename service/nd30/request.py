"""What document a prompt asks for, and with what words it begins: the frame belongs to code, the body to the model."""

from __future__ import annotations

import re

from service.nd30.kinds import BY_ID, KINDS, Kind
from service.text import fold

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
_BETWEEN = rf"[^\w\n]*(?:[\w]+[ ]+){{0,4}}?(?P<kind>{_NAME})\b"
_DRAFTED = re.compile(
    rf"\b(?:soan(?:\s+thao)?|viet|du\s+thao|thao|lap|lam|xay\s+dung|hoan\s+thien)\b{_BETWEEN}"  # what is done to it
)
_WANTED = re.compile(
    rf"\b(?:tao|cap|ban\s+hanh|can|muon|xin|cho\s+\w+|giup\s+\w+|muc\s+tieu|nhiem\s+vu|objective|task|yeu\s+cau)\b{_BETWEEN}"
)
_HEADED = re.compile(rf"(?:^|[\n.!?;:]\s*)(?:[\w]+[ ]+){{0,2}}?(?P<kind>{_NAME})\b")
_PART_ONLY = re.compile(
    r"\bchi\s+(?:can\s+|viet\s+|ghi\s+|soan\s+|lay\s+)*(?:phan\s+)?(?:noi\s+dung|than)\b|\bkhong\s+(?:can|ghi|viet)\s+ten\s+loai"
    r"|\brieng\s+(?:phan|dieu|muc|doan|khoan)\b|\b(?:mot|1)\s+(?:doan|cau|dieu|khoan)\b"
)


def kind_asked(prompt: str) -> Kind | None:
    """The kind of document that a prompt asks to be drafted; None where it names none."""
    text = fold(prompt)
    found = _DRAFTED.search(text) or _WANTED.search(text) or _HEADED.search(text)
    return _NAMES[found["kind"]] if found else None


def opening(prompt: str) -> str:
    """How a draft begins that a prompt asks for: the title of its kind on a line, «V/v» of a công văn.

    Empty where the prompt names no kind, or wants only a part of the document.
    """
    kind = kind_asked(prompt)
    if kind is None or _PART_ONLY.search(fold(prompt)):
        return ""
    return f"{kind.title}\n" if kind.has_title else "V/v"
