"""Exercise files (``prompts/README.md`` explains them to trainers): read, checked whole, changed in one field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from service.errors import InvalidExercise
from service.nd30.kinds import BY_ID
from service.prompts import keys
from service.prompts.assertions import read_tests
from service.prompts.lines import (
    MAX_BYTES,
    Fields,
    Problem,
    compose,
    first_of,
    guess,
    problem_of,
    said,
    split_front,
)
from service.prompts.own_files import lies, own_text
from service.records import PARTS, Exercise, ExerciseFile, Hint, StarterPrompt
from service.text import count_syllables, nfc

SCHEMA = 1
KINDS = ("draft", "summarise", "ask", "extract", "compare_texts", "improve_prompt", *keys.WORKED_BY_HAND)
STATES = ("draft", "review", "visible", "archived")
SAFETY = ("cong_khai", "hu_cau")

SITUATION, TASK, REQUIREMENTS, NOTES = "Tình huống", "Nhiệm vụ", "Yêu cầu", "Ghi chú cho giảng viên"
_SECTIONS = (SITUATION, TASK, REQUIREMENTS, NOTES)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REVEAL = re.compile(r"visible|hidden|solved|after:[1-9]\d?")
_SAMPLE = "sample:"


@dataclass(frozen=True)
class _Known:
    """What a file may name, and how long a prompt may be; what is None is not looked up."""

    samples: Collection[str] | None = None
    check_types: Collection[str] | None = None
    exercises: Collection[str] | None = None
    prompt_syllables: int | None = None


def load_exercise(
    path: Path, *, samples: Collection[str] | None = None, check_types: Collection[str] | None = None
) -> Exercise:
    """Read an exercise file; its own files lie in the folder of the same name beside it. Raises InvalidExercise."""
    content = path.read_bytes()
    try:
        text = content[: MAX_BYTES + 1].decode("utf-8", errors="ignore" if len(content) > MAX_BYTES else "strict")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidExercise(line=line, problem=said("Tệp không lưu bằng bảng mã UTF-8.")) from error
    return parse_exercise(text, path.stem, folder=path.parent, samples=samples, check_types=check_types)


def parse_exercise(
    text: str,
    name: str,
    *,
    folder: Path | None = None,
    samples: Collection[str] | None = None,
    check_types: Collection[str] | None = None,
) -> Exercise:
    """The exercise written in ``text``; ``name`` is its file name without ".md". Raises InvalidExercise.

    ``folder`` holds the folder of the exercise's own files; ``samples`` are the known sample documents and
    ``check_types`` the known checks: what is None is not looked up.
    """
    exercise, problems = _read(text, name, folder, _Known(samples, check_types))
    first_of(problems)
    return exercise


def validate(
    text: str,
    name: str,
    *,
    folder: Path | None = None,
    samples: Collection[str] | None = None,
    check_types: Collection[str] | None = None,
    exercises: Collection[str] | None = None,
    prompt_syllables: int | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with an exercise's text, by line; empty when it may be used.

    ``exercises`` are the ids of all exercises, ``prompt_syllables`` is what a learner may type at most.
    """
    try:
        problems = _read(text, name, folder, _Known(samples, check_types, exercises, prompt_syllables))[1]
    except InvalidExercise as error:  # not even the form of the file can be read
        return (problem_of(error),)
    return tuple(sorted(problems, key=lambda problem: problem.line))


def set_field(text: str, name: str, value: str | int) -> str:
    """The same file with one plain field of its front matter changed; comments and layout stay as they are."""
    opening, front, rest = split_front(text)
    plain = r"""(?:"[^"\n]*"|'[^'\n]*'|[^#\n]*?)"""
    pattern = re.compile(rf"^{re.escape(name)}:[^\S\n]*{plain}([^\S\n]*(?:#[^\n]*)?)$", re.MULTILINE)
    front, changed = pattern.subn(lambda match: f"{name}: {value}{match[1]}", front, count=1)
    if not changed:
        front += f"{name}: {value}\n"
    return opening + front + rest


def _read(text: str, name: str, folder: Path | None, known: _Known) -> tuple[Exercise, list[Problem]]:
    if len(text.encode()) > MAX_BYTES:
        raise InvalidExercise(line=1, problem=said("Tệp nặng quá %(limit)s KB.", limit=MAX_BYTES // 1024))
    _, front, rest = split_front(text)
    problems: list[Problem] = []
    top = Fields(compose(front, 2), problems)
    sections = _sections(rest, 2 + front.count("\n"), problems)
    if (schema := top.number("schema", required=True)) != SCHEMA and top.has("schema"):
        top.wrong("schema", "Tệp theo mẫu số %(seen)s, Học Vụ đọc được mẫu số %(known)s.", seen=schema, known=SCHEMA)
    given = top.text("id", required=True)
    if given and (given != name or not _ID.fullmatch(given)):
        top.wrong(
            "id",
            "Mục “id” là “%(seen)s”, phải trùng tên tệp “%(name)s” và chỉ gồm chữ thường không dấu, số, gạch nối.",
            seen=given,
            name=name,
        )
    own = folder / name if folder is not None and _ID.fullmatch(name) else None
    feedback = top.mapping("feedback")
    inputs = keys.read_inputs(top, own, lambda item: _files(item, known.samples))
    assertions, threshold = read_tests(top, feedback, known.check_types, inputs)
    asked = {
        name
        for group in assertions
        for item in (group, *group.parts)
        for name in (item.type, f"{item.type}/{item.metric}")
    }
    generation = top.fields("generation")
    solution = top.fields("solution")
    kind = top.text("kind", required=True, choices=KINDS)
    baselines = keys.read_baselines(top, own, inputs, kind)
    levels, cards = keys.read_cards(top, inputs)
    exercise = Exercise(
        id=given,
        title=top.text("title", required=True, longest=150),
        kind=kind,
        module=top.number("module", required=True, lowest=1, highest=6),
        level=top.number("level", required=True, lowest=1, highest=5),
        state=top.text("state", required=True, choices=STATES),
        version=top.number("version", required=True, lowest=1),
        hash=hashlib.sha256(text.encode()).hexdigest(),
        duration_min=top.number("duration_min", 15, lowest=1, highest=240),
        safety=top.text("safety", required=True, choices=SAFETY),
        situation=sections.get(SITUATION, ""),
        task=sections.get(TASK, ""),
        requirements_text=sections.get(REQUIREMENTS, ""),
        k_code=top.text("k_code", choices=("", "K1", "K2", "K3", "K4", "K5", "K6")),
        category=top.text("category"),
        tags=top.texts("tags"),
        trainer_notes=sections.get(NOTES, ""),
        document_type=top.text("document_type", choices=("", *BY_ID)) or None,
        files=_files(top, known.samples),
        prompts=_prompts(top, known.prompt_syllables),
        prompt_parts=top.texts("prompt_parts", choices=PARTS),
        assertions=assertions,
        threshold=threshold,
        max_tokens=generation.number("max_tokens", 400, lowest=16, highest=4096),
        temperature=generation.decimal("temperature", 0.0, lowest=0, highest=2),
        seed=generation.number("seed", 7, lowest=0),
        hints=_hints(top),
        key_facts=top.texts("key_facts"),
        model_answer=own_text(solution, "output", own),
        model_answer_notes=solution.text("notes"),
        feedback=feedback,
        max_attempts=top.number("max_attempts", 0, lowest=0),
        value=top.number("value", 10, lowest=0),
        author=top.text("author"),
        lang=top.text("lang", "vi", choices=("vi", "en")),
        order=top.number("order", 0, lowest=0, highest=99),
        requirements=_requirements(top, name, known.exercises),
        rubric=_rubric(top, folder),
        inputs=inputs,
        planted=keys.read_planted(top, inputs, baselines, known.check_types, asked),
        levels=levels,
        cards=cards,
        identifiers=keys.read_identifiers(top, inputs),
        pairs=keys.read_pairs(top, own, inputs),
        tables=keys.read_tables(top, inputs),
        differences=keys.read_differences(top, inputs),
        baselines=baselines,
    )
    keys.needed(
        top,
        kind,
        inputs,
        {
            "planted": exercise.planted,
            "cards": cards,
            "identifiers": exercise.identifiers,
            "pairs": exercise.pairs,
            "table": exercise.tables,
            "differences": exercise.differences,
        },
    )
    if known.check_types is not None and not assertions and kind in KINDS and kind not in keys.OF_A_KIND:
        top.wrong(
            "tests" if top.has("tests") else "kind",
            "Bài loại “%(kind)s” cần mục “tests” có ít nhất một phép kiểm.",
            kind=kind,
        )
    # Said for readers of the file; not part of the record.
    top.text("license")
    top.text("reviewed_by")
    for fields in (top, generation, solution):
        fields.close()
    return exercise, problems


def _files(top: Fields, samples: Collection[str] | None) -> tuple[ExerciseFile, ...]:
    found = []
    for item in top.each("files"):
        path = item.text("path", required=True)
        sample = path.removeprefix(_SAMPLE)
        if path and (not path.startswith(_SAMPLE) or not _ID.fullmatch(sample)):
            item.wrong("path", "Mục “path” phải có dạng sample:<mã tài liệu mẫu>, tệp đang ghi “%(seen)s”.", seen=path)
        elif path and samples is not None and sample not in samples:
            item.wrong("path", "Không có tài liệu mẫu “%(sample)s”.", sample=sample, near=guess(sample, samples))
        found.append(ExerciseFile(sample, item.text("label", required=True), item.text("role", "source")))
        item.close()
    return tuple(found)


def _prompts(top: Fields, longest: int | None) -> tuple[StarterPrompt, ...]:
    found: list[StarterPrompt] = []
    for item in top.each("prompts"):
        prompt = StarterPrompt(
            item.text("label", required=True), item.text("raw", required=True), item.text("reveal", "visible")
        )
        if not _REVEAL.fullmatch(prompt.reveal):
            item.wrong(
                "reveal",
                "Mục “reveal” nhận visible, hidden, solved hoặc after:<số lần làm>; tệp đang ghi “%(seen)s”.",
                seen=prompt.reveal,
            )
        if prompt.label in {other.label for other in found}:
            item.wrong("label", "Hai câu lệnh cùng mang nhãn “%(label)s”.", label=prompt.label)
        if longest and prompt.reveal != "hidden" and (length := count_syllables(prompt.raw)) > longest:
            item.wrong(
                "raw",
                "Câu lệnh “%(label)s” dài %(length)s tiếng, học viên chỉ gõ được %(limit)s tiếng. "
                "Anh/chị rút ngắn câu lệnh này.",
                label=prompt.label,
                length=length,
                limit=longest,
            )
        found.append(prompt)
        item.close()
    return tuple(found)


def _hints(top: Fields) -> tuple[Hint, ...]:
    found = []
    for item in top.each("hints"):
        content = item.text("content", required=True)
        found.append(Hint(content, item.number("cost", 0, lowest=0), item.number("after_attempts", 0, lowest=0)))
        item.close()
    return tuple(found)


def _requirements(top: Fields, name: str, exercises: Collection[str] | None) -> tuple[str, ...]:
    """Exercises that are better done first, by id."""
    found = top.texts("requirements")
    for one in found:
        if one == name or not _ID.fullmatch(one):
            top.wrong(
                "requirements", "Mục “requirements” gồm mã của những bài nên làm trước, không có “%(seen)s”.", seen=one
            )
        elif exercises is not None and one not in exercises:
            top.wrong("requirements", "Không có bài nào mang mã “%(code)s”.", code=one, near=guess(one, exercises))
    return found


def _rubric(top: Fields, folder: Path | None) -> str:
    value = top.text("rubric")
    if value and not re.fullmatch(r"rubrics/[a-z0-9-]+\.yaml", value):
        top.wrong("rubric", "Mục “rubric” phải có dạng rubrics/<mã>.yaml, tệp đang ghi “%(seen)s”.", seen=value)
    elif value and folder is not None and not lies(folder.parent / value):
        top.wrong("rubric", "Không thấy tệp “%(file)s”.", file=value)
    return value


def _sections(rest: str, first: int, problems: list[Problem]) -> dict[str, str]:
    """The Markdown under each known “## …” heading; ``first`` is the line of the closing “---”."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for n, line in enumerate(nfc(rest).splitlines()[1:], first + 1):
        if line.startswith("## "):
            title = line[3:].strip()
            if title not in _SECTIONS:
                problem = said("Không có phần “%(title)s”.", title=title, near=guess(title, _SECTIONS))
                problems.append(Problem(n, problem))
            elif title in found:
                problems.append(Problem(n, said("Phần “%(title)s” có hai lần.", title=title)))
            current = found.setdefault(title, [])
        elif current is not None:
            current.append(line)
        elif line.strip():
            problem = said("Chữ này đứng trước tiêu đề đầu tiên, ví dụ “## %(title)s”.", title=SITUATION)
            problems.append(Problem(n, problem))
    texts = {title: "\n".join(lines).strip() for title, lines in found.items()}
    missing = [title for title in (SITUATION, TASK) if not texts.get(title)]
    problems.extend(Problem(first, said("Thiếu phần “## %(title)s”.", title=title)) for title in missing)
    return texts
