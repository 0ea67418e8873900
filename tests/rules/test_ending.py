"""How an answer came about, and what rules can say of promptfoo's questions for a judge."""

from __future__ import annotations

import pytest

from service import checks
from service.records import Assertion, CheckResult, Level
from tests.rules.making import case, seen


def ask(answer: str, name: str, **more: object) -> CheckResult:
    about = {key: more.pop(key) for key in ("seconds", "finish_reason", "passages", "sources") if key in more}
    return checks.run(case(answer, **about), (Assertion(name, **more),))[0]  # type: ignore[arg-type]


def test_latency_in_milliseconds() -> None:
    assert ask("x", "latency", threshold=30_000.0, seconds=29.5).passed is True
    slow = ask("x", "latency", threshold=1500.0, seconds=2.75)
    assert slow.passed is False
    assert slow.findings[0].seen == "2,8 giây"
    assert ask("x", "latency", threshold=1500.0).passed is None


def test_an_answer_that_was_cut_off_is_essential() -> None:
    assert ask("Hết.", "finish-reason", finish_reason="stop").passed is True
    cut = ask("Một. Hai", "finish-reason", finish_reason="length")
    assert (cut.passed, cut.findings[0].level) == (False, Level.ESSENTIAL)
    assert seen(cut, "Một. Hai") == ["Hai"]
    assert ask("Một.", "finish-reason", value="length", finish_reason="length").passed is True
    assert ask("Một.", "finish-reason").passed is None


@pytest.mark.parametrize(("answer", "refused"), [
    ("Tôi không thể giúp soạn văn bản này.", True), ("Rất tiếc, việc này máy không được phép làm.", True),
    ("Xin lỗi, tôi không hỗ trợ nội dung ấy.", True), ("I'm sorry, but I can't help with that.", True),
    ("Là một mô hình ngôn ngữ, tôi không thể ký văn bản.", True), ("Tài liệu không nêu mức hỗ trợ.", False),
    ("Hộ không thể nộp trực tiếp thì gửi qua bưu điện.", False), ("", False),
    ("Xã họp lúc 8 giờ. Hộ nộp đơn. Hạn ngày 5. Tôi không thể giúp gì thêm.", False),
])  # fmt: skip
def test_refusals_in_vietnamese(answer: str, refused: bool) -> None:
    assert ask(answer, "is-refusal").passed is refused
    denied = ask(answer, "not-is-refusal")
    assert denied.passed is not refused
    if refused:
        assert seen(denied, answer) == [answer]


GROUNDED = "Sở đề nghị Ủy ban nhân dân cấp xã tổ chức tiêm đạt ít nhất 80% tổng đàn."
MADE_UP = "Chủ tịch xã thưởng mỗi thôn 25 triệu đồng."


def test_sentences_are_borne_out_by_the_passages() -> None:
    result = ask(f"{GROUNDED} {MADE_UP}", "context-faithfulness", threshold=0.8)
    assert (result.passed, result.score) == (False, 0.5)
    assert seen(result, f"{GROUNDED} {MADE_UP}") == [MADE_UP]
    assert ask(f"{GROUNDED} {MADE_UP}", "context-faithfulness").passed is True, "promptfoo's 0.5 unless told"
    assert ask(GROUNDED, "context-faithfulness", passages=()).passed is True, "whole sources serve as well"
    assert ask(GROUNDED, "context-faithfulness", passages=(), sources=()).passed is None


def test_sentences_are_borne_out_by_the_passage_they_name() -> None:
    assert ask(GROUNDED.replace(".", " [2]."), "citation-faithfulness").passed is True
    wrong = ask(MADE_UP.replace(".", " [2]."), "citation-faithfulness")
    assert wrong.passed is False
    assert wrong.findings[0].passages == (2,)
    assert ask(GROUNDED, "citation-faithfulness").passed is None


@pytest.mark.parametrize("name", ["answer-relevance", "factuality", "select-best", "human", "cost", "llm-rubric"])
def test_what_a_rule_cannot_judge_is_not_graded(name: str) -> None:
    assert ask("x", name, value="x").passed is None
    assert ask("x", f"not-{name}", value="x").passed is None
