"""Files in, blocks out: ``parse`` looks at the content first, then reads it in a process of its own.

Uploaded files are hostile until proven otherwise. What a file costs is bounded before it is opened (unpacked size,
ratio) and while it is read (time, memory), and nothing in it is ever executed or fetched.
"""

from __future__ import annotations

import base64
import importlib
import importlib.util
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from service import errors
from service.errors import HocVuError, ScanWithoutText, TooLarge, Unreadable, WrongFormat
from service.parsers import ocr
from service.parsers.base import PAGE_CHARACTERS, PARSERS, Limits
from service.parsers.layout import read_layout
from service.parsers.layout_json import unpack
from service.records import Block, Layout, ParsedDocument
from service.text import nfc

__all__ = [
    "LAYOUT",
    "PAGES",
    "PARSERS",
    "PICTURE",
    "Limits",
    "ask_apart",
    "can_draw",
    "draw_page",
    "parse",
    "parse_layout",
]

LAYOUT = "layout"
"""What the child process is asked for in place of a suffix, when the look of a .docx is wanted."""

PICTURE = "picture"
"""The same, when a page of a .pdf is to be drawn; the page follows: "picture:3"."""

PAGES = "pages"
"""The same for the first pages, with their letters: "pages:12"."""

OCR = "ocr"
"""The same for a scan."""

_ROOT = Path(__file__).resolve().parents[2]

_OTHER_OFFICE = {".doc", ".rtf", ".odt", ".wps", ".docm", ".dot", ".dotx"}

_LEGACY_LETTER = re.compile(r"[a-zA-Zà-ỹ]*[\u00a1-\u00bf×÷ÄÅÆËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ][a-zA-Zà-ỹ]*")
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ud800-\\udfff\\ufffe\\uffff]"
)
"""Controls, soft hyphens, zero-width and direction marks, halves of letters: not text, and they break words apart."""

_UNICODE_LETTER = re.compile(r"[ăđơưĂĐƠƯẠ-ỹ]")


def parse(source: Path | bytes, suffix: str, limits: Limits | None = None, *, apart: bool = True) -> ParsedDocument:
    """Read a file.

    ``apart`` reads it in a process of its own, which dies with the file that is too much for it; only the documents
    in the box, which are ours, go without. Bytes travel by pipe and are never written to disk. Raises
    ``WrongFormat``, ``TooLarge``, ``Unreadable`` or ``ScanWithoutText``; a scan is read where ``ocr`` can, and the
    notes say so.
    """
    limits = limits or Limits()
    suffix = suffix.lower()
    data = source.read_bytes() if isinstance(source, Path) else source
    check_content(data, suffix, limits)
    if not apart or suffix not in (".docx", ".pdf"):
        return read(data, suffix, limits)
    try:
        return _read_apart(data, suffix, limits)
    except ScanWithoutText:
        if ocr.missing():
            raise
        try:
            return _read_apart(data, OCR, replace(limits, seconds=ocr.SECONDS))
        except Unreadable:  # its pictures could not be drawn or took too long: a scan it is all the same
            raise ScanWithoutText from None


def parse_layout(data: bytes, limits: Limits | None = None) -> Layout:
    """How a .docx is set, read in a process of its own; raises like :func:`parse`."""
    limits = limits or Limits()
    check_content(data, ".docx", limits)
    return unpack(ask_apart(data, LAYOUT, limits))


def can_draw() -> bool:
    """True when pypdfium2, the extra that draws pages, is installed."""
    return importlib.util.find_spec("pypdfium2") is not None


def draw_page(data: bytes, page: int, limits: Limits | None = None) -> bytes:
    """A page of a .pdf, counted from 1, as PNG, drawn in a process of its own.

    Raises ``NotFound`` for a page that is not there, else like :func:`parse`.
    """
    limits = limits or Limits()
    check_content(data, ".pdf", limits)
    return base64.b64decode(ask_apart(data, f"{PICTURE}:{page}", limits)["png"])


def check_suffix(suffix: str) -> None:
    """Raise ``WrongFormat`` for a suffix no parser reads."""
    if suffix in _OTHER_OFFICE:
        raise WrongFormat(
            "Chưa đọc được tệp %(suffix)s. Anh/chị mở bằng Word, lưu thành .docx rồi gửi lại.", suffix=suffix
        )
    if suffix not in PARSERS:
        raise WrongFormat(suffix=suffix or "không có đuôi")


def check_content(data: bytes, suffix: str, limits: Limits) -> None:
    """Compare what the bytes are with what the suffix says, without opening them."""
    check_suffix(suffix)
    if not data.strip():
        raise Unreadable("Tệp này trống. Anh/chị kiểm tra lại rồi chọn tệp khác.")
    found = _sniff(data)
    if found == ".ole" and suffix == ".docx":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("Tệp này đặt mật khẩu. Anh/chị bỏ mật khẩu trong Word rồi gửi lại.")
        raise WrongFormat("Tệp này là bản Word cũ (.doc). Anh/chị mở bằng Word, lưu thành .docx rồi gửi lại.")
    if found == ".zip" and suffix == ".docx":
        _check_package(data, limits)
    elif suffix in (".docx", ".pdf") and found != suffix:
        if found == "" or found == ".zip":
            raise Unreadable
        raise WrongFormat(
            "Tệp mang đuôi %(suffix)s nhưng bên trong là %(found)s. Anh/chị đổi lại đuôi hoặc lưu tệp thành .docx.",
            suffix=suffix,
            found=NAMES[found],
        )
    elif suffix in (".txt", ".md") and found:
        raise WrongFormat(
            "Tệp mang đuôi %(suffix)s nhưng bên trong là %(found)s. Anh/chị đổi lại đuôi rồi gửi lại.",
            suffix=suffix,
            found=NAMES[found],
        )


NAMES = {
    ".pdf": "PDF",
    ".ole": "bản Word hoặc Excel cũ",
    ".rtf": "RTF",
    ".html": "trang web",
    ".zip": "tệp nén hoặc tệp Word, Excel",
    ".picture": "ảnh",
}
"""What the bytes of a refused file turn out to be."""


def _sniff(data: bytes) -> str:
    head = data[:1024]
    if b"%PDF-" in head:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return ".zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ".ole"
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")):
        return ".picture"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype html", b"<html")):
        return ".html"
    return ""


def _check_package(data: bytes, limits: Limits) -> None:
    """Judge a .docx by its table of contents alone; nothing is unpacked."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable from None
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names:
        raise Unreadable
    if not any(name.startswith("word/") for name in names):
        raise WrongFormat("Tệp này không phải văn bản Word. Anh/chị chọn tệp .docx, .pdf, .txt hoặc .md.")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("Tệp này đặt mật khẩu. Anh/chị bỏ mật khẩu trong Word rồi gửi lại.")
    unpacked = sum(member.file_size for member in members)
    bomb = any(m.file_size > 2**20 and m.file_size > limits.ratio * max(m.compress_size, 1) for m in members)
    markup = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if bomb or unpacked > limits.unpacked_mb * 2**20 or markup > limits.xml_mb * 2**20 or len(members) > 5000:
        raise TooLarge("Tệp này bung ra quá lớn so với một văn bản nên không mở. Anh/chị kiểm tra lại nguồn của tệp.")


def read(data: bytes, suffix: str, limits: Limits) -> ParsedDocument:
    """Read in this process; content and suffix are already known to agree."""
    module, name = PARSERS[suffix].split(":")
    try:
        parsed: ParsedDocument = getattr(importlib.import_module(module), name)(data, limits)
    except HocVuError:
        raise
    except Exception as error:  # a parser of foreign bytes may stumble in any way
        raise Unreadable from error
    cleaned = (replace(block, text=nfc(_INVISIBLE.sub("", block.text))) for block in parsed.blocks)
    blocks = tuple(block for block in cleaned if any(map(str.isalnum, block.text)))  # "_____" is only drawn
    if not blocks:
        raise Unreadable("Tệp này không có chữ nào đọc được. Anh/chị kiểm tra lại rồi chọn tệp khác.")
    parsed = replace(parsed, blocks=blocks)
    _check_pages(-(-len(parsed.text) // PAGE_CHARACTERS), limits)
    _refuse_old_fonts(parsed.text)
    return parsed


def read_checked(data: bytes, limits: Limits) -> Layout:
    """The layout of a .docx in this process, with the same refusals as :func:`read`."""
    try:
        found = read_layout(data)
    except HocVuError:
        raise
    except Exception as error:  # as above
        raise Unreadable from error
    if not any(map(str.isalnum, found.text)):
        raise Unreadable("Tệp này không có chữ nào đọc được. Anh/chị kiểm tra lại rồi chọn tệp khác.")
    _check_pages(-(-len(found.text) // PAGE_CHARACTERS), limits)
    return found


def _check_pages(pages: int, limits: Limits) -> None:
    if pages > limits.pages:
        raise TooLarge(
            "Tài liệu dài khoảng %(pages)s trang, mức nhận là %(limit)s trang. Anh/chị tách ra rồi gửi từng phần.",
            pages=pages,
            limit=limits.pages,
        )


def _refuse_old_fonts(text: str) -> None:
    """Text typed in .VnTime or VNI fonts looks right on paper only: its letters are other letters ("ViÖt Nam")."""
    sample = text[:50_000]
    words = len(sample.split())
    old = sum(1 for word in _LEGACY_LETTER.finditer(sample) if len(word[0]) > 1)
    if words and old > 0.15 * words and len(_UNICODE_LETTER.findall(sample)) < 0.1 * words:
        raise Unreadable(
            "Tệp này gõ bằng phông chữ cũ (.VnTime hoặc VNI) nên chữ đọc ra bị sai. "
            "Anh/chị chuyển mã sang Unicode, ví dụ bằng UniKey, rồi gửi lại."
        )


def _read_apart(data: bytes, suffix: str, limits: Limits) -> ParsedDocument:
    answer = ask_apart(data, suffix, limits)
    return ParsedDocument(tuple(Block(*fields) for fields in answer["blocks"]), answer["pages"], tuple(answer["notes"]))


def ask_apart(data: bytes, what: str, limits: Limits) -> dict[str, Any]:
    """Start ``python -m service.parsers``: a fresh process, since a fork would carry the threads of the model along."""
    command = [sys.executable, "-m", "service.parsers", what, json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file travels as data
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(
            "Đọc tệp này quá %(seconds)s giây nên đã dừng. Anh/chị mở lại bằng Word, lưu thành tệp mới hoặc tách nhỏ.",
            seconds=limits.seconds,
        ) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:  # the process died: memory limit, or a fault in a library
        raise Unreadable from None
    if "error" in answer:
        raise getattr(errors, answer["error"])(answer["sentence"], **answer["facts"])
    found: dict[str, Any] = answer
    return found
