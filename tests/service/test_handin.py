"""From the underlined details to the hand-in: nothing goes on unchecked, nothing is handed in twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from service import drafts, exercises, feedback, handin, practice, verify
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import Attempt, AttemptState, User

ANSWER = (
    "Tiêm đạt ít nhất 80% tổng đàn trước ngày 15 tháng 12 năm 2026. Hiện xã mới đạt 37,25%; ông Trần Bá Lạc phụ trách. "
    "Nhắc lại: 37,25%."
)
ONE = (
    "Bò sữa phải uống nước suối vào mỗi buổi sáng mùa đông, gặm cỏ voi ngoài bãi bồi ven sông, ngủ chuồng gỗ lim lợp "
    "ngói mũi hài quay hướng mặt trời mọc"
)
OTHER = "trâu cày thì ngậm muối khoáng ngoài ruộng lúa chín vàng"
CITED = f"Trả lời:\n- {ONE} [1]; {OTHER} [1].\n- Xin anh/chị xem Nghị định số 99/2031/NĐ-CP, Điều 217."
"""Two sentences that their passage does not bear out, and a document that no source names."""


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(lambda messages: CITED if "khai sinh" in messages[-1].content else ANSWER)
    yield engine
    engine.close()


def attempt_of(kit: Kit, user: User) -> Attempt:
    exercise = exercises.get(kit, user, "tom-tat-cong-van-tiem-phong")
    made = practice.begin(kit, user, exercise, "Tóm tắt công văn.")
    list(practice.answer(kit, made.id))
    feedback.grade(kit, made.id)
    return practice.load(kit, made.id)


def test_each_detail_is_checked_once_and_kept(seeded: Kit, people: dict[str, User]) -> None:
    lan, made = people["lan"], attempt_of(seeded, people["lan"])
    found = verify.details(seeded, made)
    assert [(one.key, one.text, one.ticked) for one in found] == [
        ("percent:37.25", "37,25%", False),
        ("ten:trần bá lạc", "Trần Bá Lạc", False),
    ]
    with pytest.raises(BadInput, match="Còn 2 chi tiết"):
        handin.of_attempt(seeded, lan, made.id)
    verify.tick(seeded, lan, made.id, "percent:37.25", verify.WRONG)
    after = verify.tick(seeded, lan, made.id, "ten:trần bá lạc", verify.RIGHT)
    assert [(one.ticked, one.wrong) for one in after] == [(True, True), (True, False)]
    feedback.grade(seeded, made.id)  # a job may run twice
    assert verify.details(seeded, made) == after
    assert not verify.tick(seeded, lan, made.id, "percent:37.25", "")[0].ticked
    for key, verdict in (("khong-co", verify.RIGHT), ("percent:37.25", "có lẽ")):
        with pytest.raises(BadInput):
            verify.tick(seeded, lan, made.id, key, verdict)
    for name in ("minh", "thu", "dung", "quan"):
        with pytest.raises(NotFound):
            verify.tick(seeded, people[name], made.id, "percent:37.25", verify.RIGHT)
        with pytest.raises(NotFound):
            handin.of_attempt(seeded, people[name], made.id)

    # Checked and handed in, it stays as it was.
    verify.tick(seeded, lan, made.id, "percent:37.25", verify.RIGHT)
    given = handin.of_attempt(seeded, lan, made.id)
    assert (given.text, given.draft_id) == (ANSWER, None)
    assert practice.load(seeded, made.id).state is AttemptState.SUBMITTED
    assert handin.mine(seeded, lan) == (given,)
    assert handin.mine(seeded, people["minh"]) == ()
    with pytest.raises(BadInput, match="đã nộp"):
        handin.of_attempt(seeded, lan, made.id)
    with pytest.raises(BadInput, match="đã nộp"):
        verify.tick(seeded, lan, made.id, "percent:37.25", "")


def test_a_draft_takes_over_what_was_checked_and_is_handed_in_as_it_was_edited(
    seeded: Kit, people: dict[str, User]
) -> None:
    lan, made = people["lan"], attempt_of(seeded, people["lan"])
    verify.tick(seeded, lan, made.id, "percent:37.25", verify.RIGHT)
    stored = drafts.from_attempt(seeded, lan, made.id)
    open_ = [one.key for one in drafts.details(seeded, stored) if not one.ticked]
    assert open_ == ["ten:trần bá lạc"], "a name that no source holds is a detail of the draft as well"
    for deed in (handin.of_draft, drafts.export):
        with pytest.raises(BadInput, match="Còn 1 chi tiết"):
            deed(seeded, lan, stored.id)
    mended = [
        one.replace("; ông Trần Bá Lạc phụ trách", "") if isinstance(one, str) else one for one in stored.draft.body
    ]
    drafts.save(seeded, lan, stored.id, stored.version, replace(stored.draft, body=tuple(mended)))
    assert drafts.export(seeded, lan, stored.id)[1].endswith(".docx")
    with pytest.raises(NotFound):
        handin.of_draft(seeded, people["minh"], stored.id)
    given = handin.of_draft(seeded, lan, stored.id)
    assert "Trần Bá Lạc" not in given.text and "37,25%" in given.text
    names = [one for one in handin.results(seeded, given) if one.check == "grounded-names"]
    assert [one.passed for one in names] != [False], "the rules look at what was handed in, not at what was mended"
    assert [one.passed for one in feedback.results(seeded, made.id) if one.check == "grounded-names"] == [False]
    assert given.draft_id == stored.id
    with pytest.raises(BadInput, match="đã nộp"):
        handin.of_draft(seeded, lan, stored.id)


def test_head_and_foot_that_code_gave_a_draft_are_not_counted(seeded: Kit, people: dict[str, User]) -> None:
    lan, made = people["lan"], attempt_of(seeded, people["lan"])
    stored = drafts.from_attempt(seeded, lan, made.id)
    for one in drafts.details(seeded, stored):
        drafts.tick(seeded, lan, stored.id, one.key, True)
    given = handin.of_draft(seeded, lan, stored.id)
    assert "Độc lập" in given.text and "Lưu: VT" in given.text
    assert drafts.without_frame(seeded, made, given.text) == ANSWER
    told = [(one.label, one.passed) for one in feedback.results(seeded, made.id)]
    assert [(one.label, one.passed) for one in handin.results(seeded, given)] == told, "nothing was changed"


def test_a_draft_takes_over_what_its_citations_did_not_bear_out(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    exercise = exercises.get(seeded, lan, "hoi-khai-sinh-truc-tuyen")
    made = practice.begin(seeded, lan, exercise, "Hỏi về khai sinh.")
    list(practice.answer(seeded, made.id))
    feedback.grade(seeded, made.id)
    told = {one.text: one.key for one in verify.details(seeded, practice.load(seeded, made.id))}
    verify.tick(seeded, lan, made.id, told[OTHER], verify.RIGHT)
    stored = drafts.from_attempt(seeded, lan, made.id)
    open_ = [one.text for one in drafts.details(seeded, stored) if not one.ticked]
    assert {ONE, "99/2031/NĐ-CP", "Điều 217"} <= set(open_)
    assert OTHER not in open_
    body = tuple("Đã bỏ." if isinstance(one, str) and ONE in one else one for one in stored.draft.body)
    mended = drafts.save(seeded, lan, stored.id, stored.version, replace(stored.draft, body=body))
    assert not {ONE, OTHER} & {one.text for one in drafts.details(seeded, mended)}


def test_what_is_not_looked_at_yet_or_done_by_hand_is_not_handed_in(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    exercise = exercises.get(seeded, lan, "tom-tat-cong-van-tiem-phong")
    made = practice.begin(seeded, lan, exercise, "Tóm tắt công văn.")
    with pytest.raises(BadInput, match="chưa có kết quả đã soi"):
        handin.of_attempt(seeded, lan, made.id)
    list(practice.answer(seeded, made.id))
    with pytest.raises(BadInput, match="chưa có kết quả đã soi"):
        handin.of_attempt(seeded, lan, made.id)
