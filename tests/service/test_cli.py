"""The commands: what they print, how they end, and that a person never sees a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from service import accounts, cli, doctor, serving
from service.cli import proving
from service.embedders.hashing import HashingEmbedder
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, EngineBroken
from service.kit import Kit, open_kit, open_quiet_kit
from service.settings import Settings


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kit gets the fake engine; no variable of this machine's is heard."""
    monkeypatch.setattr("service.engines.open_engine", lambda name, **options: _fake(**options))
    for key in [key for key in os.environ if key.startswith("HOCVU_")]:
        monkeypatch.delenv(key)


def _fake(**options: object) -> ScriptedEngine:
    return ScriptedEngine(lambda messages: "Máy giả: đã tiêm 82% tổng đàn.")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def shelved(tmp_path: Path, stocked: Path) -> Path:
    """A data folder with the samples, read and embedded: a command need not begin with them."""
    return Path(shutil.copytree(stocked, tmp_path / "data"))


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


# ── people ──────────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_added_listed_and_given_a_new_password(data: Path) -> None:
    added = call("user", "add", "lan", "--name", "Lan", "--role", "trainer", "--data", data)
    assert added.exit_code == 0, added.output
    first = added.stdout.splitlines()[-1].removeprefix("Mật khẩu: ")
    assert call("user", "list", "--data", data).stdout.split() == ["lan", "trainer", "Lan"]
    again = call("user", "passwd", "lan", "--data", data).stdout.splitlines()[-1].removeprefix("Mật khẩu: ")
    kit = open_quiet_kit(Settings(data=data, secret_key="x" * 64))
    try:
        assert accounts.sign_in(kit, "lan", again)
        with pytest.raises(BadInput):
            accounts.sign_in(kit, "lan", first)
    finally:
        kit.close()


def test_a_name_is_put_right(data: Path) -> None:
    call("user", "add", "lan", "--name", "Nguyên Thị Lan", "--data", data)
    renamed = call("user", "rename", "lan", " Nguyễn  Thị Lan ", "--data", data)
    assert renamed.stdout == "Họ và tên của lan nay là Nguyễn Thị Lan.\n"
    assert call("user", "list", "--data", data).stdout.split(maxsplit=2)[2] == "Nguyễn Thị Lan\n"
    refused = call("user", "rename", "lan", " ", "--data", data)
    assert refused.exit_code == 1 and "Họ và tên cần có từ 1 đến 120 ký tự." in refused.stderr
    assert call("user", "rename", "ai-do", "Ai Đó", "--data", data).exit_code == 1


def test_a_list_is_added_at_once_or_not_at_all(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "lop.txt"
    file.write_text("Nguyễn Thị Hoà\nan; Trần Văn An\n", encoding="utf-16")
    added = call("user", "add-list", file, "--role", "learner", "--data", data)
    assert added.exit_code == 0, added.output
    lines = added.stdout.splitlines()
    assert lines[0] == "Đã thêm 2 người (vai trò: learner). Mật khẩu chỉ hiện một lần này."
    assert [re.split(r" {2,}", line)[:2] for line in lines[2:]] == [
        ["Nguyễn Thị Hoà", "nguyenthihoa"],
        ["Trần Văn An", "an"],
    ]
    with closing(open_quiet_kit(Settings(data=data, secret_key="x" * 64))) as kit:
        assert accounts.sign_in(kit, "an", lines[3].split()[-1])
    file.write_text("Lê Văn Bình\nan; Vũ An\nbinh;", encoding="utf-8")
    refused = call("user", "add-list", file, "--data", data)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.splitlines() == [
        "Dòng 2: Tên đăng nhập an đã có người dùng. Anh/chị chọn tên khác.",
        "Dòng 3: Họ và tên cần có từ 1 đến 120 ký tự.",
        "Chưa thêm ai.",
    ]
    assert "binh" not in call("user", "list", "--data", data).stdout


def test_nobody_is_told_so(data: Path) -> None:
    result = call("user", "passwd", "ai-do", "--data", data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Không có ai mang tên đăng nhập này. (HV-KHONG-THAY)\n"


# ── asked wrongly ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["practice"], "Còn thiếu"),
        (["serve", "--port", "99999"], "Giá trị của '--port' không dùng được"),
        (["serve", "--cong", "1"], "Không có tùy chọn --cong"),
        (["summarise", "x", "--length", "10"], "Giá trị của '--length' không dùng được: cần một số từ 60 đến 3000."),
        (["summarise", "x", "--length", "dai"], "cần một số từ 60 đến 3000."),
        (["bench", "retrieval", "--data", ".", "--every", "0"], "cần một số từ 1 trở lên."),
        (["bench", "retrieval", "--data", ".", "--passages", "x"], "cần một số."),
        (["restore", "khong-co.zip"], "cần một tệp có sẵn."),
        (["sumarise"], "Không có lệnh sumarise. Gần giống: summarise."),
        (["khong-co"], "Không có lệnh khong-co.\n"),
        (["doctor", "thua", "nua"], "Lệnh có phần thừa: thua nua."),
        (["bench"], "Cách dùng: "),
        (["test", "--long", "ngu"], "Giá trị của '--long' không dùng được: cần một trong: fuzz, form,"),
    ],
)
def test_what_was_asked_wrongly_is_said(arguments: list[str], said: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "--help" in result.stderr


def test_an_option_without_its_value_is_named() -> None:
    assert call("serve", "--port").stderr == "Tùy chọn --port ghi chưa đúng: thiếu giá trị, hoặc có giá trị thừa.\n"


def commands(command: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    """Every command by its words, groups and what is in them."""
    yield names
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, *names, name)


@pytest.mark.parametrize("words", list(commands(cli.main)), ids=" ".join)
def test_help_is_vietnamese_throughout(words: tuple[str, ...]) -> None:
    said = call(*words, "--help").stdout
    assert said.startswith("Cách dùng: ") and "[TÙY CHỌN]" in said and "Hiện phần hướng dẫn này." in said
    english = r"Usage|Options|Commands|Show |default|required|x<|>=|\b[A-Z]{4,}\b(?<!GGUF)(?<!JSON)"
    assert not re.search(english, said), said


def test_a_setting_that_is_wrong_ends_in_its_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCVU_PORT", "x")
    result = call("user", "list", "--data", data)
    assert result.exit_code == 1
    assert "HOCVU_PORT" in result.stderr
    assert "HV-CAI-DAT" in result.stderr


def test_the_unforeseen_goes_to_a_file_and_not_to_the_person(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(accounts, "list_users", lambda kit: 1 / 0)
    result = call("user", "list", "--data", data)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    (kept,) = tmp_path.glob("hocvu-loi-*.txt")
    assert kept.name in result.stderr
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


# ── ask ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_asked_without_a_browser(shelved: Path, tmp_path: Path) -> None:
    file = tmp_path / "Kế hoạch.txt"
    said = "Xã tiêm phòng vụ Thu Đông: đến tháng 12 đã tiêm 82% tổng đàn trâu, bò."
    file.write_text(said, encoding="utf-8")
    done = call("ask", "Tiêm phòng đạt bao nhiêu tổng đàn?", "--doc", file, "--json", "--data", shelved)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["answerable"] and told["sources"][0]["document_title"] == "Kế hoạch"
    assert [one["support"] for one in told["sentences"]] == ["found"]
    assert told["answer"].endswith("[1].")
    assert told["quotes"] == [{"passage": 1, "text": said}]
    missing = call("ask", "Giá vé máy bay đi Đà Lạt bao nhiêu?", "--doc", file, "--data", shelved)
    assert missing.exit_code == 0 and "Không có trong tài liệu" in missing.stdout
    assert "Không có tệp" in call("ask", "Gì?", "--doc", "khong-co.docx", "--data", shelved).stderr
    only = ("--kind", "khác", "--shelf", "own")
    narrow = call("ask", "Tiêm phòng đạt bao nhiêu tổng đàn?", *only, "--json", "--data", shelved)
    assert json.loads(narrow.stdout)["asked"] == {"documents": [], "kinds": ["other"], "shelf": "own"}
    assert "Chỉ tìm trong: tài liệu của tôi; loại khác." in narrow.stderr
    wrong = call("ask", "Gì?", "--kind", "giấy khen", "--data", shelved)
    assert wrong.exit_code == 1 and "Không có loại văn bản “giấy khen”" in wrong.stderr
    assert "Không có kho “chung”" in call("ask", "Gì?", "--shelf", "chung", "--data", shelved).stderr


def test_what_is_asked_wrongly_is_said_before_a_model_is_opened(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.engines.open_engine", lambda name, **options: pytest.fail("no need of a model yet"))
    for option, word in (("--kind", "giấy khen"), ("--shelf", "chung")):
        assert call("ask", "Gì?", option, word, "--data", data).exit_code == 1
    assert not data.exists()


def test_a_fresh_file_is_searched_by_meaning_too(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.embedders.open_embedder", lambda setting: HashingEmbedder())
    file = tmp_path / "Kế hoạch.txt"
    file.write_text("Xã tiêm phòng vụ Thu Đông: đến tháng 12 đã tiêm 82% tổng đàn trâu, bò.", encoding="utf-8")
    assert call("ask", "Tiêm phòng đạt bao nhiêu tổng đàn?", "--doc", file, "--data", data).exit_code == 0
    with closing(open_kit(Settings(data=data, secret_key="x" * 64))) as kit:
        assert kit.index.embed_missing() == 0


def test_without_a_model_the_documents_still_speak(
    shelved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = ScriptedEngine(["Máy giả."] * 2, break_after=0)
    monkeypatch.setattr("service.engines.open_engine", lambda name, **options: broken)
    file = tmp_path / "Kế hoạch.txt"
    said = "Xã tiêm phòng vụ Thu Đông: đến tháng 12 đã tiêm 82% tổng đàn trâu, bò."
    file.write_text(said, encoding="utf-8")
    done = call("ask", "Tiêm phòng đạt bao nhiêu tổng đàn?", "--doc", file, "--data", shelved)
    assert done.exit_code == 1 and done.stderr.splitlines()[-1].startswith(EngineBroken.sentence)
    assert f"“{said}” [1]" in done.stdout and "[1] Kế hoạch: Xã tiêm" in done.stdout and "Máy viết" not in done.stdout
    monkeypatch.setattr(broken, "closed", False)
    again = call("ask", "Tiêm phòng đạt bao nhiêu tổng đàn?", "--doc", file, "--json", "--data", shelved)
    told = json.loads(again.stdout)
    assert again.exit_code == 1 and told["error"] == EngineBroken.sentence and told["answer"] == ""
    assert told["quotes"] == [{"passage": 1, "text": said}] and len(told["sources"]) == 1


def test_a_refusal_and_documents_that_say_the_same_are_told(
    shelved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Tài liệu không nêu con số ấy."
    monkeypatch.setattr("service.engines.open_engine", lambda name, **options: ScriptedEngine([said]))
    files = tmp_path / "Kế hoạch.txt", tmp_path / "Bản sao.txt"
    for n, file in enumerate(files):
        text = "Xã tiêm phòng vụ Thu Đông: đến tháng 12 đã tiêm 82% tổng đàn trâu, bò, các thôn làm đúng kế hoạch giao."
        file.write_text(text + "\n" * n, encoding="utf-8")
        call("ask", "Giá vé máy bay đi Đà Lạt bao nhiêu?", "--doc", file, "--data", shelved)
    done = call("ask", "Tiêm phòng đạt bao nhiêu tổng đàn?", "--shelf", "own", "--data", shelved)
    assert done.exit_code == 0 and done.stdout.startswith(f"Không có trong tài liệu.\n{said}\n"), done.output
    assert "Các đoạn gần nhất:" in done.stdout and "Cũng có trong: " in done.stdout


# ── practice ────────────────────────────────────────────────────────────────────────────────────

EXERCISE = "tom-tat-cong-van-tiem-phong"


@pytest.fixture
def prompt(tmp_path: Path) -> Path:
    path = tmp_path / "cau-lenh.txt"
    path.write_text("Bạn là chuyên viên. Tóm tắt công văn trong 150 tiếng.", encoding="utf-8")
    return path


def test_an_exercise_is_practised_without_a_browser(shelved: Path, prompt: Path) -> None:
    result = call("practice", EXERCISE, "--prompt-file", prompt, "--json", "--data", shelved)
    assert result.exit_code == 0, result.output
    done = json.loads(result.stdout)
    assert set(done) == {"answer", "sources", "findings", "attempt_id", "engine", "seconds"}
    assert done["answer"] == "Máy giả: đã tiêm 82% tổng đàn."
    assert done["sources"]
    assert done["findings"]
    order = ["essential", "actionable", "informative", "celebratory"]
    assert [order.index(one["level"]) for one in done["findings"]] == sorted(
        order.index(one["level"]) for one in done["findings"]
    )
    assert "Mật khẩu" in result.stderr, "the first administrator is told once, beside the answer"
    again = call("practice", EXERCISE, "--prompt-file", prompt, "--user", "quantri", "--data", shelved)
    assert "Máy giả" in again.stdout
    assert "Góp ý:" in again.stdout
    assert "Mật khẩu" not in again.stderr
    assert "HV-KHONG-THAY" in call("practice", "khong-co-bai", "--prompt-file", prompt, "--data", shelved).stderr
    nobody = call("practice", EXERCISE, "--prompt-file", prompt, "--user", "ai-do", "--data", shelved)
    assert "Không có người dùng «ai-do»" in nobody.stderr


def test_a_prompt_in_another_encoding_is_said(data: Path, prompt: Path) -> None:
    prompt.write_bytes("Tóm tắt".encode("utf-16"))
    assert "UTF-8" in call("practice", EXERCISE, "--prompt-file", prompt, "--data", data).stderr


# ── the doctor ──────────────────────────────────────────────────────────────────────────────────


def test_the_doctor_speaks_json_of_one_shape(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "open_engine", lambda name, **options: _fake())
    result = call("doctor", "--json", "--data", data)
    found = json.loads(result.stdout)
    assert set(found) == {"ok", "checks"}
    assert [check["name"] for check in found["checks"]] == list(doctor.CHECKUP)
    assert all(set(check) == {"name", "ok", "detail"} and check["detail"] for check in found["checks"])
    assert found["ok"] is all(check["ok"] is not False for check in found["checks"])
    assert result.exit_code == (0 if found["ok"] else 1)


@pytest.mark.parametrize(
    ("seen", "said", "code"),
    [
        (True, "✓ Một              Lời.\n✓ Hai              Lời.\nMọi thứ đều ổn.\n", 0),
        (
            None,
            "✓ Một              Lời.\n– Hai              Lời.\n"
            "Mọi thứ cần thiết đều ổn; còn thiếu phần tùy chọn: Hai.\n",
            0,
        ),
        (False, "✓ Một              Lời.\n! Hai              Lời.\nCó mục cần xem lại (đánh dấu «!»).\n", 1),
    ],
)
def test_what_may_be_absent_is_told_apart(
    data: Path, monkeypatch: pytest.MonkeyPatch, seen: bool | None, said: str, code: int
) -> None:
    looks = {"a": ("Một", lambda settings: (True, "Lời.")), "b": ("Hai", lambda settings: (seen, "Lời."))}
    monkeypatch.setattr(doctor, "CHECKUP", looks)
    result = call("doctor", "--data", data)
    assert (result.stdout, result.exit_code) == (said, code)
    told = json.loads(call("doctor", "--json", "--data", data).stdout)
    assert (told["ok"], told["checks"][1]["ok"]) == (code == 0, seen)


@pytest.mark.parametrize(
    ("name", "asked", "answer"),
    [
        ("compiler", "service.doctor.run.find_compiler", None),
        ("libreoffice", "service.doctor.shutil.which", None),
        ("tesseract", "service.doctor.ocr.missing", "Không có."),
        ("embedder", "service.doctor.open_embedder", None),
    ],
)
def test_an_absent_optional_part_is_not_ticked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, asked: str, answer: str | None
) -> None:
    monkeypatch.setattr(asked, lambda *_: answer)
    ok, detail = look(settings, name)
    assert ok is None and detail


def look(settings: Settings, name: str) -> tuple[bool | None, str]:
    return doctor.CHECKUP[name][1](settings)


def test_the_doctor_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "leer", secret_key="x" * 64)
    assert all(look(settings, name)[0] for name in ("data", "database", "samples", "exercises"))
    assert not settings.data.exists() or not any(settings.data.iterdir())


def test_the_doctor_sees_a_broken_database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CHECKUP", {"database": doctor.CHECKUP["database"]})
    settings.data.mkdir(exist_ok=True)
    (settings.data / "hocvu.sqlite3").write_bytes(b"SQLite format 3\0" + b"x" * 4000)
    (check,) = doctor.examine(settings)
    assert not check.ok


def test_the_doctor_sees_samples_that_wait(kit: Kit) -> None:
    ok, detail = look(kit.settings, "samples")
    assert not ok
    assert detail
    assert look(kit.settings, "database") == (True, "Toàn vẹn, đúng phiên bản.")


def test_the_doctor_names_the_line_of_a_broken_exercise(settings: Settings) -> None:
    settings.exercises.mkdir(parents=True)
    (settings.exercises / "hong.md").write_text("---\nid: hong\nla: 1\n---\n", encoding="utf-8")
    ok, detail = look(settings, "exercises")
    assert not ok
    assert detail.startswith("hong.md: Dòng ")


def test_the_doctor_compares_the_model_with_its_sum(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(settings, "model")[0]
    right = doctor.bundled()
    monkeypatch.setattr(doctor, "bundled", lambda: right | {"sha256": "0" * 64})
    ok, detail = look(settings, "model")
    assert not ok
    assert "không đúng mã kiểm tra" in detail


def test_a_check_that_falls_over_is_a_finding(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CHECKUP", {"x": ("X", lambda settings: 1 / 0)})
    (check,) = doctor.examine(settings)
    assert (check.ok, check.detail) == (False, "Chưa kiểm tra được: ZeroDivisionError: division by zero")


# ── serving ─────────────────────────────────────────────────────────────────────────────────────


def test_a_port_in_use_is_told_in_a_sentence(data: Path) -> None:
    with serving.listen("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        result = call("serve", "--port", port, "--data", data)
    assert result.exit_code == 1
    assert f"Không mở được 127.0.0.1:{port}" in result.stderr
    assert "HV-CONG" in result.stderr


def test_the_address_is_told_without_looking_up_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_: pytest.fail("no name may be looked up"))
    assert serving.addresses("127.0.0.1", 8000) == ["Học Vụ đã sẵn sàng: http://127.0.0.1:8000"]
    assert len(serving.addresses("::", 8000)) == 2
    assert "[::1]" in serving.addresses("::1", 8000)[0]


# ── tests ───────────────────────────────────────────────────────────────────────────────────────


def test_a_long_proof_that_is_not_written_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(proving, "HOME", tmp_path)
    result = call("test", "--long", "soak")
    assert result.exit_code == 2
    assert result.stderr == "Bài thử dài «soak» chưa có trong bản này.\n"


def test_every_tool_runs_even_when_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def fake(tool: str, *arguments: str) -> int:
        asked.append((tool, *arguments))
        return 1 if tool == "mypy" else 0

    monkeypatch.setattr(proving, "_run", fake)
    assert call("test").exit_code == 1
    assert [tool for tool, *_ in asked] == ["ruff", "mypy", "lint-imports", "pytest"]
    asked.clear()
    assert call("test", "tests/rules", "-x").exit_code == 0
    assert asked == [("pytest", "tests/rules", "-x")]


def test_backup_and_restore_by_command(data: Path, tmp_path: Path) -> None:
    assert call("user", "add", "lan", "--data", data).exit_code == 0
    saved = tmp_path / "b.zip"
    assert call("backup", saved, "--data", data).exit_code == 0
    assert "--force" in call("restore", saved, "--data", data).stderr
    other = tmp_path / "khac"
    assert call("restore", saved, "--data", other).exit_code == 0
    assert "lan" in call("user", "list", "--data", other).stdout


def test_the_tools_are_those_of_this_environment() -> None:
    assert all((Path(sys.executable).parent / tool).exists() for tool in ("ruff", "mypy", "lint-imports", "pytest"))


# ── the form of files ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def letters(tmp_path: Path) -> dict[str, Path]:
    """A good letter, one with faults as text and as .docx, a statute, and what is no document."""
    from tests.service.test_form import BAD, GOOD, narrow

    made: dict[str, bytes] = {
        "tot.txt": GOOD.encode(),
        "sai.txt": BAD.encode(),
        "sai.docx": narrow(),
        "luat.txt": "LUẬT\nĐẤT ĐAI\nĐiều 1. Phạm vi điều chỉnh".encode(),
        "bang.xlsx": b"PK",
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in made}


def test_a_good_file_ends_well_and_a_bad_one_with_1(data: Path, letters: dict[str, Path]) -> None:
    good = call("check", letters["tot.txt"], "--data", data)
    assert good.exit_code == 0, good.output
    assert "(cong_van): 0 lỗi" in good.stdout
    bad = call("check", letters["sai.txt"], letters["tot.txt"], "--data", data)
    assert bad.exit_code == 1
    assert "! ND30-74" in bad.stdout
    assert "→ ND30-15" in bad.stdout


def test_the_json_is_a_list_of_files(data: Path, letters: dict[str, Path]) -> None:
    result = call("check", letters["sai.docx"], letters["luat.txt"], letters["bang.xlsx"], "--json", "--data", data)
    assert result.exit_code == 1
    bad, statute, unreadable = json.loads(result.stdout)
    assert bad["file"] == str(letters["sai.docx"])
    assert (bad["type"], bad["mode"]) == ("cong_van", "draft")
    margin = next(finding for finding in bad["findings"] if finding["rule"] == "ND30-04")
    assert (margin["severity"], margin["page"]) == ("error", None)
    assert margin["seen"] and margin["expected"] and margin["fix"]
    assert (statute["type"], statute["findings"]) == (None, [])
    assert "Chưa đọc được tệp .xlsx" in unreadable["error"]


def test_issued_asks_for_more(data: Path, letters: dict[str, Path]) -> None:
    blank = letters["tot.txt"]
    blank.write_text(blank.read_text(encoding="utf-8").replace("Số: 1284/", "Số:      /"), encoding="utf-8")
    assert "ND30-31" not in call("check", blank, "--data", data).stdout
    assert "ND30-31" in call("check", blank, "--mode", "issued", "--data", data).stdout


def test_fix_writes_a_mended_copy_and_leaves_the_file_alone(
    data: Path, tmp_path: Path, letters: dict[str, Path]
) -> None:
    before, mended = letters["sai.docx"].read_bytes(), tmp_path / "moi" / "da-sua.docx"
    result = call("check", letters["sai.docx"], "--fix", mended, "--data", data)
    assert result.exit_code == 1, "it tells of the file as it was"
    assert "đã sửa" in result.stderr
    assert letters["sai.docx"].read_bytes() == before
    assert "ND30-04" not in call("check", mended, "--data", data).stdout


def test_fix_of_several_files_goes_into_a_folder(data: Path, tmp_path: Path, letters: dict[str, Path]) -> None:
    both = (letters["sai.docx"], letters["sai.txt"])
    result = call("check", *both, "--fix", tmp_path / "moi", "--data", data)
    assert [path.name for path in (tmp_path / "moi").iterdir()] == ["sai-da-sua.docx"]
    assert "không có chỗ nào sửa chắc chắn được" in result.stderr
    refused = call("check", *both, "--fix", letters["tot.txt"], "--data", data)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "phải là một thư mục" in refused.stderr
