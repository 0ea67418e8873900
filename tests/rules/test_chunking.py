"""Chunks follow the structure of a legal text and lose not a word of it."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from service.chunking import SHORT, SIZE, chunk
from service.records import Block
from service.text import count_syllables


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(text, f"p{n}") for n, text in enumerate(texts, start=1))


def rows(*texts: str, table: int = 1) -> tuple[Block, ...]:
    return tuple(Block(text, f"t{table}r{n}", "row") for n, text in enumerate(texts, start=1))


LONG = "Cơ quan chủ trì gửi báo cáo đúng hạn và chịu trách nhiệm về số liệu. "

structured = st.sampled_from(
    [
        "Chương II",
        "Mục 1. QUẢN LÝ VĂN BẢN",
        "Điều 12. Ký ban hành",
        "I. TÌNH HÌNH CHUNG",
        "1. Các đơn vị nộp báo cáo.",
        "a) Gửi bản giấy;",
        "Nơi nhận:",
        "Một câu.",
        LONG * 3,
        LONG * 15,
        "từ " * 400,
        "dòng một\ndòng hai",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Block, ...]:
    kinds = st.sampled_from(["paragraph", "paragraph", "heading", "row"])
    texts = draw(st.lists(st.tuples(structured, kinds), max_size=30))
    return tuple(Block(text.strip(), f"p{n}", kind) for n, (text, kind) in enumerate(texts))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_nothing_is_lost_or_doubled(blocks: tuple[Block, ...]) -> None:
    whole = "\n".join(block.text for block in blocks)
    chunks = chunk(blocks)
    assert [c.n for c in chunks] == list(range(len(chunks)))
    assert " ".join(" ".join(c.text for c in chunks).split()) == " ".join(whole.split())
    assert {n for c in chunks for n in range(c.first, c.last + 1)} == set(range(len(blocks)))
    for c in chunks:
        assert c.text in "\n".join(block.text for block in blocks[c.first : c.last + 1])


@settings(max_examples=60, deadline=None)
@given(documents())
def test_no_chunk_is_endless(blocks: tuple[Block, ...]) -> None:
    for c in chunk(blocks):
        assert count_syllables(c.text) <= 2 * (SIZE + SHORT)


def test_empty_document_has_no_chunks() -> None:
    assert chunk(()) == ()


def test_path_names_chapter_article_and_clause() -> None:
    found = chunk(
        paragraphs("Chương II", "QUẢN LÝ VĂN BẢN", "Điều 12. Ký ban hành văn bản", "1. " + LONG * 5, "2. " + LONG * 5)
    )
    assert [c.heading for c in found] == [
        "Chương II. QUẢN LÝ VĂN BẢN › Điều 12. Ký ban hành văn bản › khoản 1",
        "Chương II. QUẢN LÝ VĂN BẢN › Điều 12. Ký ban hành văn bản › khoản 2",
    ]


def test_chapter_heading_stays_with_its_first_article() -> None:
    found = chunk(paragraphs(LONG * 6, "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", LONG))
    assert found[-1].text.startswith("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1.")


def test_long_articles_are_not_mixed() -> None:
    found = chunk(paragraphs("Điều 1. " + LONG * 4, "Điều 2. " + LONG * 4))
    assert [c.heading for c in found] == ["Điều 1", "Điều 2"]


def test_short_articles_share_a_chunk_and_say_so() -> None:
    (only,) = chunk(paragraphs("Điều 2. Giao Văn phòng thực hiện.", "Điều 3. Quyết định có hiệu lực từ ngày ký."))
    assert only.heading == "Điều 2 – Điều 3"


def test_clauses_outside_an_article_are_called_muc() -> None:
    found = chunk(paragraphs("II. TỔ CHỨC THỰC HIỆN", "1. Phân công", LONG * 5, "2. Kinh phí", LONG * 5))
    assert [c.heading for c in found] == [
        "mục II. TỔ CHỨC THỰC HIỆN › mục 1. Phân công",
        "mục II. TỔ CHỨC THỰC HIỆN › mục 2. Kinh phí",
    ]


def test_recipients_do_not_belong_to_the_last_article() -> None:
    found = chunk(paragraphs("Điều 3. " + LONG * 4, "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."))
    assert [c.heading for c in found] == ["Điều 3", "Nơi nhận"]


def test_later_rows_of_a_table_carry_its_head_row() -> None:
    found = chunk(rows("Việc | Đơn vị | Hạn", *(f"{LONG * 2} | Phòng {n} | ngày {n}" for n in range(1, 8))))
    assert found[0].heading == ""
    assert len(found) > 2
    assert {c.heading for c in found[1:]} == {"Bảng: Việc | Đơn vị | Hạn"}


def test_long_paragraph_is_cut_between_sentences() -> None:
    found = chunk(paragraphs(LONG * 20))
    assert len(found) > 1
    assert all(c.text.startswith("Cơ quan") and c.text.endswith("số liệu.") for c in found)


def test_word_heading_styles_are_used_where_nothing_is_numbered() -> None:
    blocks = (Block("Kết quả thực hiện", "p1", "heading"), *paragraphs(LONG * 5))
    assert [c.heading for c in chunk(blocks)] == ["Kết quả thực hiện"]


def test_table_of_contents_does_not_become_one_chunk() -> None:
    found = chunk(paragraphs(*(f"Điều {n}. Trách nhiệm của cơ quan số {n}" for n in range(1, 100))))
    assert max(count_syllables(c.text) for c in found) <= SIZE
