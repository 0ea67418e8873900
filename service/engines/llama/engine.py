"""The engine protocol over the loop: what runs on the asking threads."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
import weakref
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from service.engines.base import Event
from service.engines.llama.placeholders import Placeholders, Shown, Unbound
from service.engines.turns import HEARTBEAT, Turn, Turns, relay
from service.errors import ContextTooLong, EngineAbsent, EngineBroken, EngineBusy
from service.records import Delta, EngineFigures, EnginePhase, EngineState, Finish, Lane, Message, Options, Queued

if TYPE_CHECKING:  # they bring NumPy, which the first page need not wait for
    from service.engines.llama.loop import Loop
    from service.engines.llama.model import Model
    from service.engines.llama.sampling import LogitsProcessor
    from service.engines.llama.vocabulary import Vocabulary

log = logging.getLogger(__name__)

SEATS = 20
"""Answers written at the same time, unless set. Over a class's 1,000 cells two cores write 20 tokens/s for one person,
40 for four, 50 for eight, 55 for sixteen (0.5 B, Q4_0, raw batched decoding). A class of sixteen is through in 17.8 s
with sixteen seats and in 19.3 s with eight, the first word comes after 6 s instead of 9, the last one's first after 8
instead of 14; for that, each waits longer from word to word. Forty people write in two turns with twenty seats and in
three with sixteen: 39.2, 40.6 and 41.3 s against 42.8, 43.1 and 45.5 s, tried in turns; their first word comes after 15
instead of 19 to 22 s. With 24 it is no quicker."""
_WORTH_KEEPING = 32  # tokens
_STUCK = "Máy trả lời bị treo. Câu lệnh đã được lưu; anh/chị báo quản trị viên khởi động lại Học Vụ."


class LlamaEngine:
    """A GGUF in this process. Loading begins at once, in the background; ``stream`` waits for it.

    ``Finish.seconds`` and ``first_token_seconds`` are counted from the call, waiting included.

    :param model_path: None = there is no model; the state says so and ``stream`` raises ``EngineAbsent``.
    :param label: what people read as the model's name; empty = the name in the file.
    :param small: this is the practice model in the box.
    :param sha256: what the file's hash should be; another is told (``EngineState.altered``), and the model serves on.
    :param threads: None = the physical cores, or one while a very small model writes for one person.
    :param seats: how many answers are written at the same time.
    :param context: tokens of one conversation, answer included; None = what the model was trained for, at most 4,096.
    :param queue_limit: how many may wait.
    :param shelf: how many beginnings are kept in the cache (``read_ahead``); further ones stay on the disk.
    :param prefix_folder: where kept beginnings are saved, so that the next start need not read them; None = nowhere.
    :param lookup: guess tokens from the prompt while few people write; changes nothing but the time.
    """

    name = "llama"

    def __init__(
        self,
        model_path: Path | None,
        *,
        label: str = "",
        small: bool = False,
        sha256: str = "",
        threads: int | None = None,
        seats: int = SEATS,
        context: int | None = None,
        queue_limit: int = 64,
        shelf: int = 3,
        prefix_folder: Path | None = None,
        lookup: bool = True,
    ) -> None:
        self._label = label
        self._small = small
        self._seats = seats
        self._turns = Turns(seats=seats, limit=queue_limit)
        self._pins: Counter[tuple[int, ...]] = Counter()
        self._pinning = threading.Lock()
        self._loop: Loop | None = None
        self._hash: _Hash | None = None
        if model_path is not None:
            from service.engines.llama.loop import Loop

            self._loop = Loop(
                model_path,
                self._turns,
                threads=threads,
                seats=seats,
                shelf=shelf,
                context=context,
                folder=prefix_folder,
                lookup=lookup,
                pins=self._pins,
            )
            self._hash = _Hash(model_path, wanted=sha256, after=self._loop.opened)
            # llama.cpp's threads must be gone before the interpreter is, also when nobody calls close()
            self._stop = weakref.finalize(self, self._loop.close)

    def state(self) -> EngineState:
        loop = self._loop
        if loop is None or self._hash is None:
            return EngineState(EnginePhase.ABSENT, detail=EngineAbsent.sentence)
        phase, model = loop.phase, loop.model
        detail = loop.detail
        if phase is EnginePhase.LOADING:
            detail = f"Máy đang nạp mô hình, còn khoảng {max(1, round(loop.loading_seconds()))} giây."
        elif phase is EnginePhase.READY and loop.stalled_seconds:
            phase, detail = EnginePhase.FAILED, _STUCK
        return EngineState(
            phase,
            model=self._label or (model.name if model else self._hash.path.stem),
            sha256=self._hash.value,
            small=self._small,
            detail=detail,
            context=model.context if model else 0,
            queue=self._turns.count(),
            altered=self._hash.altered,
        )

    def figures(self) -> EngineFigures:
        """Counters and gauges; zeros until the model is loaded."""
        loop = self._loop
        if loop is None or loop.model is None or loop.wheel is None or loop.saved is None:
            return EngineFigures(seats=self._seats, waiting=self._turns.count())
        model, wheel = loop.model, loop.wheel
        line = self._turns.line()
        return EngineFigures(
            **loop.counters.counted(),
            guessed_tokens=wheel.chances.guessed,
            true_guesses=wheel.chances.true,
            shed_prompts=wheel.seats.shed_prompts,
            loaded_prefixes=loop.saved.loads,
            seats=self._seats,
            seats_busy=self._turns.running(),
            waiting=self._turns.count(),
            cells=model.cells,
            cells_used=wheel.seats.used(),
            pinned_prefixes=len(wheel.seats.pinned()),
            read_per_second=1 / model.read_seconds,
            write_per_second=1 / model.steps.seconds(1),
            stalled_seconds=loop.stalled_seconds,
            served=self._turns.served(),
            line=tuple(owner for owner, _ in line),
            waits=tuple(seconds for _, seconds in line),
        )

    def read_ahead(self, messages: Sequence[Message]) -> None:
        """See the protocol. It is read like background work, shared like any prompt, and kept on the shelf."""
        if prefix := self._beginning(messages):
            owner = f"read ahead {hash(tuple(prefix))}"
            self._turns.join(Turn(prefix, Options(max_tokens=0, lane=Lane.BACKGROUND, owner=owner), keep=True))

    @contextmanager
    def pinned(self, messages: Sequence[Message]) -> Iterator[None]:
        """See the protocol."""
        prefix = tuple(self._beginning(messages))
        with self._pinning:
            self._pins[prefix] += 1
        try:
            with suppress(EngineBusy):  # then the first answer that begins so will read it
                self.read_ahead(messages)
            yield
        finally:
            with self._pinning:
                self._pins[prefix] -= 1

    def _beginning(self, messages: Sequence[Message]) -> list[int]:
        """The tokens worth keeping of what a conversation begins with whatever its last message says."""
        loop = self._opened()
        loop.opened.wait()
        model = _ready(loop)
        prefix = _shared(model, messages)
        return prefix if _WORTH_KEEPING <= len(prefix) <= model.context else []

    def advance(self, owner: str) -> bool:
        return self._turns.advance(owner)

    def count_tokens(self, messages: Sequence[Message]) -> int:
        return len(self.tokens(messages))

    def tokens(self, messages: Sequence[Message]) -> list[int]:
        """The rendered conversation as the model reads it; see ``count_tokens``."""
        loop = self._opened()
        loop.opened.wait()
        return _ready(loop).tokens(messages)

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Event]:
        """See the protocol. Nothing is asked for before the first ``next``."""
        from service.engines.llama.sampling import check_grammar

        asked = time.monotonic()
        loop = self._opened()
        while not loop.opened.wait(0 if loop.opened.is_set() else HEARTBEAT):
            yield Queued(self._turns.count(), loop.loading_seconds())
        model = _ready(loop)
        formal = bool(options.grammar or options.json_schema)  # there numbers and names are wanted as they stand
        prompt, told = model.read(messages, plain=formal, opening=options.opening)
        if len(prompt) + options.max_tokens > model.context:
            raise ContextTooLong(tokens=len(prompt), limit=max(0, model.context - options.max_tokens))
        check_grammar(options, model.vocabulary)
        turn = Turn(
            prompt,
            options,
            stops=(*_stops(options, told), *model.template.stops),
            processors=processors(model.vocabulary, prompt, told, options, messages, small=self._small),
            boundary=0 if model.partial else len(_shared(model, messages, prompt)),
            asked=asked,
        )
        self._turns.join(turn)
        try:
            events = _begun(relay(self._turns, turn, lambda: _fault(loop)), options.opening)
            yield from _shown(events, told) if told else events
        finally:
            self._turns.leave(turn)

    def close(self) -> None:
        if self._hash is not None:
            self._hash.stop()
        if self._loop is not None:
            self._stop()

    def _opened(self) -> Loop:
        if self._loop is None:
            raise EngineAbsent
        return self._loop


def processors(
    vocabulary: Vocabulary,
    prompt: Sequence[int],
    told: Placeholders | None,
    options: Options,
    messages: Sequence[Message],
    *,
    small: bool,
) -> tuple[LogitsProcessor, ...]:
    """What changes the logits of an answer: no unbound placeholder, and grounded decoding where it is wanted."""
    unbound = unbound_placeholders(vocabulary, told)
    grounded = small if options.grounded is None else options.grounded
    if not grounded or options.grammar or options.json_schema:
        return unbound
    from service.engines.llama.grounding import Grounding

    grounding = Grounding(prompt, vocabulary, asked=messages[-1].content if messages else "")
    for token in vocabulary.tokenise(options.opening, first=False) if options.opening else ():
        grounding.accept(token)
    return (*unbound, grounding)


def unbound_placeholders(vocabulary: Vocabulary, told: Placeholders | None) -> tuple[LogitsProcessor, ...]:
    """What keeps a model from writing placeholders behind which nothing stands; nothing for a model that has none."""
    texts = told.texts if told else {}
    unbound = [token for one, token in vocabulary.placeholders().items() if ord(one) not in texts]
    return (Unbound(unbound),) if unbound else ()


def _stops(options: Options, told: Placeholders | None) -> tuple[str, ...]:
    """The stop strings as the model may write them."""
    if told is None:
        return options.stop
    ways = (way for stop in options.stop for way in (told.hide(stop, learn=False), told.hide_answer(stop)))
    return tuple(dict.fromkeys(ways))


def _begun(events: Iterable[Event], opening: str) -> Iterator[Event]:
    """The events with the words that the answer begins with before the first piece of it."""
    for event in events:
        if opening and not isinstance(event, Queued):
            yield Delta(opening)
            opening = ""
        yield event


def _shown(events: Iterable[Event], told: Placeholders) -> Iterator[Event]:
    """The events with words where the model wrote placeholders."""
    shown = Shown(told.texts)
    for event in events:
        if isinstance(event, Delta):
            if text := shown.feed(event.text):
                yield Delta(text)
            continue
        if isinstance(event, Finish) and (held := shown.end()):
            yield Delta(held)
        yield event


def _fault(loop: Loop) -> EngineBroken | None:
    """Why an answer that is silent will stay so; None while there is hope."""
    if not loop.alive:
        return EngineBroken()
    return EngineBroken(_STUCK) if loop.stalled_seconds else None


def _ready(loop: Loop) -> Model:
    if loop.phase is not EnginePhase.READY or loop.model is None:
        raise EngineBroken(loop.detail or None)
    return loop.model


def _shared(model: Model, messages: Sequence[Message], prompt: Sequence[int] = ()) -> list[int]:
    """The tokens that a conversation begins with whatever its last message says, and ``prompt`` too where it is given.

    Asked of the template itself, which alone knows where it puts the last message: with two last messages that have
    nothing in common.
    """
    if not messages:
        return []
    *before, last = messages
    probes = [model.tokens([*before, Message(last.role, text)]) for text in ("0", "a")]
    texts = [*probes, prompt] if prompt else probes
    return [same[0] for same in takewhile(lambda same: len({*same}) == 1, zip(*texts, strict=False))]


class _Hash:
    """The file's SHA-256, computed beside loading; of a large file only afterwards, not to slow it down.

    ``altered``: it is known and not the one ``wanted``.
    """

    _LARGE = 64 * 2**20

    def __init__(self, path: Path, *, wanted: str, after: threading.Event) -> None:
        self.path = path
        self.value = ""
        self.altered = False
        self._wanted = wanted
        self._after = after
        self._stopped = False
        threading.Thread(target=self._run, name="llama-hash", daemon=True).start()

    def stop(self) -> None:
        self._stopped = True

    def _run(self) -> None:
        digest = hashlib.sha256()
        try:
            if self.path.stat().st_size > self._LARGE:
                self._after.wait()
            with self.path.open("rb") as file:
                while not self._stopped and (block := file.read(2**20)):
                    digest.update(block)
        except OSError:
            return  # the loop tells what is wrong with the file
        if self._stopped:
            return
        found = digest.hexdigest()
        self.altered = bool(self._wanted) and found != self._wanted
        if self.altered:
            log.warning("HV-MAY-SAI-TEP: %s has the SHA-256 %s, not %s", self.path.name, found, self._wanted)
        self.value = found
