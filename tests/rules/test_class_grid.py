"""What a cell of a class's view says, and where the class is stuck, from verdicts that are there already."""

from __future__ import annotations

from service.classes.grid import PROMPT, columns_of, marks, trouble
from service.records import CheckResult, Exercise, Mark, Trouble

OK, MEND, NONE = Mark.OK, Mark.MEND, Mark.NONE


def exercise(kind: str) -> Exercise:
    return Exercise("a", "A", kind, 1, 1, "visible", 1, "h", 15, "", "", "", "")


def result(check: str, passed: bool | None, label: str = "", weight: float = 1.0) -> CheckResult:
    return CheckResult(check, passed, float(passed or 0), "", label=label or check, weight=weight)


def test_columns_go_by_the_kind_of_work() -> None:
    assert columns_of(None) == columns_of(exercise("draft")) == (*PROMPT, "figures", "form")
    assert columns_of(exercise("extract")) == (*PROMPT, "figures", "form", "key")
    assert columns_of(exercise("sort_cards")) == ("key",)


def test_a_mark_under_each_column() -> None:
    columns = columns_of(exercise("extract"))
    nothing = marks(columns, {}, ())
    assert nothing == (NONE,) * 6
    parts = {"role": True, "task": False}
    found = [
        result("grounded-numbers", True),
        result("keeps-numbers", False),
        result("nd30-format", None),
        result("fills-table", True),
        result("max-words", False),
    ]
    assert marks(columns, parts, found) == (OK, MEND, NONE, MEND, NONE, OK)
    assert marks(columns, parts, [result("grounded-numbers", True), result("nd30-format", True)])[3:] == (OK, OK, NONE)


def test_the_part_that_most_lack_or_the_check_that_most_fail() -> None:
    lacking, full = {"task": True, "constraints": False}, {"task": True, "constraints": True}
    long = result("max-words", False, "Độ dài: không quá 150 tiếng")
    assert trouble([]) is None
    assert trouble([(lacking, ()), (full, ())]) is None, "one seat is not the class"
    assert trouble([(lacking, ()), (lacking, ()), (full, ())]) == Trouble(2, part="constraints")
    assert trouble([(lacking, [long]), (full, [long]), (full, [long, long])]) == Trouble(3, check="Độ dài")
    assert trouble([(lacking, [long]), (lacking, [long])]) == Trouble(2, part="constraints"), "the prompt comes first"


def test_what_does_not_count_is_no_trouble() -> None:
    told = [result("grounded-names", False, weight=0.0), result("prompt-has", False, "Các phần của câu lệnh")]
    assert trouble([({}, told), ({}, told)]) is None
