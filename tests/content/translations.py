"""Keep the English catalogue in step with the Vietnamese texts: ``python -m tests.content.translations``.

The key of a text is its Vietnamese sentence. New sentences enter ``web/translations/en/LC_MESSAGES/messages.po``
empty, to be written there by hand; those no longer said are dropped. The program reads ``messages.mo``, made from it.
What the rules say about a text, and the exercises, are Vietnamese in every language and do not belong here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from service import compare, errors, form, parsers, progress
from service.checks import guide
from service.checks.prompt import parts, templates
from service.pages import api, ask, errors as error_pages, home, navigation, practice
from service.settings import HOME

PO = HOME / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")

KEYWORDS = {**DEFAULT_KEYWORDS, "counted": (1, 1)}

TABLES = (
    home.TASKS.values(),
    tuple(text for module in progress.COURSE for text in (module.name, module.aim)),
    home.LEVELS.values(),
    tuple(entry[0] for entry in navigation.MENU),
    error_pages.SENTENCES.values(),
    error_pages.TITLES.values(),
    api.FOR_PROGRAMS.values(),
    practice.BROKE_OFF.values(),
    ask.BROKE_OFF.values(),
    parts.LABELS.values(),
    compare.CHOICES.values(),
    compare.REASONS.values(),
    *(
        (group.name, *filter(None, (text for one in group.types.values() for text in (one.label, one.asks, one.value))))
        for group in guide.GROUPS
    ),
    (guide.AVOID,),
    *((one.name, one.when) for one in templates.TEMPLATES),
    *((slot.label, slot.hint) for one in templates.TEMPLATES for slot in one.slots),
    tuple(group[0] for group in form.GROUPS),
    parsers.NAMES.values(),
)
"""Labels that are set down as data and translated where they are shown."""

TOLD = (
    "*.py",
    "ask/*.py",
    "classes/*.py",
    "compare/*.py",
    "pages/*.py",
    "parsers/*.py",
    "practice/*.py",
    "summarise/*.py",
)
"""Where errors are raised that a page may tell, below ``service``."""

PROBLEMS = ("exercises.py", "prompts/*.py")
"""Where it is said what is wrong with an exercise's file, below ``service``."""

TERMINAL = frozenset({"backup", "doctor", "frames", "headless", "rubrics", "samples", "serving", "settings", "worker"})
"""Modules that speak in the terminal only, and there Vietnamese."""

_HEADER = """\
# Học Vụ in English. Written by hand; python -m tests.content.translations adds and drops keys.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_STAMP = datetime(2020, 3, 5)  # noqa: DTZ001  # the day of the decree: the same texts give the same file


def extract() -> Catalog:
    """Every text the pages can show, without its English."""
    found = Catalog(charset="utf-8")
    for folder, pattern, method in (("web/templates", "*.html", "jinja2"), ("service", "**/pages/*.py", "python")):
        for path in sorted((HOME / folder).rglob(pattern)):
            options = {"silent": "false"} if method == "jinja2" else {}
            for _line, key, _comments, _context in extract_from_file(method, path, KEYWORDS, options=options):
                found.add(key, locations=[(path.relative_to(HOME).as_posix(), 0)])
    for table in TABLES:
        for text in table:
            found.add(text)
    for kind in _error_classes(errors.HocVuError):
        found.add(kind.sentence, locations=[("service/errors.py", 0)])
    for patterns, texts_in in ((TOLD, told_in), (PROBLEMS, problems_in)):
        for path in sorted(path for pattern in patterns for path in (HOME / "service").glob(pattern)):
            if path.stem not in TERMINAL:
                for text in texts_in(path):
                    found.add(text, locations=[(path.relative_to(HOME).as_posix(), 0)])
    return found


def problems_in(path: Path) -> Iterator[str]:
    """The sentences given to ``said`` and to ``Fields.wrong``; one put together is refused, as in ``told_in``."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
        text = {"said": call.args[:1], "wrong": call.args[1:2]}.get(name)
        if text and isinstance(text[0], ast.JoinedStr):
            raise ValueError(f"{path.name}:{call.lineno}: give the parts of this sentence as facts")
        if text and isinstance(text[0], ast.Constant):
            yield str(text[0].value)


def told_in(path: Path) -> Iterator[str]:
    """The sentences and worded facts that a module gives to the errors it raises.

    A sentence put together at run time could never be found in a catalogue, so it is refused here (ValueError).
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    names = {kind.__name__ for kind in _error_classes(errors.HocVuError)}
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names):
            continue
        for given in (*call.args, *(keyword.value for keyword in call.keywords)):
            value = named.get(given.id, given) if isinstance(given, ast.Name) else given
            if isinstance(value, ast.JoinedStr) and given in call.args:
                raise ValueError(f"{path.name}:{call.lineno}: give the parts of this sentence as facts")
            spoken = value.values if isinstance(value, ast.BoolOp) else (value,)
            for one in spoken:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def _error_classes(root: type[errors.HocVuError]) -> Iterator[type[errors.HocVuError]]:
    yield root
    for kind in root.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield from _error_classes(kind)


def read() -> Catalog:
    """The catalogue as it is written down."""
    with PO.open("rb") as file:
        catalog = read_po(file, locale="en")
    catalog.creation_date = catalog.revision_date = _STAMP
    return catalog


def write(catalog: Catalog) -> bytes:
    """The catalogue as a file: sorted by key, with the names of the files that say a sentence."""
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return _HEADER.encode() + body.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The catalogue in the form the program reads."""
    body = BytesIO()
    write_mo(body, catalog)
    return body.getvalue()


def main() -> None:
    if not PO.exists():
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_text(_HEADER, encoding="utf-8")
    catalog = read()
    catalog.update(extract(), no_fuzzy_matching=True)
    PO.write_bytes(write(catalog))
    MO.write_bytes(compiled(read()))
    empty = [message.id for message in read() if message.id and not all(_texts(message.string))]
    print(*empty, f"{len(read())} texts, {len(empty)} without English.", sep="\n")  # noqa: T201  # a command speaks in the terminal


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    main()
