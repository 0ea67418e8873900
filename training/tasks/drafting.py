"""Notes → the document; a vague prompt → a general document."""

from __future__ import annotations

from training.asking import asked, vaguely
from training.kinds import MISSING, Brief, brief, written
from training.notes import notes
from training.slots import fact
from training.tasks.sample import Expected, Sample, Wants, expected, placed
from training.words import Chance


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
    passages, prompt = placed(chance, notes(chance, noted), ask)
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
