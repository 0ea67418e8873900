"""Tasks written by hand, and tasks whose matter is exchanged for words that no list holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest

from training import laws
from training.tasks import NOT_THERE, make, unfamiliar as strange
from training.tasks.handwritten import handwritten, records
from training.tasks.sample import Sample
from training.tasks.unfamiliar import unfamiliar
from training.words import Chance, reserved

_CITED = re.compile(r"\[(\d+)\]")
_CLAUSES = (
    "người sử dụng đất được bồi thường khi nhà nước thu hồi đất vì mục đích quốc phòng",
    "tổ chức hành nghề công chứng chịu trách nhiệm lưu trữ hồ sơ công chứng trong thời hạn luật định",
)


@pytest.fixture
def clauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two clauses instead of the law texts, which need not be at hand."""
    monkeypatch.setattr(laws, "clauses", lambda: _CLAUSES)
    strange._syllables.cache_clear()
    yield
    strange._syllables.cache_clear()


def test_every_record_can_be_asked_and_answered() -> None:
    for record in (*records(), *records(held=True)):
        assert len(record.asks) == len(set(record.asks)) >= 2
        assert all(ask.strip() for ask in record.asks)
        assert record.answer
        assert unicodedata.is_normalized("NFC", "".join((*record.passages, *record.asks, record.answer)))
        assert "**" not in record.answer
        assert max((int(number) for number in _CITED.findall(record.answer)), default=0) <= len(record.passages)
        if record.task == "cited":
            assert _CITED.search(record.answer) or "không có trong tài liệu" in record.answer.lower()


def test_a_vague_prompt_gets_a_form_that_takes_nothing_from_the_material() -> None:
    vague = [record for record in (*records(), *records(held=True)) if record.vague]
    assert vague
    for record in vague:
        material = " ".join(record.passages)
        assert record.vague_answer.count("[cần bổ sung]") >= 3
        assert not [number for number in re.findall(r"\d{2,}", record.vague_answer) if number in material]
    drawn = [handwritten(Chance(seed)) for seed in range(600)]
    assert any(one.task == "vague" and "[cần bổ sung]" in one.answer for one in drawn)


def test_a_tenth_is_kept_out_of_training() -> None:
    train, held = {one.answer for one in records()}, {one.answer for one in records(held=True)}
    assert not train & held
    assert 0.04 < len(records(held=True)) / len(records()) < 0.16
    drawn = {handwritten(Chance(seed)).answer for seed in range(300)} - {NOT_THERE}
    assert not any(reserved(answer) for answer in drawn & (train | held))


def test_citations_still_point_to_their_passages_among_others() -> None:
    by_answer = {_CITED.sub("[]", one.answer): one for one in records()}
    moved = 0
    for seed in range(1000):
        sample = handwritten(Chance(seed))
        record = by_answer.get(_CITED.sub("[]", sample.answer))
        if sample.task != "cited" or record is None or sample.answer == NOT_THERE:
            continue
        old, new = _CITED.findall(record.answer), _CITED.findall(sample.answer)
        assert [record.passages[int(n) - 1] for n in old] == [sample.passages[int(n) - 1] for n in new]
        moved += old != new
    assert moved > 10


def test_a_question_to_strange_material_has_no_answer_there() -> None:
    asked = [handwritten(Chance(seed)) for seed in range(600)]
    own = {ask: one for one in records() for ask in one.asks}
    strange = [one for one in asked if one.prompt in own and one.passages and own[one.prompt].answer != one.answer]
    strange = [one for one in strange if one.answer == NOT_THERE]
    assert strange
    assert all(set(one.passages).isdisjoint(own[one.prompt].passages) for one in strange)


@pytest.mark.usefixtures("clauses")
@pytest.mark.parametrize("thrown", [0.0, 1.0], ids=["clauses", "thrown"])
def test_what_is_copied_is_exchanged_everywhere(thrown: float, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = Sample(
        "tasks",
        "draft",
        ("Giao Trạm Y tế phun hóa chất diệt muỗi quanh nhà trước 12/5. Phun hóa chất diệt muỗi quanh nhà thật gấp.",),
        "Lập danh sách.",
        "- Trạm Y tế: phun hóa chất diệt muỗi quanh nhà, thời hạn 12/5.",
        more=(("Ai phun hóa chất diệt muỗi quanh nhà?", "Trạm Y tế."),),
    )
    monkeypatch.setattr(strange, "THROWN", thrown)
    changed = next(one for seed in range(20) if (one := unfamiliar(Chance(seed), sample)) != sample)
    phrase = re.search(r"Trạm Y tế: (.+), thời hạn 12/5\.", changed.answer)
    assert phrase is not None
    assert any(phrase[1] in clause for clause in _CLAUSES) == (not thrown)
    assert changed.passages[0].lower().count(phrase[1]) == 2
    assert phrase[1] in changed.more[0][0]
    assert "muỗi" not in f"{changed.passages} {changed.answer} {changed.more}"


@pytest.mark.usefixtures("clauses")
def test_nothing_is_exchanged_of_which_a_part_would_stay_behind() -> None:
    """The title has «về …», the sentence has the same words without it."""
    passage = "Về nạo vét kênh mương nội đồng, Sở Nội vụ họp."
    answer = "Về nạo vét kênh mương nội đồng\nSở Nội vụ tổ chức nạo vét kênh mương nội đồng."
    sample = Sample("draft", "draft", (passage,), "Soạn thông cáo.", answer)
    for seed in range(40):
        changed = unfamiliar(Chance(seed), sample)
        title, text = changed.answer.split("\n")
        assert text.rstrip(".").endswith(title.removeprefix("Về "))


@pytest.mark.usefixtures("clauses")
@pytest.mark.parametrize("ask", ["khi nao phun hoa chat", "Bao giờ phun hóa chất?", "Hạn diệt  muỗi là hôm nào?"])
def test_a_question_keeps_what_it_asks_for(ask: str) -> None:
    passage = "Trạm Y tế phun hóa chất diệt muỗi quanh nhà trước 12/5."
    sample = Sample("lookup", "default", (passage,), ask, "Trước 12/5: phun hóa chất diệt muỗi quanh nhà.")
    assert all(unfamiliar(Chance(seed), sample) == sample for seed in range(20))


def test_clauses_are_small_words_of_laws(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"Điều 1. {_CLAUSES[0]}, {_CLAUSES[1]} Đồng Nai và Ủy ban nhân dân cấp tỉnh; ngắn quá."
    monkeypatch.setattr(laws, "texts", lambda: iter((text,)))
    laws.clauses.cache_clear()
    try:
        assert laws.clauses() == _CLAUSES
    finally:
        laws.clauses.cache_clear()


@pytest.mark.usefixtures("clauses")
def test_the_frame_of_an_answer_stays() -> None:
    for seed in range(200):
        before = make(Chance(seed))
        after = unfamiliar(Chance(seed), before)
        assert before.answer.count("[cần bổ sung]") == after.answer.count("[cần bổ sung]")
        assert re.findall(r"\d+|[|:;\n]", before.answer) == re.findall(r"\d+|[|:;\n]", after.answer)
        assert (before.answer == NOT_THERE) == (after.answer == NOT_THERE)
        assert len(before.answer.split()) == len(after.answer.split())


def test_without_laws_nothing_is_exchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "clauses", lambda: ())
    samples = [make(Chance(seed)) for seed in range(30)]
    assert [unfamiliar(Chance(1), one) for one in samples] == samples
