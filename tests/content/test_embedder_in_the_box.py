"""The embedding model in the box is small, opens without torch, and knows what belongs together."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from service.embedders import BUNDLED, open_embedder
from service.settings import HOME

TEXTS = [
    "Người sử dụng đất được cấp giấy chứng nhận khi có đủ điều kiện.",
    "Người lao động được nghỉ hằng năm, hưởng nguyên lương theo hợp đồng lao động.",
    "Trẻ em có quyền được học tập, được giáo dục để phát triển toàn diện.",
]


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) <= 10_000_000


NO_LAND_LAW = pytest.mark.xfail(reason="no land law was read in training: «quyền» outweighs «sử dụng đất»")


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("giấy chứng nhận quyền sử dụng đất", 0),
        pytest.param("sổ đỏ, quyền sử dụng đất", 0, marks=NO_LAND_LAW),
        pytest.param("quyen su dung dat", 0, marks=NO_LAND_LAW),
        ("tiền lương ngày nghỉ phép của công nhân", 1),
        ("tien luong ngay nghi phep", 1),
        ("việc đi học của học sinh", 2),
        ("nghi phep co duoc tra luong khong", 1),
        ("con cái có được đi học không", 2),
    ],
)
def test_the_nearest_text_is_the_one_that_is_meant(query: str, nearest: int) -> None:
    model = open_embedder("")
    assert model is not None
    assert int(np.argmax(model.passages(TEXTS) @ model.query(query))) == nearest


def test_it_opens_at_once_and_without_the_libraries_it_was_made_with() -> None:
    code = "import sys; from service.embedders import open_embedder as o; print(o('').ready(), 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
