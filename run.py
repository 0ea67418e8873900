#!/usr/bin/env python3
"""Học Vụ in one command: the first time this sets everything up, afterwards it starts at once.

    python3 run.py                    set up if need be, then serve
    python3 run.py test               install what the tests need, then run them
    python3 run.py --wheels DIR       set up from a folder of wheels, with no network at all
    python3 run.py --help             every command

Standard library only. The set-up is a list of steps (``steps``); a step that succeeded is stamped in .venv with the
hash of what it installed, so a set-up that broke off goes on where it stopped and a changed version is installed anew.
Everything else is the command line of the project itself, ``service/cli``, to which this hands over at the end.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent
PYTHON = (3, 11)
DISK_GB = 4.0
"""Free disk the first set-up needs: about 2 GB stay, the rest is unpacked and built on the way."""
MEMORY_GB = 2.0
"""Less than this and the model cannot be built or run."""
BUILD_MINUTES = 18.0
"""Building llama.cpp takes about this many minutes of one core (nine on the two of an office machine)."""
TORCH_CPU = "https://download.pytorch.org/whl/cpu"
LLAMA_CPU = "https://abetlen.github.io/llama-cpp-python/whl/cpu"
"""Where CPU builds for Linux lie. Each is tried once; elsewhere the ordinary build is the CPU build already."""
PATIENCE = 5.0
"""Seconds such a place has to answer."""
STAMPS, LOG = "hocvu-setup.json", "hocvu-setup.log"
"""In .venv: what was installed, by step (``stamp``); all that pip said."""
WHEELS = "HOCVU_WHEELS"
"""The variable that says the same as --wheels."""

COMMANDS = {
    "serve": "mở Học Vụ trên máy này (mặc định khi không ghi lệnh nào)",
    "worker": "chạy riêng phần việc nền: đọc tài liệu, soi bài",
    "test": "kiểm tra toàn bộ chương trình",
    "doctor": "khám máy: thiếu gì, hỏng gì, cách sửa",
    "user": "thêm người dùng, đổi mật khẩu, xem danh sách",
    "practice": "làm một bài tập không cần trình duyệt",
    "ask": "hỏi tài liệu, trả lời kèm số đoạn",
    "exercises": "thử các bài tập: bài yếu và bài tốt làm sẵn có được chấm đúng không",
    "summarise": "tóm tắt văn bản dài theo từng phần",
    "check": "soi thể thức của tệp văn bản",
    "bench": "đo tốc độ và chất lượng trên máy này",
    "backup": "sao lưu toàn bộ dữ liệu ra một tệp",
    "restore": "khôi phục dữ liệu từ tệp sao lưu",
}


class Stop(Exception):
    """The set-up cannot go on; the text says why and what to do."""


@dataclass(eq=False)
class PipFailed(Exception):
    """pip ended badly; ``lines`` are its last words."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Setup:
    """Where to install, and from where."""

    venv: Path
    wheels: Path | None
    cache: Path

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def source(self) -> list[str]:
        """pip's arguments that say where packages come from; none for the ordinary way."""
        return ["--no-index", "--find-links", str(self.wheels)] if self.wheels else []


@dataclass(frozen=True)
class Step:
    """One part of the set-up: ``needs`` is hashed into its stamp, ``minutes`` an honest guess for an office machine."""

    name: str
    title: str
    minutes: float
    needs: Sequence[str]
    work: Callable[[Setup, Sequence[str]], None]


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing, then hand over."""
    speak_utf8()
    if sys.version_info < PYTHON:
        say(f"Học Vụ cần Python {PYTHON[0]}.{PYTHON[1]} trở lên; máy này đang dùng {platform.python_version()}.")
        say("Anh/chị cài bản Python mới hơn rồi chạy lại, chẳng hạn: python3.11 run.py")
        return 1
    try:
        wheels, command = read_arguments(arguments)
        if command[0] == "--help":
            show_help()
            return 0
        setup = Setup(HOME / ".venv", wheels, cache_folder())
        set_up(setup, steps(with_tests=command[0] == "test"))
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("\nĐã dừng. Chạy lại lệnh này để cài tiếp từ chỗ dừng.")
        return 130
    return hand_over(setup, command)


# ── what was asked ──────────────────────────────────────────────────────────────────────────────


def read_arguments(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Split off --wheels; the rest goes to the program. Options without a command belong to serve."""
    rest = list(arguments)
    folder = os.environ.get(WHEELS, "")
    at = next((n for n, word in enumerate(rest) if word.partition("=")[0] == "--wheels"), None)
    if at is not None:
        _, _, folder = rest.pop(at).partition("=")
        if not folder and at == len(rest):
            raise Stop("Sau --wheels cần ghi đường dẫn thư mục chứa các gói cài.")
        folder = folder or rest.pop(at)
    wheels = Path(folder).expanduser().resolve() if folder else None
    if wheels is not None and not wheels.is_dir():
        raise Stop(f"Không thấy thư mục gói cài {wheels}. Anh/chị xem lại đường dẫn.")
    if rest[:1] in (["--help"], ["-h"], ["help"]):
        return wheels, ["--help"]
    if not rest or rest[0].startswith("-"):
        rest.insert(0, "serve")
    if rest[0] not in COMMANDS:
        raise Stop(f"Không có lệnh «{rest[0]}». Các lệnh: {', '.join(COMMANDS)}.")
    return wheels, rest


def show_help() -> None:
    say("Học Vụ – bàn luyện soạn thảo cùng mô hình ngôn ngữ chạy ngay trên máy này.\n")
    say("  python3 run.py [--wheels THƯ_MỤC] [LỆNH] [...]\n")
    for name, meaning in COMMANDS.items():
        say(f"  {name:<10}{meaning}")
    say("\n  LỆNH --help            cách dùng một lệnh")
    say(f"  --wheels THƯ_MỤC       cài từ các gói có sẵn, không cần mạng (hoặc đặt biến {WHEELS})")


# ── the steps ───────────────────────────────────────────────────────────────────────────────────


def steps(with_tests: bool) -> list[Step]:
    """What the set-up consists of, in order. The versions are those of pyproject.toml and constraints.txt."""
    import tomllib  # not at the top: an older Python must come as far as being told that it is too old

    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct: list[str] = project["dependencies"]
    constraints = (HOME / "constraints.txt").read_text(encoding="utf-8")
    torch = [line for line in direct if line.startswith("torch==")]
    llama = [line for line in direct if line.startswith("llama-cpp-python==")]
    others = [line for line in direct if line not in torch + llama]
    build = BUILD_MINUTES / (os.cpu_count() or 1)
    found = [
        Step("torch", "bộ tính toán PyTorch", 2, torch, install_torch),
        Step("llama", "máy chạy mô hình llama.cpp", build, llama, install_llama),
        Step("packages", "các thư viện", 3, [*others, *torch, *llama, constraints], install_packages),
        Step("project", "Học Vụ", 0.5, [str(HOME), json.dumps(project, sort_keys=True)], install_project),
    ]
    if with_tests:
        tests: list[str] = project["optional-dependencies"]["dev"]
        found.append(Step("dev", "đồ nghề kiểm tra", 1, [*tests, constraints], install_packages))
    return found


def set_up(setup: Setup, wanted: Sequence[Step]) -> None:
    """Do the steps that are not stamped yet, each stamped as soon as it succeeded."""
    stamps = read_stamps(setup) if usable(setup) else {}
    left = [step for step in wanted if stamps.get(step.name) != stamp(step)]
    if not left:
        return
    say(f"Chuẩn bị Học Vụ: {len(left)} việc, khoảng {minutes(sum(step.minutes for step in left))}. Chỉ làm một lần.")
    check_machine(first_time=not stamps)
    make_venv(setup)
    for n, step in enumerate(left, 1):
        try:
            with clock(f"[{n}/{len(left)}] Cài {step.title}", step.minutes):
                step.work(setup, step.needs)
        except PipFailed as failure:
            raise Stop(explain(step, failure, setup)) from None
        except OSError as error:
            raise Stop(f"Chưa cài được {step.title}: {error}. Chạy lại lệnh này để cài tiếp từ chỗ dừng.") from None
        stamps[step.name] = stamp(step)
        write_stamps(setup, stamps)
    say("Đã chuẩn bị xong.\n")


def stamp(step: Step) -> str:
    """The hash of what a step installs."""
    return hashlib.sha256("\n".join(step.needs).encode()).hexdigest()


def read_stamps(setup: Setup) -> dict[str, str]:
    """Name of a step → ``stamp`` of what it installed; empty where nothing can be read."""
    try:
        found = json.loads((setup.venv / STAMPS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_stamps(setup: Setup, stamps: dict[str, str]) -> None:
    """Keep them whole or not at all: a power cut must not leave half a stamp."""
    fresh = setup.venv / f"{STAMPS}.new"
    fresh.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
    fresh.replace(setup.venv / STAMPS)


def usable(setup: Setup) -> bool:
    """True when .venv has an interpreter that is new enough; it need not be the one that runs this file."""
    try:
        lines = (setup.venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    found = dict(line.split(" = ", 1) for line in lines if " = " in line)
    version = found.get("version") or found.get("version_info") or "0.0"
    return setup.python.exists() and tuple(int(part) for part in version.split(".")[:2]) >= PYTHON


def make_venv(setup: Setup) -> None:
    """Make .venv; one that lost its interpreter or is too old is made anew."""
    if usable(setup):
        return
    made = heard(sys.executable, "-m", "venv", "--clear", str(setup.venv))
    if made.returncode:
        shutil.rmtree(setup.venv, ignore_errors=True)
        said = (made.stdout + made.stderr).strip()
        hint = f"\nTrên Debian/Ubuntu: sudo apt install python{PYTHON[0]}-venv" if "ensurepip" in said else ""
        raise Stop(f"Chưa tạo được thư mục {setup.venv}.{hint}\n{said}")


# ── each step's work ────────────────────────────────────────────────────────────────────────────


def install_torch(setup: Setup, needs: Sequence[str]) -> None:
    """Asked for alone and by its exact version, so that a CPU build at hand wins over a GPU build."""
    if setup.wheels is None and cpu_builds_help():
        try:
            pip(setup, "install", "--no-deps", "--retries", "0", "--index-url", TORCH_CPU, *needs, patience=PATIENCE)
            return
        except PipFailed:
            tell("không tới được kho bản CPU của PyTorch; tải theo cách thường, trên Linux có thể nặng vài GB")
    pip(setup, "install", "--no-deps", *setup.source, *needs)


def install_llama(setup: Setup, needs: Sequence[str]) -> None:
    """What is installed already or was kept from an earlier build, else a ready CPU build, else built here and kept.

    Each is tried out: a ready build may want another C library, a kept one other processor instructions.
    """
    anew = ["install", "--no-deps", "--force-reinstall"]
    ways = [(["install", "--no-deps", "--no-index", "--find-links", str(setup.cache)], 0.0)]
    if setup.wheels is None and cpu_builds_help():
        ways.append(([*anew, "--only-binary", ":all:", "--retries", "0", "--index-url", LLAMA_CPU], PATIENCE))
    for way, patience in ways:
        with contextlib.suppress(PipFailed):
            pip(setup, *way, *needs, patience=patience)
            try_out_llama(setup)
            return
    ready_here = setup.wheels is not None and any(setup.wheels.glob("llama_cpp_python-*.whl"))
    if not ready_here and find_compiler() is None:
        raise Stop(no_compiler())
    tell("đang dựng từ mã nguồn; máy vẫn làm việc khác được")
    fresh = setup.venv / "built"
    jobs = max(1, min(os.cpu_count() or 1, int(memory_gb() or 4)))  # a compiler takes about 1 GB
    pip(setup, "wheel", "--no-deps", "--wheel-dir", str(fresh), *setup.source, *needs, jobs=jobs)
    pip(setup, *anew, "--no-index", "--find-links", str(fresh), *needs)
    try_out_llama(setup)
    with contextlib.suppress(OSError):  # a cache that cannot be written only means building again another time
        keep(fresh, setup.cache)
    shutil.rmtree(fresh)


def keep(fresh: Path, cache: Path) -> None:
    """Copy built wheels into the cache, each whole or not at all."""
    cache.mkdir(parents=True, exist_ok=True)
    for wheel in fresh.glob("*.whl"):
        copy = cache / f"{wheel.name}.new"
        shutil.copy(wheel, copy)
        copy.replace(cache / wheel.name)


def install_packages(setup: Setup, needs: Sequence[str]) -> None:
    """Everything else, held to constraints.txt (the last of ``needs`` is its text, there for the stamp)."""
    pip(setup, "install", "-c", str(HOME / "constraints.txt"), *setup.source, *needs[:-1])


def install_project(setup: Setup, _needs: Sequence[str]) -> None:
    """Make ``service`` known to .venv; its files stay in this checkout."""
    pip(setup, "install", "--no-deps", "--no-build-isolation", *setup.source, "--editable", str(HOME))


LOAD_LLAMA = """
import ctypes, importlib.util, os, pathlib
folder = pathlib.Path(importlib.util.find_spec("llama_cpp").origin).parent / "lib"
if hasattr(os, "add_dll_directory"):
    os.add_dll_directory(str(folder))
ctypes.CDLL(str(next(path for path in folder.iterdir() if path.stem in ("libllama", "llama"))))
"""
"""Loads the library alone: the Python part wants packages that a later step brings."""


def try_out_llama(setup: Setup) -> None:
    """Raise PipFailed when the llama.cpp just installed cannot be loaded on this machine."""
    tried = heard(str(setup.python), "-c", LOAD_LLAMA)
    if tried.returncode:
        raise PipFailed(["ERROR: llama.cpp đã cài nhưng không nạp được", *tried.stderr.splitlines()[-3:]])


def pip(setup: Setup, *arguments: str, patience: float = 0.0, jobs: int = 0) -> None:
    """Run the pip of .venv. With ``patience``, the package must be found within so many seconds of looking.

    Everything it says goes to ``LOG``. Raises PipFailed.
    """
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    environment.update(PYTHONUTF8="1", PYTHONUNBUFFERED="1")
    if setup.wheels:  # no network at all, whatever this machine's pip is used to
        for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
            environment.pop(name, None)
        environment["PIP_CONFIG_FILE"] = os.devnull
    if patience:
        arguments = (*arguments, "--timeout", str(int(patience)))
    if jobs:
        environment["CMAKE_BUILD_PARALLEL_LEVEL"] = str(jobs)
    command = [str(setup.python), "-m", "pip", *arguments, "--progress-bar", "off"]
    lines: list[str] = []
    watchdog: threading.Timer | None = None
    log = (setup.venv / LOG).open("a", encoding="utf-8")
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    with log, process:
        log.write(f"\n$ {' '.join(command)}\n")
        try:
            for line in process.stdout or ():
                log.write(line)
                lines.append(line.rstrip())
                if watchdog and line.startswith(("Collecting", "Processing", "Downloading")):
                    watchdog.cancel()  # found; from here on it may take its time
                elif patience and not watchdog:
                    watchdog = threading.Timer(patience, process.kill)
                    watchdog.start()
                tell(line)
        except BaseException:
            process.kill()  # Ctrl-C: leave no pip behind
            raise
        finally:
            if watchdog:
                watchdog.cancel()
    if process.returncode:
        raise PipFailed(lines)


def explain(step: Step, failure: PipFailed, setup: Setup) -> str:
    """The sentence for a failed step: pip's useful last lines, and what to do about them."""
    text = "\n".join(failure.lines)
    errors = [line for line in failure.lines if line.lstrip().startswith(("ERROR", "error:", "fatal error"))]
    last = (errors or [line for line in failure.lines if line.strip()])[-6:]
    if "No space left" in text or "Errno 28" in text:
        advice = "Ổ đĩa đã đầy. Anh/chị xóa bớt tệp cho trống ít nhất 4 GB."
    elif "Killed" in text or "out of memory" in text.lower():
        advice = "Máy hết bộ nhớ. Anh/chị đóng bớt chương trình khác."
    elif "CERTIFICATE_VERIFY_FAILED" in text:
        advice = "Mạng cơ quan chặn kết nối an toàn. Anh/chị nhờ quản trị mạng, hoặc cài bằng --wheels."
    elif setup.wheels and "No matching distribution" in text:
        advice = f"Thư mục {setup.wheels} còn thiếu gói nêu trên cho Python {platform.python_version()}."
    elif "No matching distribution" in text or "Connection" in text or "resolve" in text:
        advice = "Máy chưa vào được mạng. Anh/chị nối mạng, hoặc chép sẵn các gói rồi cài bằng --wheels THƯ_MỤC."
    elif "CMake" in text or "ninja" in text:
        advice = "Trình biên dịch C++ chưa dựng được llama.cpp. Anh/chị cập nhật trình biên dịch."
    else:
        advice = "Anh/chị xem tệp ghi chép nêu dưới đây, hoặc gửi tệp ấy cho người hỗ trợ."
    return "\n".join(
        [
            f"Chưa cài được {step.title}.",
            *(f"    {line.strip()}" for line in last),
            advice,
            f"Ghi chép đầy đủ: {setup.venv / LOG}",
            "Xong thì chạy lại lệnh này; những gì đã cài được giữ nguyên.",
        ]
    )


# ── the machine ─────────────────────────────────────────────────────────────────────────────────


def check_machine(first_time: bool) -> None:
    """Stop where the set-up cannot succeed; say what to expect where it will be slow."""
    memory = memory_gb()
    if memory is not None and memory < MEMORY_GB:
        raise Stop(f"Máy có {decimal(memory)} GB bộ nhớ; Học Vụ cần ít nhất {decimal(MEMORY_GB)} GB.")
    free = shutil.disk_usage(HOME).free / 1e9
    if first_time and free < DISK_GB:
        raise Stop(f"Ổ đĩa còn trống {decimal(free)} GB; lần cài đầu cần {decimal(DISK_GB)} GB. Anh/chị xóa bớt tệp.")
    known = "" if memory is None else f"bộ nhớ {decimal(memory)} GB, "
    compiler = find_compiler() or "chưa có, chỉ cần khi không có bản dựng sẵn"
    say(f"Máy: {known}ổ đĩa còn trống {decimal(free)} GB, trình biên dịch C++: {compiler}.")


def memory_gb() -> float | None:
    """The machine's memory in GB, or None where it cannot be asked."""
    if sys.platform == "win32":
        import ctypes

        class Status(ctypes.Structure):
            _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
                (name, ctypes.c_ulonglong) for name in ("total", "free", "t1", "f1", "t2", "f2", "extra")
            ]

        status = Status(length=ctypes.sizeof(Status))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return status.total / 1e9
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    except (ValueError, OSError):
        return None


def heard(*command: str) -> subprocess.CompletedProcess[str]:
    """A command that has ended, with its exit code and all that it said."""
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)


def find_compiler() -> str | None:
    """The C++ compiler that a build would use, or None."""
    for name in (os.environ.get("CXX", ""), "c++", "g++", "clang++", "cl"):
        if name and (path := shutil.which(name)):
            return path
    installer = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Microsoft Visual Studio/Installer/vswhere.exe"
    if os.name == "nt" and installer.is_file():
        asked = heard(str(installer), "-latest", "-products", "*", "-property", "installationPath")
        return asked.stdout.strip() or None
    return None


def no_compiler() -> str:
    ways = {
        "Linux": "Debian, Ubuntu: sudo apt install g++ · Fedora: sudo dnf install gcc-c++",
        "Darwin": "macOS: xcode-select --install",
        "Windows": "Windows: cài «Build Tools for Visual Studio», chọn mục «Desktop development with C++»",
    }
    how = ways.get(platform.system(), "cài g++ hoặc clang++")
    return (
        "Máy chưa có trình biên dịch C++ để dựng llama.cpp.\n"
        f"    {how}\n"
        "Xong thì chạy lại lệnh này. Không cài được thì chép gói dựng sẵn vào một thư mục rồi dùng --wheels."
    )


def cpu_builds_help() -> bool:
    """True where the ordinary packages are GPU builds or sources, and a CPU build exists elsewhere."""
    return sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")


def cache_folder() -> Path:
    """Where built wheels are kept for the next checkout. By machine: a build uses all its processor can do."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kind = f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}-{platform.node() or 'may'}"
    return base / "hocvu" / "wheels" / kind


# ── speaking ────────────────────────────────────────────────────────────────────────────────────


def speak_utf8() -> None:
    """Vietnamese on any console: an old one shows a sign for what it lacks instead of breaking off."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def say(sentence: str) -> None:
    print(sentence, flush=True)


_now_doing: list[str] = [""]


def tell(line: str) -> None:
    """What the step under way is doing, shown beside its clock."""
    line = line.strip()
    words = {"Collecting": "tìm", "Downloading": "tải", "Installing": "cài", "Building": "dựng", "Processing": "mở"}
    first, _, rest = line.partition(" ")
    if first in words:
        name = rest.removeprefix("collected packages: ").removeprefix("wheel for ").split(" ")[0].rstrip(",")
        _now_doing[0] = f"{words[first]} {name.rsplit('/', 1)[-1]}"[:48]
    elif line[:1].islower() and ":" not in line:
        _now_doing[0] = line


@contextlib.contextmanager
def clock(title: str, expected: float) -> Iterator[None]:
    """Show how long a step has taken: each second on a terminal, each minute in a log."""
    live = sys.stdout.isatty()
    started, over = time.monotonic(), threading.Event()
    _now_doing[0] = ""

    def spent() -> str:
        return minutes((time.monotonic() - started) / 60)

    def show(line: str, end: str = "\n") -> None:
        width = shutil.get_terminal_size().columns - 1
        print(f"\r{line[:width]:<{width}}" if live else line, end=end, flush=True)

    def tick() -> None:
        while not over.wait(1 if live else 60):
            doing = f" – {_now_doing[0]}" if _now_doing[0] else ""
            show(f"{title}: {spent()}, ước chừng {minutes(expected)}{doing}", end="" if live else "\n")

    if not live:
        say(f"{title} (ước chừng {minutes(expected)}) …")
    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    done = False
    try:
        yield
        done = True
    finally:
        over.set()
        ticker.join()
        if done:
            show(f"{title}: xong sau {spent()}.")
        elif live:
            say("")  # what went wrong is told below the clock


def minutes(number: float) -> str:
    """A time as one says it: 0.5 → "30 giây", 9 → "9 phút", 1.2 → "1 phút 12 giây"."""
    whole, seconds = divmod(round(number * 60), 60)
    if not whole:
        return f"{seconds} giây"
    return f"{whole} phút {seconds} giây" if seconds and whole < 5 else f"{whole} phút"


def decimal(number: float) -> str:
    """One digit after a Vietnamese comma."""
    return f"{number:.1f}".replace(".", ",")


# ── and off ─────────────────────────────────────────────────────────────────────────────────────


def hand_over(setup: Setup, command: Sequence[str]) -> int:
    """Become the program. Windows knows no exec that keeps the console, so there it is started and waited for."""
    environment = {name: value for name, value in os.environ.items() if name != WHEELS}  # the launcher's own
    environment["PYTHONUTF8"] = "1"
    program = [str(setup.python), "-P", "-m", "service.cli", *command]
    if os.name != "nt":
        os.execve(program[0], program, environment)  # noqa: S606 - no shell is wanted
    child = subprocess.Popen(program, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reaches the program too; it stops in its own time


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
