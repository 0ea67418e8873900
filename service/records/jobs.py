"""Work for the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Job:
    id: int
    name: str
    args: Mapping[str, Any]
    tries: int
