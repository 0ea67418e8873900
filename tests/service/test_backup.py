"""A backup comes back as it was; anything else in a zip is refused before the present data is touched."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from service import accounts, backup, library
from service.errors import BadInput, Conflict, HocVuError, Unreadable
from service.kit import Kit, open_quiet_kit
from service.records import User
from service.settings import Settings
from tests.service.test_store_numbers import content, old  # noqa: F401  # a data folder of an older version


@pytest.fixture
def world(kit: Kit, people: dict[str, User]) -> Settings:
    """A data folder with people, a file and an exercise; the database stays open, as while people work."""
    for name, text in (
        ("files/ab/abc123", "công văn"),
        ("prompts/exercises/bai-mot.md", "bài"),
        ("prompts/exercises/versions/x.1.md", "cũ"),
    ):
        path = kit.settings.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return kit.settings


@pytest.fixture
def saved(world: Settings, tmp_path: Path) -> Path:
    return backup.save(world, tmp_path / "saved.zip")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "elsewhere", secret_key="x" * 64)


def names(settings: Settings) -> list[str]:
    with sqlite3.connect(settings.data / "hocvu.sqlite3") as connection:
        return [row[0] for row in connection.execute("SELECT name FROM users ORDER BY name")]


def test_everything_comes_back(saved: Path, elsewhere: Settings) -> None:
    assert backup.restore(elsewhere, saved) is None
    assert names(elsewhere) == ["dung", "lan", "minh", "quan", "thu"]
    assert (elsewhere.files / "ab" / "abc123").read_text(encoding="utf-8") == "công văn"
    assert (elsewhere.exercises / "versions" / "x.1.md").read_text(encoding="utf-8") == "cũ"
    assert not list(elsewhere.data.glob("khoi-phuc-*")), "nothing is left lying about"


def test_a_number_given_before_the_backup_is_not_given_after_it(
    kit: Kit, people: dict[str, User], tmp_path: Path, elsewhere: Settings
) -> None:
    gone = library.accept(kit, people["lan"], "a.txt", b"Giao ban").id
    library.remove(kit, people["lan"], gone)
    backup.restore(elsewhere, backup.save(kit.settings, tmp_path / "saved.zip"))
    with closing(open_quiet_kit(elsewhere)) as restored:
        assert library.accept(restored, people["lan"], "b.txt", b"Giao ban").id == gone + 1


def test_a_backup_of_an_older_version_is_brought_up_at_the_next_start(
    old: Settings,  # noqa: F811  # the fixture imported above
    tmp_path: Path,
    elsewhere: Settings,
) -> None:
    rows = content(old.data / "hocvu.sqlite3")
    backup.restore(elsewhere, backup.save(old, tmp_path / "saved.zip"))
    with closing(open_quiet_kit(elsewhere)) as restored:
        assert restored.db.current()
        assert content(elsewhere.data / "hocvu.sqlite3") == rows


def test_no_key_is_in_a_backup(world: Settings, tmp_path: Path) -> None:
    (world.data / "secret.key").write_text("geheim", encoding="utf-8")
    with zipfile.ZipFile(backup.save(world, tmp_path / "s.zip")) as archive:
        assert "secret.key" not in archive.namelist()
        assert {name.split("/")[0] for name in archive.namelist()} == {
            "database.sqlite3", "files", "prompts", "manifest.json",
        }  # fmt: skip


def test_a_folder_with_data_is_not_overwritten_unasked(kit: Kit, world: Settings, saved: Path) -> None:
    accounts.create_user(kit, "moi", "Mới", next(iter(accounts.list_users(kit))).role, "moi-mat-khau")
    with pytest.raises(Conflict, match="--force"):
        backup.restore(world, saved)
    assert "moi" in names(world)
    kit.close()
    aside = backup.restore(world, saved, force=True)
    assert "moi" not in names(world)
    assert aside is not None
    with sqlite3.connect(aside / "hocvu.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM users WHERE name = 'moi'").fetchone() == (1,)
    assert (aside / "prompts" / "exercises" / "bai-mot.md").exists()


def test_nothing_is_restored_under_a_running_server(saved: Path, elsewhere: Settings) -> None:
    with backup.in_use(elsewhere), pytest.raises(Conflict, match="đang chạy"):
        backup.restore(elsewhere, saved)


def test_no_file_is_overwritten_unasked(world: Settings, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(Conflict, match="--force"):
        backup.save(world, saved)
    assert saved.read_bytes() == before
    assert backup.save(world, saved, force=True).stat().st_mode & 0o077 == 0, "everybody's work is in it"


@pytest.mark.parametrize("name", ["hocvu.sqlite3", "files/sao-luu.zip", "prompts/exercises/bai-mot.md"])
def test_a_backup_never_goes_among_the_data(world: Settings, name: str) -> None:
    with pytest.raises(BadInput, match="chọn nơi khác"):
        backup.save(world, world.data / name, force=True)
    assert names(world) == ["dung", "lan", "minh", "quan", "thu"]


def test_no_folder_is_made_for_a_backup(world: Settings, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Không có thư mục"):
        backup.save(world, tmp_path / "no" / "such" / "saved.zip")
    assert not (tmp_path / "no").exists()


def test_without_data_there_is_nothing_to_save(elsewhere: Settings, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="chưa có dữ liệu"):
        backup.save(elsewhere, tmp_path / "s.zip")
    assert list(tmp_path.glob("s.zip*")) == []


def test_a_database_elsewhere_is_left_to_its_own_tools(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="postgresql+psycopg://may-chu/hocvu")
    with pytest.raises(BadInput, match="máy chủ riêng"):
        backup.save(settings, tmp_path / "s.zip")


# ── hostile files ───────────────────────────────────────────────────────────────────────────────

Entries = dict[str, bytes]


def forge(target: Path, entries: Entries, *, promise: dict[str, str] | None = None, form: str = backup.FORMAT) -> Path:
    """A zip with these entries and, unless said otherwise, a manifest that fits them."""
    sums = promise or {name: hashlib.sha256(data).hexdigest() for name, data in entries.items()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps({"format": form, "sha256": sums}))
    return target


@pytest.fixture
def database(saved: Path) -> bytes:
    with zipfile.ZipFile(saved) as archive:
        return archive.read("database.sqlite3")


@pytest.mark.parametrize(
    "name",
    [
        "../ngoai.txt", "files/../../ngoai.txt", "/files/x", "files//x", "C:/x", "files\\..\\x", "secret.key",
        "models/m.gguf", "files/.an", "prompts/", "files", "files/x\n", "hocvu.sqlite3",
    ],
)  # fmt: skip
def test_a_strange_name_is_refused(database: bytes, elsewhere: Settings, tmp_path: Path, name: str) -> None:
    zipped = forge(tmp_path / "forged.zip", {"database.sqlite3": database, name: b"x"})
    before = set(tmp_path.rglob("*"))
    with pytest.raises(BadInput):
        backup.restore(elsewhere, zipped)
    assert {path.name for path in set(tmp_path.rglob("*")) - before} <= {"elsewhere", "running.lock"}


def test_a_link_is_refused(database: bytes, elsewhere: Settings, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("files/link")
    link.external_attr = 0o120777 << 16
    zipped = forge(tmp_path / "forged.zip", {"database.sqlite3": database})
    with zipfile.ZipFile(zipped, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(BadInput, match="mục lạ"):
        backup.restore(elsewhere, zipped)


def unknown_form(entries: Entries, target: Path) -> Path:
    return forge(target, entries, form="something-else")


def changed_byte(entries: Entries, target: Path) -> Path:
    right = {name: hashlib.sha256(data).hexdigest() for name, data in entries.items()}
    return forge(
        target, entries | {"files/a": b"changed"}, promise=right | {"files/a": hashlib.sha256(b"a").hexdigest()}
    )


def missing_file(entries: Entries, target: Path) -> Path:
    return forge(target, entries, promise=dict.fromkeys([*entries, "files/a"], "0" * 64))


def no_database(_entries: Entries, target: Path) -> Path:
    return forge(target, {"files/a": b"a"})


def broken_database(entries: Entries, target: Path) -> Path:
    data = bytearray(entries["database.sqlite3"])
    data[100:4000] = b"\0" * 3900
    return forge(target, {"database.sqlite3": bytes(data)})


def no_zip(_entries: Entries, target: Path) -> Path:
    target.write_bytes(b"PK\x03\x04 and then nothing")
    return target


def cut_off(entries: Entries, target: Path) -> Path:
    whole = forge(target, entries).read_bytes()
    target.write_bytes(whole[: len(whole) // 2])
    return target


@pytest.mark.parametrize(
    "forgery", [unknown_form, changed_byte, missing_file, no_database, broken_database, no_zip, cut_off]
)
def test_what_is_no_sound_backup_is_refused_and_changes_nothing(
    forgery: Callable[[Entries, Path], Path], database: bytes, world: Settings, kit: Kit, tmp_path: Path
) -> None:
    zipped = forgery({"database.sqlite3": database}, tmp_path / "forged.zip")
    kit.close()
    before = {path: path.read_bytes() for path in world.data.rglob("*.md")}
    with pytest.raises((BadInput, Unreadable)) as caught:
        backup.restore(world, zipped, force=True)
    assert isinstance(caught.value, HocVuError)
    assert "Dữ liệu đang có không thay đổi" in str(caught.value)
    assert {path: path.read_bytes() for path in world.data.rglob("*.md")} == before
    assert names(world) == ["dung", "lan", "minh", "quan", "thu"]


def test_more_bytes_than_the_disk_holds_are_not_unpacked(
    database: bytes, elsewhere: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "LARGEST", 10)
    with pytest.raises(BadInput, match="lớn hơn chỗ trống"):
        backup.restore(elsewhere, forge(tmp_path / "forged.zip", {"database.sqlite3": database}))
