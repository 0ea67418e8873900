"""Length, words that must be there, sections and patterns."""

from __future__ import annotations

from typing import Any

import pytest

from service import checks
from service.checks import counting
from service.records import Assertion, Case, CheckResult, Level
from tests.rules.making import case, seen


def _run(kind: str, value: Any, answer: str, **more: Any) -> CheckResult:
    return checks.run(case(answer), (Assertion(kind, value=value, **more),))[0]


# ── length ──────────────────────────────────────────────────────────────────────────────────────


def test_length_within_the_limit_is_for_information() -> None:
    result = _run("max-words", 4, "Nộp trước ngày 20/12 [4].")
    assert (result.passed, result.score) == (True, 1.0)
    assert [(one.level, one.title) for one in result.findings] == [(Level.INFORMATIVE, "Dài 4 tiếng, trong mức 4")]


def test_what_goes_beyond_the_limit_is_marked() -> None:
    answer = "một hai [1] ba bốn năm."
    result = _run("max-words", 3, answer)
    assert (result.passed, result.score) == (False, 3 / 5)
    assert seen(result, answer) == ["bốn năm"]
    assert "quá mức 3 là 2 tiếng" in result.findings[0].title


@pytest.mark.parametrize(
    ("kind", "value", "passed"),
    [
        ("word-count", {"min": 2, "max": 4}, True),
        ("word-count", {"max": 2}, False),
        ("word-count", {"min": 4}, False),
        ("word-count", 3, True),
        ("word-count", 2, False),
        ("min-words", 3, True),
        ("min-words", 4, False),
    ],
)
def test_bounds(kind: str, value: Any, passed: bool) -> None:
    assert _run(kind, value, "một hai ba").passed is passed


def test_a_limit_that_is_none_is_not_graded() -> None:
    assert _run("word-count", {}, "một").passed is None


# ── words ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "value", "answer", "passed"),
    [
        ("contains", "Ủy ban", "Uỷ ban nhân dân", True),
        ("contains", "ủy ban", "Uỷ ban nhân dân", False),
        ("icontains", "ủy ban", "Uỷ  ban\nnhân dân", True),
        ("icontains", "ủy ban nhân dân", "UỶ BAN\nNHÂN DÂN", True),
        ("contains", '"hạn"', "ghi rõ “hạn” nộp", True),
        ("contains-any", ["A", "B"], "có B", True),
        ("contains-any", ["A", "B"], "có c", False),
        ("contains-all", ["A", "B"], "A và B", True),
        ("contains-all", ["A", "B"], "A", False),
        ("icontains-any", "a, b", "B", True),
        ("icontains-all", "a, b", "B", False),
        ("equals", "Không có trong tài liệu", " Không có trong  tài liệu\n", True),
        ("equals", "Không có", "Không có gì", False),
        ("starts-with", "Thực hiện", "\nThực hiện Kế hoạch", True),
        ("starts-with", "Thực hiện", "Sẽ Thực hiện", False),
    ],
)
def test_words_that_must_be_there(kind: str, value: Any, answer: str, passed: bool) -> None:
    assert _run(kind, value, answer).passed is passed


def test_raw_compares_as_it_stands() -> None:
    assert _run("contains", "ủy", "uỷ", options={"raw": True}).passed is False


def test_each_missing_word_costs_its_share() -> None:
    assert _run("contains-all", ["hạn", "nơi nhận", "chủ trì"], "Nêu hạn.").score == pytest.approx(1 / 3)


def test_what_must_not_be_there_is_shown() -> None:
    answer = "Tôi là AI, tôi xin tóm tắt."
    result = _run("not-icontains", "tôi", answer)
    assert (result.passed, result.score) == (False, 0.0)
    assert seen(result, answer) == ["Tôi", "tôi"]
    assert _run("not-icontains", "kinh phí", answer).passed is True


def test_nothing_to_look_for_is_not_graded() -> None:
    assert _run("contains", "", "bất kỳ").passed is None


# ── sections ────────────────────────────────────────────────────────────────────────────────────

PLAN = "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n…\n**II. Nội dung**\n- việc\n3) Tổ chức thưc hiện:\nGiao các thôn."


def test_sections_in_order_whatever_their_numbering() -> None:
    wanted = ["Mục đích, yêu cầu", "Nhiệm vụ|Nội dung", "Tổ chức thực hiện"]
    assert _run("sections", wanted, PLAN).passed is True


def test_a_missing_and_a_misplaced_section() -> None:
    result = _run("sections", ["Tổ chức thực hiện", "Nội dung", "Kinh phí"], PLAN)
    assert result.score == pytest.approx(1 / 3)
    assert [one.title for one in result.findings] == ["Mục «Nội dung» đứng sai thứ tự", "Thiếu mục «Kinh phí»"]
    assert seen(result, PLAN) == ["**II. Nội dung**"]


# ── patterns ────────────────────────────────────────────────────────────────────────────────────


def test_a_pattern_found_and_not_found() -> None:
    assert _run("regex", r"Số:\s*\d+/TB-UBND", "Số: 12/TB-UBND").passed is True
    assert _run("regex", r"^\d+$", "không").passed is False
    answer = "hạn 20/12, hạn 25/12"
    assert seen(_run("not-regex", r"\d+/\d+", answer), answer) == ["20/12", "25/12"]


@pytest.mark.parametrize(
    ("needles", "title"),
    [
        (["A"], "Kết quả chưa có «A»"),
        (["A", "B"], "Kết quả chưa có «A» hoặc «B»"),
        (["A", "B", "C"], "Kết quả chưa có «A» hoặc ý tương đương"),
    ],
)
def test_what_is_missing_is_named_with_its_first_wording(needles: list[str], title: str) -> None:
    (finding,) = checks.run(case("có d"), (Assertion("contains-any", value=needles),))[0].findings
    assert (finding.title, finding.insert) == (title, "Phải nêu rõ: A.")


def test_all_that_is_missing_is_one_finding() -> None:
    (one,) = _run("contains-all", ["7 giờ 30", "thứ Tư"], "Họp thứ Tư.").findings
    assert (one.title, one.insert) == ("Kết quả chưa có «7 giờ 30»", "Phải nêu rõ: 7 giờ 30.")
    (both,) = _run("contains-all", ["7 giờ 30", "thứ Tư"], "Họp.").findings
    assert both.title == "Kết quả còn thiếu: 7 giờ 30; thứ Tư"
    assert (both.expected, both.insert) == ("", "Phải nêu đủ: 7 giờ 30; thứ Tư."), "the title says it already"


@pytest.mark.parametrize(
    ("kind", "needles", "insert"),
    [
        ("contains-any", ["|"], "Trình bày thành bảng."),
        ("contains-any", ["[cần bổ sung"], "Thiếu thông tin thì ghi [cần bổ sung]."),
        ("icontains-any", ["[chưa nêu]", "chưa nêu", "không nêu"], "Thiếu thông tin thì ghi [chưa nêu]."),
        ("icontains-any", ["không cho biết", "chưa có số"], "Thiếu thông tin thì ghi: không cho biết."),
        ("icontains-any", ["chưa thống nhất", "lệch"], ""),
        ("icontains-all", ["1.", "2."], "Đánh số từng ý."),
        ("icontains-any", ["điện:"], "Phải nêu rõ: điện."),
        ("contains-all", ["|", "7 giờ 30", "[chưa nêu]"],
         "Phải nêu rõ: 7 giờ 30. Trình bày thành bảng. Thiếu thông tin thì ghi [chưa nêu]."),
        ("contains-all", ["***"], ""),
    ],
)  # fmt: skip
def test_the_sentence_for_the_prompt_makes_sense(kind: str, needles: list[str], insert: str) -> None:
    (finding,) = _run(kind, needles, "Họp.").findings
    assert finding.insert == insert
    assert finding.try_next == f"Thêm vào câu lệnh: «{insert}»" if insert else "nêu điều này" in finding.try_next
    assert "|" not in finding.title


def test_a_mark_is_named_whole_and_a_table_in_words() -> None:
    assert _run("contains", "[cần bổ sung", "Họp.").findings[0].title == "Kết quả chưa có «[cần bổ sung]»"
    assert _run("contains-any", ["|"], "Họp.").findings[0].title == "Kết quả chưa có bảng"
    assert counting.asked_of(Assertion("contains-any", value=["|"])) == "bảng"
    assert counting.asked_of(Assertion("keeps-numbers", value=['"148"'])) == "«148»"


@pytest.mark.parametrize(
    ("kind", "value", "prompt", "insert"),
    [
        ("contains-all", ["7 giờ 30", "thứ Tư"], "Nêu giờ họp 7 giờ 30.", "Phải nêu rõ: thứ Tư."),
        ("contains-all", ["7 giờ 30"], "Nêu giờ họp 7 giờ 30.", ""),
        ("contains-any", ["quá hạn", "tồn tại"], "Nêu rõ tồn tại.", ""),
        ("contains-any", ["|"], "Lap bang 3 cot.", ""),
        ("contains", "84", "Nêu 184 hộ.", "Phải nêu rõ: 84."),
        ("sections", ["Kinh phí"], "Có các mục: Mục đích, Kinh phí.", ""),
        ("starts-with", "Thực hiện", "Mở đầu bằng “Thực hiện”.", ""),
        ("max-words", 1, "Viết không quá 1 tiếng.", ""),
    ],
)
def test_nothing_is_advised_that_the_prompt_holds_already(kind: str, value: Any, prompt: str, insert: str) -> None:
    (finding,) = checks.run(case("Họp giao ban.", prompt), (Assertion(kind, value=value),))[0].findings
    assert finding.insert == insert
    assert (finding.try_next == "Câu lệnh đã nêu điều này; anh/chị chạy lại, hoặc tự sửa kết quả.") is (not insert)


def test_lost_figures_are_asked_for_bare_and_only_where_the_prompt_lacks_them() -> None:
    wanted = Assertion("keeps-numbers", value=['"9.120"', '"560"', "ngày 15 tháng 12 năm 2026"])
    (finding,) = checks.run(case("Họp.", "Báo cáo trước 15/12/2026."), (wanted,))[0].findings
    assert finding.title == "Kết quả bỏ mất: 9.120; 560; ngày 15 tháng 12 năm 2026"
    assert finding.insert == "Phải nêu đủ: 9.120; 560."


@pytest.mark.parametrize("pattern", ["(", r"(a+)+$"])
def test_a_broken_or_endless_pattern_is_not_graded(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_PATTERN_SECONDS", 0.5)
    result = _run("regex", pattern, "a" * 60 + "!")
    assert result.passed is None
    assert "chưa chấm được" in result.reason


def test_checks_of_the_answer_wait_for_an_answer() -> None:
    waiting: Case = case(None, "Tóm tắt.")
    assert checks.run(waiting, (Assertion("max-words", value=5),))[0].passed is None
