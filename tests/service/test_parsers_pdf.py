"""PDF lines become paragraphs again."""

from __future__ import annotations

import io

import pypdf
import pytest

from service.errors import TooLarge, Unreadable
from service.parsers import Limits, parse, read
from service.parsers.pdf import assemble, paragraphs
from tests.files import pdf_file

PAGE = [
    "ỦY BAN NHÂN DÂN XÃ TÂN BÌNH",
    "Số: 12/TB-UBND",
    "THÔNG BÁO",
    "Về lịch tiếp công dân tháng 12",
    " Căn cứ quy chế làm việc, Ủy ban nhân dân xã thông báo lịch tiếp công dân của lãnh",
    "đạo Ủy ban như sau. Mỗi buổi bắt đầu lúc 7 giờ 30, tại trụ sở, có cán bộ ghi chép và",
    "trả lời ngay những việc thuộc thẩm quyền của mình trong buổi đó.",
    "1. Chủ tịch tiếp vào các ngày 02 và 16; Phó Chủ tịch tiếp vào các ngày còn lại trong",
    "tháng.",
    "- Hồ sơ gửi trước ba ngày;",
    "a) Bản chính hoặc bản sao.",
]


def test_lines_are_joined_where_the_sentence_goes_on() -> None:
    assert paragraphs(PAGE) == [
        *PAGE[:4],
        " ".join(line.strip() for line in PAGE[4:7]),
        " ".join(PAGE[7:9]),
        *PAGE[9:],
    ]


def test_a_paragraph_over_the_page_break_stays_whole() -> None:
    parsed = assemble([PAGE[4].strip() + "\n" + PAGE[5], "2\n" + PAGE[6] + "\n1. Khoản một."])
    assert [block.page for block in parsed.blocks] == [1, 2]
    assert parsed.blocks[0].text.endswith("trong buổi đó.")


def test_only_the_page_s_own_number_is_dropped() -> None:
    parsed = assemble(["Kính gửi: các phòng.", "2\nTổng số hồ sơ:\n15"])
    assert [block.text for block in parsed.blocks] == ["Kính gửi: các phòng.", "Tổng số hồ sơ:", "15"]


def test_pages_without_text_are_noted() -> None:
    parsed = assemble(["Trang có chữ.", "", "Còn chữ.", " \n"])
    assert parsed.pages == 4
    assert parsed.notes == ("Trang 2, 4 không có chữ đọc được, có thể là bản quét.",)


def test_letters_without_a_table_are_refused() -> None:
    with pytest.raises(Unreadable, match="phông riêng"):
        assemble(["\ue012\ue013\ue014 \ue015"])


def test_too_many_pages_are_refused_with_figures() -> None:
    with pytest.raises(TooLarge, match="dài 3 trang, mức nhận là 2 trang"):
        parse(pdf_file([["một"], ["hai"], ["ba"]]), ".pdf", Limits(pages=2))


def test_a_page_of_endless_commands_costs_only_itself() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_file([["một"], ["hai"]])))
    drawn = pypdf.generic.StreamObject()
    drawn.set_data(b"q " * 10_000_000)
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(drawn.flate_encode())
    kept = io.BytesIO()
    writer.write(kept)
    parsed = read(kept.getvalue(), ".pdf", Limits())
    assert [(block.page, block.text) for block in parsed.blocks] == [(2, "hai")]
    assert parsed.notes == ("Trang 1 không có chữ đọc được, có thể là bản quét.",)


def locked(user_password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_file([["Chữ trong tệp khoá."]])))
    writer.encrypt(user_password=user_password, owner_password="chu-tep", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def test_a_password_is_told() -> None:
    with pytest.raises(Unreadable, match="mật khẩu"):
        parse(locked("bi-mat"), ".pdf")


def test_a_file_that_only_forbids_copying_is_read() -> None:
    assert read(locked(""), ".pdf", Limits()).text == "Chữ trong tệp khoá."
