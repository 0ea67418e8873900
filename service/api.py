"""The model for programs: chat completions and embeddings in OpenAI's words, asked for with a key.

What a program may do is what a person may do: the same engine, the same queue, the same refusal of secret papers.
Its answers run in the background lane, so a class at work is never slowed down by a script.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from service.checks.privacy import secrecy_mark
from service.embedders.base import Vectors
from service.engines.base import Event
from service.errors import BadInput, EmbedderAbsent, EngineAbsent, Secret, TooManyAtOnce, UnknownModel
from service.kit import Kit
from service.records import ApiKey, EnginePhase, Lane, Message, Options
from service.text import fold, nfc

ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant"}
"""OpenAI's roles → ours."""
AT_ONCE = 8
"""Answers that one key may have under way; a further one is told to come again (HTTP 429, as clients expect)."""
MOST_INPUTS = 256
"""Texts of one embeddings request."""
LONGEST = 200_000
"""Characters of one request's texts together; what fits into the model is a matter of the engine."""
REFUSED = ("tools", "functions", "logprobs", "top_logprobs", "audio", "modalities", "prediction", "logit_bias")
"""Fields that change the answer and that this machine cannot honour: refused, rather than silently left out."""


@dataclass(frozen=True)
class ChatRequest:
    """A request of ``/v1/chat/completions`` that has been read and found good."""

    messages: tuple[Message, ...]
    options: Options
    stream: bool = False
    include_usage: bool = False


class Slots:
    """Places for answers under way, ``AT_ONCE`` for each key. One for the whole application."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: dict[int, set[int]] = {}

    @contextmanager
    def place(self, key: ApiKey) -> Iterator[int]:
        """A free place of the key, counted from 0. Raises TooManyAtOnce."""
        with self._lock:
            taken = self._taken.setdefault(key.id, set())
            free = next((n for n in range(AT_ONCE) if n not in taken), None)
            if free is None:
                raise TooManyAtOnce(limit=AT_ONCE)
            taken.add(free)
        try:
            yield free
        finally:
            with self._lock:
                taken.discard(free)
                if not taken:
                    self._taken.pop(key.id, None)


# ── models ──────────────────────────────────────────────────────────────────────────────────────


def models(kit: Kit) -> tuple[str, ...]:
    """The ids of what can be asked now: the model that writes, and the one that embeds."""
    writer = kit.engine.state()
    names = [model_id(writer.model)] if writer.phase in (EnginePhase.READY, EnginePhase.LOADING) else []
    return (*names, *([model_id(kit.embedder.name)] if kit.embedder else []))


def model_id(name: str) -> str:
    """A model's name as programs write it: "Học Vụ nhỏ" → "hoc-vu-nho"."""
    return re.sub(r"[^a-z0-9.]+", "-", fold(name).lower()).strip("-") or "mo-hinh"


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


def read_chat(kit: Kit, asked: Any) -> ChatRequest:
    """Read the JSON of a chat request. Raises BadInput with the field's name, UnknownModel, Secret, EngineAbsent."""
    asked = _object(asked)
    state = kit.engine.state()
    if state.phase not in (EnginePhase.READY, EnginePhase.LOADING):
        raise EngineAbsent(state.detail or None)
    _known(asked, state.model)
    for field in REFUSED:
        if asked.get(field):
            raise BadInput("Mục %(field)s không dùng được với mô hình trên máy này. Anh/chị bỏ mục ấy.", field=field)
    _whole(asked, "n", 1, 1, 1)
    read = _messages(asked)
    stream_options = asked.get("stream_options") or {}
    return ChatRequest(
        read,
        _options(asked),
        stream=asked.get("stream") is True,
        include_usage=isinstance(stream_options, Mapping) and stream_options.get("include_usage") is True,
    )


def count(kit: Kit, asked: Any) -> int:
    """Tokens of a conversation, the opening of its answer included. Raises BadInput, Secret, EngineAbsent."""
    return kit.engine.count_tokens(_messages(_object(asked)))


def answer(kit: Kit, slots: Slots, key: ApiKey, asked: ChatRequest) -> Generator[Event]:
    """The engine's events for a request; closing the generator stops the model. Raises what the engine raises."""
    with slots.place(key) as place:
        given = vars(asked.options) | {"lane": Lane.BACKGROUND, "owner": f"key {key.id}/{place}"}
        with closing(kit.engine.stream(asked.messages, Options(**given))) as events:
            yield from events


# ── embedding ───────────────────────────────────────────────────────────────────────────────────


def embed(kit: Kit, asked: Any) -> tuple[str, Vectors, int]:
    """(model, one row per text, syllables read). Raises BadInput, UnknownModel, Secret, EmbedderAbsent."""
    asked = _object(asked)
    if kit.embedder is None:
        raise EmbedderAbsent()
    _known(asked, kit.embedder.name)
    if asked.get("dimensions") not in (None, kit.embedder.dim):
        raise BadInput(
            "Mục %(field)s phải bỏ trống hoặc bằng %(limit)s, độ dài véc-tơ của mô hình này.",
            field="dimensions",
            limit=kit.embedder.dim,
        )
    texts = asked.get("input")
    texts = [texts] if isinstance(texts, str) else texts
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise BadInput("Mục %(field)s phải là một đoạn chữ hoặc danh sách các đoạn chữ.", field="input")
    if not 1 <= len(texts) <= MOST_INPUTS:
        raise BadInput("Mỗi lần gửi từ 1 đến %(limit)s đoạn; lần này có %(n)s.", limit=MOST_INPUTS, n=len(texts))
    texts = [nfc(text) for text in texts]
    _acceptable("input", texts)
    return model_id(kit.embedder.name), kit.embedder.passages(texts), sum(len(text.split()) for text in texts)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _object(asked: Any) -> Mapping[str, Any]:
    if not isinstance(asked, dict):
        raise BadInput("Nội dung gửi lên phải là một đối tượng JSON.")
    return asked


def _known(asked: Mapping[str, Any], name: str) -> None:
    wanted = asked.get("model")
    if wanted not in (None, "", name, model_id(name)):
        raise UnknownModel(wanted=str(wanted)[:80], known=model_id(name))


def _messages(asked: Mapping[str, Any]) -> tuple[Message, ...]:
    messages = asked.get("messages")
    if not isinstance(messages, list) or not messages:
        raise BadInput("Mục %(field)s phải là danh sách có ít nhất một lượt lời.", field="messages")
    read = tuple(_message(one) for one in messages)
    _acceptable("messages", [message.content for message in read])
    return read


def _message(one: Any) -> Message:
    if not isinstance(one, dict) or one.get("role") not in ROLES:
        raise BadInput("Mỗi lượt lời cần %(field)s là một trong: %(allowed)s.", field="role", allowed=", ".join(ROLES))
    content = one.get("content")
    if isinstance(content, list) and all(isinstance(part, dict) and part.get("type") == "text" for part in content):
        content = "".join(str(part.get("text", "")) for part in content)
    if not isinstance(content, str):
        raise BadInput("Mục %(field)s phải là chữ; máy này chưa đọc ảnh và âm thanh.", field="content")
    return Message(ROLES[one["role"]], nfc(content))


def _acceptable(field: str, texts: Sequence[str]) -> None:
    if sum(map(len, texts)) > LONGEST:
        raise BadInput("Mục %(field)s dài quá %(limit)s ký tự. Anh/chị chia nhỏ.", field=field, limit=LONGEST)
    for text in texts:
        if mark := secrecy_mark(text):
            raise Secret(mark=mark.mark, where=field)


def _options(asked: Mapping[str, Any]) -> Options:
    usual = Options()
    longest = "max_completion_tokens" if asked.get("max_completion_tokens") is not None else "max_tokens"
    stop = asked.get("stop") or ()
    stop = (stop,) if isinstance(stop, str) else stop
    if not isinstance(stop, (list, tuple)) or len(stop) > 4 or not all(isinstance(one, str) and one for one in stop):
        raise BadInput("Mục %(field)s gồm nhiều nhất bốn đoạn chữ.", field="stop")
    return Options(
        max_tokens=_whole(asked, longest, usual.max_tokens, 1, 1_000_000),
        temperature=_number(asked, "temperature", usual.temperature, 0, 2),
        top_p=_number(asked, "top_p", usual.top_p, 0, 1),
        min_p=_number(asked, "min_p", usual.min_p, 0, 1),
        repeat_penalty=_number(asked, "repeat_penalty", usual.repeat_penalty, 0.1, 10),
        frequency_penalty=_number(asked, "frequency_penalty", usual.frequency_penalty, -2, 2),
        presence_penalty=_number(asked, "presence_penalty", usual.presence_penalty, -2, 2),
        seed=_whole(asked, "seed", usual.seed, 0, 2**31 - 1),
        stop=tuple(stop),
        json_schema=_schema(asked.get("response_format")),
    )


def _schema(form: Any) -> str:
    """``response_format`` as a JSON Schema in text: json_schema's own, "any object" for json_object, else none."""
    if form is None or form == {"type": "text"}:
        return ""
    if isinstance(form, dict) and form.get("type") == "json_object":
        return '{"type": "object"}'
    wrapped = form.get("json_schema") if isinstance(form, dict) and form.get("type") == "json_schema" else None
    if not isinstance(wrapped, dict) or not isinstance(wrapped.get("schema"), dict):
        raise BadInput("Mục %(field)s chỉ nhận text, json_object hoặc json_schema.", field="response_format")
    return json.dumps(wrapped["schema"], ensure_ascii=False)


def _whole(asked: Mapping[str, Any], field: str, usual: int, low: int, high: int) -> int:
    value = asked.get(field)
    value = usual if value is None else value
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise BadInput("Mục %(field)s phải là số nguyên từ %(low)s đến %(high)s.", field=field, low=low, high=high)
    return value


def _number(asked: Mapping[str, Any], field: str, usual: float, low: float, high: float) -> float:
    value = asked.get(field)
    value = usual if value is None else value
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:
        raise BadInput("Mục %(field)s phải là số từ %(low)s đến %(high)s.", field=field, low=low, high=high)
    return float(value)
