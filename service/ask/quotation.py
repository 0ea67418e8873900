"""What the documents themselves say to a question, word for word; it stands above what the model makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.answerability.words import ASKING
from service.kit import Kit
from service.quoting import quoted, read
from service.records import Passage, Question
from service.text import content_words

Quotes = Sequence[tuple[Passage, str]]
"""Sentences of the documents, word for word, each with its passage; rows of a table with the names of its columns."""

_OWN_MARK = re.compile(r"(?<=\[)(?=\d)")
_NO_BREAK = "\u2060"


def quotes(kit: Kit, question: Question) -> Quotes:
    """What its passages say, the best first (``quoting``); nothing where they do not answer."""
    return _quoted(kit, question) if question.answerable else ()


def nearest(kit: Kit, question: Question) -> Quotes:
    """The sentence that comes nearest to a question which is taken to have no answer, where it has two of its words: a
    rule may be wrong, and whoever reads it sees."""
    if question.answerable:
        return ()
    asked = {word for word in content_words(question.text) if word not in ASKING}
    found = _quoted(kit, question)[:1]
    return tuple(one for one in found if len(asked.intersection(content_words(one[1]))) >= 2)


def _quoted(kit: Kit, question: Question) -> Quotes:
    numbered = {passage.number: passage for passage in question.passages}
    asked = kit.index.uncalled(question.text, {one.document_id for one in question.passages})
    found = quoted(asked, question.passages, kit.embedder)
    return tuple((numbered[one.number], read(numbered[one.number], one)) for one in found)


def lines(said: Quotes) -> list[str]:
    """The sentences quoted, one a line, below their heading; numbers that a document itself writes in brackets are kept
    from being read as ours by a joiner that is not seen."""
    found = (f"“{_OWN_MARK.sub(_NO_BREAK, ' '.join(text.split()))}” [{passage.number}]" for passage, text in said)
    return ["Tài liệu nói (trích nguyên văn):", *found, ""] if said else []
