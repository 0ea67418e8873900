"""What the model is given for a question: the passages that fit, the frame around them, how long it may answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.ask import named
from service.ask.refusal import NOT_THERE
from service.kit import Kit
from service.prompts import fill
from service.quoting import quoted
from service.records import Lane, Message, Options, Passage, Question, Sources

PASSAGES = 12
"""At most so many passages are offered to the model; its context may end the list sooner."""
FEW_PASSAGES = 4
"""At most so many to the small model, which loses its way in more."""
WHOLE = 0.5
"""Documents that take up to this part of the context go in whole, in their own order."""
ANSWER_TOKENS = 400
SAY_NOT_THERE = f"Khi các đoạn trên không nói điều được hỏi, chỉ trả lời đúng một câu: “{NOT_THERE}”"
"""What a larger model is told besides."""


def options_of(kit: Kit, question: Question) -> Options:
    """How it is answered: in at most a third of the context."""
    context = kit.engine.state().context
    room = min(ANSWER_TOKENS, context // 3) if context else ANSWER_TOKENS
    return Options(max_tokens=room, lane=Lane.PEOPLE, owner=str(question.user_id))


def prepare(
    kit: Kit, question: Question, scope: Sequence[int], found: Sequence[Passage], options: Options
) -> tuple[Sources, tuple[Message, ...]]:
    """Chosen documents that take up to half of the context go in whole; else what the search found, best first, as
    much of it as the context holds; the small model only those passages that hold a place the question names."""
    state = kit.engine.state()
    found = _few(kit, question, found) if state.small else found
    if state.silent:
        return Sources(tuple(found)), _messages(kit, question, found)  # the engine says why it does not write
    whole = kit.index.all_passages(scope) if question.documents else ()
    if whole and _fits(kit, question, whole, options, WHOLE):
        return Sources(whole), _messages(kit, question, whole)
    chosen: list[Passage] = []
    for passage in found:
        if _fits(kit, question, _numbered([*chosen, passage]), options):
            chosen.append(passage)
    left = [one for one in found if one not in chosen]
    names = dict.fromkeys(" – ".join(filter(None, (one.document_title, one.heading))) for one in left)
    passages = _numbered(chosen)
    return Sources(passages, tuple(names)), _messages(kit, question, passages)


def _few(kit: Kit, question: Question, found: Sequence[Passage]) -> list[Passage]:
    """The first few, those with the sentences that answer best (``quoting``) before the others."""
    held = named.holding(question.text, found)
    asked = kit.index.uncalled(question.text, {one.document_id for one in held})
    best = [one.number for one in quoted(asked, held, kit.embedder)]
    return sorted(held, key=lambda one: best.index(one.number) if one.number in best else len(best))[:FEW_PASSAGES]


def _numbered(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(replace(one, number=n) for n, one in enumerate(passages, 1))


def _fits(kit: Kit, question: Question, passages: Sequence[Passage], options: Options, share: float = 1.0) -> bool:
    context = kit.engine.state().context
    tokens = kit.engine.count_tokens(_messages(kit, question, passages))
    return not context or tokens <= min(share * context, context - options.max_tokens)


def _messages(kit: Kit, question: Question, passages: Sequence[Passage]) -> tuple[Message, ...]:
    """The frame with the numbered passages. A larger model is also told where each stands, and what to say when none
    answers; the one in the box was never taught to read that."""
    small = kit.engine.state().small
    several = len({one.document_id for one in passages}) > 1
    lines = []
    for one in passages:
        where = " – ".join(filter(None, (one.document_title if several else "", one.heading)))
        lines.append(f"[{one.number}] {one.text}" if small or not where else f"[{one.number}] ({where}) {one.text}")
    system = fill(kit.frames["ask"], material="\n".join(lines))
    return Message("system", system if small else f"{system}\n\n{SAY_NOT_THERE}"), Message("user", question.text)
