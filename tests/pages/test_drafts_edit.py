"""The bench: an answer becomes a draft, is edited and saved, and two windows never overwrite each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from service import drafts
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Draft, Table, User
from tests.pages.test_practice_run import ClientOf, events

EXERCISE = "soan-cong-van-don-doc"
ANSWER = """ỦY BAN NHÂN DÂN
XÃ TRIỆU PHONG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: /UBND-VP
Triệu Phong, ngày 12 tháng 11 năm 2026
V/v đôn đốc tiêm phòng cho vật nuôi
Kính gửi: Trưởng các thôn.
Đề nghị các thôn hoàn thành tiêm cho 2.150 con trâu, bò trước ngày 14 tháng 12 năm 2026./.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Thị Mẫu"""


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(lambda _: ANSWER)
    yield engine
    engine.close()


@pytest.fixture
def lan(seeded: Kit, client_of: ClientOf) -> FlaskClient:
    return client_of("lan")


@pytest.fixture
def draft_id(lan: FlaskClient) -> int:
    """A draft of Lan's."""
    begun = lan.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": "Soạn công văn đôn đốc các thôn tiêm phòng."})
    attempt_id = int(begun.location.rpartition("/")[2])
    events(lan, attempt_id)
    made = lan.post(f"/attempts/{attempt_id}/drafts")
    assert made.status_code == 303, made.text
    assert lan.post(f"/attempts/{attempt_id}/drafts").location == made.location, "a second click makes no second draft"
    return int(made.location.rpartition("/")[2])


def save(client: FlaskClient, draft_id: int, version: int, **parts: Any) -> Any:
    draft = drafts.parts_of(Draft(kind="cong_van", body=("Một đoạn.",)))
    return client.post(f"/drafts/{draft_id}", json={"version": version, "draft": draft | parts})


def test_the_answer_lies_on_the_paper_part_by_part(lan: FlaskClient, draft_id: int) -> None:
    page = lan.get(f"/drafts/{draft_id}").text
    field = dict(re.findall(r'data-field="(\w+)"[^>]*>([^<]*)<', page))
    assert "đôn đốc tiêm phòng cho vật nuôi" in field["subject"]
    assert field["place"] == "Triệu Phong"
    assert field["signer"] == "Lê Thị Mẫu"
    assert "- Lưu: VT." in field["recipients"]
    assert "2.150 con trâu, bò" in page


def test_an_edit_is_saved_with_a_new_version(
    lan: FlaskClient, seeded: Kit, people: dict[str, User], draft_id: int
) -> None:
    answer = save(lan, draft_id, 1, place="Đông Hà", body=["Đoạn một.", {"table": [["a", "b"], ["1", "2"]]}])
    assert answer.status_code == 200, answer.text
    assert answer.json["version"] == 2
    assert answer.json["saved"].startswith("Đã lưu ")
    kept = drafts.get(seeded, people["lan"], draft_id)
    assert kept.draft.place == "Đông Hà"
    assert kept.draft.body == ("Đoạn một.", Table((("a", "b"), ("1", "2"))))
    assert "<td>1</td>" in lan.get(f"/drafts/{draft_id}").text


def test_the_slower_window_is_told_and_overwrites_nothing(
    lan: FlaskClient, seeded: Kit, people: dict[str, User], draft_id: int
) -> None:
    assert save(lan, draft_id, 1, place="Trước").status_code == 200
    answer = save(lan, draft_id, 1, place="Sau")
    assert answer.status_code == 409
    assert answer.json["code"] == "HV-TRUNG"
    assert drafts.get(seeded, people["lan"], draft_id).draft.place == "Trước"


def test_a_reloaded_page_goes_on_from_what_it_had_sent(
    lan: FlaskClient, seeded: Kit, people: dict[str, User], draft_id: int
) -> None:
    """The page was loaded anew while its save was on the way, so it holds the version from before."""
    sent = drafts.parts_of(Draft(kind="cong_van", place="Trước", body=("Một đoạn.",)))
    assert save(lan, draft_id, 1, place="Trước").status_code == 200
    assert save(lan, draft_id, 1, place="Trước").json["version"] == 2
    body = {"version": 1, "draft": sent | {"place": "Sau"}, "unheard": [sent]}
    assert lan.post(f"/drafts/{draft_id}", json=body).json["version"] == 3
    assert drafts.get(seeded, people["lan"], draft_id).draft.place == "Sau"


PARTS = {"kind": "cong_van"}


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"version": "1", "draft": {}},
        {"version": 1, "draft": {"kind": 3}},
        {"version": 1, "draft": PARTS, "unheard": 3},
        {"version": 1, "draft": PARTS, "unheard": ["x"]},
        {"version": 1, "draft": PARTS, "unheard": [PARTS] * 3},
        ["x"],
        "x",
    ],
)
def test_what_is_not_a_draft_is_refused(lan: FlaskClient, draft_id: int, sent: Any) -> None:
    assert lan.post(f"/drafts/{draft_id}", json=sent).status_code == 400


def test_words_of_a_draft_are_never_markup(lan: FlaskClient, draft_id: int) -> None:
    save(lan, draft_id, 1, subject="<script>alert(1)</script>", body=["<img src=x onerror=alert(1)>"])
    page = lan.get(f"/drafts/{draft_id}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_somebody_elses_draft_is_not_there(client_of: ClientOf, draft_id: int) -> None:
    for name in ("minh", "thu"):
        client = client_of(name)
        assert client.get(f"/drafts/{draft_id}").status_code == 404
        assert client.get(f"/drafts/{draft_id}/docx").status_code == 404
        assert save(client, draft_id, 1).status_code == 404
        assert client.post(f"/drafts/{draft_id}/ticks", data={"key": "x", "on": "1"}).status_code == 404


def test_a_subject_still_to_come_names_no_draft(lan: FlaskClient, draft_id: int) -> None:
    save(lan, draft_id, 1, subject="[cần bổ sung]")
    assert '<h1 class="tools-title" lang="vi">Công văn đôn đốc nộp báo cáo năm' in lan.get(f"/drafts/{draft_id}").text
    assert f'<a href="/drafts/{draft_id}">Công văn đôn đốc nộp báo cáo năm' in lan.get("/drafts").text


def test_the_shelf_lists_ones_own_and_says_what_goes_there(
    client_of: ClientOf, lan: FlaskClient, draft_id: int
) -> None:
    assert f'href="/drafts/{draft_id}"' in lan.get("/drafts").text
    assert "Chưa có bản nháp nào" in client_of("minh").get("/drafts").text
