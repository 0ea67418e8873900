"""The sample documents are what officials look at closely: form, sums, dates and weekdays have to be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import takewhile
from pathlib import Path

import pytest
from pypdf import PdfReader

from service.nd30 import drafting, examine, findings
from service.prompts import Sample, read_manifest
from service.records import Draft, Level, Table
from service.text import nfc
from tests.content.make_samples import SAMPLES, read_draft

MANIFEST = read_manifest(SAMPLES)
INVENTED = {
    "Bùi Thị Minh Chứng",
    "Bùi Văn Ghi Chép",
    "Đặng Giả Tưởng",
    "Đỗ Văn Tập Luyện",
    "Hoàng Minh Họa",
    "Hoàng Thị Phỏng Tác",
    "Hồ Văn Phác Thảo",
    "Lê Giả Định",
    "Lê Thị Tốc Ký",
    "Lý Thị Đối Chiếu",
    "Mai Thị Mô Phỏng",
    "Ngô Thị Giả Thiết",
    "Nguyễn Thị Ví Dụ",
    "Nguyễn Văn Mẫu",
    "Phạm Thị Tưởng Tượng",
    "Phan Thị Luyện Tập",
    "Trần Thị Thí Dụ",
    "Trần Văn Bản Mẫu",
    "Trương Văn Dự Thảo",
    "Võ Thực Hành",
    "Vũ Thị Bài Học",
}
"""Everybody who is named: names nobody bears («mẫu», «thí dụ», «giả định»)."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DATE = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})|(\d{1,2})/(\d{1,2})/(\d{4})")
NAMED_DAY = re.compile(rf"({'|'.join(WEEKDAYS)}), ngày (?:(\d+) tháng (\d+) năm (\d+)|(\d+)/(\d+)/(\d+))")
RATIO = re.compile(r"([\d.]+)/([\d.]+) [^.;/]*?đạt ([\d,]+)%")

pytestmark = pytest.mark.parametrize("sample", MANIFEST, ids=lambda sample: sample.id)


def draft_of(sample: Sample) -> Draft:
    return read_draft(SAMPLES / sample.text)


def texts_of(draft: Draft) -> Iterator[str]:
    for item in draft.body:
        if isinstance(item, Table):
            yield from (cell for row in item.rows for cell in row)
        else:
            yield item


def days(match: re.Match[str]) -> date:
    day, month, year = [int(group) for group in match.groups() if group and group.isdigit()]
    return date(year, month, day)


def number(cell: str) -> float:
    return float(cell.replace(".", "").replace(",", ".") or "nan")


def named_in(text: str) -> set[str]:
    """The names after «đồng chí», «ông», «bà»: two or more words with a capital each."""
    after = (
        text[match.end() : match.end() + 60] for match in re.finditer(r"\b(?:đồng chí|ông|bà) ", text, re.IGNORECASE)
    )
    runs = (tuple(takewhile(str.istitle, re.findall(r"\w+|\S", words))) for words in after)
    return {" ".join(run) for run in runs if len(run) > 1}


def paper_text(path: Path | BytesIO) -> str:
    if isinstance(path, Path) and path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(str(path) if isinstance(path, Path) else path).element.body
    return "\n".join("".join(part.text or "" for part in line.iter(qn("w:t"))) for line in body.iter(qn("w:p")))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", nfc(text))


def test_the_paper_says_what_its_text_says(sample: Sample) -> None:
    draft, paper = draft_of(sample), squeezed(paper_text(SAMPLES / sample.path))
    if sample.path.endswith(".pdf"):
        paper = re.sub(r"CỘNGHÒA.*?Hạnhphúc", "", paper)
    wanted = [*texts_of(draft), *draft.addressees, *draft.authority, *draft.recipients]
    wanted += [draft.superior, draft.issuer, draft.sign, draft.dated, draft.subject, draft.signer, draft.secretary]
    missing = [text for text in wanted if squeezed(text) not in paper]
    if sample.path.endswith(".pdf"):  # a line of the paper may run into the page number of the next
        missing = [text for text in missing if squeezed(text)[:20] not in paper]
    assert not missing


def test_its_form_is_without_fault(sample: Sample) -> None:
    seen = examine.check_text(drafting.text_of(draft_of(sample)), sample.kind, findings.ISSUED)
    to_mend = [item for item in seen if item.level in (Level.ESSENTIAL, Level.ACTIONABLE)]
    assert [(item.rule, item.title, item.seen) for item in to_mend] == []


def assert_tables_add_up(draft: Draft) -> None:
    for table in (item for item in draft.body if isinstance(item, Table)):
        head, *rows = table.rows
        assert all(len(row) == len(head) for row in rows)
        if head[0] == "TT":
            numbered = [row[0] for row in rows if row[0]]
            assert numbered == [str(n) for n in range(1, len(numbered) + 1)]
        if "Đơn giá (đồng)" in head:
            price = head.index("Đơn giá (đồng)")
            assert all(number(r[price - 1]) * number(r[price]) == number(r[price + 1]) for r in rows if r[price])
        if rows[-1][1] != "Tổng cộng":
            continue
        for n, cell in enumerate(rows[-1]):
            if n > 1 and cell and not ("%" in head[n] and "Tỷ lệ trực tuyến" in head[n]):
                assert sum(number(row[n]) for row in rows[:-1]) == pytest.approx(number(cell)), (head[n], cell)


def assert_shares_are_right(draft: Draft) -> None:
    for text in texts_of(draft):
        for part, whole, share in RATIO.findall(text):
            assert round(100 * number(part) / number(whole), 1) == number(share), text


def assert_days_are_right(draft: Draft) -> None:
    for text in (*texts_of(draft), draft.dated, draft.subject):
        for match in DATE.finditer(text):
            days(match)
        for match in NAMED_DAY.finditer(text):
            assert WEEKDAYS[days(match).weekday()] == match[1], match[0]


def assert_deadlines_lie_ahead(draft: Draft) -> None:
    """A task given «trước ngày …» cannot have been due before the document was signed."""
    match = DATE.search(draft.dated)
    for text in texts_of(draft) if match else ():
        for ahead in re.finditer(rf"trước (?:{DATE.pattern})", text):
            found = DATE.search(ahead[0])
            assert match
            assert found
            assert days(found) >= days(match), ahead[0]


def test_its_figures_are_right(sample: Sample) -> None:
    draft = draft_of(sample)
    assert_tables_add_up(draft)
    assert_shares_are_right(draft)
    assert_days_are_right(draft)
    assert_deadlines_lie_ahead(draft)


def test_it_is_dated_on_a_working_day_of_2026_after_what_it_cites(sample: Sample) -> None:
    draft = draft_of(sample)
    if sample.kind == "bien_ban":  # form 1.9 has no date; the meeting's own day stands in the text
        return
    match = DATE.search(draft.dated)
    assert match
    dated = days(match)
    assert dated.year == 2026
    assert dated.weekday() < 5
    for text in texts_of(draft):
        for cited in re.finditer(rf"số \d+/\S+ ({DATE.pattern})", text):
            found = DATE.search(cited[0])
            assert found
            assert days(found) <= dated, cited[0]


def test_nobody_and_no_private_detail_is_real(sample: Sample) -> None:
    draft = draft_of(sample)
    whole = "\n".join(texts_of(draft))
    assert {*named_in(whole), draft.signer, draft.secretary} - {""} <= INVENTED
    assert not re.search(r"\b0\d{9}\b|\b\d{12}\b|\S@\S|[Ss]inh ngày \d", whole)


def test_it_knows_only_two_tiers_of_local_government(sample: Sample) -> None:
    assert not re.search(r"\b(huyện|quận|thị xã|thị trấn)\b", "\n".join(texts_of(draft_of(sample))), re.IGNORECASE)


def test_its_entry_fits(sample: Sample) -> None:
    path = SAMPLES / sample.path
    assert path.stem == Path(sample.text).stem == sample.id
    assert path.parent.name == draft_of(sample).kind == sample.kind
    assert path.stat().st_size > 8_000
    if path.suffix == ".pdf":
        assert len(PdfReader(path).pages) == sample.pages
