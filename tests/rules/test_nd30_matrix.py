"""The mutation table as a whole: every rule that a check decides is broken at least three times, each time alone.

The mutants themselves stand in ``test_form_check`` (the form in plain text), ``test_nd30_wording`` (the words) and
``test_nd30_layout`` (how it is set); here they are counted. ``python -m tests.rules.test_nd30_matrix`` prints them.
"""

from __future__ import annotations

from collections import Counter

from service.nd30.rules import RULES, Check
from tests.rules.test_form_check import ISSUED
from tests.rules.test_form_check import MUTANTS as FORM
from tests.rules.test_nd30_layout import MUTANTS as LAYOUT
from tests.rules.test_nd30_wording import MUTANTS as WORDING

TABLES = {"form": (*FORM, *ISSUED), "wording": WORDING, "layout": LAYOUT}


def matrix() -> dict[str, Counter[str]]:
    """Rule → how many mutants of it each table holds."""
    found: dict[str, Counter[str]] = {rule: Counter() for rule in RULES}
    for name, mutants in TABLES.items():
        for rule, *_ in mutants:
            found[rule][name] += 1
    return found


def test_every_rule_that_a_check_decides_has_three_mutants() -> None:
    few = {rule: dict(told) for rule, told in matrix().items() if sum(told.values()) < 3}
    assert set(few) == {rule.id for rule in RULES.values() if rule.check is Check.NOBODY}


def test_no_mutant_breaks_a_rule_that_nobody_decides() -> None:
    assert [rule for rule, told in matrix().items() if told and RULES[rule].check is Check.NOBODY] == []


if __name__ == "__main__":
    for rule, told in matrix().items():
        print(f"{rule:<9}{RULES[rule].check.value or 'nobody':<17}{sum(told.values()):>3}  {dict(told)}")  # noqa: T201
