"""Language models behind one protocol (``base.py``): in this process, on a server, or scripted for tests."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from service.engines.base import ENGINES, Engine
from service.errors import SettingError

__all__ = ["open_engine"]


def open_engine(name: str, **options: Any) -> Engine:
    """Open the engine ``name`` of ``ENGINES``; ``options`` are those of its class.

    Only the module asked for is imported, and only now. Raises ``SettingError`` for an unknown name.
    """
    if name not in ENGINES:
        raise SettingError(key="ENGINE", seen=name, allowed=f"chọn một trong: {', '.join(sorted(ENGINES))}")
    module, _, class_name = ENGINES[name].partition(":")
    engine: Engine = getattr(import_module(module), class_name)(**options)
    return engine
