"""Kept beginnings on disk, so that a restart is warm: a file each, in llama.cpp's own form.

A file is good for the very model and llama.cpp that wrote it, so it lies in a folder named after both. It is written
beside its place and renamed to its own SHA-256, which is checked before llama.cpp sees it: that would end the process
over a damaged one.
"""

from __future__ import annotations

import hashlib
import logging
import os
import struct
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

log = logging.getLogger(__name__)

MOST_BYTES = 2**30
"""All files together; beyond that the ones used longest ago are deleted."""
_HEADER = struct.Struct("=4sII")  # magic, version, number of tokens; then the tokens, each an int32
_MAGIC = b"qsgg"  # "ggsq", LLAMA_STATE_SEQ_MAGIC, as it lies in a file
_ENDS = 2**20  # bytes at either end of a model's file that tell it from others


class States(Protocol):
    """What is needed of the model."""

    def save(self, sequence: int, tokens: Sequence[int], path: Path) -> bool: ...

    def load(self, sequence: int, tokens: Sequence[int], path: Path) -> bool: ...


class SavedPrefixes:
    """The files of one model in ``folder``; lives on the loop's thread. Without a folder nothing is saved.

    A disk that is full or read-only costs the saving and nothing else.
    """

    def __init__(self, folder: Path | None, model: Path, states: States) -> None:
        self._states = states
        self._root = folder
        self._files: dict[tuple[int, ...], Path] = {}
        self.loads = 0
        if folder is None:
            return
        try:
            self._folder = folder / _fingerprint(model)
            for path in self._folder.glob("*.kv"):
                if tokens := _tokens(path):
                    self._files[tokens] = path
                else:
                    path.unlink()
        except OSError as error:
            log.warning("kept beginnings cannot be read: %s", error)
            self._root = None

    def longest(self, prompt: Sequence[int], beyond: int) -> tuple[int, ...] | None:
        """The longest saved beginning of a prompt that is shorter than it and longer than ``beyond`` tokens."""
        fitting = (
            tokens
            for tokens in self._files
            if beyond < len(tokens) < len(prompt) and prompt[: len(tokens)] == [*tokens]
        )
        return max(fitting, key=len, default=None)

    def load(self, tokens: tuple[int, ...], sequence: int) -> bool:
        """Fill an empty sequence; a file that is not what it says is deleted."""
        path = self._files[tokens]
        try:
            if _sha256(path) == path.stem and self._states.load(sequence, tokens, path):
                os.utime(path)
                self.loads += 1
                return True
            log.warning("%s does not hold what it says; deleted", path.name)
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("a kept beginning cannot be loaded: %s", error)
        del self._files[tokens]
        return False

    def save(self, tokens: Sequence[int], sequence: int) -> bool:
        """Save what a sequence holds, unless that is done; True when something was written."""
        kept = tuple(tokens)
        if self._root is None or kept in self._files:
            return False
        part = self._folder / "new.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not self._states.save(sequence, tokens, part):
                raise OSError("llama.cpp could not write it")
            path = self._folder / f"{_sha256(part)}.kv"
            part.replace(path)
            self._files[kept] = path
            self._prune()
        except OSError as error:
            log.warning("beginnings are not saved any more: %s", error)
            self._root = None
            with suppress(OSError):
                part.unlink()
        return True

    def _prune(self) -> None:
        assert self._root is not None  # noqa: S101 - only called after a file was written there
        files = sorted(self._root.glob("*/*.kv"), key=lambda path: path.stat().st_mtime, reverse=True)
        total = 0
        for path in files:
            total += path.stat().st_size
            if total > MOST_BYTES:
                path.unlink(missing_ok=True)
                self._files = {tokens: kept for tokens, kept in self._files.items() if kept != path}


def _fingerprint(model: Path) -> str:
    """Tells a model's file and the llama.cpp that reads it from all others, without reading gigabytes."""
    size = model.stat().st_size
    digest = hashlib.sha256(f"{version('llama-cpp-python')} {size}".encode())
    with model.open("rb") as file:
        digest.update(file.read(_ENDS))
        file.seek(max(0, size - _ENDS))
        digest.update(file.read(_ENDS))
    return digest.hexdigest()[:16]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tokens(path: Path) -> tuple[int, ...] | None:
    """The tokens a file says it holds; None when it is no such file."""
    with path.open("rb") as file:
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size:
            return None
        magic, _, count = _HEADER.unpack(head)
        if magic != _MAGIC or count > path.stat().st_size // 4:
            return None
        tokens = file.read(4 * count)
    return struct.unpack(f"={count}i", tokens) if len(tokens) == 4 * count else None
