"""Documents without a browser: asked, summed up."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from service.bench import json_option
from service.cli.options import data_option, opened
from service.cli.output import aside, echo_json, place
from service.errors import EngineError

UNSUPPORTED = {"none": "Chưa có căn cứ", "unheld": "Đoạn được dẫn không nói điều này"}
"""What is told of a sentence that no passage bears out."""


@click.command()
@click.argument("question", metavar="CÂU_HỎI")
@click.option("--doc", "documents", multiple=True, metavar="TỆP", help="Hỏi trong tệp này; ghi nhiều lần được.")
@click.option("--kind", "kinds", multiple=True, metavar="LOẠI", help="Chỉ loại văn bản này; ghi nhiều lần được.")
@click.option("--shelf", default="", metavar="KHO", help="own: chỉ tài liệu của mình; samples: chỉ văn bản mẫu.")
@click.option("--user", "login", metavar="TÊN", help="Hỏi dưới tên ai; không ghi thì là quản trị viên.")
@json_option
@data_option
def ask(
    question: str,
    documents: tuple[str, ...],
    kinds: tuple[str, ...],
    shelf: str,
    login: str | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Hỏi tài liệu: trả lời kèm số đoạn; không ghi --doc thì tìm trong mọi tài liệu của người hỏi và văn bản mẫu."""
    from service import headless

    asked = headless.Asked.read(question, documents, kinds, shelf)
    with opened(data) as kit:
        done = headless.ask_documents(kit, asked, login, aside)
    if as_json:
        echo_json(done)
    else:
        _tell_answer(done)
    if done["error"]:
        raise EngineError(done["error"])


@click.command()
@click.argument("documents", metavar="TỆP…", nargs=-1, required=True)
@click.option(
    "--length", type=click.IntRange(60, 3000), default=400, show_default=True, help="Dài khoảng bao nhiêu tiếng."
)
@click.option("--for", "reader", default="", metavar="NGƯỜI_ĐỌC", help="Viết cho ai đọc.")
@click.option("--user", "login", metavar="TÊN", help="Làm dưới tên ai; không ghi thì là quản trị viên.")
@json_option
@data_option
def summarise(
    documents: tuple[str, ...], length: int, reader: str, login: str | None, as_json: bool, data: Path | None
) -> None:
    """Tóm tắt một hoặc nhiều văn bản dài theo từng phần; mỗi ý kèm số đoạn."""
    from service import headless

    with opened(data) as kit:
        done = headless.summarise_files(kit, documents, length, reader, login, aside)
    if as_json:
        echo_json(done)
        return
    click.echo(done["text"])
    click.echo(f"\nĐã đọc {done['parts']['done']}/{done['parts']['all']} phần. Nguồn:")
    for source in done["sources"]:
        click.echo(place(source))


def _tell_answer(done: Mapping[str, Any]) -> None:
    """The documents' own words, below what they lack; the answer, its sources, and what nothing bears out."""
    from service.ask.refusal import NOT_THERE, UNSURE

    warnings = [f"! Tài liệu được hỏi không có {', '.join(done['absent'])}."] if done["absent"] else []
    if done["lacking"]:
        warnings.append(f"! Không đoạn nào dưới đây có: «{'», «'.join(done['lacking'])}».")
    if done["answerable"]:
        click.echo("\n".join(warnings), nl=bool(warnings))
    if done["quotes"]:
        click.echo("Tài liệu nói (trích nguyên văn):")
        for one in done["quotes"]:
            click.echo(textwrap.indent(f"“{one['text'].strip()}” [{one['passage']}]", "  "))
    if done["quotes"] and done["answer"]:
        click.echo("\nMáy viết:")
    if not done["answerable"] and done["answer"] != NOT_THERE:
        click.echo(NOT_THERE)
    if done["answer"]:
        click.echo(done["answer"])
    if done["unsure"]:
        click.echo(f"\n{UNSURE}")
    if not done["answerable"]:
        click.echo("\n".join(warnings), nl=bool(warnings))
    click.echo("\nNguồn:" if done["answerable"] else "\nCác đoạn gần nhất:")
    for source in done["sources"]:
        click.echo(f"{place(source)}: {textwrap.shorten(source['text'], 160, placeholder='…')}")
        if source["also"]:
            click.echo(f"    Cũng có trong: {source['also']}.")
    for one in done["sentences"]:
        if one["support"] in UNSUPPORTED:
            click.echo(f"! {UNSUPPORTED[one['support']]}: {one['text'].strip()}")
