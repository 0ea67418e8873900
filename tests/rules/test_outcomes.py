"""What came out of an experiment: checks that share a label are counted together and told one by one."""

from __future__ import annotations

from service import outcomes
from service.records import AttemptState, CheckResult, Experiment, Trial, Variant
from service.store.db import now

IDEAS = ("3.200 liều", "15/11", "Trạm Thú y")


def trial(n: int, variant: int, *met: bool) -> Trial:
    found = tuple(
        CheckResult("contains", one, float(one), "", label=f"Ý bắt buộc: {idea}")
        for idea, one in zip(IDEAS, met, strict=True)
    )
    length = CheckResult("max-words", True, 1.0, "", label="Độ dài")
    return Trial(n, variant, "mot", 7, AttemptState.DONE, results=(*found, length))


def experiment(*trials: Trial) -> Experiment:
    variants = (Variant("Đủ."), Variant("Bỏ.", part="format"))
    return Experiment(1, 7, "bai", "abc", 1, "parts", variants, AttemptState.DONE, now(), trials=trials)


def test_a_flip_among_checks_of_one_label_is_counted_and_named() -> None:
    found = experiment(trial(1, 0, True, True, False), trial(2, 1, True, True, True))
    whole, without = outcomes.lines(found)
    assert outcomes.columns(found) == ("Ý bắt buộc", "Độ dài")
    told = [(line.counts["Ý bắt buộc"].met, line.counts["Ý bắt buộc"].graded) for line in (whole, without)]
    assert told == [(2, 3), (3, 3)]
    assert without.changed == {"Ý bắt buộc"}
    assert (without.better, without.worse) == (("Ý bắt buộc: Trạm Thú y",), ())


def test_flips_that_cancel_out_are_told_both() -> None:
    found = experiment(trial(1, 0, True, True, False), trial(2, 1, False, True, True))
    without = outcomes.lines(found)[1]
    assert (without.worse, without.better) == (("Ý bắt buộc: 3.200 liều",), ("Ý bắt buộc: Trạm Thú y",))
    assert without.changed == {"Ý bắt buộc"}
