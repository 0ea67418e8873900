"""Reading an exercise file: what is wrong is told with its line and a sentence; nothing hostile gets in."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from service.errors import InvalidExercise
from service.prompts import load_exercise, parse_exercise, set_field, validate

SAMPLES = frozenset({"cv-mau"})
CHECKS = frozenset({"max-words", "contains-any", "nd30-format"})
GOOD = """---
schema: 1
id: bai-thu
title: "Bài thử"  # tên hiện trên thẻ
kind: summarise
module: 4
level: 1
state: draft
version: 1
safety: hu_cau
files:
  - {path: "sample:cv-mau", label: Công văn mẫu}
prompts:
  - {label: starter, raw: Tóm tắt.}
prompt_parts: [role, task]
tests:
  - description: Độ dài
    assert:
      - {type: max-words, value: 150, metric: do-dai, weight: 2, severity: essential, on_fail: dai}
hints:
  - {content: Nêu số tiếng., cost: 1}
key_facts: [80%]
solution: {output: file://tom-tat.txt, notes: Ngắn.}
feedback: {dai: Dài quá.}
---

## Tình huống

Có một công văn.

## Nhiệm vụ

Tóm tắt.

## Ghi chú cho giảng viên

Chỉ giảng viên đọc.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bai-thu").mkdir()
    (tmp_path / "bai-thu" / "tom-tat.txt").write_text("Bản tóm tắt.\n", encoding="utf-8")
    (tmp_path / "bai-thu.md").write_text(GOOD, encoding="utf-8")
    return tmp_path


def problems(text: str, folder: Path | None = None) -> list[tuple[int, str]]:
    found = validate(text, "bai-thu", folder=folder, samples=SAMPLES, check_types=CHECKS)
    return [(problem.line, problem.sentence) for problem in found]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_good_file_is_read_whole(folder: Path) -> None:
    exercise = load_exercise(folder / "bai-thu.md", samples=SAMPLES, check_types=CHECKS)
    assert exercise.hash == hashlib.sha256((folder / "bai-thu.md").read_bytes()).hexdigest()
    assert (exercise.situation, exercise.task) == ("Có một công văn.", "Tóm tắt.")
    assert exercise.trainer_notes == "Chỉ giảng viên đọc."
    assert exercise.files[0].sample == "cv-mau"
    assert exercise.assertions[0].value == 150
    assert exercise.assertions[0].weight == 2
    assert exercise.key_facts == ("80%",)
    assert exercise.model_answer == "Bản tóm tắt."
    assert exercise.prompts[0].reveal == "visible"


@pytest.mark.parametrize(
    ("old", "new", "at", "sentence"),
    [
        ("level: 1", "lever: 1", "lever", "Không có mục “lever”. Có phải anh/chị muốn viết “level”?"),
        ("level: 1", "level: 1\ndue: 2026-12-01", "due", "chưa dùng được ở bản này"),
        ("level: 1", "level: cao", "level", "phải là số nguyên, tệp đang ghi “cao”"),
        ("level: 1", "level: 9", "level", "lớn nhất là 5"),
        ("level: 1", "level: 1\nlevel: 2", "level: 2", "có hai lần"),
        ('title: "Bài thử"', "title: 2026", "title", "phải là chữ"),
        ("schema: 1", "schema: 2", "schema", "mẫu số 2, Học Vụ đọc được mẫu số 1"),
        ("id: bai-thu", "id: bai-khac", "id:", "phải trùng tên tệp “bai-thu”"),
        ("kind: summarise", "kind: tom_tat", "kind", "nhận một trong các giá trị: draft"),
        ("sample:cv-mau", "sample:cv-mua", "sample:", "Không có tài liệu mẫu “cv-mua”. Có phải"),
        ("sample:cv-mau", "../../etc/passwd", "../../", "phải có dạng sample:"),
        ("type: max-words", "type: max-word", "- {type", "Không có phép kiểm “max-word”. Có phải"),
        ("type: max-words, value: 150", "type: nd30-format, value: cong_vam", "- {type", "không phải loại văn bản"),
        ("on_fail: dai}", "on_fail: ngan}", "- {type", "“feedback” chưa có câu “ngan”"),
        ("severity: essential", "severity: nang", "- {type", "Mục “severity” nhận"),
        ("weight: 2", "weight: nặng", "- {type", "Mục “weight” phải là số"),
        ("[role, task]", "[role, vai_tro]", "prompt_parts", "tệp đang ghi “vai_tro”"),
        ("raw: Tóm tắt.}", "raw: Tóm tắt., reveal: later}", "- {label", "after:<số lần làm>"),
        ("hints:\n  - {content", "hints:\n    {content", "hints", "phải là danh sách"),
        ("feedback: {dai: Dài quá.}", "feedback: [dai]", "feedback", "các cặp tên: giá trị"),
        ("file://tom-tat.txt", "file://khong-co.txt", "solution", "Không thấy tệp"),
        ("file://tom-tat.txt", f"file://{'dài' * 200}.txt", "solution", "Không thấy tệp"),
        ("file://tom-tat.txt", "file://../../bi-mat.txt", "solution", "nằm ngoài thư mục của bài"),
        (
            "feedback: {dai: Dài quá.}",
            "feedback: {dai: Dài quá.}\nrubric: ../x.yaml",
            "rubric",
            "phải có dạng rubrics/",
        ),
        ("key_facts: [80%]", "key_facts: [80]", "key_facts", "phải là chữ"),
        ("## Nhiệm vụ", "## Nhiệm vu", "## Nhiệm vu", "Không có phần “Nhiệm vu”. Có phải"),
        ("## Tình huống", "Lời dẫn.\n## Tình huống", "Lời dẫn.", "đứng trước tiêu đề đầu tiên"),
    ],
)
def test_each_fault_has_its_line_and_sentence(folder: Path, old: str, new: str, at: str, sentence: str) -> None:
    text = GOOD.replace(old, new, 1)
    found = problems(text, folder)
    line = line_of(text, at)
    assert any(seen in (line, line + 1) and sentence in told for seen, told in found), found
    with pytest.raises(InvalidExercise, match=r"^Dòng \d"):
        parse_exercise(text, "bai-thu", folder=folder, samples=SAMPLES, check_types=CHECKS)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("Không có khai báo.", 1, "ba dấu gạch ngang"),
        ("---\nid: a\n", 1, "chưa được đóng"),
        ("---\nid: [a\nb: c\n---\n", 3, "YAML"),
        ("---\nid: &x a\nb: *x\n---\n", 2, "neo (&)"),
        ("---\nid: !!python/object:os.system x\n---\n", 2, "nhãn kiểu"),
        ("---\nid: " + "[" * 40 + "]" * 40 + "\n---\n", 2, "lồng nhau"),
        ("---\nid: a\x07b\n---\n", 2, "ký tự lạ"),
        ("---\n" + "# dài\n" * 50_000 + "---\n", 1, "nặng quá 256 KB"),
    ],
)
def test_a_file_that_cannot_be_read_at_all(text: str, line: int, sentence: str) -> None:
    [(seen, told)] = problems(text)
    assert seen == line
    assert sentence in told


def test_all_faults_are_told_at_once_in_order() -> None:
    found = problems(
        GOOD.replace("level: 1", "level: cao").replace("module: 4", "module: 0").replace("version: 1\n", "")
    )
    assert len(found) >= 3
    assert [line for line, _ in found] == sorted(line for line, _ in found)


def test_a_text_not_in_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bai-thu.md"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(InvalidExercise, match="UTF-8"):
        load_exercise(path)


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    outside = folder / "ngoai.txt"
    outside.write_text("bí mật", encoding="utf-8")
    inside = folder / "bai-thu" / "tom-tat.txt"
    inside.unlink()
    inside.symlink_to(outside)
    assert any("nằm ngoài" in told for _, told in problems(GOOD, folder))


def test_changing_a_field_keeps_everything_else() -> None:
    text = set_field(GOOD, "state", "visible")
    assert text == GOOD.replace("state: draft", "state: visible")
    text = set_field(text, "title", "Tên mới")
    assert "title: Tên mới  # tên hiện trên thẻ\n" in text
    assert parse_exercise(set_field(text, "max_attempts", 3), "bai-thu").max_attempts == 3


def test_what_the_desk_knows_is_asked_for() -> None:
    text = GOOD.replace("level: 1", "level: 1\nrequirements: [bai-truoc]")
    known = {"exercises": ["bai-truoc", "bai-thu"], "prompt_syllables": 2}
    assert validate(text, "bai-thu", samples=SAMPLES, check_types=CHECKS, **known) == ()
    wrong = text.replace("[bai-truoc]", "[bai-truo]").replace("raw: Tóm tắt.", "raw: Tóm tắt gọn.")
    found = validate(wrong, "bai-thu", samples=SAMPLES, check_types=CHECKS, **known)
    assert [(one.line, one.sentence) for one in found] == [
        (line_of(wrong, "requirements"), "Không có bài nào mang mã “bai-truo”. Có phải anh/chị muốn viết “bai-truoc”?"),
        (
            line_of(wrong, "- {label"),
            "Câu lệnh “starter” dài 3 tiếng, học viên chỉ gõ được 2 tiếng. Anh/chị rút ngắn câu lệnh này.",
        ),
    ]
    hidden = wrong.replace("raw: Tóm tắt gọn.", "raw: Tóm tắt gọn., reveal: hidden").replace(
        "[bai-truo]", "[bai-truoc]"
    )
    assert validate(hidden, "bai-thu", samples=SAMPLES, check_types=CHECKS, **known) == ()


def test_without_a_folder_nothing_is_looked_up_on_disk() -> None:
    assert problems(GOOD) == []
    assert parse_exercise(GOOD, "bai-thu").model_answer == ""


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    text = "".join(letter for letter in text if not "\ud800" <= letter <= "\udfff")
    assert all(problem.line >= 1 and problem.sentence for problem in validate(f"---\n{text}\n---\n", "x"))
