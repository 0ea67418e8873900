"""Learning: samples from the generator, one step after another, until the time is up.

    python -m training.train --minutes 60                # two processes on the CPU, state below ~/.cache/hocvu/training
    python -m training.train --minutes 25 --device cuda  # one process on a GPU

The rate of learning stands still and then falls linearly over the last part of the run, which is where most of the gain shows.
A run that is killed loses a minute at most. The next run, after a finished one or a killed one, goes on from the last state and
raises the rate again, so that nothing learnt in the fall is lost (WSD-S; Wen et al., arXiv 2410.05192).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from types import FrameType

import torch
from torch import Tensor, distributed

from training import checkpoints
from training.checkpoints import LAST, MIDDLE, Progress
from training.model import DROPOUT, Model, size
from training.optimiser import Optimiser
from training.packing import Batch, Step, kept_out, made_ahead, never_waiting, steps

SAVE_EVERY = 60.0
"""Seconds of work that a killed run may lose."""
SHOW_EVERY = 20.0
MIDDLE_PART = 0.25
"""The part of the fall after which the state is kept, to be averaged with the last one."""
WARM_UP = 30
"""Steps over which the rate rises after every start."""
LEAST = 0.02
"""The fraction of the rate that is left at the very end."""
LANGUAGE_SHARE, LANGUAGE_PART = 0.08, 0.6
"""On a GPU a tenth of the samples is plain text while the rate stands: there is time to learn more of the language, and
there are five million tokens of laws, to be seen some eight times."""
HAND_SHARE = 0.1
"""The share of tasks written by hand, beside those of the mixture, while the rate falls: what is learnt last, and finely,
should be what is best (MiniCPM; Hu et al., arXiv 2404.06395). The loss on what is kept out rises meanwhile (1.5 → 1.7 in
one run), and yet more of its details come in their place."""
SHORT, SHORT_PART = 320, 0.12
"""For the first part of the first run only samples of at most SHORT tokens: short look-ups teach copying fastest."""


def rate_factor(step: int, part: float, fall: float) -> float:
    """The learning rate as a fraction of its base, ``part`` of the run (0 … 1) gone, falling over the last ``fall``."""
    falling = 1.0 if part < 1 - fall else max(LEAST, (1 - part) / fall)
    return min(1.0, (step + 1) / WARM_UP) * falling


def longest_now(part: float, context: int, *, first: bool) -> int:
    """The longest sample at this part of the run, tokens; ``first``: nothing was learnt before it."""
    return SHORT if first and part < SHORT_PART else context


class _Run:
    """One process of one training run."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.work, self.device = arguments.work, torch.device(arguments.device)
        self.on_gpu = self.device.type == "cuda"
        self.started, self.until, self.fall = arguments.started, arguments.until, arguments.fall
        self.rank, self.budget, self.steps = arguments.rank, arguments.budget, arguments.steps
        self.done, self.middle_kept = 0, False
        self.asked_to_stop = False
        self.tokenizer = checkpoints.tokenizer(self.work)
        self.model, state, self.progress = checkpoints.load(self.work / LAST)
        self.first = not (self.progress.steps or checkpoints.origin(self.work))
        self.model.to(self.device)
        if self.on_gpu:
            torch.set_float32_matmul_precision("high")
            self.model.leave_out(DROPOUT)
            self.model.compile_parts()
        self.kept_out = kept_out(self.tokenizer, self.budget) if self.on_gpu else None
        self.optimiser = Optimiser(self.model, rate=arguments.rate)
        if state:
            self.optimiser.load(state)

    def _part(self) -> float:
        """The part of the run that is gone, by the clock or by its number of steps."""
        if self.steps:
            return self.done / self.steps
        return (time.time() - self.started) / max(1.0, self.until - self.started)

    def _save(self) -> None:
        if self.rank == 0:
            checkpoints.save(self.work / LAST, self.model, self.optimiser.state(), self.progress)

    def _keep_middle(self, part: float) -> None:
        """Once in a run that falls: the state a quarter down."""
        if self.rank == 0 and not self.middle_kept and part >= 1 - self.fall * (1 - MIDDLE_PART):
            checkpoints.save(self.work / MIDDLE, self.model, {}, self.progress)
            self.middle_kept = True

    def _moved(self, part: Tensor) -> Tensor:
        """The tensor on the device, without waiting for what a GPU is still busy with."""
        return part.pin_memory().to(self.device, non_blocking=True) if self.on_gpu else part

    def _loss(self, batch: Batch) -> Tensor:
        """The mean loss over the batch's answers."""
        tokens, places, targets = (self._moved(part) for part in (batch.tokens, batch.places, batch.targets))
        starts = None if batch.starts is None else self._moved(batch.starts)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.on_gpu):
            return self.model.loss(tokens, places, targets, starts)

    def _learn(self, step: Step, factor: float) -> Tensor:
        """Move the weights once; the mean loss over the step's answers."""
        answers, loss = sum(batch.answers for batch in step), torch.zeros((), device=self.device)
        for batch in step:
            share = self._loss(batch) * (batch.answers / answers)
            share.backward()
            loss += share.detach()
        self.optimiser.step(factor)
        return loss

    def _shared(self, values: Sequence[float]) -> list[float]:
        """Numbers added up over the processes."""
        if not distributed.is_initialized():
            return list(values)
        added = torch.tensor(values, dtype=torch.float64)
        distributed.all_reduce(added)
        return added.tolist()

    def _clock(self) -> tuple[float, bool]:
        """The part of the run that is gone and whether to stop, the same in every process."""
        part, stop = self._shared([self._part() if self.rank == 0 else 0.0, float(self.asked_to_stop)])
        return part, stop > 0 or part >= 1

    def go(self) -> None:
        """Train until the time is up or the process is asked to stop."""
        seed = (self.progress.steps + 1) * 1009 + self.rank * 7919
        context, on_gpu, first_step = self.model.shape.context, self.on_gpu, self.progress.steps

        def begin(worker: int) -> Iterator[Step]:
            return steps(
                self.tokenizer,
                seed + worker * 104_729,
                self.budget,
                lambda: longest_now(self._part(), context, first=self.first),
                lambda: LANGUAGE_SHARE if on_gpu and self._part() < LANGUAGE_PART else 0.0,
                lambda: HAND_SHARE if self._part() >= 1 - self.fall else 0.0,
                wide=on_gpu,
            )

        workers = max(1, len(os.sched_getaffinity(0)) - 2)
        source = never_waiting(made_ahead(begin, workers)) if on_gpu else begin(0)
        saved = shown = time.monotonic()
        losses: list[Tensor] = []
        seen = 0
        while True:
            before = time.monotonic()
            part, stop = self._clock()
            if stop:
                break
            self._keep_middle(part)
            step = next(source, None)
            if step is None:
                break
            loss = self._learn(step, rate_factor(self.progress.steps - first_step, part, self.fall))
            count, answers = self._shared([sum(batch.count for batch in step), sum(batch.answers for batch in step)])
            now = time.monotonic()
            self.progress = Progress(
                self.progress.steps + 1,
                self.progress.tokens + int(count),
                self.progress.answer_tokens + int(answers),
                self.progress.seconds + now - before,
                self.progress.gpu_seconds + (now - before if on_gpu else 0.0),
            )
            self.done += 1
            losses.append(loss)
            seen += int(count)
            if now - saved >= SAVE_EVERY:
                self._save()
                saved = now
            if now - shown >= SHOW_EVERY:
                self._show(part, torch.stack(losses).mean().item(), seen / (now - shown))
                losses, seen, shown = [], 0, now
        self._save()

    def _show(self, part: float, loss: float, speed: float) -> None:
        if self.rank == 0:
            line = {"part": round(part, 3), "loss": round(loss, 4), "tokens_per_s": round(speed), **vars(self.progress)}
            if self.kept_out is not None:
                line["kept_out"] = round(self._loss(self.kept_out).item(), 3)
            with (self.work / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.train", description="Train the small practice model.")
    parser.add_argument("--minutes", type=float, default=60.0, help="how long this run lasts")
    parser.add_argument("--until", type=float, default=0.0, help="the end as seconds since 1970, instead of --minutes")
    parser.add_argument("--steps", type=int, default=0, help="end after so many steps, instead of by the clock (CPU)")
    parser.add_argument("--started", type=float, default=0.0, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, default=checkpoints.default_work(), help="folder of the state")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--processes", type=int, default=0, help="on the CPU, one core each; default 2")
    parser.add_argument("--budget", type=int, default=0, help="tokens of a step in each process")
    parser.add_argument("--rate", type=float, default=0.02, help="learning rate of the matrices")
    parser.add_argument("--fall", type=float, default=0.4, help="the last part of the run in which the rate falls")
    parser.add_argument("--rank", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--meeting", type=Path, default=None, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(arguments: argparse.Namespace) -> Progress:
    """This process' part of the training; process 0 starts the others."""
    on_gpu = arguments.device == "cuda"
    processes = 1 if on_gpu else arguments.processes or 2
    arguments.budget = arguments.budget or (65536 if on_gpu else 1152)
    arguments.started = arguments.started or time.time()
    arguments.until = arguments.until or arguments.started + arguments.minutes * 60
    torch.set_num_threads(4 if on_gpu else 1)
    others: list[subprocess.Popen[bytes]] = []
    if processes > 1:
        if arguments.meeting is None:
            arguments.meeting = arguments.work / f"meeting-{os.getpid()}"
            arguments.meeting.unlink(missing_ok=True)
            given = {name: value for name, value in vars(arguments).items() if name not in ("rank", "minutes")}
            options = [part for name, value in given.items() for part in (f"--{name}", str(value))]
            command = [sys.executable, "-m", "training.train", *options]
            others = [subprocess.Popen([*command, "--rank", str(rank)]) for rank in range(1, processes)]  # noqa: S603
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        distributed.init_process_group(
            "gloo",
            init_method=f"file://{arguments.meeting}",
            rank=arguments.rank,
            world_size=processes,
            timeout=timedelta(minutes=30),
        )
    training = _Run(arguments)
    if arguments.rank == 0:
        (arguments.work / MIDDLE).unlink(missing_ok=True)  # of an earlier run

    def stop(_signal: int, _frame: FrameType | None) -> None:
        training.asked_to_stop = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        training.go()
    finally:
        if distributed.is_initialized():
            distributed.destroy_process_group()
        for other in others:
            other.wait(60)
        if arguments.meeting is not None and arguments.rank == 0:
            arguments.meeting.unlink(missing_ok=True)
    return training.progress


def begin(work: Path, model: Model, tokenizer_json: str) -> None:
    """Lay down the first state, unless there is one already."""
    work.mkdir(parents=True, exist_ok=True)
    if not (work / LAST).exists():
        (work / checkpoints.TOKENIZER).write_text(tokenizer_json, encoding="utf-8")
        checkpoints.save(work / LAST, model, {}, Progress())


def main() -> None:
    """Train from the state in ``--work``; ``python -m training.build`` lays the first one down."""
    arguments = _arguments()
    progress = run(arguments)
    if arguments.rank == 0:
        model, _, _ = checkpoints.load(arguments.work / LAST)
        print(json.dumps({"parameters": size(model), **vars(progress)}))  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
