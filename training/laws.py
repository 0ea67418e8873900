"""Short articles of public laws, for questions about a law's text. Vietnamese statutes are outside copyright.

The collection lies outside the repository (``shared/data/laws/laws.jsonl.xz`` beside it, or where ``HOCVU_LAWS`` points);
without it the generator asks about invented passages instead.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from training.words import reserved

_ARTICLE = re.compile(r"^(Điều \d+[a-zđ]?\. [^\n.:;]{8,90})\n+([^\n]{40,420}[.;])$", re.MULTILINE)
_MOST = 6000
_MOST_PHRASES = 8000


def path() -> Path:
    """Where the collection is expected."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data" / "laws" / "laws.jsonl.xz"
    return Path(os.environ.get("HOCVU_LAWS") or beside)


def texts() -> Iterator[str]:
    """The laws one by one, in NFC; none where the collection is missing."""
    if not path().exists():
        return
    with lzma.open(path(), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield unicodedata.normalize("NFC", json.loads(line)["text"])


@cache
def articles() -> tuple[tuple[str, str], ...]:
    """Articles of one sentence or clause: («Điều 5. Title», its first paragraph); titles reserved for evaluation are out."""
    found: dict[str, str] = {}
    for text in texts():
        for match in _ARTICLE.finditer(text):
            title, body = match[1].strip(), " ".join(match[2].split())
            if not reserved(title.split(". ", 1)[1]):
                found.setdefault(title, body)
        if len(found) >= _MOST:
            break
    return tuple(found.items())


@cache
def passages() -> tuple[str, ...]:
    """Stretches of law text of about a thousand letters, to learn the language from; none without the collection."""
    found: list[str] = []
    for text in texts():
        held = ""
        for line in text.split("\n"):
            held += f"{' '.join(line.split())}\n"
            if len(held) > 900:
                found.append(held.strip())
                held = ""
    return tuple(found)


_VERBS = (
    "bảo đảm|bảo vệ|kiểm tra|thực hiện|xử lý|tổ chức|quản lý|giám sát|hướng dẫn|cung cấp|công bố|thông báo|lập|xây dựng|"
    "phối hợp|hỗ trợ|tiếp nhận|giải quyết|đánh giá|báo cáo|tham gia|chấp hành|phòng ngừa|ngăn chặn|khắc phục|sử dụng|duy trì|"
    "nâng cao|tạo điều kiện|khuyến khích|tuyên truyền|giữ|thu thập|cập nhật|rà soát|bố trí|đào tạo|bồi dưỡng|phát triển"
)
_PHRASE = re.compile(rf"(?<=[,;:] )(?:{_VERBS}) [^,;:.()\n0-9A-ZĐ\"“”]{{18,85}}(?=[,;.])")


@cache
def phrases() -> tuple[str, ...]:
    """What laws order, in small letters, of four to fourteen syllables and without numbers; none without the collection."""
    found: dict[str, None] = {}
    for text in texts():
        for match in _PHRASE.finditer(text):
            phrase = match[0].strip()
            if 4 <= len(phrase.split()) <= 14 and phrase == phrase.lower():
                found.setdefault(phrase, None)
        if len(found) >= _MOST_PHRASES:
            break
    return tuple(found)


_CLAUSE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")
_SHORTEST = 12


@cache
def clauses() -> tuple[str, ...]:
    """Stretches of twelve and more small words, to take pieces from; none without the collection."""
    found = []
    for text in texts():
        for words in (run.split(" ") for run in _CLAUSE.findall(text)):
            start = 0
            for end in [*(n for n, word in enumerate(words) if word != word.lower()), len(words)]:
                if end - start >= _SHORTEST:
                    found.append(" ".join(words[start:end]))
                start = end + 1
    return tuple(found)
