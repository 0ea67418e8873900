"""The form of a document: what is refused, what is found and where, what is mended, what is kept and for how long."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.shared import Mm

from service import docx_writer, form, library, office
from service.errors import BadInput, NotFound, Secret, TooLarge, Unreadable, WrongFormat
from service.form import Paper, Tray
from service.kit import Kit
from service.nd30.drafting import draft_from_text
from service.nd30.rules import RULES
from service.records import FormReport, Level
from tests.files import pdf_file, word_file

SAMPLES = Path(__file__).parent.parent / "rules" / "nd30_samples"
GOOD = (SAMPLES / "cong_van.txt").read_text(encoding="utf-8")
BAD = GOOD.replace("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc").replace("- Lưu: VT", "- Lưu VT")


def letter(text: str = GOOD) -> bytes:
    """A công văn as our own writer sets it."""
    return docx_writer.write(draft_from_text(text))


def narrow(left: float = 20) -> bytes:
    """The same with a left margin that is too small."""
    document = docx.Document(io.BytesIO(letter()))
    document.sections[0].left_margin = Mm(left)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def found(report: FormReport) -> set[str]:
    return {one.finding.rule for one in report.findings}


# ── looking ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "data"), [("a.txt", GOOD.encode()), ("a.md", GOOD.encode()), ("a.docx", letter())])
def test_a_good_letter_has_no_error(kit: Kit, name: str, data: bytes) -> None:
    report = form.examine(kit, name, data)
    assert (report.kind, report.in_scope) == ("cong_van", True)
    assert [one.finding.title for one in report.findings if one.finding.level is Level.ESSENTIAL] == []
    assert report.blocks


def test_what_is_wrong_is_found_numbered_and_placed(kit: Kit) -> None:
    report = form.examine(kit, "cong-van.txt", BAD.encode())
    assert {"ND30-15", "ND30-74"} <= found(report)
    assert [one.number for one in report.findings] == list(range(1, len(report.findings) + 1))
    order = [title for title, _ in form.GROUPS]
    assert [order.index(one.group) for one in report.findings] == sorted(
        order.index(one.group) for one in report.findings
    )
    motto = next(one for one in report.findings if one.finding.rule == "ND30-15")
    (spot,) = [spot for spot in report.spots if spot.number == motto.number]
    assert report.blocks[spot.block].text[spot.start : spot.end] == "Độc lập – Tự do – Hạnh phúc"


def test_a_word_file_is_read_as_it_is_set(kit: Kit) -> None:
    report = form.examine(kit, "le-trai-hep.docx", narrow())
    assert "ND30-04" in found(report)
    assert (
        next(one for one in report.findings if one.finding.rule == "ND30-04").group == "Trang giấy, phông chữ, số trang"
    )


def test_a_finding_of_a_pdf_knows_its_page(kit: Kit) -> None:
    report = form.examine(kit, "cong-van.pdf", pdf_file([BAD.splitlines()]))
    motto = next(one for one in report.findings if one.finding.rule == "ND30-15")
    assert motto.page == 1
    assert not report.mendable


def test_issued_asks_for_more_than_draft(kit: Kit) -> None:
    blank = GOOD.replace("Số: 1284/", "Số:      /").encode()
    assert blank != GOOD.encode()
    assert "ND30-31" not in found(form.examine(kit, "a.txt", blank))
    assert "ND30-31" in found(form.examine(kit, "a.txt", blank, "issued"))


@pytest.mark.parametrize("text", ["LUẬT\nĐẤT ĐAI\nĐiều 1. Phạm vi điều chỉnh", "Hôm nay trời nắng, cả phòng đi họp."])
def test_what_the_decree_does_not_govern_has_no_findings(kit: Kit, text: str) -> None:
    report = form.examine(kit, "a.txt", text.encode())
    assert (report.kind, report.in_scope, report.findings) == (None, False, ())
    asked = form.examine(kit, "a.txt", text.encode(), kind="thong_bao")
    assert (asked.kind, asked.in_scope) == ("thong_bao", True)
    assert "ND30-84" in found(asked)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("KẾ HOẠCH\nTrồng cây năm 2026\n1. Mục đích: phủ xanh đất trống.", "ke_hoach"),
        ("LUẬT\nĐẤT ĐAI\nĐiều 1. Phạm vi điều chỉnh", None),
    ],
)
def test_a_title_without_head_and_number_is_named_where_nothing_is_said_of_it(
    kit: Kit, text: str, named: str | None
) -> None:
    report = form.examine(kit, "a.txt", text.encode())
    assert (report.kind, report.in_scope, report.named) == (None, False, named)


def test_every_finding_of_a_long_list_is_counted_and_the_first_are_marked(kit: Kit) -> None:
    open_places = GOOD.replace("./.", " [cần bổ sung]" * 40 + "./.", 1)
    report = form.examine(kit, "a.txt", open_places.encode(), "issued")
    left_open = next(one for one in report.findings if one.finding.rule == "ND30-X5")
    assert left_open.count >= 40
    assert sum(spot.number == left_open.number for spot in report.spots) == form.SHOWN_SPOTS


# ── refusing ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.xlsx", b"PK\x03\x04", WrongFormat),
        ("a.docx", b"khong phai", Unreadable),
        ("a.txt", b" \n", Unreadable),
        ("a.txt", f"TỐI MẬT\n{GOOD}".encode(), Secret),
        ("a.docx", word_file(lambda document: document.add_paragraph("MẬT")), Secret),
    ],
)
@pytest.mark.parametrize("deed", [form.examine, form.mended])
def test_what_must_be_refused_is_refused(kit: Kit, deed: object, name: str, data: bytes, error: type[BadInput]) -> None:
    assert callable(deed)
    with pytest.raises(error):
        deed(kit, name, data)


def test_a_mark_in_the_header_of_a_word_file_is_seen(kit: Kit) -> None:
    def fill(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "TUYỆT MẬT"
        document.add_paragraph("Nội dung.")

    with pytest.raises(Secret):
        form.examine(kit, "a.docx", word_file(fill))


def test_a_file_above_the_limit_is_refused(kit: Kit) -> None:
    with pytest.raises(TooLarge):
        form.examine(kit, "a.txt", b"a" * (kit.settings.upload_mb * 2**20 + 1))


@pytest.mark.parametrize(("mode", "kind"), [("khac", None), ("draft", "luat")])
def test_a_choice_that_is_none_is_refused(kit: Kit, mode: str, kind: str | None) -> None:
    with pytest.raises(BadInput):
        form.examine(kit, "a.txt", GOOD.encode(), mode, kind)


def test_nothing_is_stored(kit: Kit) -> None:
    before = {path: path.stat().st_size for path in kit.settings.data.rglob("*") if path.is_file()}
    form.examine(kit, "a.docx", narrow())
    form.mended(kit, "a.docx", narrow())
    after = {path: path.stat().st_size for path in kit.settings.data.rglob("*") if path.is_file()}
    assert after == before
    assert library.samples(kit) == ()


# ── mending ─────────────────────────────────────────────────────────────────────────────────────


def test_the_mended_copy_has_lost_what_was_promised(kit: Kit) -> None:
    report = form.examine(kit, "Công văn.docx", narrow())
    assert report.mendable
    data, changes = form.mended(kit, "Công văn.docx", narrow())
    assert changes == report.changes
    assert "ND30-04" not in found(form.examine(kit, "a.docx", data))
    assert form.mended_name("Công văn.docx") == "Công văn-da-sua.docx"


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", GOOD.encode()), ("a.docx", word_file(lambda d: d.add_paragraph("Không có thể thức.")))]
)
def test_what_cannot_be_mended_says_so(kit: Kit, name: str, data: bytes) -> None:
    with pytest.raises(BadInput):
        form.mended(kit, name, data)


def test_the_json_names_each_fix(kit: Kit) -> None:
    told = form.as_json(form.examine(kit, "a.docx", narrow()))
    assert set(told) == {"file", "type", "mode", "in_scope", "findings"}
    margin = next(one for one in told["findings"] if one["rule"] == "ND30-04")
    assert {"rule", "severity", "part", "page", "seen", "expected", "fix"} <= set(margin)
    assert (margin["severity"], bool(margin["fix"])) == ("error", True)


# ── old formats ─────────────────────────────────────────────────────────────────────────────────


def test_without_libreoffice_an_old_file_gets_a_sentence(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(WrongFormat, match="LibreOffice"):
        form.examine(kit, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".doc", b"<html><img src='http://example.org/a.png'></html>"),
        (".rtf", b"PK\x03\x04"),
        (".odt", b"PK\x03\x04 no"),
        (".odt", word_file(lambda document: document.add_paragraph("a"))),
    ],
)
def test_libreoffice_sees_only_what_the_suffix_says(monkeypatch: pytest.MonkeyPatch, suffix: str, data: bytes) -> None:
    monkeypatch.setattr(office, "_program", lambda: sys.executable)
    monkeypatch.setattr(subprocess, "Popen", lambda *_args, **_more: pytest.fail("it was started"))
    with pytest.raises(BadInput):
        office.to_docx(data, suffix, 10)


def test_a_bomb_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_program", lambda: sys.executable)
    monkeypatch.setattr(office, "_UNPACKED_MB", 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", b" " * (2 * 2**20))
    with pytest.raises(TooLarge):
        office.to_docx(packed.getvalue(), ".odt", 10)


def test_a_converter_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    with pytest.raises(Unreadable, match="quá 1 giây"):
        office.to_docx(b"{\\rtf1 a}", ".rtf", 1)


@pytest.mark.skipif(not office.installed(), reason="LibreOffice is not on this machine")
def test_an_old_file_is_read_and_mended(kit: Kit) -> None:
    lines = "\\par ".join(
        "".join(f"\\u{ord(sign)}?" if ord(sign) > 126 else sign for sign in line) for line in GOOD.splitlines()
    )
    rtf = f"{{\\rtf1\\ansi\\uc1 {lines}}}".encode()
    report = form.examine(kit, "cong-van.rtf", rtf)
    assert report.kind == "cong_van"
    assert "ND30-04" in found(report) or report.findings, "margins and fonts of plain RTF are not the decree's"


# ── the tray ────────────────────────────────────────────────────────────────────────────────────


def paper(size: int = 10) -> Paper:
    return Paper("a.txt", b"a" * size, FormReport("a.txt", None, "draft", False, ()))


def test_a_paper_is_there_for_its_session_only() -> None:
    tray = Tray()
    token = tray.put("lan", paper())
    assert tray.get("lan", token) == paper()
    for session, wrong in (("minh", token), ("lan", "x"), ("", token)):
        with pytest.raises(NotFound, match="15 phút"):
            tray.get(session, wrong)


def test_a_paper_goes_after_a_while() -> None:
    at = [0.0]
    tray = Tray(minutes=15, now=lambda: at[0])
    token = tray.put("lan", paper())
    at[0] = 899
    assert tray.get("lan", token)
    at[0] = 901
    with pytest.raises(NotFound):
        tray.get("lan", token)


def test_the_oldest_make_room() -> None:
    tray = Tray(each=2, megabytes=1)
    tokens = [tray.put("lan", paper()) for _ in range(3)]
    with pytest.raises(NotFound):
        tray.get("lan", tokens[0])
    assert tray.get("lan", tokens[2])
    large = tray.put("minh", paper(2 * 2**20))
    assert tray.get("minh", large), "the newest stays even when it is alone too large"
    with pytest.raises(NotFound):
        tray.get("lan", tokens[2])


# ── the rule table ──────────────────────────────────────────────────────────────────────────────


def test_every_rule_stands_in_one_group() -> None:
    shown = [rule.id for _, found in form.rules() for rule in found]
    assert sorted(shown) == sorted(RULES)
    assert form.group_of("ND30-X4") == form.GROUPS[-1][0]
    numbered = [n for _, ranges in form.GROUPS for first, last in ranges for n in range(first, last + 1)]
    assert sorted(numbered) == list(range(1, 100))
