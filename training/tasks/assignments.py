"""Who does what until when: tables, lists and questions from minutes and conclusions."""

from __future__ import annotations

from dataclasses import dataclass

from training import wording
from training.kinds import MISSING
from training.papers import paper
from training.slots import Day, day, moment
from training.tasks.sample import Expected, Sample, Wants, placed
from training.words import Chance, capital, small

_DATED = (
    "Giao {u} {t}, hoàn thành trước {d}.|{U} chủ trì {t}; thời hạn {d}.|Trước {d}, {u} {t}.|{U} có trách nhiệm {t}, xong trước "
    "{d}.|Đề nghị {u} {t} trước {d}.|{U}: {t} (hạn {d}).|Việc {t} giao cho {u}, hạn cuối {d}.|{u} lo {t}, {d} phải xong.|Chậm "
    "nhất {d}, {u} phải {t}.|{U} {t}, báo cáo trước {d}.|- {U} – {t} – {d}|Phân công {u} {t}; hạn {d}.|Từ nay đến {d}, {u} {t}."
).split("|")
_UNDATED = (
    "Giao {u} {t}.|{U} chịu trách nhiệm {t}.|{U} {t}.|Đề nghị {u} {t}, chưa chốt ngày.|{u} lo {t}.|Việc {t} giao {u}.|- {U} – {t}"
).split("|")
_OFFICIAL = tuple(tuple(one for one in said if not one.startswith("-")) for said in (_DATED, _UNDATED))


def _all() -> tuple[tuple[str, ...], tuple[str, ...]]:
    more = wording.assignments()
    return (*_DATED, *more["dated"]), (*_UNDATED, *more["undated"])


DATED = 0.85
"""The share of tasks that have a deadline."""
IN_A_PAPER = 0.25
"""The share of samples whose tasks lie in a whole document."""


@dataclass(frozen=True)
class Assignment:
    """One task: ``until`` as the answer writes it, ``said`` the sentence of the minutes."""

    unit: str
    task: str
    until: str
    said: str

    @property
    def line(self) -> str:
        """«Đơn vị: việc, thời hạn …»"""
        return f"{self.unit}: {self.task}, thời hạn {self.until}"

    def expected(self) -> list[Expected]:
        """The facts of its line of the answer."""
        found = [Expected(self.unit, (self.task.lower(),)), Expected(self.task, (self.unit.lower(),))]
        return found if self.until == MISSING else [*found, Expected(self.until, (self.unit.lower(),))]


def _until(then: Day, form: str) -> tuple[str, str]:
    """A deadline as the minutes say it and as the answer writes it; without a year both are the same."""
    if form == "bare":
        return f"{then.day}/{then.month}", f"{then.day}/{then.month}"
    return then.full if form == "full" else f"{then.day:02d}/{then.month:02d}/{then.year}", then.full


def _assignments(chance: Chance, *, official: bool) -> list[Assignment]:
    """What is assigned to whom; ``official``: as a document words it, else also as people do."""
    units: list[str] = []
    count = chance.number(2, 5)
    while len(units) < count:
        unit = chance.unit()
        if unit not in units:
            units.append(unit)
    form, found = chance.one("full", "full", "slash", "bare"), list[Assignment]()
    alike = chance.odds(0.3)  # one way of saying for all, as tidy minutes have it
    dated, undated = _OFFICIAL if official else _all()
    with_date, without = chance.of(dated), chance.of(undated)
    for unit in units:
        task = chance.task()
        told, until = _until(day(chance, 2026), form) if chance.odds(DATED) else ("", MISSING)
        if not alike:
            with_date, without = chance.of(dated), chance.of(undated)
        name = small(unit) if not official and chance.odds(0.1) else unit
        pattern = without if until == MISSING else with_date
        said = pattern.format(u=name, U=capital(unit), t=task, d=told)
        found.append(Assignment(unit, task, until, capital(said)))
    return found


def _minutes(chance: Chance, assigned: list[Assignment]) -> str:
    at, chair, topic, agency = moment(chance, 2026), chance.person(), chance.topic(), chance.agency()
    opening = chance.one(
        chance.of(wording.assignments()["intros"]).format(topic=topic, chair=chair, agency=agency.short, when=at[1]),
        f"Cuộc họp {topic} do đồng chí {chair} chủ trì, bắt đầu lúc {at[1]} tại {agency.short}.",
        f"Kết luận của {chair} tại buổi họp {topic}:",
        "",
    )
    said = [one.said for one in assigned]
    for _ in range(chance.number(1, 3) if chance.odds(0.3) else 0):
        said.insert(chance.number(0, len(said)), chance.of(wording.assignments()["noise"]))
    return chance.one("\n", " ", "\n").join(filter(None, [opening, *said]))


def _question(chance: Chance, one: Assignment) -> tuple[str, str]:
    """A question after one unit's task, and its answer."""
    ask = chance.of(wording.assignments()["one"]).format(u=one.unit)
    return ask, f"{capital(one.line)}."


def tasks(chance: Chance) -> Sample:
    """Minutes or a conclusion → a table of tasks and deadlines, bullets, or one unit's task."""
    in_a_paper = chance.odds(IN_A_PAPER)
    assigned = _assignments(chance, official=in_a_paper)
    draw, shown = chance.random.random(), assigned
    holes = any(one.until == MISSING for one in assigned)
    if draw < 0.62:
        ask = chance.of(wording.assignments()["tables"]).replace("\\n", "\n")
        rows = [f"| {n} | {capital(one.task)} | {one.unit} | {one.until} |" for n, one in enumerate(assigned, 1)]
        answer = "\n".join(["| TT | Nhiệm vụ | Đơn vị | Thời hạn |", "|---|---|---|---|", *rows])
        wants = Wants(rows=len(assigned), holes=holes)
    elif draw < 0.8:
        ask = chance.of(wording.assignments()["bullets"])
        answer = "\n".join(f"- {capital(one.line)}." for one in assigned)
        wants = Wants(bullets=len(assigned), holes=holes)
    else:
        shown = [chance.random.choice(assigned)]
        ask, answer = _question(chance, shown[0])
        wants = Wants(lines=1, holes=shown[0].until == MISSING)
    if in_a_paper:
        passages = paper(chance, chance.agency(), [one.said for one in assigned], ("tasks", "deadline", "lead"))
        prompt = ask
    else:
        passages, prompt = placed(chance, _minutes(chance, assigned), ask)
    further = chance.random.sample(assigned, min(2, len(assigned)))
    return Sample(
        "tasks",
        chance.one("improve_prompt", "extract", "summarise", "default"),
        passages,
        prompt,
        answer,
        tuple(fact for one in shown for fact in one.expected()),
        wants,
        more=tuple(_question(chance, one) for one in further),
    )
