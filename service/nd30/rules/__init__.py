"""The numbered form rules: what each asks, where the decree says so, why it matters and what to try.

The numbers are stable and never given to another rule; a rule that is not in the decree carries an X and says so in its
source. Writer, checker and feedback read the same table, so a sentence is mended here once. A rule that no check can
decide stands here too, with ``check`` empty: it is for the person to look at.
"""

from __future__ import annotations

from dataclasses import replace

from service.nd30.rules import body, capitals, foot, head, lint, page
from service.nd30.rules.english import ENGLISH
from service.nd30.rules.rule import DECREE, RULESET, Check, Rule, Severity

__all__ = ["DECREE", "RULES", "RULESET", "Check", "Rule", "Severity"]


def _with_english(rule: Rule) -> Rule:
    title, why, try_next = ENGLISH[rule.id]
    return replace(rule, title_en=title, why_en=why, try_next_en=try_next)


RULES = {rule.id: _with_english(rule) for table in (page, head, body, foot, capitals, lint) for rule in table.RULES}
