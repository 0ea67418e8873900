"""How every command ends: with a sentence and an exit code, never in a traceback; its help is Vietnamese too."""

from __future__ import annotations

import re
import sys
import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from service.errors import HocVuError

_WORDS = {
    "Options": "Tùy chọn",
    "Commands": "Lệnh",
    "Show this message and exit.": "Hiện phần hướng dẫn này.",
    "Show the version and exit.": "Hiện phiên bản.",
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH …",
    "INTEGER RANGE": "SỐ",
    "FLOAT RANGE": "SỐ",
    "INTEGER": "SỐ",
    "TEXT": "CHỮ",
    "DIRECTORY": "THƯ_MỤC",
    "FILE": "TỆP",
    "PATH": "NƠI",
    "default: ": "mặc định: ",
    "required": "bắt buộc",
}
"""What click itself says in a help."""
_SAID = re.compile("|".join(map(re.escape, _WORDS)))
_RANGE = re.compile(r"(?:([\d.]+)<=)?x(?:<=([\d.]+)|>=([\d.]+))")
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.+)\)")


class Commands(click.Group):
    """A group whose commands end in a sentence; a traceback goes to a file."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and leave with its exit code: 0 done, 1 not done, 2 asked wrongly, 130 interrupted."""
        click.Context.formatter_class = Help  # of every command: those of ``bench`` do not know this room
        code: object = 1
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except HocVuError as error:
            click.echo(f"{error} ({error.code})", err=True)
        except click.UsageError as error:
            code = error.exit_code
            click.echo(_asked_wrongly(error), err=True)
        except (click.Abort, KeyboardInterrupt):
            code = 130
            click.echo("Đã dừng.", err=True)
        except Exception as error:  # noqa: BLE001 - the last place where it can become a sentence
            click.echo(f"Học Vụ gặp trục trặc khi làm việc này ({type(error).__name__}).", err=True)
            click.echo(f"Chi tiết được ghi vào {_keep(error)}; anh/chị gửi tệp ấy cho người hỗ trợ.", err=True)
        sys.exit(code if isinstance(code, int) else 0)


class Help(click.HelpFormatter):
    """A help whose own words are Vietnamese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _vietnamese(args), prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_vietnamese(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_vietnamese(term), _vietnamese(said)) for term, said in rows], col_max, col_spacing)


def _vietnamese(said: str) -> str:
    said = _RANGE.sub(lambda found: _between(found[1] or found[3], found[2]), said)
    return _SAID.sub(lambda found: _WORDS[found[0]], said)


def _between(low: object, high: object) -> str:
    """«từ 60 đến 3000»; one end may be open."""
    return f"từ {low} đến {high}" if None not in (low, high) else f"đến {high}" if low is None else f"từ {low} trở lên"


def _wanted(error: click.BadParameter) -> str:
    """What a parameter takes, where a value was given that it does not."""
    match error.param and error.param.type:
        case click.IntRange(min=low, max=high) | click.FloatRange(min=low, max=high):
            return f"cần một số {_between(low, high)}."
        case click.types.IntParamType():
            return "cần một số."
        case click.Choice(choices=choices):
            return f"cần một trong: {', '.join(map(str, choices))}."
        case click.Path(exists=True, file_okay=file):
            return f"cần một {'tệp' if file else 'thư mục'} có sẵn."
        case click.Path(file_okay=file):
            return f"cần một {'tệp' if file else 'thư mục'}."
    return error.message


def _asked_wrongly(error: click.UsageError) -> str:
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return error.message
        case click.exceptions.NoSuchCommand():
            near = f" Gần giống: {', '.join(error.possibilities)}." if error.possibilities else ""
            said = f"Không có lệnh {error.command_name}.{near}"
        case click.MissingParameter():
            said = f"Còn thiếu {name}."
        case click.BadParameter():
            said = f"Giá trị của {name} không dùng được: {_wanted(error)}"
        case click.NoSuchOption():
            said = f"Không có tùy chọn {error.option_name}."
        case click.BadOptionUsage():
            said = f"Tùy chọn {error.option_name} ghi chưa đúng: thiếu giá trị, hoặc có giá trị thừa."
        case click.UsageError(message=message) if extra := _EXTRA.match(message):
            said = f"Lệnh có phần thừa: {extra[1]}."
        case _:
            said = f"Lệnh chưa đúng cách ghi: {error.format_message()}"
    return f"{said}\nCách dùng: {error.ctx.command_path} --help" if error.ctx else said


def _keep(error: Exception) -> Path:
    """Write a traceback where the person can find it; returns the file."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="hocvu-loi-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(file.name)
