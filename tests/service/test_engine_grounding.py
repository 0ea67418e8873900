"""Grounded decoding on a small vocabulary that can be followed by eye, and on the model in the box."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from service.engines.llama.engine import processors
from service.engines.llama.grounding import BONUS, PERIOD, REPEATED, STRANGE, Grounding, chains
from service.engines.llama.placeholders import Placeholders
from service.engines.llama.vocabulary import Vocabulary
from service.records import Message, Options
from tests.service.engine_bundled import model_of, opened
from tests.service.spoken import Spoken

WORDS = (None, b"\n", b" ", b"- ", b"x\xc3\xa3", b" x\xc3\xa3", b" T\xc3\xa2n", b" H\xc3\xb2a", b" h\xc3\xb2a", b",")
TOKENS = (
    *WORDS,
    *(b"%d" % digit for digit in range(10)),
    b"\xc4\x90i\xe1\xbb\x81u",
    b" 26",
    b"000",
    b"[",
    b"]",
    b".",
    b"/",
)
END, LINE, GAP, DASH, XA, _XA, TAN, HOA, HOA_SMALL, COMMA = range(10)
DIEU, SPACED_26, THOUSAND, OPEN, CLOSE, STOP, SLASH = range(20, 27)


class Small:
    """A vocabulary of the tokens above; the number 7 is token 17."""

    size, end = len(TOKENS), END

    def piece(self, token: int) -> bytes | None:
        return TOKENS[token]

    def numbers(self) -> Mapping[int, str]:
        return {token: str(token - 10) for token in range(10, 20)} | {SPACED_26: "26", THOUSAND: "000"}

    def capitals(self) -> Mapping[int, str]:
        return {TAN: "tân", HOA: "hòa"}

    def newlines(self) -> list[int]:
        return [LINE]


def digits(text: str) -> list[int]:
    return [10 + int(digit) for digit in text]


def after(prompt: list[int], written: list[int]) -> np.ndarray:
    """What the rules make of equal logits."""
    grounding = Grounding(prompt, Small())
    for token in written:
        grounding.accept(token)
    logits = np.zeros(len(TOKENS), np.float32)
    grounding.apply(logits)
    return logits


def allowed(logits: np.ndarray) -> set[int]:
    return set(np.flatnonzero(np.isfinite(logits)).tolist())


# ── copying ─────────────────────────────────────────────────────────────────────────────────────


def test_what_follows_a_match_of_two_tokens_gets_likelier() -> None:
    logits = after([_XA, TAN, HOA, COMMA], [_XA, TAN])
    assert logits[HOA] == BONUS
    assert logits[COMMA] == logits[TAN] == 0


def test_one_token_in_common_is_no_match() -> None:
    assert not after([_XA, TAN, HOA], [COMMA, TAN])[:10].any()


def test_case_and_the_space_before_do_not_matter() -> None:
    assert after([_XA, TAN, HOA, COMMA], [XA, TAN, HOA_SMALL])[COMMA] == 2 * BONUS


def test_the_bonus_stops_growing() -> None:
    prompt = [_XA, TAN, HOA, COMMA, GAP, DASH]
    assert after(prompt, prompt[:5])[DASH] == 3 * BONUS


def test_of_several_matches_the_longest_decides() -> None:
    assert after([TAN, HOA, COMMA, LINE, XA, TAN, HOA, COMMA], [XA, TAN, HOA])[COMMA] == 2 * BONUS


def test_the_end_of_a_turn_is_never_copied() -> None:
    assert after([_XA, TAN, END, HOA], [_XA, TAN])[END] == 0


# ── names ───────────────────────────────────────────────────────────────────────────────────────


def test_a_capitalised_word_unknown_to_the_prompt_is_held_back_within_a_line() -> None:
    logits = after([XA, TAN], [_XA])
    assert logits[HOA] == -STRANGE
    assert logits[TAN] == logits[HOA_SMALL] == 0


@pytest.mark.parametrize("written", [[], [_XA, LINE], [_XA, LINE, DASH]])
def test_where_a_line_begins_any_word_may_have_a_capital(written: list[int]) -> None:
    assert after([XA, TAN], written)[HOA] == 0


def test_the_beginning_of_a_word_of_the_prompt_is_known() -> None:
    assert after([TAN, XA], [_XA])[TAN] == 0  # «Tân» begins «Tânxã»


# ── digits ──────────────────────────────────────────────────────────────────────────────────────

NUMBERS = [XA, *digits("2026"), COMMA, *digits("5"), GAP]


def test_a_number_begins_as_one_of_the_prompt_does() -> None:
    free = allowed(after(NUMBERS, [_XA, GAP]))
    assert free & set(range(10, 20)) == {12, 15, 10}  # 2026, 5, 05
    assert set(range(10)) <= free
    assert SPACED_26 not in free


def test_a_number_goes_on_to_its_end() -> None:
    assert allowed(after(NUMBERS, [_XA, GAP, *digits("20")])) == {12}
    whole = allowed(after(NUMBERS, [_XA, GAP, *digits("2026")]))
    assert whole & {*range(10, 20), THOUSAND} == set()
    assert COMMA in whole


def test_a_day_may_get_its_zero() -> None:
    assert allowed(after(NUMBERS, [_XA, GAP, *digits("0")])) == {15}


def test_a_token_with_a_space_begins_another_number() -> None:
    assert SPACED_26 in allowed(after([XA, SPACED_26], [_XA, GAP, *digits("26")]))


@pytest.mark.parametrize("before", [[], [LINE], [_XA, LINE, DASH], [DIEU, GAP], [LINE, DIEU]])
def test_numbers_that_count_are_free_up_to_two_digits(before: list[int]) -> None:
    assert set(digits("0123456789")) <= allowed(after(NUMBERS, before))
    assert set(digits("0123456789")) <= allowed(after(NUMBERS, [*before, *digits("1")]))
    assert COMMA in allowed(after(NUMBERS, [*before, *digits("1")]))
    assert not set(digits("0123456789")) & allowed(after(NUMBERS, [*before, *digits("19")]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*range(1, 20), THOUSAND]), max_size=30), st.integers(0, 2**31))
def test_whatever_is_drawn_no_number_is_invented(prompt: list[int], seed: int) -> None:
    dice = np.random.default_rng(seed)
    grounding = Grounding([*prompt, GAP], Small())
    text, source = b"", "".join((TOKENS[token] or b"").decode() for token in [*prompt, GAP])
    grounding.accept(_XA)
    for _ in range(40):
        logits = dice.normal(size=len(TOKENS)).astype(np.float32)
        logits[[END, LINE, DIEU]] = -np.inf  # no end, and no place where numbers are free
        grounding.apply(logits)
        assert np.isfinite(logits).any()
        token = int(logits.argmax())
        grounding.accept(token)
        text += TOKENS[token] or b""
    known = {run.lstrip("0") for run in "".join(c if c.isdigit() else " " for c in source).split()}
    runs = "".join(c if c.isdigit() else " " for c in text.decode()).split()
    assert all(run.lstrip("0") in known for run in runs[:-1])  # the last one may not be complete


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("ngày 20/12/2026", ("20/12/2026", "20/12", "12/2026", "20.12.2026"), ("20/2026", "2/12")),
        ("ngày 7 tháng 6 năm 2027", ("7/6/2027", "07/06/2027", "07/6", "6/2027"), ("6/7",)),
        ("ngày 05/3, kế hoạch năm 2026", ("05/3/2026", "5/3/2026"), ()),
        ("lúc 13 giờ 45", ("13:45",), ("45:13",)),
        ("đạt 3,5 và 1.200.500", ("3,5", "3.5", "1.200.500", "200.500"), ("3,51", "3.200")),
        ("Số 12 và 30", (), ("12/30",)),
    ],
)
def test_joined_numbers_are_those_of_the_prompt(text: str, there: tuple[str, ...], not_there: tuple[str, ...]) -> None:
    found = chains(text)
    assert set(there) <= found
    assert not set(not_there) & found


def test_two_numbers_of_the_prompt_are_not_joined_into_a_third() -> None:
    prompt = [XA, *digits("13"), GAP, *digits("2026"), COMMA, *digits("5"), GAP]  # «2026,5»
    assert not allowed(after(prompt, [_XA, GAP, *digits("13"), COMMA])) & set(range(10, 20))
    assert allowed(after(prompt, [_XA, GAP, *digits("2026"), COMMA])) & set(range(10, 20)) == {10, 15}
    assert allowed(after(prompt, [_XA, GAP, *digits("13"), COMMA, GAP])) & set(range(10, 20)) == {11, 12, 15, 10}


# ── citing ──────────────────────────────────────────────────────────────────────────────────────

TWO_PASSAGES = [OPEN, *digits("1"), CLOSE, _XA, TAN, COMMA, LINE, OPEN, *digits("2"), CLOSE, _XA, HOA, LINE]


@pytest.mark.parametrize(("name", "number"), [(TAN, "1"), (HOA, "2")])
def test_a_passage_far_from_the_sentence_is_not_cited(name: int, number: str) -> None:
    begun = [DASH, _XA, name, OPEN]
    assert allowed(after(TWO_PASSAGES, begun)) & set(range(10, 20)) == set(digits(number))
    assert HOA_SMALL in allowed(after(TWO_PASSAGES, begun))  # «[cần bổ sung]» may be written as well
    complete = [*begun, *digits(number)]
    assert not allowed(after(TWO_PASSAGES, complete)) & set(range(10, 20))
    assert CLOSE in allowed(after(TWO_PASSAGES, complete))


def test_between_passages_that_are_as_near_the_model_chooses() -> None:
    assert allowed(after(TWO_PASSAGES, [DASH, _XA, TAN, HOA, OPEN])) & set(range(10, 20)) == set(
        digits("1") + digits("2")
    )


def test_a_sentence_that_no_passage_has_and_a_single_passage_leave_the_number_free() -> None:
    assert len(allowed(after(TWO_PASSAGES, [HOA_SMALL, LINE, DIEU, OPEN]))) > 2
    assert len(allowed(after(TWO_PASSAGES[:7], [_XA, TAN, OPEN]))) > 2


def test_what_the_question_says_belongs_to_no_passage() -> None:
    asked = [*TWO_PASSAGES, END, TAN, TAN, END]
    assert allowed(after(asked, [_XA, TAN, OPEN])) & set(range(10, 20)) == set(digits("1"))


def test_the_number_may_stand_behind_the_full_stop() -> None:
    told = [DASH, _XA, HOA, STOP, OPEN]
    assert allowed(after(TWO_PASSAGES, told)) & set(range(10, 20)) == set(digits("2"))


# ── repeating ───────────────────────────────────────────────────────────────────────────────────


def test_the_third_time_ends_the_answer() -> None:
    once = np.random.default_rng(2).integers(1, 10, REPEATED // 2 + 1).tolist()
    assert allowed(after([XA], once * 3)) == {END}
    assert len(allowed(after([XA], once * 2))) > 1


def test_words_said_twice_in_a_row_are_not_begun_again() -> None:
    once = [_XA, TAN, HOA, _XA, HOA_SMALL, COMMA]
    assert _XA not in allowed(after([XA], once * 2))
    assert len(allowed(after([XA], once * 2))) > 1
    assert _XA in allowed(after([XA], once))
    assert TAN not in allowed(after([XA], [_XA, *[TAN] * 3]))
    assert TAN in allowed(after([XA], [_XA, *[TAN] * 2]))


def test_a_word_and_its_figure_are_said_three_times_at_most() -> None:
    """«năm 1 năm 1 năm 1 …»"""
    once = [_XA, GAP, *digits("1")]
    assert _XA not in allowed(after([XA, *digits("1")], once * 3))
    assert _XA in allowed(after([XA, *digits("1")], once * 2))


def test_slashes_do_not_go_on_and_on() -> None:
    """«10/////200g», «1/ 1/ 1/ …»; the 1st of January in figures has one after each."""
    assert SLASH not in allowed(after([XA], [SLASH] * 3))
    once = [*digits("1"), SLASH]
    assert digits("1")[0] not in allowed(after([XA, *digits("1")], once * 3))
    assert digits("1")[0] in allowed(after([XA, *once, *once, *digits("1")], once * 2))


def following(said: Spoken, written: str, likely: str = "") -> set[bytes | None]:
    """What may follow words, where the model would go on with ``likely``."""
    grounding = Grounding([], said)
    for token in said.tokens(written):
        grounding.accept(token)
    logits = np.zeros(said.size, np.float32)
    logits[said.tokens(likely)] = 1.0
    grounding.apply(logits)
    return {said.piece(token) for token in allowed(logits)}


def test_what_is_said_over_and_over_is_not_begun_in_another_spelling() -> None:
    """«phân công phân công phân cong …»"""
    said = Spoken(" phân công phan Phân cộng", "phân công", "phâncông", " cho")
    free = following(said, " phân công phân công", " cho")
    assert free.isdisjoint(one.encode() for one in (" phân", " phan", " Phân", "phân"))
    assert len(free) > 1


def test_only_a_mark_follows_where_the_model_would_say_it_again() -> None:
    free = following(Spoken(" phân công cho xã.", "[1]"), " phân công phân công", " phân")
    assert not any((piece or b"").decode().strip().isalpha() for piece in free)
    assert {b".", None} <= free


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("phân công phâncông phan cong phân công", True),
        ("phân công phâncông phan cong", False),
        ("năm 1 năm 2 năm 3 năm 4 năm 5", False),
        ("[cần bổ sung] [cần bổ sung] [cần bổ sung] [cần bổ sung]", False),
        ("có | có | có | có | có | có |", False),
        ("thôn Nà thôn Nà thôn Nà thôn Nà", True),
    ],
)
def test_what_goes_round_ends_however_it_is_cut(written: str, ends: bool) -> None:
    assert (following(Spoken(written, " xong"), written) == {None}) is ends


def test_open_places_and_cells_may_stand_many_times_in_a_row() -> None:
    for once in ([DASH, *digits("12"), COMMA, LINE], [DASH, DASH, GAP, LINE]):
        assert once[0] in allowed(after([XA, *digits("12")], once * 2))


def test_a_ruler_is_no_repetition() -> None:
    assert len(allowed(after([XA], [DASH] * (REPEATED // 2)))) > 1


def test_a_long_period_is_seen_too() -> None:
    dice = np.random.default_rng(1)
    once = dice.integers(1, 10, PERIOD).tolist()
    assert allowed(after([XA], once * 3)) == {END}


# ── with a model ────────────────────────────────────────────────────────────────────────────────


def test_the_vocabulary_knows_its_numbers_and_capitals() -> None:
    with opened() as engine:
        vocabulary: Vocabulary = model_of(engine).vocabulary
        begun = vocabulary.capitals()
        assert {"sở", "nguyễn"} <= set(begun.values())
        spelt = {token: (vocabulary.piece(token) or b"").decode("utf-8", "ignore") for token in begun}
        assert all(spelt[token][1:].lower() == text for token, text in begun.items())
        assert {vocabulary.piece(token) for token in vocabulary.newlines()} >= {b"\n", b".\n"}
        assert set(vocabulary.numbers().values()) >= set("0123456789")
        assert all(vocabulary.piece(token).strip() == text.encode() for token, text in vocabulary.numbers().items())  # type: ignore[union-attr]


@pytest.mark.parametrize(("before", "free"), [(" từ ngày ", "05"), (" nghỉ ", "0235"), (" 3 ngày ", "0235")])
def test_behind_the_word_stands_a_day_of_the_prompt(before: str, free: str) -> None:
    with opened() as engine:
        vocabulary = model_of(engine).vocabulary
        digits = {digit: vocabulary.tokenise(digit, first=False)[0] for digit in "012345"}
        grounding = Grounding(vocabulary.tokenise("Ông Bảy xin nghỉ 3 ngày, họp ngày 05/2.", first=False), vocabulary)
        for token in vocabulary.tokenise(f"Ông Bảy{before}", first=False):
            grounding.accept(token)
        logits = np.zeros(vocabulary.size, np.float32)
        grounding.apply(logits)
    assert {digit for digit, token in digits.items() if np.isfinite(logits[token])} == set(free)


def test_the_practice_model_is_grounded_unless_told_otherwise() -> None:
    def grounded(wanted: bool | None, *, small: bool) -> bool:
        with opened(small=small) as engine:
            model = model_of(engine)
            asked = [Message("user", "Soạn giấy mời.")]
            prompt, told = model.read(asked)
            found = processors(model.vocabulary, prompt, told, Options(grounded=wanted), asked, small=small)
            return any(isinstance(processor, Grounding) for processor in found)

    assert [grounded(wanted, small=True) for wanted in (True, False, None)] == [True, False, True]
    assert [grounded(wanted, small=False) for wanted in (True, False, None)] == [True, False, False]


def test_behind_a_unit_in_capitals_stands_a_name_that_the_prompt_has_of_it() -> None:
    with opened() as engine:
        vocabulary = model_of(engine).vocabulary

        def may_follow(prompt: str, written: str) -> set[str]:
            told = Placeholders()
            grounding = Grounding(vocabulary.tokenise(told.hide(prompt)), vocabulary)
            for token in vocabulary.tokenise(written, first=False):
                grounding.accept(token)
            logits = np.zeros(vocabulary.size, np.float32)
            grounding.apply(logits)
            found = [(vocabulary.piece(token) or b"").decode("utf-8", "ignore") for token in allowed(logits)]
            return {told.texts.get(ord(one), one) if len(one) == 1 else one for one in found}

        names = "UBND xã Bản Lẫm báo cáo; thôn Khe Rao, xã Tân Phú, huyện Mẫu Sơn."
        assert may_follow(names, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ") == {" "}
        assert may_follow(names, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ ") == {"Bản Lẫm"}
        assert may_follow(names, "ỦY BAN NHÂN DÂN HUYỆN ") == {"Mẫu Sơn"}
        assert len(may_follow(names, "Ủy ban nhân dân xã ")) > 100
        assert len(may_follow("ỦY BAN NHÂN DÂN XÃ BẢN LẪM. Họp ở xã Tân Phú.", "ỦY BAN NHÂN DÂN XÃ ")) > 100
        assert len(may_follow("Họp ở huyện Mẫu Sơn.", "ỦY BAN NHÂN DÂN XÃ ")) > 100
