"""The measurement of our overhead runs and compares like with like."""

from __future__ import annotations

from tests.bench.engine_overhead import measure


def test_both_are_measured_on_the_same_text() -> None:
    figures = measure(rounds=2, tokens=12)
    assert figures["same_text"] == figures["rounds"] == 2
    for figure in ("first_token_ms", "tokens_per_second"):
        assert min(figures[figure].values()) > 0
