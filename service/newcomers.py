"""Many people at once: a class as it stands in a list, one person a line.

    Nguyễn Thị Hoà                      the sign-in name is made: nguyenthihoa, or with a number when that is taken
    hoa.nguyen; Nguyễn Thị Hoà          the sign-in name is given; a tab or a comma does as well

Numbers before the lines, a head and empty lines are passed over. The list is read whole and everything wrong with it
told; then all are added or none. A name that is there already is told too, unless a sign-in name sets the two apart:
a list that is sent twice must not make a class twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service import accounts
from service.errors import BadInput
from service.kit import Kit
from service.records import Role, User
from service.text import fold, nfc, normalise_tone

MOST = 200
"""People that are added at a time: hashing a password takes a good twentieth of a second."""
LONGEST_LOGIN = 32

_ORDINAL = re.compile(r"\s*[0-9]{1,3}(?:[.)]\s+|[.)]?\s*\t)")
_HEADS = frozenset({"ho va ten", "ho ten"})


@dataclass(frozen=True)
class Newcomer:
    """A person of the list who can be added."""

    name: str
    display_name: str


@dataclass(frozen=True)
class Wrong:
    """What keeps a line of the list, counted from 1, from being added."""

    line: int
    why: BadInput


def read(kit: Kit, text: str) -> tuple[tuple[Newcomer, ...], tuple[Wrong, ...]]:
    """The people of a list in their order, and everything that is wrong with it; nothing is stored.

    1. Cut the lines into a sign-in name, which may be empty, and a full name.
    2. Look at both, and at who has them already: in the list, or among the people here.
    3. Make the sign-in names that are not given, out of those that are left.
    """
    people = accounts.list_users(kit)
    here = {one.name for one in people}
    known = {_sound(one.display_name): one for one in people if one.active}
    given, named = dict[str, int](), dict[str, int]()
    found, wrong = list[tuple[int, str, str]](), list[Wrong]()
    for line, cells in _lines(text):
        try:
            name, display_name = _person(cells)
            if name in here:
                raise BadInput(accounts.TAKEN, name=name)
            if name in given:
                raise BadInput("Tên đăng nhập %(name)s đã có ở dòng %(line)s.", name=name, line=given[name])
            if not name:
                _set_apart(_sound(display_name), known, named)
        except BadInput as why:
            wrong.append(Wrong(line, why))
            continue
        if name:
            given[name] = line
        named.setdefault(_sound(display_name), line)
        found.append((line, name, display_name))
    taken, newcomers = here | given.keys(), list[Newcomer]()
    for line, name, display_name in found:
        made = name or login_from(display_name, taken)
        if made:
            newcomers.append(Newcomer(made, display_name))
            taken.add(made)
        else:
            unmade = BadInput("Chưa đặt được tên đăng nhập từ họ và tên này. Anh/chị ghi: tên đăng nhập; họ và tên.")
            wrong.append(Wrong(line, unmade))
    if len(found) > MOST:
        many = BadInput("Mỗi lần thêm được nhiều nhất %(most)s người. Anh/chị thêm phần còn lại sau.", most=MOST)
        wrong.append(Wrong(found[MOST][0], many))
    if not (found or wrong):
        wrong.append(Wrong(1, BadInput("Danh sách chưa có ai. Anh/chị ghi mỗi người một dòng.")))
    return tuple(newcomers), tuple(sorted(wrong, key=lambda one: one.line))


def add(kit: Kit, people: Sequence[Newcomer], role: Role) -> tuple[tuple[User, str], ...]:
    """Add all of them, each with a first password, which is kept nowhere; none when one cannot be (``BadInput``)."""
    passwords = [accounts.new_password() for _ in people]
    rows = [(one.name, one.display_name, password) for one, password in zip(people, passwords, strict=True)]
    return tuple(zip(accounts.create_users(kit, rows, role), passwords, strict=True))


def login_from(display_name: str, taken: Collection[str]) -> str:
    """A sign-in name that is not taken: «Nguyễn Thị Hoà» is nguyenthihoa; empty where the name has too few letters."""
    letters = re.sub("[^a-z0-9]", "", fold(display_name))[:LONGEST_LOGIN]
    if not accounts.NAME.fullmatch(letters):
        return ""
    made, number = letters, 1
    while made in taken:
        number += 1
        made = f"{letters[: LONGEST_LOGIN - len(str(number))]}{number}"
    return made


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that holds something."""
    begun = False
    for line, written in enumerate(nfc(text).removeprefix("\ufeff").split("\n"), start=1):
        bare = _ORDINAL.sub("", written, count=1)
        sign = next((one for one in "\t;," if one in bare), "\t")
        cells = [cell.strip() for cell in bare.split(sign)]
        while len(cells) > 2 and not cells[-1]:  # a spreadsheet's empty columns
            cells.pop()
        if not any(cells):
            continue
        if begun or fold(cells[-1]) not in _HEADS:
            yield line, cells
        begun = True


def _person(cells: Sequence[str]) -> tuple[str, str]:
    if len(cells) > 2:
        raise BadInput("Dòng này có nhiều hơn hai phần. Anh/chị ghi: tên đăng nhập; họ và tên.")
    display_name = accounts.full_name(cells[-1])
    return (accounts.login(cells[0]) if len(cells) == 2 and cells[0] else ""), display_name


def _set_apart(sound: str, known: Mapping[str, User], named: Mapping[str, int]) -> None:
    """Without a sign-in name of one's own a name may not be that of somebody else."""
    if sound in named:
        raise BadInput(
            "Họ và tên này đã có ở dòng %(line)s. Nếu là hai người, anh/chị ghi tên đăng nhập riêng trước họ và tên.",
            line=named[sound],
        )
    if sound in known:
        raise BadInput(
            "Đã có %(name)s (tên đăng nhập %(login)s). Nếu là người khác, anh/chị ghi tên đăng nhập riêng trước "
            "họ và tên.",
            name=known[sound].display_name,
            login=known[sound].name,
        )


def _sound(display_name: str) -> str:
    """What two spellings of one name have in common: «Hoà» and «Hòa»."""
    return normalise_tone(display_name).casefold()
