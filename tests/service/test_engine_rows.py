"""Rows of a table keep to one sentence of the prompt each, on a vocabulary of whole words."""

from __future__ import annotations

import numpy as np
import pytest

from service.engines.llama.grounding.rows import ELSEWHERE, ENOUGH, NOT_ITS_OWN, NOWHERE, OneSentence
from service.engines.llama.placeholders import ALL, FAMILIES
from tests.service.spoken import Spoken

NAME, DATE = ALL[0], ALL[FAMILIES["name"] :]
MINUTES = (
    f"Mở đầu lúc {DATE[9]}.\n"
    f"Hội Nông dân phát giống cho {NAME}, xong {DATE[0]}.\n"
    f"Trạm xá tiêm phòng ở chợ, hạn {DATE[1]}. Đội thuế thu nợ {DATE[2]}.\n"
    "Cảm ơn.\n"
)
HEAD = "| TT | Việc | Ai |\n|---|---|---|\n"


def taken(prompt: str, written: str) -> dict[str, float]:
    """What the rule takes from equal logits, by token, where it takes anything."""
    words = Spoken(prompt, written, " | nowhere |\n")
    rule = OneSentence(words.tokens(prompt), words)
    for token in words.tokens(written):
        rule.accept(token)
    logits = np.zeros(words.size, np.float32)
    rule.apply(logits)
    return {(words.pieces[token] or b"").decode(): -float(logits[token]) for token in np.flatnonzero(logits).tolist()}


def test_the_rest_of_a_row_comes_from_the_sentence_of_its_first_words() -> None:
    less = taken(MINUTES, f"{HEAD}| 1 | Tiêm phòng |")
    assert less[" thuế"] == less[" giống"] == ELSEWHERE
    assert not {" ở", "Trạm", f" {DATE[1]}"} & set(less)


def test_its_date_is_its_own() -> None:
    less = taken(MINUTES, f"{HEAD}| 1 | Tiêm phòng | Trạm xá |")
    assert less[f" {DATE[0]}"] == less[f" {DATE[2]}"] == NOT_ITS_OWN
    assert less[f" {NAME}"] == ELSEWHERE  # of names it has none


def test_words_from_nowhere_are_for_text_and_open_places() -> None:
    assert taken(MINUTES, f"{HEAD}| 1 | Tiêm phòng |")[" nowhere"] == NOWHERE
    assert " nowhere" not in taken(MINUTES, f"{HEAD}| 1 | Tiêm phòng | [")
    assert " nowhere" not in taken(MINUTES, "- Trạm xá: tiêm")


def test_another_row_is_about_another_sentence_with_a_date() -> None:
    less = taken(MINUTES, f"{HEAD}| 1 | Phát giống | Hội Nông dân | {DATE[0]} |\n| 2 |")
    assert less[" phát"] == less[" giống"] == less["Cảm"] == ELSEWHERE
    assert not {" tiêm", " thuế"} & set(less)


def test_rows_without_dates_may_be_about_one_sentence() -> None:
    prompt = f"Dự họp: {NAME}, {ALL[1]}, {ALL[2]}.\nChủ trì: {ALL[3]}."
    assert not taken(prompt, f"{HEAD}| 1 | {NAME} |\n| 2 |")


def test_a_table_ends_with_the_last_sentence_of_its_kind() -> None:
    first, second = f"| 1 | Phát giống | Hội | {DATE[0]} |\n", f"| 2 | Tiêm phòng | Trạm | {DATE[1]} |\n"
    less = taken(MINUTES, f"{HEAD}{first}{second[:-2]}")
    assert less[""] == ENOUGH
    assert " |\n" not in less
    less = taken(MINUTES, f"{HEAD}{first}{second}| 3 | Thu nợ | Đội thuế | {DATE[2]}")
    assert less[" |\n"] == ENOUGH
    assert "" not in less


def test_the_head_of_a_table_is_no_row() -> None:
    asked = MINUTES + "Lập bảng việc, đơn vị, thời hạn.\n"
    head = "| TT | Việc | Đơn vị | Thời hạn |\n|---|---|---|---|\n"
    assert not taken(asked, "| TT | Việc | Đơn vị")
    assert taken(asked, f"{head}| 1 | Phát giống | Hội | {DATE[0]}")[""] == ENOUGH


def test_the_ruler_of_a_table_may_be_one_token() -> None:
    words = Spoken(MINUTES, "| Việc |\n| 1 | Tiêm phòng |")
    words.pieces.append(b"|---|\n")
    words.size += 1
    rule = OneSentence(words.tokens(MINUTES), words)
    for token in (*words.tokens("| Việc |\n"), words.size - 1, *words.tokens("| 1 | Tiêm phòng |")):
        rule.accept(token)
    logits = np.zeros(words.size, np.float32)
    rule.apply(logits)
    assert logits[words.tokens(" giống")] == -ELSEWHERE


@pytest.mark.parametrize("between", [".", ";", "\n"])
def test_tasks_in_one_line_are_sentences_of_their_own(between: str) -> None:
    prompt = f"Giao Hội phát giống, {DATE[0]}{between} Trạm tiêm phòng; hạn {DATE[1]}{between} Đội thu nợ, {DATE[2]}."
    less = taken(prompt, f"{HEAD}| 1 | Tiêm phòng |")
    assert less[f" {DATE[0]}"] == less[f" {DATE[2]}"] == NOT_ITS_OWN
    assert f" {DATE[1]}" not in less


def test_a_semicolon_begins_something_else() -> None:
    assert taken(MINUTES, "- Dự: Hội Nông dân")["Trạm"] == ELSEWHERE
    assert not taken(MINUTES, "- Dự: Hội Nông dân;")


@pytest.mark.parametrize("line", ["Hội Nông dân phát giống", "**Hội Nông dân** phát", "20.Hội Nông dân"])
def test_a_line_of_text_is_free(line: str) -> None:
    assert not taken(MINUTES, line)


def test_a_part_of_a_letter_ends_no_sentence() -> None:
    words = Spoken(MINUTES, HEAD, "| 1 | Tiêm phòng |")
    words.pieces.append("ẻ".encode()[:2])
    words.size += 1
    tokens = words.tokens("Trạm xá tiêm phòng ở chợ, hạn")
    rule = OneSentence([*tokens[:2], words.size - 1, *tokens[2:]], words)
    for token in words.tokens(f"{HEAD}| 1 | Tiêm phòng |"):
        rule.accept(token)
    logits = np.zeros(words.size, np.float32)
    rule.apply(logits)
    assert not logits[tokens[:2]].any()


def test_logits_of_any_kind_are_borne() -> None:
    words = Spoken(MINUTES, HEAD, "| 1 | Tiêm phòng |")
    rule = OneSentence([], words)
    for token in words.tokens(f"{HEAD}| 1 | Tiêm phòng |"):
        rule.accept(token)
        logits = np.full(words.size, -np.inf, np.float32)
        rule.apply(logits)
        assert np.isneginf(logits).all()
