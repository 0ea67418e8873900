"""Questions put to documents, composed one by one: the numbers point where they did, and what is kept out stays out."""

from __future__ import annotations

import re
import unicodedata

from training.tasks import NOT_THERE
from training.tasks.shelf import shelf, shelf_documents
from training.words import KEPT_OUT, Chance, reserved

_CITED = re.compile(r"\[(\d+)\]")


def test_every_document_is_asked_in_several_ways_and_lacks_something() -> None:
    for document in (*shelf_documents(), *shelf_documents(held=True)):
        told = "\n".join(document.passages)
        assert not [place for place in KEPT_OUT if place in told]
        assert unicodedata.is_normalized("NFC", told)
        assert any(question.answer == NOT_THERE for question in document.questions)
        for question in document.questions:
            assert len(set(question.asks)) > 1
            assert question.answer == NOT_THERE or question.cites
            assert question.cites <= set(range(1, len(document.passages) + 1))


def test_no_answer_opens_like_many_others() -> None:
    answers = [question.answer for document in shelf_documents() for question in document.questions]
    openings = [" ".join(answer.split()[:4]) for answer in answers if answer != NOT_THERE]
    assert max(map(openings.count, set(openings))) <= 0.02 * len(openings)


def test_a_tenth_of_the_documents_is_kept_out_of_training() -> None:
    train, held = shelf_documents(), shelf_documents(held=True)
    assert 0.04 < len(held) / len(train) < 0.18
    drawn = {text for seed in range(200) for text in shelf(Chance(seed)).passages}
    assert not any(reserved(document.passages[0]) and drawn & set(document.passages) for document in held)


def test_numbers_point_to_the_same_passages_wherever_these_stand() -> None:
    written = {
        _CITED.sub("[]", question.answer): (document, question)
        for document in shelf_documents()
        for question in document.questions
    }
    moved = 0
    for seed in range(150):
        sample = shelf(Chance(seed))
        for _, answer in ((sample.prompt, sample.answer), *sample.more):
            if answer == NOT_THERE:
                continue
            document, question = written[_CITED.sub("[]", answer)]
            old, new = _CITED.findall(question.answer), _CITED.findall(answer)
            assert [document.passages[int(n) - 1] for n in old] == [sample.passages[int(n) - 1] for n in new]
            moved += old != new
    assert moved > 50


def test_what_the_search_missed_is_not_in_the_document() -> None:
    """The same question has its answer with the passage and none without it."""
    asked = {
        ask: (document, question)
        for document in shelf_documents()
        for question in document.questions
        for ask in question.asks
        if question.cites
    }
    missed = told = 0
    for seed in range(400):
        sample = shelf(Chance(seed))
        for ask, answer in ((sample.prompt, sample.answer), *sample.more):
            if ask not in asked or not set(sample.passages) & set(asked[ask][0].passages):
                continue
            document, question = asked[ask]
            borne = {document.passages[number - 1] for number in question.cites} & set(sample.passages)
            assert bool(borne) == (answer != NOT_THERE)
            missed, told = missed + (answer == NOT_THERE), told + (answer != NOT_THERE)
    assert 10 < missed < told / 5
