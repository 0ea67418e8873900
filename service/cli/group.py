"""How every command ends: with a sentence and an exit code, never in a traceback."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import click

from service.errors import HocVuError


class Commands(click.Group):
    """A group whose commands end in a sentence; a traceback goes to a file."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and leave with its exit code: 0 done, 1 not done, 2 asked wrongly, 130 interrupted."""
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


def _asked_wrongly(error: click.UsageError) -> str:
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    match error:
        case click.MissingParameter():
            said = f"Còn thiếu {name}."
        case click.BadParameter():
            said = f"Giá trị của {name} không dùng được: {error.message}"
        case click.NoSuchOption():
            said = f"Không có tùy chọn {error.option_name}."
        case _:
            said = f"Lệnh chưa đúng cách ghi: {error.format_message()}"
    return f"{said}\nCách dùng: {error.ctx.command_path} --help" if error.ctx else said


def _keep(error: Exception) -> Path:
    """Write a traceback where the person can find it; returns the file."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="hocvu-loi-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(file.name)
