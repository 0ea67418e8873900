"""Học Vụ running: the server, and the background work in a process of its own."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

import click

from service.cli.options import data_option, settings_of
from service.settings import LIMITS


@click.command()
@click.option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ mở cho trình duyệt; 0.0.0.0 để cả phòng cùng vào.")
@click.option("--port", type=click.IntRange(*LIMITS["port"]), help="Cổng, thường là 8000.")
@data_option
def serve(host: str | None, port: int | None, data: Path | None) -> None:
    """Mở Học Vụ trên máy này."""
    from service import serving

    settings = settings_of(data, host=host, port=port)
    logging.getLogger("service").setLevel(settings.log_level.upper())
    serving.serve(settings, click.echo)


@click.command()
@data_option
def worker(data: Path | None) -> None:
    """Chạy riêng phần việc nền: đọc tài liệu, soi bài."""
    from service.kit import open_kit
    from service.worker import Worker

    settings = settings_of(data)
    logging.getLogger("service").setLevel(settings.log_level.upper())
    with closing(open_kit(settings)) as kit:
        click.echo("Đang làm việc nền. Dừng: bấm Ctrl-C.")
        Worker(kit).run()
