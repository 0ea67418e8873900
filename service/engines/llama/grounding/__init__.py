"""Grounded decoding: keep a small model close to what it was given. Works with any model; see ``Options.grounded``.

Rules on the logits of the next token, each exact and each cheap (some ten microseconds):

* **Copy bonus.** Where the last words of the answer also stand in the prompt, what follows them there gets a little
  likelier, the more the longer the match is. Case and a space before the word do not matter for the match.
* **Name guard.** A capitalised word that the prompt does not know becomes less likely where no sentence begins.
* **Names in capitals.** Behind «XÃ», «PHƯỜNG» and the like stands a name that the prompt has; see :mod:`capitals`.
* **Digit guard.** A run of digits must be one that stands in the prompt, with or without leading zeros, and is not
  broken off half-way; behind «ngày» it must be a day there. Runs that are joined («20/12/2026», «3,5») must be joined
  so in the prompt, or stand there as a date or time in words. Numbers that only count are free: those that open a line,
  a list item or a table row, and those after «Điều», «khoản» and the like, up to 99.
* **Right passage.** Where the prompt has numbered passages («[2] …» at the head of a line), the number that an answer
  cites is not that of a passage which has much less in common with the sentence before it than another one, rare words
  counting more.
* **Repetition stop.** A stretch of words that has just been said twice, or one word three times, is not begun once more
  in any spelling; where the model would begin it, only a mark may follow. When the answer has all the same said a long
  stretch three times in a row, or a short one four times, it ends.
* **Items of a list.** None is said twice, and there are as many as the prompt asks for; see :mod:`items`.
* **Paragraph.** One ends before it gets longer than the prompt allows; see :mod:`paragraph`.
* **Columns.** Where the prompt names them, a table's head is these; see :mod:`columns`.
* **Rows.** Each speaks of one sentence of the prompt, and each of another one; see :mod:`rows`.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.engines.llama.grounding.capitals import NamesInCapitals
from service.engines.llama.grounding.columns import NamedColumns
from service.engines.llama.grounding.copying import BONUS, CopyBonus
from service.engines.llama.grounding.digits import DigitGuard, chains
from service.engines.llama.grounding.items import Items
from service.engines.llama.grounding.names import STRANGE, NameGuard
from service.engines.llama.grounding.paragraph import Paragraph
from service.engines.llama.grounding.passages import RightPassage
from service.engines.llama.grounding.repetition import PERIOD, REPEATED, Repetition
from service.engines.llama.grounding.rows import OneSentence
from service.engines.llama.grounding.words import RULED_OUT, Logits, Words

__all__ = ["BONUS", "PERIOD", "REPEATED", "STRANGE", "Grounding", "chains"]


class Grounding:
    """All the rules for one answer; a ``LogitsProcessor``.

    :param prompt: the tokens of the whole conversation, sources included.
    :param asked: the text of the last message, for what it says of number and length.
    :param bonus: strength of the copy bonus in logits; 0 switches it off.
    """

    def __init__(self, prompt: Sequence[int], vocabulary: Words, *, asked: str = "", bonus: float = BONUS) -> None:
        self._copy = CopyBonus(prompt, vocabulary, bonus)
        self._digits = DigitGuard(prompt, vocabulary)
        self._names = NameGuard(prompt, vocabulary)
        self._capitals = NamesInCapitals(prompt, vocabulary)
        self._passages = RightPassage(prompt, vocabulary)
        self._repetition = Repetition(vocabulary)
        self._items = Items(prompt, vocabulary, asked)
        self._rows = OneSentence(prompt, vocabulary)
        self._columns = NamedColumns(vocabulary, asked)
        self._paragraph = Paragraph(vocabulary, asked)
        self._end = vocabulary.end

    def apply(self, logits: Logits) -> None:
        if self._repetition.found:
            logits.fill(RULED_OUT)
            logits[self._end] = 0.0
            return
        self._repetition.apply(logits)
        self._copy.apply(logits)
        self._names.apply(logits)
        self._digits.apply(logits)
        self._passages.apply(logits)
        self._rows.apply(logits)
        self._items.apply(logits)
        self._capitals.apply(logits)
        self._columns.apply(logits)
        self._paragraph.apply(logits)

    def accept(self, token: int) -> None:
        self._copy.accept(token)
        self._names.accept(token)
        self._capitals.accept(token)
        self._digits.accept(token)
        self._passages.accept(token)
        self._repetition.accept(token)
        self._items.accept(token)
        self._rows.accept(token)
        self._columns.accept(token)
        self._paragraph.accept(token)
