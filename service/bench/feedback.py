"""How long the feedback on an answer of 400 syllables takes: every check of an exercise, names and register among them.

The answer is put together from the good answers in the box and changed a little in each round, so that nothing is
answered from a cache; the documents stay the same, as they do for a class. Processor time is measured: it is the same
when the machine is busy with other things.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median, quantiles
from time import process_time

import click

from service import checks, feedback, proof
from service.bench import Figure, json_option, show
from service.records import Assertion, Case
from service.settings import HOME
from service.text import count_syllables, syllables

AIM = 150.0
"""Milliseconds of the median."""
LENGTH = 400
EXERCISE = "tom-tat-bao-cao-cai-cach"


@click.command("feedback")
@click.option("--rounds", type=click.IntRange(3, 1000), default=30, show_default=True, help="Số vòng đo.")
@json_option
def command(rounds: int, as_json: bool) -> None:
    """Góp ý cho một kết quả dài 400 tiếng."""
    case, asked = longest_case()
    times = []
    for n in range(rounds + 1):
        seen = replace(case, answer=f"{case.answer}\\n{n + 1}. Vòng đo thứ {n + 1}.")
        started = process_time()
        checks.run(seen, asked)
        times.append((process_time() - started) * 1000)
    times = times[1:]  # the first one compiles the rules and reads the documents
    figures = [
        Figure(f"góp ý cho {count_syllables(case.answer or '')} tiếng, trung vị", median(times), "ms", AIM),
        Figure("góp ý, 19 trong 20 lần dưới", quantiles(times, n=20)[-1], "ms"),
        Figure("số phép kiểm", float(len(asked))),
    ]
    show("feedback", figures, as_json)


def longest_case() -> tuple[Case, tuple[Assertion, ...]]:
    """A case with an answer of 400 syllables on the longest document, and all the checks that may be asked of it."""
    [exercise] = proof.exercises_in(HOME / "prompts" / "exercises", [EXERCISE])
    texts = [one.output for made in proof.exercises_in(HOME / "prompts" / "exercises") for one in made.baselines]
    answer = "\\n".join(text for text in texts if "|" not in text)
    answer = answer[: syllables(answer)[LENGTH - 1].end]
    prompt = next(one.raw for one in exercise.prompts if one.label == "sample")
    asked = feedback.assertions_of(exercise)
    more = tuple(
        Assertion(name)
        for name in ("grounded-names", "cites-source", "no-invention")
        if name not in {item.type for item in asked}
    )
    form = Assertion("nd30-format", value="bao_cao")
    return proof.case_of(exercise, "", prompt=prompt, answer=answer), (*asked, *more, form)
