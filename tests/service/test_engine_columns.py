"""The columns that a prompt names become the head of the table under grounded decoding."""

from __future__ import annotations

import numpy as np
import pytest

from service.engines.llama.grounding.columns import NamedColumns, columns_asked
from service.records import Delta, Message, Options
from tests.service.engine_bundled import opened
from tests.service.spoken import END, Spoken


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Lập bảng gồm các cột: Việc, Chủ trì, Thời hạn.", ("Việc", "Chủ trì", "Thời hạn")),
        ("Lập bảng ba cột Người nêu, Ý kiến, Đề nghị, giữ cả ý kiến khác.", ("Người nêu", "Ý kiến", "Đề nghị")),
        ("Bảng 3 cột Tổ, Giờ, Việc, ai nghỉ thì bỏ.", ("Tổ", "Giờ", "Việc")),
        ("bảng trạm / ca sáng / ca đêm, bỏ ca nghỉ", ("Trạm", "Ca sáng", "Ca đêm")),
        ("Kẻ bảng xe của đội: Biển số | Người lái | Nơi về (để trống).", ("Biển số", "Người lái", "Nơi về")),
        ("Cho bảng Ngày – Nơi đi – Dầu (lít): ngày 3 đi bến.", ("Ngày", "Nơi đi", "Dầu (lít)")),
        ("Bảng hai cột Việc và Ngày.", ("Việc", "Ngày")),
        ("Lập bảng thí sinh đạt, gồm Thí sinh, Nghề, Điểm.", ("Thí sinh", "Nghề", "Điểm")),
        ("Cần bảng Lô, Hộ bán, Mặt hàng nhé, ít chữ thôi.", ("Lô", "Hộ bán", "Mặt hàng")),
        ("Bảng TT, Việc, Thời hạn theo đúng thứ tự trong giấy.", ("TT", "Việc", "Thời hạn")),
        (
            "Kẻ bảng bốn cột Ban | Trưởng ban | Việc | Hạn, thiếu ghi [cần bổ sung].",
            ("Ban", "Trưởng ban", "Việc", "Hạn"),
        ),
    ],
)
def test_named_columns_are_found(prompt: str, names: tuple[str, ...]) -> None:
    assert columns_asked(prompt) == names


@pytest.mark.parametrize(
    "prompt",
    [
        "Lập bảng nhiệm vụ từ biên bản sau.",
        "chuyển thành bảng lịch trực, cột cuối để trống cho ký nhận",
        "Dán ở bảng tin của thôn, cột cờ sơn lại.",
        "Thêm cột Vượt/Thiếu vào bảng.",
        "lap bang 3 cot: ten, lop, diem",  # how they are spelt is not known
        "Lập bảng ba cột: Ngày, Việc.",  # fewer than announced
        "Kẻ bảng nhận áo, cột cuối để ký: Tí cỡ M, Na cỡ S, Đẹt cỡ L.",
        "Bảng một: Tổ, Việc. Bảng hai: Xã, Số hộ, Số tiền.",  # two tables
        "bảng 3 cột giờ/địa điểm/ng đón",  # clipped
        "Bảng tàu vắng bến: QN-10 đi 03/10, QN-88 đi 01/10, QN-47 đi 06/10.",
    ],
)
def test_what_names_no_columns_is_left_alone(prompt: str) -> None:
    assert columns_asked(prompt) == ()


ASKED = "Lập bảng hai cột Việc, Hạn."
HEAD = "| Việc | Hạn |\n|---|---|\n"


def follow(written: str, likely: str, asked: str = ASKED) -> set[str]:
    """What may follow, where the model would go on with ``likely``."""
    words = Spoken(HEAD, asked, written, likely)
    columns = NamedColumns(words, asked)
    logits = np.zeros(words.size, np.float32)
    for token in words.tokens(written):
        logits[:] = 0.0
        logits[token] = 1.0
        columns.apply(logits)
        columns.accept(token)
    logits[:] = 0.0
    logits[words.tokens(likely)[0] if likely else END] = 1.0
    columns.apply(logits)
    shown = ["" if piece is None else piece.decode() for piece in words.pieces]
    return {shown[n] for n in np.flatnonzero(np.isfinite(logits))}


def test_a_table_begins_with_the_columns_that_were_named() -> None:
    assert follow("", "| Tên") == {"|"}
    assert follow("| Việc |", " Người") == {" Hạn"}
    assert follow("Kết quả như sau.\n", "|") == {"|"}


def test_before_a_table_and_behind_its_head_the_model_is_free() -> None:
    assert len(follow("", "Kết quả")) > 1
    assert len(follow(f"{HEAD}|", " Gửi")) > 1
    assert len(follow(f"{HEAD}| Gửi | 5 |\n\n", "| Tên")) > 1  # a second table is the model's own


def test_a_table_whose_columns_nobody_named_is_the_models_own() -> None:
    assert len(follow("", "| Tên", "Lập bảng việc cần làm.")) > 1


def test_the_practice_model_keeps_to_the_columns() -> None:
    notes = "[1] Ông Tâm kê lại sổ kho trước ngày 05/6/2026. Bà Duyên gửi giấy mời trước ngày 07/6/2026."
    asked = [Message("system", notes), Message("user", "Lập bảng ba cột: Phần việc, Người nhận, Xong trước.")]
    with opened(small=True) as engine:
        events = list(engine.stream(asked, Options(max_tokens=80)))
    text = "".join(event.text for event in events if isinstance(event, Delta))
    assert text.startswith("| Phần việc | Người nhận | Xong trước |\n|---|---|---|\n| ")
