"""Many ask at once: the prompts of a class, the clock, and what is told of a run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles

_WORDS = (
    *(
        "ủy",
        "ban",
        "nhân",
        "dân",
        "xã",
        "báo",
        "cáo",
        "công",
        "văn",
        "kế",
        "hoạch",
        "thông",
        "tờ",
        "trình",
        "quyết",
        "định",
    ),
    *(
        "hành",
        "thực",
        "hiện",
        "nhiệm",
        "vụ",
        "giải",
        "pháp",
        "đơn",
        "vị",
        "phụ",
        "trách",
        "thời",
        "hạn",
        "kết",
        "quả",
        "quý",
    ),
    *(
        "năm",
        "tháng",
        "ngày",
        "cải",
        "cách",
        "chính",
        "thủ",
        "tục",
        "hồ",
        "sơ",
        "trực",
        "tuyến",
        "tỷ",
        "lệ",
        "đúng",
        "cán",
    ),
    *(
        "bộ",
        "chức",
        "phòng",
        "chủ",
        "tịch",
        "trưởng",
        "thôn",
        "tổ",
        "phố",
        "đoàn",
        "thể",
        "y",
        "tế",
        "trường",
        "học",
        "vệ",
    ),
    *(
        "sinh",
        "môi",
        "chống",
        "dịch",
        "bệnh",
        "tiêm",
        "chủng",
        "rà",
        "soát",
        "đôn",
        "đốc",
        "kiểm",
        "tra",
        "tổng",
        "hợp",
    ),
)


@dataclass(frozen=True)
class Answer:
    """One answer: seconds to the first piece and to the end, tokens written, read, and found read already."""

    first: float
    seconds: float
    written: int
    read: int
    shared: int


@dataclass(frozen=True)
class Run:
    """A class answered. Seconds; ``tokens_per_s`` are all written tokens over the total time."""

    name: str
    total_s: float
    tokens_per_s: float
    ttft_p50_s: float
    ttft_p95_s: float
    read_tokens: int
    shared_tokens: int


def text(seed: str, syllables: int) -> str:
    """So many syllables of officialese without sense, always the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - reproducible, not secret
    return " ".join(dice.choices(_WORDS, k=syllables))


def all_at_once(name: str, people: int, ask: Callable[[int], Answer]) -> Run:
    """Everybody asks at the same moment."""
    started = time.perf_counter()
    with ThreadPoolExecutor(people) as room:
        answers = list(room.map(ask, range(people)))
    return told(name, answers, time.perf_counter() - started)


def one_after_another(name: str, people: int, ask: Callable[[int], Answer]) -> Run:
    """Everybody asks at the same moment, and is served in turn: who is later has waited for those before."""
    started = time.perf_counter()
    answers = []
    for n in range(people):
        waited = time.perf_counter() - started
        answer = ask(n)
        answers.append(
            Answer(waited + answer.first, waited + answer.seconds, answer.written, answer.read, answer.shared)
        )
    return told(name, answers, time.perf_counter() - started)


def told(name: str, answers: Sequence[Answer], seconds: float) -> Run:
    firsts = [answer.first for answer in answers]
    cuts = quantiles(firsts, n=20, method="inclusive") if len(firsts) > 1 else firsts * 19
    return Run(
        name,
        round(seconds, 3),
        round(sum(answer.written for answer in answers) / seconds, 2),
        round(cuts[9], 3),
        round(cuts[18], 3),
        sum(answer.read for answer in answers),
        sum(answer.shared for answer in answers),
    )
