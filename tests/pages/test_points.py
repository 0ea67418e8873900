"""Points are written alike wherever they stand, and what is under the mark never looks as if it had reached it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import insert, update

from service import exercises, practice
from service.kit import Kit
from service.records import Finding, Level, User
from service.store.db import now
from service.store.tables import attempts, results

ClientOf = Callable[[str], FlaskClient]
ONE = "tom-tat-cong-van-tiem-phong"


def run(kit: Kit, user: User, score: float | None, prompt: str, essential: bool = False) -> int:
    attempt = practice.begin(kit, user, exercises.get(kit, user, ONE), prompt)
    list(practice.answer(kit, attempt.id))
    said = [asdict(Finding("contains", Level.ESSENTIAL, "Kết quả chưa có «17 giờ 00»"))]
    kept = {"attempt_id": attempt.id, "n": 0, "check_name": "contains", "label": "Ý bắt buộc"}
    kept |= {"metric": "", "of": "answer", "reason": "", "score": 0.0, "weight": 1.0}
    kept |= {"passed": not essential, "findings": said if essential else []}
    with kit.db.write() as connection:
        judged = update(attempts).where(attempts.c.id == attempt.id)
        connection.execute(judged.values(score=score, graded_at=now()))
        connection.execute(insert(results).values(**kept))
    return attempt.id


def row(page: str, attempt_id: int) -> str:
    (found,) = (one for one in page.split("<tr>") if f'href="/attempts/{attempt_id}"' in one)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found))


def test_the_list_and_the_desk_say_the_same(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    lan, minh = people["lan"], people["minh"]
    under = run(seeded, lan, 69.58, "Tóm tắt một.")
    thu = client_of("thu")
    desk = client_of("lan").get(f"/attempts/{under}").text
    assert "mới được 69/100 điểm, cần 70" in desk
    passed, unsure = run(seeded, minh, 70.0, "Tóm tắt hai."), run(seeded, minh, None, "Tóm tắt ba.")
    held = run(seeded, minh, 85.9, "Tóm tắt bốn.", essential=True)
    page = thu.get("/manage/attempts").text
    assert "69/100 Chưa đạt" in row(page, under) and "70" not in row(page, under)
    assert "70/100 Đạt" in row(page, passed)
    assert "85/100 Chưa đạt" in row(page, held) and "còn phải sửa: Ý bắt buộc" in row(page, held)
    assert "đạt" not in row(page, unsure).lower() and "–" in row(page, unsure)


def test_runs_of_one_prompt_are_judged_together(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    """Also where the other runs stand on another page of the list, or were made on the same words by somebody else."""
    first, lucky = (run(seeded, people["lan"], score, "Tóm tắt.") for score in (60.0, 79.9))
    alone = run(seeded, people["minh"], 79.9, "Tóm tắt.")
    page = client_of("thu").get("/manage/attempts").text
    assert "79/100 Chưa đạt" in row(page, lucky) and "trung bình 2 lần chạy: 69/100" in row(page, lucky)
    assert "60/100 Chưa đạt" in row(page, first)
    assert "79/100 Đạt" in row(page, alone) and "trung bình" not in row(page, alone)


@pytest.mark.parametrize(
    ("mean", "mark", "said"),
    [
        (69.99, 70.0, "69/100 điểm, cần 70"),
        (68.4, 68.5, "68/100 điểm, cần 69"),
        (54.9, 100 * 0.55, "54/100 điểm, cần 55"),
    ],
)
def test_what_lacks_is_never_nothing(app: Flask, mean: float, mark: float, said: str) -> None:
    macro = '{% from "practice/_macros.html" import lacking with context %}{{ lacking(outcome) }}'
    with app.test_request_context("/"):
        assert said in render_template_string(macro, outcome={"mean": mean, "mark": mark, "enough": False})
