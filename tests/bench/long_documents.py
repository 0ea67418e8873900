"""Ten invented long documents, some twenty pages each, with the key facts that a summary of each should carry.

Put together from written sections (``long_documents.txt``) and paragraphs of talk; the figures, dates, bodies and the
order of the sections are drawn for each document, so that no two say the same. Everything is invented.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
COUNT = 10
SECTIONS = 12
TALK = 10
"""Documents; sections of one; paragraphs of talk in a section."""

COMMUNES = (
    "Đông Mai", "An Lạc Hạ", "Bàu Sen", "Hà Thượng", "Tân Cồn", "Gia Lộc Đông", "Phú Khê", "Long Bàn", "Vĩnh Cát",
    "Thọ Giang",
)  # fmt: skip
VILLAGES = ("Cồn Dừa", "Bến Đình", "Khe Lác", "Trà Quế Hạ", "Gò Nổi", "Cây Thị")
UNITS = ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân")
TITLES = ("Báo cáo kết quả công tác năm", "Kế hoạch kinh tế - xã hội năm", "Chương trình công tác trọng tâm năm")


@dataclass(frozen=True)
class LongDocument:
    """Title, text, and the key facts, one of each section: figures and dates that must be told together."""

    title: str
    text: str
    facts: tuple[str, ...]
    said: tuple[str, ...]
    """The sentence that carries each fact."""


def long_documents() -> tuple[LongDocument, ...]:
    """The documents; the same every time."""
    sections = list(_sections())
    talk = (HERE / "fillers.txt").read_text(encoding="utf-8").split("\n")
    return tuple(_document(n, sections, [line for line in talk if line]) for n in range(COUNT))


def _sections() -> Iterator[tuple[str, list[str]]]:
    text = (HERE / "long_documents.txt").read_text(encoding="utf-8")
    for block in re.split(r"(?m)^## ", text)[1:]:
        title, *lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        yield title, lines


def _document(n: int, sections: list[tuple[str, list[str]]], talk: list[str]) -> LongDocument:
    draw = random.Random(1000 + n)  # noqa: S311  # an order of sections, no secret
    commune, year = COMMUNES[n], 2024 + n % 3
    title = f"{TITLES[n % len(TITLES)]} {year} của xã {commune}"
    lines = ["ỦY BAN NHÂN DÂN", f"XÃ {commune.upper()}", f"Số: {draw.randint(11, 399)}/BC-UBND", title.upper(), ""]
    facts, said = list[str](), list[str]()
    for number, (name, paragraphs) in enumerate(draw.sample(sections, SECTIONS), 1):
        given = _drawn(draw, commune, year)
        lines.append(f"Chương {_roman(number)}")
        lines.append(name.upper())
        body = list[str]()
        for paragraph in paragraphs:
            sentence, _, fact = paragraph[2:].partition(" => ")
            body.append(sentence.format_map(given))
            if fact:
                facts.append(fact.format_map(given))
                said.append(body[-1])
        body += draw.sample(talk, TALK)
        draw.shuffle(body)
        lines += [f"{k}. {text}" for k, text in enumerate(body, 1)]
    return LongDocument(title, "\n".join(lines), tuple(facts), tuple(said))


def _drawn(draw: random.Random, commune: str, year: int) -> dict[str, str]:
    first, second = sorted((draw.randint(1, 13), draw.randint(14, 28)))
    month = draw.randint(3, 12)
    return {
        "x": f"xã {commune}",
        "u": draw.choice(UNITS),
        "v": draw.choice(VILLAGES),
        "a": str(draw.randint(12, 98) * 10 + 7),
        "b": str(draw.randint(111, 989)),
        "c": str(draw.randint(112, 489)),
        "g": str(draw.randint(21, 79)),
        "k": f"{draw.randint(6, 19):02}",
        "m": str(draw.randint(81, 940)),
        "p": f"{draw.randint(80, 99)},{draw.randint(1, 9)}",
        "q": f"{draw.randint(11, 78)},{draw.randint(1, 9)}",
        "d": f"{first:02} tháng {month} năm {year + 1}",
        "e": f"{second:02} tháng {month} năm {year + 1}",
    }


def _roman(n: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")[n - 1]
