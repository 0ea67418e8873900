"""Details to verify: listed, ticked one by one; while one is open the draft is not taken home."""

from __future__ import annotations

import io
import re

import docx
from flask.testing import FlaskClient

from service.kit import Kit
from tests.pages.test_drafts_edit import draft_id, engine, lan  # noqa: F401  # fixtures
from tests.pages.test_practice_run import ClientOf


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


def test_a_stranger_gets_no_file(seeded: Kit, client_of: ClientOf, draft_id: int) -> None:  # noqa: F811
    stranger = client_of("lan").application.test_client()
    assert stranger.get(f"/drafts/{draft_id}/docx").status_code == 302
