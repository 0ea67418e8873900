"""What a command refuses as the pages do."""

from __future__ import annotations

import pytest

from service import headless, practice
from service.errors import BadInput
from service.kit import Kit
from service.records import User


def test_an_exercise_done_by_hand_runs_no_prompt(seeded: Kit, people: dict[str, User]) -> None:
    with pytest.raises(BadInput, match="Bài này làm bằng tay"):
        headless.practise(seeded, "chon-cong-cu-cho-viec", "Xếp các thẻ này.", "lan", lambda _: None)
    assert practice.history(seeded, people["lan"], "chon-cong-cu-cho-viec") == ()
