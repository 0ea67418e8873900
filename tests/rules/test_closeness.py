"""Measures of nearness, on examples published with them, and what the checks say of an answer."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from service import checks
from service.checks import closeness
from service.records import Assertion, CheckResult, Level
from tests.rules.making import case, seen

words = str.split
# The examples of Papineni et al. 2002, as NLTK's documentation works them out.
HYPOTHESIS = words("It is a guide to action which ensures that the military always obeys the commands of the party")
FIRST = words("It is a guide to action that ensures that the military will forever heed Party commands")
SECOND = words(
    "It is the guiding principle which guarantees the military forces always being under the command of the Party"
)
THIRD = words("It is the practical guide for the army always to heed the directions of the party")

REFERENCE = "Sở đề nghị xã báo cáo trước ngày 20 tháng 12. Xã lập danh sách hộ chưa tiêm."


def ask(answer: str, name: str, value: object = REFERENCE, **more: object) -> CheckResult:
    return checks.run(case(answer, likeness=lambda one, other: 0.8), (Assertion(name, value=value, **more),))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(("said", "n", "score"), [
    ("police kill the gunman", 1, 3 / 4), ("police kill the gunman", 2, 1 / 3), ("the gunman kill police", 2, 1 / 3),
])  # fmt: skip
def test_rouge_as_lin_works_it_out(said: str, n: int, score: float) -> None:
    assert closeness.rouge(said.split(), words("police killed the gunman"), n) == pytest.approx(score)


def test_bleu_as_papineni_works_it_out() -> None:
    assert closeness.bleu(HYPOTHESIS, [FIRST, SECOND, THIRD]) == pytest.approx(0.5046, abs=1e-4)
    assert closeness.bleu(words("the the the the the the the"), [words("the cat is on the mat")]) < 0.01


def test_gleu_as_nltk_works_it_out() -> None:
    assert closeness.gleu(HYPOTHESIS, FIRST) == pytest.approx(0.4393, abs=1e-4)


@pytest.mark.parametrize(("one", "other", "steps"), [
    ("kitten", "sitting", 3), ("saturday", "sunday", 3), ("", "abc", 3), ("ngày 20", "ngày 25", 1), ("𝐀b", "b", 1),
])  # fmt: skip
def test_levenshtein(one: str, other: str, steps: int) -> None:
    assert closeness.levenshtein(one, other) == closeness.levenshtein(other, one) == steps


@given(st.text("aăâ b", max_size=12), st.text("aăâ b", max_size=12), st.text("aăâ b", max_size=12))
def test_levenshtein_is_a_distance(one: str, two: str, three: str) -> None:
    there = closeness.levenshtein(one, two)
    assert (there == 0) == (one == two)
    assert abs(len(one) - len(two)) <= there <= max(len(one), len(two))
    assert closeness.levenshtein(one, three) <= there + closeness.levenshtein(two, three)


@pytest.mark.parametrize("name", ["rouge-n", "bleu", "gleu", "chrf", "levenshtein"])
def test_one_text_in_another_spelling_is_the_same(name: str) -> None:
    old, new = "Uỷ ban xã hoà giải tranh chấp ngày 05 tháng 6", "Ủy ban xã hòa giải tranh chấp ngày 05 tháng 6"
    assert ask(old, name, new).score == pytest.approx(1.0)
    assert ask(old, name, new).passed is True
    if name != "levenshtein":
        assert ask(old, name, new, options={"raw": True}).score < 1.0


@pytest.mark.parametrize("name", ["rouge-n", "bleu", "gleu", "chrf"])
def test_a_distant_answer_is_shown_where_and_what_to_try(name: str) -> None:
    answer = "Sở đề nghị xã báo cáo trước ngày 20 tháng 12. Thời tiết hôm nay rất đẹp, trời trong xanh."
    result = ask(answer, name, threshold=0.95)
    [finding] = result.findings
    assert result.passed is False
    assert finding.level is Level.ACTIONABLE
    assert seen(result, answer) == ["Thời tiết hôm nay rất đẹp, trời trong xanh."]
    assert "mức cần là 0,95" in finding.why
    assert "2 câu, 1 câu chưa thấy" in finding.why
    assert "danh sách" not in repr(finding), "the text it is held beside may be the model answer"


def test_the_nearest_of_several_texts_counts_and_empty_answers_fail() -> None:
    for name in ("rouge-n", "bleu", "gleu", "chrf", "levenshtein"):
        assert ask(REFERENCE, name, ["Một câu khác hẳn về việc khác.", REFERENCE]).passed is True
        assert ask("", name).passed is False
        assert ask(REFERENCE, f"not-{name}").passed is False


def test_levenshtein_forgives_five_characters_unless_told() -> None:
    assert ask(REFERENCE.replace("ngày 20", "ngày 25"), "levenshtein").passed is True
    result = ask("Kính gửi các xã. " + REFERENCE, "levenshtein")
    assert result.passed is False
    assert seen(result, "Kính gửi các xã. ") == ["Kính"]
    assert ask("Kính gửi các xã. " + REFERENCE, "levenshtein", threshold=20.0).passed is True


def test_similar_needs_an_embedding_model() -> None:
    assert ask("x", "similar").passed is True
    assert ask("x", "similar", threshold=0.9).passed is False
    without = checks.run(case("x"), (Assertion("similar", value=REFERENCE),))[0]
    assert without.passed is None
