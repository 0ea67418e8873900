"""Notes → the document; a vague prompt → a general document."""

from __future__ import annotations

from training import wording
from training.asking import asked, vaguely
from training.kinds import MISSING, Brief, brief, with_details, written
from training.notes import notes, prose
from training.slots import DETAILS, Fact, fact
from training.tasks.sample import Expected, Sample, Wants, details, expected, in_order, placed
from training.words import Chance


def _foot(document: Brief, signer: str) -> str:
    head = "CHỦ TỊCH" if document.agency.initials == "UBND" else "GIÁM ĐỐC"
    first = document.kind.first_recipient or "Như trên"
    first = "Như Điều 3" if first == "Như Điều" else first
    return "\n".join(["Nơi nhận:", f"- {first};", "- Lưu: VT.", head, signer])


def _given(chance: Chance, document: Brief) -> tuple[list[Fact], list[Fact]]:
    """The facts that the notes give, and details besides; sometimes little but details."""
    facts = list(document.facts)
    draw = chance.random.random()
    if draw < 0.14:
        kept = [item for item in facts if item.key in ("agency", "topic", "when", "where", "to")]
        facts = kept if chance.odds(0.7) else kept[:2]
        return facts, details(chance, chance.number(2, DETAILS))
    if chance.odds(0.3):
        for item in chance.random.sample(facts, min(len(facts) - 2, chance.number(1, 2))):
            facts.remove(item)
    return facts, details(chance, chance.number(1, 3)) if draw < 0.5 else []


def _inline(chance: Chance, work: str, facts: list[Fact]) -> str:
    """A request that goes straight on with the facts, as in a message: no heading, no list."""
    text = chance.of(wording.prompts()["inline"]).format(work=work) + prose(chance, facts)
    return f"{text} {chance.of(wording.prompts()['closers'])}" if chance.odds(0.3) else text


def draft(chance: Chance) -> Sample:
    """Notes → the document; what the notes lack becomes «[cần bổ sung]»."""
    document = brief(chance)
    facts, more = _given(chance, document)
    signer = fact("signer", chance.person()) if chance.odds(0.3) else None
    noted = [*facts, *more, *([signer] if signer else [])]
    known = {item.key: item.value for item in facts}
    work = f"{chance.one('soạn', 'viết', 'dự thảo', 'làm', 'soạn thảo', 'lập')} {chance.of(document.openings)}"
    if chance.odds(0.25):
        work += (
            f" về {known.get('topic', 'nội dung này')}"
            if chance.odds(0.5)
            else chance.one(" ngắn", " gọn", " đầy đủ", " hoàn chỉnh")
        )
    inline = chance.odds(0.2)
    text = "" if inline else notes(chance, noted)
    ask, starts, without = _inline(chance, work, noted) if inline else asked(chance, work), "", ""
    more = in_order(more, text or ask)
    paper = with_details(document.paper(known), [item.value for item in more])
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
    passages, prompt = ((), ask) if inline else placed(chance, text, ask)
    found = expected([*facts, *more, *([signer] if signer and "Nơi nhận:" in answer else [])], answer)
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
