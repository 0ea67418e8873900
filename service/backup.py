"""Backup and restore: everything people have made, in one zip that says of each file what it must be.

In the zip lie the database (a consistent copy, also while people work), ``files/`` and ``prompts/``, and
``manifest.json`` with the SHA-256 of each. Models are not in it (they can be fetched again), nor the session key: who
finds a backup cannot sign in with it.

A zip may come from anywhere, so restoring believes nothing: only known names, only plain files, no more bytes than
announced, every sum checked and the database examined, all before the first present file is touched.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url

from service.errors import BadInput, Conflict, Unreadable
from service.settings import Settings
from service.store.db import Database, now

FORMAT = "hocvu-backup-1"
DATABASE = "database.sqlite3"
FOLDERS = ("files", "prompts")
LARGEST = 100 * 2**30
"""Bytes a backup may unpack to; far above any class, far below a zip bomb."""
MANIFEST_BYTES = 64 * 2**20
_NAME = re.compile(r"(?:database\.sqlite3|(?:files|prompts)(?:/[\w-][\w.-]*)+)")
"""What a file in a backup may be called: no path that leaves its folder, no hidden file, no drive, no backslash."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, FileExistsError)
"""What reading a damaged, encrypted or malicious zip raises."""
_PIECE = 2**20


def in_use(settings: Settings) -> FileLock:
    """The lock a running server holds on its data folder; the system lets go of it however the process ends."""
    settings.data.mkdir(parents=True, exist_ok=True)
    return FileLock(settings.data / "running.lock")


def save(settings: Settings, target: Path, *, force: bool = False) -> Path:
    """Write a backup to ``target``; it is there whole or not at all. Learners may go on working meanwhile.

    Only who made it may read it: everybody's work is in it. Raises ``Conflict`` where a file lies there already and
    ``force`` is not given; ``BadInput`` where there is no data, no such folder, or the place is among the data.
    """
    if not _database(settings).exists():
        raise BadInput(f"Thư mục {settings.data} chưa có dữ liệu để sao lưu.")
    if not target.parent.is_dir():
        raise BadInput(f"Không có thư mục {target.parent} nên chưa sao lưu. Anh/chị tạo thư mục ấy hoặc chọn nơi khác.")
    place = target.resolve()
    if any(place == kept or kept in place.parents for kept in map(Path.resolve, _content(settings))):
        raise BadInput(f"{target} nằm trong dữ liệu của Học Vụ nên chưa sao lưu. Anh/chị chọn nơi khác.")
    if target.exists() and not force:
        raise Conflict(f"{target} đã có nên chưa sao lưu. Anh/chị chọn tên khác, hoặc thêm --force để ghi đè.")
    fresh = target.with_name(target.name + ".part")
    database = Database(settings.url)
    try:
        copy = database.backup("sao-luu", fresh.parent)
        assert copy is not None  # noqa: S101 - it is SQLite: ``_database`` has said so
        try:
            fresh.touch(mode=0o600)
            _write(fresh, settings, copy)
        finally:
            copy.unlink()
        fresh.replace(target)
    finally:
        database.close()
        fresh.unlink(missing_ok=True)
    return target


def restore(settings: Settings, source: Path, *, force: bool = False) -> Path | None:
    """Put a backup's content into the data folder; returns where the former content was set aside, if there was any.

    Raises ``Conflict`` when the folder holds data and ``force`` is not given, or while Học Vụ runs on it;
    ``Unreadable`` or ``BadInput`` when the file is not a sound backup. Nothing is changed then.
    """
    home = _database(settings)
    lock = in_use(settings)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Conflict(f"Học Vụ đang chạy trên thư mục {settings.data}. Anh/chị dừng lại rồi khôi phục.") from None
    try:
        present = [path for path in _content(settings) if path.exists()]
        if present and not force:
            raise Conflict(
                f"Thư mục {settings.data} đang có dữ liệu nên chưa khôi phục. "
                "Thêm --force thì dữ liệu đang có được cất sang một thư mục riêng trước."
            )
        moment = f"{now():%Y%m%d-%H%M%S-%f}"
        unpacked = settings.data / f"khoi-phuc-{moment}"
        try:
            _unpack(source, unpacked)
            _examine(unpacked / DATABASE)
            aside = settings.data / f"truoc-khoi-phuc-{moment}" if present else None
            if aside:
                aside.mkdir()
                for path in present:
                    shutil.move(path, aside / path.name)
            for name in FOLDERS:
                if (unpacked / name).exists():
                    (unpacked / name).rename(settings.data / name)
            # The database last: until it is there, a power cut leaves an empty desk beside both whole copies.
            shutil.move(unpacked / DATABASE, home)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
    finally:
        lock.release()
    return aside


def _content(settings: Settings) -> tuple[Path, ...]:
    """What a restore replaces; -wal and -shm belong to the database beside them."""
    database = _database(settings)
    return (
        *(database.with_name(database.name + tail) for tail in ("", "-wal", "-shm")),
        settings.files,
        settings.prompts,
    )


def _database(settings: Settings) -> Path:
    path = make_url(settings.url)
    if path.get_backend_name() != "sqlite" or not path.database:
        raise BadInput(
            "Cơ sở dữ liệu này nằm trên máy chủ riêng; anh/chị sao lưu và khôi phục bằng công cụ của máy chủ đó."
        )
    return Path(path.database)


def _write(target: Path, settings: Settings, database: Path) -> None:
    sums: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in [(DATABASE, database), *_files(settings)]:
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as entry:
                sums[name] = _copy(source, entry.write)
        manifest = {"format": FORMAT, "made": now().isoformat(timespec="seconds"), "sha256": sums}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    for folder in (settings.files, settings.prompts):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(settings.data).as_posix()
            if path.is_file() and not path.is_symlink() and _NAME.fullmatch(name):
                yield name, path


def _unpack(source: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            entries, sums = _contents(archive)
            if sum(entry.file_size for entry in entries) > min(LARGEST, shutil.disk_usage(target.parent).free):
                raise BadInput(
                    "Tệp sao lưu lớn hơn chỗ trống của ổ đĩa nên chưa khôi phục. Dữ liệu đang có không thay đổi."
                )
            for entry in entries:
                path = target / entry.filename
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as packed, path.open("xb") as file:
                    found = _copy(packed, file.write, at_most=entry.file_size)
                if found != sums[entry.filename]:
                    raise BadInput(
                        f"«{entry.filename}» trong tệp sao lưu không đúng mã kiểm tra. Dữ liệu đang có không thay đổi."
                    )
    except BROKEN as error:
        raise Unreadable(f"Không đọc được tệp sao lưu {source}. Dữ liệu đang có không thay đổi.") from error


def _contents(archive: zipfile.ZipFile) -> tuple[list[zipfile.ZipInfo], dict[str, str]]:
    """The entries and their promised sums; BadInput when the zip is not exactly what a backup is."""
    entries = [entry for entry in archive.infolist() if entry.filename != "manifest.json"]
    manifests = len(archive.infolist()) - len(entries)
    manifest: Any = None
    if manifests == 1 and archive.getinfo("manifest.json").file_size <= MANIFEST_BYTES:
        manifest = json.loads(archive.read("manifest.json"))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BadInput("Tệp này không phải tệp sao lưu của Học Vụ. Dữ liệu đang có không thay đổi.")
    sums = manifest.get("sha256")
    names = [entry.filename for entry in entries]
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not _NAME.fullmatch(entry.filename) or kind not in (0, stat.S_IFREG):
            raise BadInput(
                f"Tệp sao lưu có mục lạ «{entry.filename[:80]}» nên bị từ chối. Dữ liệu đang có không thay đổi."
            )
    if not isinstance(sums, dict) or DATABASE not in names or sorted(names) != sorted(sums):
        raise BadInput("Tệp sao lưu thiếu hoặc thừa so với bảng kê của nó. Dữ liệu đang có không thay đổi.")
    return entries, sums


def _examine(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("SELECT count(*) FROM users").fetchone()
    except sqlite3.DatabaseError as error:
        raise Unreadable("Cơ sở dữ liệu trong tệp sao lưu bị hỏng. Dữ liệu đang có không thay đổi.") from error
    if answer != "ok":
        raise Unreadable("Cơ sở dữ liệu trong tệp sao lưu bị hỏng. Dữ liệu đang có không thay đổi.")


def _copy(source: IO[bytes], write: Callable[[bytes], object], at_most: int = LARGEST) -> str:
    """Copy piece by piece; returns the SHA-256. ValueError when there is more than ``at_most``."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if size > at_most:
            raise ValueError("more bytes than announced")
        digest.update(piece)
        write(piece)
    return digest.hexdigest()


def default_name(moment: datetime) -> str:
    """The name of a backup of this moment."""
    return f"hocvu-{moment:%Y%m%d-%H%M}.zip"
