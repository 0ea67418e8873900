"""What no passage holds of a question: its words as typed, document numbers, and nothing that any text may lack;
what it asks for, and what passages show for and against an answer."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from service.answerability import lacking
from service.answerability.asked import KINDS, holds, kind_asked, unit_asked
from service.answerability.evidence import evidence
from service.answerability.weights import WEIGHTS
from service.records import Passage
from service.text import content_words, syllables

PLAN = Passage(
    number=1,
    document_id=1,
    document_title="Kế hoạch sửa đường Hoa Sim",
    chunk=1,
    first=0,
    last=0,
    heading="II. KINH PHÍ",
    text="Ngày 05/9/2026 phường lắp 15 trụ đèn theo Quyết định số 41/QĐ-UBND, hết 120 triệu đồng.",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Công ty nào trúng thầu lắp đèn?", ("Công ty", "trúng thầu")),
        ("cong ty nao trung thau lap den", ("cong ty", "trung thau")),
        ("Đèn đường Hoa Sim bao nhiêu oát?", ("oát",)),
        ("Quyết định 402/QĐ-UBND do ai ký?", ("402/QĐ-UBND", "ký")),
        ("Quyết định 41/QĐ-UBND lắp mấy trụ đèn, xong trước ngày 12/11?", ()),
        ("Lắp đèn hết bao nhiêu tiền?", ()),
        ("Kinh phí sửa đường là bao nhiêu?", ()),
        ("kế hoach sửa duong hoa sim?", ()),
        ("Vé máy bay bao nhiêu?", ("Vé máy bay",)),
        ("", ()),
    ],
)
def test_words_that_no_passage_holds_are_told_as_typed(question: str, told: tuple[str, ...]) -> None:
    assert lacking(question, (PLAN,)) == told


def test_without_passages_nothing_is_known() -> None:
    assert lacking("Công ty nào trúng thầu?", ()) == ()


@given(st.text(max_size=80))
def test_what_is_told_stands_in_the_question_and_not_in_the_passage(question: str) -> None:
    here = {one.text.lower() for one in syllables(PLAN.text)}
    for words in lacking(question, (PLAN,)):
        assert words in question
        assert not {one.text.lower() for one in syllables(words)} <= here


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Số điện thoại của Trạm Y tế là gì?", "phone"),
        ("so dien thoai tram y te", "phone"),
        ("Bao nhiêu phần trăm hộ đồng ý?", "percent"),
        ("Họp lúc mấy giờ?", "time"),
        ("Bao lâu thì có kết quả?", "long"),
        ("han nop la khi nao", "date"),
        ("Lắp đèn hết bao nhiêu?", "money"),
        ("Xã có bao nhiêu hộ nghèo?", "count"),
        ("Lớp học mở ở đâu?", "where"),
        ("Vì sao phòng nộp muộn?", "why"),
        ("ai la truong thon", "who"),
        ("Đăng ký thế nào?", "how"),
        ("Loa đã được sửa chưa?", "whether"),
        ("Hồ sơ gồm những gì?", "which"),
        ("gia ca", "other"),
        ("", "other"),
    ],
)
def test_the_kind_asked_for_is_told_by_its_words(question: str, kind: str) -> None:
    assert kind_asked(question) == kind


@pytest.mark.parametrize(
    ("kind", "there", "not_there"),
    [
        ("phone", "Liên hệ 0912 345 678.", "Liên hệ văn phòng."),
        ("money", "Hết 120 triệu đồng.", "Kinh phí do xã cấp."),
        ("date", "Xong trước ngày 05/9/2026.", "Do xã thực hiện."),
        ("time", "Họp lúc 14 giờ 30.", "Họp tại xã."),
        ("count", "Lắp 15 trụ đèn.", "Lắp trụ đèn."),
        ("who", "Bà Lê Thị Mẫu chủ trì.", "Chủ trì theo phân công."),
        ("why", "Nghỉ do mưa lớn.", "Lớp nghỉ."),
    ],
)
def test_a_sentence_holds_a_thing_of_a_kind_or_not(kind: str, there: str, not_there: str) -> None:
    assert holds(there, kind) == 1 > holds(not_there, kind) == 0


def test_what_is_counted_is_the_unit() -> None:
    assert unit_asked("Xã có bao nhiêu hộ nghèo?") == "hộ"
    assert unit_asked("Lắp đèn hết bao nhiêu tiền?") == ""


def weighed(question: str) -> list[tuple[str, float, bool]]:
    return [(word, 1.0, True) for word in content_words(question)]


def shown(question: str) -> dict[str, float]:
    return dict(evidence(question, (PLAN,), weighed(question)))


def test_words_beside_a_thing_of_the_kind_speak_for_an_answer() -> None:
    good, bad = shown("Đường Hoa Sim lắp bao nhiêu trụ đèn?"), shown("Đường Hoa Sim có bao nhiêu giáo viên?")
    assert good["first"] == good["everywhere"] == pytest.approx(1)
    assert good["first"] > bad["first"]
    assert good["document_lost"] == 0 < bad["document_lost"]
    assert good["kind_turning"] > bad["kind_turning"]
    assert good["unit_beside"] > bad["unit_beside"] == 0


def test_numbers_and_names_that_stand_nowhere_speak_against_it() -> None:
    assert shown("Quyết định 402/QĐ-UBND nói gì?")["sign"] == 1 > shown("Quyết định 41/QĐ-UBND nói gì?")["sign"]
    assert shown("Đường Cồn Mai lắp mấy trụ đèn?")["name"] == 1 > shown("Đường Hoa Sim lắp mấy trụ đèn?")["name"]


@given(st.text(max_size=80))
def test_every_weight_is_for_evidence_that_is_told(question: str) -> None:
    told = shown(question)
    assert told.keys() <= WEIGHTS.keys()
    assert sum(told[f"asks_{kind}"] for kind in KINDS) == 1
    assert shown("Đường Hoa Sim lắp mấy trụ đèn?").keys() == WEIGHTS.keys()
