"""The system text that stands before a person's prompt, one file for each kind of task."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.errors import InvalidExercise
from service.prompts.exercises import KINDS
from service.prompts.lines import Fields, Problem, compose, first_of, naming, split_front
from service.text import nfc

_VARIABLE = re.compile(r"\{\{([a-z_]+)\}\}")
_SECTION = re.compile(r"\{\{#([a-z_]+)\}\}\n?(.*?)\{\{/\1\}\}\n?", re.DOTALL)


STEPS = ("summarise_part", "summarise_merge", "opinion", "opinion_criterion")
"""Frames of the program's own wishes, where no person writes the prompt: steps of a long summary, a second opinion."""


@dataclass(frozen=True)
class Frame:
    """The system text for one kind of task.

    ``{{name}}`` is a variable; what stands between ``{{#name}}`` and ``{{/name}}`` falls away when it is empty.
    """

    id: str
    kind: str
    used_for: str
    variables: tuple[str, ...]
    text: str


def load_frames(folder: Path) -> Mapping[str, Frame]:
    """The system frames by kind of task; "default" serves the others. Raises InvalidExercise, naming the file."""
    frames: dict[str, Frame] = {}
    for path in sorted(folder.glob("*.md")):
        with naming(path):
            frame = _frame(path)
            if frame.kind in frames:
                raise InvalidExercise(line=1, problem=f"Loại việc “{frame.kind}” đã có khung khác.")
            frames[frame.kind] = frame
    if "default" not in frames:
        raise InvalidExercise(line=1, problem=f"Thư mục {folder.name} thiếu khung “default”.")
    return frames


def fill(frame: Frame, **variables: str) -> str:
    """The frame's text with its variables filled in; values are never read as templates.

    Raises TypeError, as a wrong call does, when a variable is missing or unknown.
    """
    if missing := set(frame.variables) - variables.keys():
        raise TypeError(f"frame {frame.id} needs {sorted(missing)}")
    if unknown := variables.keys() - set(frame.variables):
        raise TypeError(f"frame {frame.id} knows nothing of {sorted(unknown)}")
    kept = _SECTION.sub(lambda match: match[2] if variables[match[1]] else "", frame.text)
    return _VARIABLE.sub(lambda match: variables[match[1]], kept).strip()


def _frame(path: Path) -> Frame:
    text = path.read_text(encoding="utf-8")
    opening, front, rest = split_front(text)
    problems: list[Problem] = []
    top = Fields(compose(front, 1 + opening.count("\n")), problems)
    body = nfc(rest.partition("\n")[2]).strip()
    frame = Frame(
        id=top.text("id", required=True),
        kind=top.text("kind", required=True, choices=(*KINDS, "default", *STEPS)),
        used_for=top.text("used_for", required=True),
        variables=top.texts("variables"),
        text=body,
    )
    top.close()
    used = {*_VARIABLE.findall(body), *(name for name, _ in _SECTION.findall(body))}
    if frame.id != path.stem:
        top.wrong("id", f"Mục “id” là “{frame.id}”, khác tên tệp “{path.stem}”.")
    if used != set(frame.variables):
        top.wrong("variables", f"Khung dùng các biến {sorted(used)}, khác với mục “variables”.")
    first_of(problems)
    return frame
