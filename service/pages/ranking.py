"""A ranking as it is drawn, and what the figures of its judges mean, in words: coordinates and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from math import comb

from flask_babel import gettext as _

from service import agreement
from service.pages.filters import counted, number, percent, signed
from service.records import Measured, Panel, Ranking

WIDTH, TOP, ROW, GAP = 860, 30, 42, 12
"""Of the drawing, in its own units: above the first row, of a row, and before those that are not ranked."""
LEFT, RIGHT = 380, 744
"""Between these lies the scale: the names stand before it, the votes behind it."""
STEPS = (10, 25, 50, 100, 200, 500, 1000, 2000)
MOST_TICKS = 5
WIDEST = 800
"""Points on either side of the dots that the scale reaches at most, odds of a hundred to one: of two judges the
intervals know no end."""
NAME = 38
"""Letters of a name that have room before the scale."""
LANDIS_KOCH = (0.6, 0.4)
"""Above the first kappa is called substantial, under the second at most fair (Landis and Koch 1977)."""


@dataclass(frozen=True)
class Line:
    """A contestant in the drawing: its middle ``y``, the dot and the bar on the scale; ``head`` opens a tier."""

    y: int
    head: str
    name: str
    votes: int
    dot: float
    low: float
    high: float
    ranked: bool


@dataclass(frozen=True)
class Plot:
    """The drawing: ``ticks`` (x, what stands there), ``bands`` behind every other tier (y, height), a line for each.

    The rules of the scale come down to ``foot``; the votes are written up to ``end``.
    """

    width: int
    height: int
    foot: int
    end: int
    zero: float
    ticks: tuple[tuple[float, str], ...]
    bands: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Figure:
    """A figure as it is told: what it is, and in whole sentences what it means and what to do."""

    value: str
    name: str
    said: tuple[str, ...]


def plot(ranking: Ranking, names: Mapping[int, str]) -> Plot:
    """The scale reaches over the ranked with their intervals and over every dot; what is wider ends at its border."""
    wide = ranking.ranked or ranking.rows
    dots = [one.score for one in ranking.rows]
    least, most = min(*dots, *(one.low for one in wide)), max(*dots, *(one.high for one in wide))
    least, most = max(least, min(dots) - WIDEST), min(most, max(dots) + WIDEST)
    least, most = min(least, -STEPS[0]), max(most, STEPS[0])

    def at(score: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (min(max(score, least), most) - least) / (most - least), 1)

    step = next((one for one in STEPS if most - least <= one * MOST_TICKS), STEPS[-1])
    marks = [one for one in range(-50 * step, 51 * step, step) if least <= one <= most]
    lines, bands, tier = list[Line](), list[tuple[int, int]](), 0
    for n, one in enumerate(ranking.rows):
        ranked = one.tier is not None
        y = TOP + ROW * n + ROW // 2 + (0 if ranked else GAP)
        opens = one.tier != tier if ranked else not lines or lines[-1].ranked
        if ranked and opens and one.tier is not None:
            tier = one.tier
            if tier % 2:
                bands.append((TOP + ROW * n, ROW * sum(other.tier == tier for other in ranking.rows)))
        head = "" if not opens else _("Nhóm %(n)s", n=tier) if ranked else _("Chưa xếp")
        name, places = _cut(names[one.id]), (at(one.score), at(one.low), at(one.high))
        lines.append(Line(y, head, name, one.votes, *places, ranked=ranked))
    height = lines[-1].y + ROW // 2 + GAP
    ticks = tuple((at(one), signed(one)) for one in marks)
    return Plot(WIDTH, height, height - 8, WIDTH - 14, at(0), ticks, tuple(bands), tuple(lines))


def figures(panel: Panel) -> tuple[Figure, ...]:
    """The four questions put to a panel, each answered or told to be open."""
    return _alpha(panel), _kappa(panel), _steady(panel.steady), _left(panel.left)


def _cut(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"


def _reach(found: Measured) -> str:
    if found.low is None or found.high is None:
        return str(_("Chưa ai chấm khác ai nên chưa có khoảng 95%."))
    return str(_("Khoảng 95%% từ %(low)s đến %(high)s.", low=_written(found.low), high=_written(found.high)))


def _written(coefficient: float) -> str:
    """«0,61», «−0,05»."""
    return number(coefficient, 2).replace("-", "−")


def _share_reach(found: Measured) -> str:
    """The interval of a share: whole points are fine enough."""
    low, high = percent(found.low or 0, 0), percent(found.high or 0, 0)
    return str(_("Khoảng 95%% từ %(low)s đến %(high)s.", low=low, high=high))


def _alpha(panel: Panel) -> Figure:
    found, name = panel.alpha, _("Krippendorff alpha")
    if found is None:
        why = _all_alike(panel) or _("Chưa tính được: cần ít nhất hai người chấm chung một cặp.")
        return Figure("–", name, (why,))
    told = [_("%(judges)s người chấm, %(pairs)s cặp.", judges=number(panel.judges), pairs=number(panel.pairs))]
    if panel.pairs < agreement.UNITS:
        told.append(_("Dưới %(n)s cặp nên chưa có khoảng 95%%, chưa kết luận được.", n=agreement.UNITS))
    else:
        told += [_reach(found), _conclusion(found.value)]
    if panel.agreed:
        told.append(_("Hai người bất kỳ nói giống nhau ở %(share)s số lần.", share=percent(panel.agreed.value, 0)))
    return Figure(_written(found.value), name, tuple(told))


def _conclusion(alpha: float) -> str:
    if alpha >= agreement.RELIABLE:
        return str(_("Cao: kết quả đủ vững để kết luận."))
    if alpha >= agreement.TENTATIVE:
        return str(_("Khá: chỉ nên kết luận tạm; dưới 0,67 thì nên xem lại tiêu chí."))
    return str(_("Thấp, dưới 0,67: nên thống nhất lại tiêu chí rồi mới kết luận."))


def _all_alike(panel: Panel) -> str:
    """Why there is no coefficient though judges share pairs: all ties, or all «both bad», agree by chance as well."""
    return str(_("Không tính được: mọi phiếu đều nói như nhau.")) if panel.agreed and not panel.alpha else ""


def _no_kappa(panel: Panel) -> str:
    """Up to four answers make too few pairs for a kappa that tells anything."""
    least = agreement.SHARED
    if panel.pairs >= least:
        return _all_alike(panel) or str(_("Chưa tính được: cần hai người chấm chung ít nhất %(n)s cặp.", n=least))
    return str(
        _(
            "Không tính khi mới có %(pairs)s cặp: dưới %(n)s cặp thì khoảng 95%% rộng quá, con số không nói lên gì. "
            "Phép so từ %(answers)s bản mới đủ cặp.",
            pairs=number(panel.pairs),
            n=least,
            answers=next(answers for answers in count(2) if comb(answers, 2) >= least),
        )
    )


def _kappa(panel: Panel) -> Figure:
    found, name = panel.kappa, _("Kappa")
    if found is None:
        return Figure("–", name, (_no_kappa(panel),))
    if panel.couples == 1:
        told = [_("Hai người chấm chung %(n)s cặp.", n=number(found.n)), _reach(found)]
    else:
        told = [
            _(
                "Trung bình của %(n)s đôi người chấm, thấp nhất %(low)s, cao nhất %(high)s.",
                n=number(panel.couples),
                low=_written(found.low or 0),
                high=_written(found.high or 0),
            )
        ]
    if found.value > LANDIS_KOCH[0]:
        told.append(_("Khá: hai người thường chọn giống nhau."))
    elif found.value > LANDIS_KOCH[1]:
        told.append(_("Vừa: nên trao đổi về các cặp chấm khác nhau."))
    else:
        told.append(_("Thấp: nên thống nhất lại tiêu chí trước khi chấm tiếp."))
    return Figure(_written(found.value), name, tuple(told))


def _steady(found: Measured | None) -> Figure:
    name = _("Giữ nguyên lựa chọn khi đổi chỗ A và B")
    if found is None:
        return Figure("–", name, (_("Chưa đo được: chưa có cặp nào được hỏi lại."),))
    told = [counted("%(n)s lần hỏi lại.", found.n), _share_reach(found)]
    firm = agreement.within(found, agreement.STEADY, 1)
    if firm:
        told.append(_("Người chấm nhất quán."))
    elif firm is None:
        told.append(_("Mức cần là 75%; số lần hỏi lại còn ít nên chưa kết luận được."))
    else:
        told.append(_("Dưới mức 75%: nên nhắc người chấm đọc hết cả hai bản rồi mới chọn."))
    return Figure(percent(found.value, 0), name, tuple(told))


def _left(found: Measured | None) -> Figure:
    name = _("Chọn bản bên trái")
    if found is None:
        return Figure("–", name, (_("Chưa đo được: chưa có phiếu nào chọn một bên."),))
    told = [_("Mức chấp nhận là 45–55%."), _share_reach(found)]
    even, inside = agreement.within(found, *agreement.EVEN), agreement.EVEN[0] <= found.value <= agreement.EVEN[1]
    if even:
        told.append(_("Người chấm không nghiêng về bên nào."))
    elif even is False:
        told.append(_("Người chấm nghiêng về một bên: nên nhắc đọc hết cả hai bản."))
    elif inside:
        told.append(_("Trong mức, nhưng cần thêm phiếu mới chắc."))
    else:
        told.append(_("Ngoài mức, nhưng với từng này phiếu thì có thể do ngẫu nhiên."))
    return Figure(percent(found.value, 0), name, tuple(told))
