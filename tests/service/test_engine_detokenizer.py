"""Tokens become whole characters, and stop strings never show."""

from __future__ import annotations

import itertools

from hypothesis import given, settings, strategies as st

from service.engines.llama.detokenizer import Detokenizer

few = settings(max_examples=60, deadline=None)
texts = st.text(alphabet=st.sampled_from("abABệữđ–«😀\n. "), max_size=30)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@few
@given(texts, st.lists(st.integers(0, 200), max_size=12))
def test_pieces_of_bytes_give_the_text_in_whole_characters(text: str, places: list[int]) -> None:
    detokenizer = Detokenizer()
    pieces = [detokenizer.feed(piece) for piece in cut(text.encode(), places)]
    assert "".join(pieces) + detokenizer.flush() == text
    assert not any("\ufffd" in piece for piece in pieces)


@few
@given(texts, st.lists(st.integers(0, 200), max_size=12), st.lists(st.text("abAệ", min_size=1, max_size=3), min_size=1))
def test_what_is_shown_ends_before_the_first_stop_string(text: str, places: list[int], stops: list[str]) -> None:
    detokenizer = Detokenizer(stops)
    shown = ""
    for piece in cut(text.encode(), places):
        shown += detokenizer.feed(piece)
        if detokenizer.stopped:
            break
    shown += detokenizer.flush()
    assert not any(stop in shown for stop in stops)
    assert text.startswith(shown)
    assert detokenizer.stopped == any(stop in text for stop in stops)
    assert detokenizer.stopped or shown == text


def test_the_beginning_of_a_stop_string_waits_until_it_is_none() -> None:
    detokenizer = Detokenizer(["\nNgười dùng:"])
    assert detokenizer.feed("Xin chào\nNgười".encode()) == "Xin chào"
    assert detokenizer.feed(" dân".encode()) == "\nNgười dân"


def test_an_unfinished_character_at_the_end_is_left_out() -> None:
    detokenizer = Detokenizer()
    assert detokenizer.feed("tệ".encode()[:-1]) == "t"
    assert detokenizer.flush() == ""
