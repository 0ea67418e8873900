"""The items of a list that is being written: each is said once, and as many as were asked for.

A small model that has listed one thing tends to list it again, and it cannot count.

* **Said once.** What would lead an item to say the same as an earlier one is ruled out where the prompt goes on in that
  one way only and has no second place for it; what the prompt does not have is said twice at most. An item is what
  follows «- » or «1. » at the head of a line, or the first cell of a table row that is no number. Under a new heading
  all may be said again.
* **As many as asked.** Where the last message asks for one list of so many points and nothing else («đúng 3 gạch đầu
  dòng», «3 ý»), a list that is all of the answer ends after the last of them and not before; for «tối đa» it may end
  earlier. Where it sets a length («không quá 60 tiếng»), such a list goes on only while a further line fits that is as
  long as the longest so far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from service.engines.llama.grounding.words import RULED_OUT, Logits, Tokens, Words, lexicon, rule_out, shown
from service.text import has_marks

LONGEST_MATCH = 3
"""Tokens before the next one by which its place in the prompt is told."""
FORESEEN = 12
"""Tokens after it that the prompt must have in common with the earlier item."""
LONGEST_PROMPT = 4000
"""Letters of a message in which its wishes are looked for."""
_BEFORE = 40
"""Letters before a number that tell what it counts."""

_MARK = re.compile(r"\s*(?:[-•*+]|\d{1,2}[.)]|\|(?: \d{1,3} \|)?)")
"""What stands before the first word of an item."""
_LISTED = re.compile(r"(?:[-•*+]|\d{1,2}[.)])\s+\S")
_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNT = re.compile(
    rf"(?<![\w–-])(?P<count>\d{{1,2}}|{'|'.join(_WORDS)})\s+(?:cái\s+)?"
    r"(?:gạch(?:\s+đầu\s+dòng)?|ý(?:\s+chính)?|điểm\s+chính|gach\s+dau\s+dong|(?P<bare>y))"
    r"(?![\w–-]|\s+(?:kiến|tưởng|nghĩa|kien)\b)"
    r"|\bsố\s+(?:gạch đầu dòng|ý)(?:\s+phải\s+là|:)\s*(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:tối đa|nhiều nhất|không quá|không được quá|đừng quá|không nhiều hơn|dưới|toi da|nhieu nhat|khong qua)"
    r"(?:\s+(?:là|khoảng|chỉ))?\s*\Z",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"(?:ít nhất|tối thiểu|từ|trên|hơn|khoảng|chừng|đến|hoặc|hay|thêm|bớt|bỏ|gộp|khoản|điều|thứ|\d|mười|it nhat"
    r"|toi thieu)"
    r"(?:\s+là)?\s*[-–]?\s*\Z|\b(?:mỗi|moi|từng|tung)\s[^.,;:\n]*\Z",
    re.IGNORECASE,
)
_EACH_ONE = re.compile(
    r"\b(?:mỗi|moi)\s+\w+(?:\s+\w+){0,3}\s+(?:(?:là|thành|sau|la)\s+)?(?:một|mot|1)\s+(?:gạch|gach|ý|y)", re.IGNORECASE
)
"""«mỗi ý một gạch đầu dòng»: says how, not how many."""
_PARTS = re.compile(
    r"\b(?:\d|một|hai|ba|bốn|năm|các|từng|mỗi)\s+(?:phần|mục|trang|đoạn|slide)\b"
    r"|\b(?:sau đó|cuối cùng|nơi nhận|kính gửi|kết bằng|kết thúc bằng|mở đầu bằng|câu mở đầu|câu kết)\b",
    re.IGNORECASE,
)
"""What says that the list is not all of the answer."""
_BOUND = (
    "không quá|không vượt(?: quá)?|không được (?:quá|vượt)|không dài quá|đừng(?: viết| dài)? quá|quá|tối đa(?: là)?"
    "|nhiều nhất|nhiều lắm(?: là)?|dưới|ngắn hơn|trong(?: vòng| khuôn khổ| phạm vi| giới hạn| khoảng)?|gói(?: gọn)?|gọn"
    "|còn|xuống|vào|ở mức|giới hạn|hạn mức(?: độ dài)?|chặn trên|cho phép|đọc được chừng|chứa được"
    "|chỉ được(?: phép dài)?|khong qua|toi da|duoi|con"
)
_SYLLABLES = (
    r"(?<![\d.,–-])(?P<{name}>\d{{2,3}})\s+(?:tiếng|từ|chữ|tieng|tu|chu)\b"
    r"(?!\s+(?:đồng hồ|dong ho|số|so|khóa|cái|thôn|xã|phường|tổ|nhà|(?-i:[A-ZĐ])))"
)
_LENGTH = re.compile(
    rf"\b(?:{_BOUND})\s+{_SYLLABLES.format(name='count')}"
    rf"|{_SYLLABLES.format(name='down')}\s+(?:trở lại|trở xuống|đổ lại|đổ xuống|là hết mức|thôi)",
    re.IGNORECASE,
)
_LEAST = re.compile(r"(?:không|khong|ít|kéo dài|họp|học|tập huấn)\s*\Z", re.IGNORECASE)
_OF_EACH = re.compile(r"\b(?:mỗi|moi|từng|tung)\s[^.;:\n]*\Z|\b(?:câu|dòng|tiêu đề)\s*\Z", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:cả bài|tất cả|toàn bài|tổng cộng)\s*\Z", re.IGNORECASE)


def count_asked(prompt: str) -> tuple[int, bool]:
    """How many points a prompt asks for, and whether exactly so many; 0 where it does not say, or speaks of several
    lists or of more than a list."""
    prompt = prompt[:LONGEST_PROMPT]
    found: set[tuple[int, bool]] = set()
    for match in _COUNT.finditer(prompt):
        before = prompt[max(0, match.start() - _BEFORE) : match.start()]
        if match["bare"] and has_marks(prompt):
            continue  # «5 y tá»
        if match["number"]:
            found.add((int(match["number"]), True))
        elif _MOST.search(before):
            found.add((_number(match["count"]), False))
        elif not _NO_COUNT.search(before):
            found.add((_number(match["count"]), True))
        elif not _EACH_ONE.search(f"{before}{match[0]}"):
            return 0, False
    return found.pop() if len(found) == 1 and not _PARTS.search(prompt) else (0, False)


def length_asked(prompt: str) -> int:
    """The most syllables that a prompt allows its answer; 0 where it does not say."""
    for match in _LENGTH.finditer(prompt[:LONGEST_PROMPT]):
        before = prompt[max(0, match.start() - _BEFORE) : match.start()]
        if not _LEAST.search(before) and (_WHOLE.search(before) or not _OF_EACH.search(before)):
            return int(match["count"] or match["down"])
    return 0


def _number(said: str) -> int:
    return _WORDS.index(said.lower()) + 1 if said.lower() in _WORDS else int(said)


class Items:
    """All of it for one answer; a ``LogitsProcessor``.

    :param prompt: the tokens of the conversation; ``asked`` the text of its last message.
    """

    def __init__(self, prompt: Sequence[int], words: Words, asked: str) -> None:
        self._words = words
        self._word = lexicon(words)
        self._prompt = np.array([self._word(token).sound for token in prompt], np.int32)
        self._count, self._exactly = count_asked(asked)
        self._allowed = length_asked(asked)
        self._newlines = list(words.newlines())
        self._said: list[tuple[list[int], list[int]]] = []  # items: tokens and their sounds
        self._item: list[int] | None = None  # the tokens of the item that is being written
        self._line = ""
        self._lines = self._items = self._syllables = self._longest = 0

    def apply(self, logits: Logits) -> None:
        if self._item is not None and self._said:
            self._once(logits, [self._word(token).sound for token in self._item])
        if self._lines == self._items:
            self._enough(logits)

    def accept(self, token: int) -> None:
        piece = shown(self._words, token)
        if "\n" in piece:
            self._end_line(piece)
            return
        self._line += piece
        if self._item is not None and piece.strip() != "|":
            self._item.append(token)
            return
        self._end_item()
        if _MARK.fullmatch(self._line.rstrip(" ")):
            self._item = []

    def _end_line(self, piece: str) -> None:
        self._end_item()
        if self._line.strip():
            is_item = bool(_LISTED.match(self._line))
            self._lines, self._items = self._lines + 1, self._items + is_item
            length = len(self._line.split())
            self._syllables, self._longest = self._syllables + length, max(self._longest, length)
            if not is_item and not self._line.startswith("|"):
                self._said.clear()
        self._line = piece.rpartition("\n")[2]

    def _end_item(self) -> None:
        if self._item and any(self._word(token).is_word for token in self._item):
            self._said.append((self._item, [self._word(token).sound for token in self._item]))
        self._item = None

    def _once(self, logits: Logits, written: Sequence[int]) -> None:
        length = len(written)
        for tokens, spelt in self._said:
            if len(spelt) > length and spelt[:length] == written and self._said_out(spelt, length):
                rule_out(logits, tokens[length], self._words)

    def _said_out(self, spelt: Sequence[int], length: int) -> bool:
        """True where all places of the prompt that have the item so far and its next token go on like it, and are no
        more than the times it has been said; and for the beginning of what the prompt has not and was said twice."""
        begun = spelt[max(0, length - LONGEST_MATCH) : length + 1]
        rest = spelt[length + 1 : length + 1 + FORESEEN]
        times = sum(other == spelt for _, other in self._said)
        if not length and times > 1 and len(self._places(spelt)) < times:
            return True
        places = self._places(begun) + len(begun)
        return 0 < len(places) <= times and all(
            self._prompt[at : at + len(rest)].tolist() == list(rest) for at in places
        )

    def _places(self, sought: Sequence[int]) -> Tokens:
        last = len(self._prompt) - len(sought) + 1
        if last <= 0:
            return np.zeros(0, np.int32)
        same = np.ones(last, np.bool_)
        for n, one in enumerate(sought):
            same &= self._prompt[n : n + last] == one
        return np.flatnonzero(same).astype(np.int32)

    def _enough(self, logits: Logits) -> None:
        """All that was written are items: is it time to end, or too early?"""
        end = self._words.end
        if not self._line.strip():
            if self._full():
                logits.fill(RULED_OUT)
                logits[end] = 0.0
        elif self._exactly and self._items + 1 < self._count and _LISTED.match(self._line) and self._newlines:
            newline = self._newlines[int(logits[self._newlines].argmax())]
            if logits[end] > logits[newline]:
                logits[newline], logits[end] = logits[end], RULED_OUT

    def _full(self) -> bool:
        if self._count:
            return self._items >= self._count
        return self._items > 0 and 0 < self._allowed < self._syllables + self._longest
