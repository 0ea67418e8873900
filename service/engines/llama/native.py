"""llama.cpp as this process sees it: imported on first use, once, and silent on stderr."""

from __future__ import annotations

import ctypes
import logging
from collections import deque
from functools import cache
from types import ModuleType
from typing import Any

log = logging.getLogger(__name__)

_ERROR = 4  # ggml_log_level
_errors: deque[str] = deque(maxlen=4)
_receiver: list[Any] = []  # llama.cpp keeps a bare pointer to the callback, so somebody must keep the callback


@cache
def llama() -> ModuleType:
    """The low-level module ``llama_cpp``, ready to use. What it would print goes to ``logging`` at level DEBUG."""
    import llama_cpp

    @llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]  # the library tells no type
    def receive(level: int, text: bytes, _: ctypes.c_void_p) -> None:
        line = text.decode("utf-8", "replace").rstrip()
        if level == _ERROR:
            _errors.append(line)
        if line:
            log.debug("%s", line)

    _receiver.append(receive)
    llama_cpp.llama_log_set(receive, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


def last_errors() -> str:
    """The latest lines that llama.cpp called errors, for the log."""
    return "; ".join(_errors)
