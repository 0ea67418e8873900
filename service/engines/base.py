"""The seam to a language model. Implementations: ``llama`` (in process), ``openai_server`` (any
OpenAI-compatible address), ``scripted`` (tests only).

``stream`` is the only way to get text. It yields ``Queued`` while the turn waits (again whenever the place
changes, and about every second as a heartbeat), then ``Delta`` pieces, then exactly one ``Finish``.
Closing the generator stops the model before its next token: that is the cancel button.
Everything is synchronous; threads give concurrency. All methods may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from service.records import Delta, EngineFigures, EngineState, Finish, Message, Options, Queued

Event = Queued | Delta | Finish


class Engine(Protocol):
    """What every engine offers."""

    name: str

    def state(self) -> EngineState:
        """What the engine is doing now; never blocks."""
        ...

    def figures(self) -> EngineFigures:
        """What the engine has done so far and how busy it is; never blocks. Zeros where it does not count."""
        ...

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Event]:
        """Answer a conversation.

        Waits, yielding ``Queued``, while the model still loads. Raises ``EngineAbsent`` (no model),
        ``EngineBusy`` (queue full), ``ContextTooLong`` (prompt + max_tokens do not fit), ``BadInput`` (a grammar that
        cannot be used) or ``EngineBroken``.
        """
        ...

    def read_ahead(self, messages: Sequence[Message]) -> None:
        """Read, in the background, what the conversation begins with whatever its last message says, and keep it.

        Answers to conversations that begin so then come sooner. Waits for loading, not for the reading; asking again
        is cheap. Raises ``EngineAbsent``, ``EngineBusy`` or ``EngineBroken``. Nothing to do where there is no cache.
        """
        ...

    def pinned(self, messages: Sequence[Message]) -> AbstractContextManager[None]:
        """While open, what ``read_ahead`` reads is kept, and is the last thing given up for want of room.

        For a batch of conversations that begin alike. Raises what ``read_ahead`` raises, but for ``EngineBusy``.
        """
        ...

    def advance(self, owner: str) -> bool:
        """Let what a person waits for come next, before everybody else's. False when nothing of theirs waits."""
        ...

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of the rendered conversation, the opening of the answer included. Waits for loading."""
        ...

    def close(self) -> None:
        """Stop the threads and free the model; a second call does nothing."""
        ...


ENGINES = {
    "llama": "service.engines.llama.engine:LlamaEngine",
    "openai_server": "service.engines.openai_server:OpenAIServerEngine",
    "scripted": "service.engines.scripted:ScriptedEngine",
}
"""Name → "module:Class"; imported on first use."""
