"""Who does what until when: tables, lists and questions from minutes and conclusions."""

from __future__ import annotations

from training.kinds import MISSING
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


def _until(then: Day, form: str) -> tuple[str, str]:
    """A deadline as the minutes say it and as the answer writes it; without a year both are the same."""
    if form == "bare":
        return f"{then.day}/{then.month}", f"{then.day}/{then.month}"
    return then.full if form == "full" else f"{then.day:02d}/{then.month:02d}/{then.year}", then.full


def tasks(chance: Chance) -> Sample:
    """Minutes or a conclusion → a table of tasks and deadlines, bullets, one unit's task, or a count."""
    count = chance.number(2, 4)
    units: list[str] = []
    while len(units) < count:
        unit = chance.unit()
        if unit not in units:
            units.append(unit)
    form = chance.one("full", "full", "slash", "bare")
    what = [chance.task() for _ in units]
    until = [_until(day(chance, 2026), form) if chance.odds(0.85) else (MISSING, MISSING) for _ in units]
    when = [written for _, written in until]
    said = []
    for unit, task, (then, _) in zip(units, what, until, strict=True):
        pattern = chance.of(_UNDATED if then == MISSING else _DATED)
        said.append(
            capital(pattern.format(u=small(unit) if chance.odds(0.1) else unit, U=capital(unit), t=task, d=then))
        )
    at, chair, topic, agency = moment(chance, 2026), chance.person(), chance.topic(), chance.agency()
    intro = chance.one(
        f"Cuộc họp {topic} do đồng chí {chair} chủ trì, bắt đầu lúc {at[1]} tại {agency.short}.",
        f"{agency.short} họp về {topic}. Chủ trì: {chair}.",
        f"Biên bản họp {topic}. Chủ tọa {chair}.",
        f"Kết luận của {chair} tại buổi họp {topic}:",
        f"Ghi chép họp {topic}",
        "",
        f"Sau khi nghe ý kiến các đại biểu, đồng chí {chair} kết luận:",
        f"Sáng nay họp {topic}, {chair} nói phải làm ngay.",
    )
    if chance.odds(0.2):
        said.insert(
            chance.number(0, len(said)),
            chance.one(
                "Các đại biểu thống nhất.",
                "Một số ý kiến đề nghị làm sớm.",
                "Không khí họp sôi nổi.",
                "Kinh phí sẽ tính sau.",
            ),
        )
    text = chance.one("\n", " ", "\n").join(filter(None, [intro, *said]))
    draw = chance.random.random()
    shown = list(zip(units, what, when, strict=True))
    if draw < 0.62:
        ask = chance.one(
            "Lập bảng nhiệm vụ và thời hạn.",
            "Kẻ bảng giao việc: nhiệm vụ, đơn vị, thời hạn.",
            "Rút các việc được giao thành bảng.",
            "Tổng hợp nhiệm vụ vào bảng, thiếu thì ghi [cần bổ sung].",
            "Lập bảng nhiệm vụ. Bảng có bốn cột: TT, Nhiệm vụ, Đơn vị, Thời hạn.",
            "bảng ai làm gì, hạn nào",
            "Trích nhiệm vụ, đơn vị, hạn thành bảng; không tự thêm hạn.",
            "Làm bảng theo dõi nhiệm vụ từ tài liệu kèm theo.",
            "Cho tôi bảng phân công công việc.",
            "Từ biên bản, lập bảng việc - đơn vị - thời hạn.",
        )
        rows = [f"| {n} | {capital(task)} | {unit} | {then} |" for n, (unit, task, then) in enumerate(shown, 1)]
        answer = "\n".join(["| TT | Nhiệm vụ | Đơn vị | Thời hạn |", "|---|---|---|---|", *rows])
        wants = Wants(rows=count, holes=MISSING in when)
    elif draw < 0.8:
        ask = chance.one(
            "Liệt kê nhiệm vụ bằng gạch đầu dòng.",
            "Gạch đầu dòng các việc được giao, không kẻ bảng.",
            "Nêu từng việc, mỗi việc một gạch đầu dòng.",
            "Danh sách việc và hạn, dạng gạch đầu dòng.",
        )
        answer = "\n".join(f"- {unit}: {task}, thời hạn {then}." for unit, task, then in shown)
        wants = Wants(bullets=count, holes=MISSING in when)
    else:
        shown = [chance.random.choice(shown)]
        unit, task, then = shown[0]
        ask = chance.one(
            f"{unit} phải làm gì, thời hạn nào?",
            f"Nêu nhiệm vụ và thời hạn của {unit}.",
            f"Việc của {unit}?",
            f"{unit} được giao việc gì?",
        )
        answer = f"{unit}: {task}, thời hạn {then}."
        wants = Wants(lines=1, holes=then == MISSING)
    found = []
    for unit, task, then in shown:
        cue = (unit.lower(),)
        found += [Expected(unit, (task.lower(),)), Expected(task, cue)]
        if then != MISSING:
            found.append(Expected(then, cue))
    passages, prompt = placed(chance, text, ask)
    more = []
    for unit, task, then in chance.random.sample(list(zip(units, what, when, strict=True)), min(2, count)):
        more.append(
            (
                chance.one(f"{unit} phải làm gì, thời hạn nào?", f"Việc của {unit}?", f"Nêu nhiệm vụ của {unit}."),
                f"{unit}: {task}, thời hạn {then}.",
            )
        )
    return Sample(
        "tasks",
        chance.one("improve_prompt", "extract", "summarise", "default"),
        passages,
        prompt,
        answer,
        tuple(found),
        wants,
        more=tuple(more),
    )
