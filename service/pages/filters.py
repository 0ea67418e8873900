"""How times, numbers and counted things are written on the pages.

In Vietnamese as in an official document of the office; in English in running English, on the same clock.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil, floor

from flask_babel import get_locale, ngettext

from service.settings import OFFICE_TIME
from service.text import count_syllables

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_english() -> bool:
    """True while a page is written in English; outside of a request everything is Vietnamese."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def clock(at: datetime) -> str:
    """«9 giờ 26»; English «9:26»."""
    local = at.astimezone(OFFICE_TIME)
    return f"{local.hour}:{local.minute:02d}" if in_english() else f"{local.hour} giờ {local.minute:02d}"


def day(at: datetime) -> str:
    """«ngày 05 tháng 6 năm 2026»; a nought stands before days under 10 and months 1 and 2 (Decree 30, Phụ lục I).

    English «5 June 2026».
    """
    local = at.astimezone(OFFICE_TIME)
    if in_english():
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def moment(at: datetime) -> str:
    """«9 giờ 26 ngày 05 tháng 6 năm 2026»; English «9:26 on 5 June 2026»."""
    return f"{clock(at)} on {day(at)}" if in_english() else f"{clock(at)} {day(at)}"


def number(value: float, places: int = 0) -> str:
    """«1.500.000»; «1.234,5» with one place. English puts comma and point the other way round."""
    written = f"{value:,.{places}f}"
    return written if in_english() else written.translate(str.maketrans(",.", ".,"))


def signed(value: float) -> str:
    """«+64», «−7», «0»: a whole number that is always written with its sign."""
    whole = round(value)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{number(abs(whole))}"


def percent(share: float, places: int = 1) -> str:
    """«61,4%» for 0.614; a round value loses its «,0»."""
    return _whole(number(share * 100, places), places) + "%"


def points(score: float) -> str:
    """«69» for 69.58 points of a hundred: cut off, never rounded up, so that what is under a mark stays under it."""
    return number(floor(round(score, 6)))  # 100 × 0.29 is a hair less than 29


def mark(score: float) -> str:
    """The whole points that reach a mark: «70» for 70, and for 69.5 as well."""
    return number(ceil(round(score, 6)))  # 100 × 0.55 is a hair more than 55


def megabytes(size: int) -> str:
    """The size of a file in bytes: «0,3 MB», «34 MB», and kilobytes below a tenth of a megabyte."""
    if size < 100_000:
        return f"{number(max(1, round(size / 1000)))} kB"
    return f"{_whole(number(size / 1_000_000, 1), 1)} MB"


def _whole(written: str, places: int) -> str:
    """A written number without decimals that are all noughts."""
    return written.removesuffix(("." if in_english() else ",") + "0" * places)


def counted(sentence: str, count: int, **facts: object) -> str:
    """A sentence about ``%(n)s`` things. Vietnamese has one form for any number, English one for 1 and one for others.

    The catalogue finds the sentence by the name of this function; ``facts`` fill its other places, or the count's own.
    """
    return str(ngettext(sentence, sentence, count, **{"n": number(count), **facts}))


FILTERS = {f.__name__: f for f in (clock, day, moment, number, signed, percent, points, mark, megabytes)} | {
    "syllables": count_syllables
}
