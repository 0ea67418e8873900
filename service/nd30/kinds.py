"""The 29 kinds of administrative document (Decree 30/2020/NĐ-CP, Điều 7; abbreviations: Phụ lục III, mục I)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.text import fold


class Addressee(StrEnum):
    """Whether box 9a «Kính gửi» belongs to the kind (Phụ lục I, phần I, mục II, khoản 9)."""

    REQUIRED = "required"
    UPWARD = "upward"  # only when the document goes to a superior body
    WIRE = "wire"  # công điện: «… điện:»
    NONE = "none"


class Signing(StrEnum):
    """How the foot of the document looks (sample forms of Phụ lục III, mục II)."""

    ONE = "one"  # one signer beside «Nơi nhận»
    MINUTES = "minutes"  # THƯ KÝ and CHỦ TỌA side by side, «Nơi nhận» below
    PARTIES = "parties"  # both parties side by side, «Nơi nhận» below; by custom, the decree has no form for it


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    ``abbreviation`` is spelt exactly as in the decree's table and is empty for công văn and thư công;
    ``first_recipient`` is how «Nơi nhận» has to begin, where the decree says so; ``form`` numbers the sample form.
    """

    id: str
    name: str
    abbreviation: str
    form: str = "1.4"
    has_title: bool = True
    has_subject: bool = True
    has_number: bool = True
    has_place_date: bool = True
    addressee: Addressee = Addressee.NONE
    signing: Signing = Signing.ONE
    first_recipient: str = ""
    order: str = ""

    @property
    def title(self) -> str:
        """The name as it is printed: «THÔNG BÁO»."""
        return self.name.upper()


AS_ABOVE = "Như trên"
AS_ARTICLE = "Như Điều"

KINDS: tuple[Kind, ...] = (
    Kind("nghi_quyet", "Nghị quyết", "NQ", form="1.1", first_recipient=AS_ARTICLE, order="QUYẾT NGHỊ:"),
    Kind("quyet_dinh", "Quyết định", "QĐ", form="1.2", first_recipient=AS_ARTICLE, order="QUYẾT ĐỊNH:"),
    Kind("chi_thi", "Chỉ thị", "CT"),
    Kind("quy_che", "Quy chế", "QC"),
    Kind("quy_dinh", "Quy định", "QyĐ"),
    Kind("thong_cao", "Thông cáo", "TC"),
    Kind("thong_bao", "Thông báo", "TB"),
    Kind("huong_dan", "Hướng dẫn", "HD"),
    Kind("chuong_trinh", "Chương trình", "CTr"),
    Kind("ke_hoach", "Kế hoạch", "KH"),
    Kind("phuong_an", "Phương án", "PA"),
    Kind("de_an", "Đề án", "ĐA"),
    Kind("du_an", "Dự án", "DA"),
    Kind("bao_cao", "Báo cáo", "BC", addressee=Addressee.UPWARD),
    Kind("bien_ban", "Biên bản", "BB", form="1.9", has_place_date=False, signing=Signing.MINUTES),
    Kind("to_trinh", "Tờ trình", "TTr", addressee=Addressee.REQUIRED, first_recipient=AS_ABOVE),
    Kind("hop_dong", "Hợp đồng", "HĐ", signing=Signing.PARTIES),
    Kind(
        "cong_van", "Công văn", "", form="1.5", has_title=False, addressee=Addressee.REQUIRED, first_recipient=AS_ABOVE
    ),
    Kind("cong_dien", "Công điện", "CĐ", form="1.6", addressee=Addressee.WIRE),
    Kind("ban_ghi_nho", "Bản ghi nhớ", "BGN", signing=Signing.PARTIES),
    Kind("ban_thoa_thuan", "Bản thỏa thuận", "BTT", signing=Signing.PARTIES),
    Kind("giay_uy_quyen", "Giấy ủy quyền", "GUQ"),
    Kind("giay_moi", "Giấy mời", "GM", form="1.7"),
    Kind("giay_gioi_thieu", "Giấy giới thiệu", "GGT", form="1.8", has_subject=False, first_recipient=AS_ABOVE),
    Kind("giay_nghi_phep", "Giấy nghỉ phép", "GNP", form="1.10", has_subject=False),
    Kind("phieu_gui", "Phiếu gửi", "PG"),
    Kind("phieu_chuyen", "Phiếu chuyển", "PC"),
    Kind("phieu_bao", "Phiếu báo", "PB"),
    Kind("thu_cong", "Thư công", "", has_subject=False, has_number=False, addressee=Addressee.UPWARD),
)

BY_ID = {kind.id: kind for kind in KINDS}
BY_ABBREVIATION = {kind.abbreviation: kind for kind in KINDS if kind.abbreviation}
_BY_TITLE = {fold(kind.name): kind for kind in KINDS}


def by_id(kind_id: str) -> Kind:
    """The kind with this id; KeyError when there is none."""
    return BY_ID[kind_id]


def kind_or_letter(kind_id: str) -> Kind:
    """The kind with this id; công văn, the one without a title, for an id that is none of the 29."""
    return BY_ID.get(kind_id, BY_ID["cong_van"])


def kind_of_title(title: str) -> Kind | None:
    """The kind whose name is ``title``, whatever its case, tone placement or missing marks («QUYET DINH»)."""
    return _BY_TITLE.get(fold(title).strip(" .:"))


def kind_of_sign(sign: str) -> Kind | None:
    """The kind that the first group of a ký hiệu names («12/TB-UBND» → thông báo); None for công văn."""
    group = sign.rpartition("/")[2].partition("-")[0].strip()
    return BY_ABBREVIATION.get(group)
