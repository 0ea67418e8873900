"""An answer taken away: copied, or as .docx; both say in words what the page draws."""

from __future__ import annotations

from io import BytesIO

from service import docx_footnotes, docx_writer
from service.ask import get
from service.ask.filters import in_words
from service.ask.quotation import Quotes, lines, quotes
from service.ask.refusal import NOT_THERE, UNSURE
from service.ask.tracing import LABEL, footnotes, labelled, sources, traced
from service.kit import Kit
from service.records import Question, User
from service.text import slug


def as_text(question: Question, said: Quotes = ()) -> str:
    """The answer to be copied, below what the documents say; and the list that all its numbers point into."""
    body = _body(question, said)
    listed = sources("\n".join(body), question.passages)
    return "\n".join([*body, "", *listed, *in_words(question), *([] if question.unsure else ["", f"({LABEL})"])])


def export(kit: Kit, user: User, question_id: int) -> tuple[BytesIO, str]:
    """The question, what the documents say and the answer as .docx, each number a footnote that quotes the passage; and
    a file name. Raises ``NotFound``."""
    question = get(kit, user, question_id)
    body = [*_body(question, quotes(kit, question)), *in_words(question)]
    sheet = docx_writer.write_sheet(question.text, body, label="" if question.unsure else LABEL)
    name = slug(question.text, "cau-hoi")
    return BytesIO(docx_footnotes.add(sheet, footnotes(question.passages))), f"{name}.docx"


def _body(question: Question, said: Quotes) -> list[str]:
    """What the documents say; below it, under a heading of its own, the answer ``labelled``. A refusal in the model's
    own words stands below ``NOT_THERE``."""
    if question.unsure:
        return [*lines(said), UNSURE]
    text = labelled(traced(question.answer, question.support))
    refused = not question.answerable and text != NOT_THERE
    return [*lines(said), *["Máy viết:"] * bool(said), *[NOT_THERE] * refused, *text.split("\n")]
