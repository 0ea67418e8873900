"""The launcher: steps are stamped after success only, a broken set-up goes on where it stopped, failures are explained.

pip is a fake here: it notes what it was asked for and fails when told to. No network, no real set-up.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

import run
from run import PipFailed, Setup, Step, Stop

posix = pytest.mark.skipif(os.name == "nt", reason="the fake interpreter is a shell script")


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """A .venv that looks made, with nothing stamped."""
    setup = Setup(tmp_path / ".venv", None, tmp_path / "cache")
    setup.python.parent.mkdir(parents=True)
    setup.python.touch()
    (setup.venv / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n", encoding="utf-8")
    return setup


class FakePip:
    """Notes each call; fails on calls whose words contain one of ``broken``."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.broken: tuple[str, ...] = ()

    def __call__(self, setup: Setup, *arguments: str, patience: float = 0.0, jobs: int = 0) -> None:
        call = " ".join(arguments)
        self.calls.append(call)
        if any(word in call for word in self.broken):
            raise PipFailed(["ERROR: fake pip was told to fail"])
        if arguments[0] == "wheel":
            folder = Path(arguments[arguments.index("--wheel-dir") + 1])
            folder.mkdir()
            (folder / "llama_cpp_python-1-py3-none-any.whl").write_bytes(b"wheel")


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> FakePip:
    fake = FakePip()
    monkeypatch.setattr(run, "pip", fake)
    monkeypatch.setattr(run, "try_out_llama", lambda setup: None)
    monkeypatch.setattr(run, "cpu_builds_help", lambda: True)
    return fake


def three_steps(version: str = "1") -> list[Step]:
    def install(setup: Setup, needs: object) -> None:
        run.pip(setup, "install", *needs)  # type: ignore[misc]

    return [Step(name, name, 0, [f"{name}=={version}"], install) for name in ("a", "b", "c")]


def test_a_set_up_that_broke_off_goes_on_where_it_stopped(setup: Setup, pip: FakePip) -> None:
    pip.broken = ("b==",)
    with pytest.raises(Stop):
        run.set_up(setup, three_steps())
    assert pip.calls == ["install a==1", "install b==1"]
    pip.broken = ()
    run.set_up(setup, three_steps())
    assert pip.calls[2:] == ["install b==1", "install c==1"]


def test_a_finished_set_up_is_silent_and_asks_nothing(
    setup: Setup, pip: FakePip, capsys: pytest.CaptureFixture[str]
) -> None:
    run.set_up(setup, three_steps())
    pip.calls.clear()
    capsys.readouterr()
    run.set_up(setup, three_steps())
    assert pip.calls == []
    assert capsys.readouterr().out == ""


def test_a_new_version_is_installed_anew(setup: Setup, pip: FakePip) -> None:
    run.set_up(setup, three_steps())
    run.set_up(setup, three_steps(version="2")[:1] + three_steps()[1:])
    assert pip.calls[3:] == ["install a==2"]


def test_half_a_stamp_file_counts_as_none(setup: Setup, pip: FakePip) -> None:
    (setup.venv / "hocvu-setup.json").write_text('{"a": "12', encoding="utf-8")
    run.set_up(setup, three_steps())
    assert len(pip.calls) == 3
    assert set(json.loads((setup.venv / "hocvu-setup.json").read_text(encoding="utf-8"))) == {"a", "b", "c"}


@pytest.mark.parametrize(("written", "good"), [("version = 3.11.7", True), ("version_info = 3.12.1.final.0", True)])
def test_any_new_enough_python_of_venv_is_kept(setup: Setup, written: str, good: bool) -> None:
    (setup.venv / "pyvenv.cfg").write_text(written, encoding="utf-8")
    assert run.usable(setup) is good
    setup.python.unlink()
    assert not run.usable(setup)


def test_an_old_venv_is_not_used(setup: Setup) -> None:
    (setup.venv / "pyvenv.cfg").write_text("version = 3.9.2\n", encoding="utf-8")
    assert not run.usable(setup)


# ── torch and llama.cpp ─────────────────────────────────────────────────────────────────────────


def test_torch_tries_the_cpu_builds_once_and_then_goes_the_ordinary_way(setup: Setup, pip: FakePip) -> None:
    pip.broken = ("--index-url",)
    run.install_torch(setup, ["torch==9"])
    quick, ordinary = pip.calls
    assert f"--retries 0 --index-url {run.TORCH_CPU} torch==9" in quick
    assert ordinary == "install --no-deps torch==9"


def test_wheels_at_hand_mean_no_network(setup: Setup, pip: FakePip, tmp_path: Path) -> None:
    offline = Setup(setup.venv, tmp_path, setup.cache)
    (tmp_path / "llama_cpp_python-1-py3-none-any.whl").touch()
    pip.broken = (f"--find-links {setup.cache}",)
    run.install_torch(offline, ["torch==9"])
    run.install_llama(offline, ["llama-cpp-python==1"])
    run.install_packages(offline, ["flask==3", "constraints"])
    run.install_project(offline, [])
    assert pip.calls
    assert all("--no-index" in call for call in pip.calls)


def test_a_build_is_kept_for_the_next_checkout(setup: Setup, pip: FakePip) -> None:
    pip.broken = ("--index-url", f"--find-links {setup.cache}")
    run.install_llama(setup, ["llama-cpp-python==1"])
    assert [path.name for path in setup.cache.iterdir()] == ["llama_cpp_python-1-py3-none-any.whl"]
    pip.broken = ()
    pip.calls.clear()
    run.install_llama(setup, ["llama-cpp-python==1"])
    assert len(pip.calls) == 1, "the kept wheel is enough"


def test_a_ready_build_that_does_not_load_is_built_here(
    setup: Setup, pip: FakePip, monkeypatch: pytest.MonkeyPatch
) -> None:
    def try_out(_setup: Setup) -> None:
        if "--index-url" in pip.calls[-1]:
            raise PipFailed(["another C library"])

    monkeypatch.setattr(run, "try_out_llama", try_out)
    pip.broken = (f"--find-links {setup.cache}",)
    run.install_llama(setup, ["llama-cpp-python==1"])
    assert any(call.startswith("wheel") for call in pip.calls)


def test_no_compiler_is_said_with_what_to_install(setup: Setup, pip: FakePip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_compiler", lambda: None)
    monkeypatch.setattr(run.platform, "system", lambda: "Linux")
    pip.broken = ("--no-index", "--index-url")
    with pytest.raises(Stop, match="sudo apt install g\\+\\+"):
        run.install_llama(setup, ["llama-cpp-python==1"])


# ── pip itself ──────────────────────────────────────────────────────────────────────────────────


def interpreter(setup: Setup, script: str) -> None:
    """A fake .venv interpreter that does what the script says, whatever it is asked."""
    setup.python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    setup.python.chmod(0o755)


@posix
def test_what_pip_says_is_kept_and_its_failure_told(setup: Setup) -> None:
    interpreter(setup, "echo Collecting x; echo 'ERROR: No matching distribution found for x'; exit 1")
    with pytest.raises(PipFailed) as caught:
        run.pip(setup, "install", "x")
    assert caught.value.lines == ["Collecting x", "ERROR: No matching distribution found for x"]
    assert "No matching distribution" in (setup.venv / "hocvu-setup.log").read_text(encoding="utf-8")


@posix
def test_a_place_that_does_not_answer_is_given_up(setup: Setup) -> None:
    interpreter(setup, "echo Looking in indexes: far away; exec sleep 60")
    with pytest.raises(PipFailed):
        run.pip(setup, "install", "x", patience=0.2)


@posix
def test_with_wheels_pip_hears_of_no_index(setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "file:///somewhere")
    interpreter(setup, 'echo "index:$PIP_EXTRA_INDEX_URL config:$PIP_CONFIG_FILE"')
    run.pip(Setup(setup.venv, tmp_path, setup.cache), "install", "x")
    assert f"index: config:{os.devnull}" in (setup.venv / "hocvu-setup.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("ERROR: [Errno 28] No space left on device", "Ổ đĩa đã đầy"),
        ("c++: fatal error: Killed signal terminated program cc1plus", "hết bộ nhớ"),
        ("ERROR: SSL: CERTIFICATE_VERIFY_FAILED", "Mạng cơ quan chặn"),
        ("ERROR: No matching distribution found for flask", "chưa vào được mạng"),
        ("ERROR: CMake Error at CMakeLists.txt", "Trình biên dịch C++"),
        ("ERROR: something nobody has seen", "gửi tệp ấy cho người hỗ trợ"),
    ],
)
def test_each_failure_says_what_helps(setup: Setup, line: str, advice: str) -> None:
    told = run.explain(three_steps()[0], PipFailed(["Collecting a", line]), setup)
    assert advice in told
    assert line in told
    assert "chạy lại lệnh này" in told


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ["serve"]),
        (["--port", "9000"], ["serve", "--port", "9000"]),
        (["test", "-k", "jobs"], ["test", "-k", "jobs"]),
        (["--help"], ["--help"]),
        (["serve", "--help"], ["serve", "--help"]),
    ],
)
def test_arguments_become_a_command(arguments: list[str], command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(run.WHEELS, raising=False)
    assert run.read_arguments(arguments) == (None, command)


def test_wheels_come_by_option_or_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(run.WHEELS, raising=False)
    assert run.read_arguments(["--wheels", str(tmp_path), "doctor"]) == (tmp_path.resolve(), ["doctor"])
    assert run.read_arguments([f"--wheels={tmp_path}"]) == (tmp_path.resolve(), ["serve"])
    monkeypatch.setenv(run.WHEELS, str(tmp_path))
    assert run.read_arguments([])[0] == tmp_path.resolve()


@pytest.mark.parametrize("arguments", [["--wheels"], ["--wheels", "khong-co-thu-muc"], ["chay"]])
def test_what_cannot_be_is_refused_before_anything_is_installed(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "set_up", lambda *_: pytest.fail("nothing must be installed"))
    assert run.main(arguments) == 1
    assert capsys.readouterr().out.strip()


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    assert run.main([]) == 1
    assert "Học Vụ cần Python 3.11 trở lên" in capsys.readouterr().out


def test_little_memory_or_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "memory_gb", lambda: 1.0)
    with pytest.raises(Stop, match="Máy có 1,0 GB bộ nhớ"):
        run.check_machine(first_time=True)
    monkeypatch.setattr(run, "memory_gb", lambda: 8.0)
    monkeypatch.setattr(run, "DISK_GB", 1e9)
    with pytest.raises(Stop, match="Ổ đĩa còn trống"):
        run.check_machine(first_time=True)
    run.check_machine(first_time=False)


def test_the_launcher_needs_the_standard_library_only() -> None:
    text = (run.HOME / "run.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE))
    assert imported <= sys.stdlib_module_names | {"__future__"}


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 giây"), (0.5, "30 giây"), (1, "1 phút"), (1.2, "1 phút 12 giây"), (9.4, "9 phút")]
)
def test_times_are_said_as_people_say_them(number: float, words: str) -> None:
    assert run.minutes(number) == words


def test_the_steps_cover_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((run.HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {line for step in run.steps(with_tests=True) for line in step.needs}
    assert {*project["dependencies"], *project["optional-dependencies"]["dev"]} <= asked
    assert all("==" in line for line in project["dependencies"])
