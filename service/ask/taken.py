"""An answer taken away: copied, or as .docx; both say in words what the page draws."""

from __future__ import annotations

import re
from io import BytesIO

from service import docx_footnotes, docx_writer
from service.ask import get
from service.ask.filters import in_words
from service.ask.quotation import Quotes, lines, quotes
from service.ask.refusal import NOT_THERE
from service.ask.tracing import LABEL, footnotes, labelled, sources, traced
from service.kit import Kit
from service.records import Question, User
from service.text import fold


def as_text(question: Question, said: Quotes = ()) -> str:
    """The answer to be copied, below what the documents say; and the list that all its numbers point into."""
    text = _worded(question)
    listed = sources(text, question.passages, [passage.number for passage, _ in said])
    return "\n".join([*lines(said), text, "", *listed, *in_words(question), "", f"({LABEL})"])


def export(kit: Kit, user: User, question_id: int) -> tuple[BytesIO, str]:
    """The question, what the documents say and the answer as .docx, each number a footnote that quotes the passage; and
    a file name. Raises ``NotFound``."""
    question = get(kit, user, question_id)
    body = [*lines(quotes(kit, question)), *_worded(question).split("\n"), *in_words(question)]
    sheet = docx_writer.write_sheet(question.text, body, label=LABEL)
    name = re.sub(r"[^a-z0-9]+", "-", fold(question.text)).strip("-")[:60] or "cau-hoi"
    return BytesIO(docx_footnotes.add(sheet, footnotes(question.passages))), f"{name}.docx"


def _worded(question: Question) -> str:
    """The answer ``labelled``, and a refusal in the model's own words below ``NOT_THERE``."""
    text = labelled(traced(question.answer, question.support))
    return text if question.answerable or text == NOT_THERE else f"{NOT_THERE}\n{text}"
