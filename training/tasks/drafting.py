"""Notes → the document; a vague prompt → a general document."""

from __future__ import annotations

from training import wording
from training.asking import asked, vaguely
from training.kinds import MISSING, Brief, brief, with_details, written
from training.notes import bare, notes, prose
from training.papers import formal, paper
from training.slots import DETAILS, Fact, fact
from training.tasks.sample import Expected, Sample, Wants, details, expected, in_order, placed, spread
from training.words import Chance

BESIDE = 0.75
"""How often material lies beside a vague prompt."""


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


_Told = tuple[tuple[str, ...], str]
"""The passages of the material, and the prompt."""


def _in_notes(chance: Chance, _document: Brief, facts: list[Fact], work: str, wish: str) -> _Told:
    """The facts as notes, in the material or beside the request."""
    return placed(chance, notes(chance, facts), asked(chance, work) + wish)


def _in_a_paper(chance: Chance, document: Brief, facts: list[Fact], work: str, wish: str) -> _Told:
    """The facts as they lie in a document of the same body, which names the body itself."""
    told = [formal(chance, item) for item in facts if item.key not in ("agency", "signer")]
    if chance.odds(0.4):
        chance.random.shuffle(told)
    about = {*document.values, *(item.key for item in facts)}
    signer = next((item.value for item in facts if item.key == "signer"), "")
    passages = paper(chance, document.agency, told, about, signer)
    if signer and not any(signer in text for text in passages):  # minutes are signed by others
        passages = (*passages[:-1], f"{passages[-1]}\nNgười ký văn bản: {signer}.")
    return passages, asked(chance, work) + wish


def _inline(chance: Chance, _document: Brief, facts: list[Fact], work: str, wish: str) -> _Told:
    """A request that goes straight on with the facts, as in a message: no heading, no list."""
    pattern = chance.of(wording.prompts()["inline"])
    text = pattern.format(work=bare(work) if pattern.isascii() else work) + prose(chance, facts)
    return (), text + (f" {chance.of(wording.prompts()['closers'])}" if not wish and chance.odds(0.4) else "") + wish


_BODY_ONLY = (" Chỉ viết phần nội dung.", " Không cần tên loại, chỉ nội dung.", " Chỉ cần phần thân văn bản.")
_WITH_FOOT = (" Có nơi nhận và người ký.", " Đủ cả nơi nhận, chữ ký.", " Ghi cả nơi nhận và tên người ký ở cuối.")


def draft(chance: Chance) -> Sample:
    """Notes, a document or a message → the document asked for; what they lack becomes «[cần bổ sung]»."""
    document = brief(chance)
    facts, more = _given(chance, document)
    way = chance.random.choices((_in_notes, _in_a_paper, _inline), (55, 25, 20))[0]
    if way is _in_a_paper and all(item.key != "agency" for item in facts):
        facts.insert(0, document.facts[0])
    signer = fact("signer", chance.person()) if chance.odds(0.3) else None
    noted = [*facts, *more, *([signer] if signer else [])]
    known = {item.key: item.value for item in facts}
    wish = chance.random.choices(("", chance.of(_BODY_ONLY), chance.of(_WITH_FOOT)), (60, 22, 18))[0]
    work = f"{chance.one('soạn', 'viết', 'dự thảo', 'làm', 'soạn thảo', 'lập')} {chance.of(document.openings)}"
    work = work.replace("dự thảo dự thảo", "viết dự thảo")
    if chance.odds(0.25):
        work += (
            f" về {known.get('topic', 'nội dung này')}"
            if chance.odds(0.5)
            else chance.one(" ngắn", " gọn", *(() if wish in _BODY_ONLY else (" đầy đủ", " hoàn chỉnh")))
        )
    passages, prompt = way(chance, document, noted, work, wish)
    more = in_order(more, "\n".join((*passages, prompt)))
    body = with_details(document.paper(known), [item.value for item in more])
    if wish in _BODY_ONLY:
        answer, starts = "\n".join(body.lines), ""
        without = f"{document.kind.title}\n" if document.kind.has_title else "V/v"
    else:
        answer, without = written(document, body), ""
        starts = answer.split("\n", 1)[0] if document.kind.has_title else ""
    if wish in _WITH_FOOT:
        answer += "\n" + _foot(document, signer.value if signer else MISSING)
    found = expected([*facts, *more, *([signer] if signer and wish in _WITH_FOOT else [])], answer)
    wants = Wants(holes=MISSING in answer, starts=starts, without=without)
    return Sample("draft", "draft", passages, prompt, answer, found, wants, document)


def vague_draft(chance: Chance) -> Sample:
    """A vague prompt → a general document full of open places: the difference that a learner comes to see.

    Material may lie beside a prompt that names the kind of document and nothing else. A prompt that names the matter is
    answered from the material, however short it is, so such a one has none here.
    """
    document = brief(chance)
    topic = document.values.get("topic", "")
    beside = chance.odds(BESIDE)
    named = bool(topic) and not beside and chance.odds(0.4)
    ask = vaguely(
        chance,
        f"{chance.one('soạn', 'viết', 'làm', 'cho tôi', 'tạo')} {chance.of(document.openings)}{f' về {topic}' if named else ''}",
    )
    passages: tuple[str, ...] = ()
    if beside:
        facts, more = _given(chance, document)
        written_down = spread(chance, notes(chance, [*facts, *more]))
        passages = _in_a_paper(chance, document, facts, "", "")[0] if chance.odds(0.3) else written_down
    known = {"topic": topic} if named else {}
    answer = written(document, document.paper(known))
    found = tuple(Expected(value) for value in known.values() if value in answer)
    return Sample(
        "vague",
        "draft" if beside else chance.one("draft", "improve_prompt", "default"),
        passages,
        ask,
        answer,
        found,
        Wants(holes=True),
        document,
    )
