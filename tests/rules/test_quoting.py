"""What the documents themselves say to a question, word for word."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from service.embedders import open_embedder
from service.quoting import MOST, quoted, read
from service.records import Passage

LETTER = (
    "Thực hiện kế hoạch tiêm phòng, Sở đề nghị các xã:\n"
    "1. Tổ chức tiêm phòng đạt ít nhất 80% tổng đàn, hoàn thành trước ngày 15 tháng 12 năm 2026.\n"
    "2. Bảo quản vắc xin ở nhiệt độ từ 2 đến 8 độ C.\n"
    "3. Báo cáo kết quả tiêm phòng về Sở trước 17 giờ 00 ngày 18 tháng 12 năm 2026./."
)
RULES = (
    "Chương II\nQUẢN LÝ VĂN BẢN ĐI\nĐiều 12. Trình ký\n1. Người soạn thảo trình người đứng đầu cơ quan xem.\n"
    "2. Văn thư soát thể thức trước khi trình ký.",
    "Điều 15. Cấp số\n1. Số bắt đầu liên tiếp từ số 01 vào ngày 01 tháng 01, kết thúc ngày 31 tháng 12 hàng năm.\n"
    "Mục 2\nQUẢN LÝ VĂN BẢN ĐẾN\nĐiều 20. Trình tự\n1. Tiếp nhận văn bản đến.\n2. Đăng ký văn bản đến.",
)
HEAD = (
    "ỦY BAN NHÂN DÂN\nXÃ TRIỆU PHONG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 469/UBND-VP\nV/v góp ý dự thảo Quy chế\ntổ chức cuộc họp trực tuyến\n"
    "của các cơ quan hành chính\nTriệu Phong, ngày 19 tháng 10 năm 2026\nKính gửi: Sở Nội vụ tỉnh Quảng Trị\n"
    "Xã gửi góp ý dự thảo Quy chế họp trực tuyến như sau:\nĐiều 8 nên ghi rõ thời hạn gửi giấy mời."
)
FOOT = (
    "Các xã góp ý dự thảo Quy chế trước ngày 23 tháng 10.\nNơi nhận:\n- Như trên;\n- Phòng góp ý Quy chế;\n- Lưu: VT."
)
TASKS = (
    "Xã giao việc như sau:\nTT | Nhiệm vụ | Chủ trì | Thời hạn\n"
    "1 | Số hóa kết quả. Nhập đủ | Văn phòng | 31/3/2027\n2 | Báo cáo kết quả | Phòng Kinh tế |"
)
PLAN = "IV. KINH PHÍ\nTổng kinh phí là 62.000.000 đồng từ ngân sách xã.\nPhòng Kinh tế lập dự toán."


def passage(number: int, text: str, score: float = 0.0) -> Passage:
    return Passage(number, number, f"Văn bản {number}", 1, text, "", 1, 1, score)


def said(question: str, *texts: str) -> list[tuple[int, str]]:
    passages = [passage(n, text, 1 - n / 10) for n, text in enumerate(texts, 1)]
    return [(one.number, passages[one.number - 1].text[one.start : one.end]) for one in quoted(question, passages)]


def test_the_sentence_that_answers_comes_first_whatever_the_marks() -> None:
    for question in ("Báo cáo kết quả về Sở trước ngày nào?", "bao cao ket qua ve so truoc ngay nao"):
        number, text = said(question, LETTER, PLAN)[0]
        assert (number, text) == (1, LETTER.split("\n")[3])


def test_the_kind_of_thing_asked_for_decides_between_like_sentences() -> None:
    plan = "Thôn Đông tiêm phòng tại nhà văn hóa thôn.\nThôn Đông tiêm phòng lúc 7 giờ 30 sáng thứ Hai."
    assert said("Thôn Đông tiêm phòng lúc mấy giờ?", plan)[0][1].endswith("thứ Hai.")
    assert said("Thôn Đông tiêm phòng ở đâu?", plan)[0][1].endswith("văn hóa thôn.")


def test_a_syllable_that_only_looks_like_a_question_asks_for_no_number() -> None:
    """«máy», «mục» are no «mấy», «mức»; without marks a single syllable says nothing."""
    plan = "Máy tính cũ giao văn thư giữ.\nMáy tính mới thì kho của cơ quan còn giữ 12 chiếc."
    for question in ("Ai giữ máy tính?", "ai giu may tinh"):
        assert said(question, plan)[0][1].endswith("văn thư giữ.")
    assert said("Kho còn giữ mấy máy tính?", plan)[0][1].endswith("12 chiếc.")


def test_a_heading_is_quoted_with_what_it_leads_to() -> None:
    assert said("Kinh phí bao nhiêu?", PLAN)[0][1] == "IV. KINH PHÍ\nTổng kinh phí là 62.000.000 đồng từ ngân sách xã."


def test_a_place_that_is_named_is_quoted_as_it_stands() -> None:
    for question in ("điều 12", "Điều 12 quy định gì?", "dieu 12 noi gi"):
        assert said(question, *reversed(RULES)) == [(2, RULES[0].partition("ĐI\n")[2])]
    assert said("Khoản 2 Điều 20", *RULES) == [(2, "2. Đăng ký văn bản đến.")]
    assert said("dieu 12 khoan 1", *RULES)[0][1].startswith("1. Người soạn thảo")


def test_what_is_asked_of_a_place_is_sought_there_alone() -> None:
    first, *others = said("Theo Điều 12 thì ai soát thể thức?", *RULES)
    assert first == (1, "2. Văn thư soát thể thức trước khi trình ký.")
    assert all("Điều 12" in text for _, text in others)
    [(_, text), *_] = said("Điều 20: tiếp nhận văn bản làm thế nào?", *RULES)
    assert text == "Điều 20. Trình tự\n1. Tiếp nhận văn bản đến."


def test_a_place_that_no_passage_holds_leaves_the_words_to_tell() -> None:
    assert said("Điều 99 về đăng ký văn bản đến?", *RULES)[0][1] == "2. Đăng ký văn bản đến."


def test_the_number_of_an_article_is_no_sentence() -> None:
    for _, text in said("Trình tự quản lý văn bản đến?", *RULES):
        assert text.strip().splitlines()[-1] not in ("Điều 20.", "Mục 2")


def test_equal_words_are_quoted_once() -> None:
    texts = [text for _, text in said("Văn thư soát thể thức?", RULES[0], RULES[0].replace("Chương II", "Chương 2"))]
    assert len(texts) == len({*texts})


def test_what_the_title_says_its_sentences_need_not() -> None:
    festival = "KẾ HOẠCH\nTổ chức Tết trồng cây năm 2027\n1. Thời gian: từ 7 giờ 30 ngày 20 tháng 02, tại đồi Bàn Cờ."
    garden = "Điều 22. Không chia: vườn trồng cây ăn quả, đồn điền trồng cây công nghiệp."
    plan = replace(passage(1, festival, 0.9), document_title="Kế hoạch Tổ chức Tết trồng cây năm 2027")
    passages = [plan, passage(2, garden, 0.4)]
    [first, *_] = quoted("Tết trồng cây ở đâu?", passages, open_embedder(""))
    assert (first.number, festival[first.start : first.end].endswith("đồi Bàn Cờ.")) == (1, True)


def test_words_that_mean_the_same_answer_like_the_words_themselves() -> None:
    """«cúp điện» where the document says «ngừng cấp điện»: the model in the box has learnt how people ask."""
    passages = [
        passage(1, "Hộ dùng điện đóng tiền tại quầy số 3. Khu Cầu Gồ ngừng cấp điện từ 7 giờ ngày 20 tháng 3.", 0.5),
        passage(2, "Trường nội trú được mượn máy phát điện của Hạt Kiểm lâm trong ngày.", 0.5),
    ]
    [first, *_] = quoted("hôm nào cúp điện vậy?", passages, open_embedder(""))
    assert passages[0].text[first.start : first.end].startswith("Khu Cầu Gồ")


def test_the_head_and_the_recipients_of_a_document_answer_nothing() -> None:
    form = ("CỘNG HÒA", "Số:", "Triệu Phong, ngày", "Kính gửi", "V/v", "Nơi nhận", "- Phòng")
    for _, text in said("Hạn góp ý dự thảo Quy chế họp trực tuyến là ngày nào?", HEAD, FOOT):
        assert not [words for words in form if words in text]
    assert said("Thời hạn gửi giấy mời là bao lâu?", HEAD)[0][1].endswith("thời hạn gửi giấy mời.")


def test_the_head_answers_who_asks_for_it() -> None:
    assert "Sở Nội vụ" in said("Công văn góp ý Quy chế gửi cho ai?", HEAD)[0][1]
    assert "ngày 19 tháng 10" in said("Văn bản góp ý Quy chế ban hành ngày nào?", HEAD)[0][1]


SIGNED = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n(Đã ký)\nNguyễn Văn Mẫu"


def test_the_signature_answers_only_who_asks_for_it() -> None:
    assert not [text for _, text in said("Thủ tướng Chính phủ nước Pháp là ai?", SIGNED) if "THỦ TƯỚNG" in text]
    assert "Nguyễn Văn Mẫu" in "".join(text for _, text in said("Thủ tướng nào ký, ai ký?", SIGNED))


def test_only_the_nearest_heading_goes_with_a_sentence() -> None:
    rules = "Chương II\nTIẾP NHẬN, PHÂN LOẠI\nĐiều 3. Hình thức\nCông chức tiếp nhận trực tiếp tại trụ sở."
    [(_, text)] = said("Công chức tiếp nhận ở đâu?", rules)
    assert text == "Điều 3. Hình thức\nCông chức tiếp nhận trực tiếp tại trụ sở."


def test_a_run_of_short_lines_is_no_part_of_the_sentence_below() -> None:
    table = "Phòng Văn hóa\n5 thứ Năm\nChủ tịch phường\nPhòng Kinh tế\nNgày khác, công chức tiếp công dân trong giờ."
    assert said("Công chức tiếp công dân khi nào?", table)[0][1] == table.rsplit("\n", maxsplit=1)[-1]


def test_a_mere_year_is_no_day() -> None:
    plan = "Việc góp ý dự thảo ghi trong chương trình năm 2026.\nViệc góp ý dự thảo xong trước ngày 23 tháng 10."
    assert said("Hạn góp ý dự thảo?", plan)[0][1].endswith("23 tháng 10.")


def test_a_row_is_quoted_whole_and_read_with_the_names_of_its_columns() -> None:
    passages = [passage(1, TASKS)]
    [one, *_] = quoted("Số hóa kết quả xong khi nào?", passages)
    assert TASKS[one.start : one.end] == "1 | Số hóa kết quả. Nhập đủ | Văn phòng | 31/3/2027"
    assert read(passages[0], one) == "TT: 1; Nhiệm vụ: Số hóa kết quả. Nhập đủ; Chủ trì: Văn phòng; Thời hạn: 31/3/2027"
    assert all("Nhiệm vụ | Chủ trì" not in text for _, text in said("Nhiệm vụ chủ trì thời hạn?", TASKS))


def test_later_rows_are_read_with_the_head_that_stands_above_their_passage() -> None:
    later = replace(
        passage(1, "3 | Đo đạc | Phòng Kinh tế | 30/6/2027"),
        heading="II. NHIỆM VỤ › Bảng: TT | Nhiệm vụ | Chủ trì | Thời hạn",
    )
    assert read(later, quoted("Đo đạc do ai?", [later])[0]).startswith("TT: 3; Nhiệm vụ: Đo đạc; Chủ trì:")
    cut = replace(later, heading="Bảng: TT | Nhiệm vụ | Chủ…")
    assert read(cut, quoted("Đo đạc do ai?", [cut])[0]) == later.text


def test_nothing_is_quoted_where_no_word_is_shared() -> None:
    assert said("Giá xăng?", "Thôn Đông họp tối thứ Sáu, mời bà con.") == []
    assert said("Hạn?") == []


@given(st.text(), st.lists(st.text(max_size=200), max_size=4))
def test_any_text_is_quoted_within_its_bounds(question: str, texts: list[str]) -> None:
    passages = [passage(n, text) for n, text in enumerate(texts, 1)]
    found = quoted(question, passages)
    assert len(found) <= MOST
    for one in found:
        text = passages[one.number - 1].text
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() and read(passages[one.number - 1], one)
