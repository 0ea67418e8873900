"""What our engine costs beside plain ``llama_cpp.Llama``: first token and tokens/s for one person.

    python -m tests.bench.engine_overhead --json [--model FILE] [--rounds N] [--threads N]

Both stream the same conversation, greedily, in the same process with the same number of threads, taking turns; each
round begins with another first word, so neither can reuse what it has read. ``overhead`` is ours over theirs minus
one (negative: ours is faster), of the medians; ``same_text`` tells in how many rounds the two wrote the same.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click

from service.engines.llama.engine import LlamaEngine
from service.records import Delta, Message, Options

_MODELS = Path(__file__).parents[2] / "models"
BUNDLED = _MODELS / json.loads((_MODELS / "bundled.json").read_text(encoding="utf-8"))["file"]
# no name and no number, which only the engine hides from the model
SYSTEM = "Bạn là trợ lý soạn thảo văn bản hành chính."
TASK = (
    "Soạn công văn gửi các trường học trên địa bàn về việc tổng vệ sinh phòng, chống sốt xuất huyết, thời gian trong "
    "tuần đầu của tháng sau, báo cáo kết quả ngay khi làm xong. "
) + "Nêu rõ trách nhiệm của từng trường, đầu mối liên hệ và mẫu báo cáo kèm theo. " * 6


@dataclass(frozen=True)
class Timing:
    first: float  # seconds from the call to the first piece
    rate: float  # tokens per second after it
    text: str


def measure(model: Path = BUNDLED, *, rounds: int = 9, tokens: int = 150, threads: int = 1) -> dict[str, Any]:
    """Run both and compare the medians; ``rounds`` are counted after one that is thrown away."""
    from llama_cpp import Llama

    engine = LlamaEngine(model, threads=threads)
    try:
        engine.count_tokens([])  # waits until it is loaded
        context = engine.state().context
        plain = Llama(str(model), n_ctx=context, n_threads=threads, n_threads_batch=threads, verbose=False)
        try:
            ours: list[Timing] = []
            theirs: list[Timing] = []
            for n in range(rounds + 1):
                messages = [Message("system", f"{'–' * n} {SYSTEM}"), Message("user", TASK)]
                pair = [(ours, _ours(engine, messages, tokens)), (theirs, _theirs(plain, messages, tokens))]
                for timings, pieces in pair if n % 2 else reversed(pair):
                    timings.append(_time(pieces))
        finally:
            plain.close()
    finally:
        engine.close()
    return _report(ours[1:], theirs[1:], model, threads)


def _ours(engine: LlamaEngine, messages: list[Message], tokens: int) -> Iterator[str]:
    for event in engine.stream(messages, Options(max_tokens=tokens)):
        if isinstance(event, Delta):
            yield event.text


def _theirs(plain: Any, messages: list[Message], tokens: int) -> Iterator[str]:
    chat = [{"role": message.role, "content": message.content} for message in messages]
    for chunk in plain.create_chat_completion(chat, temperature=0.0, max_tokens=tokens, stream=True):
        if text := chunk["choices"][0]["delta"].get("content"):
            yield text


def _time(pieces: Iterable[str]) -> Timing:
    started = time.perf_counter()
    first = 0.0
    said = []
    for piece in pieces:
        first = first or time.perf_counter() - started
        said.append(piece)
    return Timing(first, (len(said) - 1) / (time.perf_counter() - started - first), "".join(said))


def _report(ours: list[Timing], theirs: list[Timing], model: Path, threads: int) -> dict[str, Any]:
    first = [median(timing.first for timing in timings) for timings in (ours, theirs)]
    rate = [median(timing.rate for timing in timings) for timings in (ours, theirs)]
    return {
        "model": model.name,
        "threads": threads,
        "rounds": len(ours),
        "first_token_ms": {"ours": round(1000 * first[0], 1), "llama_cpp": round(1000 * first[1], 1)},
        "tokens_per_second": {"ours": round(rate[0], 1), "llama_cpp": round(rate[1], 1)},
        "overhead": {"first_token": round(first[0] / first[1] - 1, 3), "tokens": round(rate[1] / rate[0] - 1, 3)},
        "same_text": sum(one.text == other.text for one, other in zip(ours, theirs, strict=True)),
    }


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
@click.option("--model", type=click.Path(path_type=Path, exists=True), default=BUNDLED)
@click.option("--rounds", default=9, show_default=True)
@click.option("--threads", default=1, show_default=True, help="1 is what the engine takes for the model in the box.")
def main(as_json: bool, model: Path, rounds: int, threads: int) -> None:
    sys.stdout.write(json.dumps(measure(model, rounds=rounds, threads=threads), indent=None if as_json else 2) + "\n")


if __name__ == "__main__":
    main()
