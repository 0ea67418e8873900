"""The generator of invented documents: right by its own judge, varied, and blind to what is kept for the evaluation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from service.engines.llama.chat_template import ChatTemplate
from service.engines.llama.placeholders import ALL, Placeholders, Shown
from service.nd30.kinds import KINDS
from service.prompts import fill, load_frames
from service.records import Message
from service.settings import HOME
from training import wording
from training.evaluation.briefs import SEED, SHARES, frame_of, reserved_briefs
from training.evaluation.judging import Judged, judge
from training.frames import END, FOLDER, TEMPLATE, chat, system_text
from training.kinds import MISSING, WRITERS, Brief, brief, written
from training.notes import notes
from training.packing import hidden
from training.slots import SLOTS
from training.tasks import TASKS, Sample, make
from training.tasks.handwritten import handwritten
from training.tasks.questions import law
from training.tasks.shelf import shelf
from training.words import KEPT_OUT, Chance, reserved

SEEDS = st.integers(0, SEED - 1)
QUOTING = (law, handwritten, shelf)
"""Tasks whose answers are in words that no program chose."""
NAMES = [write.__name__ for write, _ in TASKS]


def judged(sample: Sample, answer: str) -> Judged:
    document = sample.document if sample.task == "draft" else None
    return judge(
        answer,
        source="\n".join(sample.passages),
        prompt=sample.prompt,
        expected=sample.expected,
        wants=sample.wants,
        kind=document.kind.id if document else "",
        frame=frame_of(document) if document else None,
    )


@pytest.mark.parametrize("task", NAMES)
@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_the_right_answer_is_right(task: str, seed: int) -> None:
    sample = make(Chance(seed), task)
    found = judged(sample, sample.answer)
    assert found.lost == ()
    assert found.obeyed is not False
    assert found.format is not False
    assert found.refused is not False
    assert found.cited is None or found.cited[0] == found.cited[1]
    assert not found.looped


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_a_wrong_answer_is_found_out(seed: int) -> None:
    sample = make(Chance(seed), "draft")
    found = judged(sample, "Kính gửi 999888 đồng chí Zơng Thị Qừm.")
    assert found.arrived == 0 or not sample.expected
    assert found.invented
    assert found.format is False


def test_every_kind_of_the_decree_is_written() -> None:
    found = {writer(Chance(seed)).kind.id for writer, _ in WRITERS for seed in range(12)}
    assert found == {kind.id for kind in KINDS}


@pytest.mark.parametrize("writer", [writer for writer, _ in WRITERS], ids=lambda writer: writer.__name__)
def test_one_brief_is_worded_in_many_ways(writer: Callable[[Chance], Brief]) -> None:
    document = writer(Chance(1))
    texts = {notes(Chance(seed), document.facts) for seed in range(60)}
    assert len(texts) >= 50
    assert len({text[:12] for text in texts}) >= 30


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_what_was_not_given_is_left_open(seed: int) -> None:
    document = brief(Chance(seed))
    empty = written(document, document.paper({}))
    assert MISSING in empty
    assert not [value for value in document.values.values() if len(value) > 12 and value in empty]


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_training_and_evaluation_share_no_name(seed: int) -> None:
    known, held = Chance(seed), Chance(seed, held=True)
    assert not any(reserved(word) for word in (known.person(), known.place(), known.topic()))
    assert all(reserved(word) for word in (held.person(), held.place(), held.topic()))


def test_the_samples_and_exercises_of_the_service_are_never_drawn() -> None:
    samples = [make(Chance(seed)) for seed in range(300)]
    text = "\n".join(f"{one.system}\n{one.prompt}\n{one.answer}" for one in samples)
    assert not [place for place in KEPT_OUT if place in text]
    assert "Nguyễn Văn Mẫu" not in text


def test_reserved_briefs_are_the_same_every_time() -> None:
    assert [one.prompt for one in reserved_briefs(20)] == [one.prompt for one in reserved_briefs(20)]
    assert {one.task for one in reserved_briefs(40)} == set(SHARES)


@pytest.mark.parametrize("kind", ["default", "draft", "summarise", "ask", "improve_prompt"])
def test_the_model_learns_the_very_frames_of_the_service(kind: str) -> None:
    assert FOLDER == HOME / "prompts" / "system"
    ours = fill(load_frames(FOLDER)[kind], material="[1] Một.\n[2] Hai.")
    assert system_text(kind, ("Một.", "Hai.")) == ours
    assert system_text(kind, ()) == fill(load_frames(FOLDER)[kind], material="")


def test_the_template_in_the_file_writes_what_training_reads() -> None:
    template = ChatTemplate(TEMPLATE, bos="", eos="<|end|>")
    assert template.render([Message("system", "Một."), Message("user", "Hai?")]) == chat("Một.", "Hai?")


def hidden_and_shown(sample: Sample) -> tuple[Placeholders, str, str]:
    told = Placeholders()
    for prompt in (sample.system, sample.prompt, *(prompt for prompt, _ in sample.more)):
        told.hide(prompt)
    answer = next(text for text, is_answer in hidden(sample) if is_answer)
    shown = Shown(told.texts)
    return told, answer, shown.feed(answer) + shown.end()


@given(SEEDS, st.sampled_from([write.__name__ for write, _ in TASKS if write not in QUOTING]))
@settings(max_examples=60, deadline=None)
def test_answers_come_back_from_behind_their_placeholders(seed: int, task: str) -> None:
    sample = make(Chance(seed), task)
    assert hidden_and_shown(sample)[2] == sample.answer + END


@given(SEEDS, st.sampled_from([write.__name__ for write in QUOTING]))
@settings(max_examples=40, deadline=None)
def test_what_others_wrote_comes_back_with_the_same_names_and_figures(seed: int, task: str) -> None:
    """People write «16 và 17 tháng 12», «9 giờ 00», «15/9/2026», laws «04 giờ»; the program has one way for each."""
    told, answer, shown = hidden_and_shown(make(Chance(seed), task))
    assert not set(shown) & set(ALL)
    again = told.hide_answer(shown)
    assert [sign for sign in again if sign in ALL] == [sign for sign in answer if sign in ALL]


def test_every_wording_fits_its_facts() -> None:
    for slot in SLOTS.values():
        assert all(text.count("{v}") == 1 and text.format(v="…") for text in wording.says(slot))
        assert len(set(wording.labels(slot))) == len(wording.labels(slot)) > 9
        assert len(set(wording.asks(slot))) == len(wording.asks(slot)) > 11
    for keys, pattern in wording.woven():
        assert set(keys) <= set(SLOTS)
        assert all(f"{{{key}}}" in pattern for key in keys)
        assert pattern.format(**dict.fromkeys(keys, "…")).count("…") == len(keys)
    assert all(text.count("{work}") == 1 for text in wording.requests())
