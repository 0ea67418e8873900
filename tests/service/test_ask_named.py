"""A question that names an Điều: what it says is found and quoted; what no document has is said without a model."""

from __future__ import annotations

import pytest

from service import ask, library
from service.ask import brief, named, quotation, refusal
from service.ask.gaps import gaps
from service.kit import Kit
from service.records import Document, User
from tests.service.test_ask import run, with_engine

RULES = "Quy chế tiếp công dân\n" + "\n".join(
    f"Điều {n}. {title}\n1. {one} theo lịch niêm yết tại trụ sở, trước ngày 31 tháng 12 hằng năm, có sổ ghi riêng.\n"
    f"2. {two} và lưu hồ sơ của từng buổi, giữ tại văn phòng để người có trách nhiệm tra cứu khi cần đến."
    for n, title, one, two in (
        (1, "Lịch tiếp", "Chủ tịch tiếp công dân", "Văn phòng báo lịch"),
        (2, "Sổ tiếp", "Công chức ghi sổ", "Người dân ký vào sổ theo Điều 9 Luật Tiếp công dân"),
        (3, "Trả lời", "Công chức trả lời đơn", "Văn phòng gửi kết quả"),
        (4, "Hiệu lực", "Quy chế có hiệu lực", "Chủ tịch sửa đổi quy chế"),
    )
)


@pytest.fixture
def rules(kit: Kit, people: dict[str, User]) -> Document:
    document = library.accept(kit, people["lan"], "Quy chế tiếp công dân.txt", RULES.encode())
    library.index(kit, document.id)
    return document


@pytest.mark.parametrize("question", ["khoản 2 Điều 3 nói gì?", "dieu 3 khoan 2"])
def test_the_clause_that_is_named_is_quoted(kit: Kit, people: dict[str, User], rules: Document, question: str) -> None:
    done, _ = run(with_engine(kit, "Có [1]."), people["lan"], question, (rules.id,))
    [(_, text)] = quotation.quotes(kit, done)
    assert text.startswith("2. Văn phòng gửi kết quả") and text.endswith("khi cần đến.")


@pytest.mark.parametrize(
    ("question", "absent"), [("Điều 5 nói gì?", "Điều 5"), ("Khoản 7 Điều 2 về sổ tiếp?", "khoản 7 Điều 2")]
)
def test_a_place_that_no_document_has_is_said_without_a_model(
    kit: Kit, people: dict[str, User], rules: Document, question: str, absent: str
) -> None:
    done, _ = run(with_engine(kit), people["lan"], question, (rules.id,))  # asking it would be an error
    assert (done.answerable, done.answer) == (False, refusal.NOT_THERE)
    assert named.absent(kit, [rules.id], question) == (absent,)


def test_a_place_that_is_only_mentioned_may_be_asked_about(kit: Kit, people: dict[str, User], rules: Document) -> None:
    question = "Điều 9 Luật Tiếp công dân nói gì về sổ?"
    done, _ = run(with_engine(kit, "Ký vào sổ [1]."), people["lan"], question, (rules.id,))
    assert done.answerable and named.absent(kit, [rules.id], question) == ("Điều 9",)
    assert "Điều 9 Luật Tiếp công dân" in quotation.quotes(kit, done)[0][1]


def test_documents_without_any_article_may_be_asked_for_one(kit: Kit, people: dict[str, User]) -> None:
    plan = library.accept(kit, people["lan"], "Hợp đồng.txt", "5. Bên A thanh toán trong 10 ngày.".encode())
    library.index(kit, plan.id)
    assert not named.unheard(kit, [plan.id], "Điều 5 nói gì về thanh toán?")
    assert named.absent(kit, [plan.id], "Điều 5 nói gì?") == ("Điều 5",)
    assert named.absent(kit, [], "Điều 5 nói gì?") == named.absent(kit, [plan.id], "Thanh toán khi nào?") == ()


def test_passages_that_hold_the_place_come_first(kit: Kit, people: dict[str, User], rules: Document) -> None:
    found = kit.index.search("tiếp công dân", [rules.id], limit=ask.brief.PASSAGES)
    ordered = named.first("Điều 4", found)
    assert "Điều 4" in ordered[0].text and [one.number for one in ordered] == list(range(1, len(found) + 1))
    assert named.first("tiếp công dân", found) == found


DECREE = "CHÍNH PHỦ\nSố: 30/2020/NĐ-CP\nNGHỊ ĐỊNH\nVề công tác văn thư\n" + RULES


@pytest.mark.parametrize(
    "name", ["Nghị định 30/2020/NĐ-CP", "Nghị định số 30/2020/NĐ-CP", "nghị định 30", "Nghị định 30/2020"]
)
def test_a_document_that_is_called_by_its_own_number_is_not_missing(
    kit: Kit, people: dict[str, User], name: str
) -> None:
    decree = library.accept(kit, people["lan"], "nd30.txt", DECREE.encode())
    library.index(kit, decree.id)
    question = f"{name}: công chức trả lời đơn trước ngày nào?"
    done, _ = run(with_engine(kit, "Có [1]."), people["lan"], question, (decree.id,))
    assert done.answerable
    assert gaps(kit.index.uncalled(question, [decree.id]), done.passages) == ()
    assert "trả lời đơn" in quotation.quotes(kit, done)[0][1]


def test_the_number_of_another_document_is_missing(kit: Kit, people: dict[str, User], rules: Document) -> None:
    question = "Nghị định 30/2020/NĐ-CP quy định công chức trả lời đơn thế nào?"
    assert kit.index.uncalled(question, [rules.id]) == question
    done, _ = run(with_engine(kit), people["lan"], question, (rules.id,))  # asking it would be an error
    assert not done.answerable and gaps(done.text, done.passages) == ("Nghị định 30/2020/NĐ-CP",)


def test_the_small_model_reads_only_the_place_that_is_named(kit: Kit, people: dict[str, User], rules: Document) -> None:
    found = kit.index.search("tiếp công dân", [rules.id], limit=brief.PASSAGES)
    held = named.holding("Điều 4", found)
    assert held and len(held) < len(found) and all("Điều 4" in one.text for one in held)
    assert named.holding("tiếp công dân", found) == found
