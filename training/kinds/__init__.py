"""The body of each of the 29 kinds of Decree 30/2020/NĐ-CP, built from invented facts.

The head and foot of a document (quốc hiệu, names in capitals, number, place and date, nơi nhận, signature) are set by code;
what is composed here is what a model is asked to write: subject, «Kính gửi», and the body down to «./.». An answer has one
fixed wording per kind, so that a very small model learns it fast; the variety lies in how it is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from training.kinds import letters, plans, rulings, slips
from training.kinds.desk import MISSING, Brief, Paper, dashed, items, results_of, with_details
from training.words import Chance

__all__ = ["MISSING", "WRITERS", "Brief", "Paper", "brief", "items", "results_of", "with_details", "written"]

WRITERS: tuple[tuple[Callable[[Chance], Brief], int], ...] = (
    (letters.invitation, 14),
    (letters.reminder, 9),
    (letters.reply, 5),
    (letters.request, 6),
    (letters.notice, 10),
    (letters.outage, 6),
    (letters.conclusion, 6),
    (plans.plan, 7),
    (plans.report, 7),
    (plans.proposal, 7),
    (plans.purchase, 4),
    (rulings.decision, 6),
    (rulings.resolution, 1),
    (rulings.directive, 1),
    (rulings.rules, 2),
    (letters.communique, 1),
    (plans.guide, 2),
    (plans.programme, 2),
    (plans.project, 2),
    (plans.minutes, 4),
    (rulings.contract, 1),
    (rulings.agreement, 2),
    (letters.wire, 1),
    (slips.proxy, 1),
    (slips.introduction, 3),
    (slips.leave, 1),
    (slips.slip, 2),
    (slips.forwarding, 1),
    (letters.letter, 1),
)
"""The writers and how often each is drawn: the kinds of the curriculum most."""

_WEIGHTS = [weight for _, weight in WRITERS]


def brief(chance: Chance) -> Brief:
    """The facts of some document."""
    writer, _ = chance.random.choices(WRITERS, _WEIGHTS)[0]
    return writer(chance)


def written(document: Brief, paper: Paper) -> str:
    """The document as a model writes it: title, subject, «Kính gửi», body."""
    kind = document.kind
    lines: list[str] = []
    if kind.has_title:
        lines.append(kind.title)
    if paper.subject:
        lines.append(paper.subject if kind.has_title else f"V/v {paper.subject}")
    if paper.addressees:
        who = "Kính gửi" if kind.id != "cong_dien" else f"{paper.by} điện"
        if len(paper.addressees) == 1:
            lines.append(f"{who}: {paper.addressees[0]}")
        else:
            lines.extend([f"{who}:", *dashed(paper.addressees)])
    return "\n".join([*lines, *paper.lines])
