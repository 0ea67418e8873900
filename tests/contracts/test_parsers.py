"""What every parser owes: blocks in reading order, stable anchors, NFC, and a clear sentence for a bad file."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest

from service.errors import BadInput, ScanWithoutText, TooLarge, Unreadable, WrongFormat
from service.parsers import PARSERS, Limits, check_content, parse, read
from tests.files import pdf_file, word_file

LINES = (
    "ỦY BAN NHÂN DÂN XÃ TÂN BÌNH",
    "Điều 1. Phê duyệt kế hoạch tiêm phòng vụ Thu Đông.",
    "Điều 2. Giao Văn phòng theo dõi, đôn đốc.",
    "<script>alert(1)</script> & {{ 7*7 }}",
)


def make_word(lines: Sequence[str]) -> bytes:
    return word_file(lambda document: [document.add_paragraph(line) for line in lines])


def make_pdf(lines: Sequence[str]) -> bytes:
    return pdf_file([lines])


def make_plain(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode()


MAKERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    ".docx": make_word,
    ".pdf": make_pdf,
    ".txt": make_plain,
    ".md": make_plain,
}
every_format = pytest.mark.parametrize("suffix", sorted(PARSERS))


def test_every_parser_is_under_contract() -> None:
    assert MAKERS.keys() == PARSERS.keys()


@every_format
def test_blocks_come_in_reading_order_and_as_written(suffix: str) -> None:
    parsed = read(MAKERS[suffix](LINES), suffix, Limits())
    assert parsed.text == "\n".join(LINES)


@every_format
def test_anchors_are_unique_and_stable(suffix: str) -> None:
    data = MAKERS[suffix](LINES)
    anchors = [block.anchor for block in read(data, suffix, Limits()).blocks]
    assert len(set(anchors)) == len(anchors) == len(LINES)
    assert anchors == [block.anchor for block in read(data, suffix, Limits()).blocks]


@every_format
def test_text_enters_in_nfc(suffix: str) -> None:
    data = MAKERS[suffix]([unicodedata.normalize("NFD", line) for line in LINES])
    assert read(data, suffix, Limits()).blocks[0].text == LINES[0]


@every_format
def test_a_process_of_its_own_reads_the_same(suffix: str) -> None:
    data = MAKERS[suffix](LINES)
    assert parse(data, suffix) == read(data, suffix, Limits())


@every_format
def test_invisible_letters_do_not_break_words(suffix: str) -> None:
    assert read(MAKERS[suffix](["quy\u00adết \u200bđịnh\u202e"]), suffix, Limits()).text == "quyết định"


@every_format
@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.97])
def test_a_cut_off_file_is_read_or_refused_but_never_breaks(suffix: str, part: float) -> None:
    data = MAKERS[suffix](LINES)
    with suppress(BadInput):
        cut = data[: int(len(data) * part)]
        check_content(cut, suffix, Limits())
        assert read(cut, suffix, Limits()).blocks


@every_format
def test_text_beyond_the_page_limit_is_refused_with_figures(suffix: str) -> None:
    data = MAKERS[suffix]([f"Đoạn {n}: " + "nội dung cần tóm tắt " * 40 for n in range(10)])
    with pytest.raises(TooLarge, match=r"khoảng 3 trang, mức nhận là 2 trang"):
        read(data, suffix, Limits(pages=2))


@every_format
def test_old_vietnamese_fonts_are_told_not_guessed(suffix: str) -> None:
    tcvn3 = ["Céng hoµ x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc", "QuyÕt ®Þnh cña Uû ban nh©n d©n"]
    vni = ["Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Ñoäc laäp - Töï do - Haïnh phuùc"]
    for lines in (tcvn3, vni):
        with pytest.raises(Unreadable, match="phông chữ cũ"):
            read(MAKERS[suffix](lines), suffix, Limits())


@pytest.mark.parametrize(
    ("suffix", "data", "error", "says"),
    [
        (".docx", b"", Unreadable, "trống"),
        (".docx", make_pdf(LINES), WrongFormat, "bên trong là PDF"),
        (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, WrongFormat, "Word cũ"),
        (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Unreadable, "mật khẩu"),
        (".docx", b"{\\rtf1 xin}", WrongFormat, "RTF"),
        (".docx", b"PK\x03\x04 khong phai", Unreadable, "hỏng"),
        (".docx", b"chi la chu", Unreadable, "hỏng"),
        (".pdf", make_word(LINES), Unreadable, "hỏng"),
        (".pdf", b"\x89PNG\r\n\x1a\n", WrongFormat, "ảnh"),
        (".pdf", b"%PDF-1.7 het", Unreadable, "hỏng"),
        (".pdf", pdf_file([[], []]), ScanWithoutText, "bản quét"),
        (".txt", make_pdf(LINES), WrongFormat, "đổi lại đuôi"),
        (".txt", b"<!DOCTYPE html><p>xin", WrongFormat, "trang web"),
        (".txt", b"C\xf4\xf2ng h\xf2a", Unreadable, "UTF-8"),
        (".txt", b"a\0b\0", Unreadable, "không phải tệp chữ"),
        (".txt", b"___ --- ***", Unreadable, "không có chữ nào"),
        (".doc", b"x", WrongFormat, "lưu thành .docx"),
        (".exe", b"MZ", WrongFormat, r"\.docx, \.pdf, \.txt"),
        ("", b"x", WrongFormat, "không có đuôi"),
    ],
)
def test_each_bad_file_has_its_own_sentence(suffix: str, data: bytes, error: type[BadInput], says: str) -> None:
    with pytest.raises(error, match=says):
        parse(data, suffix, apart=False)


def test_a_zip_bomb_is_refused_unopened() -> None:
    kept = io.BytesIO(make_word(LINES))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/no.xml", b"\0" * 20_000_000)
    with pytest.raises(TooLarge, match="bung ra quá lớn"):
        parse(kept.getvalue(), ".docx")


def test_a_spreadsheet_called_docx_is_told_apart() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(WrongFormat, match="không phải văn bản Word"):
        parse(kept.getvalue(), ".docx")


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Unreadable, match=r"quá 0\.01 giây"):
        parse(make_word(LINES), ".docx", Limits(seconds=0.01))  # type: ignore[arg-type]  # no machine is that fast


def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    with pytest.raises(Unreadable):
        parse(make_word(LINES), ".docx", Limits(memory_mb=1))
