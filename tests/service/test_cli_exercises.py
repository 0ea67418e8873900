"""The command that tries exercises: those in the box and this installation's own, or one folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.proof import Proof
from service.settings import HOME
from tests.service.test_proof import FILE

SHIPPED = "tom-tat-cong-van-tiem-phong"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["exercises", *map(str, arguments)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an exercise of its own, and a shipped one that a trainer has changed."""
    folder = tmp_path / "data" / "prompts" / "exercises"
    folder.mkdir(parents=True)
    (folder / "bai-thu.md").write_text(FILE, encoding="utf-8")
    (folder / f"{SHIPPED}.md").write_text(FILE.replace("id: bai-thu", f"id: {SHIPPED}"), encoding="utf-8")
    return tmp_path / "data"


def test_the_own_exercises_are_tried_with_the_shipped_ones(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "viet-cau-lenh-thong-bao"
    result = call("bai-thu", SHIPPED, other, "--json", "--data", data)
    assert result.exit_code == 0, result.output
    found = {one["exercise"]: one for one in json.loads(result.stdout)}
    assert list(found) == ["bai-thu", SHIPPED, other]
    assert len(found[SHIPPED]["planted"]) == 2  # the changed one, not the one in the box
    monkeypatch.setenv("HOCVU_DATA", str(data))
    assert call("bai-thu", "--json").exit_code == 0


def test_without_names_all_are_tried(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.proof.prove", lambda exercise: Proof(exercise, (), ()))
    found = json.loads(call("--json", "--data", data).stdout)
    shipped = {path.stem for path in (HOME / "prompts" / "exercises").glob("*.md")}
    assert [one["exercise"] for one in found] == sorted(shipped | {"bai-thu"})


def test_a_folder_is_read_alone(data: Path) -> None:
    folder = data / "prompts" / "exercises"
    result = call("--folder", folder, "--json")
    assert sorted(one["exercise"] for one in json.loads(result.stdout)) == ["bai-thu", SHIPPED]


def test_one_that_is_nowhere_is_told(data: Path) -> None:
    result = call("khong-co", "--data", data)
    assert result.exit_code == 1
    assert "Không có bài tập «khong-co»" in result.stderr
