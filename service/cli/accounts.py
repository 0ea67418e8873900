"""People and their passwords."""

from __future__ import annotations

from pathlib import Path

import click

from service.cli.options import data_option, opened_quietly
from service.records import Role


@click.group()
def user() -> None:
    """Thêm người dùng, sửa họ tên, đổi mật khẩu, xem danh sách."""


@user.command()
@click.argument("login", metavar="TÊN")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.LEARNER.value,
    show_default=True,
    help="Vai trò.",
)
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
