"""Nothing crossed: what the passage says of one of several like things is not said of another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from service.checks.support.alignment import Layout, Places, Token
from service.checks.support.wordings import ACTORS, CLASSED

_BACK = re.compile(r"\b(?:này|đó|nói trên|ấy)\b")
"""A clause with one of these takes its words from an earlier one."""

_PASSIVE = re.compile(r"\b(?:được|bị|do|bởi)\b")


def crossed(claim: Layout, there: Layout, places: Places) -> bool:
    """True when the words of a clause of the claim stand with a rival of what it speaks of, and not with that itself.

    Rivals are other figures of a kind, and other words behind the same noun («nhóm A …; nhóm B …»). Each has its region
    of the passage, up to where the next one's begins. The words of a clause are crossed where twice as many of them
    stand in the region of a rival that it does not name; where another clause of the claim names one, where all do.
    """
    return any(_crossed(claim, there, places, n) for n in range(len(claim.tokens)))


def _crossed(claim: Layout, there: Layout, places: Places, n: int) -> bool:
    one = claim.tokens[n]
    clause = [(m, other) for m, other in enumerate(claim.tokens) if other.clause == one.clause]
    if not places[n] or any(other.denied for _, other in clause):
        return False
    items, head = _alike(claim, there, n)
    here = set(places[n]) & set(items)
    if not here or any(_BACK.search(there.clauses[there.tokens[k].clause]) for k in here):
        return False
    end = _end(claim, there, n, here)
    said = {other.key for _, other in clause}
    alone = not any(set(at) & set(items) for o, at in zip(claim.tokens, places, strict=True) if o.clause != one.clause)
    if alone:
        clause = list(enumerate(claim.tokens))
    groups = _groups(items, there, head if one.quantity is None else "")
    regions = _regions(groups, there, head)
    mine = {g for g, group in enumerate(groups) if here & set(group)}
    rivals = {g for g, group in enumerate(groups) if not any(_said(there.tokens[k], said) for k in group)} - mine
    with_mine = with_rival = 0
    for m, other in clause:
        part_of_item = n - 1 <= m < end or set(places[m]) & set(items)
        if part_of_item or not places[m] or other.key == head:
            continue
        where = {g for k in places[m] for g, (start, end) in enumerate(regions) if start <= k < end}
        anywhere = all(any(start <= k < end for start, end in regions) for k in places[m])
        if anywhere and where <= mine:
            with_mine += 1
        elif anywhere and where <= rivals:
            with_rival += 1
    return with_rival > (2 * with_mine if alone else 0) and (alone or not with_mine)


def _said(one: Token, said: set[str]) -> bool:
    """The claim has it, or the passage denies it: no rival."""
    return one.key in said or one.denied


def _end(claim: Layout, there: Layout, n: int, here: set[int]) -> int:
    """Where the name that begins at a token of the claim ends: the last capital that runs on as in the passage."""
    end = n + 1
    for k in here:
        m = 1
        while (
            n + m < len(claim.tokens)
            and k + m < len(there.tokens)
            and claim.tokens[n + m].key == there.tokens[k + m].key
        ):
            if claim.tokens[n + m].name:
                end = max(end, n + m + 1)
            m += 1
    return end


def swapped(claim: Layout, there: Layout, places: Places) -> bool:
    """True when who does it stands behind the deed in the passage, and somebody else before it."""
    return any(_swapped(claim, there, places, clause) for clause in range(len(claim.clauses)))


def _swapped(claim: Layout, there: Layout, places: Places, clause: int) -> bool:
    inside = [n for n, one in enumerate(claim.tokens) if one.clause == clause]
    doers = [n for n in inside[:4] if places[n] and _leads(claim, n)]
    doer = next((n for n in doers if claim.tokens[n].name), doers[0] if doers else None)
    if doer is None or _PASSIVE.search(claim.clauses[clause]):
        return False
    deed = next(
        (n for n in inside if n >= _run(claim, there, doer, places[doer]) and _tells(claim.tokens[n], places[n])), None
    )
    if deed is None or deed > doer + 8 or len(places[deed]) > 1:
        return False
    at = places[deed][0]
    of_deed = there.tokens[at]
    if " là " in there.clauses[of_deed.clause]:
        return False
    opens = next(k for k, one in enumerate(there.tokens) if one.clause == of_deed.clause)
    others = [k for k in range(opens, min(at, opens + 3)) if _acts(there.tokens[k])]
    said = {claim.tokens[n].key for n in inside if n < deed}
    mine = [k for k in places[doer] if there.tokens[k].sentence - of_deed.sentence == 0]
    return bool(mine and min(mine) > at and others) and not any(there.tokens[k].key in said for k in others)


def _run(claim: Layout, there: Layout, n: int, here: Sequence[int]) -> int:
    """Where the row of words that begins at a token of the claim ends, and the passage has it so."""
    longest = 1
    for k in here:
        m = 1
        while (
            n + m < len(claim.tokens)
            and k + m < len(there.tokens)
            and claim.tokens[n + m].key == there.tokens[k + m].key
        ):
            m += 1
        longest = max(longest, m)
    return n + longest


def _leads(claim: Layout, n: int) -> bool:
    """Somebody who does things: a body, or a name that opens a clause or follows «ông», «bà» or a body."""
    one, before = claim.tokens[n], claim.tokens[n - 1] if n else None
    opens = before is None or before.clause != one.clause or before.key == "ông" or before.key in ACTORS
    return one.key in ACTORS or (one.name and opens)


def _tells(one: Token, at: Sequence[int]) -> bool:
    return bool(at) and not _acts(one) and one.quantity is None


def _acts(one: Token) -> bool:
    return one.name or one.key in ACTORS


def _alike(claim: Layout, there: Layout, n: int) -> tuple[list[int], str]:
    """Where the passage has what is of a kind with a token of the claim, and the noun that they share."""
    one = claim.tokens[n]
    tokens = there.tokens
    if one.quantity is not None and one.quantity.kind == "number":
        thing = claim.tokens[n + 1].key if n + 1 < len(claim.tokens) else ""
        return [k for k, (a, b) in enumerate(pairwise(tokens)) if _kind(a) == "number" and b.key == thing], thing
    if one.quantity is not None:
        return [k for k, other in enumerate(tokens) if _kind(other) == _kind(one)], ""
    before = claim.tokens[n - 1] if n else None
    if before is None or before.clause != one.clause or before.quantity is not None:
        return [], ""
    if not (before.key in CLASSED or one.name or len(one.key) == 1):
        return [], ""
    behind = [k for k, (a, b) in enumerate(pairwise(tokens), 1) if a.key == before.key and a.clause == b.clause]
    return behind, before.key


def _kind(one: Token) -> str:
    """The kind of a token's quantity; «19/7» may be a day."""
    kind = one.quantity.kind if one.quantity else ""
    return "date" if kind == "fraction" else kind


def _groups(items: Sequence[int], there: Layout, head: str) -> list[list[int]]:
    """Items that stand in a row are one: «thứ Hai, thứ Năm», «thôn Nà Cáy, xóm Bến Đò và thôn Lũng»."""
    groups = list[list[int]]()
    for k in items:
        between = there.tokens[groups[-1][-1] + 1 : k] if groups else ()
        if groups and all(head and (one.key == head or one.name) for one in between):
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def _regions(groups: Sequence[Sequence[int]], there: Layout, head: str) -> list[tuple[int, int]]:
    """Start and end of what is said of each group; none where nothing parts one from the next.

    What stands between two like breaks is nobody's: «190 m, trên sườn Pò Ngòa, 30 m».
    """
    tokens = there.tokens
    starts, ends, shared = list[int](), list[int](), False
    for before, after in pairwise(groups):
        breaks = [k for k in range(before[-1] + 1, after[0] + 1) if tokens[k].clause != tokens[k - 1].clause]
        strength = max((there.parting[tokens[k].clause] for k in breaks), default=0)
        strongest = [k for k in breaks if there.parting[tokens[k].clause] == strength]
        if not strongest and head and (tokens[after[0] - 1].joined or tokens[after[0] - 2].joined):
            strongest = [after[0] - 1]
        if not strongest:
            return []
        opens = tokens[strongest[0]]
        shared = shared or (not ends and strength <= 2 and not (opens.key in CLASSED or _acts(opens)))
        ends.append(strongest[0])
        starts.append(strongest[-1])
    first, last = groups[0][0], groups[-1][-1]
    start, end = first, last + 1
    while start and not shared and tokens[start - 1].clause == tokens[first].clause:
        start -= 1
    while end < len(tokens) and tokens[end].sentence == tokens[last].sentence:
        end += 1
    return list(zip([start, *starts], [*ends, end], strict=True))
