"""The texts that lie in an exercise's own folder and are named ``file://NAME`` in its front matter."""

from __future__ import annotations

from pathlib import Path

from service.prompts.lines import MAX_BYTES, Fields
from service.text import nfc

_FILE = "file://"


def lies(path: Path) -> bool:
    """Whether there is such a file; also for a name longer than the system takes, which ``is_file`` does not bear."""
    try:
        return path.is_file()
    except OSError:
        return False


def own_text(fields: Fields, key: str, own: Path | None, *, required: bool = False) -> str:
    """A text given in place, or as file://… inside the exercise's own folder; without a folder it is not looked up."""
    value = fields.text(key, required=required)
    if not value.startswith(_FILE):
        return value
    if own is None:
        return ""
    path = (own / value.removeprefix(_FILE)).resolve()
    if not path.is_relative_to(own.resolve()):
        fields.wrong(key, "“%(file)s” nằm ngoài thư mục của bài.", file=value)
    elif not lies(path):
        fields.wrong(key, "Không thấy tệp “%(file)s” trong thư mục %(folder)s.", file=value, folder=own.name)
    elif path.stat().st_size > MAX_BYTES:
        fields.wrong(key, "Tệp “%(file)s” nặng quá %(limit)s KB.", file=value, limit=MAX_BYTES // 1024)
    else:
        try:
            return nfc(path.read_text(encoding="utf-8")).strip()
        except UnicodeDecodeError:
            fields.wrong(key, "Tệp “%(file)s” không lưu bằng bảng mã UTF-8.", file=value)
    return ""
