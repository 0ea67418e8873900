"""A model on a server that speaks OpenAI's chat completions: vLLM, llama-server, Ray Serve, another Học Vụ.

Who may ask when is decided here, as with the model in this process: the same fair queue (``turns``), ``seats`` answers
at once, everybody sees a place. The shared text stands first in every conversation, so the server's own prefix cache
reads it once. A connection belongs to one answer: hanging up is how a server is told to stop.

1. A thread looks at ``/models`` until the server answers, and again from time to time: the pages show what it found.
2. ``stream`` joins the queue; the dispatcher seats the next turn and gives it a thread that talks to the server.
3. Before the first word a busy or restarting server is asked again, a little later each time; afterwards never.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import socket
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from service.engines.base import Event
from service.engines.figures import Counters
from service.engines.turns import Turn, Turns, relay
from service.errors import ContextTooLong, EngineBroken, EngineBusy, EngineError
from service.records import (
    Delta,
    EngineFigures,
    EnginePhase,
    EngineState,
    Finish,
    Lane,
    Message,
    Options,
)

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each further try; a server may ask for more (Retry-After), up to ``LONGEST_PAUSE``."""
LONGEST_PAUSE = 30.0
CONNECT_SECONDS, SILENT_SECONDS = 5.0, 300.0
"""To reach the server, and between two pieces of an answer: a long prompt on a busy server takes minutes to read."""
LOOK_EVERY = 15.0
"""Seconds between two looks at whether the server is there."""
COUNT_AGAIN = 15.0
"""Seconds until a server that could not count just now is asked to again."""
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
TOKENS_PER_LETTER = 0.45
"""The first guess where a server does not count: Vietnamese runs at 0.25–0.4 in today's vocabularies."""

UNREACHED = (
    "Không nối được với máy chủ mô hình (%(host)s). Bài của anh/chị đã được lưu; xin thử lại sau ít phút, "
    "nếu vẫn vậy thì báo quản trị viên."
)


@dataclass
class _Call:
    """One answer on its way: the conversation, and the socket to cut when the asker leaves."""

    messages: Sequence[Message]
    line: Any = None  # httpcore's stream of this connection
    started: float = 0.0  # when it was first sent
    left: threading.Event = field(default_factory=threading.Event)

    def hang_up(self) -> None:
        """End the connection from another thread: ``shutdown`` wakes whoever reads from it, ``close`` would not."""
        self.left.set()
        end = self.line.get_extra_info("socket") if self.line is not None else None
        if end is not None:
            with contextlib.suppress(OSError):  # the server may have been faster
                end.shutdown(socket.SHUT_RDWR)

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore tells of each step of a request; the connection is what is needed of it."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self.line = info["return_value"]
            if self.left.is_set():
                self.hang_up()


class OpenAIServerEngine:
    """See ``engines.base``.

    :param url: the server's base address, as client libraries want it ("http://10.0.0.5:8000/v1").
    :param model: its name there; empty = the first of its list.
    :param key: sent as a bearer token, when there is one.
    :param context: tokens of one conversation; 0 = what the server tells, and no limit where it tells nothing.
    :param seats: how many answers are asked for at once.
    """

    name = "openai_server"

    def __init__(
        self,
        url: str,
        *,
        model: str = "",
        key: str = "",
        context: int = 0,
        seats: int = 8,
        queue_limit: int = 64,
    ) -> None:
        self._url = url.rstrip("/")
        self._host = urlsplit(url).netloc
        self._model = model
        self._key = key
        self._given_context = context
        self._context = context
        self._turns = Turns(seats=seats, limit=queue_limit)
        self._width = seats
        self._seats = threading.Semaphore(seats)
        self._calls: dict[Turn, _Call] = {}
        self._closing = threading.Event()
        self._phase = EnginePhase.LOADING
        self._detail = ""
        self._looked = threading.Event()
        self._ratio = TOKENS_PER_LETTER
        self._counts = True  # until the server says that it has no /tokenize
        self._counts_from = 0.0
        self._template_options = True  # until it refuses them
        self._counters = Counters()
        self._counting = threading.Lock()  # many threads answer
        self._threads = [
            threading.Thread(target=self._look, name="openai-look", daemon=True),
            threading.Thread(target=self._dispatch, name="openai-dispatch", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    # ── the protocol ─────────────────────────────────────────────────────────────────────────────

    def state(self) -> EngineState:
        return EngineState(
            self._phase, model=self._model, detail=self._detail, context=self._context, queue=self._turns.count()
        )

    def figures(self) -> EngineFigures:
        """The answers, who runs and who waits: the rest happens on the server."""
        with self._counting:
            counted = self._counters.counted()
        line = self._turns.line()
        return EngineFigures(
            **counted,
            seats=self._width,
            seats_busy=self._turns.running(),
            waiting=self._turns.count(),
            served=self._turns.served(),
            line=tuple(owner for owner, _ in line),
            waits=tuple(seconds for _, seconds in line),
        )

    def read_ahead(self, messages: Sequence[Message]) -> None:
        """Ask for one token in the background, so that the server's prefix cache holds the shared text."""
        options = Options(max_tokens=1, lane=Lane.BACKGROUND, owner=f"read ahead {hash(tuple(messages))}")

        def ask() -> None:
            with contextlib.suppress(EngineError):
                for _ in self._relayed(messages, options, keep=True):
                    pass

        threading.Thread(target=ask, name="openai-read-ahead", daemon=True).start()

    @contextlib.contextmanager
    def pinned(self, messages: Sequence[Message]) -> Iterator[None]:
        """The server's cache is its own affair: it is only told early."""
        self.read_ahead(messages)
        yield

    def advance(self, owner: str) -> bool:
        return self._turns.advance(owner)

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Exact where the server counts (vLLM's ``/tokenize``), else estimated from what earlier answers used."""
        self._looked.wait()
        if self._counts and time.monotonic() >= self._counts_from:
            try:
                counted = self._asked("POST", self._root() + "/tokenize", self._conversation(messages))
                return int(counted["count"])
            except (_Unknown, KeyError, TypeError, ValueError):
                log.info("the server does not count tokens; they are estimated")
                self._counts = False
            except EngineError:
                log.info("the server cannot count tokens just now; they are estimated")
                self._counts_from = time.monotonic() + COUNT_AGAIN
        return math.ceil(_letters(messages) * self._ratio)

    def stream(self, messages: Sequence[Message], options: Options) -> Generator[Event]:
        yield from self._relayed(messages, options)

    def _relayed(self, messages: Sequence[Message], options: Options, *, keep: bool = False) -> Generator[Event]:
        if self._closing.is_set():
            raise EngineBroken()
        if self._context:
            tokens = self.count_tokens(messages)
            if tokens + options.max_tokens > self._context:
                raise ContextTooLong(tokens=tokens, limit=max(0, self._context - options.max_tokens))
        turn = Turn([], options, stops=options.stop, keep=keep)
        call = self._calls[turn] = _Call(messages)
        try:
            self._turns.join(turn)
            yield from relay(self._turns, turn, lambda: EngineBroken() if self._closing.is_set() else None)
        finally:
            self._turns.leave(turn)
            call.hang_up()
            self._calls.pop(turn, None)

    def close(self) -> None:
        self._closing.set()
        for call in list(self._calls.values()):
            call.hang_up()
        self._turns.close()
        self._seats.release()  # wakes the dispatcher
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    # ── is it there? ─────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        while not self._closing.is_set():
            try:
                self._learn(self._asked("GET", self._url + "/models"))
                self._phase, self._detail = EnginePhase.READY, ""
            except EngineError as error:
                self._phase, self._detail = EnginePhase.FAILED, str(error)
            self._looked.set()
            self._closing.wait(LOOK_EVERY)
        self._phase = EnginePhase.ABSENT

    def _learn(self, told: Any) -> None:
        """The model's name and context from a list of models: vLLM says max_model_len, llama-server meta.n_ctx…"""
        found = [one for one in told.get("data", []) if isinstance(one, dict)] if isinstance(told, dict) else []
        mine = next((one for one in found if one.get("id") == self._model), None) if self._model else None
        mine = mine or (found[0] if found and not self._model else None)
        if mine is None:
            raise EngineBroken("Máy chủ mô hình (%(host)s) không có mô hình đã chọn.", host=self._host)
        self._model = str(mine.get("id"))
        meta = mine.get("meta")
        meta = meta if isinstance(meta, dict) else {}
        told_context = mine.get("max_model_len") or meta.get("n_ctx") or meta.get("n_ctx_train")
        self._context = self._given_context or (told_context if isinstance(told_context, int) else 0)

    # ── one answer ───────────────────────────────────────────────────────────────────────────────

    def _dispatch(self) -> None:
        while not self._closing.is_set():
            self._seats.acquire()
            turn = self._turns.head()
            if turn is None or not self._turns.start(turn):
                self._seats.release()
                self._turns.wait()
                self._closing.wait(0.05)  # whoever waits may not run yet: the same person's answer is under way
                continue
            threading.Thread(target=self._run, args=(turn,), name="openai-answer", daemon=True).start()

    def _run(self, turn: Turn) -> None:
        done = False
        call = self._calls.get(turn)
        try:
            if call is not None and not call.left.is_set():
                self._answer(turn, call)
                done = True
        except EngineError as error:
            self._broke_off(turn, call)
            turn.events.put(error)
        except Exception:  # an answer must end with a word, whatever the server has sent
            log.exception("an answer of the server could not be read")
            self._broke_off(turn, call)
            turn.events.put(EngineBroken())
        finally:
            self._turns.end(turn, complete=done)
            self._seats.release()

    def _answer(self, turn: Turn, call: _Call) -> None:
        """Ask, and ask again while that may help and nothing has been said; put the events."""
        for pause in (*PAUSES, None):
            told = 0
            try:
                for event in self._pieces(turn, call):
                    turn.events.put(event)
                    told += 1
                return
            except _Later as later:
                if told or pause is None or call.left.is_set():
                    raise later.error from None
                if call.left.wait(min(LONGEST_PAUSE, max(pause, later.seconds))):
                    raise later.error from None

    def _pieces(self, turn: Turn, call: _Call) -> Iterator[Event]:
        """The events of one try. Raises _Later when another try may succeed."""
        import httpx

        options = turn.options
        body = self._conversation(call.messages) | _wishes(options) | {"stream": True}
        body["stream_options"] = {"include_usage": True}
        call.started = call.started or time.monotonic()
        first, written, reason = 0.0, 0, ""
        usage: dict[str, Any] = {}
        try:
            with (
                self._client() as client,
                client.stream(
                    "POST",
                    self._url + "/chat/completions",
                    json=body,
                    headers=self._headers(),
                    extensions={"trace": call.trace},
                ) as response,
            ):
                if response.status_code != 200:
                    response.read()
                    raise self._refusal(response, call.messages, options)
                for data in _events(response.iter_lines()):
                    if "error" in data:
                        raise EngineBroken(_UNREADABLE, host=self._host)
                    usage = data.get("usage") or usage
                    for choice in data.get("choices") or ():
                        text = (choice.get("delta") or {}).get("content")
                        if text:
                            first = first or time.monotonic() - turn.asked
                            written += 1
                            yield Delta(text)
                        reason = choice.get("finish_reason") or reason
        except httpx.HTTPError as error:
            raise _Later(EngineBroken(UNREACHED, host=self._host)) from error
        if not reason:
            raise _Later(EngineBroken(UNREACHED, host=self._host))
        yield self._finish(turn, call, "length" if reason == "length" else "stop", usage, written, first)

    def _finish(
        self, turn: Turn, call: _Call, reason: str, usage: Mapping[str, Any], written: int, first: float
    ) -> Event:
        read = usage.get("prompt_tokens")
        if isinstance(read, int) and read > 0:
            self._ratio += 0.2 * (1.1 * read / max(1, _letters(call.messages)) - self._ratio)
        details = usage.get("prompt_tokens_details") or {}
        finish = Finish(
            reason,
            prompt_tokens=read if isinstance(read, int) else math.ceil(_letters(call.messages) * self._ratio),
            shared_tokens=int(details.get("cached_tokens") or 0),
            answer_tokens=int(usage.get("completion_tokens") or written),
            seconds=time.monotonic() - turn.asked,
            first_token_seconds=first,
            waited_seconds=call.started - turn.asked,
        )
        self._count(turn, finish)
        return finish

    def _broke_off(self, turn: Turn, call: _Call | None) -> None:
        self._count(turn, turn.finished("cancelled" if call is None or call.left.is_set() else "failed"))

    def _count(self, turn: Turn, finish: Finish) -> None:
        if turn.keep:
            return
        with self._counting:
            self._counters.answer(finish, turn.options.lane)

    def _refusal(self, response: httpx.Response, messages: Sequence[Message], options: Options) -> Exception:
        """What an HTTP error of the server means to the person."""
        status, words = response.status_code, response.text[:2000].lower()
        if status in TRY_AGAIN:
            busy = EngineBusy("Máy chủ mô hình đang quá tải. Câu lệnh của anh/chị đã được lưu; xin chạy lại sau.")
            pause = response.headers.get("Retry-After", "")
            broken: EngineError = busy if status in (429, 503) else EngineBroken(UNREACHED, host=self._host)
            return _Later(broken, float(pause) if pause.replace(".", "", 1).isdecimal() else 0.0)
        if status == 400 and self._template_options and "chat_template_kwargs" in words:
            self._template_options = False
            return _Later(EngineBroken(_UNREADABLE, host=self._host))
        if status in (400, 413, 422) and any(word in words for word in ("context", "too long", "hv-may-dai")):
            limit = max(0, self._context - options.max_tokens) if self._context else options.max_tokens
            return ContextTooLong(tokens=self.count_tokens(messages), limit=limit)
        if status in (401, 403):
            return EngineBroken("Máy chủ mô hình (%(host)s) không nhận khóa. Xin báo quản trị viên.", host=self._host)
        if status == 404:
            return EngineBroken("Máy chủ mô hình (%(host)s) không có mô hình đã chọn.", host=self._host)
        log.warning("the model server answered %s", status)
        return EngineBroken(_UNREADABLE, host=self._host)

    # ── the wire ─────────────────────────────────────────────────────────────────────────────────

    def _asked(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> Any:
        """A short request's JSON. Raises EngineBroken."""
        import httpx

        try:
            with self._client(silent=2 * CONNECT_SECONDS) as client:
                response = client.request(method, url, json=body, headers=self._headers())
            if response.status_code != 200:
                raise self._refused(response.status_code)
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise EngineBroken(UNREACHED, host=self._host) from error

    def _refused(self, status: int) -> EngineBroken:
        if status in (401, 403):
            return EngineBroken("Máy chủ mô hình (%(host)s) không nhận khóa. Xin báo quản trị viên.", host=self._host)
        return (_Unknown if status in (404, 405, 501) else EngineBroken)(UNREACHED, host=self._host)

    def _client(self, silent: float = SILENT_SECONDS) -> httpx.Client:
        import httpx

        # No proxy and no .netrc from the environment: the address in the settings is the one that is called.
        return httpx.Client(timeout=httpx.Timeout(silent, connect=CONNECT_SECONDS), trust_env=False)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"} if self._key else {}

    def _conversation(self, messages: Sequence[Message]) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
        }
        if self._template_options:
            body["chat_template_kwargs"] = {"enable_thinking": False}
        return body

    def _root(self) -> str:
        return self._url.removesuffix("/v1")


_UNREADABLE = "Máy chủ mô hình (%(host)s) trả lời không đọc được. Bài của anh/chị đã được lưu."


class _Unknown(EngineBroken):
    """The server answers, and knows nothing of what it was asked for."""


class _Later(Exception):
    """This try failed with ``error``; another may succeed after so many seconds."""

    def __init__(self, error: EngineError, seconds: float = 0.0) -> None:
        super().__init__(str(error))
        self.error, self.seconds = error, seconds


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The JSON of each server-sent event until [DONE]; comments and what is not JSON are passed over."""
    for line in lines:
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if data == "[DONE]":
            return
        try:
            read = json.loads(data)
        except ValueError:
            continue
        if isinstance(read, dict):
            yield read


def _wishes(options: Options) -> dict[str, Any]:
    """The options in OpenAI's words; what only vLLM or llama-server know is sent where it differs from their default.

    ``grounded`` has no word there: grounding needs the logits.
    """
    body: dict[str, Any] = {
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        "top_p": options.top_p,
        "seed": options.seed,
    }
    if options.stop:
        body["stop"] = list(options.stop)
    if options.temperature > 0 and options.min_p:
        body["min_p"] = options.min_p
    if options.repeat_penalty != 1:
        body |= {"repetition_penalty": options.repeat_penalty, "repeat_penalty": options.repeat_penalty}
    for name in ("frequency_penalty", "presence_penalty"):
        if value := getattr(options, name):
            body[name] = value
    if options.json_schema:
        schema = {"name": "answer", "schema": json.loads(options.json_schema), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    if options.grammar:
        body["grammar"] = options.grammar
    return body


def _letters(messages: Sequence[Message]) -> int:
    return sum(len(message.content) + 16 for message in messages)  # 16: what the chat template puts around
