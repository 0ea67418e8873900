"""The text a model reads: the very frames of ``prompts/system/`` that the service fills, in the model's chat form."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from service.prompts.frames import Frame, fill, load_frames

FOLDER = Path(__file__).resolve().parent.parent / "prompts" / "system"
END = "<|end|>"
ROLES = ("system", "user", "assistant")
TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
"""The chat template inside the GGUF; :func:`chat` writes the same text."""


@cache
def _frames() -> dict[str, Frame]:
    return dict(load_frames(FOLDER))


def system_text(kind: str, passages: tuple[str, ...]) -> str:
    """The system message of the service for this kind of task, its passages numbered as practice numbers them."""
    return framed_text(kind, "\n".join(f"[{n}] {text}" for n, text in enumerate(passages, 1)))


def framed_text(kind: str, material: str) -> str:
    """The system message with its material, passages already numbered."""
    return fill(_frames().get(kind) or _frames()["default"], material=material)


def chat(system: str, prompt: str) -> str:
    """What stands before the answer."""
    return f"<|system|>{system}{END}<|user|>{prompt}{END}<|assistant|>"


def next_turn(prompt: str) -> str:
    """A further question in the same conversation, after an answer and its end."""
    return f"<|user|>{prompt}{END}<|assistant|>"
