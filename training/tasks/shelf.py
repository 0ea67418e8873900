"""Questions that people put to documents, composed one by one: in their own words, which are not those of the text.

Slots have names, and a question made of them has the name in it; so a model that has met no other kind takes every
question in other words for one that the documents do not answer. Here are invented documents, cut as the service cuts
them, each with questions whose words are an asker's, and with questions about the same matter that it does not answer.
A tenth of the documents is kept out of training.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from training.notes import bare
from training.tasks.sample import NOT_THERE, Sample
from training.wording import FOLDER
from training.words import Chance, reserved

FILE = FOLDER / "shelf.jsonl"
FEWEST, MOST = 2, 6
"""Questions of one conversation."""
MOST_OTHERS = 6
"""Passages of other documents that the search may have found as well."""
SEARCHED, TYPED_BARE, STRANGE, MISSED = 0.6, 0.2, 0.05, 0.12
"""How often passages come as from a search (some of the document, in any order, others among them), a question is typed
without diacritics, one about another document is put, and the search has missed what one asks for."""
_CITED = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Question:
    """A question in several wordings and the answer, with the numbers of the passages that bear it."""

    asks: tuple[str, ...]
    answer: str

    @property
    def cites(self) -> set[int]:
        """The passages that the answer rests on, from 1."""
        return {int(number) for number in _CITED.findall(self.answer)}


@dataclass(frozen=True)
class Document:
    """An invented document in passages, and what is asked about it."""

    passages: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def whole(self) -> str:
        """Its passages and all that is asked about it."""
        return "\n".join((*self.passages, *(ask for question in self.questions for ask in question.asks)))


@cache
def shelf_documents(*, held: bool = False) -> tuple[Document, ...]:
    """The documents of the file: those of the training, or the tenth that is kept out."""
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    found = (
        Document(
            tuple(line["passages"]),
            tuple(Question(tuple(one["asks"]), one["answer"]) for one in line["questions"]),
        )
        for line in lines
    )
    return tuple(one for one in found if reserved(one.passages[0]) == held)


def _found(chance: Chance, document: Document, questions: list[Question], missed: set[int]) -> list[tuple[int, str]]:
    """The passages as a search finds them, each with its number in the document (0: of another one): all that the
    answers rest on, and some that they do not, but none that it missed."""
    needed = set().union(*(question.cites for question in questions)) - missed
    own = [
        (number, text)
        for number, text in enumerate(document.passages, 1)
        if number in needed or (number not in missed and chance.odds(0.5))
    ]
    others = [
        (0, chance.of(other.passages))
        for other in chance.random.sample(shelf_documents(held=chance.held), chance.number(0, MOST_OTHERS))
        if other is not document
    ]
    found = [*own, *others]
    chance.random.shuffle(found)
    return found


def _missed(chance: Chance, questions: list[Question]) -> set[int]:
    """The passages that one of the questions rests on and no other does, which the search has not found; empty where there
    is no such question: half an answer is none to learn from."""
    alone = [
        question.cites
        for question in questions
        if question.cites and all(other is question or question.cites.isdisjoint(other.cites) for other in questions)
    ]
    return chance.random.choice(alone) if alone else set()


def shelf(chance: Chance) -> Sample:
    """A document, or what was found of it, and several questions in turn."""
    documents = shelf_documents(held=chance.held)
    document = chance.random.choice(documents)
    count = min(len(document.questions), chance.number(FEWEST, MOST))
    questions = chance.random.sample(document.questions, count)
    missed = _missed(chance, questions) if chance.odds(MISSED) else set()
    found = _found(chance, document, questions, missed) if missed or chance.odds(SEARCHED) else []
    found = found or list(enumerate(document.passages, 1))
    number = {old: new for new, (old, _) in enumerate(found, 1) if old}
    turns = []
    for question in questions:
        ask = chance.of(question.asks)
        there = question.cites <= number.keys()
        answer = _CITED.sub(lambda mark: f"[{number[int(mark[1])]}]", question.answer) if there else NOT_THERE
        turns.append((bare(ask) if chance.odds(TYPED_BARE) else ask, answer))
    if chance.odds(STRANGE):
        other = chance.random.choice(documents)
        shown = {text for _, text in found}
        if other is not document and shown.isdisjoint(other.passages):
            turns.append((chance.of(chance.random.choice(other.questions).asks), NOT_THERE))
    (prompt, answer), *more = turns
    return Sample("cited", "ask", tuple(text for _, text in found), prompt, answer, more=tuple(more))
