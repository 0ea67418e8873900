"""What every embedder owes: rows of length 1, zeros for "no evidence", one name for one model, and no connection."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from service.embedders import open_embedder
from service.embedders.base import Embedder
from service.embedders.hashing import HashingEmbedder
from service.embedders.likeness import met
from service.embedders.sentence import SentenceEmbedder
from service.embedders.static import StaticEmbedder
from service.errors import SettingError
from service.settings import HOME
from tests.files import save_tiny_embedder

KNOWN = ["hồ sơ đất đai", "tiêm phòng", "hồ sơ tiêm phòng"]


def no_connection(*_arguments: object) -> NoReturn:
    raise AssertionError("an embedder asked the network")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static table of eight words in half precision, with prefixes in its configuration; saved by the library."""
    return save_tiny_embedder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(params=["sentence", "hashing", "static"])
def embedder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Embedder:
    monkeypatch.setattr(socket, "getaddrinfo", no_connection)
    monkeypatch.setattr(socket.socket, "connect", no_connection)
    if request.param == "hashing":
        return HashingEmbedder()
    if request.param == "static":
        return StaticEmbedder(HOME / "models" / "embedder")
    loaded: Embedder = SentenceEmbedder(request.getfixturevalue("folder"))
    return loaded


def test_rows_are_float32_of_length_one(embedder: Embedder) -> None:
    rows = embedder.passages(KNOWN)
    assert rows.shape == (3, embedder.dim)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    asked = embedder.query(KNOWN[0])
    assert asked.shape == (embedder.dim,)
    assert asked.dtype == np.float32


def test_the_nearest_passage_is_the_same_text(embedder: Embedder) -> None:
    rows = embedder.passages(KNOWN)
    assert [int(np.argmax(rows @ embedder.query(text))) for text in KNOWN] == [0, 1, 2]


def test_the_same_text_gives_the_same_row(embedder: Embedder) -> None:
    assert np.allclose(embedder.passages(KNOWN)[1], embedder.passages([KNOWN[1]])[0], atol=1e-3)


def test_no_text_gives_no_rows(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == (0, embedder.dim)


def test_ready_once_loaded_and_named(embedder: Embedder) -> None:
    embedder.query("hồ sơ")
    assert embedder.ready()
    assert 0 < len(embedder.name) <= 120


def test_the_sham_says_so() -> None:
    assert "giả" in HashingEmbedder.name
    assert not HashingEmbedder().query("...").any()


def test_prefixes_come_from_the_model_s_own_configuration(folder: Path) -> None:
    embedder = SentenceEmbedder(folder)
    assert not np.allclose(embedder.query("chưa biết"), embedder.passages(["chưa biết"])[0])


def test_unknown_words_are_no_evidence(folder: Path, tmp_path: Path) -> None:
    import json
    import shutil

    bare = shutil.copytree(folder, tmp_path / "bare")
    settings = bare / "config_sentence_transformers.json"
    kept: dict[str, Any] = json.loads(settings.read_text()) | {"prompts": {}}
    settings.write_text(json.dumps(kept))
    embedder = SentenceEmbedder(bare)
    assert not embedder.query("chưa biết").any()
    assert not embedder.passages([""]).any()
    assert embedder.name != SentenceEmbedder(folder).name


def test_a_folder_that_does_not_load_is_told_and_never_ready(folder: Path, tmp_path: Path) -> None:
    import shutil

    broken = shutil.copytree(folder, tmp_path / "broken")
    for weights in broken.rglob("*.safetensors"):
        weights.write_bytes(b"hong")
    embedder = SentenceEmbedder(broken)
    with pytest.raises(RuntimeError):
        embedder.query("hồ sơ")
    assert not embedder.ready()
    assert embedder.problem


def test_a_wrong_setting_is_fatal(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="HOCVU_EMBEDDER"):
        open_embedder(str(tmp_path / "khong-co"))


def test_a_folder_is_opened(folder: Path) -> None:
    opened = open_embedder(str(folder))
    assert opened is not None
    assert opened.name.startswith("tiny-")


def test_words_have_a_row_each_or_none_has(embedder: Embedder) -> None:
    rows = embedder.words(KNOWN[2])
    assert len(rows) in (0, 4)
    assert len(embedder.words("")) == 0


def test_the_words_of_the_table_add_up_to_the_text() -> None:
    embedder = StaticEmbedder(HOME / "models" / "embedder")
    whole = embedder.words(KNOWN[2]).sum(axis=0)
    assert np.allclose(whole / np.linalg.norm(whole), embedder.query(KNOWN[2]), atol=1e-5)


def test_a_question_is_met_by_the_nearest_word_each() -> None:
    asked = np.array([[3.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    assert met(asked, np.array([[2.0, 0.0]], dtype=np.float32)) == 0.75
    assert met(asked, asked[::-1]) == 1.0
    assert met(asked, asked, asked[:1]) == 1.0  # of the second word alone
    assert met(asked, asked[:1], asked[:1]) == 0.0
    assert met(asked, np.zeros((1, 2), dtype=np.float32)) == 0.0
    assert met(asked, np.zeros((0, 0), dtype=np.float32)) == 0.0
