"""What is promised of speed and quality, measured: ``python3 run.py bench NAME [--json]``.

Each measure is a module of this room with a click command called ``command``, loaded when it is asked for; ``show``
prints what it found. To add one: the module, a line in ``BENCHES``, a row in README. A measure that was taken ends with
exit status 0 whether or not its aim is met: the machine may be busy, and the reader judges.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from service.settings import go_offline, share_cores

BENCHES = {
    "retrieval": "service.bench.retrieval",
    "format": "service.bench.format",
    "engine": "service.bench.engine",
    "model": "service.bench.model",
    "feedback": "service.bench.feedback",
}


@dataclass(frozen=True)
class Figure:
    """One number that was measured; ``aim`` is the most it should be (the least where ``at_least``), None for none."""

    name: str
    value: float
    unit: str = ""
    aim: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None when there is none."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim


class Benches(click.Group):
    """The measures by name; importing this room loads none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(BENCHES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a measure; None for an unknown name."""
        if cmd_name not in BENCHES:
            return None
        command: click.Command = importlib.import_module(BENCHES[cmd_name]).command
        return command


@click.command("bench", cls=Benches)
def bench() -> None:
    """Đo tốc độ và chất lượng trên máy này."""
    go_offline()
    share_cores()


json_option = click.option("--json", "as_json", is_flag=True, help="Ghi kết quả dạng JSON.")


def show(name: str, figures: Sequence[Figure], as_json: bool, **more: Any) -> None:
    """Print a measure: one JSON object ``{bench, figures: [{name, value, unit, aim, at_least, met}], …}``, or lines."""
    if as_json:
        told = [{**asdict(figure), "met": figure.met} for figure in figures]
        click.echo(json.dumps({"bench": name, "figures": told, **more}, ensure_ascii=False, indent=1))
        return
    for figure in figures:
        aim = "" if figure.aim is None else f"   (mục tiêu {'≥' if figure.at_least else '≤'} {_said(figure.aim)})"
        mark = {True: "✓", False: "!", None: "·"}[figure.met]
        click.echo(f"{mark} {figure.name}: {_said(figure.value)} {figure.unit}".rstrip() + aim)
    for key, value in more.items():
        click.echo(f"· {key}: {value}")


def _said(value: float) -> str:
    return f"{value:.4g}".replace(".", ",")
