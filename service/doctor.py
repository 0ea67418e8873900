"""The doctor: looks at everything Học Vụ stands on and says in whole sentences what is missing and what helps.

It examines and changes nothing: a database that is out of date is named, not migrated; a data folder that is not there
yet is no illness. Each check is one small function; one that falls over is a finding like any other.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import sqlite3
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from filelock import Timeout

import run
from service import backup, exercises, library, prompts
from service.embedders import open_embedder
from service.engines import open_engine
from service.errors import HocVuError, InvalidExercise
from service.kit import bundled, engine_options, find_model, open_quiet_kit
from service.parsers import ocr
from service.records import Delta, DocumentStatus, Message, Options
from service.serving import listen
from service.settings import HOME, Settings
from service.store.db import Database

MEMORY_GB, DISK_GB = run.MEMORY_GB, 1.0
"""Less than this and practising will stall."""


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``ok`` False: people will be hindered; None: a part that one can do without is not there.
    ``detail`` says what was seen and what helps."""

    name: str
    ok: bool | None
    detail: str


Seen = tuple[bool | None, str]


def examine(settings: Settings) -> Iterator[Check]:
    """Every check, one after another, as soon as it is done."""
    for name, (_label, look) in CHECKUP.items():
        try:
            ok, detail = look(settings)
        except HocVuError as error:
            ok, detail = False, f"{error} ({error.code})"
        except Exception as error:  # noqa: BLE001 - the doctor must come to the last bed
            ok, detail = False, f"Chưa kiểm tra được: {type(error).__name__}: {error}"
        yield Check(name, ok, detail)


# ── the machine ─────────────────────────────────────────────────────────────────────────────────


def _python(_settings: Settings) -> Seen:
    return sys.version_info >= run.PYTHON, f"Python {platform.python_version()}, cần 3.11 trở lên."


def _compiler(_settings: Settings) -> Seen:
    found = run.find_compiler()
    return (True, found) if found else (None, "Không có; chỉ cần khi phải dựng lại llama.cpp.")


def _memory(_settings: Settings) -> Seen:
    memory = run.memory_gb()
    if memory is None:
        return True, "Hệ điều hành không cho biết."
    return memory >= MEMORY_GB, f"{run.decimal(memory)} GB, cần ít nhất {run.decimal(MEMORY_GB)} GB."


def _disk(settings: Settings) -> Seen:
    place = next(path for path in (settings.data, *settings.data.parents) if path.exists())
    free = shutil.disk_usage(place).free / 1e9
    return free >= DISK_GB, f"Còn trống {run.decimal(free)} GB tại {place}, cần ít nhất {run.decimal(DISK_GB)} GB."


def _packages(_settings: Settings) -> Seen:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wrong = []
    for line in project["dependencies"]:
        name, _, wanted = line.partition("==")
        try:
            found = metadata.version(name).partition("+")[0]  # "+cpu" is the same version, built for processors
        except metadata.PackageNotFoundError:
            found = "chưa cài"
        if found != wanted:
            wrong.append(f"{name} {found} (cần {wanted})")
    if wrong:
        return False, f"{'; '.join(wrong)}. Anh/chị chạy lại python3 run.py để cài cho đủ."
    return True, f"{len(project['dependencies'])} thư viện đúng phiên bản."


# ── the data ────────────────────────────────────────────────────────────────────────────────────


def _data_folder(settings: Settings) -> Seen:
    if not settings.data.exists():
        return True, f"{settings.data} chưa có; lần chạy đầu sẽ tạo."
    try:
        with tempfile.TemporaryFile(dir=settings.data):
            return True, f"{settings.data} ghi được."
    except OSError as error:
        return False, f"Không ghi được vào {settings.data} ({error.strerror}). Anh/chị xem lại quyền của thư mục."


def _database(settings: Settings) -> Seen:
    database = Database(settings.url)
    try:
        if database.path is not None:
            if not database.path.exists():
                return True, "Chưa có; lần chạy đầu sẽ tạo."
            with closing(sqlite3.connect(f"{database.path.as_uri()}?mode=ro", uri=True)) as connection:
                answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if answer != "ok":
                return False, f"Cơ sở dữ liệu bị hỏng ({answer}). Anh/chị khôi phục từ bản sao lưu gần nhất."
        if not database.current():
            return False, "Cấu trúc dữ liệu chưa khớp phiên bản này; lần chạy tới sẽ sao lưu rồi nâng cấp."
        return True, "Toàn vẹn, đúng phiên bản."
    finally:
        database.close()


def _samples(settings: Settings) -> Seen:
    if not _started(settings):
        return True, "Lần chạy đầu sẽ nạp."
    with closing(open_quiet_kit(settings)) as kit:
        found = library.samples(kit)
    waiting = [document.title for document in found if document.status is not DocumentStatus.READY]
    if waiting:
        return False, f"Chưa đọc xong: {'; '.join(waiting)}. Anh/chị mở Học Vụ và chờ ít phút."
    return bool(found), f"{len(found)} tài liệu mẫu sẵn sàng."


def _exercises(settings: Settings) -> Seen:
    folder = settings.exercises if settings.exercises.exists() else exercises.SHIPPED / "exercises"
    paths = sorted(folder.glob("*.md"))
    wrong = []
    for path in paths:
        try:
            prompts.parse_exercise(path.read_text(encoding="utf-8"), path.stem, folder=folder)
        except InvalidExercise as error:
            wrong.append(f"{path.name}: {error}")
    if wrong:
        return False, " ".join(wrong)
    return bool(paths), f"{len(paths)} bài tập đúng cách ghi."


def _started(settings: Settings) -> bool:
    """True when there is a database that this version can read."""
    database = Database(settings.url)
    try:
        return (database.path is None or database.path.exists()) and database.current()
    finally:
        database.close()


# ── the models ──────────────────────────────────────────────────────────────────────────────────


def _model(settings: Settings) -> Seen:
    path = find_model(settings)
    if path is None:
        return (
            False,
            f"Chưa có mô hình. Anh/chị chép một tệp .gguf vào {settings.models}. Soi theo quy tắc vẫn làm được.",
        )
    if not path.is_file():
        return False, f"Không thấy tệp {path}."
    size = f"{run.decimal(path.stat().st_size / 1e6)} MB"
    boxed = bundled()
    if path != HOME / "models" / boxed["file"]:
        return True, f"{path.name}, {size}, do anh/chị cài."
    if _sha256(path) != boxed["sha256"]:
        return False, f"{path.name} không đúng mã kiểm tra SHA-256. Anh/chị chép lại tệp này từ bộ cài."
    return True, f"{path.name}, {size}, đúng mã kiểm tra."


def _engine(settings: Settings) -> Seen:
    path = find_model(settings)
    if path is None:
        return False, "Chưa có mô hình để chạy."
    with closing(open_engine(settings.engine, **engine_options(settings))) as engine:
        events = engine.stream([Message("user", "Xin chào")], Options(max_tokens=1))
        spoke = any(isinstance(event, Delta) for event in events)
        name, seen = engine.state().model, engine.figures()
    said = f"{name} {'đã trả lời' if spoke else 'chạy được'}"
    if not seen.read_per_second:  # a server elsewhere, which does not tell
        return True, f"{said}."
    speed = f"đọc {seen.read_per_second:.0f}, viết {seen.write_per_second:.0f} đơn vị chữ mỗi giây cho một người"
    return True, f"{said}; {speed}; {seen.seats} chỗ viết cùng lúc."


def _embedder(settings: Settings) -> Seen:
    embedder = open_embedder(settings.embedder)
    if embedder is None:
        return None, "Chưa cài; tìm kiếm theo từ ngữ."
    embedder.query("quyết định")
    return True, f"{embedder.name}, {embedder.dim} chiều."


# ── the rest ────────────────────────────────────────────────────────────────────────────────────


def _libreoffice(_settings: Settings) -> Seen:
    found = shutil.which("soffice")
    return (True, found) if found else (None, "Không có; tệp .doc, .rtf, .odt cần chuyển sang .docx trước khi gửi.")


def _tesseract(_settings: Settings) -> Seen:
    missing = ocr.missing()
    return (None, missing) if missing else (True, f"{shutil.which('tesseract')}, đọc được bản quét tiếng Việt.")


def _port(settings: Settings) -> Seen:
    lock = backup.in_use(settings) if settings.data.exists() else None
    if lock is not None:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True, "Học Vụ đang chạy trên thư mục dữ liệu này."
        lock.release()
    with listen(settings.host, settings.port):
        return True, f"Cổng {settings.port} đang trống."


CHECKUP: Mapping[str, tuple[str, Callable[[Settings], Seen]]] = {
    "python": ("Python", _python),
    "compiler": ("Trình biên dịch", _compiler),
    "memory": ("Bộ nhớ", _memory),
    "disk": ("Ổ đĩa", _disk),
    "packages": ("Thư viện", _packages),
    "data": ("Thư mục dữ liệu", _data_folder),
    "database": ("Cơ sở dữ liệu", _database),
    "samples": ("Tài liệu mẫu", _samples),
    "exercises": ("Bài tập", _exercises),
    "model": ("Mô hình", _model),
    "engine": ("Máy trả lời", _engine),
    "embedder": ("Tìm theo nghĩa", _embedder),
    "libreoffice": ("LibreOffice", _libreoffice),
    "tesseract": ("Tesseract", _tesseract),
    "port": ("Cổng", _port),
}
"""Name of a check → what a person calls it, and the function; in the order in which they are told."""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
