"""From facts to a task and its answer: every kind of work of the curriculum, in the service's own frames.

A task returns a :class:`Sample`: what the service would send to the model, the answer it should get, and what a judge has
to look for (facts in their place, and what the prompt wanted).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from training import laws, wording
from training.asking import LIMITS, ROLES, asked, vaguely
from training.frames import system_text
from training.kinds import MISSING, Brief, Paper, brief, items, results_of, written
from training.notes import ASIDES, notes
from training.slots import SLOTS, Day, Fact, day, fact, moment
from training.words import Chance, capital, small

NOT_THERE = "Không có trong tài liệu."
"""The one answer to a question that the material does not answer."""


FILLERS = (
    *ASIDES,
    *(
        "Các cơ quan, đơn vị phối hợp chặt chẽ trong quá trình thực hiện.|Nội dung này đã được phổ biến tại hội nghị.|Quá trình "
        "thực hiện có gì vướng mắc thì phản ánh kịp thời.|Văn bản được gửi trên hệ thống quản lý văn bản.|Công tác tuyên truyền "
        "được duy trì thường xuyên.|Người dân cơ bản đồng tình, ủng hộ.|Các đơn vị đã chủ động triển khai.|Phụ lục gửi kèm văn "
        "bản.|Mẫu biểu thực hiện theo hướng dẫn chung.|Việc này tiếp tục được theo dõi.|Đề nghị bảo quản tài liệu cẩn thận.|Ý "
        "kiến khác không có."
    ).split("|"),
)


@dataclass(frozen=True)
class Expected:
    """A fact that must arrive; ``cues`` are words of its line (lower case), any of which is enough; none: anywhere."""

    value: str
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wants:
    """What the prompt asks for; a field left at its default is not asked for."""

    bullets: int | None = None
    rows: int | None = None
    numbered: int | None = None
    lines: int | None = None
    most_syllables: int | None = None
    exact: str | None = None
    cites: tuple[int, ...] = ()
    holes: bool | None = None
    starts: str = ""
    without: str = ""


@dataclass(frozen=True)
class Sample:
    """One task: ``frame`` names the system frame, ``passages`` are the shared material.

    ``more`` are further questions and answers about the same material: in training they follow in one conversation, so
    that the material is read once for all of them; the evaluation leaves them out.
    """

    task: str
    frame: str
    passages: tuple[str, ...]
    prompt: str
    answer: str
    expected: tuple[Expected, ...] = ()
    wants: Wants = field(default_factory=Wants)
    document: Brief | None = None
    more: tuple[tuple[str, str], ...] = ()

    @property
    def system(self) -> str:
        """The system message."""
        return system_text(self.frame, self.passages)


def pieces(item: Fact) -> list[str]:
    """A fact's value in the parts that are checked one by one."""
    parts: list[str] = []
    for value in items(item.value):
        if item.key == "contact":
            parts.extend(value.split(", điện thoại "))
        elif item.key in ("when", "chair", "person", "second"):
            parts.extend(value.split(", ", 1))
        else:
            parts.append(value)
    return parts


def expected(facts: Sequence[Fact], answer: str, *, placed: bool = True) -> tuple[Expected, ...]:
    """The facts that the right answer holds, in the places where it holds them."""
    found = []
    lines = answer.lower().split("\n")
    for item in facts:
        for piece in pieces(item):
            holding = [line for line in lines if piece.lower() in line]
            if not holding:
                continue
            cues = tuple(cue for cue in item.slot.cues if any(cue in line for line in holding)) if placed else ()
            found.append(Expected(piece, cues))
    return tuple(found)


def _spread(chance: Chance, text: str) -> tuple[str, ...]:
    """A text as the passages of the library: whole, or its lines in two or three."""
    lines = text.split("\n")
    if len(lines) < 4 or chance.odds(0.65):
        return (text,)
    cut = chance.number(1, len(lines) - 1)
    return "\n".join(lines[:cut]), "\n".join(lines[cut:])


def _placed(chance: Chance, text: str, ask: str) -> tuple[tuple[str, ...], str]:
    """Where the material goes: mostly into the shared passages, else into the prompt before or after the request."""
    if chance.odds(0.66):
        return _spread(chance, text), ask
    return (), f"{ask}\n{text}" if chance.odds(0.5) else f"{text}\n{ask}"


def document_text(document: Brief, known: dict[str, str] | None = None) -> str:
    """A whole document as shared material: head, body and foot."""
    agency, values = document.agency, document.values if known is None else known
    head = [agency.superior, agency.full.upper()] if agency.superior else [agency.full.upper()]
    if "number" in values:
        head.append(f"Số: {values['number']}")
    if "date" in values:
        head.append(f"{agency.place}, {values['date']}")
    foot = [*agency.head, values["signer"]] if "signer" in values else []
    return "\n".join([*head, written(document, document.paper(values)), *foot])


def _signed(chance: Chance, document: Brief) -> Brief:
    """The brief with a number, a date and a signer."""
    then = day(chance)
    extra = (
        fact("number", chance.sign(document.kind.abbreviation, document.agency)),
        fact("date", then.full, then.noted(chance)),
        fact("signer", chance.person()),
    )
    return Brief(document.kind, document.agency, (*document.facts, *extra), document.compose, document.openings)


# ── drafting ────────────────────────────────────────────────────────────────────────────────────


def _foot(document: Brief, signer: str) -> str:
    head = "CHỦ TỊCH" if document.agency.initials == "UBND" else "GIÁM ĐỐC"
    first = document.kind.first_recipient or "Như trên"
    first = "Như Điều 3" if first == "Như Điều" else first
    return "\n".join(["Nơi nhận:", f"- {first};", "- Lưu: VT.", head, signer])


def draft(chance: Chance) -> Sample:
    """Notes → the document; what the notes lack becomes «[cần bổ sung]»."""
    document = brief(chance)
    facts = list(document.facts)
    if chance.odds(0.3):
        for item in chance.random.sample(facts, min(len(facts) - 2, chance.number(1, 2))):
            facts.remove(item)
    signer = fact("signer", chance.person()) if chance.odds(0.3) else None
    noted = [*facts, signer] if signer else facts
    known = {item.key: item.value for item in facts}
    paper = document.paper(known)
    work = f"{chance.one('soạn', 'viết', 'dự thảo', 'làm', 'soạn thảo', 'lập')} {chance.of(document.openings)}"
    if chance.odds(0.25):
        work += (
            f" về {known.get('topic', 'nội dung này')}"
            if chance.odds(0.5)
            else chance.one(" ngắn", " gọn", " đầy đủ", " hoàn chỉnh")
        )
    ask, starts, without = asked(chance, work), "", ""
    draw = chance.random.random()
    if draw < 0.22:
        ask += chance.one(
            " Chỉ viết phần nội dung.", " Không cần tên loại, chỉ nội dung.", " Chỉ cần phần thân văn bản."
        )
        answer, without = "\n".join(paper.lines), f"{document.kind.title}\n" if document.kind.has_title else "V/v"
    else:
        answer = written(document, paper)
        starts = answer.split("\n", 1)[0] if document.kind.has_title else ""
        if draw < 0.4:
            ask += chance.one(
                " Có nơi nhận và người ký.", " Đủ cả nơi nhận, chữ ký.", " Ghi cả nơi nhận và tên người ký ở cuối."
            )
            answer += "\n" + _foot(document, signer.value if signer else MISSING)
    passages, prompt = _placed(chance, notes(chance, noted), ask)
    found = expected([*facts, signer] if signer and "Nơi nhận:" in answer else facts, answer)
    holes = MISSING in answer
    return Sample(
        "draft", "draft", passages, prompt, answer, found, Wants(holes=holes, starts=starts, without=without), document
    )


def vague_draft(chance: Chance) -> Sample:
    """A vague prompt with nothing to go by → a general document full of open places.

    Never with material beside it: told to leave the same facts out that other prompts are to bring in, so small a model
    leaves them out everywhere.
    """
    document = brief(chance)
    topic = document.values.get("topic", "")
    named = bool(topic) and chance.odds(0.4)
    ask = vaguely(
        chance,
        f"{chance.one('soạn', 'viết', 'làm', 'cho tôi', 'tạo')} {chance.of(document.openings)}{f' về {topic}' if named else ''}",
    )
    known = {"topic": topic} if named else {}
    answer = written(document, document.paper(known))
    found = tuple(Expected(value) for value in known.values() if value in answer)
    return Sample(
        "vague",
        chance.one("draft", "improve_prompt", "default"),
        (),
        ask,
        answer,
        found,
        Wants(holes=True),
        document,
    )


# ── questions ───────────────────────────────────────────────────────────────────────────────────


def _loose_facts(chance: Chance, least: int, most: int) -> list[Fact]:
    """Facts of no particular document: dense exercise in copying."""
    then, until = day(chance), day(chance)
    pool = [
        fact("agency", chance.agency().full),
        fact("topic", chance.topic()),
        fact("when", *moment(chance)),
        fact("where", f"{chance.one('Hội trường', 'Phòng họp', 'Nhà văn hóa')} {chance.unit()}"),
        fact("chair", chance.person()),
        fact("signer", chance.person()),
        fact("secretary", chance.person()),
        fact("contact", f"{chance.person()}, điện thoại {chance.phone()}"),
        fact("deadline", then.full, then.full),
        fact("until", until.full, until.full),
        fact("money", chance.money()),
        fact("lead", chance.unit()),
        fact("support", chance.unit()),
        fact("area", f"{chance.one('thôn', 'xã', 'phường', 'khu phố')} {chance.place()}"),
        fact("number", chance.sign(chance.one("KH", "TB", "BC", "QĐ", "GM", "CT"), chance.agency())),
        fact("petitioner", chance.person()),
        fact("person", chance.person()),
        fact("results", results_of(chance, 1, 1)),
        fact("count", f"{chance.amount()} {chance.one('bộ', 'chiếc', 'người', 'hộ', 'hồ sơ')}"),
    ]
    return chance.random.sample(pool, chance.number(least, most))


def named(item: Fact) -> str:
    """«Địa điểm: …» with the slot's first name, the canonical one."""
    return f"{capital(item.slot.labels[0])}: {item.value}"


def _wrapped(chance: Chance, question: str) -> str:
    if chance.odds(0.6):
        return question
    inner = small(question).rstrip("?.")
    return chance.one(
        f"Cho hỏi {inner}?",
        f"Theo tài liệu, {inner}?",
        f"{question} Trả lời ngắn.",
        f"Trong ghi chép trên, {inner}?",
        f"cho biết {inner}",
        f"{question} Chỉ dùng tài liệu kèm theo.",
    )


def _question(chance: Chance, facts: Sequence[Fact]) -> tuple[str, str, tuple[Expected, ...], Wants]:
    """A question about notes, its answer, and what to look for."""
    draw = chance.random.random()
    if draw < 0.15:
        there = {item.key for item in facts} | {"count", "results", "situation"}
        slot = SLOTS[chance.of([key for key in SLOTS if key not in there])]
        return _wrapped(chance, chance.of(wording.asks(slot))), NOT_THERE, (), Wants(exact=NOT_THERE)
    if draw < 0.72 or len(facts) < 3:
        item = chance.random.choice(facts)
        question = chance.of(wording.asks(item.slot))
        if chance.odds(0.25):
            question = f"{chance.one('Cho biết', 'Nêu', 'Tìm', 'Ghi lại')} {chance.of(wording.labels(item.slot))}."
        answer = named(item) + "."
        return _wrapped(chance, question), answer, expected([item], answer, placed=False), Wants(lines=1)
    chosen = chance.random.sample(facts, 2 if chance.odds(0.7) else 3)
    labels = ", ".join(item.slot.labels[0] for item in chosen)
    answer = "\n".join(f"- {named(item)}." for item in chosen)
    ask = f"{chance.one('Cho biết', 'Nêu', 'Ghi lại', 'Trích', 'Liệt kê')} {labels}."
    return ask, answer, expected(chosen, answer), Wants(bullets=len(chosen))


def lookup(chance: Chance) -> Sample:
    """A short question about notes: answered in one line, a list or a table, or «Không có trong tài liệu.»."""
    facts = _loose_facts(chance, 2, 7)
    frame = chance.one("default", "draft", "summarise")
    if chance.odds(0.14):
        ask = chance.one(
            "Kẻ bảng các thông tin trên.",
            "Lập bảng thông tin.",
            "Đưa thông tin vào bảng hai cột.",
            "Trình bày thành bảng.",
            "lập bảng hai cột Mục, Nội dung từ ghi chép",
        )
        text = notes(chance, facts) if chance.odds(0.4) else "\n".join(f"- {named(item)}" for item in facts)
        rows = [
            f"| {capital(item.slot.labels[0])} | {item.value} |"
            for item in sorted(facts, key=lambda item: text.lower().find(item.noted.lower()))
        ]
        answer = "\n".join(["| Mục | Nội dung |", "|---|---|", *rows])
        passages, prompt = _placed(chance, text, ask)
        return Sample("lookup", frame, passages, prompt, answer, expected(facts, answer), Wants(rows=len(facts)))
    text = notes(chance, facts)
    ask, answer, found, wants = _question(chance, facts)
    passages, prompt = _placed(chance, text, ask)
    more = tuple(_question(chance, facts)[:2] for _ in range(chance.number(1, 4)))
    return Sample("lookup", frame, passages, prompt, answer, found, wants, more=more)


def _cited_question(
    chance: Chance, facts: Sequence[Fact], where: Mapping[str, int]
) -> tuple[str, str, tuple[Expected, ...], Wants]:
    if chance.odds(0.18):
        slot = SLOTS[
            chance.of([key for key in SLOTS if key not in where and key not in ("count", "results", "situation")])
        ]
        return _wrapped(chance, chance.of(wording.asks(slot))), NOT_THERE, (), Wants(exact=NOT_THERE)
    if chance.odds(0.6):
        item = chance.random.choice(facts)
        answer = f"{named(item)} [{where[item.key]}]."
        wants = Wants(lines=1, cites=(where[item.key],))
        return (
            _wrapped(chance, chance.of(wording.asks(item.slot))),
            answer,
            expected([item], answer, placed=False),
            wants,
        )
    chosen = chance.random.sample(facts, 2 if chance.odds(0.7) else 3)
    ask = " ".join(chance.of(wording.asks(item.slot)) for item in chosen)
    ask += chance.one("", " Trả lời bằng gạch đầu dòng.", " Dẫn số đoạn.", " Sau mỗi ý ghi số đoạn làm căn cứ.")
    answer = "\n".join(f"- {named(item)} [{where[item.key]}]." for item in chosen)
    wants = Wants(bullets=len(chosen), cites=tuple(where[item.key] for item in chosen))
    return ask, answer, expected(chosen, answer), wants


def cited(chance: Chance) -> Sample:
    """Numbered passages and questions; every claim of an answer ends with the number of its passage."""
    facts = _loose_facts(chance, 3, 7)
    said, where = [], dict[str, int]()
    for item in facts:
        told = (
            chance.of(wording.says(item.slot)).format(v=item.noted)
            if chance.odds(0.5)
            else f"{chance.of(wording.labels(item.slot))}: {item.noted}"
        )
        said.append((item.key, capital(told) + "."))
    if chance.odds(0.35):  # other passages between them, that say nothing of the matter
        for _ in range(chance.number(4, 14) if chance.odds(0.25) else chance.number(1, 4)):
            said.insert(chance.number(0, len(said)), ("", " ".join(chance.some((*FILLERS, *wording.asides()), 1, 3))))
    passages: list[str] = []
    for key, text in said:
        if key and passages and chance.odds(0.25):
            passages[-1] += f" {text}"
        else:
            passages.append(text)
        if key:
            where[key] = len(passages)
    ask, answer, found, wants = _cited_question(chance, facts, where)
    more = tuple(_cited_question(chance, facts, where)[:2] for _ in range(chance.number(1, 3)))
    return Sample("cited", "ask", tuple(passages), ask, answer, found, wants, more=more)


def law(chance: Chance) -> Sample:
    """A question about the text of a law: the sentence that answers it, with the number of its passage."""
    articles = laws.articles()
    if not articles:
        return cited(chance)
    chosen = chance.random.sample(articles, chance.number(1, 3))
    passages = tuple(f"{title}. {text}" for title, text in chosen)
    more = []
    for n, (title, text) in enumerate(chosen, 1):
        bare_title = small(title.split(". ", 1)[1])
        ask = chance.one(
            f"{capital(bare_title)} được quy định thế nào?",
            f"Tài liệu quy định gì về {bare_title}?",
            f"Nêu quy định về {bare_title}.",
            f"{title.split('. ', 1)[0]} nói gì?",
            f"Theo tài liệu, {bare_title} ra sao?",
        )
        more.append((ask, f"{text.rstrip('.;')} [{n}]."))
    chance.random.shuffle(more)
    (ask, answer), rest = more[0], tuple(more[1:])
    number = int(answer.rsplit("[", 1)[1].rstrip("]."))
    return Sample(
        "law",
        "ask",
        passages,
        ask,
        answer,
        (Expected(answer.rsplit(" [", 1)[0]),),
        Wants(lines=1, cites=(number,)),
        more=rest,
    )


# ── summaries, lists, plain words ───────────────────────────────────────────────────────────────

_FOR_READERS = {
    "lãnh đạo": ("topic", "deadline", "money", "proposal", "period", "trouble"),
    "chuyên viên": ("tasks", "lead", "deadline", "basis", "contact"),
    "người dân": ("topic", "when", "where", "papers", "contact", "area", "period"),
}


def _material(chance: Chance) -> tuple[Brief, list[Fact], str]:
    document = brief(chance)
    if chance.odds(0.6):
        document = _signed(chance, document)
        return (
            document,
            [item for item in document.facts if item.key not in ("number", "date", "signer")],
            document_text(document),
        )
    facts = list(document.facts)
    return document, facts, notes(chance, facts)


def summary(chance: Chance) -> Sample:
    """A summary: bullets, exactly N, one paragraph, at most N syllables, for a certain reader."""
    document, facts, text = _material(chance)
    draw, wants = chance.random.random(), Wants()
    ways = "Tóm tắt văn bản|Tóm tắt|Rút gọn|Nêu ý chính|Tóm lược nội dung|Tóm tắt tài liệu kèm theo|Ghi các ý chính|Tóm tắt giúp tôi".split(
        "|"
    )
    head = chance.of(ways)
    if draw < 0.2:
        chosen, ask = (
            facts,
            f"{head} {chance.one('thành gạch đầu dòng', 'bằng các gạch đầu dòng', 'dạng liệt kê gạch đầu dòng')}.",
        )
        answer = "\n".join(f"- {named(item)}." for item in chosen)
        wants = Wants(bullets=len(chosen))
    elif draw < 0.5:
        count = chance.number(1, min(6, len(facts)))
        chosen = facts[:count]
        ask = chance.one(
            f"{head} thành đúng {count} gạch đầu dòng.",
            f"{head} trong {count} ý, mỗi ý một gạch đầu dòng.",
            f"{head} bằng đúng {count:02d} gạch đầu dòng.",
            f"{count} gạch đầu dòng nêu ý chính.",
            f"{head}, chỉ {count} gạch đầu dòng.",
        )
        answer = "\n".join(f"- {named(item)}." for item in chosen)
        wants = Wants(bullets=count)
    elif draw < 0.65:
        chosen, ask = (
            facts,
            f"{head} {chance.one('thành một đoạn văn', 'trong một đoạn', 'một đoạn liền, không gạch đầu dòng')}.",
        )
        answer = "; ".join([named(chosen[0]), *(small(named(item)) for item in chosen[1:])]) + "."
        wants = Wants(lines=1, bullets=0)
    elif draw < 0.85:
        most = chance.of((30, 40, 50, 60, 80, 100, 120))  # type: ignore[arg-type]
        chosen, used = [], 0
        for item in facts:
            length = len(named(item).split())
            if used + length <= int(most) or not chosen:
                chosen.append(item)
                used += length
            else:
                break
        limit = max(int(most), used)
        ask = f"{head} {chance.one('không quá', 'tối đa', 'trong khoảng dưới', 'ngắn hơn', 'dưới')} {limit} {chance.one('tiếng', 'từ', 'chữ')}."
        answer = "\n".join(f"- {named(item)}." for item in chosen)
        wants = Wants(most_syllables=limit)
    else:
        reader = chance.of(tuple(_FOR_READERS))
        chosen = [item for item in facts if item.key in _FOR_READERS[reader]] or facts[:2]
        ask = f"{head} cho {reader}."
        answer = "\n".join(f"- {named(item)}." for item in chosen)
        wants = Wants(bullets=len(chosen))
    if chance.odds(0.3):
        ask += " " + chance.of(LIMITS)
    passages, prompt = _placed(chance, text, ask)
    return Sample("summary", "summarise", passages, prompt, answer, expected(chosen, answer), wants, document)


def plain(chance: Chance) -> Sample:
    """The same for people who never read official letters: leaflet, loudspeaker, Zalo."""
    desk = [fact("agency", chance.agency().full), fact("topic", chance.topic())]
    if chance.odds(0.8):
        desk.append(fact("when", *moment(chance)))
    if chance.odds(0.8):
        desk.append(
            fact(
                "where",
                f"{chance.one('Nhà văn hóa', 'Trụ sở', 'Hội trường')} {chance.one('xã', 'phường', 'thôn')} {chance.place()}",
            )
        )
    if chance.odds(0.5):
        desk.append(
            fact("papers", chance.one("căn cước", "căn cước, sổ bảo hiểm", "giấy khai sinh của con", "đơn đề nghị"))
        )
    if chance.odds(0.6):
        desk.append(fact("contact", f"{chance.person()}, điện thoại {chance.phone()}"))
    say = {
        "topic": "Việc: {v}.",
        "when": "Khi nào: {v}.",
        "where": "Ở đâu: {v}.",
        "papers": "Nhớ mang: {v}.",
        "contact": "Cần hỏi: {v}.",
    }
    answer = "\n".join(
        [f"Bà con chú ý! {desk[0].value} xin báo:", *(say[item.key].format(v=item.value) for item in desk[1:])]
    )
    ask = chance.one(
        "Viết lại cho người dân dễ hiểu.",
        "Viết tin phát loa từ ghi chép trên.",
        "Viết tin nhắn Zalo cho bà con.",
        "Diễn đạt bằng lời dễ hiểu cho người cao tuổi.",
        "Viết bản tin ngắn cho người dân, lời giản dị.",
        "Chuyển thành thông tin dễ hiểu cho bà con.",
        "Soạn tin Zalo ngắn, mỗi ý một dòng.",
    )
    passages, prompt = _placed(chance, notes(chance, desk), ask)
    return Sample(
        "plain",
        chance.one("draft", "default"),
        passages,
        prompt,
        answer,
        expected(desk, answer, placed=False),
        Wants(starts="Bà con chú ý!"),
    )


# ── who does what until when ────────────────────────────────────────────────────────────────────

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
    passages, prompt = _placed(chance, text, ask)
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


# ── checking ────────────────────────────────────────────────────────────────────────────────────


def _altered(chance: Chance, item: Fact) -> Fact:
    for other in _loose_facts(chance, 19, 19):
        if other.key == item.key and other.value != item.value:
            return other
    return item


def errors(chance: Chance) -> Sample:
    """A draft with planted errors beside its source → the list of them; two versions → the table of changes."""
    facts = [item for item in _loose_facts(chance, 6, 9) if item.key not in ("agency", "topic", "results")][
        : chance.number(3, 5)
    ]
    wrong = chance.random.sample(facts, min(len(facts), chance.number(0, 2)))
    changed = {item.key: _altered(chance, item) for item in wrong}
    other = [changed.get(item.key, item) for item in facts]
    plain_list = lambda all_facts: "\n".join(f"- {named(item)}" for item in all_facts)  # noqa: E731
    differ = [(old, new) for old, new in zip(facts, other, strict=True) if old.value != new.value]
    if chance.odds(0.6):
        first, second = chance.one("Ghi chép", "Nguồn", "Bản gốc"), chance.one("Dự thảo", "Bản máy viết", "Bản nháp")
        ask = chance.one(
            "Tìm chỗ sai của dự thảo so với nguồn.",
            "Dự thảo sai ở đâu so với ghi chép?",
            "Đối chiếu hai bản, liệt kê lỗi.",
            "Bắt lỗi trong bản nháp.",
            "Kiểm tra dự thảo với nguồn, nêu từng điểm sai.",
        )
        answer = (
            "\n".join(
                f"- {capital(old.slot.labels[0])}: dự thảo ghi {new.value}, nguồn là {old.value}."
                for old, new in differ
            )
            or "Không thấy điểm sai."
        )
        wants = Wants(bullets=len(differ)) if differ else Wants(exact=answer)
    else:
        first, second = chance.one("Bản cũ", "Bản trước", "Lần 1"), chance.one("Bản mới", "Bản sau", "Lần 2")
        ask = chance.one(
            "So sánh hai bản, lập bảng thay đổi.",
            "Kẻ bảng điểm khác nhau giữa hai bản.",
            "Bản mới đổi gì? Lập bảng.",
            "Lập bảng so sánh bản cũ, bản mới.",
        )
        rows = [f"| {capital(old.slot.labels[0])} | {old.value} | {new.value} |" for old, new in differ]
        answer = (
            "\n".join(["| Nội dung | Bản cũ | Bản mới |", "|---|---|---|", *rows]) if rows else "Hai bản giống nhau."
        )
        wants = Wants(rows=len(differ)) if differ else Wants(exact=answer)
    found = tuple(
        Expected(part, (old.slot.labels[0],)) for old, new in differ for item in (old, new) for part in pieces(item)
    )
    passages = (f"{first}:\n{plain_list(facts)}", f"{second}:\n{plain_list(other)}")
    return Sample("errors", "compare_texts", passages, ask, answer, found, wants)


def improve(chance: Chance) -> Sample:
    """A vague prompt → the same in seven parts, open points left as «[cần bổ sung]»."""
    document = brief(chance)
    topic = document.values.get("topic", "")
    known = bool(topic) and chance.odds(0.6)
    job = f"{chance.one('soạn', 'viết', 'làm')} {document.openings[0]}{f' về {topic}' if known else ''}"
    role = chance.of(ROLES) if chance.odds(0.4) else ""
    poor = f"{f'Tôi là {role}. ' if role else ''}{capital(job)}"
    ask = chance.one(
        "Sửa câu lệnh sau cho rõ: {p}",
        "Viết lại câu lệnh này cho đủ bảy phần: {p}",
        "Câu lệnh “{p}” quá chung, sửa giúp tôi.",
        "Cải thiện câu lệnh: {p}",
        "Làm rõ câu lệnh dưới đây.\n{p}",
    ).format(p=poor)
    answer = "\n".join(
        [
            f"Vai trò: {role or MISSING}",
            f"Bối cảnh: văn bản của {MISSING} gửi {MISSING}",
            f"Nhiệm vụ: soạn {document.openings[0]} về {topic if known else MISSING}",
            "Dữ liệu: chỉ dùng tài liệu kèm theo",
            f"Định dạng: {document.kind.name.lower()} theo Nghị định số 30/2020/NĐ-CP, không quá {MISSING} tiếng",
            "Ràng buộc: không tự thêm số liệu, thiếu thì ghi [cần bổ sung]",
            "Tự kiểm tra: rà lại số, ngày, tên riêng",
        ]
    )
    found = tuple(
        Expected(value, (cue,)) for value, cue in ((role, "vai trò"), (topic if known else "", "nhiệm vụ")) if value
    )
    return Sample("improve", "improve_prompt", (), ask, answer, found, Wants(lines=7, starts="Vai trò:"))


TASKS: tuple[tuple[Callable[[Chance], Sample], float], ...] = (
    (draft, 34),
    (lookup, 15),
    (cited, 14),
    (law, 1),
    (tasks, 15),
    (summary, 10),
    (vague_draft, 5),
    (plain, 2),
    (errors, 3),
    (improve, 1),
)
"""The mixture: its shares of the samples."""
_WEIGHTS = [weight for _, weight in TASKS]


LONG = 0.02
"""The share of samples in which the matter lies among long passages that have nothing to do with it."""


def _among_others(chance: Chance, sample: Sample) -> Sample:
    """The sample with articles of laws before and behind its material: practice in a long context."""
    others = [f"{title}. {text}" for title, text in chance.random.sample(laws.articles(), chance.number(3, 12))]
    before = chance.number(0, len(others))
    return replace(sample, passages=(*others[:before], *sample.passages, *others[before:]))


def make(chance: Chance, task: str = "") -> Sample:
    """A task drawn from the mixture, or of this kind."""
    if task:
        return next(write for write, _ in TASKS if write.__name__ == task)(chance)
    sample = chance.random.choices([write for write, _ in TASKS], _WEIGHTS)[0](chance)
    if (
        sample.passages
        and sample.task in ("draft", "lookup", "summary", "tasks")
        and laws.articles()
        and chance.odds(LONG)
    ):
        return _among_others(chance, sample)
    return sample


__all__ = ["NOT_THERE", "TASKS", "Expected", "Paper", "Sample", "Wants", "document_text", "make"]
