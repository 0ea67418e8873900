"""The measures of ``bench``: each can be asked for, and says what was measured, the aim and whether it is met."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.bench import BENCHES, Figure
from service.bench.format import report
from service.cli import main
from service.docx_writer import write
from service.nd30.laid_out import check_layout
from service.parsers.layout import read_layout


@pytest.mark.parametrize("name", BENCHES)
def test_every_measure_explains_itself(name: str) -> None:
    asked = CliRunner().invoke(main, ["bench", name, "--help"])
    assert asked.exit_code == 0
    assert "--json" in asked.output


def test_an_unknown_measure_is_refused_in_a_sentence() -> None:
    assert CliRunner().invoke(main, ["bench", "nothing"]).exit_code == 2


def test_a_model_is_measured_from_the_launcher_which_finds_only_what_is_installed(tmp_path: Path) -> None:
    file = tmp_path / "no-model.gguf"
    file.write_bytes(b"no model")
    ask = [sys.executable, "-P", "-m", "service.cli", "bench", "model", "--model", str(file)]
    done = subprocess.run(ask, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "no-model.gguf" in done.stderr
    assert "training" not in done.stderr


def test_an_aim_is_a_ceiling_or_a_floor() -> None:
    assert Figure("x", 2, aim=3).met is True
    assert Figure("x", 4, aim=3).met is False
    assert Figure("x", 4, aim=3, at_least=True).met is True
    assert Figure("x", 4).met is None


def test_the_format_bench_compares_walk_and_check(tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(write(report(1)))
    done = CliRunner().invoke(main, ["bench", "format", "--rounds", "1", "--json", str(file)])
    walk, check, ratio = json.loads(done.stdout)["figures"]
    assert ratio["value"] == pytest.approx(check["value"] / walk["value"])
    assert (ratio["aim"], ratio["met"]) == (3.0, ratio["value"] <= 3.0)


def test_what_is_measured_is_a_clean_document() -> None:
    assert check_layout(read_layout(write(report(3)))) == ()
