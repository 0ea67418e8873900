"""The models that are installed: GGUF files in the data folder and the one in the box.

One of them serves everybody (``kit.find_model``). Another may be opened beside it for a while, when the memory that is
free now holds it; it is closed afterwards, and the one that serves never leaves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.engines import open_engine
from service.engines.base import Engine
from service.errors import BadInput, NotFound
from service.kit import Kit, bundled, find_model
from service.records import InstalledModel
from service.settings import HOME

ROOM = 600_000_000
"""Bytes that a model needs beside its weights: the cache of a few answers and what llama.cpp computes in."""
MEMORY = Path("/proc/meminfo")


def installed(kit: Kit) -> tuple[InstalledModel, ...]:
    """What can be run, the one that serves first. Only that one where a server holds the models."""
    if kit.settings.engine != "llama":
        return (InstalledModel("", kit.engine.state().model, "", 0, serving=True),)
    serving, box = find_model(kit.settings), bundled()
    paths = [serving, *sorted(kit.settings.models.glob("*.gguf")), HOME / "models" / box["file"]]
    found = dict[str, InstalledModel]()
    for path in paths:
        if path is not None and path.is_file():
            name = box["name"] if path == HOME / "models" / box["file"] else path.stem
            one = InstalledModel(path.name, name, str(path), path.stat().st_size, serving=path == serving)
            found.setdefault(path.name, one)
    return tuple(found.values())


def get(kit: Kit, model_id: str) -> InstalledModel:
    """One of them by its file name, empty for the one that serves."""
    found = installed(kit)
    one = next((one for one in found if one.id == model_id or (one.serving and not model_id)), None)
    if one is None:
        raise NotFound("Mô hình đã chọn không còn trong máy. Anh/chị chọn mô hình khác.")
    return one


def must_fit(model: InstalledModel) -> None:
    """Raises BadInput when the memory that is free now does not hold the model beside the one that serves."""
    free = free_memory()
    if not model.serving and free is not None and model.size + ROOM > free:
        raise BadInput(
            "Mô hình %(name)s cần khoảng %(need)s MB bộ nhớ, máy còn %(free)s MB. Anh/chị chọn mô hình nhỏ hơn.",
            name=model.name,
            need=(model.size + ROOM) // 10**6,
            free=free // 10**6,
        )


@contextmanager
def opened(kit: Kit, model_id: str, seats: int) -> Iterator[Engine]:
    """The engine of a model: the one that serves, or another that is loaded for as long as it is held."""
    model = get(kit, model_id)
    if model.serving:
        yield kit.engine
        return
    must_fit(model)
    path = Path(model.path)
    engine = open_engine(
        "llama",
        model_path=path,
        label=model.name,
        small=path.parent == HOME / "models" and bundled()["small"],
        threads=_spare_threads(),
        seats=seats,
        shelf=1,
        context=kit.settings.context or None,
    )
    try:
        yield engine
    finally:
        engine.close()


def free_memory() -> int | None:
    """Bytes that can be used without swapping, None where the system does not tell."""
    try:
        lines = MEMORY.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    kilobytes = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), None)
    return None if kilobytes is None else int(kilobytes) * 1024


def _spare_threads() -> int:
    """Half of the cores: whoever waits for an answer of the other model comes first."""
    return max(1, (os.cpu_count() or 1) // 2)
