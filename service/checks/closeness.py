"""How near an answer is to a text it is held beside: promptfoo's similarity measures, by the syllable.

``value`` is the text, or several of which the nearest counts; ``threshold`` is promptfoo's unless the exercise says
another. N-grams are runs of syllables in one spelling and case (``options: {raw: true}`` leaves both as they stand);
chrF and Levenshtein count characters. A finding points at sentences of the answer that share least with the text; it
never quotes the text, which may be the model answer.

========== ========= ===================================================================================
type       threshold measure
========== ========= ===================================================================================
rouge-n    0.75      recall of n-grams, n = 1 or ``options: {n: 2}``; Lin 2004
bleu       0.5       geometric mean of the precisions of 1- to 4-grams, brevity penalty; Papineni et al. 2002
gleu       0.5       the smaller of precision and recall of all 1- to 4-grams; Wu et al. 2016, section 7.3
chrf       0.5       F2 of character 1- to 6-grams; Popović 2015
levenshtein 5        characters to insert, delete or replace; passes up to the threshold
similar    0.75      cosine by the embedding model; not graded without one
========== ========= ===================================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np

from service.records import Assertion, Case, CheckResult, Finding, Level, Span
from service.text import comparable, sentences, syllables

NAMES = {
    "rouge-n": "ROUGE-N",
    "bleu": "BLEU",
    "gleu": "GLEU",
    "chrf": "chrF",
    "levenshtein": "khoảng cách Levenshtein",
    "similar": "độ gần nghĩa",
}
THRESHOLDS = {"rouge-n": 0.75, "bleu": 0.5, "gleu": 0.5, "chrf": 0.5, "levenshtein": 5.0, "similar": 0.75}

_ORDERS = range(1, 5)
_SHARED = 0.5
"""A sentence with less than this share of its syllables in the text is pointed at."""
_POINTED = 3
_LONGEST = 20_000
"""Characters that Levenshtein reads of either text: its work grows with their product."""


# ── measures ────────────────────────────────────────────────────────────────────────────────────


def rouge(said: Sequence[str], reference: Sequence[str], n: int = 1) -> float:
    """The share of the reference's n-grams that were said, 0 to 1."""
    wanted = _grams(reference, n)
    return (wanted & _grams(said, n)).total() / wanted.total() if wanted else 0.0


def gleu(said: Sequence[str], reference: Sequence[str]) -> float:
    """Google's BLEU for single sentences, 0 to 1."""
    ours, theirs = _all_grams(said), _all_grams(reference)
    longest = max(ours.total(), theirs.total())
    return (ours & theirs).total() / longest if longest else 0.0


def bleu(said: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """BLEU of one text, 0 to 1; a precision of none counts as 1e-7, as promptfoo has it."""
    from sacrebleu.metrics.bleu import BLEU

    metric = BLEU(tokenize="none", smooth_method="floor", smooth_value=1e-7, effective_order=True)
    if len(said) < _ORDERS[-1] or not all(references):
        return 0.0
    return float(metric.sentence_score(" ".join(said), [" ".join(one) for one in references]).score) / 100


def chrf(said: str, references: Sequence[str]) -> float:
    """chrF2, 0 to 1; blanks are not counted."""
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().sentence_score(said, list(references)).score) / 100 if said.strip() else 0.0


def levenshtein(one: str, other: str) -> int:
    """The fewest characters to insert, delete or replace; a row of the table at a time."""
    if not one or not other:
        return max(len(one), len(other))
    letters = np.frombuffer(other.encode("utf-32-le"), dtype=np.uint32)
    steps = np.arange(len(other) + 1)
    row = steps.copy()
    for n, letter in enumerate(one, 1):
        fresh = np.empty_like(row)
        fresh[0] = n
        np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)), out=fresh[1:])
        row = np.minimum.accumulate(fresh - steps) + steps  # insertions run on from the best place to the left
    return int(row[-1])


def _grams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + n]) for at in range(len(words) - n + 1))


def _all_grams(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    return sum((_grams(words, n) for n in _ORDERS), Counter())


# ── the checks ──────────────────────────────────────────────────────────────────────────────────


def overlap(case: Case, assertion: Assertion) -> CheckResult:
    """rouge-n, bleu, gleu, chrf: ``score`` is the measure."""
    references, name = texts(assertion), assertion.type
    spelt = partial(_words, raw=bool(assertion.options.get("raw")))
    said, held = spelt(case.answer or ""), [spelt(one) for one in references]
    if name == "bleu":
        score = bleu(said, held)
    elif name == "chrf":
        score = chrf(" ".join(said), [" ".join(one) for one in held])
    else:
        measure: Callable[..., float] = gleu if name == "gleu" else partial(rouge, n=int(assertion.options.get("n", 1)))
        score = max(measure(said, one) for one in held)
    return _judged(case, assertion, min(1.0, score), references)


def near(case: Case, assertion: Assertion) -> CheckResult:
    """levenshtein: no more than ``threshold`` characters away; the score falls from 1 with the distance."""
    answer, limit = (case.answer or "").strip(), _threshold(assertion)
    spell = str if assertion.options.get("raw") else comparable
    references = [one.strip() for one in texts(assertion)]
    if max(map(len, (answer, *references))) > _LONGEST:
        return CheckResult("levenshtein", None, 0.0, f"Văn bản dài quá {_LONGEST} ký tự nên không so được từng chữ.")
    distance, nearest = min((levenshtein(spell(answer), spell(one)), one) for one in references)
    reason = f"Kết quả cách văn bản đối chiếu {distance} ký tự, mức cho phép là {limit:g}."
    if distance <= limit:
        return CheckResult("levenshtein", True, 1.0, reason)
    at = next((n for n, (a, b) in enumerate(zip(answer, nearest, strict=False)) if spell(a) != spell(b)), len(nearest))
    word = next((one for one in syllables(answer) if one.end > at), None)
    finding = Finding(
        check="levenshtein",
        level=Level.ACTIONABLE,
        title=f"Kết quả khác văn bản đối chiếu {distance} ký tự",
        where="Chỗ khác đầu tiên được đánh dấu." if word else "Kết quả hết sớm hơn văn bản đối chiếu.",
        why=f"Bài này cần đúng gần như từng chữ, cho phép khác nhiều nhất {limit:g} ký tự.",
        try_next="Thêm vào câu lệnh: «Chép nguyên văn, không thêm lời dẫn, không đổi chữ.»",
        spans=(Span(word.start, word.end),) if word else (),
        insert="Chép nguyên văn, không thêm lời dẫn, không đổi chữ.",
    )
    longest = max(len(answer), len(nearest))
    return CheckResult("levenshtein", False, max(0.0, 1 - distance / longest), reason, (finding,))


def similar(case: Case, assertion: Assertion) -> CheckResult:
    """The cosine of the vectors of answer and text; not graded while no embedding model is ready."""
    if case.likeness is None:
        return CheckResult("similar", None, 0.0, "Máy chưa có mô hình so nghĩa nên mục này không chấm được.")
    answer, references = case.answer or "", texts(assertion)
    score = max(case.likeness(answer, one) for one in references) if answer.strip() else 0.0
    return _judged(case, assertion, min(1.0, max(0.0, score)), references)


def texts(assertion: Assertion) -> list[str]:
    """The texts of ``value``; a check without any cannot judge and says so by its ValueError."""
    value = assertion.value
    found = [str(one) for one in (value if isinstance(value, list | tuple) else [value]) if str(one or "").strip()]
    if not found:
        raise ValueError("no text to compare with")
    return found


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _threshold(assertion: Assertion) -> float:
    return THRESHOLDS[assertion.type] if assertion.threshold is None else assertion.threshold


def _words(text: str, raw: bool = False) -> list[str]:
    return [one.text for one in syllables(text if raw else comparable(text).casefold())]


def _judged(case: Case, assertion: Assertion, score: float, references: Sequence[str]) -> CheckResult:
    name, limit = NAMES[assertion.type], _threshold(assertion)
    figures = f"{_comma(score)}, mức cần là {_comma(limit)}"
    if score >= limit:
        kept = Finding(
            assertion.type,
            Level.CELEBRATORY,
            "Kết quả sát với văn bản đối chiếu của bài",
            why=f"Theo thước {name}: {figures}.",
        )
        return CheckResult(assertion.type, True, score, f"Kết quả đạt {name} {figures}.", (kept,))
    answer = case.answer or ""
    apart = _apart(answer, references)
    missing = _missing(answer, references)
    lost = f" Văn bản đối chiếu có {missing[1]} câu, {missing[0]} câu chưa thấy ý tương ứng." if missing[0] else ""
    finding = Finding(
        check=assertion.type,
        level=Level.ACTIONABLE,
        title="Kết quả còn xa văn bản đối chiếu của bài",
        where="Câu ít giống nhất được đánh dấu." if apart else "",
        why=f"Theo thước {name}: {figures}.{lost}",
        try_next="Đọc lại nhiệm vụ, xem ý nào còn thiếu hoặc thừa, rồi nêu đủ ý ấy trong câu lệnh.",
        seen=_comma(score),
        expected=f"từ {_comma(limit)} trở lên",
        spans=apart,
    )
    return CheckResult(assertion.type, False, score, f"Kết quả mới đạt {name} {figures}.", (finding,))


def _apart(answer: str, references: Sequence[str]) -> tuple[Span, ...]:
    """The sentences of the answer that share least with the texts, in their order."""
    known = {word for one in references for word in _words(one)}
    rated = sorted(
        (share, start, end)
        for start, end in sentences(answer)
        if (share := _share(_words(answer[start:end]), known)) < _SHARED
    )
    return tuple(Span(start, end) for start, end in sorted(one[1:] for one in rated[:_POINTED]))


def _missing(answer: str, references: Sequence[str]) -> tuple[int, int]:
    """How many sentences of the nearest text the answer does not cover, and how many it has."""
    said = set(_words(answer))
    counts = []
    for one in references:
        parts = [_words(one[start:end]) for start, end in sentences(one)]
        counts.append((sum(_share(words, said) < _SHARED for words in parts), len(parts)))
    return min(counts)


def _share(words: Iterable[str], known: set[str]) -> float:
    found = [word in known for word in words]
    return sum(found) / len(found) if found else 1.0


def _comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
