"""Many answers at once, behind the people: reruns of a prompt, comparisons, a model's opinion on answers.

The conversations should begin alike, what differs last: the common beginning is then read once and kept until the batch
is over. They run in the lane of background work, so whoever presses run meanwhile is served first; alone on the machine
the batch has as many seats as that lane may have, and the answers are written side by side.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import count

from service import answering
from service.errors import EngineBusy, EngineError
from service.kit import Kit
from service.records import Answered, Delta, Failed, Finish, Lane, Message, Options

BUSY = 1.0
"""Seconds until a full queue is asked again."""
_numbers = count(1)

Asked = tuple[Sequence[Message], Options]
"""A conversation, its own part last, and how it is to be answered; lane and owner are set here."""


def answers(kit: Kit, asked: Sequence[Asked], over: threading.Event | None = None) -> Generator[Answered]:
    """Answer all conversations; each is handed out when it is complete, so not in the order of asking.

    Closing the generator, or setting ``over`` from another thread, stops what is being written. One that fails (too
    long, a broken grammar, a lost server) costs the others nothing. Raises EngineAbsent or EngineBroken where nothing
    can be answered at all.
    """
    width = max(1, kit.engine.figures().seats // 2)
    batch = next(_numbers)
    over = over or threading.Event()
    with ExitStack() as kept:
        for beginning in _beginnings(asked):
            kept.enter_context(kit.engine.pinned(beginning))
        room = kept.enter_context(ThreadPoolExecutor(width, thread_name_prefix="batch"))
        waiting = [
            room.submit(_answer, kit, n, messages, replace(options, lane=Lane.BACKGROUND, owner=f"{batch}/{n}"), over)
            for n, (messages, options) in enumerate(asked)
        ]
        try:
            for one in as_completed(waiting):
                yield one.result()
        finally:
            over.set()
            room.shutdown(cancel_futures=True)


def _answer(kit: Kit, n: int, messages: Sequence[Message], options: Options, over: threading.Event) -> Answered:
    text = ""
    while not over.is_set():
        try:
            with closing(kit.engine.stream(messages, options)) as events:
                for event in events:
                    if isinstance(event, Delta):
                        text += event.text
                    if isinstance(event, Finish):
                        return Answered(n, answering.as_kept(text), event)
                    if over.is_set():
                        break
        except EngineBusy:
            over.wait(BUSY)
        except EngineError as error:
            return Answered(n, answering.as_kept(text), Failed(error.code, str(error)))
    return Answered(n, answering.as_kept(text), Finish("cancelled", 0, 0, 0, 0.0))


def _beginnings(asked: Sequence[Asked]) -> list[Sequence[Message]]:
    """A conversation for each beginning, all but the last message, that several have in common."""
    found = Counter(tuple(messages[:-1]) for messages, _ in asked)
    first = {tuple(messages[:-1]): messages for messages, _ in reversed(asked)}
    return [first[beginning] for beginning, many in found.items() if many > 1]
