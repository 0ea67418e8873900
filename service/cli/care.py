"""Looking after an installation: what is wrong here, backups."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from service.bench import json_option
from service.cli.options import data_option, settings_of
from service.cli.output import echo_json

SEEN = {True: "✓", None: "–", False: "!"}
"""The sign before what the doctor looked at."""


@click.command()
@json_option
@data_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, data: Path | None) -> None:
    """Khám máy: thiếu gì, hỏng gì, cách sửa."""
    from service.doctor import CHECKUP, examine

    found = []
    for check in examine(settings_of(data)):
        found.append(check)
        if not as_json:
            click.echo(f"{SEEN[check.ok]} {CHECKUP[check.name][0]:<17}{check.detail}")
    ok = all(check.ok is not False for check in found)
    absent = ", ".join(CHECKUP[check.name][0] for check in found if check.ok is None)
    if as_json:
        echo_json({"ok": ok, "checks": [asdict(check) for check in found]})
    elif not ok:
        click.echo("Có mục cần xem lại (đánh dấu «!»).")
    else:
        click.echo(f"Mọi thứ cần thiết đều ổn; còn thiếu phần tùy chọn: {absent}." if absent else "Mọi thứ đều ổn.")
    ctx.exit(0 if ok else 1)


@click.command("backup")
@click.argument("target", metavar="[TỆP]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@data_option
def backup_command(target: Path | None, force: bool, data: Path | None) -> None:
    """Sao lưu toàn bộ dữ liệu ra một tệp; Học Vụ vẫn có thể đang chạy."""
    from service import backup

    target = target or Path(backup.default_name(datetime.now().astimezone()))
    made = backup.save(settings_of(data), target, force=force)
    click.echo(f"Đã sao lưu vào {made.resolve()} ({made.stat().st_size / 1e6:.1f} MB).")


@click.command("restore")
@click.argument("source", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Thay dữ liệu đang có; dữ liệu ấy được cất sang bên trước.")
@data_option
def restore_command(source: Path, force: bool, data: Path | None) -> None:
    """Khôi phục dữ liệu từ tệp sao lưu."""
    from service import backup

    settings = settings_of(data)
    aside = backup.restore(settings, source, force=force)
    click.echo(f"Đã khôi phục vào {settings.data}.")
    if aside:
        click.echo(f"Dữ liệu trước đó nằm trong {aside}.")
