"""The tests: linter, types, import contracts and the suite, or one long proof."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from service.errors import BadInput
from service.settings import HOME, for_tools

LONG_TESTS = ("fuzz", "form", "soak", "class", "panels", "bench", "journeys")
"""The long proofs; each is tests/NAME or tests/long/test_NAME.py, once it is written."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--long", "long_test", type=click.Choice(LONG_TESTS), help="Một bài thử dài.")
@click.argument("pytest_arguments", metavar="[THAM_SỐ]…", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def test(ctx: click.Context, long_test: str | None, pytest_arguments: tuple[str, ...]) -> None:
    """Kiểm tra toàn bộ chương trình; ghi thêm tham số của pytest thì chỉ chạy phần ấy."""
    if long_test:
        places = HOME / "tests" / long_test, HOME / "tests" / "long" / f"test_{long_test}.py"
        target = next((path for path in places if path.exists()), None)
        if target is None:
            click.echo(f"Bài thử dài «{long_test}» chưa có trong bản này.", err=True)
            ctx.exit(2)
        ctx.exit(_run("pytest", str(target), "-m", "", *pytest_arguments))
    if pytest_arguments:
        ctx.exit(_run("pytest", *pytest_arguments))
    # All four, even when the first has something to say: whoever mends wants to see everything at once.
    # File by file in their order: the journeys, which wait for a browser, come early; one more process than cores
    # works while they wait.
    processes = min(4, (os.cpu_count() or 1) + 1)
    suite = ("pytest", f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder")
    # Some hundred data folders of 300 files each: in memory, where there is room for them, they cost half.
    roomy = Path("/dev/shm").is_dir() and shutil.disk_usage("/dev/shm").free > 4e9  # noqa: S108 - a folder of its own
    with tempfile.TemporaryDirectory(dir="/dev/shm" if roomy else None) as folder:  # noqa: S108 - as above
        before = [_run("ruff", "check"), _run("mypy"), _run("lint-imports")]
        ctx.exit(max(*before, _run(*suite, f"--basetemp={folder}/t")))


def _run(tool: str, *arguments: str) -> int:
    """Run one of the tools of .venv in the checkout; returns its exit code."""
    program = shutil.which(tool, path=Path(sys.executable).parent)
    if program is None:
        raise BadInput(f"Chưa cài {tool}. Anh/chị chạy python3 run.py test để cài đồ nghề kiểm tra.")
    click.echo(f"· {' '.join((tool, *arguments))}")
    return subprocess.run([program, *arguments], cwd=HOME, env=for_tools(), check=False).returncode  # noqa: S603 - our own tools
