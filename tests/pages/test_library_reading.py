"""From blocks back to paper: the heading, the title, tables and the foot are found again, and no word is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st

from service import library
from service.kit import Kit
from service.pages.reading import Part, is_figure, paper_parts
from service.records import Block, Passage

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FOOT = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Mẫu"]


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(text, f"p{n}", "row" if "|" in text else "paragraph") for n, text in enumerate(texts))


def kinds(parts: Sequence[Part]) -> list[str]:
    return [part.kind for part in parts]


def roles(part: Part) -> list[list[tuple[str, str]]]:
    return [[(piece.role, piece.cells[0]) for piece in box] for box in part.boxes]


def test_a_letter_lies_as_the_decree_says() -> None:
    parts = paper_parts(
        blocks(
            "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ",
            "SỞ NỘI VỤ",
            NATION,
            MOTTO,
            "Số: 12/SNV-CCHC",
            "V/v góp ý dự thảo",
            "Quảng Trị, ngày 05 tháng 6 năm 2026",
            "Kính gửi:",
            "- Các sở;",
            "- Các xã.",
            "Nội dung thứ nhất.",
            *FOOT,
        )
    )
    assert kinds(parts) == ["head", "to", "text", "foot"]
    names, nation, code, place, about = roles(parts[0])
    assert names == [("parent", "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ"), ("body-name", "SỞ NỘI VỤ")]
    assert nation == [("nation", NATION), ("motto", MOTTO)]
    assert code == [("code", "Số: 12/SNV-CCHC")]
    assert place == [("place", "Quảng Trị, ngày 05 tháng 6 năm 2026")]
    assert about == [("about", "V/v góp ý dự thảo")]
    recipients, signer = roles(parts[-1])
    assert [role for role, _ in recipients] == ["label", "", ""]
    assert signer == [("office", "KT. CHỦ TỊCH"), ("office", "PHÓ CHỦ TỊCH"), ("name", "Lê Thị Mẫu")]


@pytest.mark.parametrize(
    ("title", "subject"),
    [("NGHỊ ĐỊNH", "Về công tác văn thư"), ("LUẬT", "LƯU TRỮ"), ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "")],
)
def test_a_law_and_a_form_have_their_title_in_the_middle(title: str, subject: str) -> None:
    below = [subject] if subject else []
    parts = paper_parts(blocks("CHÍNH PHỦ", NATION, MOTTO, title, *below, "Họ, tên người yêu cầu: Bùi Văn Mẫu"))
    assert kinds(parts) == ["head", "title", "text"]
    assert roles(parts[0])[0] == [("body-name", "CHÍNH PHỦ")]
    assert [piece.cells[0] for piece in parts[1].pieces] == [title, *below]


def test_a_heading_kept_in_rows_is_taken_apart() -> None:
    head = paper_parts(
        blocks(
            f"ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG | {NATION}",
            "Số: 3/TB-UBND | Triệu Phong, ngày 02 tháng 01 năm 2026",
            "THÔNG BÁO",
        )
    )[0]
    assert [[role for role, _ in box] for box in roles(head)] == [["body-name"], ["nation"], ["code"], ["place"], []]
    assert [piece.anchored for box in head.boxes for piece in box] == [True, False, True, False]


def test_a_pdf_that_ran_number_and_date_together() -> None:
    head = paper_parts(
        blocks("ỦY BAN NHÂN DÂN", "XÃ AN", NATION, MOTTO, "Số: 9/BC-UBND An, ngày 03 tháng 5 năm 2026", "BÁO CÁO")
    )[0]
    assert roles(head)[0] == [("body-name", "ỦY BAN NHÂN DÂN"), ("body-name", "XÃ AN")]
    assert roles(head)[2:4] == [[("code", "Số: 9/BC-UBND")], [("place", "An, ngày 03 tháng 5 năm 2026")]]


def test_minutes_end_with_two_signers_and_the_recipients_below() -> None:
    foot = paper_parts(
        blocks("Họp xong lúc 10 giờ 00./.", "THƯ KÝ", "Bùi Văn Ghi", "CHỦ TỌA", "(Đã ký)", "Lê Thị Mẫu", *FOOT[:3])
    )[-1]
    assert foot.kind == "foot"
    assert [box[0][1] for box in roles(foot)] == ["THƯ KÝ", "CHỦ TỌA", "Nơi nhận:"]
    assert ("note", "(Đã ký)") in roles(foot)[1]


def test_capitals_in_the_body_are_no_signature() -> None:
    parts = paper_parts(
        blocks("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", "Căn cứ Luật Tổ chức chính quyền địa phương;", "Điều 1. Thành lập Tổ")
    )
    assert kinds(parts) == ["text"]
    assert [piece.role for piece in parts[0].pieces] == ["chapter", "", "article"]


def test_an_annex_may_follow_the_foot() -> None:
    parts = paper_parts(blocks("Nội dung.", *FOOT, "PHỤ LỤC I", "TT | Việc", "1 | Họp"))
    assert kinds(parts) == ["text", "foot", "text", "table"]
    assert parts[2].pieces[0].role == "chapter"
    assert [piece.cells for piece in parts[3].pieces] == [("TT", "Việc"), ("1", "Họp")]


def test_empty_cells_keep_their_columns() -> None:
    row = paper_parts(blocks("TT | Thôn | Số hộ", "| Tổng cộng | 54"))[0].pieces[1]
    assert row.cells == ("", "Tổng cộng", "54")


def test_page_headers_and_footers_stand_in_the_margin() -> None:
    parts = paper_parts((Block("Bản sao", "h1", "header"), *blocks("Nội dung."), Block("Trang cuối", "f1", "footer")))
    assert kinds(parts) == ["margin", "text", "margin"]


def test_passages_are_numbered_where_they_begin_and_marked_to_their_end() -> None:
    passages = [Passage(1, 7, "t", 0, "", "", 0, 1), Passage(2, 7, "t", 1, "", "", 1, 2)]
    pieces = paper_parts(blocks("một", "hai", "ba", "bốn"), passages, (2, 3))[0].pieces
    assert [piece.starts for piece in pieces] == [(1,), (2,), (), ()]
    assert [piece.within for piece in pieces] == [(1,), (1, 2), (2,), ()]
    assert [piece.shown for piece in pieces] == [False, False, True, True]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("96.400", True), ("61,4", True), ("85%", True), ("–", True), ("Lợn", False), ("", False), ("Điều 5", False)],
)
def test_figures_are_told_from_words(cell: str, number: bool) -> None:
    assert is_figure(cell) is number


LINE = st.one_of(
    st.sampled_from(
        [
            NATION,
            MOTTO,
            *FOOT,
            "THÔNG BÁO",
            "Kính gửi:",
            "Số: 1/TB",
            "V/v họp",
            "THƯ KÝ",
            "An, ngày 01 tháng 02 năm 2026",
            "a | b",
        ]
    ),
    st.text(min_size=1, max_size=30).filter(str.strip),
)


@settings(max_examples=60)
@given(st.lists(LINE, max_size=20))
def test_no_block_is_lost_or_doubled(texts: list[str]) -> None:
    found = blocks(*texts)
    pieces = [piece for part in paper_parts(found) for box in part.boxes for piece in box]
    assert sorted(piece.n for piece in pieces if piece.anchored) == list(range(len(found)))
    for n, block in enumerate(found):
        printed = " ".join(cell for piece in pieces if piece.n == n for cell in piece.cells)
        assert printed.replace("|", " ").split() == block.text.replace("|", " ").split()


def test_all_shipped_documents_get_head_and_foot(kit: Kit) -> None:
    library.seed(kit)
    for document in library.samples(kit):
        parts = paper_parts(library.blocks(kit, document.id))
        assert parts[0].kind == "head", document.filename
        assert parts[-1].kind == "foot", document.filename
        boxes = 2 if document.kind == "thu_cong" else 3  # a personal letter has no number
        assert all(parts[0].boxes[:boxes]), document.filename
        assert [piece.role for piece in parts[-1].boxes[1]].count("name") == 1, document.filename
