"""Reading what nobody wrote for us: tasks made of the texts of laws, each of which is different.

The generator's own material is monotonous, and what is written by hand soon known by heart. The laws hold thousands of
articles in words of their own: the sentence that speaks of something is to be found among others and carried over whole,
a text typed without marks is to get them back, articles are to become as many points.
"""

from __future__ import annotations

import re

from training import laws, wording
from training.notes import bare
from training.tasks.questions import lookup
from training.tasks.sample import NOT_THERE, Expected, Sample, Wants
from training.words import Chance, capital, small

FEWEST, MOST = 2, 6
"""Articles of the material."""
STRANGE, TYPED_BARE, TITLED = 0.3, 0.3, 0.5
"""How often a question is after something that no passage speaks of, is typed without marks, an article keeps its title."""
LONGEST = 60
"""Syllables of a text that is to get its marks back."""
_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"[^,;:.]+")

_WHERE = (
    "Đoạn nào nói về {0}?",
    "Tài liệu nói gì về {0}?",
    "{0} thì sao?",
    "Quy định về {0} thế nào?",
    "Cho biết quy định liên quan đến {0}.",
    "tìm chỗ nói về {0}",
    "Trích câu có nội dung {0}.",
    "Về {0}, văn bản ghi thế nào?",
    "{0} được quy định ở đâu, ghi ra giúp tôi",
    "Hỏi về {0}: tài liệu có nêu không?",
)
_MARKS_BACK = (
    "Thêm dấu cho đoạn sau:",
    "Đoạn này gõ không dấu, viết lại có dấu:",
    "Viết lại có dấu tiếng Việt, không đổi chữ nào:",
    "Giúp tôi thêm đủ dấu thanh, dấu mũ cho câu này:",
    "them dau tieng viet giup em:",
    "go lai co dau doan nay:",
)


_NUMBER = re.compile(r"^\d+\. ")


def _articles(chance: Chance, count: int) -> list[tuple[str, str]]:
    """So many articles, without the number of their first clause; none where no laws are at hand."""
    articles = laws.articles()
    chosen = chance.random.sample(articles, count) if articles else []
    return [(title, capital(_NUMBER.sub("", text))) for title, text in chosen]


def _sought(chance: Chance, sentence: str) -> str:
    """What somebody remembers of a sentence: three to six words of it that stand side by side, a few may be left out."""
    words = _WORD.findall(sentence)
    count = min(len(words), chance.number(3, 6))
    at = chance.number(0, len(words) - count)
    kept = words[at : at + count]
    if count > 4 and chance.odds(0.4):
        kept.pop(chance.number(1, count - 2))
    return small(" ".join(kept))


def _question(chance: Chance, sought: str) -> str:
    asked = capital(chance.of(_WHERE).format(sought))
    return bare(asked).lower() if chance.odds(TYPED_BARE) else asked


def found(chance: Chance) -> Sample | None:
    """Questions after something that one of several articles says, in words of its own; nothing where no laws are at hand."""
    articles = _articles(chance, chance.number(FEWEST, MOST) + 1)
    if not articles:
        return None
    *chosen, other = articles
    passages = tuple(f"{title}. {text}" if chance.odds(TITLED) else text for title, text in chosen)
    turns: list[tuple[str, str]] = []
    cites: tuple[int, ...] = ()
    for n in chance.random.sample(range(len(chosen)), min(len(chosen), 3)):
        strange = chance.odds(STRANGE)
        text = other[1] if strange else chosen[n][1]
        sought = _sought(chance, text)
        if not strange and sum(sought.lower() in one.lower() for one in passages) > 1:
            continue
        answer = NOT_THERE if strange else f"{text.rstrip('.;')} [{n + 1}]."
        cites = cites if turns or strange else (n + 1,)
        turns.append((_question(chance, sought), answer))
    if not turns:
        return None
    (ask, answer), *more = turns
    wants = Wants(lines=1, cites=cites) if cites else Wants(exact=NOT_THERE)
    expected = (Expected(answer.rsplit(" [", 1)[0]),) if cites else ()
    return Sample("found", "ask", passages, ask, answer, expected, wants, more=tuple(more))


def marked(chance: Chance) -> Sample | None:
    """A text typed without marks, to be written with them; nothing where no laws are at hand."""
    articles = _articles(chance, 1)
    if not articles:
        return None
    text = " ".join(articles[0][1].split()[:LONGEST])
    typed = bare(text).lower() if chance.odds(0.5) else bare(text)
    ask = chance.of(_MARKS_BACK)
    if chance.odds(0.4):
        return Sample("marked", chance.one("default", "draft"), (typed,), ask.rstrip(":") + ".", text)
    return Sample("marked", chance.one("default", "draft"), (), f"{ask}\n{typed}", text)


def points(chance: Chance) -> Sample | None:
    """Articles, one behind the other, as so many points: of each its title and how it begins; nothing without laws."""
    chosen = _articles(chance, chance.number(2, 5))
    if not chosen:
        return None
    passages = tuple(f"{title}. {text}" for title, text in chosen)
    lines = []
    for title, text in chosen:
        head = _FIRST.match(text)
        lines.append(f"- {title.split('. ', 1)[1]}: {small(head[0].strip()) if head else text}.")
    ask = chance.of(wording.prompts()["exactly"]).format(n=len(chosen))
    if chance.odds(0.35):
        passages = ("\n".join(passages),)
    return Sample("points", "summarise", passages, ask, "\n".join(lines), wants=Wants(bullets=len(chosen)))


READING = ((found, 5), (marked, 2), (points, 1))


def reading(chance: Chance) -> Sample:
    """One of these tasks; a short question on invented notes where no laws are at hand."""
    write = chance.random.choices([write for write, _ in READING], [weight for _, weight in READING])[0]
    return write(chance) or lookup(chance)
