"""The commands, as ``python3 run.py COMMAND`` reaches them. Every text a person reads here is a whole sentence.

serve · worker · test · doctor · user add|passwd|list · practice · ask · summarise · check
bench NAME · backup · restore
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import traceback
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from service.bench import bench
from service.errors import BadInput, EngineError, HocVuError
from service.records import Role
from service.settings import HOME, LIMITS, Settings, for_tools, go_offline, read_settings, share_cores

LONG_TESTS = ("fuzz", "form", "soak", "class", "panels", "bench", "journeys")
"""The long proofs; each is tests/NAME or tests/long/test_NAME.py, once it is written."""


MARKS = {"essential": "!", "error": "!", "actionable": "→", "warning": "→", "celebratory": "✓"}
"""How a finding weighs, by its level or by the severity of its rule; "i" for all else."""

UNSUPPORTED = {"none": "Chưa có căn cứ", "unheld": "Đoạn được dẫn không nói điều này"}
"""What is told of a sentence that no passage bears out."""


class Commands(click.Group):
    """A group whose commands end in a sentence, never in a traceback: that goes to a file."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and leave with its exit code: 0 done, 1 not done, 2 asked wrongly, 130 interrupted."""
        code: object = 1
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except HocVuError as error:
            click.echo(f"{error} ({error.code})", err=True)
        except click.UsageError as error:
            code = error.exit_code
            click.echo(_asked_wrongly(error), err=True)
        except (click.Abort, KeyboardInterrupt):
            code = 130
            click.echo("Đã dừng.", err=True)
        except Exception as error:  # noqa: BLE001 - the last place where it can become a sentence
            click.echo(f"Học Vụ gặp trục trặc khi làm việc này ({type(error).__name__}).", err=True)
            click.echo(f"Chi tiết được ghi vào {_keep(error)}; anh/chị gửi tệp ấy cho người hỗ trợ.", err=True)
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hocvu", message="Học Vụ %(version)s")
def main() -> None:
    """Học Vụ – bàn luyện soạn thảo cùng mô hình ngôn ngữ chạy ngay trên máy này."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


main.add_command(bench)
data_option = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Thư mục dữ liệu.")


# ── running ─────────────────────────────────────────────────────────────────────────────────────


@main.command()
@click.option("--host", help="Địa chỉ mở cho trình duyệt; 0.0.0.0 để cả phòng cùng vào.")
@click.option("--port", type=click.IntRange(*LIMITS["port"]), help="Cổng, thường là 8000.")
@data_option
def serve(host: str | None, port: int | None, data: Path | None) -> None:
    """Mở Học Vụ trên máy này."""
    from service import serving

    settings = _settings(data, host=host, port=port)
    logging.getLogger("service").setLevel(settings.log_level.upper())
    serving.serve(settings, click.echo)


@main.command()
@data_option
def worker(data: Path | None) -> None:
    """Chạy riêng phần việc nền: đọc tài liệu, soi bài."""
    from service.kit import open_kit
    from service.worker import Worker

    settings = _settings(data)
    logging.getLogger("service").setLevel(settings.log_level.upper())
    with closing(open_kit(settings)) as kit:
        click.echo("Đang làm việc nền. Dừng: bấm Ctrl-C.")
        Worker(kit).run()


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--long", "long_test", type=click.Choice(LONG_TESTS), help="Một bài thử dài.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def test(ctx: click.Context, long_test: str | None, pytest_arguments: tuple[str, ...]) -> None:
    """Kiểm tra toàn bộ chương trình; ghi thêm tham số của pytest thì chỉ chạy phần ấy."""
    if long_test:
        target = next((path for path in _long_test(long_test) if path.exists()), None)
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


# ── looking after it ────────────────────────────────────────────────────────────────────────────


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Ghi kết quả dạng JSON.")
@data_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, data: Path | None) -> None:
    """Khám máy: thiếu gì, hỏng gì, cách sửa."""
    from service.doctor import CHECKUP, examine

    found = []
    for check in examine(_settings(data)):
        found.append(check)
        if not as_json:
            click.echo(f"{'✓' if check.ok else '!'} {CHECKUP[check.name][0]:<17}{check.detail}")
    ok = all(check.ok for check in found)
    if as_json:
        click.echo(json.dumps({"ok": ok, "checks": [asdict(check) for check in found]}, ensure_ascii=False, indent=1))
    else:
        click.echo("Mọi thứ đều ổn." if ok else "Có mục cần xem lại (đánh dấu «!»).")
    ctx.exit(0 if ok else 1)


@main.group()
def user() -> None:
    """Thêm người dùng, đổi mật khẩu, xem danh sách."""


@user.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.LEARNER.value, show_default=True)
@click.option("--name", "display_name", help="Tên hiện trên trang; không ghi thì dùng tên đăng nhập.")
@data_option
def user_add(login: str, role: str, display_name: str | None, data: Path | None) -> None:
    """Thêm một người; mật khẩu được sinh ra và chỉ hiện một lần."""
    from service import accounts
    from service.kit import open_quiet_kit

    with closing(open_quiet_kit(_settings(data))) as kit:
        password = accounts.new_password()
        made = accounts.create_user(kit, login, display_name or login, Role(role), password)
    click.echo(f"Đã thêm {made.display_name} (tên đăng nhập: {made.name}, vai trò: {made.role.value}).")
    click.echo(f"Mật khẩu: {password}")


@user.command("passwd")
@click.argument("login")
@data_option
def user_passwd(login: str, data: Path | None) -> None:
    """Đặt mật khẩu mới; mọi phiên đang mở của người ấy kết thúc."""
    from service import accounts
    from service.kit import open_quiet_kit

    with closing(open_quiet_kit(_settings(data))) as kit:
        password = accounts.new_password()
        accounts.set_password(kit, login, password)
    click.echo(f"Đã đặt mật khẩu mới cho {login}.")
    click.echo(f"Mật khẩu: {password}")


@user.command("list")
@data_option
def user_list(data: Path | None) -> None:
    """Danh sách người dùng."""
    from service import accounts
    from service.kit import open_quiet_kit

    with closing(open_quiet_kit(_settings(data))) as kit:
        for person in accounts.list_users(kit):
            closed = "" if person.active else "  (đã khóa)"
            click.echo(f"{person.name:<20}{person.role.value:<12}{person.display_name}{closed}")


@main.command()
@click.argument("exercise")
@click.option("--prompt-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--user", "login", help="Làm dưới tên ai; không ghi thì là quản trị viên.")
@click.option("--json", "as_json", is_flag=True, help="Ghi kết quả dạng JSON.")
@data_option
def practice(exercise: str, prompt_file: Path, login: str | None, as_json: bool, data: Path | None) -> None:
    """Làm một bài tập không cần trình duyệt: chạy câu lệnh, in kết quả và góp ý."""
    from service import headless
    from service.kit import open_kit

    try:
        prompt = prompt_file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"Tệp {prompt_file} không phải văn bản UTF-8. Anh/chị lưu lại theo bảng mã UTF-8.") from None
    with closing(open_kit(_settings(data))) as kit:
        done = headless.practise(kit, exercise, prompt, login, lambda line: click.echo(line, err=True))
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
        return
    click.echo(done["answer"])
    click.echo("\nGóp ý:")
    for finding in done["findings"]:
        click.echo(f"  {MARKS.get(finding['level'], 'i')} {finding['title']}")
        if finding["try_next"]:
            click.echo(textwrap.indent(textwrap.fill(finding["try_next"], 90), "      "))


@main.command("exercises")
@click.argument("names", metavar="[BÀI…]", nargs=-1)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục bài tập; không ghi thì là thư mục trong hộp.",
)
@click.option("--json", "as_json", is_flag=True, help="Ghi kết quả dạng JSON.")
@click.pass_context
def exercises_command(ctx: click.Context, names: tuple[str, ...], folder: Path | None, as_json: bool) -> None:
    """Thử các bài tập: bài làm sẵn yếu dưới 50, bài tốt từ 85, lỗi gài được tìm ra; mã thoát 1 khi có bài chưa đạt."""
    from service import proof

    proofs = [proof.prove(one) for one in proof.exercises_in(folder or HOME / "prompts" / "exercises", names)]
    if as_json:
        click.echo(json.dumps([proof.as_json(one) for one in proofs], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(proof.table(proofs)))
    ctx.exit(0 if all(one.holds for one in proofs) else 1)


@main.command()
@click.argument("question", metavar="CÂU_HỎI")
@click.option("--doc", "documents", multiple=True, metavar="TỆP", help="Hỏi trong tệp này; ghi nhiều lần được.")
@click.option("--kind", "kinds", multiple=True, metavar="LOẠI", help="Chỉ loại văn bản này; ghi nhiều lần được.")
@click.option("--shelf", default="", metavar="KHO", help="own: chỉ tài liệu của mình; samples: chỉ văn bản mẫu.")
@click.option("--user", "login", help="Hỏi dưới tên ai; không ghi thì là quản trị viên.")
@click.option("--json", "as_json", is_flag=True, help="Ghi kết quả dạng JSON.")
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
    from service.kit import open_kit

    with closing(open_kit(_settings(data))) as kit:
        asked = headless.Asked(question, documents, kinds, shelf)
        done = headless.ask_documents(kit, asked, login, lambda line: click.echo(line, err=True))
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
    else:
        _tell_answer(done)
    if done["error"]:
        raise EngineError(done["error"])


@main.command()
@click.argument("documents", metavar="TỆP…", nargs=-1, required=True)
@click.option(
    "--length", type=click.IntRange(60, 3000), default=400, show_default=True, help="Dài khoảng bao nhiêu tiếng."
)
@click.option("--for", "reader", default="", metavar="NGƯỜI_ĐỌC", help="Viết cho ai đọc.")
@click.option("--user", "login", help="Làm dưới tên ai; không ghi thì là quản trị viên.")
@click.option("--json", "as_json", is_flag=True, help="Ghi kết quả dạng JSON.")
@data_option
def summarise(
    documents: tuple[str, ...], length: int, reader: str, login: str | None, as_json: bool, data: Path | None
) -> None:
    """Tóm tắt một hoặc nhiều văn bản dài theo từng phần; mỗi ý kèm số đoạn."""
    from service import headless
    from service.kit import open_kit

    def say(line: str) -> None:
        click.echo(line, err=True)

    with closing(open_kit(_settings(data))) as kit:
        done = headless.summarise_files(kit, documents, length, reader, login, say)
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
        return
    click.echo(done["text"])
    click.echo(f"\nĐã đọc {done['parts']['done']}/{done['parts']['all']} phần. Nguồn:")
    for source in done["sources"]:
        where = ", ".join(filter(None, (source["document_title"], source["heading"])))
        click.echo(f"[{source['number']}] {where}")


@main.command()
@click.argument("files", metavar="TỆP…", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--mode", type=click.Choice(["draft", "issued"]), default="draft", show_default=True, help="Ở bước nào.")
@click.option("--json", "as_json", is_flag=True, help="Ghi kết quả dạng JSON.")
@click.option(
    "--fix", type=click.Path(path_type=Path), help="Ghi bản Word đã sửa vào đây; nhiều tệp thì là một thư mục."
)
@data_option
@click.pass_context
def check(
    ctx: click.Context, files: tuple[Path, ...], mode: str, as_json: bool, fix: Path | None, data: Path | None
) -> None:
    """Soi thể thức của tệp theo Nghị định 30/2020/NĐ-CP; mã thoát 1 khi có lỗi hoặc có tệp không đọc được."""
    from service import form
    from service.kit import open_quiet_kit

    if fix and len(files) > 1 and fix.is_file():
        raise BadInput("Nhiều tệp thì nơi ghi sau --fix phải là một thư mục.")
    found = []
    with closing(open_quiet_kit(_settings(data))) as kit:
        for file in files:
            try:
                looked = form.examine(kit, file.name, file.read_bytes(), mode)
                found.append({**form.as_json(looked), "file": str(file)})
                if fix and looked.mendable:
                    target = fix / form.mended_name(file.name) if len(files) > 1 or fix.is_dir() else fix
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(form.mended(kit, file.name, file.read_bytes(), mode)[0])
                    click.echo(f"{file}: đã sửa {len(looked.changes)} chỗ, ghi vào {target}.", err=True)
                elif fix:
                    click.echo(f"{file}: không có chỗ nào sửa chắc chắn được.", err=True)
            except (HocVuError, OSError) as error:
                said = str(error) if isinstance(error, HocVuError) else "Không mở được tệp này."
                found.append({"file": str(file), "type": None, "mode": mode, "findings": [], "error": said})
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo("\n".join(_said_of_form(one)))
    ctx.exit(1 if any("error" in one or _errors(one) for one in found) else 0)


@main.command("backup")
@click.argument("target", metavar="[TỆP]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@data_option
def backup_command(target: Path | None, data: Path | None) -> None:
    """Sao lưu toàn bộ dữ liệu ra một tệp; Học Vụ vẫn có thể đang chạy."""
    from service import backup

    made = backup.save(_settings(data), target or Path(backup.default_name(datetime.now().astimezone())))
    click.echo(f"Đã sao lưu vào {made.resolve()} ({made.stat().st_size / 1e6:.1f} MB).")


@main.command("restore")
@click.argument("source", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Thay dữ liệu đang có; dữ liệu ấy được cất sang bên trước.")
@data_option
def restore_command(source: Path, force: bool, data: Path | None) -> None:
    """Khôi phục dữ liệu từ tệp sao lưu."""
    from service import backup

    settings = _settings(data)
    aside = backup.restore(settings, source, force=force)
    click.echo(f"Đã khôi phục vào {settings.data}.")
    if aside:
        click.echo(f"Dữ liệu trước đó nằm trong {aside}.")


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _settings(data: Path | None, **given: Any) -> Settings:
    settings = read_settings(data=data.resolve() if data else None, **given)
    go_offline()
    share_cores()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # It warns whenever a request waits for a thread for a moment, which is what its queue is for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return settings


def _errors(looked: Mapping[str, Any]) -> int:
    return sum(finding["severity"] == "error" for finding in looked["findings"])


def _said_of_form(looked: Mapping[str, Any]) -> Iterator[str]:
    """The lines about one file that was checked."""
    if "error" in looked:
        yield f"{looked['file']}: {looked['error']}"
        return
    if not looked["in_scope"]:
        yield f"{looked['file']}: không thuộc loại văn bản hành chính của Nghị định 30/2020/NĐ-CP, không soi."
        return
    errors, others = _errors(looked), len(looked["findings"]) - _errors(looked)
    yield f"{looked['file']} ({looked['type'] or 'chưa rõ loại'}): {errors} lỗi, {others} điều nên xem."
    for finding in looked["findings"]:
        mark = MARKS.get(finding["severity"], "i")
        page = f" (trang {finding['page']})" if finding["page"] else ""
        yield f"  {mark} {finding['rule']}  {finding['title']}{page}"
        if finding["seen"] or finding["expected"]:
            yield f"      {' → '.join(filter(None, (finding['seen'], finding['expected'])))}"


def _long_test(name: str) -> tuple[Path, Path]:
    return HOME / "tests" / name, HOME / "tests" / "long" / f"test_{name}.py"


def _run(tool: str, *arguments: str) -> int:
    """Run one of the tools of .venv in the checkout; returns its exit code."""
    program = shutil.which(tool, path=Path(sys.executable).parent)
    if program is None:
        raise BadInput(f"Chưa cài {tool}. Anh/chị chạy python3 run.py test để cài đồ nghề kiểm tra.")
    click.echo(f"· {' '.join((tool, *arguments))}")
    return subprocess.run([program, *arguments], cwd=HOME, env=for_tools(), check=False).returncode  # noqa: S603 - our own tools


def _tell_answer(done: Mapping[str, Any]) -> None:
    """What ``ask`` prints: the documents' own words, the answer, its sources, and what nothing bears out."""
    from service.ask import NOT_THERE

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
    if done["lacking"]:
        click.echo(f"! Không đoạn nào dưới đây có: «{'», «'.join(done['lacking'])}».")
    click.echo("\nNguồn:" if done["answerable"] else "\nCác đoạn gần nhất:")
    for source in done["sources"]:
        where = ", ".join(filter(None, (source["document_title"], source["heading"])))
        click.echo(f"[{source['number']}] {where}: {textwrap.shorten(source['text'], 160, placeholder='…')}")
        if source["also"]:
            click.echo(f"    Cũng có trong: {source['also']}.")
    for one in done["sentences"]:
        if one["support"] in UNSUPPORTED:
            click.echo(f"! {UNSUPPORTED[one['support']]}: {one['text'].strip()}")


def _asked_wrongly(error: click.UsageError) -> str:
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    match error:
        case click.MissingParameter():
            said = f"Còn thiếu {name}."
        case click.BadParameter():
            said = f"Giá trị của {name} không dùng được: {error.message}"
        case click.NoSuchOption():
            said = f"Không có tùy chọn {error.option_name}."
        case _:
            said = f"Lệnh chưa đúng cách ghi: {error.format_message()}"
    return f"{said}\nCách dùng: {error.ctx.command_path} --help" if error.ctx else said


def _keep(error: Exception) -> Path:
    """Write a traceback where the person can find it; returns the file."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="hocvu-loi-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(file.name)


if __name__ == "__main__":
    main(prog_name="run.py")
