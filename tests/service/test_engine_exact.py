"""The same words alone, in a full batch, with a shared beginning, from plain llama.cpp: up to ties (bench/ties.py)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from service.bench.ties import Judge, check_same, judging
from service.engines.llama.engine import LlamaEngine
from service.engines.llama.placeholders import Placeholders, Shown
from service.records import Options
from tests.service.engine_bundled import MODEL_PATH, conversation, model_of, opened, said, together

ANSWER = Options(max_tokens=60)
SHARED = 8  # about 165 tokens of common beginning
PEOPLE = 16


@pytest.fixture(scope="module")
def engine() -> Iterator[LlamaEngine]:
    with opened() as engine:
        yield engine


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with judging(MODEL_PATH) as judge:
        yield judge


@pytest.fixture(scope="module")
def alone() -> str:
    """The third conversation answered by an engine that has read nothing before."""
    with opened(seats=1) as fresh:
        return said(fresh.stream(conversation(3, shared=SHARED), ANSWER))[0]


def test_plain_llama_cpp_says_the_same(judge: Judge, alone: str) -> None:
    from llama_cpp import Llama

    with opened() as engine:
        known = dict(model_of(engine).vocabulary.placeholders())
    with closing(Llama(str(MODEL_PATH), n_ctx=1024, n_threads=1, n_threads_batch=1, verbose=False)) as plain:
        for n in range(3, 8):
            asked = conversation(n, shared=SHARED)
            told = Placeholders()
            hide = told.hide if known else str
            chat = [{"role": message.role, "content": hide(message.content)} for message in asked]
            unbound = {token: -1e9 for one, token in known.items() if ord(one) not in told.texts}
            answer = plain.create_chat_completion(
                chat, temperature=0.0, max_tokens=ANSWER.max_tokens, logit_bias=unbound or None
            )
            judge.ties(asked, ANSWER, Shown(told.texts).feed(answer["choices"][0]["message"]["content"]))
    judge.ties(conversation(3, shared=SHARED), ANSWER, alone)


def test_in_a_full_batch_with_a_shared_beginning_it_says_the_same(engine: LlamaEngine, judge: Judge) -> None:
    asked = [conversation(n, shared=SHARED) for n in range(PEOPLE)]
    answers = together(engine, [(asked[n], Options(max_tokens=60, owner=str(n))) for n in range(PEOPLE)])
    parted = [judge.ties(asked[n], ANSWER, text) > 0 for n, (text, _) in enumerate(answers)]
    assert sum(parted) <= PEOPLE / 4  # else these are no ties
    finishes = [finish for _, finish in answers]
    read = sum(finish.prompt_tokens - finish.shared_tokens for finish in finishes)
    assert read < sum(finish.prompt_tokens for finish in finishes) / 2


def test_asked_again_it_says_the_same_and_reads_one_token(engine: LlamaEngine, alone: str) -> None:
    said(engine.stream(conversation(3, shared=SHARED), Options(max_tokens=5)))
    text, finish = said(engine.stream(conversation(3, shared=SHARED), ANSWER))
    check_same(MODEL_PATH, conversation(3, shared=SHARED), ANSWER, alone, text)
    assert finish.shared_tokens == finish.prompt_tokens - 1


def test_what_the_model_would_not_write_is_found(judge: Judge, alone: str) -> None:
    """An answer to another conversation, a changed number, an end that came too early, a word too many."""
    asked = conversation(3, shared=SHARED)
    with pytest.raises(AssertionError, match="below the likeliest"):
        judge.ties(conversation(4, shared=SHARED), ANSWER, alone)
    half = len(alone) // 2
    for text in (alone[:half] + "x" + alone[half:], alone[:half], alone + " x", ""):
        with pytest.raises(AssertionError, match="the model does not write"):
            judge.ties(asked, ANSWER, text)


@pytest.mark.parametrize(
    "options",
    [
        Options(max_tokens=60, repeat_penalty=1.3, frequency_penalty=0.2, presence_penalty=0.1),
        Options(max_tokens=60, grounded=True, repeat_penalty=1.1),
        Options(max_tokens=400),
    ],
    ids=["penalties", "grounded", "to its end"],
)
def test_every_kind_of_answer_can_be_judged(engine: LlamaEngine, judge: Judge, options: Options) -> None:
    text, _ = said(engine.stream(conversation(5), options))
    judge.ties(conversation(5), options, text)
