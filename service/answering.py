"""An answer that is being written: claimed once, kept as it grows, followed by whoever comes later, stopped at once.

What asks for one (a prompt on an exercise, a question to documents) keeps its own table, both with the same columns:
state, answer, passages, left_out, stop_asked, seen_at, error and the counts of a ``Finish``. No transaction is open
while the model writes; each of these functions is one short one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import Row, Table, select, update

from service.engines.base import Event
from service.errors import EngineBroken, EngineError
from service.kit import Kit
from service.records import (
    AttemptState,
    Delta,
    EnginePhase,
    Failed,
    Finish,
    Lane,
    Message,
    Options,
    Passage,
    Queued,
    Sources,
)
from service.store.db import now
from service.text import nfc

log = logging.getLogger(__name__)

SAVE_EVERY = 0.5
"""Seconds between two savings of the growing answer: what a killed process can lose."""
LOOK_EVERY = 0.1
"""Seconds between two looks at the stop button."""
FOLLOW_EVERY = 0.2
"""Seconds between two looks at an answer that another connection is writing."""
LOADING_LOOK = 0.5
"""Seconds between two looks at whether the model has loaded."""
WATCHED_FOR = timedelta(seconds=5)
"""How long an answer goes on after its page was closed, so that a reload finds it still growing."""


STOPPED: Mapping[str, Any] = {"state": AttemptState.STOPPED, "finish_reason": "cancelled"}
"""How an answer ends by the stop button, as columns."""


class Stopped(Exception):
    """The stop button was pressed."""


@dataclass
class Writing:
    """An answer while it is written: its pieces, its end as columns, and what a page is told when it broke off."""

    text: list[str] = field(default_factory=list)
    end: dict[str, Any] = field(default_factory=lambda: {"state": AttemptState.INTERRUPTED})
    failed: Failed | None = None

    @property
    def kept(self) -> str:
        """The text as it is kept."""
        return as_kept("".join(self.text))


class Written(Protocol):
    """What can be followed."""

    @property
    def state(self) -> AttemptState: ...
    @property
    def over(self) -> bool: ...
    @property
    def answer(self) -> str: ...
    @property
    def passages(self) -> tuple[Passage, ...]: ...
    @property
    def left_out(self) -> tuple[str, ...]: ...
    @property
    def error(self) -> str: ...
    @property
    def finish_reason(self) -> str: ...
    @property
    def prompt_tokens(self) -> int: ...
    @property
    def shared_tokens(self) -> int: ...
    @property
    def answer_tokens(self) -> int: ...
    @property
    def seconds(self) -> float: ...


def change(kit: Kit, table: Table, row_id: int, expected: AttemptState, **values: Any) -> bool:
    """Move a row on from the expected state; False when it was in another: somebody else was faster."""
    with kit.db.write() as connection:
        claim = update(table).where(table.c.id == row_id, table.c.state == expected)
        return connection.execute(claim.values(**values)).rowcount == 1


def save(kit: Kit, table: Table, row_id: int, **values: Any) -> None:
    """Keep what has come so far."""
    with kit.db.write() as connection:
        connection.execute(update(table).where(table.c.id == row_id).values(**values))


def ask_to_stop(kit: Kit, table: Table, row_id: int) -> None:
    """The stop button: a running answer ends within a moment and keeps its text; a waiting one never starts."""
    save(kit, table, row_id, stop_asked=True)
    change(kit, table, row_id, AttemptState.QUEUED, **STOPPED, finished_at=now())


def seen(kit: Kit, table: Table, row_id: int) -> None:
    """Note that a page is looking at the answer."""
    save(kit, table, row_id, seen_at=now())


def watched(kit: Kit, table: Table, row_id: int) -> bool:
    """True while some page has looked at the growing answer within the last seconds."""
    with kit.db.read() as connection:
        at = connection.execute(select(table.c.seen_at).where(table.c.id == row_id)).scalar()
    return at is not None and now() - at < WATCHED_FOR


def recover(kit: Kit, table: Table) -> int:
    """At start: what a killed process left running becomes interrupted, its text kept. Returns how many."""
    left = update(table).where(table.c.state == AttemptState.RUNNING)
    with kit.db.write() as connection:
        return connection.execute(left.values(state=AttemptState.INTERRUPTED, finished_at=now())).rowcount


def loading(kit: Kit, table: Table, row_id: int) -> Iterator[Queued]:
    """A large model may take a minute to load: the page hears so, and may stop (raises ``Stopped``)."""
    while kit.engine.state().phase is EnginePhase.LOADING:
        yield Queued(0, 0.0)
        if _stop_asked(kit, table, row_id):
            raise Stopped
        time.sleep(LOADING_LOOK)


@contextmanager
def settled(what: str, row_id: int, settle: Callable[[Writing], None]) -> Iterator[Writing]:
    """Whatever happens while an answer is written, ``settle`` keeps it, in one short transaction.

    The stop button and errors of the engine are ends like any other; ``what`` names the row in the log.
    """
    writing = Writing()
    try:
        yield writing
    except Stopped:
        writing.end = dict(STOPPED)
    except EngineError as error:
        log.warning("%s %s: %s", what, row_id, error.code)
        writing.failed = Failed(error.code, str(error))
    except Exception:  # whatever broke, what is written is kept and the page hears of it
        log.exception("%s %s broke off", what, row_id)
        writing.failed = Failed(EngineBroken.code, EngineBroken.sentence)
    finally:
        if writing.failed:
            writing.end = {"state": AttemptState.FAILED, "error": writing.failed.code}
        settle(writing)


def by_model(
    kit: Kit,
    table: Table,
    row_id: int,
    sources: Sources,
    messages: Sequence[Message],
    options: Options,
    writing: Writing,
    let: Callable[[str], str] = str,
) -> Generator[Sources | Event]:
    """Keep what the model is given, tell the sources, and relay what it writes; its ``Finish`` becomes the end."""
    state = kit.engine.state()
    save(
        kit,
        table,
        row_id,
        system=messages[0].content,
        passages=[asdict(passage) for passage in sources.passages],
        left_out=list(sources.left_out),
        options=asdict(options),
        engine=state.model,
        model_sha256=state.sha256,
    )
    yield sources
    with closing(relay(kit, table, row_id, messages, options, let, writing.text)) as events:
        for event in events:
            if isinstance(event, Finish):
                writing.end = ended(event)
            else:
                yield event


def relay(
    kit: Kit,
    table: Table,
    row_id: int,
    messages: Sequence[Message],
    options: Options,
    let: Callable[[str], str],
    text: list[str],
) -> Generator[Event]:
    """The engine's events, the last a ``Finish``; each piece goes through ``let`` and into ``text``, which is saved.

    Raises ``Stopped`` within a moment of the stop button, and what the engine raises.
    """
    saved = looked = time.monotonic()
    with closing(kit.engine.stream(messages, options)) as events:
        for event in events:
            moment = time.monotonic()
            if isinstance(event, Delta):
                event = Delta(let(event.text))
                text.append(event.text)
                if moment - saved >= SAVE_EVERY:
                    save(kit, table, row_id, answer=as_kept("".join(text)))
                    saved = moment
            if moment - looked >= LOOK_EVERY or isinstance(event, Queued):
                looked = moment
                if _stop_asked(kit, table, row_id):
                    raise Stopped
            if not isinstance(event, Delta) or event.text:
                yield event
            if isinstance(event, Finish):
                return


def follow(kit: Kit, table: Table, row_id: int, load: Callable[[], Written]) -> Iterator[Sources | Event | Failed]:
    """Replay an answer, or follow it while another connection writes it."""
    found = load()
    sent = told = 0.0
    shown, sources = "", False
    while True:
        if not sources and (found.passages or found.answer or found.over):
            yield Sources(found.passages, found.left_out)
            sources = True
        text = found.answer if found.over else found.answer[:-1]  # the last letter may still get its tone mark
        if text.startswith(shown) and len(text) > len(shown):
            yield Delta(text[len(shown) :])
            shown = text
        if found.over:
            break
        moment = time.monotonic()
        if moment - told >= 1:
            seen(kit, table, row_id)
            told = moment
        if moment - sent >= 1:
            yield Queued(0, 0.0)
            sent = moment
        time.sleep(FOLLOW_EVERY)  # another connection runs the model; its savings are what can be seen from here
        found = load()
    yield failed(found.error) if found.state is AttemptState.FAILED else finish(found)


def as_kept(text: str) -> str:
    """An answer as it is kept, growing or whole: each text is the beginning of the next, for those who follow it."""
    return nfc(text).strip()


def read(row: Row[Any]) -> dict[str, Any]:
    """The columns of an answer as the nouns that they hold."""
    options = dict(row.options)
    if options:
        options |= {"stop": tuple(options["stop"]), "lane": Lane(options["lane"])}
    return {
        "state": AttemptState(row.state),
        "options": Options(**options),
        "passages": tuple(Passage(**passage) for passage in row.passages),
        "left_out": tuple(row.left_out),
    }


def ended(event: Finish) -> dict[str, Any]:
    """The columns that a ``Finish`` fills."""
    return {
        "state": AttemptState.STOPPED if event.reason == "cancelled" else AttemptState.DONE,
        "finish_reason": event.reason,
        "prompt_tokens": event.prompt_tokens,
        "shared_tokens": event.shared_tokens,
        "answer_tokens": event.answer_tokens,
        "seconds": event.seconds,
    }


def finish(found: Written) -> Finish:
    """The ``Finish`` that those columns tell."""
    return Finish(
        found.finish_reason or found.state,
        found.prompt_tokens,
        found.shared_tokens,
        found.answer_tokens,
        found.seconds,
    )


def failed(code: str) -> Failed:
    """What a page is told of an answer that broke off with the code of an ``EngineError``."""
    known = {error.code: error.sentence for error in EngineError.__subclasses__() if "%" not in error.sentence}
    return Failed(code or EngineBroken.code, known.get(code, EngineError.sentence))


def _stop_asked(kit: Kit, table: Table, row_id: int) -> bool:
    with kit.db.read() as connection:
        return bool(connection.execute(select(table.c.stop_asked).where(table.c.id == row_id)).scalar())
