"""Settings are read strictly: whatever is wrong stops the start with a sentence that names key, value and remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from service.errors import SettingError
from service.settings import ALLOWED, LIMITS, Settings, read_settings


def read(tmp_path: Path, **environ: str) -> Settings:
    return read_settings({"HOCVU_DATA": str(tmp_path), "PATH": "elsewhere", **environ})


def test_without_any_variable_the_defaults_hold(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.host, settings.port, settings.engine, settings.language) == ("127.0.0.1", 8000, "llama", "vi")
    assert settings.url == f"sqlite:///{tmp_path / 'hocvu.sqlite3'}"


def test_every_variable_is_read_into_its_type(tmp_path: Path) -> None:
    settings = read(tmp_path, HOCVU_PORT="9000", HOCVU_SECURE_COOKIES="true", HOCVU_LANGUAGE="en", HOCVU_MODEL="m.gguf")
    assert (settings.port, settings.secure_cookies, settings.language, settings.model) == (9000, True, "en", "m.gguf")
    assert isinstance(settings.data, Path)


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("HOCVU_PROT", "9000", "tên cài đặt này không có"),
        ("HOCVU_PORT_FILE", "cong.txt", "tên cài đặt này không có"),
        ("HOCVU_PORT", "tám nghìn", "một số nguyên từ 1 đến 65535"),
        ("HOCVU_PORT", "-1", "một số nguyên từ 1 đến 65535"),
        ("HOCVU_PORT", "", "một số nguyên từ 1 đến 65535"),
        ("HOCVU_SECURE_COOKIES", "có", "1 hoặc 0"),
        ("HOCVU_LANGUAGE", "fr", "một trong: vi, en"),
        ("HOCVU_ENGINE", "scripted", "một trong: llama, openai_server"),
        ("HOCVU_DATABASE_URL", "postgresql://may-chu/hocvu", "địa chỉ SQLite"),
        ("HOCVU_LOG_LEVEL", "loud", "một trong: debug, info, warning, error"),
        ("HOCVU_SECRET_KEY_FILE", "khong-co", "đường dẫn tới một tệp đọc được"),
    ],
)
def test_a_wrong_value_is_named_with_its_key_and_the_remedy(tmp_path: Path, key: str, value: str, allowed: str) -> None:
    with pytest.raises(SettingError) as caught:
        read(tmp_path, **{key: value})
    assert str(caught.value).startswith(f"Cài đặt {key} = {value!r} không dùng được: ")
    assert allowed in str(caught.value)


@pytest.mark.parametrize("name", LIMITS)
def test_both_ends_of_a_limit_are_allowed_and_no_more(tmp_path: Path, name: str) -> None:
    low, high = LIMITS[name]
    key = f"HOCVU_{name.upper()}"
    for value in (low, high):
        assert getattr(read(tmp_path, **{key: str(value)}), name) == value
    for value in (low - 1, high + 1):
        with pytest.raises(SettingError):
            read(tmp_path, **{key: str(value)})


def test_every_number_has_a_limit_and_every_list_a_default() -> None:
    defaults = Settings()
    numbers = {name for name, value in vars(defaults).items() if isinstance(value, int) and not isinstance(value, bool)}
    assert numbers == set(LIMITS)
    assert all(getattr(defaults, name) in allowed for name, allowed in ALLOWED.items())
    assert all(low <= getattr(defaults, name) <= high for name, (low, high) in LIMITS.items())


def test_the_command_line_wins_where_it_says_something(tmp_path: Path) -> None:
    environ = {"HOCVU_DATA": str(tmp_path), "HOCVU_PORT": "9000"}
    assert read_settings(environ, port=9001, host=None).port == 9001
    assert read_settings(environ, port=None).port == 9000


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "khoa"
    secret.write_text("k" * 40 + "\n", encoding="utf-8")
    assert read(tmp_path, HOCVU_SECRET_KEY_FILE=str(secret)).secret_key == "k" * 40


def test_a_made_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = read(tmp_path).secret_key
    assert len(first) == 64
    assert read(tmp_path).secret_key == first
    if os.name == "posix":
        assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
