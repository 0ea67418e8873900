"""Beginnings are read ahead, kept, saved and loaded again; and what was saved is not believed blindly."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from service.bench.ties import check_same, judging
from service.engines.llama import saved as saved_module
from service.engines.llama.engine import LlamaEngine
from service.engines.llama.saved import SavedPrefixes
from service.errors import EngineAbsent, EngineBroken
from service.records import EngineFigures, EnginePhase, Message, Options
from tests.service.engine_bundled import MODEL_PATH, conversation, opened, said

LONG = conversation(shared=8)  # a common beginning of about 165 tokens
SHORT = Options(max_tokens=5)


def until(engine: LlamaEngine, what: Callable[[EngineFigures], bool]) -> EngineFigures:
    deadline = time.monotonic() + 30
    while not what(figures := engine.figures()):
        assert time.monotonic() < deadline, figures
        time.sleep(0.005)
    return figures


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.kv"))


def test_what_is_read_ahead_is_not_read_again() -> None:
    with opened() as engine:
        engine.read_ahead(LONG)
        figures = until(engine, lambda seen: seen.pinned_prefixes == 1)
        assert figures.answers == {"stop": 0, "length": 0, "cancelled": 0, "failed": 0}  # nobody was answered
        own = conversation(7, shared=8)
        _, finish = said(engine.stream(own, SHORT))
        beginning = len(engine.tokens([own[0], Message("user", "")])) - 3
        assert finish.shared_tokens >= beginning


def test_asking_again_changes_nothing() -> None:
    with opened() as engine:
        for _ in range(3):
            engine.read_ahead(LONG)
            until(engine, lambda seen: seen.pinned_prefixes == 1 and seen.waiting == seen.seats_busy == 0)
        assert engine.figures().decodes <= 2


def test_more_than_the_shelf_holds_gives_up_the_oldest(tmp_path: Path) -> None:
    with opened(shelf=2, prefix_folder=tmp_path) as engine:
        for n in range(4):
            engine.read_ahead([Message("system", f"Bài số {n}. " + LONG[0].content), Message("user", "")])
            until(engine, lambda seen, n=n: len(files(tmp_path)) == n + 1)  # type: ignore[misc]
        assert engine.figures().pinned_prefixes == 2


def test_a_restart_is_warm(tmp_path: Path) -> None:
    with opened(prefix_folder=tmp_path) as engine:
        engine.read_ahead(LONG)
        until(engine, lambda seen: len(files(tmp_path)) == 1)
        text, first = said(engine.stream(LONG, Options(max_tokens=60)))
    with opened(prefix_folder=tmp_path) as engine:
        again, second = said(engine.stream(LONG, Options(max_tokens=60)))
        assert again == text  # bit by bit the same state, so there is not even a tie
        assert second.shared_tokens >= first.shared_tokens > 100
        assert engine.figures().loaded_prefixes == 1
    with judging(MODEL_PATH) as judge:
        judge.ties(LONG, Options(max_tokens=60), text)  # and the same as without anything kept


def test_without_a_folder_nothing_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with opened() as engine:
        engine.read_ahead(LONG)
        until(engine, lambda seen: seen.pinned_prefixes == 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "noise", "a bit"])
def test_a_damaged_file_is_read_anew_and_deleted(tmp_path: Path, damage: str) -> None:
    with opened(prefix_folder=tmp_path) as engine:
        engine.read_ahead(LONG)
        until(engine, lambda seen: len(files(tmp_path)) == 1)
        expected, _ = said(engine.stream(LONG, Options(max_tokens=30)))
    [path] = files(tmp_path)
    whole = path.read_bytes()
    flipped = whole[:-500] + bytes([whole[-500] ^ 1]) + whole[-499:]
    path.write_bytes({"cut": whole[: len(whole) // 2], "noise": b"\0" * len(whole), "a bit": flipped}[damage])
    with opened(prefix_folder=tmp_path) as engine:
        found, _ = said(engine.stream(LONG, Options(max_tokens=30)))
        check_same(MODEL_PATH, LONG, Options(max_tokens=30), expected, found)
        assert engine.figures().loaded_prefixes == 0
    assert not path.exists()


def test_another_model_has_its_own_files(tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(MODEL_PATH.read_bytes() + b"\0" * 32)
    assert saved_module._fingerprint(other) != saved_module._fingerprint(MODEL_PATH)


class States:
    """A model whose states are files of a hundred bytes."""

    def save(self, sequence: int, tokens: object, path: Path) -> bool:
        path.write_bytes(repr(tokens).encode().ljust(100))
        return True

    def load(self, sequence: int, tokens: object, path: Path) -> bool:
        return True


def test_together_the_files_stay_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_module, "MOST_BYTES", 250)
    kept = SavedPrefixes(tmp_path, MODEL_PATH, States())
    for n in range(4):
        assert kept.save([n] * 10, 0)
        time.sleep(0.01)  # the order is that of the files' times
    assert len(files(tmp_path)) == 2
    assert kept.longest([3] * 20, 0) == (3,) * 10
    assert kept.longest([0] * 20, 0) is None


def test_a_disk_that_cannot_be_written_costs_the_saving_only(tmp_path: Path) -> None:
    folder = tmp_path / "prefixes"
    folder.write_text("not a folder", encoding="utf-8")
    with opened(prefix_folder=folder) as engine:
        engine.read_ahead(LONG)
        until(engine, lambda seen: seen.pinned_prefixes == 1)
        assert said(engine.stream(LONG, SHORT))[1].answer_tokens == 5
        assert engine.state().phase is EnginePhase.READY


def test_without_a_model_there_is_nothing_to_read() -> None:
    with opened(None) as engine, pytest.raises(EngineAbsent):
        engine.read_ahead(LONG)
    with opened() as engine:
        engine.close()
        with pytest.raises(EngineBroken):
            engine.read_ahead(LONG)


def test_people_come_before_what_is_read_ahead() -> None:
    with opened(seats=1) as engine:
        engine.read_ahead(LONG)
        assert said(engine.stream(conversation(3), SHORT))[1].answer_tokens == 5
        until(engine, lambda seen: seen.pinned_prefixes == 1)
