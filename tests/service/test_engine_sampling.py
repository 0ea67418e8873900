"""How an answer is drawn is each person's own choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from service.bench.ties import check_same
from service.engines.llama.engine import LlamaEngine
from service.errors import BadInput
from service.records import Options
from tests.service.engine_bundled import MODEL_PATH, conversation, opened, said, together


@pytest.fixture(scope="module")
def engine() -> Iterator[LlamaEngine]:
    """All answers here are to one prompt; it is read before, so that the same batches make the same draws."""
    with opened() as engine:
        said(engine.stream(conversation(), Options(max_tokens=1)))
        yield engine


REPEATING = 3
"""The conversation whose answer says much over and over, without penalties."""


def answer(engine: LlamaEngine, options: Options, conversed: int = 0) -> str:
    return said(engine.stream(conversation(conversed), options))[0]


def test_the_seed_decides_what_is_drawn(engine: LlamaEngine) -> None:
    warm = [Options(max_tokens=40, temperature=3.0, top_p=1.0, min_p=0.0, seed=seed) for seed in (1, 2, 3)]
    texts = [answer(engine, options) for options in warm]
    assert len(set(texts)) > 1
    assert [answer(engine, options) for options in warm] == texts


def test_a_nucleus_of_one_token_is_greedy(engine: LlamaEngine) -> None:
    greedy = answer(engine, Options(max_tokens=40))
    assert answer(engine, Options(max_tokens=40, temperature=1.5, top_p=1e-6)) == greedy
    assert answer(engine, Options(max_tokens=40, temperature=1.5, top_p=1.0, min_p=1.0)) == greedy


def test_the_repeat_penalty_changes_what_is_repeated(engine: LlamaEngine) -> None:
    usual, penalised = (answer(engine, Options(max_tokens=120, repeat_penalty=p), REPEATING) for p in (1.0, 1.8))
    assert _share_of_new(penalised) > _share_of_new(usual)


def _share_of_new(text: str) -> float:
    """The share of a text's words that stand there for the first time."""
    words = text.split()
    return len(set(words)) / len(words)


def test_neighbours_in_a_batch_do_not_disturb_each_other(engine: LlamaEngine) -> None:
    greedy = Options(max_tokens=40)
    alone = answer(engine, greedy)
    others = [Options(max_tokens=40, temperature=3.0, top_p=1.0, min_p=0.0, seed=seed) for seed in range(5)]
    texts = [text for text, _ in together(engine, [(conversation(), options) for options in [greedy, *others]])]
    check_same(MODEL_PATH, conversation(), greedy, alone, texts[0])
    assert len(set(texts)) > 2


SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"ten": {"type": "string", "maxLength": 20}, "so": {"type": "integer"}},
        "required": ["ten", "so"],
    }
)


def test_a_grammar_bounds_what_is_said(engine: LlamaEngine) -> None:
    grammar = 'root ::= ("có" | "không") ", " [0-9] [0-9]'
    text, finish = said(engine.stream(conversation(), Options(max_tokens=40, grammar=grammar)))
    assert re.fullmatch("(có|không), [0-9]{2}", text)
    assert finish.reason == "stop"


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_a_json_schema_is_kept_to(engine: LlamaEngine, temperature: float) -> None:
    options = Options(max_tokens=200, json_schema=SCHEMA, temperature=temperature, grounded=True)
    found = json.loads(answer(engine, options))
    assert set(found) == {"ten", "so"}
    assert isinstance(found["so"], int)


@pytest.mark.parametrize(
    "wrong",
    [
        Options(grammar="root ::= (("),
        Options(grammar='other ::= "a"'),
        Options(json_schema='{"type": 5'),
        Options(json_schema='{"$ref": "https://example.org/schema.json"}'),
        Options(grammar='root ::= "a"', json_schema="{}"),
    ],
)
def test_a_grammar_that_cannot_be_used_is_refused(engine: LlamaEngine, wrong: Options) -> None:
    with pytest.raises(BadInput, match="Lượt này chưa chạy"):
        next(engine.stream(conversation(), wrong))
    assert answer(engine, Options(max_tokens=5))


def test_presence_and_frequency_penalties_change_what_is_repeated(engine: LlamaEngine) -> None:
    """A model that is sure of its words is not moved by small penalties: these would move any."""
    usual, frequent, present = (
        answer(engine, Options(max_tokens=120, frequency_penalty=frequency, presence_penalty=presence), REPEATING)
        for frequency, presence in ((0.0, 0.0), (20.0, 0.0), (0.0, 40.0))
    )
    assert len({usual, frequent, present}) == 3
    assert len(set(frequent.split())) > len(set(usual.split()))
    assert _share_of_new(frequent) > _share_of_new(usual)
    assert _share_of_new(present) > _share_of_new(usual)
