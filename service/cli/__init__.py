"""The commands, as ``python3 run.py COMMAND`` reaches them. Every text a person reads here is a whole sentence.

    running     serve · worker
    proving     test
    care        doctor · backup · restore
    accounts    user add|add-list|rename|passwd|list
    practice    practice · exercises
    documents   ask · summarise
    form        check
    group       how every command ends: with a sentence and an exit code
    options     --data, and what it opens
    output      results on the terminal: JSON, marks, places of passages

``bench NAME`` lies with the measures, in ``service.bench``.
"""

from __future__ import annotations

import sys

import click

from service.bench import bench
from service.cli import accounts, care, documents, form, practice, proving, running
from service.cli.group import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hocvu", message="Học Vụ %(version)s")
def main() -> None:
    """Học Vụ – bàn luyện soạn thảo cùng mô hình ngôn ngữ chạy ngay trên máy này."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


for command in (
    running.serve,
    running.worker,
    proving.test,
    care.doctor,
    accounts.user,
    practice.practice,
    practice.exercises,
    documents.ask,
    documents.summarise,
    form.check,
    bench,
    care.backup_command,
    care.restore_command,
):
    main.add_command(command)
