"""A conversation → the text a model was trained on, by the Jinja template inside its GGUF.

The conventions are those of Hugging Face's ``apply_chat_template``, which model makers write for.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinja2 import TemplateError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from service.records import Message

log = logging.getLogger(__name__)

_LABELS = {"system": "", "user": "Người dùng: ", "assistant": "Trợ lý: "}


class ChatTemplate:
    """``render`` never fails: what the template refuses is told in another way, at last in plain words.

    ``stops`` are stop strings that the form itself needs.
    """

    def __init__(self, source: str, *, bos: str, eos: str) -> None:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols", _Generation]
        )
        environment.filters["tojson"] = _tojson
        environment.globals.update(raise_exception=_raise, strftime_now=_strftime_now, bos_token=bos, eos_token=eos)
        self._template = None
        try:
            self._template = environment.from_string(source) if source else None
        except TemplateError as error:
            log.warning("chat template not understood, a plain one is used: %s", error)
        self.stops: tuple[str, ...] = () if self._template else ("\n" + _LABELS["user"].rstrip(),)

    def render(self, messages: Sequence[Message]) -> str:
        """The text up to where the answer begins. Thinking is switched off where the template knows the switch."""
        if self._template is None:
            return _plain(messages)
        for attempt in (messages, _without_system(messages)):
            try:
                return self._template.render(
                    messages=[{"role": message.role, "content": message.content} for message in attempt],
                    add_generation_prompt=True,
                    enable_thinking=False,
                    tools=None,
                )
            except Exception:  # a template is a program of the model's maker and may raise anything
                log.debug("the chat template refuses a conversation", exc_info=True)
        return _plain(messages)


def _plain(messages: Sequence[Message]) -> str:
    turns = [_LABELS.get(message.role, "") + message.content for message in messages]
    return "\n\n".join([*turns, _LABELS["assistant"].rstrip()])


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """For models that know no system role: what the system says opens the person's first message."""
    system = "\n\n".join(message.content for message in messages if message.role == "system")
    rest = [message for message in messages if message.role != "system"]
    if not system or not rest:
        return list(messages)
    return [Message(rest[0].role, f"{system}\n\n{rest[0].content}"), *rest[1:]]


def _raise(reason: str) -> None:
    raise TemplateError(reason)


def _strftime_now(form: str) -> str:
    return datetime.now().astimezone().strftime(form)


def _tojson(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


class _Generation(Extension):
    """``{% generation %}…{% endgeneration %}`` marks what to train on; here it only passes its body on."""

    tags = {"generation"}  # noqa: RUF012 -- jinja2 declares it so

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)
