"""Templates of prompts as forms: filled in they make a prompt, and a free prompt is sorted into their slots.

The course's own seven parts, and three that officials meet elsewhere: RTF (role, task, format), CO-STAR (context,
objective, style, tone, audience, response), RISEN (role, instructions, steps, end goal, narrowing). A prompt made here
has a line per slot, «Vai trò: …», which ``parts`` reads as the part it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from service.checks.prompt.parts import LABELS, find_parts
from service.records import PARTS
from service.text import fold, nfc


@dataclass(frozen=True)
class Slot:
    """One field. ``label`` stands before it in the prompt; it takes the ``parts`` whose words have its ``cue``."""

    id: str
    label: str
    hint: str
    parts: tuple[str, ...]
    cue: str = ""


@dataclass(frozen=True)
class Template:
    """``when`` says what it is good for."""

    id: str
    name: str
    when: str
    slots: tuple[Slot, ...]


_SEVEN_HINTS = {
    "role": "Máy viết thay ai, ở cơ quan nào?",
    "context": "Việc gì đang diễn ra, ai sẽ đọc?",
    "task": "Một động từ rõ: soạn, tóm tắt, đối chiếu, trích.",
    "data": "Dùng tài liệu nào, chỉ tài liệu ấy thôi?",
    "format": "Mấy mục, mấy gạch đầu dòng, bao nhiêu tiếng?",
    "constraints": "Điều không được làm; thiếu thì ghi thế nào?",
    "self_check": "Cuối bài cần rà lại điều gì?",
}
_AUDIENCE = r"\b(người (đọc|nghe|dân)|độc giả|dành cho|đối tượng|gửi|trình|bà con|hướng tới|cho (chủ tịch|lãnh đạo))\b"
_TONE = r"\b(giọng|lịch sự|lễ phép|trang trọng|gần gũi|thân thiện|khẩn trương|dứt khoát|kính ngữ|xưng|ấm áp)\b"
_STYLE = (
    r"\b(văn phong|phong cách|lời (lẽ|văn)|câu (ngắn|chữ)|ngắn gọn|dễ (hiểu|nghe|đọc)|khách quan|từ ngữ|nói tự nhiên)\b"
)
_STEPS = r"\b(bước|trước hết|trước tiên|sau đó|lần lượt|rồi)\b"

TEMPLATES: tuple[Template, ...] = (
    Template(
        "bay-phan",
        "7 phần",
        "Mẫu đầy đủ của khóa học; dùng khi chưa biết máy sẽ thiếu điều gì.",
        tuple(Slot(part, LABELS[part], _SEVEN_HINTS[part], (part,)) for part in PARTS),
    ),
    Template(
        "rtf",
        "RTF",
        "Ba ô cho việc nhanh.",
        (
            Slot("role", "Vai trò", "Máy viết thay ai?", ("role",)),
            Slot("task", "Nhiệm vụ", "Việc cần làm, trên tài liệu nào, cho ai?", ("task", "context", "data")),
            Slot(
                "format", "Định dạng", "Dài bao nhiêu, trình bày ra sao, tránh điều gì?",
                ("format", "constraints", "self_check"),
            ),
        ),
    ),
    Template(
        "co-star",
        "CO-STAR",
        "Dùng khi máy viết chưa hợp người đọc.",
        (
            Slot("style", "Phong cách", "Văn bản hành chính, bản tin, lời nói?", ("constraints",), _STYLE),
            Slot("tone", "Giọng điệu", "Trang trọng, gần gũi, khẩn trương?", ("constraints",), _TONE),
            Slot("audience", "Người đọc", "Ai đọc, họ cần biết gì?", ("context",), _AUDIENCE),
            Slot("context", "Bối cảnh", "Việc gì đang diễn ra, dùng tài liệu nào?", ("context", "role", "data")),
            Slot("objective", "Mục tiêu", "Cần máy làm ra cái gì?", ("task",)),
            Slot(
                "response", "Kết quả", "Độ dài, bố cục, điều không được làm.",
                ("format", "constraints", "self_check"),
            ),
        ),
    ),
    Template(
        "risen",
        "RISEN",
        "Dùng khi máy hay bỏ sót bước.",
        (
            Slot("steps", "Các bước", "Làm gì trước, làm gì sau?", ("format", "task", "self_check"), _STEPS),
            Slot("role", "Vai trò", "Máy viết thay ai?", ("role",)),
            Slot("instructions", "Chỉ dẫn", "Việc cần làm, trên tài liệu nào?", ("task", "data")),
            Slot("end_goal", "Mục tiêu cuối", "Kết quả dùng vào việc gì, ai đọc?", ("context",)),
            Slot(
                "narrowing", "Giới hạn", "Độ dài, định dạng, điều không được làm.",
                ("format", "constraints", "self_check"),
            ),
        ),
    ),
)  # fmt: skip
"""Slots with a cue stand before those that take what is left; ``shown`` has them in the order of the name."""

_ORDER: Mapping[str, tuple[str, ...]] = {
    "co-star": ("context", "objective", "style", "tone", "audience", "response"),
    "risen": ("role", "instructions", "steps", "end_goal", "narrowing"),
}
_LABELLED = {fold(slot.label): slot.parts[0] for template in reversed(TEMPLATES) for slot in template.slots}
_HEAD = re.compile(
    r"[ \t>*#_\-–•]*(?:[0-9]{1,2}[.)][ \t]*)?[*_]*(?P<label>[^\W\d_][\w ]{1,20}?)[*_]*[ \t]?:[*_]*[ \t]*"
)
_CLAUSE = re.compile(r"(?<=[,;.!?])\s+")
_TIES = " \t\n,;"


def template(template_id: str) -> Template | None:
    """A template by its id."""
    return next((one for one in TEMPLATES if one.id == template_id), None)


def shown(chosen: Template) -> tuple[Slot, ...]:
    """The slots in the order in which they are filled in."""
    order = _ORDER.get(chosen.id, tuple(slot.id for slot in chosen.slots))
    return tuple(slot for name in order for slot in chosen.slots if slot.id == name)


def assemble(chosen: Template, values: Mapping[str, str]) -> str:
    """The prompt that the filled form makes: a line «label: value» per slot that is not empty."""
    said = ((slot.label, nfc(values.get(slot.id, "")).strip()) for slot in shown(chosen))
    return "\n".join(f"{label}: {value}" for label, value in said if value)


def sort(chosen: Template, prompt: str) -> dict[str, str]:
    """A prompt sorted into the slots; no word of it is lost but the labels.

    A line that begins with the label of a slot, here or in another template, is taken at its word, and so are those
    under it. What stands before goes by what ``find_parts`` takes it for.
    """
    values = dict.fromkeys((slot.id for slot in chosen.slots), "")
    mine = {fold(slot.label): slot.id for slot in chosen.slots}
    for label, text in _blocks(nfc(prompt)):
        if label in mine:
            values[mine[label]] = "\n".join(filter(None, (values[mine[label]], text)))
            continue
        for part, words in [(_LABELLED[label], text)] if label else _pieces(text):
            clauses = _CLAUSE.split(words) if sum(part in slot.parts for slot in chosen.slots) > 1 else [words]
            for slot, run in groupby(clauses, key=lambda clause: _slot(chosen, part, clause)):
                values[slot.id] = _joined(values[slot.id], " ".join(run).strip(_TIES))
    return values


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The text cut at the lines that begin with a label: (folded label, what it announces); "" before the first."""
    label, lines = "", list[str]()
    for line in text.split("\n"):
        head = _HEAD.match(line)
        if head and fold(head["label"]) in _LABELLED:
            yield label, "\n".join(lines).strip()
            label, lines = fold(head["label"]), [line[head.end() :].rstrip()]
        else:
            lines.append(line.rstrip())
    yield label, "\n".join(lines).strip()


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text by the part they belong to, in order; what belongs to none goes with the words before it."""
    found = find_parts(text)
    cuts = [0, *(piece.start for piece in found[1:]), len(text)] if found else [0, len(text)]
    for n, (start, end) in enumerate(pairwise(cuts)):
        if words := text[start:end].strip(_TIES):
            yield found[n].part if found else "task", words


def _slot(chosen: Template, part: str, words: str) -> Slot:
    takes = [slot for slot in chosen.slots if part in slot.parts]
    return next(slot for slot in takes if not slot.cue or re.search(slot.cue, words, re.IGNORECASE))


def _joined(before: str, words: str) -> str:
    if not before or not words:
        return before or words[:1].upper() + words[1:]
    return f"{before}{' ' if before[-1] in '.!?:…' else '; '}{words}"
