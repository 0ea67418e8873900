"""Documents on the shelf: taken in, refused, indexed, found again after a crash, removed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import select, update

from service import jobs, library
from service.errors import (
    BadInput,
    HocVuError,
    NotAllowed,
    NotFound,
    ScanWithoutText,
    Secret,
    TooLarge,
    Unreadable,
    WrongFormat,
)
from service.kit import Kit
from service.parsers import Limits
from service.records import DocumentStatus, User
from service.store.tables import blocks, chunks, documents, jobs as job_rows
from service.worker import HANDLERS, run_once
from tests.files import pdf_file, word_file

People = dict[str, User]
NOTICE = "Điều 1. Tiêm phòng cho đàn lợn trước ngày 15 tháng 12.\nĐiều 2. Văn phòng theo dõi."


def send(kit: Kit, owner: User, name: str = "thong-bao.txt", text: str = NOTICE) -> int:
    return library.accept(kit, owner, name, text.encode()).id


def stored(kit: Kit) -> list[Path]:
    return [path for path in kit.settings.files.rglob("*") if path.is_file()]


def rows(kit: Kit) -> int:
    with kit.db.read() as connection:
        return sum(len(connection.execute(select(table)).all()) for table in (documents, blocks, chunks, job_rows))


# ── receiving ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kính gửi: Ủy ban nhân dân xã\nTôi là: ……\nĐề nghị chứng thực.", None),
        ("Số: 12/UBND-VP\nKính gửi: Sở Nội vụ\nỦy ban nhân dân xã gửi số liệu.", "cong_van"),
        ("V/v gửi số liệu\nKính gửi: Sở Nội vụ\nỦy ban nhân dân xã gửi số liệu.", "cong_van"),
        ("Phụ lục III\nMẪU TRÌNH BÀY\nSố: …/NQ-…\nNGHỊ QUYẾT\nVề việc …\nQUYẾT NGHỊ:", None),
        ("ỦY BAN NHÂN DÂN XÃ\nSố: 12/TB-UBND\nTHÔNG BÁO\nVề việc họp\nHọp lúc 8 giờ.", "thong_bao"),
    ],
    ids=["a form for citizens", "a letter with its sign", "a letter with its subject", "an appendix", "a notice"],
)
def test_a_document_is_of_the_kind_that_its_head_tells(kit: Kit, people: People, text: str, kind: str | None) -> None:
    assert library.accept(kit, people["lan"], "tai-lieu.txt", text.encode()).kind == kind


def test_a_document_is_received_then_ready_and_searchable(kit: Kit, people: People) -> None:
    document = library.accept(kit, people["lan"], "thong-bao.txt", NOTICE.encode())
    assert document.status is DocumentStatus.RECEIVED
    assert document.title == "thong-bao"
    assert library.text(kit, document.id) == NOTICE
    assert run_once(kit)
    assert library.get(kit, people["lan"], document.id).status is DocumentStatus.READY
    assert kit.index.search("dan lon", [document.id])[0].text.startswith("Điều 1")
    assert library.path(kit, document).read_bytes() == NOTICE.encode()


def test_word_and_pdf_come_through_the_same_door(kit: Kit, people: People) -> None:
    word = library.accept(kit, people["lan"], "a.DOCX", word_file(lambda d: d.add_paragraph("Kế hoạch tiêm phòng")))
    pdf = library.accept(kit, people["lan"], "b.pdf", pdf_file([["Kế hoạch tiêm phòng"], []]))
    assert library.text(kit, word.id) == library.text(kit, pdf.id) == "Kế hoạch tiêm phòng"
    assert (word.pages, pdf.pages) == (None, 2)
    assert pdf.reason == "Trang 2 không có chữ đọc được, có thể là bản quét."
    assert word.syllables == 4


def test_the_same_bytes_of_one_person_are_one_document(kit: Kit, people: People) -> None:
    first = send(kit, people["lan"])
    assert send(kit, people["lan"], "ten-khac.txt") == first
    assert len(library.shelf(kit, people["lan"])) == 1


def test_the_same_bytes_of_two_people_are_stored_once(kit: Kit, people: People) -> None:
    assert send(kit, people["lan"]) != send(kit, people["minh"])
    (only,) = stored(kit)
    assert only.parent.name == only.name[:2]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/bao cao.txt", "bao cao.txt"),
        ("C:\\Users\\lan\\Kế hoạch.txt", "Kế hoạch.txt"),
        (unicodedata.normalize("NFD", "Quyết định.txt"), "Quyết định.txt"),
        ("ten\u202etxt.exe\n<b>.txt", "ten txt.exe b .txt"),
        ("x" * 500 + ".txt", "x" * 196 + ".txt"),
    ],
)
def test_file_names_are_only_shown(kit: Kit, people: People, sent: str, shown: str) -> None:
    document = library.accept(kit, people["lan"], sent, NOTICE.encode())
    assert document.filename == shown
    assert stored(kit) == [library.path(kit, document)]


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("a.txt", b"x" * (2**20 + 1), TooLarge, r"nặng 1,0 MB, mức nhận là 1 MB"),
        ("a.doc", b"x", WrongFormat, r"lưu thành \.docx"),
        ("a.exe", b"x", WrongFormat, r"\.exe"),
        ("ghi-chu", b"x", WrongFormat, "không có đuôi"),
        ("a.docx", b"PK\x03\x04", Unreadable, "hỏng"),
        ("a.txt", b" ", Unreadable, "trống"),
        ("a.pdf", pdf_file([[]]), ScanWithoutText, "bản quét"),
        ("a.txt", "SỞ NỘI VỤ\nTỐI MẬT\nSố: 1".encode(), Secret, r"TỐI MẬT ở dòng 2.*chưa được lưu"),
    ],
)
def test_what_is_refused_leaves_no_trace(
    kit: Kit, people: People, name: str, data: bytes, error: type[BadInput], says: str
) -> None:
    object.__setattr__(kit.settings, "upload_mb", 1)
    with pytest.raises(error, match=says):
        library.accept(kit, people["lan"], name, data)
    assert rows(kit) == 0
    assert stored(kit) == []


def test_a_mark_in_the_heading_of_a_word_file_is_seen(kit: Kit, people: People) -> None:
    data = word_file(lambda d: setattr(d.add_table(1, 3).cell(0, 0), "text", "SỞ NỘI VỤ\nMẬT\nSố: 12/SNV"))
    with pytest.raises(Secret, match="MẬT"):
        library.accept(kit, people["lan"], "a.docx", data)
    assert stored(kit) == []


def test_the_limits_are_those_of_the_settings(kit: Kit, people: People) -> None:
    object.__setattr__(kit.settings, "upload_pages", 1)
    with pytest.raises(TooLarge, match="2 trang, mức nhận là 1 trang"):
        library.accept(kit, people["lan"], "a.pdf", pdf_file([["một"], ["hai"]]))
    assert Limits().pages == type(kit.settings).upload_pages
    assert Limits().seconds == type(kit.settings).upload_seconds


# ── indexing ────────────────────────────────────────────────────────────────────────────────────


def test_a_crash_between_received_and_ready_is_made_good(kit: Kit, people: People) -> None:
    key = send(kit, people["lan"])
    job = jobs.claim(kit.db, "chết giữa chừng")
    assert job is not None
    with kit.db.write() as connection:  # as far as the dead process came
        connection.execute(update(documents).values(status=DocumentStatus.INDEXING))
    assert not run_once(kit)
    assert jobs.recover(kit.db) == 1
    assert run_once(kit)
    assert library.get(kit, people["lan"], key).status is DocumentStatus.READY


def test_indexing_twice_gives_the_same_passages(kit: Kit, people: People) -> None:
    key = send(kit, people["lan"])
    library.index(kit, key)
    once = kit.index.all_passages([key])
    library.index(kit, key)
    assert kit.index.all_passages([key]) == once


def test_a_document_removed_before_its_job_is_passed_over(kit: Kit, people: People) -> None:
    library.remove(kit, people["lan"], send(kit, people["lan"]))
    assert run_once(kit)
    assert library.shelf(kit, people["lan"]) == ()


def test_a_failed_document_says_why_and_can_be_tried_again(kit: Kit, people: People) -> None:
    key = send(kit, people["lan"])
    assert "index" in HANDLERS
    library.give_up(kit, reason=HocVuError.sentence, document_id=key)
    failed = library.get(kit, people["lan"], key)
    assert (failed.status, failed.reason) == (DocumentStatus.FAILED, HocVuError.sentence)
    again = library.retry(kit, people["lan"], key)
    assert (again.status, again.reason) == (DocumentStatus.RECEIVED, "")
    while run_once(kit):
        pass
    assert library.retry(kit, people["lan"], key).status is DocumentStatus.READY


# ── one's own, others', samples ─────────────────────────────────────────────────────────────────


def test_nobody_sees_or_touches_another_s_document(kit: Kit, people: People) -> None:
    key = send(kit, people["lan"])
    for name in ("minh", "thu", "dung", "quan"):
        for deed in (library.get, library.retry, library.remove):
            with pytest.raises(NotFound):
                deed(kit, people[name], key)
        assert library.shelf(kit, people[name]) == ()
    assert [document.id for document in library.shelf(kit, people["lan"])] == [key]


def test_samples_are_everybody_s_and_nobody_s(kit: Kit, people: People) -> None:
    sample = library.accept(
        kit, None, "mau.txt", NOTICE.encode(), title="Thông báo mẫu", kind="thong_bao", sample="mau"
    )
    for user in people.values():
        assert library.get(kit, user, sample.id).title == "Thông báo mẫu"
        assert library.shelf(kit, user) == ()
        with pytest.raises(NotAllowed):
            library.remove(kit, user, sample.id)
    assert library.samples(kit) == (library.by_sample(kit, "mau"),)
    with pytest.raises(NotFound):
        library.by_sample(kit, "khong-co")


def test_the_shelf_is_newest_first(kit: Kit, people: People) -> None:
    first, second = send(kit, people["lan"]), send(kit, people["lan"], "b.txt", "Văn bản khác.")
    assert [document.id for document in library.shelf(kit, people["lan"])] == [second, first]


# ── removing ────────────────────────────────────────────────────────────────────────────────────


def test_removal_takes_rows_passages_and_bytes(kit: Kit, people: People) -> None:
    key = send(kit, people["lan"])
    library.index(kit, key)
    kit.index.embed_missing()
    library.remove(kit, people["lan"], key)
    assert stored(kit) == []
    assert kit.index.search("tiêm phòng") == ()
    with pytest.raises(NotFound):
        library.get(kit, people["lan"], key)


def test_bytes_that_another_still_has_stay(kit: Kit, people: People) -> None:
    mine, other = send(kit, people["lan"]), send(kit, people["minh"])
    library.remove(kit, people["lan"], mine)
    document = library.get(kit, people["minh"], other)
    assert library.path(kit, document).read_bytes() == NOTICE.encode()


# ── the samples in the box ──────────────────────────────────────────────────────────────────────

MANIFEST = """schema: 1
samples:
  - id: tb-mau
    title: {title}
    kind: thong_bao
    path: tb.txt
    text: tb.yaml
    pages: 1
    summary: Một thông báo để thử.
    label: hu_cau
"""


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "sample_docs"
    folder.mkdir()
    (folder / "manifest.yaml").write_text(MANIFEST.format(title="Thông báo một"), encoding="utf-8")
    (folder / "tb.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "tb.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(library, "SAMPLES", folder)
    return folder


def test_seeding_twice_changes_nothing(kit: Kit, box: Path) -> None:
    library.seed(kit)
    before = rows(kit)
    library.seed(kit)
    assert rows(kit) == before
    assert library.by_sample(kit, "tb-mau").title == "Thông báo một"


def test_a_changed_sample_takes_the_place_of_the_old_one(kit: Kit, box: Path, people: dict[str, User]) -> None:
    library.seed(kit)
    library.accept(kit, people["lan"], "Sau.txt", b"Giao ban")  # the number of a removed row would not come again
    while run_once(kit):
        pass
    before = library.by_sample(kit, "tb-mau")
    (box / "tb.txt").write_text("Nội dung mới.", encoding="utf-8")
    library.seed(kit)
    after = library.by_sample(kit, "tb-mau")
    assert after.id == before.id, "an old citation still finds it"
    assert (library.text(kit, after.id), after.status) == ("Nội dung mới.", DocumentStatus.RECEIVED)
    while run_once(kit):
        pass
    assert [one.text for one in kit.index.all_passages([after.id])] == ["Nội dung mới."]
    assert len(stored(kit)) == 2, "the old bytes are gone"


def test_a_renamed_sample_is_found_by_its_new_title(kit: Kit, box: Path) -> None:
    library.seed(kit)
    while run_once(kit):
        pass
    (box / "manifest.yaml").write_text(MANIFEST.format(title="Lịch chăn nuôi"), encoding="utf-8")
    library.seed(kit)
    while run_once(kit):
        pass
    assert kit.index.search("chăn nuôi")[0].document_title == "Lịch chăn nuôi"
