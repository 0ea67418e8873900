"""The rules of the house that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from service.settings import HOME

SOURCES = sorted((HOME / "service").rglob("*.py"))


def tracked() -> list[Path]:
    """The text files a reader of the project would see."""
    folders = ("service", "tests", "web", "prompts", "sample_docs", "models", "training", ".ci")
    suffixes = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".yaml", ".yml", ".json", ".mako", ".sh", ""}
    found = [path for path in HOME.iterdir() if path.is_file() and path.name != ".git"]  # a file in a second checkout
    found += [path for folder in folders for path in (HOME / folder).rglob("*") if path.is_file()]
    return [path for path in found if path.suffix in suffixes and "__pycache__" not in path.parts]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(HOME)))
def test_the_environment_is_read_in_settings_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    asks = re.search(r"os\.environ|os\.getenv|from os import .*(environ|getenv)", text)
    assert not asks or path.name == "settings.py"


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("module", ["service.app", "service.cli", "service.worker"])
def test_nothing_heavy_is_loaded_at_import(module: str) -> None:
    heavy = {"torch", "llama_cpp", "sentence_transformers", "transformers", "docx", "pypdf", "sklearn", "scipy"}
    assert loaded_by(module) & heavy == set()


def test_the_command_line_asks_for_no_page() -> None:
    assert "flask" not in loaded_by("service.cli")


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    private = re.compile(rb"(?<![\w./-])/(?:" + rb"|".join((b"work", b"root", b"tmp/hv", b"home/[a-z]+")) + rb")/")
    assert [path for path in tracked() if private.search(path.read_bytes())] == []


def test_there_is_no_room_without_a_topic() -> None:
    heaps = {"utils", "util", "helpers", "common", "manager", "managers", "misc"}
    assert [path for path in SOURCES if heaps & set(path.relative_to(HOME).with_suffix("").parts)] == []
