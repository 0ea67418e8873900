"""System frames: the text before a person's prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import InvalidExercise
from service.prompts import fill, load_frames

FOLDER = Path(__file__).resolve().parent.parent.parent / "prompts" / "system"
FRAMES = load_frames(FOLDER)
KNOWN_TO_THE_MODEL = (
    "Bạn là trợ lý soạn thảo văn bản hành chính.",
    "Bạn hỗ trợ công chức soạn thảo văn bản. Chỉ dùng thông tin được cung cấp.",
    "Trợ lý văn bản hành chính Việt Nam. Thiếu thông tin thì ghi [cần bổ sung].",
)
"""The bundled model was trained on these openings, word for word."""


@pytest.mark.parametrize("kind", ["default", "draft", "summarise", "ask", "improve_prompt"])
def test_each_kind_has_a_frame_the_model_knows(kind: str) -> None:
    filled = fill(FRAMES[kind], material="[1] Họp lúc 8 giờ.")
    assert filled.startswith(KNOWN_TO_THE_MODEL)
    assert filled.endswith("\nTÀI LIỆU:\n[1] Họp lúc 8 giờ.")


def test_without_material_no_empty_heading_is_left() -> None:
    assert fill(FRAMES["draft"], material="") == KNOWN_TO_THE_MODEL[2]


def test_asking_demands_citations() -> None:
    assert "số của đoạn" in fill(FRAMES["ask"], material="[1] a")


def test_material_is_never_read_as_a_template() -> None:
    hostile = "[1] {{material}} {{#material}}x{{/material}} {{khac}}"
    assert fill(FRAMES["draft"], material=hostile).endswith(hostile)


def test_a_missing_or_unknown_variable_is_an_error() -> None:
    with pytest.raises(TypeError, match="material"):
        fill(FRAMES["draft"])
    with pytest.raises(TypeError, match="tai_lieu"):
        fill(FRAMES["draft"], material="", tai_lieu="x")


GOOD = "---\nid: default\nkind: default\nused_for: Thử.\nvariables: [material]\n---\nChào {{material}}\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GOOD.replace("{{material}}", "{{khac}}"), "variables"),
        (GOOD.replace("id: default", "id: khac"), "khác tên tệp"),
        (GOOD.replace("used_for: Thử.\n", ""), "used_for"),
        (GOOD.replace("kind: default", "kind: draft"), "thiếu khung “default”"),
    ],
)
def test_a_bad_frame_names_its_file_and_fault(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "default.md").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidExercise, match=sentence):
        load_frames(tmp_path)


def test_two_frames_for_one_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "default.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "them.md").write_text(GOOD.replace("id: default", "id: them"), encoding="utf-8")
    with pytest.raises(InvalidExercise, match=r"them\.md.*khung khác"):
        load_frames(tmp_path)
