"""The option --data, and what a command opens with it."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from service.settings import Settings, go_offline, read_settings, share_cores

if TYPE_CHECKING:
    from service.kit import Kit

data_option = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Thư mục dữ liệu.")


def settings_of(data: Path | None, **given: Any) -> Settings:
    """The settings with what the command line gives; from here on no model library asks a hub, and logs are written.

    Raises ``SettingError``.
    """
    settings = read_settings(data=data.resolve() if data else None, **given)
    go_offline()
    share_cores()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # It warns whenever a request waits for a thread for a moment, which is what its queue is for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return settings


def opened(data: Path | None) -> closing[Kit]:
    """The kit of a data folder, its model loading; closed at the end of ``with``."""
    from service.kit import open_kit

    return closing(open_kit(settings_of(data)))


def opened_quietly(data: Path | None) -> closing[Kit]:
    """The same for work that needs no model."""
    from service.kit import open_quiet_kit

    return closing(open_quiet_kit(settings_of(data)))
