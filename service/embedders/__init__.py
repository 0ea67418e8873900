"""Embedding models behind one protocol (``base.py``): ``static``, ``sentence``, and ``hashing`` for tests; ``likeness``
compares by them."""

from __future__ import annotations

from pathlib import Path

from service.embedders.base import Embedder
from service.errors import SettingError

__all__ = ["open_embedder"]

BUNDLED = Path(__file__).resolve().parents[2] / "models" / "embedder"
"""The model in the box, when there is one."""


def open_embedder(setting: str) -> Embedder | None:
    """The model in the folder ``setting``, else the one in the box, else None: search goes by words alone.

    Raises ``SettingError`` when the folder that was asked for holds no model.
    """
    folder = Path(setting).expanduser().resolve() if setting else BUNDLED
    if not (folder / "modules.json").is_file():
        if setting:
            raise SettingError(
                key="HOCVU_EMBEDDER", seen=setting, allowed="thư mục của một mô hình sentence-transformers"
            )
        return None
    from service.embedders.static import StaticEmbedder, is_static

    if is_static(folder):
        return StaticEmbedder(folder)
    from service.embedders.sentence import SentenceEmbedder

    return SentenceEmbedder(folder)
