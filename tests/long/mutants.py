"""Hostile files, texts and drafts, bred from honest ones: every one follows from a seed and its number alone."""

from __future__ import annotations

import copy
import io
import random
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.records import Draft
from service.settings import HOME
from tests.files import pdf_file, word_file

LARGEST = 2 * 2**20
"""Bytes to which a mutation may blow a file up; what is larger on purpose is a bomb and says so."""

NUMBERS = (
    b"-1",
    b"0",
    b"2147483648",
    b"18446744073709551616",
    b"1" + b"0" * 30,
    b"9" * 5000,
    b"1e999",
    b"NaN",
    b"0x7f",
)
TOKENS = (
    b"\0" * 8,
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",  # half a letter, as CESU-8 writes it
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"{\\rtf1",
    b"<html>",
    b"]]>",
    b"<!--",
    b"&#0;",
    b"&#xD800;",
    b"&lol9;",
    "\u202eđảo ngược\u202c".encode(),
    "e\u0302\u0301".encode(),  # ế from three parts
    "\u0301".encode() * 300,
    "Vi\u00d6t Nam ®· \u00ae\u00b9".encode(),  # .VnTime read as Unicode
    b"=1+1",
    "MẬT".encode(),
)


@dataclass(frozen=True)
class Seed:
    """An honest file that mutants are bred from."""

    name: str
    suffix: str
    data: bytes


@dataclass(frozen=True)
class Mutant:
    """A hostile file; ``recipe`` names what was done, ``bomb`` says that it may only be opened in another process."""

    number: int
    suffix: str
    data: bytes
    recipe: tuple[str, ...]
    bomb: bool = False


Mutation = Callable[[random.Random, bytes], bytes]


def chance(seed: int, what: str, number: int) -> random.Random:
    """The dice of one case, independent of all others."""
    return random.Random(f"{seed} {what} {number}")  # noqa: S311 - reproducible, not secret


# ── any bytes ───────────────────────────────────────────────────────────────────────────────────


def _place(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 4, 64, 1024, len(data))))


def flip(dice: random.Random, data: bytes) -> bytes:
    flipped = bytearray(data)
    for _ in range(dice.choice((1, 3, 30)) if data else 0):
        flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(flipped)


def truncate(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def drop(dice: random.Random, data: bytes) -> bytes:
    start, end = _place(dice, data)
    return data[:start] + data[end:]


def repeat(dice: random.Random, data: bytes) -> bytes:
    start, end = _place(dice, data)
    times = min(dice.choice((2, 10, 1000)), LARGEST // max(1, end - start) + 1)  # no gigabytes only to be cut off
    return (data[:start] + data[start:end] * times + data[end:])[:LARGEST]


def insert(dice: random.Random, data: bytes) -> bytes:
    start, _ = _place(dice, data)
    return data[:start] + dice.choice(TOKENS) + data[start:]


def numbers(dice: random.Random, data: bytes) -> bytes:
    """Some of the numbers become impossible ones."""
    share = dice.choice((0.01, 0.1, 1.0))
    return re.sub(rb"\d+", lambda found: dice.choice(NUMBERS) if dice.random() < share else found[0], data)[:LARGEST]


def decompose(_dice: random.Random, data: bytes) -> bytes:
    return unicodedata.normalize("NFD", data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def recode(dice: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(dice.choice(("utf-16", "utf-32", "cp1258", "utf-7")), "replace")


ANY: tuple[Mutation, ...] = (flip, truncate, drop, repeat, insert, numbers, decompose, recode)


# ── .docx ───────────────────────────────────────────────────────────────────────────────────────

Members = list[tuple[str, bytes]]

_LAUGHS = "".join(
    f'<!ENTITY lol{n} "{10 * refer}">' for n, refer in enumerate(("lol", *map("&lol{};".format, range(9))))
)
_ENTITIES = (
    f"<!DOCTYPE x [{_LAUGHS}",
    '<!DOCTYPE x [<!ENTITY lol9 SYSTEM "file://{trap}">',
    '<!DOCTYPE x [<!ENTITY % all SYSTEM "http://127.0.0.1:9/x.dtd">%all;<!ENTITY lol9 "x">',
    '<!DOCTYPE x [<!ENTITY lol9 "{long}">',
)
"""Bombs of entities, a file of this machine as an entity, definitions from elsewhere."""

TRAP = HOME / "pyproject.toml"
"""The file that an entity tries to read into a document; ``TRAPPED`` would then stand in the text."""
TRAPPED = "[build-system]"


def _unpack(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(member.filename, package.read(member)) for member in package.infolist()]


def _pack(members: Members) -> bytes:
    kept = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")  # a name that stands there twice is what is wanted
        for name, data in members:
            package.writestr(name, data)
    return kept.getvalue()


def _main(dice: random.Random, members: Members) -> int:
    """Usually the document itself: that is where the parser works."""
    main = [n for n, (name, _) in enumerate(members) if name == "word/document.xml"]
    return main[0] if main and dice.random() < 0.7 else dice.randrange(len(members))


def inside(dice: random.Random, members: Members) -> Members:
    """Any mutation, on the bytes of a member."""
    n = _main(dice, members)
    return [*members[:n], (members[n][0], dice.choice(ANY)(dice, members[n][1])), *members[n + 1 :]]


def remove(dice: random.Random, members: Members) -> Members:
    n = dice.randrange(len(members))
    return [*members[:n], *members[n + 1 :]]


def duplicate(dice: random.Random, members: Members) -> Members:
    name, data = members[_main(dice, members)]
    return [*members, (name, dice.choice(ANY)(dice, data))]


def rename(dice: random.Random, members: Members) -> Members:
    n = dice.randrange(len(members))
    name = members[n][0]
    names = (
        f"../../{name}",
        f"/{name}",
        name.upper(),
        name.replace("/", "\\"),
        "x" * 60_000,
        f"{name}/",
        "con",
        "é" * 9,
    )
    return [*members[:n], (dice.choice(names), members[n][1]), *members[n + 1 :]]


def exchange(dice: random.Random, members: Members) -> Members:
    """Two members with each other's content."""
    a, b = _main(dice, members), dice.randrange(len(members))
    changed = list(members)
    changed[a], changed[b] = (members[a][0], members[b][1]), (members[b][0], members[a][1])
    return changed


def entities(dice: random.Random, members: Members) -> Members:
    n = _main(dice, members)
    name, data = members[n]
    kind = dice.choice(_ENTITIES).replace("{trap}", TRAP.as_posix()).replace("{long}", "x" * 100_000)
    data = re.sub(rb"(<\?xml[^>]*\?>)?", lambda found: found[0] + f"{kind}]>".encode(), data, count=1)
    return [*members[:n], (name, data.replace(b"</w:t>", b"&lol9;</w:t>", dice.choice((1, 50)))), *members[n + 1 :]]


def nest(dice: random.Random, members: Members) -> Members:
    """Elements in elements in elements, open or closed."""
    n = _main(dice, members)
    name, data = members[n]
    depth = dice.choice((10, 200, 250, 5000))
    opening, closing = dice.choice(
        (
            (b"<w:p><w:r>", b"</w:r></w:p>"),
            (b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>"),
            (b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>"),
        )
    )
    nested = opening * depth + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" + (closing * depth if dice.random() < 0.8 else b"")
    return [*members[:n], (name, data.replace(b"<w:body>", b"<w:body>" + nested, 1)), *members[n + 1 :]]


def widen(dice: random.Random, members: Members) -> Members:
    """Cells, repetitions and references that promise more than there is."""
    n = _main(dice, members)
    name, data = members[n]
    value = dice.choice(NUMBERS)
    widened = dice.choice(
        (
            b'<w:tcPr><w:gridSpan w:val="%b"/></w:tcPr>',
            b'<w:tcPr><w:vMerge w:val="%b"/></w:tcPr>',
            b'<w:pPr><w:numPr><w:ilvl w:val="%b"/><w:numId w:val="%b"/></w:numPr></w:pPr>',
            b'<w:pPr><w:pStyle w:val="%b"/></w:pPr>',
        )
    ).replace(b"%b", value)
    where = b"<w:tc>" if b"tcPr" in widened else b"<w:p>"
    return [*members[:n], (name, data.replace(where, where + widened)), *members[n + 1 :]]


def retag(dice: random.Random, members: Members) -> Members:
    """Every element of one name becomes one of another; the XML stays well-formed."""
    n = _main(dice, members)
    name, data = members[n]
    known = sorted(set(re.findall(rb"(?<=<)w:\w+", data))) or [b"w:p"]
    old, new = dice.choice(known), dice.choice(known)
    return [*members[:n], (name, re.sub(rb"(</?)%b(?=[ />])" % old, rb"\1" + new, data)), *members[n + 1 :]]


def attributes(dice: random.Random, members: Members) -> Members:
    """Impossible values where Word writes possible ones; the XML stays well-formed."""
    n = _main(dice, members)
    name, data = members[n]
    share = dice.choice((0.02, 0.3, 1.0))
    values = (*NUMBERS, b"", b"on", b"heading 1", b"-0.5", b"\xc4\x91", b"rId99", b"x" * 3000)
    data = re.sub(
        rb'(?<=[ \n]w:)(\w+)="[^"]*"',
        lambda found: found[1] + b'="' + dice.choice(values) + b'"' if dice.random() < share else found[0],
        data,
    )
    return [*members[:n], (name, data[:LARGEST]), *members[n + 1 :]]


OF_WORD: tuple[Callable[[random.Random, Members], Members], ...] = (
    *(inside, retag, attributes) * 2,
    remove,
    duplicate,
    rename,
    exchange,
    entities,
    nest,
    widen,
)


def word_bomb(dice: random.Random, data: bytes) -> bytes:
    """Little to carry, much to unpack: spaces, letters or paragraphs by the million."""
    piece = dice.choice((b" ", b"x", b"<w:p/>", b"<w:p><w:r><w:t>bom</w:t></w:r></w:p>"))
    blown = piece * (dice.choice((900_000, 8 * 2**20, 64 * 2**20)) // len(piece))
    members = _unpack(data)
    return _pack([(name, part.replace(b"<w:body>", b"<w:body>" + blown, 1)) for name, part in members])


# ── .pdf ────────────────────────────────────────────────────────────────────────────────────────

_NAMES = (
    b"/Kids", b"/Parent", b"/Type", b"/Page", b"/Pages", b"/Length", b"/Filter", b"/FlateDecode", b"/LZWDecode",
    b"/ASCII85Decode", b"/Contents", b"/Font", b"/ToUnicode", b"/Prev", b"/Root", b"/Encrypt", b"/ObjStm",
)  # fmt: skip


def references(dice: random.Random, data: bytes) -> bytes:
    """Objects point at other objects, at themselves, in circles."""
    known = re.findall(rb"\d+ 0 R", data) or [b"1 0 R"]
    return re.sub(rb"\d+ 0 R", lambda found: dice.choice(known) if dice.random() < 0.2 else found[0], data)


def names(dice: random.Random, data: bytes) -> bytes:
    return re.sub(rb"/[A-Z]\w+", lambda found: dice.choice(_NAMES) if dice.random() < 0.05 else found[0], data)


def update(dice: random.Random, data: bytes) -> bytes:
    """A later version of the file is written behind it, as PDF allows, with an invented trailer."""
    trailer = dice.choice(
        (
            b"trailer << /Size 9 /Root 1 0 R /Prev %d >>" % len(data),
            b"trailer << /Root 99 0 R >>",
            b"trailer << /Size 9 /Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 /O (x) /U (y) /P -1 >> >>",
            b"1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj trailer << /Root 1 0 R >>",
            b"[" * 20_000,
            b"<< /A " * 20_000,
        )
    )
    return data + b"\nxref\n0 1\n0000000000 65535 f \n" + trailer + b"\nstartxref\n%d\n%%%%EOF" % len(data)


OF_PDF: tuple[Mutation, ...] = (*ANY, references, references, names, names, update)


def pdf_bomb(dice: random.Random, data: bytes) -> bytes:
    """The first stream unpacks to megabytes of nothing, or of commands."""
    piece = dice.choice((b"\0", b"q ", b"(x) Tj ", b"[" * 64, b"BT /F1 9 Tf "))
    packed = zlib.compress(piece * (dice.choice((2, 20)) * 2**20 // len(piece)), 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)
    return re.sub(rb"<<[^<>]*>>\s*stream.*?endstream", lambda _: stream, data, count=1, flags=re.DOTALL)


# ── files ───────────────────────────────────────────────────────────────────────────────────────


def seeds() -> tuple[Seed, ...]:
    """The sample documents, and small files made on the spot, which the parsers are through with at once."""
    text = "ỦY BAN NHÂN DÂN XÃ TÂN HÒA\nSố: 12/TB-UBND\n\nTHÔNG BÁO\nVề việc nghỉ Tết\n\n1. Nghỉ từ ngày 05/02/2027.\n"
    table = "# Kế hoạch\n\n| Việc | Hạn |\n|---|---|\n| Tiêm phòng | 15/6/2026 |\n\n## Tổ chức\n\nGiao các thôn."
    small = word_file(lambda word: [word.add_paragraph(line) for line in text.splitlines()])
    grid = word_file(lambda word: (word.add_heading("Phụ lục"), word.add_table(3, 3), word.add_paragraph("Nơi nhận:")))
    made = [
        Seed("nghi-tet.txt", ".txt", text.encode()),
        Seed("nghi-tet-16.txt", ".txt", text.encode("utf-16")),
        Seed("ke-hoach.md", ".md", table.encode()),
        Seed("nho.docx", ".docx", small),
        Seed("bang.docx", ".docx", grid),
        *(Seed(f"nho-{n}.pdf", ".pdf", pdf_file([text.splitlines()] * n)) for n in (1, 2, 3, 5)),
    ]
    shipped = sorted(path for path in (HOME / "sample_docs").rglob("*") if path.suffix in (".docx", ".pdf"))
    return (*made, *(Seed(path.name, path.suffix, path.read_bytes()) for path in shipped))


def mutant(known: Sequence[Seed], seed: int, number: int) -> Mutant:
    """The file of this number: an honest one, changed once to three times; now and then a bomb or a wrong suffix."""
    dice = chance(seed, "file", number)
    suffix = dice.choices((".docx", ".pdf", ".txt", ".md"), (50, 25, 15, 10))[0]
    chosen = dice.choice([one for one in known if one.suffix == suffix])
    data, recipe = chosen.data, [chosen.name]
    if suffix in (".docx", ".pdf") and dice.random() < 0.01:
        bomb = word_bomb if suffix == ".docx" else pdf_bomb
        return Mutant(number, suffix, bomb(dice, data), (*recipe, bomb.__name__), bomb=True)
    if suffix == ".docx" and dice.random() < 0.9:
        members = _unpack(data)
        for _ in range(dice.randint(1, 2)):
            change = dice.choice(OF_WORD)
            recipe.append(change.__name__)
            members = change(dice, members)
            if not members:
                break
        data = _pack(members)
    else:
        for _ in range(dice.randint(1, 3)):
            mutation = dice.choice(OF_PDF if suffix == ".pdf" else ANY)
            recipe.append(mutation.__name__)
            data = mutation(dice, data)
    if dice.random() < 0.1:
        other = dice.choice(known).data
        data = data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]
        recipe.append("splice")
    if dice.random() < 0.03:
        suffix = dice.choice((".docx", ".pdf", ".txt", ".md", ".doc", ".rtf", ".exe", ""))
        recipe.append(f"as {suffix!r}")
    return Mutant(number, suffix, data, tuple(recipe))


# ── exercises ───────────────────────────────────────────────────────────────────────────────────

_VALUES = (
    "&a [*a, *a]", "!!python/object/apply:os.system ['true']", "!!binary aGk=", "2027-13-45", ".inf", "-.nan", "0o777",
    "1_000", "9" * 400, "1e400", "yes", "~", "''", '"\\ud800"', "[" * 40, "{a: " * 20, "? [x, y]\n: z", "|-\n  x",
    "<<: {}", "file://../../../pyproject.toml", "file:///etc/hostname", "sample:../x", "\u0000", "\u2028", "a" * 5000,
    "e\u0302\u0301", "{{ 7*7 }}", "<script>alert(1)</script>", "- - - -", "%YAML 9.9", "---", "...", "\t- x", "@x",
)  # fmt: skip


def exercise_text(texts: Sequence[str], seed: int, number: int) -> str:
    """An exercise file with lines dropped, doubled, moved, pushed in, or given an impossible value."""
    dice = chance(seed, "exercise", number)
    lines = dice.choice(texts).split("\n")
    for _ in range(dice.randint(1, 4)):
        n = dice.randrange(len(lines))
        key, colon, _value = lines[n].partition(":")
        match dice.randrange(7):
            case 0:
                del lines[n : n + dice.choice((1, 1, 10))]
            case 1:
                lines.insert(n, lines[n])
            case 2:
                lines.insert(n, lines.pop(dice.randrange(len(lines))))
            case 3:
                lines[n] = dice.choice(("  ", "\t", " " * 50)) + lines[n]
            case 4:
                lines[n] = f"{key}{colon or ':'} {dice.choice(_VALUES)}"
            case 5:
                lines.insert(n, f"{dice.choice(('vars', 'la', 'id', 'tests', 'é'))}: {dice.choice(_VALUES)}")
            case _:
                lines = dice.choice(ANY)(dice, "\n".join(lines).encode()).decode("utf-8", "replace").split("\n")
        lines = lines or [""]
    return "\n".join(lines)[:400_000]


def exercise_texts() -> dict[str, str]:
    """The shipped exercises by name."""
    folder = Path(HOME / "prompts" / "exercises")
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────

_JSON: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1e308, float("nan"), float("inf"), "", " ", "\0", "\ud800", "\udc00\ud800", "x" * 20_001,
    "a\u0301" * 50, "\u202e", "\ufffe", "\x0b\x0c\x1b", "]]>&<", "=1+1", "<script>alert(1)</script>", "{{ 7*7 }}", [],
    [[]], [[], [""]], {}, {"table": None}, {"table": "x"}, {"table": [["a"], []]}, {"table": [[]]}, {"table": []},
    {"table": [["a", 1]]}, {"table": [["Việc", "Hạn"], ["Tiêm phòng", "15/6/2026"]], "x": 1}, {"table": [["x"] * 70]},
    ["x"] * 2001, {"kind": {}},
)  # fmt: skip


def draft_parts(honest: dict[str, Any], seed: int, number: int) -> dict[str, Any]:
    """The parts of a draft as a page might send them, some of them replaced by what no page sends."""
    dice = chance(seed, "draft", number)
    parts = copy.deepcopy(honest)
    for _ in range(dice.randint(1, 3)):
        name = dice.choice([*Draft.__dataclass_fields__, "x", "__class__"])
        value = parts.get(name)
        if isinstance(value, list) and dice.random() < 0.6:
            value.insert(dice.randrange(len(value) + 1), copy.deepcopy(dice.choice(_JSON)))
        elif dice.random() < 0.2:
            parts.pop(name, None)
        else:
            parts[name] = copy.deepcopy(dice.choice(_JSON))
    return parts
