"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.records import Level

RULESET = "nd30-2020"
DECREE = "Nghị định 30/2020/NĐ-CP"


class Severity(StrEnum):
    """ERROR breaks an explicit rule, WARNING is a likely slip or a custom, INFO is for the person to decide."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def level(self) -> Level:
        """The level of a finding of this severity."""
        return _LEVELS[self]


_LEVELS = {
    Severity.ERROR: Level.ESSENTIAL,
    Severity.WARNING: Level.ACTIONABLE,
    Severity.INFO: Level.INFORMATIVE,
}


class Check(StrEnum):
    """What it takes to decide a rule: plain text, a laid-out file, one half of it each, or a person."""

    NOBODY = ""
    TEXT = "text"
    LAYOUT = "layout"
    BOTH = "text and layout"


@dataclass(frozen=True)
class Rule:
    """One rule. ``ask`` is a sentence that can be put into a prompt so that the next answer keeps the rule."""

    id: str
    severity: Severity
    source: str
    title: str
    why: str
    try_next: str
    ask: str = ""
    check: Check = Check.NOBODY
    title_en: str = ""
    why_en: str = ""
    try_next_en: str = ""

    @property
    def reason(self) -> str:
        """Why, with the place in the decree."""
        if not self.source:
            return f"{self.why} (Thông lệ soạn thảo.)"
        return f"{self.why} ({self.source}{'' if self.source.startswith('Luật') else f', {DECREE}'})"


def in_page(clause: str) -> str:
    """A clause of the part on the page."""
    return f"Phụ lục I, phần I, mục I, {clause}"


def in_main(clause: str) -> str:
    """A clause of the part on the main components."""
    return f"Phụ lục I, phần I, mục II, {clause}"


def in_other(clause: str) -> str:
    """A clause of the part on the other components."""
    return f"Phụ lục I, phần I, mục III, {clause}"


def in_capitals(section: str) -> str:
    """A section of the appendix on capital letters."""
    return f"Phụ lục II, {section}"
