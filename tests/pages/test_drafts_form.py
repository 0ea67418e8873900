"""The form is looked at while one types: the changed parts go out, nothing is saved; appendices and stamps stay."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from service import drafts
from service.kit import Kit
from service.records import Appendix, CertifiedCopy, Draft, Table, User
from service.store import tables
from service.store.db import now
from tests.pages.test_practice_run import ClientOf
from tests.rules.nd30_papers import draft_of

HELD = Draft(
    **{
        **vars(draft_of("ke_hoach")),
        "body": ("Thực hiện nhiệm vụ theo Phụ lục kèm theo./.",),
        "appendices": (Appendix("Bảng phân công", ("1. Việc chung.", Table((("TT", "Việc"), ("1", "Rà soát"))))),),
        "copy": CertifiedCopy("SAO Y", issuer="ỦY BAN NHÂN DÂN XÃ AN BÌNH", recipients=("Lưu: VT",)),
    }
)


@pytest.fixture
def draft_id(kit: Kit, people: dict[str, User]) -> int:
    """A plan of Lan's with an appendix and the stamp of a copy."""
    values = {"user_id": people["lan"].id, "attempt_id": None, "title": "Kế hoạch", "parts": drafts.parts_of(HELD)}
    values |= {"ticked": [], "version": 1, "created_at": now(), "updated_at": now()}
    with kit.db.write() as connection:
        return int(connection.execute(insert(tables.drafts).values(values)).inserted_primary_key[0])


@pytest.fixture
def lan(client_of: ClientOf) -> FlaskClient:
    return client_of("lan")


def asked(client: FlaskClient, draft_id: int, changed: Any) -> str:
    answer = client.post(f"/drafts/{draft_id}/form", json=changed)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_parts_that_were_changed_are_judged_and_nothing_is_saved(
    lan: FlaskClient, kit: Kit, people: dict[str, User], draft_id: int
) -> None:
    assert "ND30-25" not in asked(lan, draft_id, {})
    told = asked(lan, draft_id, {"sign": "5/KH-UBND", "body": ["Việc sử lý còn chậm, xem Phụ lục./."]})
    assert 'data-key="ND30-25:sign"' in told
    assert 'data-words="[&#34;S\\u1ed1: 5/KH-UBND&#34;]"' in told
    assert 'data-key="ND30-X3:body"' in told
    assert drafts.get(kit, people["lan"], draft_id).draft == HELD
    assert drafts.get(kit, people["lan"], draft_id).version == 1


def test_where_a_fault_stands_is_said_once(lan: FlaskClient, draft_id: int) -> None:
    told = asked(lan, draft_id, {"sign": "5/KH-UBND", "addressees": ["Các thôn"]})
    assert "<q>Số: 5/KH-UBND</q>, Số, ký hiệu</dd>" in told
    assert "<q>Kính gửi:</q></dd>" in told, "the part's name would say the same words again"


@pytest.mark.parametrize("sent", [["x"], "x", {"sign": 5}, {"x": "y"}, {"appendices": [{"body": 3}]}, {"copy": "S"}])
def test_what_is_no_part_of_a_draft_is_refused(lan: FlaskClient, draft_id: int, sent: Any) -> None:
    assert lan.post(f"/drafts/{draft_id}/form", json=sent).status_code == 400


def test_it_is_asked_by_its_owner_and_by_post(client_of: ClientOf, lan: FlaskClient, draft_id: int) -> None:
    assert client_of("minh").post(f"/drafts/{draft_id}/form", json={}).status_code == 404
    assert lan.get(f"/drafts/{draft_id}/form").status_code == 405


def test_appendix_and_stamp_lie_on_the_page_are_saved_and_taken_home(
    lan: FlaskClient, kit: Kit, people: dict[str, User], draft_id: int
) -> None:
    page = lan.get(f"/drafts/{draft_id}").text
    assert "Bảng phân công" in page
    assert "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05 tháng 6 năm 2026 của Ủy ban nhân dân xã Triệu Phong)" in page
    assert "<td>Rà soát</td>" in page
    sent = json.loads(json.dumps(drafts.parts_of(HELD) | {"sign": "13/KH-UBND"}))
    answer = lan.post(f"/drafts/{draft_id}", json={"version": 1, "draft": sent})
    assert answer.json["attached"].startswith("(Kèm theo Kế hoạch số 13/KH-UBND")
    kept = drafts.get(kit, people["lan"], draft_id).draft
    assert (kept.appendices, kept.copy) == (HELD.appendices, HELD.copy)
    for detail in drafts.details(kit, drafts.get(kit, people["lan"], draft_id)):
        lan.post(f"/drafts/{draft_id}/ticks", data={"key": detail.key, "on": "1"})
    taken = docx.Document(io.BytesIO(lan.get(f"/drafts/{draft_id}/docx").data))
    assert [line.text for line in taken.paragraphs if "PHÂN CÔNG" in line.text] == ["BẢNG PHÂN CÔNG"]
    assert len(taken.sections) == 2


def test_the_paper_shows_what_the_file_prints_above_a_signature(
    lan: FlaskClient, kit: Kit, people: dict[str, User], draft_id: int
) -> None:
    minutes = Draft("bien_ban", subject="Họp giao ban", body=("Hôm nay họp./.",))
    drafts.save(kit, people["lan"], draft_id, 1, minutes)
    page = lan.get(f"/drafts/{draft_id}").text
    assert re.search(r'data-field="authority"[^>]*>CHỦ TỌA<', page)
    taken = docx.Document(io.BytesIO(lan.get(f"/drafts/{draft_id}/docx").data))
    cells = [cell for table in taken.tables for row in table.rows for cell in row.cells]
    assert any("CHỦ TỌA" in cell.text for cell in cells)


def test_the_kind_can_be_chosen(lan: FlaskClient, kit: Kit, people: dict[str, User], draft_id: int) -> None:
    page = lan.get(f"/drafts/{draft_id}").text
    assert '<option value="ke_hoach" selected>Kế hoạch</option>' in page
    assert page.count("<option") == 29
    parts = drafts.parts_of(HELD) | {"kind": "thong_bao"}
    assert lan.post(f"/drafts/{draft_id}", json={"version": 1, "draft": parts}).status_code == 200
    assert "<b>THÔNG BÁO</b>" in lan.get(f"/drafts/{draft_id}").text
