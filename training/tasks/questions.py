"""Questions about notes, numbered passages and laws, with and without an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from training import laws, wording
from training.kinds import results_of
from training.notes import ASIDES, notes
from training.papers import formal, paper
from training.slots import SLOTS, Fact, day, fact, moment
from training.tasks.sample import NOT_THERE, Expected, Sample, Wants, expected, in_order, named, placed
from training.words import Chance, capital, small

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


UNANSWERED = 0.24
"""The share of questions that the material does not answer."""

IN_A_PAPER = 0.25
"""The share of questions with citations that are about a whole document."""


def loose_facts(chance: Chance, least: int, most: int) -> list[Fact]:
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


def _wrapped(chance: Chance, question: str) -> str:
    if chance.odds(0.6) or not question.endswith("?"):
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
    if draw < UNANSWERED and (absent := _absent(facts)):
        slot = SLOTS[chance.of(absent)]
        return _wrapped(chance, chance.of(wording.asks(slot))), NOT_THERE, (), Wants(exact=NOT_THERE)
    if draw < 0.75 or len(facts) < 3:
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
    facts = loose_facts(chance, 2, 7)
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
        rows = [f"| {capital(item.slot.labels[0])} | {item.value} |" for item in in_order(facts, text)]
        answer = "\n".join(["| Mục | Nội dung |", "|---|---|", *rows])
        passages, prompt = placed(chance, text, ask)
        return Sample("lookup", frame, passages, prompt, answer, expected(facts, answer), Wants(rows=len(facts)))
    text = notes(chance, facts)
    ask, answer, found, wants = _question(chance, facts)
    passages, prompt = placed(chance, text, ask)
    more = tuple(_question(chance, facts)[:2] for _ in range(chance.number(1, 4)))
    return Sample("lookup", frame, passages, prompt, answer, found, wants, more=more)


_NEAR = (
    {"chair", "lead", "person", "secretary", "second", "contact", "petitioner", "signer"},
    {"where", "area", "to"},
    {"deadline", "until", "period", "effect", "when", "date"},
    {"agency", "lead", "support", "to", "guests", "target"},
    {"money", "fund", "count", "goods"},
    {"topic", "tasks", "goal", "proposal", "trouble", "reason", "results", "situation"},
    {"basis", "incoming", "number"},
    {"papers", "goods"},
)
"""Kinds of facts that a question may mean one for the other: none is asked after as absent where another is there."""


def _absent(facts: Sequence[Fact], held: Sequence[str] = ()) -> list[str]:
    """The kinds of facts that the material surely does not hold; ``held`` are others that it does."""
    there = {item.key for item in facts} | {*held, "results", "situation"}
    near = there.union(*(group for group in _NEAR if group & there))
    return [key for key in SLOTS if key not in near]


def _cited_question(
    chance: Chance, facts: Sequence[Fact], where: Mapping[str, int], absent: Sequence[str]
) -> tuple[str, str, tuple[Expected, ...], Wants]:
    """A question, its answer and what to look for; ``absent`` are kinds of facts that the material does not hold."""
    if absent and chance.odds(UNANSWERED):
        slot = SLOTS[chance.of(absent)]
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


def _among_fillers(chance: Chance, facts: Sequence[Fact]) -> tuple[tuple[str, ...], dict[str, int]]:
    """Short passages of a fact or two, others between them that say nothing of the matter; and where each fact is."""
    said: list[tuple[str, str]] = []
    for item in facts:
        told = (
            chance.of(wording.says(item.slot)).format(v=item.noted)
            if chance.odds(0.5)
            else f"{chance.of(wording.labels(item.slot))}: {item.noted}"
        )
        said.append((item.key, capital(told) + "."))
    if chance.odds(0.35):
        for _ in range(chance.number(4, 14) if chance.odds(0.25) else chance.number(1, 4)):
            filler = " ".join(chance.some((*FILLERS, *wording.asides()), 1, 3))
            said.insert(chance.number(0, len(said)), ("", filler))
    passages, where = list[str](), dict[str, int]()
    for key, text in said:
        if key and passages and chance.odds(0.25):
            passages[-1] += f" {text}"
        else:
            passages.append(text)
        if key:
            where[key] = len(passages)
    return tuple(passages), where


def _in_a_paper(chance: Chance, facts: Sequence[Fact]) -> tuple[tuple[str, ...], dict[str, int]]:
    """A document that says the facts, and where each is."""
    said = {item.key: formal(chance, item) for item in facts}
    passages = paper(chance, chance.agency(), list(said.values()), {*said})
    where = {key: next(n for n, text in enumerate(passages, 1) if told in text) for key, told in said.items()}
    return passages, where


def cited(chance: Chance) -> Sample:
    """Numbered passages and questions; every claim of an answer ends with the number of its passage."""
    facts = loose_facts(chance, 3, 7)
    theirs = [item for item in facts if item.key not in ("agency", "signer", "number")]
    if len(theirs) > 2 and chance.odds(IN_A_PAPER):
        facts = theirs
        passages, where = _in_a_paper(chance, facts)
        absent = _absent(
            facts, ("agency", "number", "date", "when", "where", "guests", "chair", "topic", "tasks", "to")
        )
    else:
        passages, where = _among_fillers(chance, facts)
        absent = _absent(facts)
    ask, answer, found, wants = _cited_question(chance, facts, where, absent)
    more = tuple(_cited_question(chance, facts, where, absent)[:2] for _ in range(chance.number(1, 3)))
    return Sample("cited", "ask", passages, ask, answer, found, wants, more=more)


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
