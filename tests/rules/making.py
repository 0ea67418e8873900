"""What the tests of checks share: an invented công văn, its passages, and a case made of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.records import Assertion, Case, CheckResult, Exercise, Passage, SourceText

SOURCE = """Số: 1284/SNNMT-CNTY
Quảng Trị, ngày 09 tháng 11 năm 2026
Thực hiện Kế hoạch số 186/KH-UBND ngày 20 tháng 8 năm 2026 của Ủy ban nhân dân tỉnh về tiêm phòng vắc xin, đến hết \
ngày 05 tháng 11 năm 2026, toàn tỉnh đã tiêm được 61,4% tổng đàn trâu, bò; còn 09 xã đạt dưới 40%.
Sở đề nghị Ủy ban nhân dân cấp xã tổ chức tiêm đạt ít nhất 80% tổng đàn, hoàn thành trước ngày 15 tháng 12 năm 2026.
Bố trí người tiêm theo từng thôn; lập danh sách hộ chưa tiêm; kinh phí 1,5 triệu đồng mỗi thôn.
Báo cáo kết quả về Sở trước 17 giờ 00 ngày 20 tháng 12 năm 2026 để tổng hợp./."""

PASSAGES = tuple(
    Passage(number, 1, "Công văn 1284", number, line, "", number, number)
    for number, line in enumerate(SOURCE.split("\n")[2:], 1)
)


def exercise(
    assertions: tuple[Assertion, ...] = (), feedback: Mapping[str, str] | None = None, **more: Any
) -> Exercise:
    return Exercise(
        id="bai-thu", title="Bài thử", kind="summarise", module=4, level=1, state="visible", version=1, hash="0",
        duration_min=15, safety="hu_cau", situation="", task="", requirements_text="", assertions=assertions,
        feedback=feedback or {}, **more,
    )  # fmt: skip


def case(answer: str | None = "", prompt: str = "", *, sourced: bool = True, **more: Any) -> Case:
    given = (SourceText(1, "Công văn 1284", SOURCE),) if sourced else ()
    passages = PASSAGES if sourced else ()
    world = {"prompt": prompt, "answer": answer, "exercise": exercise(), "sources": given, "passages": passages}
    return Case(**(world | more))


def seen(result: CheckResult, text: str, of: str = "answer") -> list[str]:
    """The stretches of a text that the findings point at."""
    return [text[span.start : span.end] for one in result.findings for span in one.spans if span.of == of]
