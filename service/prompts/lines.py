"""YAML and Markdown front matter read with line numbers, as hostile input."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from service.errors import InvalidExercise
from service.text import nfc

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
_LATER = frozenset({"due", "vars", "evaluateOptions"})
"""Keys of the schema that this version does not use yet; they are refused by name."""


@dataclass(frozen=True)
class Sentence:
    """What is told to a person: ``text`` is its key in the catalogue, whose places the ``facts`` fill.

    A fact that is words of ours is a sentence itself. ``near`` is what may have been meant instead of what was written.
    """

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)
    near: str = ""

    def __str__(self) -> str:
        """In Vietnamese."""
        whole = self.text % self.facts if self.facts else self.text
        return f"{whole} Có phải anh/chị muốn viết “{self.near}”?" if self.near else whole


def said(text: str, /, *, near: str = "", **facts: object) -> Sentence:
    """A sentence and its facts; the catalogue finds its text by the name of this function, and in ``Fields.wrong``."""
    return Sentence(text, facts, near)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file; lines count from 1. ``check`` is the type of check it is about, if any."""

    line: int
    said: Sentence
    check: str = ""

    @property
    def sentence(self) -> str:
        """In Vietnamese."""
        return str(self.said)


def problem_of(error: InvalidExercise) -> Problem:
    """The problem that an error was raised for."""
    told = error.facts["problem"]
    return Problem(int(str(error.facts["line"])), told if isinstance(told, Sentence) else Sentence(str(told)))


def split_front(text: str) -> tuple[str, str, str]:
    """A file as its opening line, its front matter, and the rest from the closing line on."""
    opening = re.match(r"\ufeff?---[^\S\n]*\r?\n", text)
    if opening is None:
        problem = said("Dòng đầu tệp phải là ba dấu gạch ngang (---), rồi đến các mục khai báo.")
        raise InvalidExercise(line=1, problem=problem)
    closing = re.compile(r"^---[^\S\n]*\r?$", re.MULTILINE).search(text, opening.end())
    if closing is None:
        problem = said("Phần khai báo chưa được đóng bằng một dòng ba dấu gạch ngang (---).")
        raise InvalidExercise(line=1, problem=problem)
    return text[: opening.end()], text[opening.end() : closing.start()], text[closing.start() :]


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the file's name before the sentence of an InvalidExercise raised within."""
    try:
        yield
    except InvalidExercise as error:
        raise InvalidExercise(line=error.facts["line"], problem=f"{path.name}: {error.facts['problem']}") from error


def first_of(problems: Iterable[Problem]) -> None:
    """Raise the first problem by line as InvalidExercise; nothing when there is none."""
    for problem in sorted(problems, key=lambda problem: problem.line):
        raise InvalidExercise(line=problem.line, problem=problem.said)


@dataclass(frozen=True)
class Value:
    """A YAML value and its line: a plain value, a list of values, or a dict of values."""

    data: Any
    line: int

    def plain(self) -> Any:
        if isinstance(self.data, dict):
            return {key: value.plain() for key, value in self.data.items()}
        if isinstance(self.data, list):
            return [value.plain() for value in self.data]
        return self.data


@dataclass
class Fields:
    """The keys of one mapping, taken one by one; what is wrong is added to ``problems``.

    ``close`` finds the keys that nobody took.
    """

    value: Value
    problems: list[Problem]
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._given: dict[str, Value] = {}
        if isinstance(self.value.data, dict):
            self._given = self.value.data
        elif self.value.data is not None:
            self.problems.append(Problem(self.value.line, said("Chỗ này phải gồm các cặp tên: giá trị.")))

    def has(self, key: str) -> bool:
        return key in self._given

    def line(self, key: str) -> int:
        return self._given[key].line if key in self._given else self.value.line

    def wrong(self, at: str, text: str, /, *, near: str = "", **facts: object) -> None:
        """Tell of the key ``at``."""
        self.tell(at, Sentence(text, facts, near))

    def tell(self, at: str, sentence: Sentence) -> None:
        self.problems.append(Problem(self.line(at), sentence))

    def text(
        self, key: str, default: str = "", *, required: bool = False, choices: Collection[str] = (), longest: int = 0
    ) -> str:
        value: object = self._take(key, required)
        if value is None:
            return default
        if not isinstance(value, str):
            self.wrong(key, "Mục “%(key)s” phải là chữ; nếu là số thì đặt trong dấu ngoặc kép.", key=key)
            return default
        if required and not value:
            self.wrong(key, "Mục “%(key)s” đang để trống.", key=key)
        if choices and value not in choices:
            named = ", ".join(str(choice) for choice in choices if choice)
            self.wrong(
                key,
                "Mục “%(key)s” nhận một trong các giá trị: %(choices)s; tệp đang ghi “%(seen)s”.",
                key=key,
                choices=named,
                seen=value,
            )
        if longest and len(value) > longest:
            self.wrong(
                key,
                "Mục “%(key)s” dài %(length)s ký tự, mức nhận là %(limit)s.",
                key=key,
                length=len(value),
                limit=longest,
            )
        return value

    def number(
        self,
        key: str,
        default: int = 0,
        *,
        required: bool = False,
        lowest: int | None = None,
        highest: int | None = None,
    ) -> int:
        value = self._take(key, required)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, "Mục “%(key)s” phải là số nguyên, tệp đang ghi “%(seen)s”.", key=key, seen=value)
            return default
        self._range(key, value, lowest, highest)
        return value

    def decimal(
        self, key: str, default: float = 0.0, *, lowest: float | None = None, highest: float | None = None
    ) -> float:
        value = self._take(key, False)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(
                key,
                "Mục “%(key)s” phải là số, tệp đang ghi “%(seen)s”; phần thập phân viết sau dấu chấm.",
                key=key,
                seen=value,
            )
            return default
        self._range(key, value, lowest, highest)
        return float(value)

    def texts(self, key: str, *, choices: Collection[str] = ()) -> tuple[str, ...]:
        found = []
        for item in self._list(key):
            if not isinstance(item.data, str):
                sentence = said(
                    "Mỗi dòng của mục “%(key)s” phải là chữ; nếu là số thì đặt trong dấu ngoặc kép.", key=key
                )
                self.problems.append(Problem(item.line, sentence))
            elif choices and item.data not in choices:
                sentence = said(
                    "Mục “%(key)s” nhận các giá trị: %(choices)s; tệp đang ghi “%(seen)s”.",
                    key=key,
                    choices=", ".join(choices),
                    seen=item.data,
                )
                self.problems.append(Problem(item.line, sentence))
            else:
                found.append(item.data)
        return tuple(found)

    def mapping(self, key: str) -> Mapping[str, str]:
        """A mapping of texts."""
        fields = self.fields(key)
        return {name: fields.text(name) for name in fields._given}

    def flag(self, key: str) -> bool:
        value = self._take(key, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.wrong(
            key, "Mục “%(key)s” nhận true (có) hoặc false (không), tệp đang ghi “%(seen)s”.", key=key, seen=value
        )
        return False

    def plain(self, key: str) -> Any:
        """The value as it is, whatever its type."""
        self._taken.add(key)
        return self._given[key].plain() if key in self._given else None

    def fields(self, key: str) -> Fields:
        self._taken.add(key)
        return Fields(self._given.get(key, Value(None, self.value.line)), self.problems)

    def each(self, key: str) -> Iterator[Fields]:
        for item in self._list(key):
            yield Fields(item, self.problems)

    def close(self) -> None:
        for key in self._given.keys() - self._taken:
            if key in _LATER:
                self.wrong(key, "Mục “%(key)s” chưa dùng được ở bản này. Anh/chị bỏ mục này đi.", key=key)
            else:
                self.wrong(key, "Không có mục “%(key)s”.", key=key, near=guess(key, self._taken))

    def _take(self, key: str, required: bool) -> Any:
        self._taken.add(key)
        if key in self._given and self._given[key].data is not None:
            return self._given[key].data
        if required:
            self.wrong(key, "Thiếu mục “%(key)s”.", key=key)
        return None

    def _list(self, key: str) -> list[Value]:
        self._taken.add(key)
        items = self._given[key].data if key in self._given else None
        if isinstance(items, list):
            return items
        if items is not None:
            self.wrong(key, "Mục “%(key)s” phải là danh sách, mỗi dòng mở đầu bằng dấu gạch ngang.", key=key)
        return []

    def _range(self, key: str, value: float, lowest: float | None, highest: float | None) -> None:
        if lowest is not None and value < lowest:
            self.wrong(
                key, "Mục “%(key)s” nhỏ nhất là %(limit)s, tệp đang ghi %(seen)s.", key=key, limit=lowest, seen=value
            )
        if highest is not None and value > highest:
            self.wrong(
                key, "Mục “%(key)s” lớn nhất là %(limit)s, tệp đang ghi %(seen)s.", key=key, limit=highest, seen=value
            )


def compose(text: str, first: int) -> Value:
    """Read one YAML document whose first line is line ``first`` of its file."""
    try:
        return _Composer(text, first).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first + (mark.line if mark else 0)
        problem = said(
            "Chỗ này viết chưa đúng quy tắc YAML. Anh/chị xem lại dấu hai chấm, dấu ngoặc, khoảng thụt đầu dòng."
        )
        raise InvalidExercise(line=line, problem=problem) from error
    except yaml.YAMLError as error:
        raise InvalidExercise(line=first, problem=said("Phần khai báo có ký tự lạ không đọc được.")) from error


class _Composer:
    """Values straight from the parser's events: nothing is built of what could make a small file grow large.

    Anchors, tags and deep nesting are refused as they come. Plain scalars are those of the core schema of YAML 1.2
    (10.3.2), so that "no" and "on" stay words. libyaml reads fifty times faster than a parser in Python.
    """

    def __init__(self, text: str, first: int) -> None:
        self._events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self._first = first
        self._depth = 0

    def document(self) -> Value:
        found = Value(None, self._first)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found.data is not None:
                    raise self._refused(event, said("Phần khai báo chỉ được có một tài liệu YAML."))
                found = self._value(next(self._events))
        return found

    def _refused(self, event: yaml.Event, problem: Sentence) -> InvalidExercise:
        return InvalidExercise(line=self._line(event), problem=problem)

    def _line(self, event: yaml.Event) -> int:
        return self._first + (event.start_mark.line if event.start_mark else 0)

    def _value(self, event: yaml.Event) -> Value:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, said("Không dùng neo (&) và tham chiếu (*) của YAML."))
        if (tag := getattr(event, "tag", None)) is not None:
            raise self._refused(event, said("Không dùng nhãn kiểu “%(tag)s” của YAML.", tag=tag))
        if isinstance(event, yaml.ScalarEvent):
            return Value(_scalar(event.value, plain=event.implicit[0]), self._line(event))
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refused(event, said("Các mục lồng nhau quá %(limit)s bậc.", limit=MAX_DEPTH))
        within = self._mapping() if isinstance(event, yaml.MappingStartEvent) else self._sequence()
        self._depth -= 1
        return Value(within, self._line(event))

    def _sequence(self) -> list[Value]:
        found = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event))
        return found

    def _mapping(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event)  # first of all, so that an anchor is refused as one
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refused(event, said("Tên của một mục phải là chữ."))
            if (name := nfc(event.value)) in found:
                raise self._refused(event, said("Mục “%(key)s” có hai lần.", key=name))
            found[name] = Value(self._value(next(self._events)).data, key.line)
        return found


def _scalar(value: str, *, plain: bool) -> str | int | float | bool | None:
    text = nfc(value)
    if plain:
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return text.lower() == "true"
        if re.fullmatch(r"[-+]?\d{1,18}", text):
            return int(text)
        if re.fullmatch(r"[-+]?(\d+\.\d*|\.\d+|\d+(?=[eE]))([eE][-+]?\d{1,2})?", text):
            return float(text)
    return text.strip()


def guess(seen: str, known: Collection[str]) -> str:
    """What may have been meant by something unknown; empty where nothing is near."""
    return next(iter(difflib.get_close_matches(seen, known, n=1)), "")
