"""The registry: every check runs, none can break the others, and the exercise's own wishes are obeyed."""

from __future__ import annotations

import logging

import pytest

from service import checks
from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from tests.rules.making import case, exercise

NEEDS = {
    "prompt-max-words": 100, "word-count": {"max": 100}, "max-words": 100, "min-words": 1, "sections": ["Mục đích"],
    "equals": "x", "starts-with": "x", "regex": "x", "contains": "x", "icontains": "x", "contains-any": ["x"],
    "icontains-any": ["x"], "contains-all": ["x"], "icontains-all": ["x"], "nd30-format": "cong_van",
    "contains-json": {"type": "object", "required": ["han"]}, "rouge-n": "Sở đề nghị xã báo cáo.", "bleu": ["Báo cáo."],
    "gleu": "Sở đề nghị xã báo cáo.", "chrf": "Báo cáo.", "levenshtein": "Báo cáo.", "similar": "Báo cáo.",
}  # fmt: skip


@pytest.mark.parametrize("name", checks.CHECKS)
@pytest.mark.parametrize("answer", ["", "Sở đề nghị xã báo cáo trước ngày 20/12 [4].", "*[](){}%d [[9]] \\ \0 ｘ"])
def test_every_check_judges_any_text_with_whole_findings(name: str, answer: str) -> None:
    whole: Case = case(answer, "Tóm tắt công văn.", seconds=2.0, finish_reason="length", likeness=lambda *_both: 0.1)
    limit = 1000.0 if name == "latency" else None
    result = checks.run(whole, (Assertion(name, value=NEEDS.get(name), threshold=limit),))[0]
    assert result.label
    assert result.reason.endswith(".")
    assert 0.0 <= result.score <= 1.0
    assert "máy chưa chấm được" not in result.reason
    for finding in result.findings:
        assert finding.title
        if finding.level in (Level.ESSENTIAL, Level.ACTIONABLE) and name != "equals":
            assert finding.try_next
        for span in finding.spans:
            text = whole.prompt if span.of == "prompt" else answer
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("piece", ["*", "[", "1.", "ngày 1 ", "1 triệu ", '"""a', "a-", "một ", "# ", "(" * 9 + "a|"])
def test_texts_made_to_be_slow_come_to_an_end(piece: str) -> None:
    """6,000 letters of one kind; rules that grow much faster than the text would not come back within minutes."""
    text = piece * (6_000 // len(piece))
    every = [Assertion(name, value=NEEDS.get(name)) for name in checks.CHECKS if name not in ("regex", "nd30-format")]
    assert all(result.reason for result in checks.run(case(text, text), every))


def test_an_unknown_check_is_not_graded() -> None:
    result = checks.run(case("x"), (Assertion("g-eval", weight=3),))[0]
    assert result.passed is None
    assert "g-eval" in result.reason


def test_a_broken_check_is_not_graded_and_its_text_is_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(broken_case: Case, _assertion: Assertion) -> CheckResult:
        raise ValueError(broken_case.answer)

    monkeypatch.setitem(checks.CHECKS, "register", broken)
    with caplog.at_level(logging.ERROR):
        results = checks.run(case("lời riêng của một người"), (Assertion("register"), Assertion("max-words", value=9)))
    assert [one.passed for one in results] == [None, True]
    assert "register" in caplog.text
    assert "lời riêng" not in caplog.text


def test_weight_metric_severity_and_the_trainers_words() -> None:
    wanted = Assertion("contains", value="hạn", weight=3, metric="noi-dung", severity="essential", on_fail="fb.han")
    one = checks.run(case("x", exercise=exercise(feedback={"fb.han": "Thiếu hạn là thiếu tất cả."})), (wanted,))[0]
    assert (one.weight, one.metric) == (3, "noi-dung")
    assert one.findings[0].level is Level.ESSENTIAL
    assert one.findings[0].why.startswith("Thiếu hạn là thiếu tất cả.")


@pytest.mark.parametrize("name", ["prompt-has", "nd30-format"])
def test_the_trainers_words_on_many_matters_stand_by_themselves_and_first(name: str) -> None:
    wanted = Assertion(name, value=NEEDS.get(name), severity="essential", on_fail="fb")
    words = "Câu lệnh cần đòi đối chiếu từng khoản."
    [result] = checks.run(case("Kết quả.", "Viết đi.", exercise=exercise(feedback={"fb": words})), (wanted,))
    own, *others = result.findings
    assert (own.why, own.level, own.insert) == (words, Level.ESSENTIAL, "")
    assert own.title and own.try_next
    assert others and not any(words in one.why for one in others)
    assert not own.part and not own.rule


@pytest.mark.parametrize(
    ("words", "prompt", "said"),
    [
        ("Câu lệnh cần đòi đối chiếu từng khoản và lập bảng bản cũ, bản mới.", "Đối chiếu, lập bảng 3 cột.", False),
        ("Câu lệnh cần đòi đối chiếu từng khoản và lập bảng bản cũ, bản mới.", "Đối chiếu hai bản.", True),
        ("Câu lệnh cần nói bảng có những cột nào.", "Bạn là văn thư, trình bày thành bảng 3 cột.", True),
        ("Câu lệnh cần nói ai đọc.", "Đối chiếu, lập bảng 3 cột.", True),
        ("Câu lệnh cần đủ bảy phần.", "Đối chiếu, lập bảng 3 cột.", True),
        ("Câu lệnh cần rõ hơn.", "Đối chiếu, lập bảng 3 cột.", True),
    ],
    ids=["has what they say", "lacks it", "has no task", "lacks the reader", "of all parts", "of none"],
)
def test_the_trainers_words_are_left_out_where_the_prompt_has_what_they_speak_of(
    words: str, prompt: str, said: bool
) -> None:
    wanted = Assertion("prompt-has", value=["role", "context", "task", "format"], on_fail="fb")
    [result] = checks.run(case("Kết quả.", prompt, exercise=exercise(feedback={"fb": words})), (wanted,))
    assert result.passed is False
    assert [one.why for one in result.findings if one.title == "Câu lệnh chưa đủ như bài cần"] == [words] * said
    assert any(one.part for one in result.findings), "the missing part has a sentence of its own"


def test_checks_under_one_label_are_told_apart_by_what_they_ask() -> None:
    asked = (
        Assertion("contains-all", value=["7 giờ 30", "thứ Tư"]),
        Assertion("contains-any", value=["quá hạn", "tồn tại"]),
        Assertion("not-contains-any", value=["kính gửi", "a", "b", "c"]),
        Assertion("not-contains", value="kính chào"),
        Assertion("max-words", value=150),
        Assertion("min-words", value=30),
        Assertion("regex", value="a"),
        Assertion("regex", value="b"),
        Assertion("register"),
    )
    assert [one.label for one in checks.run(case("Họp."), asked)] == [
        "Ý bắt buộc: «7 giờ 30», «thứ Tư»",
        "Ý bắt buộc: «quá hạn» hoặc «tồn tại»",
        "Điều phải tránh: «kính gửi», «a», «b»…",
        "Điều phải tránh: «kính chào»",
        "Độ dài: không quá 150 tiếng",
        "Độ dài: ít nhất 30 tiếng",
        "Đúng mẫu câu: mục 1",
        "Đúng mẫu câu: mục 2",
        "Văn phong hành chính",
    ]
    assert checks.run(case("Họp."), asked[:1])[0].label == "Ý bắt buộc"


def test_a_label_cuts_no_value() -> None:
    date = "ngày 02 tháng 12 năm 2026"
    asked = (Assertion("contains-all", value=["7 giờ 30", date]), Assertion("contains", value=date))
    assert [one.label for one in checks.run(case("Họp."), asked)] == [
        "Ý bắt buộc: «7 giờ 30»…",
        "Ý bắt buộc: «ngày 02 tháng 12 năm…»",
    ]


def test_a_label_finds_room_in_its_column() -> None:
    asked = tuple(Assertion("contains-all", value=[letter * 90, "x" * 90]) for letter in "ab")
    labels = [one.label for one in checks.run(case("Họp."), asked)]
    assert len(set(labels)) == 2
    assert all(len(label) <= 120 for label in labels)


def test_not_turns_the_verdict_round() -> None:
    results = checks.run(
        case("có hạn"), (Assertion("not-contains", value="hạn"), Assertion("not-contains", value="phí"))
    )
    assert [(one.check, one.passed, one.score) for one in results] == [
        ("not-contains", False, 0.0),
        ("not-contains", True, 1.0),
    ]
    assert results[0].findings[0].try_next


@pytest.mark.parametrize(
    ("answer", "threshold", "passed", "score"),
    [("hạn", 0.5, True, 0.75), ("hạn", None, False, 0.75), ("phí", 0.5, False, 0.25), ("hạn phí", None, True, 1.0)],
)
def test_a_group_passes_by_its_threshold_or_whole(
    answer: str, threshold: float | None, passed: bool, score: float
) -> None:
    parts = (Assertion("contains", value="hạn", weight=3), Assertion("contains", value="phí"), Assertion("cost"))
    group = checks.run(case(answer), (Assertion("assert-set", threshold=threshold, weight=2, parts=parts),))[0]
    assert (group.passed, group.score, group.weight) == (passed, score, 2)
    assert len(group.findings) == (2 - len(answer.split()))


def test_a_group_of_which_nothing_can_be_judged_is_not_graded() -> None:
    group = checks.run(case("x"), (Assertion("assert-set", parts=(Assertion("cost"), Assertion("human"))),))[0]
    assert group.passed is None


def test_what_speaks_of_the_prompt() -> None:
    spoken = [name for name in checks.CHECKS if checks.speaks_of_prompt(Assertion(name))]
    assert spoken == ["prompt-has", "prompt-max-words", "no-personal-data"]


# ── score and order ─────────────────────────────────────────────────────────────────────────────


def _result(passed: bool | None, score: float, weight: float = 1.0, *findings: Finding) -> CheckResult:
    return CheckResult("x", passed, score, ".", findings, weight=weight)


def test_the_score_is_a_weighted_mean_of_what_could_be_judged() -> None:
    assert checks.score([_result(True, 1.0, 3), _result(False, 0.5), _result(None, 0.0, 9)]) == pytest.approx(87.5)
    assert checks.score([_result(None, 0.0)]) is None
    assert checks.score([_result(True, 1.0, 0)]) is None
    assert checks.score([]) is None


def test_the_worst_come_first() -> None:
    late = Finding("a", Level.ESSENTIAL, "late", spans=(Span(9, 10),))
    early = Finding("a", Level.ESSENTIAL, "early", spans=(Span(1, 2),))
    heavy = Finding("b", Level.ESSENTIAL, "heavy", spans=(Span(20, 21),))
    good = Finding("b", Level.CELEBRATORY, "good")
    minor = Finding("a", Level.ACTIONABLE, "minor")
    ordered = checks.worst_first([_result(False, 0, 1, minor, late, early), _result(False, 0, 2, good, heavy)])
    assert [one.title for one in ordered] == ["heavy", "early", "late", "minor", "good"]
