"""Fidelity and personal data, held against the labelled sets.

The half "tune" was looked at while the rules were made and has a floor; the half "held" was only ever counted, as were
"second", "third" and "fourth", which other writers wrote much later: "second" looks for what is hard, "third" is as in
offices, "fourth" rewords as freely as a model does. Their figures are printed (``pytest -s``); they tell more of what
is to come than "held" does. "fifth", which rewords further than any, and "sixth", by a writer who knew the guides
alone, may be looked at like "tune" and have floors, too; before they were, personal data were found at 0.858 and 0.855
(precision 0.957 and 0.949), planted details at 0.978 and 0.970 (false alarms 0.240 and 0.092).
"""

from __future__ import annotations

import pytest

from service.checks.grounding import grounded_numbers
from service.checks.names import grounded_names
from service.checks.personal import find_personal
from service.checks.prompt.parts import find_parts
from service.records import PARTS, Assertion, Case, Level, SourceText
from tests.rules.labelled import Counts, count, items
from tests.rules.making_exercises import exercise

ANY = exercise("summarise")
SPLITS = ("tune", "held", "second", "third", "fourth", "fifth", "sixth")


def fidelity(split: str) -> Counts:
    """Planted details that stand nowhere in the source; those that belong to something else no rule of values finds."""
    counts = Counts()
    for item in items("fidelity", split):
        case = Case(prompt="", answer=item["answer"], exercise=ANY, sources=(SourceText(1, "", item["source"]),))
        results = grounded_numbers(case, Assertion("x")), grounded_names(case, Assertion("x"))
        told = (
            one for result in results for one in result.findings if one.level in (Level.ESSENTIAL, Level.ACTIONABLE)
        )
        found = [(span.start, span.end) for finding in told for span in finding.spans]
        places = [(one["start"], one["start"] + len(one["quote"]), one) for one in item["planted"]]
        elsewhere = [(start, end) for start, end, one in places if one["in_source"]]
        wanted = [(start, end, one["kind"]) for start, end, one in places if not one["in_source"]]
        found = [(a, b) for a, b in found if not any(a < end and start < b for start, end in elsewhere)]
        if wanted or not elsewhere:
            count(counts, item["id"], wanted, found, item["answer"])
    return counts


KINDS = {
    "CCCD": "cccd",
    "CMND": "cccd",
    "BHXH": "bhxh",
    "TK": "bank",
    "EMAIL": "email",
    "SDT": "phone",
    "NGAY_SINH": "birth_date",
    "DIA_CHI": "address",
}
"""Our kinds in the words of the set; what it does not label is left out."""


def personal(split: str) -> Counts:
    """A detail is hit when something of its own kind is found there."""
    counts = Counts()
    for item in items("personal", split):
        found = find_personal(item["text"])
        for kind in set(KINDS.values()):
            wanted = [
                (one["start"], one["start"] + len(one["quote"]), kind) for one in item["found"] if one["kind"] == kind
            ]
            mine = [(one.start, one.end) for one in found if KINDS.get(one.kind) == kind]
            count(counts, item["id"], wanted, mine, item["text"])
    return counts


def parts(split: str) -> Counts:
    """Parts present in each prompt; those on which two readers may differ are left out."""
    counts = Counts()
    for item in items("prompts", split):
        found = {one.part for one in find_parts(item["prompt"])}
        for part in set(PARTS) - set(item["unsure"]):
            there = part in item["parts"]
            counts.wanted += there
            counts.hit += there and part in found
            counts.found += part in found
            counts.false += part in found and not there
            if there is not (part in found):
                (counts.missed if there else counts.alarms).append(f"{item['id']} {part}")
    return counts


def test_parts_of_a_prompt_are_found() -> None:
    tuned, held = parts("tune"), parts("held")
    for name, counts in (("tune", tuned), ("held", held)):
        print(f"parts {name}: F1 {counts.f1:.3f}, recall {counts.recall:.3f}, precision {counts.precision:.3f}")  # noqa: T201
    assert tuned.f1 >= 0.97, (tuned.missed, tuned.alarms)
    assert held.f1 >= 0.92  # the prompts of this half stay unread


def test_invented_details_are_found_and_rewordings_left_alone() -> None:
    counted = {split: fidelity(split) for split in SPLITS}
    tuned, held, second, third, fourth, fifth, sixth = counted.values()
    for name, counts in counted.items():
        print(f"fidelity {name}: recall {counts.recall:.3f}, false alarms {counts.false_alarms:.3f}")  # noqa: T201
    assert tuned.recall >= 0.99, tuned.missed
    assert tuned.false_alarms <= 0.02, tuned.alarms
    assert held.recall >= 0.98  # the answers of this half stay unread
    assert held.false_alarms <= 0.03  # 2 of 80
    assert second.recall >= 0.94
    assert second.false_alarms <= 0.08  # 2 of 26
    assert third.recall >= 0.95
    assert third.false_alarms <= 0.025  # of 40
    assert fourth.recall >= 0.98
    assert fourth.false_alarms <= 0.11  # 6 of 56
    assert fifth.recall >= 0.98, fifth.missed
    assert fifth.false_alarms <= 0.04, fifth.alarms
    assert sixth.recall >= 0.98, sixth.missed
    assert sixth.false_alarms <= 0.02, sixth.alarms


@pytest.mark.parametrize(
    "text",
    [
        "Bảo quản vắc xin ở nhiệt độ từ 2 đến 8 độ C trong suốt quá trình vận chuyển.",
        "Họp từ 7 giờ 30 đến 10 giờ 15 thứ Ba, ngày 03 tháng 11 năm 2026.",
        "Văn bản đề ngày 07 tháng 9 năm 2026 của Ban Công tác Mặt trận Khu phố 5.",
        "Về nhà ở: 212 nhà bị ngập; loa thôn Mai Thượng mất điện.",
        "Người từ đủ 18 đến 60 tuổi; tham luận của thôn An Hòa, thôn Phú Bình.",
        "Sửa đèn ngõ 12 đường Bằng Lăng, 17 hộ bị ảnh hưởng.",
        "Nhà văn hóa thôn Tân Hưng hướng dẫn 96 người già yếu.",
    ],
)
def test_sentences_of_real_documents_are_no_personal_data(text: str) -> None:
    assert find_personal(text) == ()


PERSONAL_FLOORS = {
    "tune": (0.98, 0.97),
    "held": (0.97, 0.98),
    "second": (0.98, 0.98),
    "third": (0.95, 0.98),
    "fourth": (0.92, 0.97),
    **dict.fromkeys(("fifth", "sixth", "seventh", "eighth", "ninth"), (0.98, 0.98)),
    "tenth": (0.97, 0.98),
    "eleventh": (0.96, 0.98),
    "twelfth": (0.93, 0.97),
}
"""Recall and precision of personal data; "held", "third" and "fourth" stay unread here."""


def test_personal_data_is_found() -> None:
    unread = {"held", "third", "fourth"}
    for split, (recall, precision) in PERSONAL_FLOORS.items():
        counts = personal(split)
        print(f"personal {split}: recall {counts.recall:.3f}, precision {counts.precision:.3f}")  # noqa: T201
        assert counts.recall >= recall, (split, split in unread or counts.missed)
        assert counts.precision >= precision, (split, split in unread or counts.alarms)
