"""From nothing to the file in ``models/``, in one command.

    python -m training.build --minutes 120                 # CPU: goes on from the last state, or from the file in models/
    python -m training.build --minutes 25 --device cuda    # GPU: 20 million parameters, from the beginning
    python -m training.build --minutes 1 --work DIR --out DIR --small   # a smoke run of a tiny model

Tokenizer → training → export → parity → evaluation → ``bundled.json`` and card. What is laid down in ``--work`` is kept:
called again, the command goes on learning and replaces the files of ``--out``.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from service.engines.llama import placeholders
from training import card, checkpoints, export, laws, parity
from training.checkpoints import LAST, Progress
from training.export import Learnt
from training.induction import lay_induction_heads
from training.model import CPU, GPU, Model, Shape, size, widened
from training.packing import hidden
from training.tasks import make
from training.tokenizer import learn, with_placeholders
from training.train import begin
from training.words import Chance

if TYPE_CHECKING:
    from tokenizers import Tokenizer

HOME = Path(__file__).resolve().parent.parent
TINY = Shape(pieces=1024, width=64, layers=3, heads=2, kv_heads=1, inner=128, context=1024)
"""For the smoke run."""
NAME = "hoc-vu-nho"
LIMIT = 32 * 2**20
"""The largest file that may lie in ``models/``, bytes."""
LAW_TEXTS = 200
"""So many law texts beside the invented ones: about half of what the tokenizer sees."""


@dataclass(frozen=True)
class Built:
    """What a run made."""

    file: Path
    parameters: int
    progress: Progress
    parity: parity.Parity
    report: dict[str, Any]


def corpus(samples: int) -> Iterator[str]:
    """What the tokenizer learns from: invented tasks, and the laws where they are at hand."""
    for n in range(samples):
        text = "".join(text for text, _ in hidden(make(Chance(n))))
        yield text.translate(dict.fromkeys(map(ord, placeholders.ALL)))  # they are tokens already
    yield from itertools.islice(laws.texts(), LAW_TEXTS)


def lay_down(work: Path, shape: Shape, *, start: Path | None, samples: int, seed: int = 1) -> None:
    """The first state in ``work``: from a GGUF of ours, or a network with induction heads and a new tokenizer, unless one
    lies there already."""
    if (work / LAST).exists():
        return
    work.mkdir(parents=True, exist_ok=True)
    if start is not None:
        model, tokenizer = export.read(start, context=shape.context)
        if tokenizer.token_to_id(placeholders.ALL[0]) is None:  # a file from before there were any
            tokenizer = with_placeholders(tokenizer)
            model = widened(model, tokenizer.get_vocab_size())
        before = {"sha256": hashlib.sha256(start.read_bytes()).hexdigest(), **vars(export.learnt(start))}
        (work / checkpoints.ORIGIN).write_text(json.dumps(before) + "\n", encoding="utf-8")
    else:
        held = work / checkpoints.TOKENIZER
        tokenizer = checkpoints.tokenizer(work) if held.exists() else learn(corpus(samples), shape.pieces)
        if not shape.pieces // 2 < tokenizer.get_vocab_size() <= shape.pieces:
            raise SystemExit(f"Bộ tách chữ {held} có {tokenizer.get_vocab_size()} mảnh, mô hình có {shape.pieces}.")
        torch.manual_seed(seed)
        model = Model(shape)
        lay_induction_heads(model)
    begin(work, model, tokenizer.to_str())


def train(work: Path, minutes: float, device: str, processes: int) -> None:
    """Run the training as processes of their own, so that they can be paused and killed by name."""
    command = [
        sys.executable,
        "-m",
        "training.train",
        "--minutes",
        str(minutes),
        "--work",
        str(work),
        "--device",
        device,
    ]
    subprocess.run([*command, "--processes", str(processes)], check=True, cwd=HOME)  # noqa: S603 - our own program


def averaged(model: Model, start: Path, kept: float) -> Model:
    """The weights of the model and of the file it began from, ``kept`` of the latter: better at what is new than the old
    one and at what is old than the new one (WiSE-FT; Wortsman et al., CVPR 2022). Raises SystemExit where the two differ
    in shape."""
    old, _ = export.read(start, context=model.shape.context)
    if old.shape != model.shape:
        raise SystemExit(f"Mô hình trong {start.name} khác cỡ với mô hình vừa học.")
    before, now = old.state_dict(), model.state_dict()
    model.load_state_dict({name: torch.lerp(now[name], before[name], kept) for name in now})
    return model


def finish(
    work: Path, out: Path, *, briefs: int, texts: int = parity.TEXTS, start: Path | None = None, kept: float = 0.0
) -> Built:
    """The settled state, or its average with the file it began from, as a GGUF, proved, measured, described."""
    from training.evaluation.bench import bench

    model, progress = checkpoints.settled(work)
    if start is not None and kept:
        model = averaged(model, start, kept)
    tokenizer: Tokenizer = checkpoints.tokenizer(work)
    large = model.shape.width > CPU.width
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{NAME}-{'q8_0' if large else 'f16'}.gguf"
    beside = file.with_suffix(".new")
    before = checkpoints.origin(work)
    learnt = Learnt(**{key: getattr(progress, key) + before.get(key, 0) for key in Learnt.__dataclass_fields__})
    export.write(model, tokenizer, beside, name=card.TITLE, learnt=learnt, quantised=large)
    if beside.stat().st_size > LIMIT:
        raise SystemExit(f"Tệp mô hình nặng {beside.stat().st_size} byte, quá mức {LIMIT}.")
    beside.replace(file)
    proof = parity.compare(model, tokenizer, file, texts)
    built = Built(file, size(model), progress, proof, bench(file, briefs=briefs))
    describe(built, model.shape, work, kept)
    return built


def describe(built: Built, shape: Shape, work: Path, kept: float = 0.0) -> None:
    """``bundled.json`` and the card beside the file; the whole report into ``work``."""
    content = built.file.read_bytes()
    boxed = {
        "file": built.file.name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "name": card.TITLE,
        "context": shape.context,
        "small": True,
    }
    folder = built.file.parent
    (folder / "bundled.json").write_text(json.dumps(boxed, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (work / "report.json").write_text(json.dumps(built.report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = card.write(
        built.report,
        shape,
        built.progress,
        built.parity,
        built.file.name,
        len(content),
        built.parameters,
        checkpoints.origin(work),
        kept,
    )
    built.file.with_suffix(".md").write_text(text, encoding="utf-8")


def main() -> None:
    """Do all of it, or the last part only (``--minutes 0``)."""
    parser = argparse.ArgumentParser(prog="python -m training.build", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, required=True, help="how long to train; 0: only export and measure")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--processes", type=int, default=2, help="on the CPU, one core each")
    parser.add_argument("--work", type=Path, default=checkpoints.default_work(), help="folder of the training's state")
    parser.add_argument("--out", type=Path, default=HOME / "models", help="folder of the finished file")
    parser.add_argument("--start", type=Path, default=None, help="where no state lies: begin from this GGUF of ours")
    parser.add_argument("--kept", type=float, default=0.0, help="how much of that file goes into the average (0 … 1)")
    parser.add_argument("--afresh", action="store_true", help="where no state lies: begin from nothing, as a GPU does")
    parser.add_argument("--briefs", type=int, default=300, help="reserved briefs of the evaluation")
    parser.add_argument("--only-train", action="store_true", help="leave export and measuring to another machine")
    parser.add_argument("--small", action="store_true", help="a tiny model, for a smoke run")
    given = parser.parse_args()
    began = time.monotonic()
    shape = TINY if given.small else GPU if given.device == "cuda" else CPU
    start = given.start
    if start is None and not (given.small or given.afresh or given.device == "cuda"):
        boxed = HOME / "models" / "bundled.json"
        start = boxed.with_name(json.loads(boxed.read_text(encoding="utf-8"))["file"])
    lay_down(given.work, shape, start=start, samples=600 if given.small else 12_000)
    if given.minutes > 0:
        train(given.work, given.minutes, given.device, 1 if given.small else given.processes)
    if given.only_train:
        return
    built = finish(
        given.work,
        given.out,
        briefs=20 if given.small else given.briefs,
        texts=5 if given.small else parity.TEXTS,
        start=start,
        kept=given.kept,
    )
    told = {
        "file": str(built.file),
        "parameters": built.parameters,
        **asdict(built.progress),
        "parity": asdict(built.parity),
        "minutes": round((time.monotonic() - began) / 60, 1),
    }
    print(json.dumps(told, ensure_ascii=False))  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
