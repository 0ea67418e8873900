"""``/v1``: chat completions, models and embeddings in OpenAI's form, for programs with a key; ``/tokenize`` in vLLM's.

No cookie opens these addresses and no form may post to them; the key in the header is all that counts. Errors have
OpenAI's form too, so that client libraries understand them: ``{"error": {"message", "type", "param", "code"}}``.
"""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import numpy as np
from flask import Blueprint, Response, current_app, g, jsonify, request
from flask_babel import gettext

from service import api, keys
from service.engines.base import Event
from service.errors import (
    ContextTooLong,
    EngineBroken,
    EngineBusy,
    HocVuError,
    KeyNeeded,
    NotFound,
    TooManyAtOnce,
    UnknownModel,
)
from service.pages import guards
from service.pages.errors import as_ours, sentence, write_down
from service.records import ApiKey, Delta, Finish

pages = Blueprint("api", __name__)

TYPES = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error"}
"""OpenAI's type of an error, by status; other refusals are invalid_request_error, faults server_error."""
FOR_PROGRAMS: Mapping[type[HocVuError], str] = {
    ContextTooLong: "Lời gửi lên dài %(tokens)s đơn vị chữ của mô hình, mô hình này đọc được %(limit)s. "
    "Chương trình rút ngắn rồi gửi lại.",
    EngineBusy: "Hàng chờ đã đủ %(limit)s lượt. Chương trình chờ một lúc rồi gửi lại.",
    EngineBroken: "Mô hình dừng giữa chừng. Chương trình gửi lại.",
    NotFound: "Không có địa chỉ này, hoặc địa chỉ này không nhận cách gọi vừa rồi.",
}
"""What a page's sentence would say wrongly to a program: nothing is kept for it, and it has no page to load again."""


@pages.get("/v1/models")
def models() -> Response:
    key_holder()
    found = [_model(name) for name in api.models(guards.kit())]
    return jsonify({"object": "list", "data": found})


@pages.get("/v1/models/<name>")
def model(name: str) -> Response:
    key_holder()
    if name not in (known := api.models(guards.kit())):
        raise UnknownModel(wanted=name[:80], known=", ".join(known))
    return jsonify(_model(name))


@pages.post("/v1/chat/completions")
def chat_completions() -> Response:
    """One answer, whole or streamed. Its first event is drawn before the status is sent: a refusal is no 200."""
    key = key_holder()
    asked = api.read_chat(guards.kit(), request.get_json(force=True, silent=True))
    events = api.answer(guards.kit(), current_app.extensions["api_slots"], key, asked)
    name = api.model_id(guards.kit().engine.state().model)
    head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": name}
    following = _first_drawn(events)
    if asked.stream:
        response = Response(_chunks(head, following, asked.include_usage), mimetype="text/event-stream")
        response.headers["X-Accel-Buffering"] = "no"
        return response
    text, end = _whole(following)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "logprobs": None}
    choice["finish_reason"] = _reason(end)
    return jsonify({**head, "object": "chat.completion", "choices": [choice], "usage": _usage(end)})


@pages.post("/v1/embeddings")
def embeddings() -> Response:
    key_holder()
    asked: Any = request.get_json(force=True, silent=True)
    name, vectors, read = api.embed(guards.kit(), asked)
    packed = asked.get("encoding_format") == "base64"
    rows = [
        {
            "object": "embedding",
            "index": n,
            "embedding": base64.b64encode(np.ascontiguousarray(row, "<f4").tobytes()).decode()
            if packed
            else row.tolist(),
        }
        for n, row in enumerate(vectors)
    ]
    usage = {"prompt_tokens": read, "total_tokens": read}
    return jsonify({"object": "list", "model": name, "data": rows, "usage": usage})


@pages.post("/tokenize")
def tokenize() -> Response:
    """How long a conversation is for the model, as vLLM tells it: so another Học Vụ can plan what fits."""
    key_holder()
    kit = guards.kit()
    count = api.count(kit, request.get_json(force=True, silent=True))
    return jsonify({"count": count, "max_model_len": kit.engine.state().context})


@pages.route("/v1/<path:rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def unknown(rest: str) -> Response:
    """What is not there, and what is asked for by another method, in OpenAI's form too."""
    key_holder()
    raise NotFound()


def key_holder() -> ApiKey:
    """The key of this request. Raises KeyNeeded for a stranger."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = keys.holder(guards.kit(), secret.strip()) if kind.lower() == "bearer" and secret else None
    if found is None:
        raise KeyNeeded()
    key, g.user = found  # whoever asks for the person of this request gets the key's owner, never a cookie's
    return key


@pages.errorhandler(Exception)
def told(error: Exception) -> Response:
    """Any error in OpenAI's form."""
    ours = as_ours(error)
    write_down(ours, error)
    response = jsonify(_error(ours))
    response.status_code = ours.status
    if isinstance(ours, TooManyAtOnce):
        response.headers["Retry-After"] = "1"
    return response


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _first_drawn(events: Generator[Event]) -> Generator[Event]:
    """The same events, the first already asked for: what the engine refuses at once is raised here."""
    first = next(events)

    def following() -> Generator[Event]:
        try:
            yield first
            yield from events
        finally:
            events.close()

    return following()


def _left() -> bool:
    """True when waitress has seen the client go."""
    gone = request.environ.get("waitress.client_disconnected")
    return bool(gone and gone())


def _whole(events: Generator[Event]) -> tuple[str, Finish]:
    """The text and its end. A client that has left stops the model."""
    pieces: list[str] = []
    try:
        for event in events:
            if isinstance(event, Delta):
                pieces.append(event.text)
            elif isinstance(event, Finish):
                return "".join(pieces), event
            if _left():
                break
    finally:
        events.close()
    raise EngineBroken()


def _chunks(head: dict[str, Any], events: Generator[Event], include_usage: bool) -> Iterator[bytes]:
    """Server-sent events: the role, the pieces, the end, on request the usage, and OpenAI's closing word.

    While the turn waits, a comment goes out about every second, so that nothing in between gives up.
    """
    gone = request.environ.get("waitress.client_disconnected", lambda: False)
    return _written({**head, "object": "chat.completion.chunk"}, events, include_usage, gone)


def _written(head: dict[str, Any], events: Generator[Event], include_usage: bool, gone: Any) -> Iterator[bytes]:
    def chunk(delta: dict[str, str], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return _line({**head, "choices": [choice]} | ({"usage": None} if include_usage else {}))

    try:
        yield chunk({"role": "assistant", "content": ""})
        for event in events:
            if gone():
                return
            if isinstance(event, Delta):
                yield chunk({"content": event.text})
            elif isinstance(event, Finish):
                yield chunk({}, _reason(event))
                if include_usage:
                    yield _line({**head, "choices": [], "usage": _usage(event)})
                break
            else:
                yield b": cho\n\n"
    except HocVuError as error:
        yield _line(_error(error))
    finally:
        events.close()
    yield b"data: [DONE]\n\n"


def _line(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _reason(end: Finish) -> str:
    return "length" if end.reason == "length" else "stop"


def _usage(end: Finish) -> dict[str, Any]:
    return {
        "prompt_tokens": end.prompt_tokens,
        "completion_tokens": end.answer_tokens,
        "total_tokens": end.prompt_tokens + end.answer_tokens,
        "prompt_tokens_details": {"cached_tokens": end.shared_tokens},
    }


def _model(name: str) -> dict[str, Any]:
    told = {"id": name, "object": "model", "created": 0, "owned_by": "hocvu"}
    writer = guards.kit().engine.state()
    return told | {"max_model_len": writer.context} if name == api.model_id(writer.model) else told


def _error(error: HocVuError) -> dict[str, Any]:
    kind = TYPES.get(error.status) or ("server_error" if error.status >= 500 else "invalid_request_error")
    said = FOR_PROGRAMS.get(type(error)) if error.sentence == type(error).sentence else None
    message = gettext(said, **error.facts) if said else sentence(error)
    told = {"message": message, "type": kind, "param": error.facts.get("field"), "code": error.code}
    return {"error": told}
