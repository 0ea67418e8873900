"""The seven parts of a prompt, held against labelled prompts, and the findings made of them.

Labels: the rubric of a prompt's parts. role: gives the machine a job ("Tôi là …" does not). context: occasion, purpose,
the body's situation or the addressee ("cho Chủ tịch" inside the task alone does not). task: a verb and its object.
data: facts or a text given, or the attached document named as the basis. format: form, length, parts, columns.
constraints: voice, no invention, copying, citing, what to do with gaps. self_check: to look again, to list doubts.
Each label quotes words of the clause; a part is hit when a found span overlaps them. Both halves were labelled before
the cues were written, by the hand that then wrote the cues: the held figures are kinder than those on strangers' texts.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from service.checks.prompt.parts import LABELS, STARTERS, find_parts, prompt_has, prompt_max_words
from service.records import PARTS, AnswerTable, Assertion, Exercise, Level
from service.text import fold
from tests.rules.making import case, exercise, seen

EXAMPLES = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "prompt_parts.jsonl").read_text("utf-8").splitlines()
]
HAS = Assertion("prompt-has")


def _tally(held: bool) -> dict[str, tuple[float, float, int]]:
    """Part → precision, recall, number of labels."""
    count = Counter[tuple[str, str]]()
    for example in EXAMPLES:
        if example["held"] is not held:
            continue
        prompt, found = example["prompt"], find_parts(example["prompt"])
        for part in PARTS:
            label = example["parts"].get(part)
            spans = [(one.start, one.end) for one in found if one.part == part]
            at = prompt.index(label) if label else 0
            hit = bool(label) and any(start < at + len(label) and at < end for start, end in spans)
            count[part, "labelled"] += bool(label)
            count[part, "found"] += bool(spans)
            count[part, "hit"] += hit
    return {
        part: (hits / count[part, "found"], hits / count[part, "labelled"], count[part, "labelled"])
        for part in PARTS
        for hits in (count[part, "hit"],)
    }


def test_labelled_prompts() -> None:
    assert len(EXAMPLES) >= 60
    for part, (precision, recall, n) in _tally(held=True).items():
        print(f"held half: {part:12} precision {precision:.2f}, recall {recall:.2f}, n = {n}")  # noqa: T201  # with -s
    for part, (precision, recall, _) in _tally(held=False).items():
        assert precision >= 0.9, part
        assert recall >= 0.9, part


def test_no_two_examples_share_a_template() -> None:
    beginnings = Counter(tuple(fold(example["prompt"]).split()[:6]) for example in EXAMPLES)
    assert max(beginnings.values()) <= 1


def test_each_clause_is_cut_out_exactly() -> None:
    prompt = (
        "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn sau cho Chủ tịch UBND xã, nêu việc, hạn, nơi nhận báo "
        "cáo; không quá 150 tiếng. Chỉ dùng công văn kèm theo."
    )
    assert [(one.part, prompt[one.start : one.end]) for one in find_parts(prompt)] == [
        ("role", "Bạn là chuyên viên Văn phòng UBND xã."),
        ("task", "Tóm tắt công văn sau cho Chủ tịch UBND xã"),
        ("format", "nêu việc, hạn, nơi nhận báo cáo; không quá 150 tiếng."),
        ("data", "Chỉ dùng công văn kèm theo."),
    ]


def test_without_diacritics_the_same_parts_are_found() -> None:
    prompt = (
        "Bạn là văn thư xã. Soạn giấy mời họp, không quá 150 tiếng. Không tự thêm số liệu. Kiểm tra lại ngày tháng."
    )
    bare = fold(prompt)
    assert [(one.part, one.start, one.end) for one in find_parts(bare)] == [
        (one.part, one.start, one.end) for one in find_parts(prompt)
    ]


@pytest.mark.parametrize(
    ("bare", "parts"),
    [
        ("Tom tat tu cong van kem theo.", ["task", "data"]),
        ("Lay so lieu tu cong van, ghi ro noi nhan.", ["task", "data", "task"]),
        ("Tom tat cong van nay, neu viec, noi nhan, khong qua 150 chu.", ["task", "format"]),
        ("Trinh truong phong ky.", ["context"]),
        ("Thong bao cho can bo xa biet.", ["task", "context"]),
        ("Ban la chuyen vien van phong xa.", ["role"]),
        ("Viet thong bao ve cuoc hop.", ["task"]),
        ("Gui don vi chua nop bao cao.", ["context"]),
        ("Van phong hanh chinh, trang trong.", ["constraints"]),
        ("Tu kiem tra lai truoc khi xong.", ["self_check"]),
    ],
)
def test_common_words_without_diacritics_are_no_other_part(bare: str, parts: list[str]) -> None:
    assert [one.part for one in find_parts(bare)] == parts


@pytest.mark.parametrize("said", ["Chỉ lấy từ công văn, không bịa.", "Chi lay tu cong van, khong bia."])
def test_a_source_before_a_comma_is_data_beside_the_ban(said: str) -> None:
    assert {"data", "constraints"} <= {one.part for one in find_parts(said)}


@pytest.mark.parametrize("part", PARTS)
def test_a_starter_sentence_counts_once_its_blanks_are_filled(part: str) -> None:
    starter = STARTERS[part]
    blank = re.compile(r"\[(?!cần)[^\]]*\]")
    parts = {one.part for one in find_parts(blank.sub("việc họp giao ban", starter))}
    assert parts == {part}
    assert {one.part for one in find_parts(starter)} == (set() if blank.search(starter) else {part})


@pytest.mark.parametrize("prompt", ["", "   \n ", "???", "Vai trò:\nNhiệm vụ:", "Bạn là [ai]."])
def test_nothing_said_is_no_part(prompt: str) -> None:
    assert find_parts(prompt) == ()


@pytest.mark.parametrize("said", ["Viết cho tôi cái thư thật hay.", "Viet thu that hay.", "Viết thật chuẩn vào."])
def test_a_wish_that_binds_to_nothing_is_no_constraint(said: str) -> None:
    assert {one.part for one in find_parts(said)} == {"task"}


@pytest.mark.parametrize("said", ["Viết thư thật gọn.", "Viết cho đúng chính tả.", "Viết thư thật dễ hiểu."])
def test_a_wish_that_can_be_checked_is_one(said: str) -> None:
    assert "constraints" in {one.part for one in find_parts(said)}


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Lập bảng: việc, ai làm, hạn nào.", False),
        ("Nêu rõ việc gì, ai làm, bao giờ xong. Ai là người ký?", False),
        ("AI hãy làm cán bộ văn phòng rồi viết thư.", True),
    ],
)
def test_who_does_a_thing_is_no_role(said: str, role: bool) -> None:
    assert ("role" in {one.part for one in find_parts(said)}) is role


@pytest.mark.parametrize(
    ("said", "data", "form"),
    [
        ("Soạn thông báo lịch tháng 01 năm 2027 từ bản ghi kèm theo.", "từ bản ghi kèm theo.", []),
        ("Soạn biên bản họp ngày 02/12/2026 từ biên bản hội ý kèm theo.", "từ biên bản hội ý kèm theo.", []),
        ("Soan thong bao ngay 18 thang 11 nam 2026 tu ghi chep kem theo.", "tu ghi chep kem theo.", []),
        ("Viết 150 từ, lấy từ biên bản kèm theo.", "từ biên bản kèm theo.", ["150 từ"]),
    ],
)
def test_what_is_taken_from_a_paper_is_no_count_of_words(said: str, data: str, form: list[str]) -> None:
    found = [(one.part, said[one.start : one.end]) for one in find_parts(said)]
    assert found[-1] == ("data", data)
    assert [text for part, text in found if part == "format"] == form


def test_a_year_before_the_source_is_no_length() -> None:
    limited = exercise(assertions=(Assertion("max-words", value=150),))
    prompt = "Soạn thông báo năm 2027 từ bản ghi kèm theo, không quá 120 từ."
    told = [one.title for one in prompt_has(case(None, prompt, exercise=limited), HAS).findings]
    assert not any("độ dài" in title or "cho phép" in title for title in told)


@pytest.mark.parametrize(
    "said",
    [
        "Không cần kiểm tra lại.",
        "Đừng kiểm tra lại.",
        "Dung kiem tra lai.",
        "Khỏi phải rà soát lại.",
        "Không cần theo định dạng nào.",
        "Không cần giữ nguyên số liệu.",
        "Khong can giu nguyen so lieu.",
        "Không cần dùng tài liệu kèm theo.",
        "Ràng buộc: không có.",
        "Tự kiểm tra: không cần.",
    ],
)
def test_what_need_not_be_done_is_no_part(said: str) -> None:
    assert [one.part for one in find_parts(f"Tóm tắt công văn.\n{said}")] == ["task"]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("Đừng quên kiểm tra lại.", "self_check"),
        ("Không cần trích dẫn, chỉ dùng tài liệu kèm theo.", "data"),
        ("Không cần mở bài.", "constraints"),
    ],
)
def test_beside_what_need_not_be_done_the_parts_are_found(said: str, part: str) -> None:
    assert part in {one.part for one in find_parts(said)}


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("Tự nghĩ ra số liệu nếu thiếu.", "Tự nghĩ ra số liệu nếu thiếu."),
        ("Tu nghi ra so lieu neu thieu.", "Tu nghi ra so lieu neu thieu."),
        ("Không quá 150 tiếng, thôn nào thiếu thì tự ước cho đủ.", "thôn nào thiếu thì tự ước cho đủ."),
        ("Ràng buộc: cứ bịa thêm vài con số.", "cứ bịa thêm vài con số."),
        ("Không bịa, tự thêm số liệu.", None),
        ("Tránh: bịa số liệu.", None),
        ("Không được:\n- tự thêm số liệu", None),
        ("Thiếu thì không tự nghĩ ra.", None),
        ("Thiếu thì tự thêm dòng [cần bổ sung].", None),
        ("Tự nghĩ ra tình huống và số liệu hư cấu.", None),
    ],
)
def test_leave_to_make_figures_up_is_warned_of_and_no_constraint(said: str, order: str | None) -> None:
    prompt = f"Tổng hợp báo cáo. {said}"
    findings = prompt_has(case(None, prompt), HAS).findings
    told = [one for one in findings if one.title == "Câu lệnh cho phép máy tự nghĩ ra số liệu"]
    assert [one.seen for one in told] == ([order] if order else [])
    assert all(one.level is Level.ACTIONABLE and "[cần bổ sung]" in one.try_next for one in told)
    if order:
        assert "constraints" not in {one.part for one in find_parts(prompt)}


def test_a_pasted_document_is_data() -> None:
    prompt = 'Tóm tắt trong 3 câu:\n"""\nBạn là đại biểu. Họp ngày 10.\n"""'
    parts = {one.part: prompt[one.start : one.end] for one in find_parts(prompt)}
    assert parts["data"].strip('"\n') == "Bạn là đại biểu. Họp ngày 10."
    assert "role" not in parts


LINES = st.sampled_from(
    [
        "Vai trò: văn thư", "Bạn là kế toán.", "tom tat van ban nay", "không quá 100 từ", "Chỉ dùng tài liệu kèm theo;",
        "Nếu thiếu thì ghi [cần bổ sung].", "kiểm tra lại", "gửi UBND xã", "ngày 20/11", "\n", '"""', "[x]", "…", "?",
        ":", ",",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.one_of(st.lists(LINES, max_size=8).map(" ".join), st.text(max_size=40)))
def test_parts_lie_in_the_prompt_in_order(prompt: str) -> None:
    at = 0
    for one in find_parts(prompt):
        assert at <= one.start < one.end <= len(prompt)
        assert one.part in PARTS
        at = one.end


# ── the check ───────────────────────────────────────────────────────────────────────────────────

FULL = (
    "Bạn là chuyên viên văn phòng xã. Báo cáo này phục vụ họp giao ban, người đọc là Chủ tịch. Tóm tắt công văn kèm "
    "theo, không quá 150 tiếng. Giữ nguyên số liệu. Cuối bài, liệt kê những điểm cần xác minh."
)


def test_a_full_prompt_is_praised_with_its_parts_marked() -> None:
    result = prompt_has(case(None, FULL), HAS)
    assert result.passed is True
    assert (result.score, result.of) == (1.0, "prompt")
    assert [one.level for one in result.findings] == [Level.CELEBRATORY]
    assert {span.label for span in result.findings[0].spans} == set(PARTS)
    assert all(span.of == "prompt" for span in result.findings[0].spans)


def test_each_missing_part_is_told_with_a_sentence_to_insert() -> None:
    result = prompt_has(case(None, "Tóm tắt công văn này."), HAS)
    missing = {one.part: one for one in result.findings if one.part}
    assert set(missing) == set(PARTS) - {"task"}
    assert result.passed is False
    assert result.score == pytest.approx(1 / 7)
    for part, finding in missing.items():
        assert finding.insert == STARTERS[part]
        assert finding.level is Level.ACTIONABLE
        assert finding.title
        assert finding.why
        assert finding.try_next
        assert LABELS[part].lower() in result.reason
    assert seen(result, "Tóm tắt công văn này.", "prompt") == ["Tóm tắt công văn này."]


def _suggested(wanted: Exercise) -> dict[str, str]:
    findings = prompt_has(case(None, "", exercise=wanted), HAS).findings
    return {one.part: one.insert for one in findings if one.part}


def test_the_sentence_for_the_format_keeps_to_the_length_of_the_exercise() -> None:
    assert not re.search(r"\d", STARTERS["format"])
    limited = exercise(assertions=(Assertion("word-count", value={"min": 90, "max": 320}),))
    assert "không quá 320 tiếng" in _suggested(limited)["format"]
    one_input = exercise(assertions=(Assertion("max-words", value=90, input="mot"),))
    assert _suggested(one_input)["format"] == STARTERS["format"]


def test_a_table_is_asked_for_with_its_columns_left_to_name() -> None:
    table = AnswerTable(("Việc", "Hạn"), (("Họp", "20/12"),), ("Việc",))
    asked = _suggested(exercise(tables=(table,)))["format"]
    assert "bảng" in asked and "[" in asked and "Hạn" not in asked
    assert "bảng" in _suggested(replace(exercise(), kind="compare_texts"))["format"]


@pytest.mark.parametrize(
    ("needles", "mark"),
    [(["[chưa nêu]", "chưa nêu"], "[chưa nêu]"), ("[cần bổ sung", "[cần bổ sung]"), (["hạn"], "[cần bổ sung]")],
)
def test_the_sentence_for_the_constraints_has_the_mark_of_the_exercise(needles: object, mark: str) -> None:
    wanted = exercise(assertions=(Assertion("icontains-any", value=needles),))
    assert _suggested(wanted)["constraints"].endswith(f"thiếu thì ghi {mark}.")


def test_a_mask_is_no_blank() -> None:
    def parts(prompt: str) -> set[str]:
        return {one.part for one in find_parts(prompt)}

    assert "task" in parts("Tóm tắt đơn của ông [HO_TEN_1], số định danh [CCCD_1].")
    assert "task" not in parts("Tóm tắt đơn của [HO_TEN].")
    assert "task" not in parts("Tóm tắt đơn của [ai], số định danh [CCCD_1].")


def test_a_prompt_without_a_task_is_essential() -> None:
    result = prompt_has(case(None, "Bạn là văn thư xã."), Assertion("prompt-has", value=["task"]))
    assert [one.level for one in result.findings if one.part] == [Level.ESSENTIAL]


def test_the_exercise_says_which_parts_count() -> None:
    wanted = case(None, "Tóm tắt công văn.", exercise=exercise(prompt_parts=("task",)))
    assert prompt_has(wanted, HAS).passed is True


def test_two_lengths_that_contradict_each_other() -> None:
    prompt = "Tóm tắt công văn, không quá 100 tiếng, khoảng 300 từ."
    finding = next(one for one in prompt_has(case(None, prompt), HAS).findings if "độ dài" in one.title)
    assert [prompt[span.start : span.end] for span in finding.spans] == ["không quá 100 tiếng", "khoảng 300 từ"]


@pytest.mark.parametrize(
    "prompt",
    [
        "Viết tin khoảng 150 chữ, tiêu đề không quá 12 tiếng.",
        "Tóm tắt, ít nhất 80 tiếng và không quá 150 tiếng.",
        "Viết 6 câu, mỗi câu không quá 40 tiếng; cả bài không quá 240 tiếng.",
        "Viết dài 150 tiếng, mỗi ý từ 20 đến 30 tiếng, không quá 200 tiếng.",
        "Tóm tắt trong 150 tiếng; tiêu đề đúng 20 tiếng. Cuộc họp kéo dài 300 tiếng.",
    ],
)
def test_lengths_that_agree_are_left_alone(prompt: str) -> None:
    assert not [one for one in prompt_has(case(None, prompt), HAS).findings if "độ dài" in one.title]


def test_a_length_beyond_that_of_the_exercise() -> None:
    limited = exercise(assertions=(Assertion("max-words", value=150),))
    findings = prompt_has(case(None, "Tóm tắt, không quá 300 tiếng.", exercise=limited), HAS).findings
    assert any("300" in one.title and "150" in one.title for one in findings)
    findings = prompt_has(case(None, "Tóm tắt, không quá 120 tiếng.", exercise=limited), HAS).findings
    assert not any("bài yêu cầu" in one.title for one in findings)


def test_a_length_that_the_exercise_wants_and_the_prompt_leaves_out() -> None:
    limited = exercise(assertions=(Assertion("max-words", value=150),))

    def told(prompt: str) -> list[str]:
        findings = prompt_has(case(None, prompt, exercise=limited), HAS).findings
        return [one.insert for one in findings if "chưa nêu độ dài" in one.title]

    assert told("Tóm tắt công văn cho Chủ tịch.") == ["Viết không quá 150 tiếng."]
    assert told("Tóm tắt công văn, khoảng 120 tiếng.") == told("Tóm tắt, tối đa 100 từ.") == told(" ") == []


@pytest.mark.parametrize(
    ("said", "a_length"),
    [
        ("trong 150 tiếng", True),
        ("trong vòng 150 chữ", True),
        ("dài 150 tiếng", True),
        ("độ dài: 150 từ", True),
        ("đúng 150 tiếng", True),
        ("từ 100 đến 150 tiếng", True),
        ("100–150 tiếng", True),
        ("khoảng 100-150 chữ", True),
        ("trong 150 tieng", True),
        ("tu 100 den 150 chu", True),
        ("trong 3 ngày", False),
        ("trong 3 tiếng", False),
        ("trong 48 tiếng", False),
        ("kéo dài 2 giờ", False),
        ("kéo dài 150 tiếng", False),
        ("từ 2 đến 3 tiếng", False),
        ("dài 15 km", False),
        ("đúng 200 chữ ký", False),
        ("ít nhất 200 chữ ký", False),
        ("đúng 30 từ khóa", False),
        ("có 150 tiếng", True),
        ("150 chữ", True),
        ("150 chu", True),
        ("cả bài 150 chữ", True),
        ("bản gốc 900 chữ", False),
        ("3 chữ", False),
    ],
)
def test_the_usual_wordings_of_a_length(said: str, a_length: bool) -> None:
    limited = exercise(assertions=(Assertion("max-words", value=150),))
    findings = prompt_has(case(None, f"Tóm tắt công văn này, {said}.", exercise=limited), HAS).findings
    assert any("chưa nêu độ dài" in one.title for one in findings) is not a_length
    assert not any("cho phép" in one.title or "trái nhau" in one.title for one in findings)


def test_a_bare_length_is_held_against_that_of_the_exercise() -> None:
    limited = exercise(assertions=(Assertion("max-words", value=150),))

    def told(prompt: str) -> list[str]:
        return [one.title for one in prompt_has(case(None, prompt, exercise=limited), HAS).findings if not one.part]

    assert any("cho phép 300 tiếng" in title for title in told("Tóm tắt công văn, 300 chữ."))
    both = told("Rút bài 900 chữ còn không quá 150 chữ.")
    assert not any("trái nhau" in title or "cho phép" in title for title in both)


@pytest.mark.parametrize(
    ("said", "a_length"),
    [("3 phút", True), ("nói ba phút", True), ("3 phut", True), ("lúc 7 giờ 05 phút", False), ("thật gọn", False)],
)
def test_a_speech_is_as_long_as_its_minutes(said: str, a_length: bool) -> None:
    limits = (Assertion("max-words", value=320),)

    def told(limited: Exercise) -> bool:
        findings = prompt_has(case(None, f"Viết bài phát biểu, {said}.", exercise=limited), HAS).findings
        return not any("chưa nêu độ dài" in one.title for one in findings)

    assert told(replace(exercise(assertions=limits), task="Viết câu lệnh soạn bài phát biểu ba phút.")) is a_length
    assert told(exercise(assertions=limits)) is False, "a letter has no minutes"


def test_a_range_counts_with_its_upper_end() -> None:
    limited = exercise(assertions=(Assertion("max-words", value=150),))
    findings = prompt_has(case(None, "Tóm tắt, từ 200 đến 300 tiếng.", exercise=limited), HAS).findings
    assert any("cho phép 300 tiếng" in one.title for one in findings)


def test_a_prompt_may_be_too_long() -> None:
    assert prompt_max_words(case(None, "một hai ba"), Assertion("prompt-max-words", value=3)).passed is True
    result = prompt_max_words(case(None, "một hai ba bốn"), Assertion("prompt-max-words", value=3))
    assert (result.passed, result.score, result.of) == (False, 0.75, "prompt")


def test_a_blank_of_a_starter_sentence_is_pointed_at_and_not_offered_again() -> None:
    prompt = f"Tóm tắt công văn kèm theo. {STARTERS['context']}"
    result = prompt_has(case(prompt=prompt), Assertion("prompt-has", value=["task", "context", "role"]))
    context, role = (next(one for one in result.findings if one.part == part) for part in ("context", "role"))
    assert context.title == "Còn chỗ trống [việc gì], anh/chị điền vào"
    assert [prompt[span.start : span.end] for span in context.spans] == ["[việc gì]"]
    assert context.insert == ""
    assert role.insert == STARTERS["role"], "what is not begun yet is offered"
    half = prompt.replace("[việc gì]", "cuộc họp giao ban")
    left = prompt_has(case(prompt=half), Assertion("prompt-has", value=["task", "context"])).findings
    assert "Còn chỗ trống [ai], anh/chị điền vào" in [one.title for one in left]


@pytest.mark.parametrize("part", PARTS)
def test_every_starter_sentence_is_known_by_its_blank(part: str) -> None:
    result = prompt_has(case(prompt=STARTERS[part]), Assertion("prompt-has", value=[part]))
    blank = "[" in STARTERS[part].replace("[cần bổ sung]", "")
    assert result.passed is not blank
    assert [one.title.startswith("Còn chỗ trống [") for one in result.findings if one.part == part] == [True] * blank
