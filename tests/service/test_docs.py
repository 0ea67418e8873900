"""The documents say what the program does: settings, commands and dependencies are compared with it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

import click

import run
from service.cli import main
from service.settings import HOME, PREFIX, Settings

README = (HOME / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (HOME / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_table_with_its_default() -> None:
    told = dict(re.findall(r"^\| `(HOCVU_\w+)` \| (?:`(.*?)`)? *\|", README, re.MULTILINE))
    defaults = {
        f"{PREFIX}{field.name.upper()}": {True: "1", False: "0"}.get(field.default, str(field.default))
        if isinstance(field.default, bool)
        else str(field.default)
        for field in fields(Settings)
    }
    defaults["HOCVU_DATA"] = "data"
    assert told == defaults


def test_every_command_is_in_the_table_and_in_the_launcher() -> None:
    assert set(run.COMMANDS) == set(main.commands)
    rows = re.findall(r"^\| `([a-z]+(?: [a-z-]+)?)(?: [^`]*)?` \|", README, re.MULTILINE)
    told = {row.split()[0] for row in rows}
    assert told == set(main.commands)
    groups = {name: command for name, command in main.commands.items() if isinstance(command, click.Group)}
    assert {"user", "bench"} <= set(groups)
    for name, group in groups.items():
        inner = set(group.list_commands(click.Context(group)))
        assert {row.split()[1] for row in rows if row.startswith(f"{name} ")} == inner


def test_every_option_of_the_table_exists() -> None:
    for row in re.findall(r"^\| `([a-z][^`]*)` \|", README, re.MULTILINE):
        words = row.split()
        command: click.Command = main.commands[words[0]]
        if isinstance(command, click.Group):
            inner = command.get_command(click.Context(command), words[1])
            assert inner is not None, row
            command = inner
        known = {name for param in command.params for name in param.opts}
        asked = set(re.findall(r"--[a-z-]+", row))
        assert asked <= known, row


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[\[=]", line)[0] for each in lists for line in each}
    table = CONTRIBUTING[CONTRIBUTING.index("## What we lean on") : CONTRIBUTING.index("## What we refuse")]
    told = {name.strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for name in row.split(",")}
    assert names == told - {"Library", "---"}


def test_a_version_is_pinned_in_one_place() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    direct = {re.split(r"[\[=]", line)[0].lower() for each in lists for line in each}
    pinned = [line for line in (HOME / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pinned)
    assert not direct & {line.split("==")[0].lower() for line in pinned}


def test_the_glossary_has_every_kind_of_document() -> None:
    from service.nd30.kinds import KINDS

    assert {kind.id for kind in KINDS} <= set(re.findall(r"`(\w+)`", CONTRIBUTING))
