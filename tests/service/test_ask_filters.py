"""A question narrowed to kinds and a shelf: what is searched, what is told, which words are understood."""

from __future__ import annotations

from typing import Any

import pytest

from service import ask, library
from service.ask import filters, taken
from service.errors import BadInput
from service.kit import Kit
from service.records import Document, Question, Shelf, User

PLAN = """ỦY BAN NHÂN DÂN
XÃ ĐÔNG MAI
Số: 15/KH-UBND
KẾ HOẠCH
Tiêm phòng vụ Thu Đông
Xã Đông Mai tiêm đạt ít nhất 80% tổng đàn trâu, bò, hoàn thành trước ngày 15 tháng 12 năm 2026 để phòng dịch."""
NOTES = "Ghi nhanh cuộc gọi: thôn Cây Thị xin thêm 20 liều vắc xin tiêm phòng cho tổng đàn trâu, bò trước ngày 10."


@pytest.fixture
def shelf(kit: Kit, people: dict[str, User]) -> dict[str, Document]:
    """Lan's plan and notes, and a sample report; all three speak of the herds."""
    report = "Báo cáo tiêm phòng: toàn tỉnh đã tiêm phòng 61,4% tổng đàn trâu, bò trước ngày 05 tháng 11 năm 2026."
    given = {"plan": (PLAN, None), "notes": (NOTES, None), "report": (report, "bao_cao")}
    found = {}
    for name, (text, kind) in given.items():
        owner = None if kind else people["lan"]
        made = library.accept(
            kit, owner, f"{name}.txt", text.encode(), kind=kind, sample="bc-tiem-phong" if kind else None
        )
        library.index(kit, made.id)
        found[name] = library.get(kit, people["lan"], made.id)
    return found


def run(kit: Kit, user: User, **given: Any) -> Question:
    asked = ask.begin(kit, user, "Tiêm phòng tổng đàn trâu, bò trước ngày nào?", **given)
    list(ask.answer(kit, user, asked.id))
    return ask.get(kit, user, asked.id)


def test_the_kind_of_a_file_is_read_from_its_head(shelf: dict[str, Document]) -> None:
    assert [one.kind for one in shelf.values()] == ["ke_hoach", None, "bao_cao"]
    assert filters.kinds_of(list(shelf.values())) == {"ke_hoach": 1, "bao_cao": 1, filters.OTHER: 1}


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, {"plan", "notes", "report"}),
        ({"shelf": "own"}, {"plan", "notes"}),
        ({"shelf": "samples"}, {"report"}),
        ({"kinds": ["ke_hoach", "Báo cáo"]}, {"plan", "report"}),
        ({"kinds": ["khác"]}, {"notes"}),
        ({"kinds": ["ke hoach", "khac"], "shelf": "own"}, {"plan", "notes"}),
    ],
)
def test_only_what_fits_is_searched(
    kit: Kit, people: dict[str, User], shelf: dict[str, Document], given: dict[str, object], asked: set[str]
) -> None:
    done = run(kit, people["lan"], **given)
    assert {one.document_id for one in done.passages} == {shelf[name].id for name in asked}
    assert ask.get(kit, people["lan"], done.id) == done


def test_a_filter_and_chosen_documents_narrow_each_other(
    kit: Kit, people: dict[str, User], shelf: dict[str, Document]
) -> None:
    chosen = [shelf["plan"].id, shelf["notes"].id]
    done = run(kit, people["lan"], chosen=chosen, kinds=["kế hoạch"])
    assert {one.document_id for one in done.passages} == {shelf["plan"].id}
    for given, said in (
        ({"chosen": chosen, "shelf": "samples"}, "không nằm trong kho đã chọn"),
        ({"chosen": chosen, "kinds": ["bao_cao"]}, "thuộc loại báo cáo"),
        ({"kinds": ["ke_hoach"], "shelf": "samples"}, "thuộc loại kế hoạch"),
        ({"kinds": ["ke hoach mat"]}, "Không có loại văn bản “ke hoach mat”"),
        ({"shelf": "chung"}, "Không có kho “chung”"),
    ):
        with pytest.raises(BadInput, match=said):
            run(kit, people["lan"], **given)
    with pytest.raises(BadInput, match="Kho đã chọn chưa có tài liệu nào"):
        run(kit, people["minh"], shelf="own")
    assert len(ask.history(kit, people["lan"])) == 1


def test_what_narrowed_it_travels_with_the_answer(
    kit: Kit, people: dict[str, User], shelf: dict[str, Document]
) -> None:
    done = run(kit, people["lan"], kinds=["bao_cao", "khac"], shelf="samples")
    assert (done.kinds, done.shelf) == (("bao_cao", filters.OTHER), Shelf.SAMPLES)
    assert "Chỉ tìm trong: văn bản mẫu; loại báo cáo, khác." in taken.as_text(done)
    assert "Chỉ tìm trong" not in taken.as_text(run(kit, people["lan"]))
