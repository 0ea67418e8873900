"""Drafts: an answer on the bench, saved by version, its details verified, taken home as .docx."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import docx
import pytest

from service import drafts, exercises, feedback, practice
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, Conflict, NotFound, Secret
from service.kit import Kit
from service.records import Message, StoredDraft, Table, User

ANSWER = (
    "Sở Nông nghiệp và Môi trường đề nghị xã tiêm đạt ít nhất 80% tổng đàn [2], xong trước ngày 15 tháng 12 năm 2026. "
    "Xã mới đạt 38%./."
)


BODY = (
    "GIẤY MỜI\nHọp giao ban tháng 12 năm 2026\n{issuer} trân trọng kính mời:\n- Trưởng các phòng.\n"
    "Chủ trì: đồng chí Chủ tịch.\nThời gian: 7 giờ 30.\nĐịa điểm: Phòng họp tầng 2./."
)
"""What the small model writes: no head, no foot."""


TABLE = "| STT | Việc | Hạn |\n|---|---|---|\n| 1 | Rà soát hộ nghèo | 15/3/2026 |"


def said(messages: Sequence[Message]) -> str:
    if "tên người gửi" in messages[-1].content:
        return f"{ANSWER}\nPhòng Văn hóa Đông Lĩnh gửi."
    if "lập bảng" in messages[-1].content:
        return TABLE
    issuer = messages[-1].content.partition(" của ")[2]
    return BODY.format(issuer=issuer) if issuer else ANSWER


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(said)
    yield engine
    engine.close()


@pytest.fixture
def stored(seeded: Kit, people: dict[str, User]) -> StoredDraft:
    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt công văn.")
    list(practice.answer(seeded, attempt.id))
    return drafts.from_attempt(seeded, people["lan"], attempt.id)


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    heads = [head for part in document.sections for head in (part.header, part.first_page_header)]
    stories = [*heads, document]
    cells = [cell.text for story in stories for table in story.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for story in stories for paragraph in story.paragraphs)])


def test_the_same_answer_lies_on_the_bench_once(seeded: Kit, people: dict[str, User], stored: StoredDraft) -> None:
    assert stored.attempt_id is not None
    assert drafts.from_attempt(seeded, people["lan"], stored.attempt_id) == stored
    assert "[2]" not in str(stored.draft.body), "citation marks do not belong in an official document"


@pytest.mark.parametrize(("issuer", "known"), [("Ủy ban nhân dân xã Triệu Phong", True), ("Sở Nội vụ", False)])
def test_a_body_gets_its_head_and_foot_from_code(
    seeded: Kit, people: dict[str, User], issuer: str, known: bool
) -> None:
    exercise = exercises.get(seeded, people["lan"], "soan-giay-moi-giao-ban")
    attempt = practice.begin(seeded, people["lan"], exercise, f"Soạn giấy mời của {issuer}")
    list(practice.answer(seeded, attempt.id))
    stored = drafts.from_attempt(seeded, people["lan"], attempt.id)
    draft = stored.draft
    assert draft.issuer == ("ỦY BAN NHÂN DÂN XÃ TRIỆU PHONG" if known else "")
    assert draft.recipients == ("Như trên", "Lưu: VT")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(drafts.export(seeded, people["lan"], stored.id)[0])


def test_the_head_is_not_taken_from_the_documents_of_another_input(seeded: Kit, people: dict[str, User]) -> None:
    exercise = exercises.get(seeded, people["lan"], "soan-giay-moi-giao-ban")
    prompt = "Soạn giấy mời của Ủy ban nhân dân xã Triệu Phong"
    attempt = practice.begin(seeded, people["lan"], exercise, prompt, given="hoi-y")  # a note, without a head
    list(practice.answer(seeded, attempt.id))
    assert drafts.from_attempt(seeded, people["lan"], attempt.id).draft.issuer == ""


def test_what_no_source_holds_is_listed_before_the_worker_has_come_to_the_answer(
    seeded: Kit, people: dict[str, User]
) -> None:
    exercise = exercises.get(seeded, people["lan"], "tom-tat-cong-van-tiem-phong")
    attempt = practice.begin(seeded, people["lan"], exercise, "Tóm tắt, có tên người gửi.")
    list(practice.answer(seeded, attempt.id))
    stored = drafts.from_attempt(seeded, people["lan"], attempt.id)
    at_first = drafts.details(seeded, stored)
    feedback.grade(seeded, attempt.id)
    assert [one.key for one in at_first if one.key.startswith("ten:")]
    assert drafts.details(seeded, stored) == at_first


def test_a_table_is_no_letter_until_somebody_says_so(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    exercise = exercises.get(seeded, lan, "trich-nhiem-vu-tu-ket-luan")
    attempt = practice.begin(seeded, lan, exercise, "Đọc kết luận rồi lập bảng nhiệm vụ.")
    list(practice.answer(seeded, attempt.id))
    stored = drafts.from_attempt(seeded, lan, attempt.id)
    assert drafts.kind_open(seeded, stored)
    for chosen in (replace(stored.draft, kind="bao_cao"), replace(stored.draft, subject="giao nhiệm vụ")):
        assert not drafts.kind_open(seeded, replace(stored, draft=chosen))


def test_it_is_nobody_elses(seeded: Kit, people: dict[str, User], stored: StoredDraft) -> None:
    for name in ("minh", "thu"):
        with pytest.raises(NotFound):
            drafts.get(seeded, people[name], stored.id)
        with pytest.raises(NotFound):
            drafts.export(seeded, people[name], stored.id)


def test_a_stale_save_overwrites_nothing(seeded: Kit, people: dict[str, User], stored: StoredDraft) -> None:
    newer = replace(stored.draft, signer="Lê Thị Mẫu")
    saved = drafts.save(seeded, people["lan"], stored.id, stored.version, newer)
    with pytest.raises(Conflict):
        drafts.save(seeded, people["lan"], stored.id, stored.version, replace(stored.draft, signer="Ai đó"))
    assert drafts.get(seeded, people["lan"], stored.id).draft.signer == "Lê Thị Mẫu"
    assert saved.version == stored.version + 1


def test_what_a_page_sent_without_hearing_of_it_is_no_other_window(
    seeded: Kit, people: dict[str, User], stored: StoredDraft
) -> None:
    lan, typed = people["lan"], replace(stored.draft, signer="Lê Thị Mẫu")
    saved = drafts.save(seeded, lan, stored.id, stored.version, typed)
    assert drafts.save(seeded, lan, stored.id, stored.version, typed) == saved, "the same words a second time"
    more = replace(typed, place="Đông Hà")
    again = drafts.save(seeded, lan, stored.id, stored.version, more, unheard=(stored.draft, typed))
    assert (again.draft, again.version) == (more, saved.version + 1)
    with pytest.raises(Conflict):
        drafts.save(seeded, lan, stored.id, stored.version, replace(typed, place="Huế"), unheard=(typed,))
    assert drafts.get(seeded, lan, stored.id) == again


def test_a_secrecy_mark_is_not_saved(seeded: Kit, people: dict[str, User], stored: StoredDraft) -> None:
    with pytest.raises(Secret):
        drafts.save(seeded, people["lan"], stored.id, stored.version, replace(stored.draft, body=("MẬT", "Nội dung.")))
    assert drafts.get(seeded, people["lan"], stored.id) == stored


def test_a_draft_stays_on_the_bench_until_its_details_are_ticked(
    seeded: Kit, people: dict[str, User], stored: StoredDraft
) -> None:
    still_open = [detail for detail in drafts.details(seeded, stored) if not detail.ticked]
    assert [detail.text for detail in still_open] == ["38%"]
    with pytest.raises(BadInput, match="Còn 1 chi tiết"):
        drafts.export(seeded, people["lan"], stored.id)
    drafts.tick(seeded, people["lan"], stored.id, still_open[0].key, True)
    data, name = drafts.export(seeded, people["lan"], stored.id)
    assert name.endswith(".docx") and "38%" in words(data)
    assert "chưa kiểm chứng" not in words(data).lower()
    drafts.tick(seeded, people["lan"], stored.id, still_open[0].key, False)
    with pytest.raises(BadInput):
        drafts.export(seeded, people["lan"], stored.id)


def test_a_place_left_open_is_a_detail_until_it_is_filled_in_or_left_on_purpose(
    seeded: Kit, people: dict[str, User], stored: StoredDraft
) -> None:
    lan = people["lan"]
    body = (
        "Thời gian: [cần bổ sung]; địa điểm: [Nơi họp].",
        "Bà [HO_TEN_1] giữ số …… của đoạn [3].",
        Table((("TT", "Việc"), ("1", "[cần bổ sung]"))),
    )
    draft = replace(stored.draft, subject="[cần bổ sung]", body=body)
    saved = drafts.save(seeded, lan, stored.id, stored.version, draft)

    def blanks() -> list[tuple[str, str, bool]]:
        told = drafts.details(seeded, drafts.get(seeded, lan, stored.id))
        return [(one.text, one.where, one.ticked) for one in told if one.key.startswith(drafts.BLANK)]

    left_open = blanks()
    assert [text for text, _, _ in left_open] == ["[cần bổ sung]", "[cần bổ sung]", "[Nơi họp]", "[cần bổ sung]"]
    assert left_open[1][1].startswith("«Thời gian: [cần bổ sung]», dòng ")
    assert not any(ticked for _, _, ticked in left_open)
    with pytest.raises(BadInput, match="Còn 4 chi tiết"):
        drafts.export(seeded, lan, stored.id)
    keys = [one.key for one in drafts.details(seeded, saved) if one.key.startswith(drafts.BLANK)]
    assert len(set(keys)) == 4
    for key in keys[1:]:
        drafts.tick(seeded, lan, stored.id, key, True)
    drafts.save(seeded, lan, stored.id, saved.version, replace(draft, subject="Họp giao ban"))
    assert [ticked for _, _, ticked in blanks()] == [True] * 3, "the others stay as they were"
    taken = words(drafts.export(seeded, lan, stored.id)[0])
    assert "[cần bổ sung]" in taken
    assert "bản nháp – còn 3 chỗ chưa điền" in taken, "what is set aside is not verified"


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("họp giao ban", "Họp giao ban"),
        ("họp [cần bổ sung]", "Họp [cần bổ sung]"),
        ("[cần bổ sung]", "Tóm tắt công văn đôn đốc tiêm phòng"),
        ("……", "Tóm tắt công văn đôn đốc tiêm phòng"),
        ("", "Tóm tắt công văn đôn đốc tiêm phòng"),
    ],
)
def test_a_draft_is_named_by_its_subject_once_it_has_one(stored: StoredDraft, subject: str, name: str) -> None:
    named = replace(stored, title="Tóm tắt công văn đôn đốc tiêm phòng", draft=replace(stored.draft, subject=subject))
    assert drafts.name_of(named) == name


def test_masks_are_undone_in_the_file_and_nowhere_else(
    seeded: Kit, people: dict[str, User], stored: StoredDraft
) -> None:
    table = Table((("TT", "Người"), ("1", "[CCCD_1]")))
    draft = replace(stored.draft, body=("Ông [HO_TEN_1], số [CCCD_1]; bà [HO_TEN_2].", table), signer="[HO_TEN_1]")
    drafts.save(seeded, people["lan"], stored.id, stored.version, draft)
    said = {"[CCCD_1]": "001099012345", "[HO_TEN_1]": "Mẫu [HO_TEN_2]", "[HO_TEN_9]": "x"}
    text = words(drafts.export(seeded, people["lan"], stored.id, said)[0])
    assert "Ông Mẫu [HO_TEN_2], số 001099012345; bà [HO_TEN_2]." in text, "what stands behind a mask is no mask"
    assert text.count("001099012345") == 2
    kept = "".join(one.read_bytes().decode(errors="ignore") for one in seeded.settings.data.glob("hocvu.sqlite3*"))
    assert "001099012345" not in kept and "[CCCD_1]" in kept
    for wrong in ({"CCCD": "1"}, {"[CCCD_1]": 3}, {"[CCCD_1]": "a" * 301}, {f"[CCCD_{n}]": "x" for n in range(201)}):
        with pytest.raises(BadInput, match="đã che"):
            drafts.export(seeded, people["lan"], stored.id, wrong)  # type: ignore[arg-type]


def test_parts_survive_the_way_through_json(stored: StoredDraft) -> None:
    draft = replace(stored.draft, body=("Một.", Table((("TT", "Việc"), ("1", "Tiêm")))))
    assert drafts.draft_of(drafts.parts_of(draft)) == draft


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"kind": "thu_tinh"},
        {"kind": "cong_van", "la": "x"},
        {"kind": "cong_van", "body": "chữ"},
        {"kind": "cong_van", "signer": 3},
    ],
)
def test_what_is_not_a_draft_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        drafts.draft_of(parts)
