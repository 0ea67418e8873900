"""Exercises without a browser: one practised, all of them proved."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from service.bench import json_option
from service.cli.options import data_option, opened, settings_of
from service.cli.output import aside, echo_json, mark
from service.errors import BadInput
from service.records import Exercise
from service.settings import HOME, Settings


@click.command()
@click.argument("exercise", metavar="BÀI")
@click.option(
    "--prompt-file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp ghi câu lệnh.",
)
@click.option("--user", "login", metavar="TÊN", help="Làm dưới tên ai; không ghi thì là quản trị viên.")
@json_option
@data_option
def practice(exercise: str, prompt_file: Path, login: str | None, as_json: bool, data: Path | None) -> None:
    """Làm một bài tập không cần trình duyệt: chạy câu lệnh, in kết quả và góp ý."""
    from service import headless

    try:
        prompt = prompt_file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"Tệp {prompt_file} không phải văn bản UTF-8. Anh/chị lưu lại theo bảng mã UTF-8.") from None
    with opened(data) as kit:
        done = headless.practise(kit, exercise, prompt, login, aside)
    if as_json:
        echo_json(done)
        return
    click.echo(done["answer"])
    click.echo("\nGóp ý:")
    for finding in done["findings"]:
        click.echo(f"  {mark(finding['level'])} {finding['title']}")
        if finding["try_next"]:
            click.echo(textwrap.indent(textwrap.fill(finding["try_next"], 90), "      "))


@click.command()
@click.argument("names", metavar="[BÀI…]", nargs=-1)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục bài tập; không ghi thì là các bài kèm sẵn và các bài trong thư mục dữ liệu.",
)
@json_option
@data_option
@click.pass_context
def exercises(
    ctx: click.Context, names: tuple[str, ...], folder: Path | None, as_json: bool, data: Path | None
) -> None:
    """Thử các bài tập: bài làm sẵn yếu dưới 50, bài tốt từ 85, lỗi gài được tìm ra; mã thoát 1 khi có bài chưa đạt."""
    from service import proof

    found = proof.exercises_in(folder, names) if folder else _of_the_desk(settings_of(data), names)
    proofs = [proof.prove(one) for one in found]
    if as_json:
        echo_json([proof.as_json(one) for one in proofs])
    else:
        click.echo("\n".join(proof.table(proofs)))
    ctx.exit(0 if all(one.holds for one in proofs) else 1)


def _of_the_desk(settings: Settings, names: Sequence[str]) -> Iterator[Exercise]:
    """The exercises in the box and those in the data folder, all or those named; of two with one id, the latter."""
    from service import proof

    shipped = HOME / "prompts" / "exercises"
    own = {path.stem for path in settings.exercises.glob("*.md")}
    for name in names or sorted(own | {path.stem for path in shipped.glob("*.md")}):
        yield from proof.exercises_in(settings.exercises if name in own else shipped, [name])
