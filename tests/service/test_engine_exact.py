"""The same words alone, in a full batch, with a shared beginning, and from plain llama.cpp.

Kernels for one row and for many add up in another order, so two tokens that are equally likely up to rounding may
change places. Such a tie is allowed, and nothing else is: where texts part, the two likeliest tokens must be within
``TIE`` of each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from service.engines.llama.engine import LlamaEngine, _prompt
from service.records import Options
from tests.service.engine_bundled import MODEL_PATH, conversation, model_of, opened, said, together

TIE = 0.01  # in logits
ANSWER = 60
SHARED = 8  # about 165 tokens of common beginning


@pytest.fixture(scope="module")
def engine() -> Iterator[LlamaEngine]:
    with opened() as engine:
        yield engine


@pytest.fixture(scope="module")
def plain() -> Iterator[Any]:
    from llama_cpp import Llama

    llama = Llama(str(MODEL_PATH), n_ctx=1024, n_threads=1, n_threads_batch=1, logits_all=True, verbose=False)
    yield llama
    llama.close()


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """Each conversation answered by an engine that has read nothing before."""
    texts = []
    for n in range(16):
        with opened(seats=1) as fresh:
            texts.append(said(fresh.stream(conversation(n, shared=SHARED), Options(max_tokens=ANSWER)))[0])
    return texts


def check(engine: LlamaEngine, plain: Any, n: int, one: str, other: str) -> None:
    """Both texts are equal, or part at a tie."""
    if one == other:
        return
    vocabulary = model_of(engine).vocabulary
    first, second = vocabulary.tokenise(one), vocabulary.tokenise(other)
    same = next(place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b)
    tokens = _prompt(model_of(engine), conversation(n, shared=SHARED)) + first[:same]
    plain.reset()
    plain.eval(tokens)
    best, next_best = sorted(plain.scores[len(tokens) - 1], reverse=True)[:2]
    assert best - next_best < TIE, f"conversation {n}: {one!r} / {other!r}"


def test_plain_llama_cpp_says_the_same(engine: LlamaEngine, plain: Any, alone: list[str]) -> None:
    for n in range(8):
        chat = [{"role": message.role, "content": message.content} for message in conversation(n, shared=SHARED)]
        answer = plain.create_chat_completion(chat, temperature=0.0, max_tokens=ANSWER)
        check(engine, plain, n, alone[n], answer["choices"][0]["message"]["content"])


def test_in_a_full_batch_with_a_shared_beginning_it_says_the_same(
    engine: LlamaEngine, plain: Any, alone: list[str]
) -> None:
    asked = [(conversation(n, shared=SHARED), Options(max_tokens=ANSWER, owner=str(n))) for n in range(16)]
    answers = together(engine, asked)
    for n, (text, _) in enumerate(answers):
        check(engine, plain, n, alone[n], text)
    finishes = [finish for _, finish in answers]
    read = sum(finish.prompt_tokens - finish.shared_tokens for finish in finishes)
    assert read < sum(finish.prompt_tokens for finish in finishes) / 2


def test_asked_again_it_says_the_same_and_reads_one_token(engine: LlamaEngine, plain: Any, alone: list[str]) -> None:
    said(engine.stream(conversation(3, shared=SHARED), Options(max_tokens=5)))
    text, finish = said(engine.stream(conversation(3, shared=SHARED), Options(max_tokens=ANSWER)))
    check(engine, plain, 3, alone[3], text)
    assert finish.shared_tokens == finish.prompt_tokens - 1
