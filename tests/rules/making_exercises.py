"""Small exercises for the rules of work by hand."""

from __future__ import annotations

from typing import Any

from service.records import Case, Exercise


def exercise(kind: str, **given: Any) -> Exercise:
    return Exercise(
        id="bai-thu",
        title="Bài thử",
        kind=kind,
        module=6,
        level=1,
        state="visible",
        version=1,
        hash="",
        duration_min=10,
        safety="hu_cau",
        situation="",
        task="",
        requirements_text="",
        **given,
    )


def case(made: Exercise, answer: str = "", given: str = "", **work: Any) -> Case:
    return Case(prompt="", answer=answer, exercise=made, input=given, work=work)
