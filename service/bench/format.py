"""How long the check of a .docx takes beside what python-docx alone needs to open and walk it.

Both do their work on the same bytes, in the same process, taking turns; the medians are compared. The walk is the least
that any reader of the file must do: open it, go through body and tables in order, read the text of every run. The check
is all of ours: open, resolve every effective property, find the components, ask every rule, put the findings in order.
Processor time is what is measured: it is the same when the machine is busy with other things.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

import click

from service.bench import Figure, json_option, show
from service.docx_writer import write
from service.nd30.laid_out import check_layout
from service.parsers.layout import read_layout
from service.records import Draft, Table

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer

TIMES = 3.0
"""The aim: a check takes at most this many times the walk."""
PAGES = {2: 2, 50: 95}
"""Pages of an invented report, by how many chapters it has; counted with LibreOffice."""


@click.command("format")
@click.argument("files", metavar="[TỆP…]", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rounds", type=click.IntRange(1, 1000), default=21, show_default=True, help="Số vòng đo.")
@json_option
def command(files: Sequence[Path], rounds: int, as_json: bool) -> None:
    """Soi thể thức: so với thời gian python-docx mở và đọc hết tệp ấy."""
    papers = {file.name: file.read_bytes() for file in files} or {
        f"{pages} trang": write(report(chapters)) for pages, chapters in PAGES.items()
    }
    figures: list[Figure] = []
    for name, data in papers.items():
        walked, checked = compare(data, rounds)
        figures += [
            Figure(f"{name}: python-docx mở và đọc", walked * 1000, "ms"),
            Figure(f"{name}: soi thể thức", checked * 1000, "ms"),
            Figure(f"{name}: soi / đọc", checked / walked, "lần", TIMES),
        ]
    show("format", figures, as_json)


def compare(data: bytes, rounds: int) -> tuple[float, float]:
    """Median seconds of a walk and of a check; one round more is thrown away, since it fills caches."""
    walks: list[float] = []
    checks: list[float] = []
    for n in range(rounds + 1):
        pair = [(walks, _walk), (checks, _check)]
        for times, work in pair if n % 2 else reversed(pair):
            times.append(_seconds(work, data))
    return median(walks[1:]), median(checks[1:])


def _seconds(work: Callable[[bytes], Any], data: bytes) -> float:
    started = process_time()
    work(data)
    return process_time() - started


def _check(data: bytes) -> object:
    return check_layout(read_layout(data))


def _walk(data: bytes) -> int:
    import docx

    return sum(map(len, _texts(docx.Document(io.BytesIO(data)))))


def _texts(holder: BlockItemContainer | Any) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    for item in holder.iter_inner_content():
        if isinstance(item, Paragraph):
            for run in item.runs:
                yield run.text
        else:
            for row in item.rows:
                for cell in row.cells:
                    yield from _texts(cell)


def report(chapters: int) -> Draft:
    """An invented report with chapters of text and numbered items, a table after every fifth; two fill about a page."""
    body: list[str | Table] = [
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân xã Tân Hòa về chuyển đổi số "
        "năm 2026, Ủy ban nhân dân xã báo cáo kết quả thực hiện như sau:"
    ]
    for n in range(1, chapters + 1):
        body += [
            f"{n}. Kết quả tại thôn Hòa Bình {n}",
            f"Thôn Hòa Bình {n} có {180 + n} hộ, {720 + 4 * n} nhân khẩu. Tổ công nghệ số cộng đồng có {5 + n % 4} "
            "thành viên, họp mỗi tháng hai lần, phân công từng người phụ trách một cụm dân cư và ghi sổ theo dõi việc "
            "đã làm, việc còn vướng để báo cáo Ủy ban nhân dân xã trước ngày 25 hằng tháng.",
            f"a) Đã hướng dẫn {60 + n} lượt người dân nộp hồ sơ trực tuyến, trong đó {20 + n} hồ sơ đăng ký khai sinh, "
            f"{10 + n} hồ sơ chứng thực, {5 + n} hồ sơ về đất đai; không có hồ sơ trả lại do thiếu giấy tờ.",
            f"b) Đã mở {2 + n % 3} buổi phổ biến kiến thức tại nhà sinh hoạt cộng đồng, nội dung gồm cách nhận biết "
            "tin nhắn lừa đảo, cách giữ mật khẩu, cách tra cứu kết quả giải quyết hồ sơ và cách góp ý về phục vụ.",
            f"c) Còn {3 + n % 5} hộ ở xa chưa có mạng; tổ đã lập danh sách, đề nghị doanh nghiệp viễn thông khảo sát "
            "và trả lời bằng văn bản trước ngày 15 tháng 7 năm 2026 để thông báo cho từng hộ biết, theo dõi.",
            "Ưu điểm: thành viên tổ nhiệt tình, nắm địa bàn, phối hợp tốt với công chức tại bộ phận một cửa. Hạn "
            "chế: thiết bị cũ, người cao tuổi còn ngại dùng, kinh phí xăng xe chưa có quy định hỗ trợ cụ thể.",
        ]
        if n % 5 == 0:
            rows = (("Hồ sơ trực tuyến", f"{50 + n}", f"{60 + n}"), ("Hộ có mạng", f"{170 + n}", f"{175 + n}"))
            body.append(Table((("Nội dung", "Chỉ tiêu", "Kết quả"), *rows)))
    body.append("Trên đây là báo cáo kết quả chuyển đổi số của Ủy ban nhân dân xã Tân Hòa./.")
    return Draft(
        kind="bao_cao",
        issuer="Ủy ban nhân dân xã Tân Hòa",
        sign="45/BC-UBND",
        place="Tân Hòa",
        dated="ngày 20 tháng 6 năm 2026",
        subject="Kết quả chuyển đổi số 6 tháng đầu năm 2026",
        body=tuple(body),
        authority=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        signer="Trần Thị Mẫu",
        recipients=("UBND tỉnh", "Các thôn", "Lưu: VT, VX"),
    )
