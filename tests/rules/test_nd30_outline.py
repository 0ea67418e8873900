"""Plain text → components → Draft → plain text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings, strategies as st

from service.nd30.drafting import appendix_head, draft_from_text, framed, text_of
from service.nd30.kinds import BY_ID, KINDS, Signing
from service.nd30.outline import outline
from service.nd30.parts import Part
from service.nd30.phrases import roman
from service.records import Appendix, CertifiedCopy, Draft, Table
from service.text import nfc
from tests.rules.nd30_samples import SAMPLES


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_clean_document_tells_its_kind_and_comes_back_from_its_draft(kind: str) -> None:
    found = outline(SAMPLES[kind])
    draft = draft_from_text(SAMPLES[kind])
    assert found.kind is BY_ID[kind]
    assert draft.kind == kind
    assert draft.issuer
    assert draft.signer
    assert draft_from_text(text_of(draft)) == draft


@pytest.mark.parametrize("kind", SAMPLES)
def test_offsets_point_at_what_was_found(kind: str) -> None:
    text = nfc(SAMPLES[kind])
    for item in outline(text).found:
        there = " ".join(text[item.start : item.end].split())
        assert item.text.split()[0] in there
        assert item.text.split()[-1] in there


def test_two_columns_and_a_superior_body_are_taken_apart() -> None:
    draft = draft_from_text(SAMPLES["cong_van"])
    assert draft.superior == "UBND TỈNH QUẢNG TRỊ"
    assert draft.issuer == "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"
    assert draft.subject == "đôn đốc tiêm phòng vắc xin cho vật nuôi vụ Thu Đông năm 2026"
    assert draft.addressees == ("Ủy ban nhân dân các xã, phường", "Chi cục Chăn nuôi và Thú y")
    assert draft.authority == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert draft.recipients == ("Như trên", "Giám đốc Sở (để báo cáo)", "Lưu: VT, CNTY")


def test_a_body_whose_name_goes_on_below_and_is_one() -> None:
    head = "ỦY BAN NHÂN DÂN XÃ MẪU\nVĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ\nỦY BAN NHÂN DÂN\n"
    draft = draft_from_text(f"{head}{SHORT.partition(chr(10))[2]}")
    assert draft.superior == "ỦY BAN NHÂN DÂN XÃ MẪU"
    assert draft.issuer == "VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN"


def test_both_signers_of_minutes_are_told_apart() -> None:
    draft = draft_from_text(SAMPLES["bien_ban"])
    assert (draft.secretary, draft.authority, draft.signer) == ("Lê Thị Mẫu", ("CHỦ TỌA",), "Phạm Văn Mẫu")
    one_below_the_other = SAMPLES["bien_ban"].replace(
        "THƯ KÝ                         CHỦ TỌA\n\nLê Thị Mẫu                     Phạm Văn Mẫu",
        "THƯ KÝ\nLê Thị Mẫu\n\nCHỦ TỌA\nPhạm Văn Mẫu",
    )
    assert draft_from_text(one_below_the_other) == draft


SHORT = """ỦY BAN NHÂN DÂN XÃ HÒA BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND
Hòa Bình, ngày 12 tháng 02 năm 2026

QUYẾT ĐỊNH
V/v thành lập Tổ công tác chuyển đổi số cộng đồng

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÒA BÌNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Xét đề nghị của Văn phòng HĐND và UBND xã.

QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác gồm 07 thành viên.
Điều 2. Quyết định có hiệu lực kể từ ngày ký.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
CHỦ TỊCH

Nguyễn Văn Mẫu
"""


@pytest.mark.parametrize("text", [SHORT, SHORT.replace("Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n", "")])
def test_who_decides_above_the_grounds_does_not_sign_there(text: str) -> None:
    """Short lines all the way down and no closing mark: the office that decides looks like the one that signs."""
    draft = draft_from_text(text)
    assert draft.signer == "Nguyễn Văn Mẫu"
    assert draft.authority == ("CHỦ TỊCH",)
    assert draft.body[0] == "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÒA BÌNH"
    assert draft.body[-1] == "Điều 2. Quyết định có hiệu lực kể từ ngày ký."


@pytest.mark.parametrize(
    "foot",
    [
        "Nguyễn Văn An",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nNguyễn Văn An",
        "Nguyễn Văn An\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.",
        "ThS. NGUYỄN VĂN AN",
    ],
    ids=["alone", "below the recipients", "above the recipients", "in capitals"],
)
def test_a_signer_without_office_signs(foot: str) -> None:
    draft = draft_from_text(f"THÔNG BÁO\nVề việc nghỉ lễ\n\nỦy ban nhân dân xã thông báo nghỉ lễ./.\n\n{foot}")
    assert draft.signer.casefold().endswith("nguyễn văn an")
    assert draft.body == ("Ủy ban nhân dân xã thông báo nghỉ lễ./.",)
    assert draft_from_text(text_of(draft)) == draft


def test_who_is_told_below_a_document_does_not_sign_it() -> None:
    for mark in ("- ", ""):
        told = f"Nơi nhận:\n{mark}Ông Nguyễn Văn An;\n{mark}Lưu: VT;\n{mark}Lê Thị Bưởi"
        draft = draft_from_text(f"THÔNG BÁO\nVề việc nghỉ lễ\n\nXã thông báo nghỉ lễ./.\n\n{told}")
        assert not draft.signer
        assert draft.recipients == ("Ông Nguyễn Văn An", "Lưu: VT", "Lê Thị Bưởi")


def test_grounds_of_what_is_attached_leave_the_foot_where_it_is() -> None:
    closed = SHORT.replace("kể từ ngày ký.", "kể từ ngày ký./.").replace("Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n", "")
    draft = draft_from_text(f"{closed}\nPHỤ LỤC\nQUY CHẾ LÀM VIỆC\nCăn cứ quy chế này, Tổ công tác họp hằng tháng.\n")
    assert (draft.authority, draft.signer) == (("CHỦ TỊCH",), "Nguyễn Văn Mẫu")


def test_markdown_and_chat_around_the_document_do_not_reach_the_draft() -> None:
    wrapped = (
        "Dưới đây là dự thảo theo yêu cầu của anh/chị:\n\n---\n\n"
        + SAMPLES["giay_moi"].replace("GIẤY MỜI", "## **GIẤY MỜI**").replace("Nơi nhận:", "**Nơi nhận:**")
        + "\n---\nLưu ý: anh/chị kiểm tra lại thời gian họp.\n"
    )
    assert draft_from_text(wrapped) == draft_from_text(SAMPLES["giay_moi"])


def test_a_heading_set_as_a_markdown_table_is_read_by_cells() -> None:
    text = (
        "| **ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG** "
        "| **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>Độc lập - Tự do - Hạnh phúc |\n"
        "|---|---|\n| Số: 12/TB-UBND | *Triệu Phong, ngày 05 tháng 6 năm 2026* |\n\nTHÔNG BÁO\nLịch tiếp công dân\n\n"
        "| TT | Ngày |\n|---|---|\n| 1 | Thứ Hai |\n\nỦy ban nhân dân xã thông báo để mọi người biết./."
    )
    draft = draft_from_text(text)
    assert (draft.issuer, draft.sign, draft.place) == ("ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG", "12/TB-UBND", "Triệu Phong")
    assert draft.body[0] == Table((("TT", "Ngày"), ("1", "Thứ Hai")))


def test_values_not_known_yet_stay_empty() -> None:
    draft = draft_from_text(SAMPLES["thong_bao"])
    assert draft.sign == "/TB-UBND"
    assert draft.dated == "ngày tháng 11 năm 2026"
    open_text = SAMPLES["thong_bao"].replace("Số:      /TB-UBND", "Số: [cần bổ sung]/TB-UBND")
    assert draft_from_text(open_text).sign == "/TB-UBND"


def test_text_without_form_is_all_body() -> None:
    draft = draft_from_text("Đề nghị các thôn báo cáo.\nHạn cuối là thứ Sáu.", kind="thong_bao")
    assert draft == Draft("thong_bao", body=("Đề nghị các thôn báo cáo.", "Hạn cuối là thứ Sáu."))
    assert draft_from_text("", kind="khong_co") == Draft("cong_van")


def test_decomposed_letters_are_read_like_composed_ones() -> None:
    decomposed = unicodedata.normalize("NFD", SAMPLES["quyet_dinh"])
    assert draft_from_text(decomposed) == draft_from_text(SAMPLES["quyet_dinh"])


def test_places_of_the_same_line_do_not_become_a_date() -> None:
    text = "BÁO CÁO\nHọp giao ban ngày 05 tháng 6 năm 2026\n\nCuộc họp diễn ra đúng giờ./."
    found = outline(text)
    assert not found.has(Part.PLACE_DATE)
    assert draft_from_text(text).subject == "Họp giao ban ngày 05 tháng 6 năm 2026"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=300))
def test_any_text_can_be_outlined(text: str) -> None:
    found = outline(text)
    assert all(0 <= item.start <= item.end <= len(found.text) for item in found.found)
    draft_from_text(text)


_CLAUSES = st.sampled_from(
    [
        "Thực hiện nhiệm vụ được giao, Ủy ban nhân dân xã có ý kiến như sau:",
        "1. Rà soát danh sách hộ gia đình thuộc diện hỗ trợ.",
        "a) Báo cáo kết quả trước ngày 15 hằng tháng;",
        "I. TÌNH HÌNH CHUNG",
        "Các thôn tổ chức thực hiện nghiêm túc, đúng thời hạn.",
        Table((("TT", "Thôn", "Số hộ"), ("1", "An Lợi", "35"), ("2", "Bình An", "42"))),
    ]
)


_TITLES = st.sampled_from(["DANH SÁCH TỔ CÔNG TÁC", "BIỂU TỔNG HỢP"])
STAMP = CertifiedCopy(
    "TRÍCH SAO",
    issuer="ỦY BAN NHÂN DÂN XÃ AN BÌNH",
    sign="05/TrS-UBND",
    place="An Bình",
    dated="ngày 20 tháng 12 năm 2026",
    authority=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    signer="Đỗ Thị Thử",
    recipients=("Các phòng chuyên môn", "Lưu: VT"),
)


_APPENDICES = st.lists(st.builds(Appendix, _TITLES, st.tuples(_CLAUSES)), max_size=2)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Drafts with any of their parts missing; what the kind does not carry is empty."""
    kind = draw(st.sampled_from([kind for kind in KINDS if kind.id != "thu_cong"]))
    minutes, parties = kind.id == "bien_ban", kind.signing is Signing.PARTIES
    body = draw(st.lists(_CLAUSES, min_size=1, max_size=5))
    addressees = ["Sở Nội vụ", "Ủy ban nhân dân các xã, phường", "Chi cục Thủy lợi"]
    signed = parties or draw(st.booleans())
    alone = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") if signed else ()
    signing = ("ĐẠI DIỆN BÊN A", "CHỦ TỊCH") if parties else alone
    return Draft(
        kind=kind.id,
        superior=draw(st.sampled_from(["", "UBND TỈNH QUẢNG TRỊ"])),
        issuer=draw(st.sampled_from(["ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"])),
        sign=draw(st.sampled_from(["", f"/{kind.abbreviation or 'UBND'}-VX", f"12/{kind.abbreviation or 'UBND'}-VX"])),
        place="" if minutes else "Triệu Phong",
        dated="" if minutes else draw(st.sampled_from(["", "ngày 05 tháng 6 năm 2026", "ngày tháng 6 năm 2026"])),
        subject=draw(st.sampled_from(["", "Về việc rà soát số liệu"] if kind.has_title else ["rà soát số liệu"]))
        if kind.has_subject
        else "",
        addressees=tuple(draw(st.lists(st.sampled_from(addressees), unique=True, max_size=3))),
        body=(*body, "Trân trọng đề nghị các đơn vị phối hợp thực hiện./."),
        authority=("CHỦ TỌA",) if minutes else signing,
        signer="Lê Thị Mẫu" if signed or minutes else "",
        recipients=tuple(draw(st.sampled_from([(), ("Như trên", "Lưu: VT, VX")]))),
        secretary="Trần Văn Thí" if minutes else "",
        counterpart=("ĐẠI DIỆN BÊN B", "GIÁM ĐỐC") if parties else (),
        countersigner="Trần Văn Thí" if parties else "",
        appendices=tuple(draw(_APPENDICES)) if signed else (),
        copy=draw(st.sampled_from([None, STAMP])) if signed else None,
    )


@settings(max_examples=80, deadline=None)
@given(drafts())
@example(
    Draft(
        "giay_gioi_thieu",
        issuer="ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG",
        place="Triệu Phong",
        body=("Kính báo./.",),
        authority=("CHỦ TỊCH",),
        signer="Lê Thị Mẫu",
        copy=STAMP,
    )
)
def test_a_draft_keeps_its_parts_through_plain_text(draft: Draft) -> None:
    assert draft_from_text(text_of(draft), draft.kind) == draft


def test_marks_attachments_and_our_own_pages_are_no_part_of_the_form() -> None:
    clean = draft_from_text(SAMPLES["thong_bao"])
    printed = (
        "bản nháp – chưa kiểm chứng\nHỎA TỐC\n"
        + SAMPLES["thong_bao"]
        + "\nCHI TIẾT CẦN KIỂM CHỨNG TRƯỚC KHI DÙNG\n1. 2.150 con"
    )
    assert draft_from_text(printed) == clean
    attached = draft_from_text(SAMPLES["thong_bao"] + "\nPHỤ LỤC\nLỊCH TIÊM PHÒNG\n| Thôn | Ngày |\n| An Lợi | 25 |\n")
    assert attached.appendices == (Appendix("LỊCH TIÊM PHÒNG", (Table((("Thôn", "Ngày"), ("An Lợi", "25"))),)),)
    assert attached.body == clean.body
    assert attached.signer == clean.signer


CONTRACT = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG
Số: 05/HĐ-UBND
Triệu Phong, ngày 05 tháng 6 năm 2026

HỢP ĐỒNG
Mua máy tính

Điều 1. Bên B giao 04 máy tính cho Bên A./.

{signed}
Nơi nhận:
- Lưu: VT, KT.
"""


@pytest.mark.parametrize(
    "signed",
    [
        "ĐẠI DIỆN BÊN A\nCHỦ TỊCH\nPhạm Văn Mẫu\nĐẠI DIỆN BÊN B\nGIÁM ĐỐC\nLê Thị Mẫu",
        "ĐẠI DIỆN BÊN A          ĐẠI DIỆN BÊN B\nCHỦ TỊCH          GIÁM ĐỐC\nPhạm Văn Mẫu          Lê Thị Mẫu",
    ],
    ids=["one below the other", "line by line"],
)
def test_both_parties_of_a_contract_are_told_apart(signed: str) -> None:
    draft = draft_from_text(CONTRACT.format(signed=signed))
    assert (draft.authority, draft.signer) == (("ĐẠI DIỆN BÊN A", "CHỦ TỊCH"), "Phạm Văn Mẫu")
    assert (draft.counterpart, draft.countersigner) == (("ĐẠI DIỆN BÊN B", "GIÁM ĐỐC"), "Lê Thị Mẫu")


def test_an_appendix_names_its_document_and_a_body_as_a_sentence_does() -> None:
    draft = Draft("ke_hoach", issuer="SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", sign="/KH-SNNMT", appendices=(Appendix("Biểu"),))
    number, title, note = appendix_head(draft, 1)
    assert (number, title) == ("Phụ lục", "BIỂU")
    assert " ".join(note.split()) == (
        "(Kèm theo Kế hoạch số /KH-SNNMT ngày tháng năm của Sở Nông nghiệp và Môi trường)"
    )
    assert [roman(n) for n in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]


@pytest.mark.parametrize(
    ("head", "title", "subject"),
    [
        ("CHÍNH PHỦ\nSố: 30/2020/NĐ-CP\n\nNGHỊ ĐỊNH\nVề công tác văn thư\n", "NGHỊ ĐỊNH", "Về công tác văn thư"),
        ("QUỐC HỘI\nLUẬT\nQUY HOẠCH\n", "LUẬT", "QUY HOẠCH"),
        ("LUẬT\nQUY ĐỊNH QUYỀN TỰ DO HỘI HỌP\n", "LUẬT", "QUY ĐỊNH QUYỀN TỰ DO HỘI HỌP"),
        ("TỜ KHAI ĐĂNG KÝ KHAI SINH\n\nKính gửi: Ủy ban nhân dân xã\n", "TỜ KHAI ĐĂNG KÝ KHAI SINH", ""),
    ],
)
def test_a_law_and_a_form_for_citizens_have_a_title_and_are_none_of_the_kinds(
    head: str, title: str, subject: str
) -> None:
    found = outline(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{head}\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n")
    assert found.kind is None
    assert [item.text for item in found.all(Part.TITLE)] == [title]
    assert [item.text for item in found.all(Part.SUBJECT)] == ([subject] if subject else [])


def test_a_heading_below_a_chapter_is_no_title_and_a_unit_no_application() -> None:
    text = "ĐƠN VỊ SỰ NGHIỆP MẪU\nSố: 05/QC-SNM\nChương I\nQUY ĐỊNH ĐỐI VỚI HỆ THỐNG\nĐiều 1. Phạm vi\n"
    found = outline(text)
    assert (found.kind, found.has(Part.TITLE)) == (BY_ID["quy_che"], False)
    assert [item.text for item in found.all(Part.ISSUER)] == ["ĐƠN VỊ SỰ NGHIỆP MẪU"]


@pytest.mark.parametrize(
    ("kind", "body", "recipients"),
    [
        ("bien_ban", "Hôm nay, họp tại thôn 3.", ("Lưu: VT, Hồ sơ",)),
        ("thong_bao", "Ủy ban nhân dân xã thông báo lịch tiếp công dân.", ("Lưu: VT",)),
        ("bao_cao", "Kính gửi: Ủy ban nhân dân tỉnh\nXã báo cáo như sau.", ("Như trên", "Lưu: VT")),
        ("giay_moi", "Ủy ban nhân dân xã trân trọng kính mời: Trưởng các thôn.", ("Như trên", "Lưu: VT")),
        ("cong_van", "Đề nghị các thôn báo cáo.", ("Như trên", "Lưu: VT")),
    ],
)
def test_as_above_refers_to_somebody_above(kind: str, body: str, recipients: tuple[str, ...]) -> None:
    assert framed(draft_from_text(body, kind), Draft("")).recipients == recipients
