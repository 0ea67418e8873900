"""Summaries of every length and for several readers, and plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.chunking import chunk
from service.records import Block
from training import wording
from training.asking import LIMITS
from training.kinds import Brief, brief
from training.notes import notes
from training.slots import Fact, fact, moment
from training.tasks.sample import Sample, Wants, details, document_text, expected, in_order, named, placed, signed
from training.words import Chance, small

_FOR_READERS = {
    "lãnh đạo": ("topic", "deadline", "money", "proposal", "period", "trouble"),
    "chuyên viên": ("tasks", "lead", "deadline", "basis", "contact"),
    "người dân": ("topic", "when", "where", "papers", "contact", "area", "period"),
}


_HEADS = (
    "Tóm tắt văn bản|Tóm tắt|Rút gọn|Nêu ý chính|Tóm lược nội dung|Tóm tắt tài liệu kèm theo|Ghi các ý chính|Tóm tắt giúp tôi"
).split("|")
_LENGTHS = (30, 40, 50, 60, 80, 100, 120)
_WRITTEN = 0.6
"""The share of prompts that were written by hand."""

_Asked = tuple[str, Sequence[Fact], str, Wants]
"""The prompt, the facts that the answer brings, the answer, and what is wanted of it."""


def _material(chance: Chance) -> tuple[Brief, list[Fact], tuple[str, ...]]:
    """A brief, the facts to be summed up, and what they stand in: a document in passages, or notes."""
    document = brief(chance)
    more = details(chance, chance.number(1, 3)) if chance.odds(0.25) else []
    if chance.odds(0.6):
        if "tasks" in document.values:  # in a document nothing tells its details from what is to be done
            more = []
        document = signed(chance, document)
        facts = _subject_first([item for item in document.facts if item.key not in ("number", "date", "signer")])
        text = document_text(document, [item.value for item in more], motto=chance.odds(0.4))
        return (
            document,
            [*facts, *more],
            tuple(piece.text for piece in chunk([Block(one, "") for one in text.split("\n")])),
        )
    text = notes(chance, [*document.facts, *more])
    return document, [*_subject_first(document.facts), *in_order(more, text)], (text,)


def _subject_first(facts: Sequence[Fact]) -> list[Fact]:
    """What the document is about is said before who wrote it."""
    return sorted(facts, key=lambda item: item.key != "topic")


def _bullets(facts: Sequence[Fact]) -> str:
    return "\n".join(f"- {named(item)}." for item in facts)


def _ask(chance: Chance, name: str, *patterns: str, **values: str) -> str:
    """A prompt of this list, or of the patterns with a usual beginning."""
    if chance.odds(_WRITTEN):
        return chance.of(wording.prompts()[name]).format(**values)
    return f"{chance.of(_HEADS)} {chance.of(patterns)}".format(**values)


def _in_bullets(chance: Chance, facts: Sequence[Fact]) -> _Asked:
    patterns = "thành gạch đầu dòng.", "bằng các gạch đầu dòng.", "dạng liệt kê gạch đầu dòng."
    return _ask(chance, "bullets", *patterns), facts, _bullets(facts), Wants(bullets=len(facts))


def _exactly(chance: Chance, facts: Sequence[Fact]) -> _Asked:
    count = chance.number(1, min(6, len(facts)))
    patterns = (
        "thành đúng {n} gạch đầu dòng.",
        "trong {n} ý, mỗi ý một gạch đầu dòng.",
        "bằng đúng {n} gạch đầu dòng.",
        "thành {n} gạch đầu dòng.",
    )
    said = chance.one(str(count), str(count), f"{count:02d}", "một hai ba bốn năm sáu".split()[count - 1])
    return _ask(chance, "exactly", *patterns, n=said), facts[:count], _bullets(facts[:count]), Wants(bullets=count)


def _in_a_paragraph(chance: Chance, facts: Sequence[Fact]) -> _Asked:
    patterns = "thành một đoạn văn.", "trong một đoạn.", "một đoạn liền, không gạch đầu dòng."
    answer = "; ".join([named(facts[0]), *(small(named(item)) for item in facts[1:])]) + "."
    return _ask(chance, "paragraph", *patterns), facts, answer, Wants(lines=1, bullets=0)


def _within(chance: Chance, facts: Sequence[Fact]) -> _Asked:
    most, used = chance.random.choice(_LENGTHS), 0
    chosen: list[Fact] = []
    for item in facts:
        length = len(named(item).split())
        if chosen and used + length > most:
            break
        chosen.append(item)
        used += length
    limit = max(most, used + 1)
    unit = chance.one("tiếng", "từ", "chữ")
    patterns = [f"{bound} {{n}} {unit}." for bound in ("không quá", "tối đa", "ngắn hơn", "dưới")]
    return _ask(chance, "within", *patterns, n=str(limit)), chosen, _bullets(chosen), Wants(most_syllables=limit)


def _for_reader(chance: Chance, facts: Sequence[Fact]) -> _Asked:
    reader = chance.of(tuple(_FOR_READERS))
    chosen = [item for item in facts if item.key in _FOR_READERS[reader]] or facts[:2]
    ask = _ask(chance, "reader", "cho {reader}.", reader=reader)
    return ask, chosen, _bullets(chosen), Wants(bullets=len(chosen))


_WAYS: tuple[tuple[Callable[[Chance, Sequence[Fact]], _Asked], int], ...] = (
    (_in_bullets, 20),
    (_exactly, 30),
    (_in_a_paragraph, 15),
    (_within, 20),
    (_for_reader, 15),
)


def summary(chance: Chance) -> Sample:
    """A summary: bullets, exactly N, one paragraph, at most N syllables, for a certain reader."""
    document, facts, passages = _material(chance)
    way = chance.random.choices([way for way, _ in _WAYS], [weight for _, weight in _WAYS])[0]
    ask, chosen, answer, wants = way(chance, facts)
    if chance.odds(0.3):
        ask += " " + chance.of(LIMITS)
    prompt = ask
    if len(passages) == 1 or chance.odds(0.2):
        passages, prompt = placed(chance, "\n".join(passages), ask)
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
    passages, prompt = placed(chance, notes(chance, desk), ask)
    return Sample(
        "plain",
        chance.one("draft", "default"),
        passages,
        prompt,
        answer,
        expected(desk, answer, placed=False),
        Wants(starts="Bà con chú ý!"),
    )
