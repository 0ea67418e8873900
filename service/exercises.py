"""Exercises: Markdown files in the data folder, which trainers read, edit, publish and hide.

The shipped ones are copied there once (``seed``). A file is replaced whole, by a rename, so a crash leaves the old
one. What lay there before is kept under ``versions/`` by its hash, and where somebody has already practised on it, the
edited text gets the next version number: an attempt is always shown with the exercise it was made with.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from filelock import FileLock
from sqlalchemy import select

from service import audit, library, prompts
from service.checks import TYPES
from service.errors import BadInput, Conflict, InvalidExercise, NotAllowed, NotFound
from service.kit import Kit
from service.prompts import said
from service.records import Attempt, Document, Exercise, ExerciseFile, Role, User
from service.settings import HOME
from service.store.tables import attempts
from service.text import nfc

SHIPPED = HOME / "prompts"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"new", "check", "versions"})
"""Codes that no exercise may have: what stands at their addresses, or lies in their folder, is something else."""
_VERSION = re.compile(r"^version:[^\S\n]*(\d{1,18})", re.MULTILINE)
_CHANGED = (
    "Bài này vừa được lưu ở một cửa sổ khác, có thể là của người khác. Bản đang lưu không bị ghi đè, chữ anh/chị vừa "
    "viết vẫn còn trong ô. Anh/chị xem hai bản, chép những chỗ cần giữ rồi lưu lại."
)
_TAKEN = (
    "Mã này đã có bài “%(title)s”; anh/chị đặt mã khác, hoặc mở bài ấy để sửa. "
    "Bài đang soạn chưa được lưu, nhưng vẫn còn trong ô."
)


def seed(kit: Kit) -> int:
    """Copy shipped exercises that are not there yet; what a trainer has edited stays. Returns how many were copied."""
    copied = 0
    for path in sorted((SHIPPED / "rubrics").glob("*.yaml")):
        rubric = kit.settings.prompts / "rubrics" / path.name
        if not rubric.exists():
            _write(rubric, path.read_text(encoding="utf-8"))
    for path in sorted((SHIPPED / "exercises").glob("*.md")):
        target = kit.settings.exercises / path.name
        if target.exists():
            continue
        own_files = path.with_suffix("")
        if own_files.is_dir():
            shutil.copytree(own_files, target.with_suffix(""), dirs_exist_ok=True)
        _write(target, path.read_text(encoding="utf-8"))
        copied += 1
    return copied


def visible(kit: Kit, user: User) -> tuple[Exercise, ...]:
    """The exercises a person may open, in the order of the course; trainers see every state, broken files stay out."""
    found = []
    for path in sorted(kit.settings.exercises.glob("*.md")):
        try:
            exercise = _load(kit, path)
        except InvalidExercise:
            continue
        if exercise.state == "visible" or user.is_any(Role.TRAINER):
            found.append(exercise)
    return tuple(sorted(found, key=lambda exercise: (exercise.module, exercise.order, exercise.level, exercise.id)))


def broken(kit: Kit, user: User) -> tuple[tuple[str, prompts.Problem], ...]:
    """For trainers: exercises whose file cannot be read, as (id, what is wrong)."""
    _trainer(user)
    found = []
    for path in sorted(kit.settings.exercises.glob("*.md")):
        try:
            _load(kit, path)
        except InvalidExercise as error:
            found.append((path.stem, prompts.problem_of(error)))
    return tuple(found)


def get(kit: Kit, user: User, exercise_id: str) -> Exercise:
    """One exercise; a hidden one is not found for a learner."""
    exercise = _load(kit, _path(kit, exercise_id))
    if exercise.state != "visible" and not user.is_any(Role.TRAINER):
        raise NotFound()
    return exercise


def present(kit: Kit, exercise_id: str) -> Exercise:
    """One exercise as it is now, whoever may see it; for code that shows it to nobody."""
    return _load(kit, _path(kit, exercise_id))


def for_attempt(kit: Kit, attempt: Attempt) -> Exercise:
    """The exercise as it was when the attempt was made."""
    return version(kit, attempt.exercise_id, attempt.exercise_hash)


def version(kit: Kit, exercise_id: str, digest: str) -> Exercise:
    """The exercise whose file had this SHA-256; the present one where no older was kept."""
    kept = _kept(kit, exercise_id, digest)
    return _load(kit, kept if kept.exists() else _path(kit, exercise_id), exercise_id)


def documents(kit: Kit, exercise: Exercise, given: str = "") -> tuple[Document, ...]:
    """The sample documents that work on one input draws on: those of all inputs first, then its own."""
    return tuple(library.by_sample(kit, file.sample) for file in files(exercise, given))


def files(exercise: Exercise, given: str = "") -> tuple[ExerciseFile, ...]:
    """What the exercise says of its documents, in the order of :func:`documents`."""
    return exercise.files + exercise.input(given).files


def source(kit: Kit, user: User, exercise_id: str) -> str:
    """The file's text, for editing."""
    _trainer(user)
    return _path(kit, exercise_id).read_text(encoding="utf-8")


def check(kit: Kit, text: str, exercise_id: str) -> tuple[prompts.Problem, ...]:
    """Everything that is wrong with a text, each with its line; empty when it may be saved."""
    folder = kit.settings.exercises
    found = prompts.validate(
        nfc(text),
        exercise_id,
        folder=folder,
        samples=_samples(kit),
        check_types=TYPES,
        exercises=frozenset(path.stem for path in folder.glob("*.md")),
        prompt_syllables=kit.settings.prompt_syllables,
    )
    if exercise_id not in RESERVED:
        return found
    named = re.search(r"^id:", text, re.MULTILINE)
    line = text.count("\n", 0, named.start()) + 1 if named else 1
    taken = said("Mã “%(code)s” Học Vụ đã dùng cho việc khác. Anh/chị đặt mã khác cho bài.", code=exercise_id)
    return tuple(sorted((*found, prompts.Problem(line, taken)), key=lambda problem: problem.line))


def save(kit: Kit, user: User, exercise_id: str, text: str, *, opened: str | None = None) -> Exercise:
    """Save an edited or new exercise; what lay there before stays as a version.

    ``opened``: what was there when the text was begun, as :func:`digest` names it; None asks nothing. Raises BadInput,
    InvalidExercise with the first problem, Conflict where something else lies there by now; writes nothing then.
    """
    _trainer(user)
    if not _ID.fullmatch(exercise_id):
        raise BadInput(
            "Mã bài chỉ gồm chữ thường không dấu, chữ số và gạch nối, như tom-tat-bao-cao. Bài chưa được lưu."
        )
    text = nfc(text).replace("\r\n", "\n")
    return _put(kit, user, exercise_id, text, check(kit, text, exercise_id), opened)


def digest(text: str) -> str:
    """The name of a text as it is stored; empty for no text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def set_state(kit: Kit, user: User, exercise_id: str, state: str) -> Exercise:
    """Publish (visible), hide (archived) or send back to review."""
    _trainer(user)
    if state not in prompts.STATES:
        raise BadInput("Trạng thái này không có. Anh/chị chọn hiện, ẩn, chờ duyệt hoặc đang soạn.")
    present(kit, exercise_id)
    stored = source(kit, user, exercise_id)
    text = prompts.set_field(stored, "state", state)
    # What earlier versions saved and this one finds wrong may still be hidden.
    problems = check(kit, text, exercise_id) if state == "visible" else ()
    return _put(kit, user, exercise_id, text, problems, digest(stored))


def _put(
    kit: Kit, user: User, exercise_id: str, text: str, problems: Sequence[prompts.Problem], opened: str | None
) -> Exercise:
    path = kit.settings.exercises / f"{exercise_id}.md"
    with FileLock(kit.settings.data / "exercises.lock"):  # of two who save at one moment, one is told
        stored = path.read_text(encoding="utf-8") if path.exists() else ""
        if stored and not problems:
            text = _numbered(kit, exercise_id, stored, text)
            if text == stored:
                return _load(kit, path)
        if opened not in (None, digest(stored)):
            raise Conflict(_CHANGED) if opened else Conflict(_TAKEN, title=_title(kit, path))
        for problem in problems:
            raise InvalidExercise(line=problem.line, problem=problem.said)
        if stored:
            _write(_kept(kit, exercise_id, digest(stored)), stored)
        _write(path, text)
    audit.note(kit, user, "exercise.save", exercise_id)
    return _load(kit, path)


def _trainer(user: User) -> None:
    if not user.is_any(Role.TRAINER):
        raise NotAllowed()


def _path(kit: Kit, exercise_id: str) -> Path:
    if not _ID.fullmatch(exercise_id):
        raise NotFound()
    path = kit.settings.exercises / f"{exercise_id}.md"
    if not path.exists():
        raise NotFound()
    return path


def _kept(kit: Kit, exercise_id: str, digest: str) -> Path:
    return kit.settings.exercises / "versions" / f"{exercise_id}.{digest[:16]}.md"


@dataclass(frozen=True)
class _Written:
    """An exercise as it lies on the disk: the same files of the same time hold the same exercise, wherever they lie."""

    name: str
    files: tuple[tuple[str, int, int], ...]
    path: Path = field(compare=False)
    folder: Path = field(compare=False)


def _load(kit: Kit, path: Path, name: str | None = None) -> Exercise:
    name, folder = name or path.stem, kit.settings.exercises
    own = sorted((folder / name).rglob("*")) if (folder / name).is_dir() else []
    stats = [(file.name, file.stat()) for file in (path, *own)]
    files = tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in stats)
    return _parsed(_Written(name, files, path, folder))


@lru_cache(maxsize=512)
def _parsed(written: _Written) -> Exercise:
    """Reading takes some 15 ms, and the first page shows every exercise."""
    text = written.path.read_text(encoding="utf-8")
    return prompts.parse_exercise(text, written.name, folder=written.folder)


def _numbered(kit: Kit, exercise_id: str, stored: str, text: str) -> str:
    """An edited text with a version not below the stored one, and above it where somebody has practised on that."""
    old, new = (int(found[1]) if (found := _VERSION.search(one)) else 0 for one in (stored, text))
    if new <= old and prompts.set_field(text, "version", old) == stored:
        return stored
    lowest = old + _practised(kit, exercise_id, digest(stored))
    return text if new >= lowest else prompts.set_field(text, "version", lowest)


def _title(kit: Kit, path: Path) -> str:
    try:
        return _load(kit, path).title
    except InvalidExercise:
        return path.stem


def _samples(kit: Kit) -> frozenset[str]:
    return frozenset(document.sample for document in library.samples(kit) if document.sample)


def _practised(kit: Kit, exercise_id: str, exercise_hash: str) -> bool:
    made = select(attempts.c.id).where(
        attempts.c.exercise_id == exercise_id, attempts.c.exercise_hash == exercise_hash, attempts.c.number.is_not(None)
    )
    with kit.db.read() as connection:
        return connection.execute(made.limit(1)).first() is not None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
