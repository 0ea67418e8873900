"""Details to verify: listed, ticked one by one; while one is open the draft is not taken home."""

from __future__ import annotations

import io
import re

import docx
from flask.testing import FlaskClient

from service import worker
from service.kit import Kit
from tests.pages.test_drafts_edit import draft_id, engine, lan, save  # noqa: F401  # fixtures
from tests.pages.test_practice_run import ClientOf, events


def open_details(page: str) -> list[str]:
    return re.findall(r'id="k-[^"]+" data-tick="([^"]+)"(?![^>]*checked)', page)


def test_a_detail_without_a_source_is_open_until_ticked(lan: FlaskClient, draft_id: int) -> None:  # noqa: F811
    page = lan.get(f"/drafts/{draft_id}").text
    before = open_details(page)
    assert before
    assert '<span class="draft-label" id="nhan">' in page
    answer = lan.post(f"/drafts/{draft_id}/ticks", data={"key": before[0], "on": "1"})
    assert answer.status_code == 200, answer.text
    assert open_details(answer.json["beside"]) == before[1:]
    assert open_details(lan.get(f"/drafts/{draft_id}").text) == before[1:]
    lan.post(f"/drafts/{draft_id}/ticks", data={"key": before[0], "on": "0"})
    assert set(open_details(lan.get(f"/drafts/{draft_id}").text)) == set(before)


def test_a_detail_of_the_exercise_s_own_text_leads_to_its_desk(lan: FlaskClient) -> None:  # noqa: F811
    begun = lan.post(
        "/exercises/bao-cao-thang-ba-don-vi/attempts", data={"prompt": "Gộp hai báo cáo.", "input": "tuan"}
    )
    attempt_id = int(begun.location.rpartition("/")[2])
    events(lan, attempt_id)
    draft = int(lan.post(f"/attempts/{attempt_id}/drafts").location.rpartition("/")[2])
    save(lan, draft, 1, body=["Đã hướng dẫn 46 lượt người dân./."])
    assert f'<a class="cite" href="/attempts/{attempt_id}#v0-b1" target="_blank"' in lan.get(f"/drafts/{draft}").text


def test_a_detail_that_is_not_there_cannot_be_ticked(lan: FlaskClient, draft_id: int) -> None:  # noqa: F811
    assert lan.post(f"/drafts/{draft_id}/ticks", data={"key": "khong-co", "on": "1"}).status_code == 400


def test_nothing_is_taken_home_until_every_detail_is_ticked(lan: FlaskClient, draft_id: int) -> None:  # noqa: F811
    def text() -> str:
        answer = lan.get(f"/drafts/{draft_id}/docx")
        assert answer.mimetype.endswith("wordprocessingml.document")
        assert ".docx" in answer.headers["Content-Disposition"]
        parts = docx.Document(io.BytesIO(answer.data))
        cells = (cell.text for table in parts.tables for row in table.rows for cell in row.cells)
        heads = (paragraph.text for section in parts.sections for paragraph in section.header.paragraphs)
        return "\n".join([*(paragraph.text for paragraph in parts.paragraphs), *cells, *heads]).lower()

    keys = open_details(lan.get(f"/drafts/{draft_id}").text)
    refused = lan.get(f"/drafts/{draft_id}/docx")
    assert refused.status_code == 400
    assert f"Còn {len(keys)} chi tiết chưa kiểm tra" in refused.text
    for key in keys:
        lan.post(f"/drafts/{draft_id}/ticks", data={"key": key, "on": "1"})
    assert "chưa kiểm chứng" not in text()
    assert '<span class="draft-label" id="nhan" hidden>' in lan.get(f"/drafts/{draft_id}").text


def test_a_place_left_open_is_told_as_such_and_may_be_left_for_later(
    lan: FlaskClient,  # noqa: F811
    draft_id: int,  # noqa: F811
) -> None:
    save(lan, draft_id, 1, body=["Thời gian: [cần bổ sung]./."])
    page = lan.get(f"/drafts/{draft_id}").text
    (key,) = open_details(page)
    assert "Chưa điền." in page and "Không thấy trong nguồn." not in page
    assert "hoặc đánh dấu để điền sau" in page
    assert "Còn 1 chỗ chưa điền." in page, "and the question before handing in says so"
    assert "còn 1 chi tiết" in lan.get("/drafts").text
    told = lan.post(f"/drafts/{draft_id}/ticks", data={"key": key, "on": "1"}).json["beside"]
    assert "Để điền sau." in told and "Còn 1 chỗ chưa điền." in told
    page = lan.get(f"/drafts/{draft_id}").text
    assert 'id="nhan">bản nháp – còn 1 chỗ chưa điền</span>' in page
    assert '<span id="so-kiem-chung">(0/1)</span>' in page, "set aside is not verified"
    assert "Không còn chi tiết nào chờ đối chiếu" not in page
    shelf = lan.get("/drafts").text
    assert "đã dò, còn 1 chỗ chưa điền" in shelf and "đã dò đủ" not in shelf


def test_what_only_the_machine_looked_up_is_not_said_to_be_verified(lan: FlaskClient, draft_id: int) -> None:  # noqa: F811
    save(lan, draft_id, 1, body=["Gửi trước ngày 25 tháng 11 năm 2026./."])
    page = lan.get(f"/drafts/{draft_id}").text
    assert open_details(page) == [] and "disabled" in page
    assert "đã được kiểm chứng" not in page
    assert "Các số, ngày đều thấy trong nguồn. Anh/chị xem lại từng chỗ có dùng đúng việc không." in page
    assert 'id="the-kiem-chung" aria-selected="true"' in page, "and that is what one sees first"
    assert "đã đủ" not in lan.get("/drafts").text


def test_handing_in_is_asked_first_and_told_afterwards(lan: FlaskClient, seeded: Kit, draft_id: int) -> None:  # noqa: F811
    while worker.run_once(seeded):
        pass
    save(lan, draft_id, 1)
    page = lan.get(f"/drafts/{draft_id}").text
    assert 'id="nop-hoi"' in page and "không rút lại được" in page
    assert "chỗ chưa điền" not in page
    handed = lan.post(f"/drafts/{draft_id}/hand-in")
    assert handed.status_code == 303, handed.text
    page = lan.get(f"/drafts/{draft_id}").text
    assert "Đã nộp lúc " in page and f'href="{handed.location}"' in page
    assert 'id="nop' not in page and 'form="nop"' not in page


def test_a_stranger_gets_no_file(seeded: Kit, client_of: ClientOf, draft_id: int) -> None:  # noqa: F811
    stranger = client_of("lan").application.test_client()
    assert stranger.get(f"/drafts/{draft_id}/docx").status_code == 302
