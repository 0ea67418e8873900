"""Where in a long list a page begins."""

from __future__ import annotations

import re
from collections.abc import Mapping


def start(asked: Mapping[str, str]) -> int:
    """So many rows are left out, by the address or form; 0 for anything that is no number."""
    told = asked.get("start", "")
    return int(told) if re.fullmatch("[0-9]{1,9}", told) else 0
