"""Citations: the marks "[2]" in an answer, and whether the passages they name bear the sentence out.

Passages are numbered before the model writes; so a mark that names no passage is the model's invention. A mark holds
when sentence and passage share words in a row or a quantity; more than this a rule cannot say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.checks.figures.bearing import bears, year_of
from service.checks.figures.stated import stated
from service.quantities import quantities
from service.records import Assertion, Case, CheckResult, Finding, Level, Passage, Span
from service.text import MARK, content_words, mark_numbers, sentences

TELLING = 0.6
"""The share of words that makes a cell one of those a sentence was taken from."""
RUN = 4
"""So many shared pairs of neighbours make it one, too."""

_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_MARK = re.compile(MARK)
_SPACED_MARK = re.compile(rf"[ \u00a0]*{MARK}")


@dataclass(frozen=True)
class Citation:
    """One mark and the numbers of passages it names; "[1-3]" names three."""

    numbers: tuple[int, ...]
    start: int
    end: int


def citations(answer: str) -> tuple[Citation, ...]:
    """The citation marks of an answer in order."""
    return tuple(Citation(mark_numbers(match[0]), *match.span()) for match in _MARK.finditer(answer))


def without_citations(text: str) -> str:
    """The text as it may stand in an official document: the marks, and the blank before each, taken out."""
    return _SPACED_MARK.sub("", text)


class KnownMarks:
    """Lets an answer through while it streams, and drops every number that names no passage of 1 to ``last``.

    A range is written out: «[1–3]» leaves as «[1, 2, 3]». What may still become a mark is held back for the next
    piece; a mark of which nothing is left goes with the blank before it. ``dropped`` are the numbers that were taken
    out, in order.
    """

    def __init__(self, last: int) -> None:
        self._last = last
        self._held = ""
        self.dropped: list[int] = []

    def feed(self, piece: str) -> str:
        """The text that may be shown by now."""
        text = self._held + piece
        tail = _OPEN_MARK.search(text)
        cut = tail.start() if tail else len(text)
        self._held = text[cut:]
        return _SPACED_MARK.sub(self._kept, text[:cut])

    def close(self) -> str:
        """The rest, when the answer is over."""
        rest, self._held = self._held, ""
        return _SPACED_MARK.sub(self._kept, rest)

    def _kept(self, match: re.Match[str]) -> str:
        blank = match[0][: match[0].index("[")]
        numbers = mark_numbers(match[0].lstrip(" \u00a0"))
        known = [n for n in numbers if 1 <= n <= self._last]
        self.dropped += [n for n in numbers if n not in known]
        return f"{blank}[{', '.join(map(str, known))}]" if known else ""


_OPEN_MARK = re.compile(r"[ \u00a0]*(?:\[[0-9 \u00a0,;–-]{0,80})?$")
"""The end of a text that may go on as a mark, with the blanks before it; always matches, perhaps nothing."""


def telling_cells(sentence: str, rows: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    """For each row of a table the cells that hold words or figures of a sentence, by their place in the row.

    A figure alone may stand in a row by chance, and so may a name: where some rows hold both, only those count. A name
    without its row may be the head of the column.
    """
    plain = without_citations(sentence)
    words, said = content_words(plain), stated(plain)
    figures = set(_FIGURE.findall(plain))
    years = {year for one in said if (year := year_of(one)) is not None}

    def figure(cell: str, place: int) -> bool:
        if (number := cell.strip(" %")) in figures and (len(number) > 1 or place > 0):
            return True
        telling = [one for one in said if len(one.value) > 1]
        return any(
            one.value == other.value or bears(one, other, years) for other in quantities(cell) for one in telling
        )

    named = [{k for k, cell in enumerate(cells) if _worded(cell, words)} for cells in rows]
    figured = [{k for k, cell in enumerate(cells) if figure(cell, k)} for cells in rows]
    if not any(figured):  # two words are the head of many a column
        named = [{k for k in names if len(content_words(rows[n][k])) > 2} for n, names in enumerate(named)]
    both = [bool(names and numbers - names) for names, numbers in zip(named, figured, strict=True)]
    found = zip(both, named, figured, strict=True)
    return [tuple(sorted(names | numbers)) if alike or not any(both) else () for alike, names, numbers in found]


def _worded(cell: str, words: Sequence[str]) -> bool:
    """Most words of a cell stand in a sentence, or a cell of many words holds most of the sentence's; side by side."""
    there = content_words(cell)
    own = {word for word in there if not word.isdigit()}
    if not own or not words:
        return False
    shared, pairs = own & set(words), set(pairwise(there)) & set(pairwise(words))
    if len(own) > 1 and not pairs:
        return False
    return len(pairs) >= RUN or len(shared) >= TELLING * min(len(own), len(set(words)))


def cites_source(case: Case, assertion: Assertion) -> CheckResult:
    """At least ``value`` citations (1 unless said), each naming a passage that bears its sentence out."""
    if not case.passages:
        return CheckResult("cites-source", None, 0.0, "Lần chạy này không kèm đoạn nguồn nào để trích dẫn.")
    answer = case.answer or ""
    passages = {passage.number: passage for passage in case.passages}
    found = citations(answer)
    wanted = int(assertion.value) if assertion.value is not None else 1
    findings = list[Finding]()
    for mark in found:
        findings += _judge(mark, answer, passages)
    wrong = len({finding.spans[0].start for finding in findings})
    if len(found) < wanted:
        findings.append(
            Finding(
                check="cites-source",
                level=Level.ACTIONABLE,
                title="Kết quả chưa dẫn nguồn" if not found else f"Kết quả mới dẫn nguồn {len(found)}/{wanted} lần",
                why="Không có số đoạn thì người đọc không dò lại được câu nào lấy từ đâu.",
                try_next="Yêu cầu máy ghi số đoạn sau mỗi ý.",
                insert="Sau mỗi ý, ghi số của đoạn nguồn trong ngoặc vuông.",
            )
        )
    share = (len(found) - wrong) / max(len(found), wanted, 1)
    if not findings:
        title = "Trích dẫn đúng đoạn" if len(found) == 1 else f"Cả {len(found)} trích dẫn đều đúng đoạn"
        good = Finding("cites-source", Level.CELEBRATORY, title, spans=tuple(Span(m.start, m.end) for m in found))
        return CheckResult("cites-source", True, 1.0, title + ".", (good,) if found else ())
    reason = f"{len(found) - wrong}/{len(found)} trích dẫn đúng đoạn." if found else "Kết quả chưa dẫn nguồn."
    return CheckResult("cites-source", False, share, reason, tuple(findings))


def _judge(mark: Citation, answer: str, passages: dict[int, Passage]) -> list[Finding]:
    sentence = cited_sentence(mark, answer)
    said = answer[sentence[0] : sentence[1]]
    findings = list[Finding]()
    for number in mark.numbers:
        span = Span(mark.start, mark.end)
        if number not in passages:
            findings.append(
                Finding(
                    check="cites-source",
                    level=Level.ESSENTIAL,
                    title=f"Không có đoạn nguồn số {number}",
                    where=f"«{answer[mark.start : mark.end]}»",
                    why=f"Các đoạn được đánh số từ 1 đến {max(passages)}; máy đã tự đặt ra số này.",
                    try_next="Tìm đoạn đúng trong tài liệu, hoặc bỏ câu này.",
                    spans=(span,),
                )
            )
        elif not _bears_out(said, number, passages):
            better = next((one for one in passages.values() if _bears_out(said, one.number, passages)), None)
            hint = f" Đoạn {better.number} có nội dung gần với câu này." if better else ""
            findings.append(
                Finding(
                    check="cites-source",
                    level=Level.ESSENTIAL,
                    title=f"Đoạn {number} không nói điều câu này viết",
                    where=f"«{said.strip()}»" if len(said) <= 120 else f"«{said.strip()[:117]}…»",
                    why=f"Câu và đoạn được dẫn không có ý nào chung.{hint}",
                    try_next="Mở đoạn nguồn, sửa số đoạn hoặc sửa câu.",
                    spans=(Span(*sentence), span),
                    passages=(better.number if better else number,),
                )
            )
    return findings


def cited_sentence(mark: Citation, answer: str) -> tuple[int, int]:
    """The words a mark stands for: those before it in its sentence, back to the mark before."""
    start = next((start for start, end in sentences(answer) if start <= mark.start < end), 0)
    before = [other.end for other in citations(answer) if start <= other.start and other.end <= mark.start]
    between = answer[before[-1] : mark.start] if before else ""
    begin = before[-1] if before and any(letter.isalnum() for letter in between) else start
    raw = answer[begin : mark.start]
    return begin + len(raw) - len(raw.lstrip(" .,;:-–•*")), begin + len(raw.rstrip())


def _bears_out(sentence: str, number: int, passages: dict[int, Passage]) -> bool:
    """Sentence and passage share a quantity, two words in a row, or a third of the words.

    Shared words are not enough when the sentence's figures all stand in another passage and none in this one.
    """
    text = passages[number].text
    said, there = _figures(sentence), _figures(text)
    if said & there:
        return True
    if said and any(said <= _figures(other.text) for other in passages.values()):
        return False
    words, others = content_words(_MARK.sub(" ", sentence)), content_words(text)
    if not words:
        return True  # nothing but a mark: there is no sentence to judge
    in_a_row = set(pairwise(words)) & set(pairwise(others))
    return bool(in_a_row) or len(set(words) & set(others)) >= max(1, len(set(words)) / 3)


def _figures(text: str) -> set[tuple[str, str]]:
    return {(one.kind, one.value) for one in quantities(text)}
