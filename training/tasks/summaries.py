"""Summaries of every length and for several readers, and plain words."""

from __future__ import annotations

from training.asking import LIMITS
from training.kinds import Brief, brief
from training.notes import notes
from training.slots import Fact, fact, moment
from training.tasks.sample import Sample, Wants, document_text, expected, named, placed, signed
from training.words import Chance, small

_FOR_READERS = {
    "lãnh đạo": ("topic", "deadline", "money", "proposal", "period", "trouble"),
    "chuyên viên": ("tasks", "lead", "deadline", "basis", "contact"),
    "người dân": ("topic", "when", "where", "papers", "contact", "area", "period"),
}


def _material(chance: Chance) -> tuple[Brief, list[Fact], str]:
    document = brief(chance)
    if chance.odds(0.6):
        document = signed(chance, document)
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
        most = chance.random.choice((30, 40, 50, 60, 80, 100, 120))
        chosen, used = [], 0
        for item in facts:
            length = len(named(item).split())
            if used + length <= most or not chosen:
                chosen.append(item)
                used += length
            else:
                break
        limit = max(most, used)
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
    passages, prompt = placed(chance, text, ask)
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
