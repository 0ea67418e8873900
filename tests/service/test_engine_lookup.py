"""Guesses from the prompt: what is guessed, when it pays, and that they change nothing but the time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from service.bench.ties import check_same
from service.engines.llama.lookup import MOST, REMEMBERED, Chances, Lookup, Memory
from service.engines.llama.steps import StepCosts
from service.records import Message, Options
from tests.service.engine_bundled import MODEL_PATH, conversation, opened, said

COPY = [
    Message("system", "Bạn là trợ lý soạn thảo văn bản hành chính. Chỉ dùng thông tin được cung cấp."),
    Message(
        "user",
        "Soạn giấy mời họp giao ban của UBND xã Tân Hòa lúc 08 giờ 30 phút ngày 17 tháng 9 năm 2027 tại phòng họp "
        "số 4, thành phần: Trưởng các đoàn thể xã, Trưởng Công an xã, Trạm trưởng Trạm Y tế xã.",
    ),
]


def after(prompt: list[int], written: list[int]) -> Lookup:
    lookup = Lookup(prompt, 100)
    for token in written:
        lookup.accept(token)
    return lookup


def guessed(lookup: Lookup, count: int = 10) -> list[int]:
    match, start = lookup.longest()
    return lookup.guess(start, count) if match else []


def test_what_followed_the_longest_match_is_guessed() -> None:
    lookup = after([1, 2, 3, 9, 7, 2, 3, 4, 5, 6], [7, 2, 3])
    assert lookup.longest()[0] == 3
    assert guessed(lookup, 2) == [4, 5]


def test_of_equal_matches_the_latest_counts() -> None:
    assert guessed(after([2, 3, 4, 8, 2, 3, 5], [2, 3]), 1) == [5]


def test_the_answer_is_looked_up_as_well() -> None:
    assert guessed(after([1], [5, 6, 7, 8, 5, 6]), 2) == [7, 8]


def test_a_guess_ends_where_the_text_ends() -> None:
    assert guessed(after([1, 2, 3], [2])) == [3, 2]


def test_earlier_answers_are_looked_up_but_what_came_after_them_is_no_guess() -> None:
    memory = Memory()
    memory.add([7, 8, 9])
    memory.add([5, 6])
    lookup = Lookup([1, 2], 100, memory.tokens)
    for token in (7, 8):
        lookup.accept(token)
    assert guessed(lookup) == [9]
    memory.add([4] * 3000)
    assert len(memory.tokens) == REMEMBERED


def test_without_a_match_there_is_no_guess() -> None:
    assert after([1, 2, 3], [9]).longest()[0] == 0
    assert Chances().worth(0, 10, [1.0] * 16) == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=20), st.lists(st.integers(0, 2), min_size=1, max_size=20))
def test_the_match_is_the_longest_there_is(prompt: list[int], written: list[int]) -> None:
    lookup = after(prompt, written)
    text = prompt + written
    best = 0
    for at in range(len(text) - 1):
        length = 0
        while length < min(at + 1, len(written)) and text[at - length] == text[-1 - length]:
            length += 1
        best = max(best, length)
    match, start = lookup.longest()
    assert match == best
    if match:
        assert text[start - match : start] == text[-match:]


def test_as_many_are_guessed_as_pay() -> None:
    free, dear = Chances(), Chances()
    assert free.worth(3, 99, [1.0] * (1 + MOST)) == MOST
    assert free.worth(3, 4, [1.0] * (1 + MOST)) == 4
    assert dear.worth(3, 99, [float(1 + n) for n in range(1 + MOST)]) == 0


def test_what_never_comes_true_is_guessed_less_and_then_seldom() -> None:
    chances = Chances()
    for _ in range(60):
        chances.learn(2, 5, 0)
    worth = [chances.worth(2, 99, [1.3 + 0.3 * n for n in range(1 + MOST)]) for _ in range(32)]
    assert worth.count(0) == 30
    assert chances.worth(8, 99, [1.1 + 0.1 * n for n in range(1 + MOST)]) > 0  # longer matches are judged by themselves


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows cost nothing, so whatever can be guessed is, on every machine."""
    monkeypatch.setattr(StepCosts, "from_rows", lambda _costs, _rows, most: [1.0] * most)


@pytest.fixture(scope="module")
def plain() -> Iterator[list[str]]:
    with opened(lookup=False, seats=1) as engine:
        yield [said(engine.stream(COPY, options))[0] for options in OPTIONS]


OPTIONS = [
    Options(max_tokens=120),
    Options(max_tokens=120, repeat_penalty=1.2, presence_penalty=0.1),
    Options(max_tokens=120, repeat_penalty=1.1, grounded=True),
    Options(max_tokens=37),
]


@pytest.mark.usefixtures("cheap")
def test_the_text_stays_the_same_and_takes_fewer_steps(plain: list[str]) -> None:
    with opened(seats=1) as engine:
        texts, steps, written = [], [], []
        for options in OPTIONS:
            before = engine.figures()
            text, finish = said(engine.stream(COPY, options))
            texts.append(text)
            steps.append(engine.figures().decodes - before.decodes)
            written.append(finish.answer_tokens)
        for options, *same in zip(OPTIONS, texts, plain, strict=True):
            check_same(MODEL_PATH, COPY, options, *same)
        assert written[3] <= 37
        assert steps[0] < written[0]
        figures = engine.figures()
        assert 0 < figures.true_guesses <= figures.guessed_tokens


@pytest.mark.usefixtures("cheap")
def test_a_stop_string_inside_a_guess_ends_the_answer_there() -> None:
    with opened(lookup=False, seats=1) as engine:
        whole, _ = said(engine.stream(COPY, Options(max_tokens=120)))
        stop = whole[len(whole) // 2 :][:6]
        expected = whole[: whole.index(stop)]
    options = Options(max_tokens=120, stop=(stop,))
    with opened(seats=1) as engine:
        for _ in range(2):  # the second time the cut cache is built upon
            check_same(MODEL_PATH, COPY, options, expected, said(engine.stream(COPY, options))[0])
        assert said(engine.stream(conversation(), Options(max_tokens=5)))[1].answer_tokens == 5
