"""The mutation table as a whole: every rule that a check decides is broken at least three times, each time alone.

The mutants themselves stand in ``test_form_check`` (the form in plain text), ``test_nd30_wording`` (the words) and
``test_nd30_layout`` (how it is set, and judged there); those of text are judged here, in a draft and in a document that
goes out, by all text rules together. ``python -m tests.rules.test_nd30_matrix`` prints the table.
"""

from __future__ import annotations

from collections import Counter

import pytest

from service.nd30.rules import RULES, Check
from service.records import Level
from tests.rules.nd30_samples import MODES, SAMPLES, sent_out, told
from tests.rules.test_form_check import ISSUED, MUTANTS as FORM
from tests.rules.test_nd30_layout import MUTANTS as LAYOUT
from tests.rules.test_nd30_wording import MUTANTS as WORDING

TEXT = (*FORM, *WORDING)
TABLES = {"form": (*FORM, *ISSUED), "wording": WORDING, "layout": LAYOUT}


def mutant(kind: str, old: str, new: str) -> str:
    """A clean document of this kind, ready to go out, with one thing changed, or added at its end."""
    clean = sent_out(SAMPLES[kind])
    assert old in clean
    return clean.replace(old, new, 1) if old else clean.rstrip() + new


def matrix() -> dict[str, Counter[str]]:
    """Rule → how many mutants of it each table holds."""
    found: dict[str, Counter[str]] = {rule: Counter() for rule in RULES}
    for name, mutants in TABLES.items():
        for rule, *_ in mutants:
            found[rule][name] += 1
    return found


@pytest.mark.parametrize(("rule", "kind", "old", "new"), TEXT, ids=[f"{one[0]}-{n}" for n, one in enumerate(TEXT)])
def test_the_broken_rule_fires_and_no_other(rule: str, kind: str, old: str, new: str) -> None:
    text = mutant(kind, old, new)
    findings = {mode: told(text, kind, mode) for mode in MODES}
    assert [{one.rule for one in found} for found in findings.values()] == [{rule}, {rule}]
    for span in (span for finding in findings["issued"] for span in finding.spans):
        assert text[span.start : span.end].strip() or rule == "ND30-X1"


@pytest.mark.parametrize(("rule", "kind", "old", "new"), ISSUED, ids=[f"{one[0]}-{n}" for n, one in enumerate(ISSUED)])
def test_what_a_draft_may_leave_open_fires_alone_when_it_goes_out(rule: str, kind: str, old: str, new: str) -> None:
    text = mutant(kind, old, new)
    assert {one.rule for one in told(text, kind, "issued")} == {rule}
    assert [one.rule for one in told(text, kind, "draft") if one.level is not Level.INFORMATIVE] == []


def test_every_rule_that_a_check_decides_has_three_mutants() -> None:
    few = {rule: dict(counted) for rule, counted in matrix().items() if sum(counted.values()) < 3}
    assert set(few) == {rule.id for rule in RULES.values() if rule.check is Check.NOBODY}


def test_no_mutant_breaks_a_rule_that_nobody_decides() -> None:
    assert [rule for rule, counted in matrix().items() if counted and RULES[rule].check is Check.NOBODY] == []


if __name__ == "__main__":
    for rule, counted in matrix().items():
        by_table = ", ".join(f"{name} {count}" for name, count in counted.items())
        print(f"{rule:<9}{RULES[rule].check.value or 'nobody':<17}{sum(counted.values()):>3}  {by_table}")  # noqa: T201
