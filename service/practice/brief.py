"""What the model is given for a prompt: the passages that fit, the frame around them, how it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service import exercises, feedback
from service.kit import Kit
from service.nd30 import request
from service.prompts import fill
from service.records import Attempt, Exercise, Lane, Message, Options, Passage, Sources

OWN_TEXT = 0
"""The document of a passage that is the text of an input: it lies on no shelf."""
PASSAGES = 24
"""At most this many passages are offered to the model; its context usually ends the list sooner."""
LONGEST_OPENING = 16
"""Tokens kept free for the words with which the program begins an answer (``begun``)."""


def usual_options(exercise: Exercise, user_id: int) -> Options:
    """How an answer to the exercise is made."""
    return Options(
        max_tokens=exercise.max_tokens,
        temperature=exercise.temperature,
        seed=exercise.seed,
        lane=Lane.PEOPLE,
        owner=str(user_id),
    )


def options_of(kit: Kit, exercise: Exercise, attempt: Attempt) -> Options:
    """Those chosen when the attempt was begun, which has an owner then; else the exercise's."""
    return within(kit, attempt.options if attempt.options.owner else usual_options(exercise, attempt.user_id))


def within(kit: Kit, options: Options) -> Options:
    """An answer has at most half of the model's context."""
    context = kit.engine.state().context
    return replace(options, max_tokens=min(options.max_tokens, context // 2)) if context else options


def begun(kit: Kit, exercise: Exercise, prompt: str, options: Options) -> Options:
    """For the practice model the program writes the first words of the document that a prompt asks for: the frame
    belongs to code, and so small a model may take one kind for another. A larger one begins by itself."""
    if exercise.kind != "draft" or not kit.engine.state().small:
        return options
    return replace(options, opening=request.opening(prompt))


def prepare(
    kit: Kit, exercise: Exercise, prompt: str, options: Options, given: str = ""
) -> tuple[Sources, tuple[Message, ...]]:
    """Choose as many passages as the context holds, best first, and hand them over in the order of the documents.

    Only a question is searched for by the person's own words: for every other task the choice follows the task, so
    that the text before the prompt is the same for a whole class and the engine reads it once.
    """
    documents = [document.id for document in exercises.documents(kit, exercise, given)]
    ids = [*documents, OWN_TEXT]
    own = [
        Passage(1, OWN_TEXT, text.title, 0, text.text, "", 1, 1)
        for text in feedback.own_text(exercise, exercise.input(given))
    ]
    found = _in_order([*(kit.index.all_passages(documents) if documents else ()), *own], ids)
    if len(found) <= PASSAGES and _fits(kit, exercise, prompt, found, options):
        return Sources(found), _messages(kit, exercise, prompt, found)
    query = prompt if exercise.kind == "ask" else f"{exercise.title}. {exercise.task}"
    ranked = kit.index.search(query, documents, limit=PASSAGES) if documents else ()
    chosen = [*own]  # the person's own material is what the task is about
    for passage in ranked:
        if _fits(kit, exercise, prompt, _in_order([*chosen, passage], ids), options):
            chosen.append(passage)
    taken = {(passage.document_id, passage.chunk) for passage in chosen}
    left = (passage for passage in found if (passage.document_id, passage.chunk) not in taken)
    names = dict.fromkeys(" – ".join(filter(None, (passage.document_title, passage.heading))) for passage in left)
    kept = _in_order(chosen, ids)
    return Sources(kept, tuple(names)), _messages(kit, exercise, prompt, kept)


def _in_order(passages: Sequence[Passage], ids: Sequence[int]) -> tuple[Passage, ...]:
    ordered = sorted(passages, key=lambda passage: (ids.index(passage.document_id), passage.chunk))
    return tuple(replace(passage, number=n) for n, passage in enumerate(ordered, 1))


def _fits(kit: Kit, exercise: Exercise, prompt: str, passages: Sequence[Passage], options: Options) -> bool:
    tokens = kit.engine.count_tokens(_messages(kit, exercise, prompt, passages))
    context = kit.engine.state().context
    return not context or tokens + LONGEST_OPENING + options.max_tokens <= context


def _messages(kit: Kit, exercise: Exercise, prompt: str, passages: Sequence[Passage]) -> tuple[Message, ...]:
    material = "\n".join(f"[{passage.number}] {passage.text}" for passage in passages)
    frame = kit.frames.get(exercise.kind) or kit.frames["default"]
    return Message("system", fill(frame, material=material)), Message("user", prompt)
