"""The proof of an exercise: baselines told apart, planted mistakes found by the check that should."""

from __future__ import annotations

from pathlib import Path

import pytest

from service import proof
from service.errors import BadInput

FILE = """---
schema: 1
id: bai-thu
title: Bài thử
kind: summarise
module: 4
level: 1
state: visible
version: 1
safety: hu_cau
files:
  - {path: "sample:cv-don-doc-tiem-phong", label: Công văn}
prompts:
  - {label: starter, raw: Tóm tắt.}
  - {label: sample, raw: "Tóm tắt công văn kèm theo cho Chủ tịch xã, không quá 60 tiếng."}
prompt_parts: [task, data]
tests:
  - description: Đúng số
    assert:
      - {type: grounded-numbers, weight: 3}
      - {type: keeps-numbers, value: [80%, 17 giờ 00], metric: du-y, weight: 3}
baseline:
  - {label: weak, output: Xã mới tiêm đạt 38%.}
  - {label: good, output: Tiêm đạt ít nhất 80%; báo cáo trước 17 giờ 00 ngày 18 tháng 12 năm 2026.}
planted:
  - {id: bia, type: bia_dat, quote: 38%, fix: bỏ, why: Công văn không nêu., check: grounded-numbers, in: weak}
  - {id: han, type: thoi_han, quote: 17 giờ 00, fix: nêu giờ, why: Có giờ., check: keeps-numbers/du-y, in: source}
---

## Tình huống

Có công văn.

## Nhiệm vụ

Tóm tắt.
"""


def proven(folder: Path, text: str) -> proof.Proof:
    (folder / "bai-thu.md").write_text(text, encoding="utf-8")
    [exercise] = proof.exercises_in(folder)
    return proof.prove(exercise)


def test_an_exercise_that_tells_good_from_bad_holds(tmp_path: Path) -> None:
    found = proven(tmp_path, FILE)
    weak, good = found.judged
    assert weak.score < 50 and good.score >= 85
    assert [one.found for one in found.planted] == [True, True]
    assert found.holds
    assert "✓ bai-thu" in "\n".join(proof.table([found]))
    assert proof.as_json(found)["holds"] is True


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{label: weak, output: Xã mới tiêm đạt 38%.}",
            '{label: weak, output: "80%, 17 giờ 00, 38%", prompt: Tóm tắt công văn kèm theo.}',
            "bài weak được",
        ),
        ("trước 17 giờ 00 ngày 18", "trước 16 giờ 00 ngày 19", "bài good được"),
        ("check: grounded-numbers, in: weak", "check: keeps-numbers, in: weak", "lỗi gài «bia»"),
    ],
)
def test_what_does_not_hold_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = proven(tmp_path, FILE.replace(old, new, 1))
    assert not found.holds
    assert said in "\n".join(proof.table([found]))


def test_a_baseline_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = proven(tmp_path, FILE.replace("label: weak", "label: middling").replace("in: weak", "in: middling"))
    assert not found.holds
    assert "chưa có bài làm sẵn weak" in "\n".join(proof.table([found]))


def test_an_exercise_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="khong-co"):
        proof.exercises_in(tmp_path, ["khong-co"])
