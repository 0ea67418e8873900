"""A request as it is typed in a hurry: marks left out, usual abbreviations, slips of the finger.

People type so, and each in another way; and a task composed by hand that comes in another spelling every time is not known
by heart so soon. What the answer copies stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from training.notes import bare
from training.tasks.sample import Sample
from training.words import Chance

SHORT = {
    "không": "ko|k|khong|hok",
    "được": "đc|dc|duoc",
    "với": "vs|vơi",
    "gì": "j|gi",
    "người": "ng|ngừoi",
    "những": "nhg|nhũng",
    "nhưng": "nhg",
    "trước": "trc|truớc",
    "sau": "s",
    "rồi": "r",
    "cũng": "cg",
    "biết": "bít|bik",
    "bao nhiêu": "bn|bnhiu",
    "mấy giờ": "may h",
    "thế nào": "tn|ntn",
    "như thế nào": "ntn",
    "văn bản": "vb|VB",
    "công văn": "cv|CV",
    "thông báo": "TB|tb|t.báo",
    "báo cáo": "bc|BC|b/c",
    "kế hoạch": "KH|kh",
    "quyết định": "QĐ|qđ",
    "tờ trình": "ttr|TTr",
    "nghị quyết": "NQ",
    "ủy ban": "ub|UB",
    "ủy ban nhân dân": "ubnd|UBND",
    "hội đồng nhân dân": "HĐND|hdnd",
    "cán bộ": "cb|CB",
    "học sinh": "hs|HS",
    "giáo viên": "gv|GV",
    "hồ sơ": "hs|h/s",
    "đồng chí": "đ/c|dc",
    "lãnh đạo": "LĐ|lđ",
    "đơn vị": "đv|đvị",
    "thời gian": "tg|t.gian",
    "địa điểm": "đđ|d.điểm",
    "giúp": "júp|giup",
    "giùm": "dùm|gium",
    "soạn": "sọan|soan",
    "viết": "viet|vít",
    "tóm tắt": "tt|tom tat",
    "yêu cầu": "y/c|yc",
    "nhiệm vụ": "nv|n.vụ",
    "nội dung": "nd|ND",
    "anh": "a",
    "chị": "c",
    "em": "e",
}
"""What is often shortened, and how."""
_LONGEST = max(phrase.count(" ") for phrase in SHORT) + 1
_WORD = re.compile(r"[^\W\d_]+")
UNMARKED, SLIP, SHORTENED = 0.6, 0.15, 0.7
"""Of the words that come out otherwise: without marks or with a slip; and how often a phrase that can be is shortened."""


def _slip(chance: Chance, word: str) -> str:
    """A letter missing, twice, or before its neighbour."""
    at = chance.number(0, len(word) - 2)
    return chance.one(
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )


def hurried(chance: Chance, text: str, copied: str = "") -> str:
    """The text as somebody types it who has no time; words of ``copied``, names and numbers stay."""
    rate, kept = chance.random.uniform(0.1, 0.7), set(_WORD.findall(copied.lower()))
    words = list(_WORD.finditer(text))
    out, end, n = [], 0, 0
    while n < len(words):
        phrase, size = words[n][0], 1
        if chance.odds(SHORTENED * rate):
            for length in range(min(_LONGEST, len(words) - n), 0, -1):
                said = text[words[n].start() : words[n + length - 1].end()]
                if said.lower() in SHORT and not kept & set(said.lower().split()):
                    phrase, size = chance.of(SHORT[said.lower()].split("|")), length
                    break
        if size == 1 and phrase == words[n][0] and phrase.islower() and phrase not in kept and chance.odds(rate):
            if chance.odds(UNMARKED):
                phrase = bare(phrase)
            elif len(phrase) > 2 and chance.odds(SLIP):
                phrase = _slip(chance, phrase)
        out += [text[end : words[n].start()], phrase]
        end = words[n + size - 1].end()
        n += size
    return "".join(out) + text[end:]


def in_a_hurry(chance: Chance, sample: Sample) -> Sample:
    """The sample with its requests typed so."""
    copied = "\n".join([sample.answer, *(answer for _, answer in sample.more)])
    more = tuple((hurried(chance, question, copied), answer) for question, answer in sample.more)
    return replace(sample, prompt=hurried(chance, sample.prompt, copied), more=more)
