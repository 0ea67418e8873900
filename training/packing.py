"""Samples → the steps of a training: so many tokens each, the loss only at the tokens of the answers.

A GPU wants one wide batch, always of the same shape: conversations lie one behind the other in a single long row, and none
sees another. A CPU gains nothing from width, so there each conversation is a batch of its own, and every step gets long ones
and short ones until all have the same work: two processes that wait for each other at every step lose no time.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING

import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from service.engines.llama.placeholders import COUNT, Placeholders
from training import laws
from training.frames import END, chat, next_turn
from training.model import NOTHING
from training.tasks import BY_HAND, Sample, make
from training.tasks.hurried import in_a_hurry
from training.tasks.otherwise import otherwise
from training.tasks.unfamiliar import unfamiliar
from training.tokenizer import PAD
from training.words import Chance

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

POOL = 96
"""Samples drawn at once, to be shared out over steps."""


UNFAMILIAR, OTHERWISE, HURRIED = 0.4, 0.5, 0.2
"""The share of samples whose matter is exchanged for words that no list holds, whose questions are put in other words,
and whose requests are typed in a hurry."""


@dataclass(frozen=True)
class Batch:
    """(B, T) tokens; ``places`` of the flattened positions that predict an answer's token, and those tokens.

    ``starts`` where several conversations lie in one row: where each begins, and the row's end; ``answers`` of the
    ``count`` tokens belong to answers.
    """

    tokens: Tensor
    places: Tensor
    targets: Tensor
    count: int
    answers: int
    starts: Tensor | None = None


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


def _answers(row: Row, offset: int = 0) -> tuple[list[int], list[int]]:
    """The positions that predict an answer's token, the conversation beginning at ``offset``, and those tokens."""
    tokens, answers = row
    places = [offset + n for start, end in answers for n in range(start - 1, end - 1)]
    return places, [token for start, end in answers for token in tokens[start:end]]


def alone(row: Row) -> Batch:
    """One conversation as a batch."""
    places, targets = _answers(row)
    return Batch(torch.tensor([row[0][:-1]]), torch.tensor(places), torch.tensor(targets), len(row[0]), len(targets))


SHORTEST, ANSWERED, FILLER = 64, 0.5, 256
"""A packed row of T tokens has room for T / SHORTEST conversations and for T · ANSWERED tokens of answers; what is left at
its end is filled up by empty conversations of FILLER tokens."""


def packed(rows: Iterable[Row], budget: int, pad: int) -> Iterator[Batch]:
    """Conversations one behind the other in rows of ``budget`` tokens, all of the same shape whatever they hold.

    A conversation that fits no row is left out, and so is a last row that is not full.
    """
    most, room = budget // SHORTEST, int(budget * ANSWERED)
    tokens: list[int] = []
    places: list[int] = []
    targets: list[int] = []
    starts = [0]
    for row in rows:
        at, due = _answers(row, len(tokens))
        more = row[0][:-1]
        if len(more) > budget or len(due) > room:
            continue
        if len(tokens) + len(more) > budget or len(targets) + len(due) > room or len(starts) > most:
            answers, count = len(targets), len(tokens)
            ends = [*starts, *range(count + FILLER, budget, FILLER)]
            ends += [budget] * (most + budget // FILLER + 2 - len(ends))
            yield Batch(
                torch.tensor([tokens + [pad] * (budget - count)]),
                torch.tensor(places + [0] * (room - answers)),
                torch.tensor(targets + [NOTHING] * (room - answers)),
                count,
                answers,
                torch.tensor(ends, dtype=torch.int32),
            )
            tokens, places, targets, starts = [], [], [], [0]
            at, due = _answers(row)
        tokens += more
        places += at
        targets += due
        starts.append(len(tokens))


EVERYDAY = 0.3
"""The share of plain text that is not from laws: what people write to each other, in the tasks composed by hand."""


def _language(chance: Chance, tokenizer: Tokenizer) -> Row:
    """A stretch of a law, or a conversation of everyday words, every token of which is to be foreseen."""
    if chance.odds(EVERYDAY):
        tokens, _ = encoded(make(chance, chance.of(BY_HAND)), tokenizer, chance.number(0, COUNT - 1))
    else:
        tokens = tokenizer.encode(chance.of(laws.passages())).ids
    return tokens, [(1, len(tokens))]


def _invented(chance: Chance, tokenizer: Tokenizer, by_hand: float) -> Row:
    """A sample of the generator, often about something unfamiliar, asked otherwise or typed in a hurry."""
    sample = make(chance, chance.of(BY_HAND) if chance.odds(by_hand) else "")
    if chance.odds(UNFAMILIAR):
        sample = unfamiliar(chance, sample)
    if chance.odds(OTHERWISE):
        sample = otherwise(chance, sample)
    if chance.odds(HURRIED):
        sample = in_a_hurry(chance, sample)
    return encoded(sample, tokenizer, chance.number(0, COUNT - 1))


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


def steps(
    tokenizer: Tokenizer,
    seed: int,
    budget: int,
    longest: Callable[[], int],
    language_share: Callable[[], float] = lambda: 0.0,
    hand_share: Callable[[], float] = lambda: 0.0,
    *,
    wide: bool = False,
) -> Iterator[Step]:
    """Endless steps of about ``budget`` tokens; ``wide``: each a single packed row.

    No sample is longer than ``longest()`` now; ``language_share()`` is the share of plain text, every word of which counts,
    ``hand_share()`` that of tasks written by hand beside those of the usual mixture.
    """
    chance, pad = Chance(seed), tokenizer.token_to_id(PAD) or 0

    def rows() -> Iterator[Row]:
        while True:
            share = language_share()
            plain = share > 0 and chance.odds(share) and laws.passages()
            row = _language(chance, tokenizer) if plain else _invented(chance, tokenizer, hand_share())
            if len(row[0]) <= longest():
                yield row

    if wide:
        for one in packed(rows(), budget, pad):
            yield (one,)
    while True:
        groups = evenly(list(islice(rows(), POOL)), budget)
        chance.random.shuffle(groups)
        for group in groups:
            yield tuple(alone(row) for row in group)


def kept_out(tokenizer: Tokenizer, budget: int) -> Batch:
    """Samples by hand that no training sees, in one packed row: the loss on them tells learning from knowing by heart."""
    rows = (encoded(make(Chance(n, held=True), task), tokenizer) for n in count() for task in BY_HAND)
    return next(packed(rows, budget, tokenizer.token_to_id(PAD) or 0))


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


def copied(batch: Batch) -> Batch:
    """The batch in memory of this process: a worker's tensors hold a file open for each."""
    return replace(
        batch,
        tokens=batch.tokens.clone(),
        places=batch.places.clone(),
        targets=batch.targets.clone(),
        starts=None if batch.starts is None else batch.starts.clone(),
    )


KEPT, ENOUGH = 1500, 100
"""Steps that may be taken again, and how many there must be first."""


def never_waiting(source: Iterator[Step], seed: int = 0) -> Iterator[Step]:
    """The steps of the source, and whenever none is ready one of those seen before: a second look at a sample teaches
    nearly as much as a new one (Muennighoff et al., arXiv 2305.16264), waiting teaches nothing."""
    ready: Queue[Step | BaseException] = Queue(maxsize=16)

    def fill() -> None:
        try:
            for step in source:
                ready.put(tuple(copied(batch) for batch in step))
            ready.put(StopIteration())
        except BaseException as error:  # noqa: BLE001 - raised again where the steps are taken
            ready.put(error)

    Thread(target=fill, daemon=True).start()
    seen: list[Step] = []
    random, fresh = Chance(seed).random, 0
    while True:
        try:
            step = ready.get(block=len(seen) < ENOUGH)
        except Empty:
            yield random.choice(seen)
            continue
        if isinstance(step, StopIteration):
            return
        if isinstance(step, BaseException):
            raise step
        if len(seen) < KEPT:
            seen.append(step)
        else:
            seen[fresh % KEPT] = step
        fresh += 1
        yield step
