"""A prompt without one of its parts: the gap closes, the rest stays word for word."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings, strategies as st

from service.checks.prompt.ablation import struck, without
from service.checks.prompt.parts import find_parts
from service.records import PARTS
from service.text import nfc

PROMPT = (
    "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn kèm theo cho Chủ tịch UBND xã, nêu việc, hạn; không quá "
    "150 tiếng. Chỉ dùng công văn kèm theo, không tự thêm số liệu; thiếu thì ghi [cần bổ sung]."
)
LABELLED = "Vai trò: chuyên viên\nNhiệm vụ: tóm tắt công văn\n- Ràng buộc: không bịa số liệu; giữ nguyên ngày\n"


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("role", PROMPT.partition(". ")[2]),
        ("constraints", PROMPT.rpartition(", không tự")[0] + "."),
        ("self_check", PROMPT),
    ],
)
def test_a_part_goes_with_its_punctuation(part: str, left: str) -> None:
    assert without(PROMPT, part) == left


def test_a_label_goes_with_what_it_announces() -> None:
    assert without(LABELLED, "constraints") == "Vai trò: chuyên viên\nNhiệm vụ: tóm tắt công văn"
    assert without(LABELLED, "role") == "Nhiệm vụ: tóm tắt công văn\n- Ràng buộc: không bịa số liệu; giữ nguyên ngày"


def test_what_is_left_begins_a_sentence() -> None:
    assert without("Hãy tóm tắt công văn, không quá 100 tiếng. Kiểm tra lại số liệu.", "task").startswith("Không quá")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


CLAUSES = st.sampled_from(
    [
        "Bạn là chuyên viên",
        "Tôi đang chuẩn bị họp giao ban",
        "Tóm tắt công văn kèm theo",
        "không quá 100 tiếng",
        "không tự thêm số liệu",
        "Kiểm tra lại các hạn",
        "Nhiệm vụ: soạn thảo thông báo",
        "– giữ nguyên ngày",
    ]
)


@settings(deadline=None)  # the machine may be busy
@example([("Bạn là chuyên viên", "\n"), ("– giữ nguyên ngày", ". ")], "constraints")  # no label: a line and a dash
@given(
    st.lists(st.tuples(CLAUSES, st.sampled_from([". ", ", ", "; ", "\n", ".\n\n"])), max_size=7), st.sampled_from(PARTS)
)
def test_only_words_of_the_part_and_its_labels_are_lost(pieces: list[tuple[str, str]], part: str) -> None:
    prompt = "".join(clause + mark for clause, mark in pieces)
    left = words(without(prompt, part))
    every = words(nfc(prompt))
    rest = iter(every)
    assert all(word in rest for word in left), "what is left stands in its old order"
    said = sum(len(words(prompt[one.start : one.end])) for one in find_parts(prompt) if one.part == part)
    labels = sum(prompt.count(label) * 2 for label in ("Nhiệm vụ:",))
    assert "".join(text for _, text in struck(prompt, part)) == nfc(prompt)
    assert said <= len(every) - len(left) <= said + labels
