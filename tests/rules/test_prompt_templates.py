"""Templates: a filled form makes a prompt and the prompt fills the form again; a free prompt loses no word."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from service.checks.prompt.parts import find_parts
from service.checks.prompt.templates import TEMPLATES, Template, assemble, shown, sort, template
from service.text import nfc

FREE = (
    "Bạn là chuyên viên Văn phòng UBND xã. Văn bản này phục vụ họp giao ban, người đọc là Chủ tịch UBND xã. Tóm tắt "
    "công văn kèm theo, không quá 150 tiếng; trang trọng, câu ngắn gọn. Không tự thêm số liệu. Kiểm tra lại các hạn."
)
FILLED = st.text("ăâđêôơư abcde 123,.;()", max_size=40).map(lambda text: nfc(text).strip())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", nfc(text).lower()))


def test_the_names_say_the_order() -> None:
    assert [one.id for one in TEMPLATES] == ["bay-phan", "rtf", "co-star", "risen"]
    assert [slot.id[0] for slot in shown(template("co-star") or TEMPLATES[0])] == ["c", "o", "s", "t", "a", "r"]
    assert [slot.id[0] for slot in shown(template("risen") or TEMPLATES[0])] == ["r", "i", "s", "e", "n"]
    assert template("khac") is None
    assert all(set(shown(one)) == set(one.slots) for one in TEMPLATES)


@pytest.mark.parametrize("chosen", TEMPLATES, ids=lambda one: one.id)
def test_a_made_prompt_is_read_as_the_parts_it_has(chosen: Template) -> None:
    made = assemble(chosen, {slot.id: "chuyên viên xã Triệu Phong viết" for slot in chosen.slots})
    found = {piece.part for piece in find_parts(made)}
    assert len(made.split("\n")) == len(chosen.slots)
    assert len(found) >= len({slot.parts[0] for slot in chosen.slots})


@pytest.mark.parametrize(
    ("name", "slot", "expected"),
    [
        ("bay-phan", "role", "Bạn là chuyên viên Văn phòng UBND xã."),
        ("bay-phan", "self_check", "Kiểm tra lại các hạn."),
        ("rtf", "role", "Bạn là chuyên viên Văn phòng UBND xã."),
        ("co-star", "tone", "Trang trọng"),
        ("co-star", "style", "Câu ngắn gọn."),
        ("risen", "role", "Bạn là chuyên viên Văn phòng UBND xã."),
    ],
)
def test_a_free_prompt_is_sorted(name: str, slot: str, expected: str) -> None:
    chosen = template(name)
    assert chosen is not None
    assert sort(chosen, FREE)[slot] == expected


def test_a_prompt_of_one_template_goes_over_into_another() -> None:
    seven, rtf = TEMPLATES[:2]
    made = assemble(seven, sort(seven, FREE))
    over = sort(rtf, made)
    assert over["role"].startswith("Bạn là chuyên viên")
    assert all(said in over["task"] for said in ("Tóm tắt", "Công văn kèm theo", "họp giao ban"))
    assert all(said in over["format"] for said in ("150 tiếng", "Không tự thêm số liệu", "Kiểm tra lại"))


@settings(deadline=None)  # the machine may be busy
@given(st.sampled_from(TEMPLATES), st.data())
def test_what_was_filled_in_comes_back(chosen: Template, data: st.DataObject) -> None:
    values = {slot.id: data.draw(FILLED) for slot in chosen.slots}
    assert sort(chosen, assemble(chosen, values)) == values


CLAUSES = [
    "Bạn là kế toán xã",
    "họp sáng mai",
    "tóm tắt báo cáo",
    "không quá 90 tiếng",
    "Đừng bịa",
    "xyz",
    "Bối cảnh: lũ",
]


@settings(deadline=None)  # the machine may be busy
@given(
    st.sampled_from(TEMPLATES),
    st.lists(st.sampled_from(CLAUSES), max_size=6),
    st.sampled_from([". ", ", ", "\n", "; "]),
)
def test_no_word_is_lost_but_labels(chosen: Template, clauses: list[str], between: str) -> None:
    prompt = between.join(clauses)
    kept = sum((words(value) for value in sort(chosen, prompt).values()), Counter[str]())
    lost = words(prompt) - kept
    assert set(lost) <= {"bối", "cảnh"}
    assert not kept - words(prompt)
