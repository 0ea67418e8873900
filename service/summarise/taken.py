"""A summary shown, copied, or taken as .docx; the last two say in words what the page draws."""

from __future__ import annotations

from io import BytesIO

from service import docx_footnotes, docx_writer
from service.ask import tracing
from service.kit import Kit
from service.records import Summary, Support, User
from service.summarise import get
from service.summarise.lines import statement
from service.text import slug

QUOTED = "trích nguyên văn"
BY_RULE = "Bản này do quy tắc chọn câu từ văn bản, chép nguyên văn; không có câu nào do mô hình viết."
LABEL = "bản nháp – chưa kiểm chứng"
"""What stands on a sheet of which no model wrote a word."""


def traced(found: Summary) -> tracing.Traced:
    """The summary as it is shown: each line names its passages, so that none need be found for it."""
    return tracing.traced(found.text, [one for one in found.support if one.support is not Support.FOUND])


def as_text(found: Summary) -> str:
    """The summary to be copied, with the list its numbers point into."""
    sources = tracing.sources(found.text, found.passages)
    return "\n".join([_worded(found), "", *sources, *_remarks(found), "", f"({_label(found)})"])


def export(kit: Kit, user: User, summary_id: int) -> tuple[BytesIO, str]:
    """The summary as .docx, each number a footnote that quotes its passage; and a file name. Raises ``NotFound``."""
    found = get(kit, user, summary_id)
    body = [*_worded(found).split("\n"), *_remarks(found)]
    sheet = docx_writer.write_sheet(f"Tóm tắt: {found.title}", body, label=_label(found))
    name = slug(found.title, "tom-tat")
    return BytesIO(docx_footnotes.add(sheet, tracing.footnotes(found.passages))), f"tom-tat-{name}.docx"


def _worded(found: Summary) -> str:
    """The summary ``labelled``, and beside the model's lines those of the document: «… [2] (trích nguyên văn).»"""
    text = tracing.labelled(traced(found))
    if not found.by_model:
        return text  # all of it is quoted, which is said once below
    quoted = {statement(item.text) for part in found.parts for item in part.items or () if item.quoted}
    return "\n".join(
        f"{line.removesuffix('.')} ({QUOTED})." if statement(line) in quoted else line for line in text.split("\n")
    )


def _remarks(found: Summary) -> list[str]:
    """What the page says below a summary: that no model wrote it, and what is not in it."""
    dropped = sum(part.dropped for part in found.parts)
    said = {
        BY_RULE: not found.by_model,
        f"Đã bỏ {dropped} câu của mô hình vì chưa có căn cứ.": dropped,
        f"Độ dài đã chọn không đủ chỗ cho {found.left_out} phần.": found.left_out,
    }
    return [line for line, so in said.items() if so]


def _label(found: Summary) -> str:
    return tracing.LABEL if found.by_model else LABEL
