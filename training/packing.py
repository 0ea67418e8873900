"""Samples → the steps of a training: so many tokens each, the loss only at the tokens of the answers.

A GPU wants one wide batch: rows of similar length side by side. A CPU gains nothing from width, so there each row is a
batch of its own without padding, and every step gets long rows and short ones until all have the same work: two processes
that wait for each other at every step lose no time.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from service.engines.llama.placeholders import COUNT, Placeholders
from training import laws
from training.frames import END, chat, next_turn
from training.tasks import Sample, make
from training.tokenizer import PAD
from training.words import Chance

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

POOL = 96
"""Samples drawn at once, to be shared out over steps."""


@dataclass(frozen=True)
class Batch:
    """(B, T) tokens; ``places`` of the flattened positions that predict an answer's token, and those tokens."""

    tokens: Tensor
    places: Tensor
    targets: Tensor
    count: int


Step = tuple[Batch, ...]
"""Batches whose gradients are added up before the weights move."""

Row = tuple[list[int], list[tuple[int, int]]]
"""All tokens of a conversation, and where its answers begin and end."""


def hidden(sample: Sample, first: int = 0) -> Iterator[tuple[str, bool]]:
    """A sample and the further questions about its material as one conversation, as the engine hides names and numbers:
    its texts in turn, and whether each is an answer."""
    told = Placeholders(first)
    for turn, (prompt, answer) in enumerate(((sample.prompt, sample.answer), *sample.more)):
        before = next_turn(told.hide(prompt)) if turn else chat(told.hide(sample.system), told.hide(prompt))
        yield before, False
        yield told.hide_answer(answer) + END, True


def encoded(sample: Sample, tokenizer: Tokenizer, first: int = 0) -> Row:
    """A conversation as tokens; ``first`` turns the order of the placeholders."""
    tokens: list[int] = []
    answers = []
    for text, is_answer in hidden(sample, first):
        start = len(tokens)
        tokens += tokenizer.encode(text).ids
        if is_answer:
            answers.append((start, len(tokens)))
    return tokens, answers


def batch(rows: list[Row], pad: int) -> Batch:
    """Conversations as one batch, padded at the end."""
    length = max(len(tokens) for tokens, _ in rows) - 1
    grid = torch.full((len(rows), length), pad)
    places: list[int] = []
    targets: list[int] = []
    for row, (tokens, answers) in enumerate(rows):
        grid[row, : len(tokens) - 1] = torch.tensor(tokens[:-1])
        for start, end in answers:
            places.extend(range(row * length + start - 1, row * length + end - 1))
            targets.extend(tokens[start:end])
    return Batch(grid, torch.tensor(places), torch.tensor(targets), sum(len(tokens) for tokens, _ in rows))


def _language(chance: Chance, tokenizer: Tokenizer) -> Row:
    """A stretch of a law, every token of which is to be foreseen."""
    tokens = tokenizer.encode(chance.of(laws.passages())).ids
    return tokens, [(1, len(tokens))]


def evenly(rows: list[Row], budget: int) -> list[list[Row]]:
    """Rows shared out over steps of about ``budget`` tokens: the longest first, each to the step that has least so far
    (R. L. Graham's LPT rule, 1969)."""
    shares = [(0, n) for n in range(max(1, round(sum(len(tokens) for tokens, _ in rows) / budget)))]
    steps: list[list[Row]] = [[] for _ in shares]
    for row in sorted(rows, key=lambda row: -len(row[0])):
        taken, n = heapq.heappop(shares)
        steps[n].append(row)
        heapq.heappush(shares, (taken + len(row[0]), n))
    return [step for step in steps if step]


def alike(rows: list[Row], budget: int) -> list[list[Row]]:
    """Rows of similar length together, at most ``budget`` tokens with their padding (one longer row alone)."""
    groups: list[list[Row]] = [[]]
    for row in sorted(rows, key=lambda row: len(row[0])):
        if groups[-1] and (len(groups[-1]) + 1) * len(row[0]) > budget:
            groups.append([])
        groups[-1].append(row)
    return groups


def steps(
    tokenizer: Tokenizer,
    seed: int,
    budget: int,
    longest: Callable[[], int],
    law_share: Callable[[], float] = lambda: 0.0,
    *,
    wide: bool = False,
) -> Iterator[Step]:
    """Endless steps of about ``budget`` tokens; ``wide``: each a single batch of many rows.

    No sample is longer than ``longest()`` now; ``law_share()`` is the share of law text, which comes without a question.
    """
    chance, pad = Chance(seed), tokenizer.token_to_id(PAD) or 0
    while True:
        most, share = longest(), law_share()
        rows: list[Row] = []
        while len(rows) < POOL:
            plain = share > 0 and chance.odds(share) and laws.passages()
            row = (
                _language(chance, tokenizer) if plain else encoded(make(chance), tokenizer, chance.number(0, COUNT - 1))
            )
            if len(row[0]) <= most:
                rows.append(row)
        groups = alike(rows, budget) if wide else evenly(rows, budget)
        chance.random.shuffle(groups)
        for group in groups:
            yield (batch(group, pad),) if wide else tuple(batch([row], pad) for row in group)


class _Stream(IterableDataset):
    """Steps made in worker processes: a GPU learns faster than one process invents."""

    def __init__(self, begin: Callable[[int], Iterator[Step]]) -> None:
        self.begin = begin

    def __iter__(self) -> Iterator[Step]:
        worker = get_worker_info()
        return self.begin(worker.id if worker else 0)


def made_ahead(begin: Callable[[int], Iterator[Step]], workers: int) -> Iterator[Step]:
    """What ``begin(n)`` yields, made by so many processes ahead of time; ``n`` tells the processes apart."""
    return iter(DataLoader(_Stream(begin), batch_size=None, num_workers=workers, prefetch_factor=16))
