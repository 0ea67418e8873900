"""References as people type them: "123/QĐ-UBND", "nd 30", "điều 12 luật đất đai". Pure.

BM25 and vectors know nothing of numbers: among documents that all speak of "điều 12" they find the wrong one. A
reference is therefore answered by rule, before anything is ranked. Everything here is folded text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from service.index.terms import SIGN, signs, words
from service.nd30.kinds import KINDS
from service.text import comparable, fold, nfc

OTHER_KINDS = {
    "nghi dinh": "nd",
    "thong tu": "tt",
    "thong tu lien tich": "ttlt",
    "phap lenh": "pl",
    "lenh": "l",
    "huong dan": "hd",
    "bo luat": "",
    "luat": "",
    "hien phap": "",
}
"""Kinds that Decree 30 does not name, with their abbreviation; a law's number has none."""

_NAMES = {fold(kind.name): fold(kind.abbreviation) for kind in KINDS} | OTHER_KINDS
_CHOICES = ("phuong an", "du an")
"""«Phương án 2» is the second of several; only «phương án số 2» is a document."""

_SPELT = {fold(kind.abbreviation): kind.abbreviation.lower() for kind in KINDS} | {"nd": "nđ"}
_SHORT = {short: short for short in (*_NAMES.values(), "cv") if short} | {"cv": ""}
_KIND = "|".join(sorted({*_NAMES, *_SHORT}, key=len, reverse=True))
_NUMBERED = re.compile(
    rf"\b(?P<kind>{_KIND})\s+(?:so\s+)?0*(?P<number>\d{{1,6}}[a-z]?)\b(?!\s*/\s*\d{{1,2}}\b)"
    r"(?:(?:\s*/\s*|\s+nam\s+|\s+)(?P<year>(?:19|20)\d\d)\b)?"
)
_NOT_A_NUMBER = re.compile(
    r"\s*(?:%|phan tram|ngay|thang|nam\b(?!\s+(?:19|20)\d\d)|trieu|ty\b|nghin|dong\b|nguoi|ho\b)"
)
_BEFORE = re.compile(rf"\b(?:(?:{_KIND})\s+(?:so\s+)?|so\s+)$")
"""What stands before a number that says its kind itself: «Nghị định số»."""
_ARTICLE = re.compile(r"\bdieu\s+(?:thu\s+)?(\d+[a-z]?)\b")
_LAW = re.compile(r"^(?:bo luat|luat|nghi dinh|phap lenh) ")
_SPLIT = re.compile(r"[/-]")


@dataclass(frozen=True)
class Numbered:
    """A document asked for by number: ``kind`` is the abbreviation in its sign, None when none was named."""

    number: str
    year: str | None = None
    kind: str | None = None
    tail: str = ""


@dataclass(frozen=True)
class Reference:
    """What a query names: documents by number, and articles; ``rest`` is the query without the numbers."""

    documents: tuple[Numbered, ...] = ()
    articles: frozenset[str] = frozenset()
    text: str = ""
    rest: str = ""

    def numbers(self, sign: str) -> bool:
        """True when the document with this folded number is asked for."""
        return any(_is(asked, sign) for asked in self.documents)

    def names(self, title: str) -> bool:
        """True when the whole title (folded words) stands in the query, the kind before it or not."""
        return bool(title) and _named(title, self.text)


def read(query: str) -> Reference:
    """The documents and articles that a query names."""
    typed = " ".join(comparable(nfc(query)).lower().split())
    plain = fold(typed)
    whole = signs(query)
    found = [_of_sign(sign) for sign in whole]
    said = [match.span() for match in SIGN.finditer(typed)]
    for asked, match in _by_kind(typed, plain):
        if not any(asked.number in sign for sign in whole):
            found.append(asked)
            said.append(match.span())
    rest = "".join(letter for at, letter in enumerate(typed) if not any(start <= at < end for start, end in said))
    return Reference(tuple(found), frozenset(_ARTICLE.findall(plain)), f" {fold(words(query))} ", rest)


def without(query: str, own: Collection[str]) -> str:
    """A query with blanks for what calls a document with one of these folded numbers: «Nghị định số 30/2020/NĐ-CP»."""
    typed = comparable(nfc(query)).lower()
    plain = fold(typed)
    if not len(query) == len(typed) == len(plain):
        return query
    called = [(_of_sign(fold(match[0])), match) for match in SIGN.finditer(typed)]
    for asked, match in (*called, *_by_kind(typed, plain)):
        if any(_is(asked, sign) for sign in own):
            before = _BEFORE.search(plain[: match.start()])
            start = before.start() if before else match.start()
            query = query[:start] + " " * (match.end() - start) + query[match.end() :]
    return query


def own_sign(opening: str) -> str:
    """The number that a document bears itself: the one after "Số:" in its opening; empty when it has none.

    A number further down, or in "Căn cứ …", is another document's.
    """
    for line in opening.split("\n"):
        plain = fold(line).strip()
        if plain.startswith("can cu") or re.match(r"so\s*:\s*(?:/|\.|…|$)", plain):
            break  # «Số:    /KH-UBND» has not been numbered yet
        head = re.search(r"\bso\s*:?\s*(?=\d)", plain)
        if head and (seen := signs(line)):
            return re.sub(r"^0+(?=\d)", "", seen[0])
    return ""


def articles(heading: str) -> frozenset[str]:
    """The numbers of the articles in a heading path: "Chương II › Điều 12. Hành vi bị cấm" → {"12"}."""
    return frozenset(_ARTICLE.findall(fold(heading)))


def longest(named: Iterable[tuple[int, str]]) -> set[int]:
    """Of the documents named by title those whose title is no part of another's: "luật đất đai" hides "đất đai"."""
    listed = list(named)
    return {
        key for key, name in listed if not any(name != other and f" {name} " in f" {other} " for _, other in listed)
    }


def _by_kind(typed: str, plain: str) -> Iterator[tuple[Numbered, re.Match[str]]]:
    """«nghị định 30», «tb 263»: a document by its kind and number; ``plain`` is the folded text."""
    for match in _NUMBERED.finditer(plain):
        kind, seen = match["kind"], typed[match.start("kind") : match.end("kind")]
        if kind in _CHOICES and not re.match(r"\s+so\b", plain[match.end("kind") :]):
            continue
        slip = kind not in _NAMES and seen not in (kind, _SPELT.get(kind))  # «đã 30 lần» is not «DA 30»
        if not slip and not _NOT_A_NUMBER.match(plain, match.end()):
            yield Numbered(match["number"], match["year"], _NAMES.get(kind, _SHORT.get(kind, ""))), match


def _of_sign(sign: str) -> Numbered:
    number, *rest = _SPLIT.split(sign)
    year = rest.pop(0) if rest and re.fullmatch(r"(?:19|20)\d\d", rest[0]) else None
    return Numbered(number.lstrip("0") or "0", year, None, "-".join(rest))


def _is(asked: Numbered, sign: str) -> bool:
    if not sign:
        return False
    own = _of_sign(sign)
    if asked.number != own.number or (asked.year and own.year and asked.year != own.year):
        return False
    if asked.kind is not None:
        first = own.tail.partition("-")[0]
        kinds = set(_SHORT.values()) - {""}
        return first == asked.kind if asked.kind else first not in kinds
    return not asked.tail or own.tail == asked.tail or own.tail.startswith(asked.tail + "-")


def _named(name: str, query: str) -> bool:
    """The whole title stands in the query; without its kind only right after the article ("điều 12 đất đai")."""
    if f" {name} " in query:
        return True
    short = _LAW.sub("", name)
    return short != name and bool(re.search(rf" dieu \d+[a-z]? (?:cua )?{re.escape(short)} ", query))
