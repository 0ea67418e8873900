"""The form of files without a browser: told what is wrong, mended where that is certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from service.bench import json_option
from service.cli.options import data_option, opened_quietly
from service.cli.output import aside, echo_json, mark
from service.errors import BadInput, HocVuError

if TYPE_CHECKING:
    from service.kit import Kit


@click.command()
@click.argument("files", metavar="TỆP…", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--mode", type=click.Choice(["draft", "issued"]), default="draft", show_default=True, help="Ở bước nào.")
@json_option
@click.option(
    "--fix", type=click.Path(path_type=Path), help="Ghi bản Word đã sửa vào đây; nhiều tệp thì là một thư mục."
)
@data_option
@click.pass_context
def check(
    ctx: click.Context, files: tuple[Path, ...], mode: str, as_json: bool, fix: Path | None, data: Path | None
) -> None:
    """Soi thể thức của tệp theo Nghị định 30/2020/NĐ-CP; mã thoát 1 khi có lỗi hoặc có tệp không đọc được."""
    if fix and len(files) > 1 and fix.is_file():
        raise BadInput("Nhiều tệp thì nơi ghi sau --fix phải là một thư mục.")
    with opened_quietly(data) as kit:
        into = fix if fix and (len(files) > 1 or fix.is_dir()) else None
        found = [one for file in files for one in _looked_at(kit, file, mode, into, fix)]
    if as_json:
        echo_json(found)
    else:
        for one in found:
            click.echo("\n".join(_said(one)))
    ctx.exit(1 if any("error" in one or _errors(one) for one in found) else 0)


def _looked_at(kit: Kit, file: Path, mode: str, folder: Path | None, fix: Path | None) -> Iterator[dict[str, Any]]:
    """What is told of a file; where it is to be mended (``fix``), the copy is written, into the ``folder`` if there is
    one. A file that could not be read, or its copy not written, has its "error"."""
    from service import form

    try:
        data = file.read_bytes()
        looked = form.examine(kit, file.name, data, mode)
        yield {**form.as_json(looked), "file": str(file)}
        if fix and looked.mendable:
            target = folder / form.mended_name(file.name) if folder else fix
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(form.mended(kit, file.name, data, mode)[0])
            aside(f"{file}: đã sửa {len(looked.changes)} chỗ, ghi vào {target}.")
        elif fix:
            aside(f"{file}: không có chỗ nào sửa chắc chắn được.")
    except (HocVuError, OSError) as error:
        said = str(error) if isinstance(error, HocVuError) else "Không mở được tệp này."
        yield {"file": str(file), "type": None, "mode": mode, "findings": [], "error": said}


def _errors(looked: Mapping[str, Any]) -> int:
    return sum(finding["severity"] == "error" for finding in looked["findings"])


def _said(looked: Mapping[str, Any]) -> Iterator[str]:
    """The lines about one file."""
    if "error" in looked:
        yield f"{looked['file']}: {looked['error']}"
        return
    if not looked["in_scope"]:
        yield f"{looked['file']}: không thuộc loại văn bản hành chính của Nghị định 30/2020/NĐ-CP, không soi."
        return
    errors, others = _errors(looked), len(looked["findings"]) - _errors(looked)
    yield f"{looked['file']} ({looked['type'] or 'chưa rõ loại'}): {errors} lỗi, {others} điều nên xem."
    for finding in looked["findings"]:
        page = f" (trang {finding['page']})" if finding["page"] else ""
        yield f"  {mark(finding['severity'])} {finding['rule']}  {finding['title']}{page}"
        if finding["seen"] or finding["expected"]:
            yield f"      {' → '.join(filter(None, (finding['seen'], finding['expected'])))}"
