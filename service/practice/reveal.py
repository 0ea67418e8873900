"""What opens with one's own attempts: sample prompts and ready-made answers."""

from __future__ import annotations

from collections.abc import Sequence

from service import passing, repeats
from service.kit import Kit
from service.records import Attempt, AttemptState, Exercise


def made(past: Sequence[Attempt]) -> int:
    """Attempts that count: what broke off never does, and running a prompt again unchanged is no new attempt."""
    ended = (*repeats.ENDED, AttemptState.STOPPED)
    return len({repeats.key(one) for one in past if one.state in ended and not one.cleared})


def passed(kit: Kit, past: Sequence[Attempt], exercise: Exercise) -> set[str]:
    """The inputs on which some prompt passed."""
    return {one.input for one in passing.verdicts(kit, exercise, past) if one.passed}


def may_see(kit: Kit, reveal: str, exercise: Exercise, past: Sequence[Attempt]) -> bool:
    """Rules of ``StarterPrompt.reveal``; "solved" opens with a pass, or after two attempts, whichever comes first."""
    if reveal == "visible":
        return True
    if reveal == "solved":
        return made(past) >= 2 or bool(passed(kit, past, exercise))
    wanted = reveal.removeprefix("after:")
    return wanted.isdecimal() and made(past) >= int(wanted)
