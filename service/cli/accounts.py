"""People and their passwords."""

from __future__ import annotations

from pathlib import Path

import click

from service.cli.options import data_option, opened_quietly
from service.cli.output import aside
from service.records import Role

role_option = click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.LEARNER.value,
    show_default=True,
    help="Vai trò.",
)


@click.group()
def user() -> None:
    """Thêm người dùng, sửa họ tên, đổi mật khẩu, xem danh sách."""


@user.command()
@click.argument("login", metavar="TÊN")
@role_option
@click.option("--name", "display_name", metavar="HỌ_TÊN", help="Tên hiện trên trang; không ghi thì dùng tên đăng nhập.")
@data_option
def add(login: str, role: str, display_name: str | None, data: Path | None) -> None:
    """Thêm một người; mật khẩu được sinh ra và chỉ hiện một lần."""
    from service import accounts

    with opened_quietly(data) as kit:
        password = accounts.new_password()
        made = accounts.create_user(kit, login, display_name or login, Role(role), password)
    click.echo(f"Đã thêm {made.display_name} (tên đăng nhập: {made.name}, vai trò: {made.role.value}).")
    click.echo(f"Mật khẩu: {password}")


@user.command("add-list")
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@role_option
@data_option
def add_list(file: Path, role: str, data: Path | None) -> None:
    """Thêm cả danh sách: mỗi dòng một họ tên, hoặc «tên đăng nhập; họ tên». Một dòng sai thì chưa thêm ai."""
    from service import newcomers
    from service.parsers.plain import decode

    with opened_quietly(data) as kit:
        people, wrong = newcomers.read(kit, decode(file.read_bytes()))
        for one in wrong:
            aside(f"Dòng {one.line}: {one.why}")
        if wrong:
            aside("Chưa thêm ai.")
            raise click.exceptions.Exit(1)
        made = newcomers.add(kit, people, Role(role))
    click.echo(f"Đã thêm {len(made)} người (vai trò: {role}). Mật khẩu chỉ hiện một lần này.\n")
    names, logins = max(len(one.display_name) for one in people), max(len(one.name) for one in people)
    for person, password in made:
        click.echo(f"{person.display_name:<{names}}  {person.name:<{logins}}  {password}")


@user.command()
@click.argument("login", metavar="TÊN")
@click.argument("display_name", metavar="HỌ_TÊN")
@data_option
def rename(login: str, display_name: str, data: Path | None) -> None:
    """Sửa họ và tên, cả trên giấy chứng nhận đã cấp; tên đăng nhập giữ nguyên."""
    from service import accounts

    with opened_quietly(data) as kit:
        renamed = accounts.rename(kit, login, display_name)
    click.echo(f"Họ và tên của {renamed.name} nay là {renamed.display_name}.")


@user.command()
@click.argument("login", metavar="TÊN")
@data_option
def passwd(login: str, data: Path | None) -> None:
    """Đặt mật khẩu mới; mọi phiên đang mở của người ấy kết thúc."""
    from service import accounts

    with opened_quietly(data) as kit:
        password = accounts.new_password()
        accounts.set_password(kit, login, password)
    click.echo(f"Đã đặt mật khẩu mới cho {login}.")
    click.echo(f"Mật khẩu: {password}")


@user.command("list")
@data_option
def list_(data: Path | None) -> None:
    """Danh sách người dùng."""
    from service import accounts

    with opened_quietly(data) as kit:
        for person in accounts.list_users(kit):
            closed = "" if person.active else "  (đã khóa)"
            click.echo(f"{person.name:<20}{person.role.value:<12}{person.display_name}{closed}")
