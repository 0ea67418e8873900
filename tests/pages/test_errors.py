"""Every error as a page, a fragment for htmx, and JSON; its reference is in the log, the words of people are not."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from service import errors
from service.app import create_app
from service.embedders.hashing import HashingEmbedder
from service.engines.scripted import ScriptedEngine
from service.errors import HocVuError
from service.kit import open_kit
from service.pages.errors import TITLES, sentence
from service.prompts import said
from tests.conftest import quiet, set_up

ClientOf = Callable[[str], FlaskClient]

REFERENCE = re.compile(r"HV-[0-9A-F]{4}\b")


def every_error() -> list[HocVuError]:
    """One of each class of the tree, with facts that fill its sentence."""
    names = ("size", "limit", "suffix", "mark", "where", "line", "problem", "tokens", "key", "seen", "allowed")
    facts = dict.fromkeys((*names, "wanted", "known"), "7")
    tree = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, HocVuError)]
    return [kind(**facts) if "%(" in kind.sentence else kind() for kind in tree]


@pytest.fixture(scope="module")
def broken(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app of its own with a page for each error; the number in the address picks it."""
    data = tmp_path_factory.mktemp("broken") / "data"
    shutil.copytree(founded, data)
    tree: list[Exception] = [*every_error(), ZeroDivisionError("lời riêng của anh Nam")]

    def fail(n: int) -> str:
        raise tree[n]

    with closing(open_kit(set_up(data), engine=ScriptedEngine(quiet), embedder=HashingEmbedder())) as kit:
        app = create_app(kit)
        app.add_url_rule("/hong/<int:n>", view_func=fail)
        app.config["WTF_CSRF_ENABLED"] = False
        yield app


@pytest.mark.parametrize("n", range(len(every_error())))
def test_each_error_in_three_shapes(broken: Flask, n: int) -> None:
    client, error = broken.test_client(), every_error()[n]
    as_json = client.get(f"/hong/{n}", headers={"Accept": "application/json"})
    assert as_json.status_code == error.status
    assert as_json.get_json()["code"] == error.code
    assert as_json.get_json()["sentence"] == str(error)
    assert REFERENCE.fullmatch(as_json.get_json()["reference"])

    fragment = client.get(f"/hong/{n}", headers={"HX-Request": "true"})
    assert fragment.status_code == error.status
    assert "<html" not in fragment.text
    assert 'class="banner bad"' in fragment.text

    page = client.get(f"/hong/{n}")
    if isinstance(error, errors.SignInNeeded):
        assert page.status_code == 302
        assert page.location == f"/login?next=/hong/{n}"
        assert "Đăng nhập ở cửa sổ mới" in fragment.text
    else:
        assert page.status_code == error.status
        assert TITLES.get(error.status, TITLES[400]) in page.text
        assert REFERENCE.search(page.text)


def test_a_surprise_tells_nothing_and_is_logged_by_place(broken: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="hocvu.web"):
        page = broken.test_client().get(f"/hong/{len(every_error())}?q=lời+riêng")
    assert page.status_code == 500
    assert "ZeroDivisionError" not in page.text
    (record,) = caplog.records
    line = record.getMessage()
    reference = REFERENCE.search(page.text)
    assert reference is not None
    assert line.startswith(reference[0])
    assert "ZeroDivisionError" in line
    assert "test_errors.py" in line
    assert "lời" not in line
    assert "anh Nam" not in caplog.text


def test_what_the_server_refuses_by_itself_speaks_like_us(client_of: ClientOf) -> None:
    client = client_of("lan")
    missing = client.get("/khong-co-trang-nay")
    assert missing.status_code == 404
    assert "Không tìm thấy trang hoặc tài liệu này" in missing.text
    wrong_way = client.get("/logout")
    assert wrong_way.status_code == 405
    assert "không mở được theo cách vừa rồi" in wrong_way.text
    assert client.get("/khong-co", headers={"Accept": "application/json"}).get_json()["code"] == "HV-KHONG-THAY"


@pytest.mark.parametrize("page", ["attempts", "documents", "drafts", "ask", "summaries", "hand-ins", "experiments"])
def test_a_number_that_no_database_counts_to_is_not_found(client_of: ClientOf, page: str) -> None:
    assert client_of("lan").get(f"/{page}/{2**63}").status_code == 404


def test_a_form_that_is_too_long_is_told(client_of: ClientOf) -> None:
    answer = client_of("lan").post("/account/password", data={"old": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "dài quá mức nhận" in answer.text


def test_a_stream_that_fails_speaks_json(broken: Flask) -> None:
    answer = broken.test_client().get("/hong/0", headers={"Accept": "text/event-stream"})
    assert answer.is_json


def test_references_differ(client_of: ClientOf) -> None:
    client = client_of("lan")
    seen = {client.get("/x", headers={"Accept": "application/json"}).get_json()["reference"] for _ in range(8)}
    assert len(seen) > 5


def test_help_is_asked_of_who_can_give_it(client_of: ClientOf, app: Flask) -> None:
    """Rights and passwords are given by administrators; a trainer is shut out of that page."""
    thu = client_of("thu")
    refused = thu.get("/manage/users")
    assert refused.status_code == 403 and "xin nhờ quản trị viên cấp" in refused.text
    for page in (refused, thu.get("/huong-dan"), app.test_client().get("/login")):
        assert not re.search(r"nhờ giảng viên", page.text, re.IGNORECASE)
    assert "Quên mật khẩu? Nhờ quản trị viên đặt lại." in thu.get("/huong-dan").text


def test_what_is_wrong_with_a_file_is_told_in_english_too(app: Flask) -> None:
    wrong = said("Mục “%(key)s” có hai lần.", key="title")
    with app.test_request_context(), force_locale("en"):
        told = sentence(errors.InvalidExercise(line=3, problem=wrong))
    assert told.startswith("Line 3: ")
    assert "Mục" not in told and "title" in told
