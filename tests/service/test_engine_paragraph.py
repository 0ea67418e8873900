"""An answer of one paragraph ends, under grounded decoding, before it gets longer than the prompt allows."""

from __future__ import annotations

import numpy as np
import pytest

from service.engines.llama.grounding.paragraph import Paragraph
from service.engines.llama.placeholders import ALL, FAMILY_OF
from tests.service.spoken import END, Spoken

SHORT = "Tóm tắt không quá 12 tiếng."
DATE = next(letter for letter in ALL if FAMILY_OF[letter] == "date")


def free(written: str, likely: str, asked: str = SHORT) -> set[str]:
    """What may follow, where the model would go on with ``likely``."""
    words = Spoken(written, asked, likely, ".")
    paragraph = Paragraph(words, asked)
    for token in words.tokens(written):
        paragraph.accept(token)
    logits = np.zeros(words.size, np.float32)
    logits[words.tokens(likely)[0] if likely else END] = 1.0
    paragraph.apply(logits)
    shown = ["" if piece is None else piece.decode() for piece in words.pieces]
    return {shown[n] for n in np.flatnonzero(np.isfinite(logits))}


def test_a_paragraph_ends_where_a_further_sentence_would_not_fit() -> None:
    assert len(free("Xã sửa xong năm cái cầu.", " Thôn")) > 1  # six of twelve: one more fits
    assert free("Xã sửa xong năm cái cầu lớn.", " Thôn") == {""}
    assert free("Xã sửa xong năm cái. Thôn lo đường đi.", " Còn") == {""}


def test_a_semicolon_becomes_the_full_stop() -> None:
    assert free("Xã sửa xong năm cái cầu lớn", ";") == {"."}
    assert len(free("Xã sửa cầu", ";")) > 1


def test_inside_a_sentence_nothing_is_cut() -> None:
    long = "Xã sửa xong năm cái cầu lớn và ba con đường ở hai thôn xa nhất"
    assert len(free(long, " xã")) > 1


def test_a_date_counts_for_what_it_is_written_as() -> None:
    assert len(free("Xã họp ngày mai.", " Thôn", "Tóm tắt không quá 10 tiếng.")) > 1
    assert free(f"Xã họp{DATE}.", " Thôn", "Tóm tắt không quá 10 tiếng.") == {""}


@pytest.mark.parametrize(
    "written", ["- Xã sửa năm cầu.", "THÔNG BÁO\nXã sửa xong năm cái cầu lớn rồi.", "| Xã sửa năm cầu."]
)
def test_what_is_no_paragraph_is_left_alone(written: str) -> None:
    assert len(free(f"{written} Thôn lo ba con đường xa.", " Còn")) > 1


def test_without_a_length_it_may_go_on() -> None:
    assert len(free("Xã sửa năm cầu. Thôn lo ba con đường xa.", " Còn", "Tóm tắt giúp tôi.")) > 1
