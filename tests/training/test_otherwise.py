"""Questions in other words, and requests typed in a hurry."""

from __future__ import annotations

import pytest

from training import packing, wording
from training.notes import bare
from training.tasks import make
from training.tasks.hurried import SHORT, hurried, in_a_hurry
from training.tasks.otherwise import otherwise, said_otherwise
from training.tasks.sample import Sample
from training.words import Chance


def test_a_question_is_asked_in_other_words() -> None:
    asked = {said_otherwise(Chance(seed), "Khi nào tiêm phòng, tốn bao nhiêu?") for seed in range(60)}
    assert len(asked) > 8
    assert any("chích ngừa" in one for one in asked)
    assert any(one.startswith(("Bao giờ", "Hôm nào", "Lúc nào")) for one in asked)


def test_a_question_without_marks_stays_without() -> None:
    asked = {said_otherwise(Chance(seed), "khi nao tiem phong cho tre em") for seed in range(60)}
    assert len(asked) > 5
    assert all(one == bare(one) for one in asked)


def test_only_questions_to_shared_material_change() -> None:
    question = "Khi nào tiêm phòng cho trẻ em?"
    asked = Sample(
        "cited", "ask", ("Tiêm phòng ngày 5/6.",), question, "Ngày 5/6 [1].", more=((question, "Ngày 5/6 [1]."),)
    )
    changed = next(one for seed in range(20) if (one := otherwise(Chance(seed), asked)) != asked)
    assert (changed.passages, changed.answer) == (asked.passages, asked.answer)
    inline = Sample("draft", "draft", (), "Thông báo khi nào tiêm phòng trẻ em.", "THÔNG BÁO")
    assert all(otherwise(Chance(seed), inline) == inline for seed in range(20))


def test_no_single_syllable_is_exchanged() -> None:
    """«đưa» may hand in a paper or take a child to school."""
    assert all(said_otherwise(Chance(seed), "Ai đưa cháu đi?") == "Ai đưa cháu đi?" for seed in range(40))


def test_the_list_of_synonyms_is_in_order() -> None:
    groups = wording.synonyms()
    assert len(groups) > 300
    assert all(len(set(group)) == len(group) >= 2 for group in groups)
    assert all(phrase == phrase.strip() and phrase for group in groups for phrase in group)


def test_what_the_answer_copies_is_typed_as_it_was() -> None:
    ask, answer = (
        "Soạn giúp thông báo cúp nước thôn Hạ Lôi để súc bể, không được dài.",
        "Cúp nước thôn Hạ Lôi để súc bể.",
    )
    typed = {hurried(Chance(seed), ask, answer) for seed in range(60)}
    assert len(typed) > 30
    assert all("nước thôn Hạ Lôi để súc bể" in one for one in typed)
    assert any("ko" in one.split() for one in typed)
    assert any("TB" in one for one in typed)


@pytest.mark.parametrize("text", ["", "5/6/2026", "A", "UBND xã Ea Pil"])
def test_there_may_be_nothing_to_change(text: str) -> None:
    assert hurried(Chance(1), text, text) == text


def test_short_forms_are_others_than_the_words() -> None:
    assert all(short and short != phrase for phrase, forms in SHORT.items() for short in forms.split("|"))


def test_what_is_learnt_from_is_asked_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer of a packed row is that of the sample, its question is not."""
    asked = Sample("cited", "ask", ("Tiêm phòng ngày 5/6.",), "Khi nào tiêm phòng cho trẻ em?", "Ngày 5/6 [1].")
    learnt: list[Sample] = []

    def seen(sample: Sample, *_: object) -> packing.Row:
        learnt.append(sample)
        return [], []

    monkeypatch.setattr(packing, "make", lambda *_: asked)
    monkeypatch.setattr(packing, "encoded", seen)
    monkeypatch.setattr(packing, "UNFAMILIAR", 0.0)
    for seed in range(60):
        packing._invented(Chance(seed), None, 0.0)  # type: ignore[arg-type]  # nothing is encoded
    assert len({one.prompt for one in learnt}) > 10
    assert {(one.passages, one.answer) for one in learnt} == {(asked.passages, asked.answer)}


def test_samples_keep_their_answers_and_material() -> None:
    for seed in range(150):
        before = make(Chance(seed))
        for after in (in_a_hurry(Chance(seed), before), otherwise(Chance(seed), before)):
            assert (after.passages, after.answer, after.task) == (before.passages, before.answer, before.task)
            assert [answer for _, answer in after.more] == [answer for _, answer in before.more]
