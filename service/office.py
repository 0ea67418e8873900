"""LibreOffice, when it is installed: old and foreign formats (.doc, .rtf, .odt) → .docx, and .docx → PDF for pictures.

The file is a stranger's. It is judged by its first bytes, opened in a profile of its own with macros and links to
other places switched off, and the folder it lay in is deleted before the answer is given.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import threading
import zipfile
from pathlib import Path

from service.errors import TooLarge, Unreadable, WrongFormat

SUFFIXES = (".doc", ".rtf", ".odt")

_ONE_AT_A_TIME = threading.Lock()  # each takes a core and 200 MB
_UNPACKED_MB = 300
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{}</oor:items>
"""
_SWITCH = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
_SWITCHES = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
)


def installed() -> bool:
    """True when LibreOffice can be asked."""
    return _program() is not None


def to_docx(data: bytes, suffix: str, seconds: int) -> bytes:
    """The same document as .docx.

    Raises ``WrongFormat`` when LibreOffice is missing or the bytes are not what ``suffix`` says, ``TooLarge`` for a
    package that unpacks to too much, and ``Unreadable`` when it cannot be opened (a password, a broken file) or takes
    longer than ``seconds``.
    """
    program = _program()
    if program is None:
        raise WrongFormat(
            "Chưa đọc được tệp %(suffix)s vì máy này chưa có LibreOffice. "
            "Anh/chị mở bằng Word, lưu thành .docx rồi gửi lại.",
            suffix=suffix,
        )
    _check(data, suffix)
    return _convert(program, data, suffix, "docx:MS Word 2007 XML", seconds)


def to_pdf(data: bytes, seconds: int) -> bytes:
    """A .docx, already judged by its content, as the PDF that LibreOffice makes of it.

    Raises ``WrongFormat`` when LibreOffice is missing, and ``Unreadable`` as :func:`to_docx` does.
    """
    program = _program()
    if program is None:
        raise WrongFormat("Máy này chưa có LibreOffice nên chưa dựng được hình trang.")
    return _convert(program, data, ".docx", "pdf:writer_pdf_Export", seconds)


def _convert(program: str, data: bytes, suffix: str, target: str, seconds: int) -> bytes:
    """One file through LibreOffice; ``target`` is the suffix and the filter's name."""
    with tempfile.TemporaryDirectory(prefix="hocvu-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        switches = "".join(_SWITCH.format(*switch) for switch in _SWITCHES)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(switches), "utf-8")
        source = folder / f"van-ban{suffix}"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--nolockcheck", "--convert-to", target, "--outdir", str(folder), str(source)]
        with _ONE_AT_A_TIME:
            _run(command, seconds)
        made = folder / f"van-ban.{target.partition(':')[0]}"
        if not made.is_file():
            raise Unreadable
        return made.read_bytes()


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _check(data: bytes, suffix: str) -> None:
    """LibreOffice opens what it recognises, a web page with pictures from elsewhere too: only what was said may in."""
    opening = {".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".rtf": b"{\\rtf", ".odt": b"PK\x03\x04"}[suffix]
    if not data.startswith(opening):
        raise WrongFormat(
            "Tệp mang đuôi %(suffix)s nhưng bên trong là loại khác. Anh/chị mở bằng Word, lưu thành .docx rồi gửi lại.",
            suffix=suffix,
        )
    if suffix != ".odt":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            unpacked = sum(member.file_size for member in members)
            text = unpacked <= _UNPACKED_MB * 2**20 and b"opendocument.text" in package.read("mimetype")[:100]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        raise Unreadable from None
    if unpacked > _UNPACKED_MB * 2**20:
        raise TooLarge("Tệp này bung ra quá lớn so với một văn bản nên không mở. Anh/chị kiểm tra lại nguồn của tệp.")
    if not text:
        raise WrongFormat("Tệp này không phải văn bản. Anh/chị chọn tệp .docx, .doc, .odt, .rtf hoặc .pdf.")


def _run(command: list[str], seconds: int) -> None:
    """Start it in a group of its own, so that a time limit ends its children as well."""
    process = subprocess.Popen(  # noqa: S603 - a fixed program; the file is an argument made here
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        raise Unreadable(
            "Đọc tệp này quá %(seconds)s giây nên đã dừng. Anh/chị mở lại bằng Word, lưu thành tệp mới hoặc tách nhỏ.",
            seconds=seconds,
        ) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    import os
    import signal

    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
