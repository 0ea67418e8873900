"""An answer that is being written → text/event-stream, as the page reads it.

    sources   {"passages": [{"number", "title", "heading", "document", "first", "last"}], "left_out": [title]}
    queued    {"place": turns ahead, "seconds": about how long}
    delta     {"text": piece}
    finish    {"reason": stop | length | cancelled | interrupted}
    failed    {"code", "sentence"}

A thread draws the events, because reading a long prompt can keep the model silent for many seconds: the page's
connection meanwhile hears a comment every ten seconds, and a closed page is noticed within one. The answer then goes
on while somebody watches it (a reload comes within moments), else it is closed, which frees the model.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

from flask import Response

from service.engines.base import Event
from service.errors import HocVuError
from service.records import Delta, Failed, Finish, Queued, Sources

log = logging.getLogger(__name__)

HEARTBEAT = 10.0
"""Seconds of silence after which a comment is sent, so that nothing between the two ends gives up."""
LOOK_EVERY = 1.0
"""Seconds between two looks at whether the page is still there."""

Told = Sources | Event | Failed


def respond(
    events: Iterator[Told], environ: Mapping[str, Any], *, seen: Callable[[], None], watched: Callable[[], bool]
) -> Response:
    """Stream the events of ``practice.answer``. ``environ`` is the request's: waitress tells there of a closed page.

    ``seen`` is called about once a second while the page is there; ``watched`` says whether any page still is.
    """
    gone: Callable[[], bool] = environ.get("waitress.client_disconnected", lambda: False)
    response = Response(_written(events, gone, seen, watched), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # a proxy in front must not collect the pieces
    return response


def event(told: Told) -> bytes:
    """One event in the wire's form."""
    match told:
        case Sources(passages, left_out):
            places = [
                {"number": one.number, "title": one.document_title, "heading": one.heading,
                 "document": one.document_id, "first": one.first, "last": one.last}
                for one in passages
            ]  # fmt: skip
            return _frame("sources", {"passages": places, "left_out": list(left_out)})
        case Queued(place, seconds):
            return _frame("queued", {"place": place, "seconds": round(seconds)})
        case Delta(text):
            return _frame("delta", {"text": text})
        case Finish(reason=reason):
            return _frame("finish", {"reason": reason})
        case Failed(code, sentence):
            return _frame("failed", {"code": code, "sentence": sentence})


def _frame(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _written(
    events: Iterator[Told], gone: Callable[[], bool], seen: Callable[[], None], watched: Callable[[], bool]
) -> Generator[bytes]:
    drawn: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
    left = threading.Event()
    threading.Thread(target=_draw, args=(events, drawn, left, watched), name="answer", daemon=True).start()
    spoke = looked = time.monotonic()
    try:
        yield b": xin chao\n\n"
        seen()
        while not gone():
            try:
                told = drawn.get(timeout=LOOK_EVERY)
            except queue.Empty:
                pass
            else:
                if told is None:
                    return
                yield event(told)
                spoke = time.monotonic()
            moment = time.monotonic()
            if moment - spoke >= HEARTBEAT:
                yield b": con day\n\n"
                spoke = moment
            if moment - looked >= LOOK_EVERY:
                seen()
                looked = moment
    finally:
        left.set()


def _draw(
    events: Iterator[Told], drawn: queue.SimpleQueue[Told | None], left: threading.Event, watched: Callable[[], bool]
) -> None:
    try:
        for told in events:
            drawn.put(told)
            if left.is_set() and not watched():
                break
    except HocVuError as error:
        drawn.put(Failed(error.code, str(error)))
    except Exception:
        log.exception("an answer's stream broke off")
        drawn.put(Failed(HocVuError.code, HocVuError.sentence))
    finally:
        if isinstance(events, Generator):
            events.close()
        drawn.put(None)
