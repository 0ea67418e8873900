"""A summary that is copied or taken as .docx says in words what its page draws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service import library, summarise
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Document, Judged, Summary, Support, User
from service.summarise import taken
from tests.service.test_ask import CLERKS
from tests.service.test_docx_footnotes import part
from tests.service.test_summarise import Absent, to_the_end

MODEL = ScriptedEngine(
    lambda _: "- Mức kinh phí là 62 triệu đồng, lấy từ ngân sách xã [5].\n- Mỗi hộ được tặng hai bao cám."
)


@pytest.fixture
def plan(kit: Kit, people: dict[str, User]) -> Document:
    document = library.accept(kit, people["lan"], "Kế hoạch tiêm phòng.txt", CLERKS.encode())
    library.index(kit, document.id)
    return document


def made(kit: Kit, user: User, plan: Document) -> tuple[Summary, tuple[str, str]]:
    """A summary, as it is copied and as the text of its .docx."""
    done = to_the_end(kit, summarise.begin(kit, user, [plan.id], 400), user)
    data, _ = taken.export(kit, user, done.id)
    body, head = (part(data.getvalue(), f"word/{name}.xml") for name in ("document", "header1"))
    return done, (taken.as_text(done), "".join([*body.itertext(), *head.itertext()]))


def test_what_was_quoted_is_told_from_what_the_model_wrote(kit: Kit, people: dict[str, User], plan: Document) -> None:
    done, taken = made(replace(kit, engine=MODEL), people["lan"], plan)
    assert done.by_model
    for text in taken:
        [written] = [line for line in text.replace("- ", "\n- ").split("\n") if "Mức kinh phí" in line]
        assert "trích nguyên văn" not in written
        assert "(trích nguyên văn)." in text and "Đã bỏ 1 câu của mô hình vì chưa có căn cứ." in text
        assert "máy viết – chưa kiểm chứng" in text


def test_without_a_model_it_is_said_once_for_all(kit: Kit, people: dict[str, User], plan: Document) -> None:
    _, taken = made(replace(kit, engine=Absent()), people["lan"], plan)
    for text in taken:
        assert "chép nguyên văn; không có câu nào do mô hình viết." in text
        assert "(trích nguyên văn)" not in text and "máy viết" not in text
        assert "bản nháp – chưa kiểm chứng" in text


def test_what_nothing_bears_out_and_what_had_no_room_is_named(
    kit: Kit, people: dict[str, User], plan: Document
) -> None:
    done, _ = made(replace(kit, engine=MODEL), people["lan"], plan)
    said = ("Kinh phí là 90 triệu đồng [1].", "Mỗi hộ được tặng hai bao cám [2].", "Kinh phí là 62 triệu đồng [1].")
    text = "\n".join(f"- {one}" for one in said)
    kinds = (Support.UNHELD, Support.NONE, Support.FOUND)
    starts = [text.index(one) for one in said]
    support = tuple(Judged(at, at + len(one), kind, (1,)) for at, one, kind in zip(starts, said, kinds, strict=True))
    copied = taken.as_text(replace(done, text=text, support=support, left_out=2))
    assert "- Kinh phí là 90 triệu đồng [1] (đoạn dẫn không khớp).\n" in copied
    assert "- Mỗi hộ được tặng hai bao cám [2] (chưa có căn cứ).\n" in copied
    assert "- Kinh phí là 62 triệu đồng [1].\n" in copied, "the page draws no number of a summary as automatic"
    assert "Độ dài đã chọn không đủ chỗ cho 2 phần." in copied
