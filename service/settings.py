"""The settings, read once from the environment; the only module that does so.

A wrong value is fatal and says key, value and what is allowed; an unknown ``HOCVU_`` key as well, so that a
slip of the pen never goes unnoticed. A secret may also come from a file: ``HOCVU_SECRET_KEY_FILE``.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta, timezone
from pathlib import Path

from service.errors import SettingError

HOME = Path(__file__).resolve().parent.parent
"""The checkout: prompts/, sample_docs/, web/ and models/ stand beside service/."""

PREFIX = "HOCVU_"

OFFICE_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Viet Nam keeps one zone and no summer time, so no zone database is needed (Windows has none)."""


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. Each field is the variable ``HOCVU_<NAME IN CAPITALS>`` (README lists them)."""

    data: Path = HOME / "data"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 96
    database_url: str = ""
    secret_key: str = ""
    engine: str = "llama"
    server_url: str = ""
    server_model: str = ""
    server_key: str = ""
    model: str = ""
    context: int = 0
    seats: int = 0
    queue_limit: int = 64
    embedder: str = ""
    language: str = "vi"
    upload_mb: int = 20
    upload_pages: int = 400
    upload_seconds: int = 60
    prompt_syllables: int = 2000
    session_hours: int = 12
    login_limit: str = "10 per minute"
    upload_limit: str = "60 per hour"
    secure_cookies: bool = False
    issuer: str = "Ban Tổ chức lớp bồi dưỡng kỹ năng số xã Triệu Phong"
    log_level: str = "info"

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the database; SQLite in the data folder unless set."""
        return self.database_url or f"{SQLITE}{self.data / 'hocvu.sqlite3'}"

    @property
    def files(self) -> Path:
        """Where the bytes of documents lie, by SHA-256."""
        return self.data / "files"

    @property
    def prompts(self) -> Path:
        """Exercises and rubrics as trainers edit them; seeded from the shipped prompts/."""
        return self.data / "prompts"

    @property
    def exercises(self) -> Path:
        """Where the exercise files lie."""
        return self.prompts / "exercises"

    @property
    def models(self) -> Path:
        """Where installed models lie (a GGUF dropped here is used)."""
        return self.data / "models"


ALLOWED: Mapping[str, tuple[str, ...]] = {
    "engine": ("llama", "openai_server"),
    "language": ("vi", "en"),
    "log_level": ("debug", "info", "warning", "error"),
}
"""Fields with a closed list of values."""

SECRETS = ("secret_key", "database_url", "server_key")
"""Fields that may also be read from a file, ``…_FILE``."""

SQLITE = "sqlite:///"
"""How the address of a database begins; full-text search is SQLite's own for now."""

LONGEST_ISSUER = 150
"""Characters of the name that stands at the head of a certificate."""

LIMITS: Mapping[str, tuple[int, int]] = {
    "port": (1, 65535),
    "threads": (4, 1024),
    "context": (0, 1_000_000),
    "seats": (0, 200),
    "queue_limit": (1, 10_000),
    "upload_mb": (1, 1000),
    "upload_pages": (1, 5000),
    "upload_seconds": (5, 3600),
    "prompt_syllables": (50, 100_000),
    "session_hours": (1, 24 * 31),
}
"""Smallest and largest whole number of each numeric field."""


def read_settings(environ: Mapping[str, str] = os.environ, **overrides: object) -> Settings:
    """Build the settings from the environment; ``overrides`` (from the command line) win, where they are not None.

    The session key, when none is set, is made once and kept in the data folder.
    """
    known = {field.name: field for field in fields(Settings)}
    values: dict[str, object] = {}
    for key, raw in environ.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX).lower()
        if name.endswith("_file") and name.removesuffix("_file") in SECRETS:
            path = Path(raw)
            if not path.is_file():
                raise SettingError(key=key, seen=raw, allowed="đường dẫn tới một tệp đọc được")
            name, raw = name.removesuffix("_file"), path.read_text(encoding="utf-8").strip()
        if name not in known:
            raise SettingError(key=key, seen=raw, allowed="tên cài đặt này không có; xem danh sách trong README")
        values[name] = _read(key, name, raw)
    values |= {name: value for name, value in overrides.items() if value is not None}
    if values.get("engine") == "openai_server" and not values.get("server_url"):
        allowed = "cần thêm HOCVU_SERVER_URL, địa chỉ của máy chủ mô hình"
        raise SettingError(key=f"{PREFIX}ENGINE", seen="openai_server", allowed=allowed)
    settings = Settings(**values)  # type: ignore[arg-type]  # checked name by name above
    if not settings.secret_key:
        settings = Settings(**{**values, "secret_key": _kept_key(settings.data)})  # type: ignore[arg-type]  # values by name
    return settings


def _read(key: str, name: str, raw: str) -> object:
    default = getattr(Settings, name)
    if isinstance(default, bool):
        if raw.lower() not in ("0", "1", "true", "false"):
            raise SettingError(key=key, seen=raw, allowed="1 hoặc 0")
        return raw.lower() in ("1", "true")
    if isinstance(default, int):
        low, high = LIMITS[name]
        if not raw.isdecimal() or not low <= int(raw) <= high:
            raise SettingError(key=key, seen=raw, allowed=f"một số nguyên từ {low} đến {high}")
        return int(raw)
    if isinstance(default, Path):
        return Path(raw).expanduser().resolve()
    if name == "database_url" and not raw.startswith(SQLITE):
        raise SettingError(key=key, seen=raw, allowed=f"địa chỉ SQLite, dạng {SQLITE}/đường/dẫn/tới/tệp")
    if name == "server_url" and raw and not raw.startswith(("http://", "https://")):
        raise SettingError(key=key, seen=raw, allowed="địa chỉ máy chủ, dạng http://10.0.0.5:8000/v1")
    if name == "issuer" and not 1 <= len(raw.strip()) <= LONGEST_ISSUER:
        raise SettingError(key=key, seen=raw, allowed=f"tên nơi cấp giấy chứng nhận, từ 1 đến {LONGEST_ISSUER} ký tự")
    if name in ALLOWED and raw not in ALLOWED[name]:
        raise SettingError(key=key, seen=raw, allowed="một trong: " + ", ".join(ALLOWED[name]))
    return raw


def _kept_key(data: Path) -> str:
    path = data / "secret.key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def go_offline() -> None:
    """Tell the model libraries, before they are imported, that there is no hub to ask. Called once at the start."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")


_SHARING = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "1000"}


def share_cores() -> None:
    """Let the model's idle threads sleep: OpenMP's default is to spin, which starves the pages on two busy cores.

    They spin for some ten microseconds first: a model's threads wait for each other hundreds of times for each token,
    and a thread that went to sleep each time would cost a third of the writing speed. Longer helps nobody: with another
    program on one of two cores, a model that spins for a millisecond writes five times as slowly as one that sleeps.
    Must come before the first library that loads OpenMP. What the administrator has set stays.
    """
    for name, value in _SHARING.items():
        os.environ.setdefault(name, value)


def for_tools() -> dict[str, str]:
    """The environment for a tool of many processes: what one of them compiles, the others need not."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def unshared_cores() -> dict[str, str]:
    """The environment for another program, which has the cores for itself: as ours was before ``share_cores``."""
    return {name: value for name, value in os.environ.items() if name not in _SHARING}
