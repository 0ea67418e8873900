"""The class engine beside what else there is, in one run, on one GGUF: a class asks at once, and one person alone.

* **ours**, cold (nothing read before) and warm (the same questions again), without guessing from the prompt;
* **llama_cpp.Llama**, one person at a time, each time keeping the prefix of the one before;
* **the floor**: llama.cpp decoding the same tokens in full batches, the shared text read once, with no scheduling,
  no sampling but the likeliest token, and no text: what no engine can beat on this machine;
* **llama-server**, where its path is given: a slot for each person, and 1, 2, 4, 8 slots, cold and warm;
* **ties**: the model in the box answers many at once, and each answer is held against what it writes alone (ties.py).

All get the very same tokens, the same number of threads, and the likeliest token each time. Ratios of times are ours
over theirs, of rates ours over the floor's or ``Llama``'s. ``lookup`` has guessing on, and lets the model in the box
write over given texts, each once: what it may guess from are the prompt, the answer so far and answers to other tasks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from itertools import takewhile
from pathlib import Path
from statistics import median
from typing import Any

import click

from service.bench import Figure, json_option, llama_server, random_gguf, show
from service.bench.asking import Answer, Run, all_at_once, one_after_another, text
from service.bench.floor import floor
from service.bench.ties import Judge, judging
from service.engines.llama.engine import SEATS, LlamaEngine
from service.engines.llama.model import physical_cores
from service.kit import bundled
from service.records import Delta, Finish, Message, Options
from service.settings import HOME, read_settings

BOXED = HOME / "models" / bundled()["file"]
PARTS = ("class", "llama", "floor", "server", "single", "prefix", "lookup", "ties")
REPEATED = ("class", "llama", "floor")
"""What ``--rounds`` takes several times, in turns: a machine that others share runs 20 % slower or faster from one
minute to the next, and the fastest run of each is the one that was disturbed least."""
SLOTS = (1, 2, 4, 8)
"""Numbers of slots with which llama-server is tried beside one for each person, unless some are given."""
AIMS = {
    "llama_one_at_a_time": (0.68, False),
    "server_cold": (0.30, False),
    "server_best": (0.90, False),
    "server_warm": (1.0, False),
    "raw_floor": (0.90, True),
    "single_tokens_per_s": (0.95, True),
    "single_ttft": (1.05, False),
    "prefix_ttft": (0.4, False),
    "lookup": (1.2, True),
}
"""What each ratio should be at most (at least, where True). For 40 people the first is 0.62."""
SAID = {
    "llama_one_at_a_time": "cả lớp, so với llama_cpp.Llama lần lượt từng người",
    "server_cold": "cả lớp, so với llama-server mỗi người một chỗ",
    "server_best": "cả lớp, so với llama-server khi đặt số chỗ tốt nhất",
    "server_warm": "cả lớp hỏi lại, so với llama-server tốt nhất hỏi lại",
    "raw_floor": "tốc độ viết, so với mức trần của máy",
    "single_tokens_per_s": "một người, tốc độ viết so với llama_cpp.Llama",
    "single_ttft": "một người, chữ đầu tiên so với llama_cpp.Llama",
    "prefix_ttft": "một người, chữ đầu tiên khi đã đọc trước so với khi chưa",
    "lookup": "bài chép nhiều, mô hình kèm theo, tốc độ viết so với llama_cpp.Llama",
}
_ROUNDS = 3


@click.command("engine")
@click.option("--model", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Tệp mô hình .gguf.")
@click.option(
    "--shape",
    type=click.Choice(list(random_gguf.SHAPES)),
    default="0.5b",
    show_default=True,
    help="Cỡ mô hình ngẫu nhiên.",
)
@click.option("--people", type=click.IntRange(1, 200), default=16, show_default=True, help="Số người hỏi cùng lúc.")
@click.option(
    "--shared", type=click.IntRange(16, 100_000), default=900, show_default=True, help="Đơn vị chữ dùng chung."
)
@click.option(
    "--own", type=click.IntRange(4, 10_000), default=60, show_default=True, help="Đơn vị chữ riêng mỗi người."
)
@click.option(
    "--write", type=click.IntRange(2, 10_000), default=64, show_default=True, help="Đơn vị chữ mỗi câu trả lời."
)
@click.option("--seats", type=click.IntRange(1, 200), default=SEATS, show_default=True, help="Số câu viết cùng lúc.")
@click.option(
    "--llama-server", "server", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="llama-server."
)
@click.option(
    "--slots", multiple=True, type=click.IntRange(1, 200), help="Số chỗ của llama-server; ghi nhiều lần được."
)
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Chỉ đo phần này; ghi nhiều lần được.")
@click.option(
    "--rounds", type=click.IntRange(1, 20), default=1, show_default=True, help="Lượt đo cả lớp; lấy lượt nhanh nhất."
)
@json_option
def command(
    model: Path | None,
    shape: str,
    people: int,
    shared: int,
    own: int,
    write: int,
    seats: int,
    server: Path | None,
    slots: Sequence[int],
    only: Sequence[str],
    rounds: int,
    as_json: bool,
) -> None:
    """Máy trả lời: cả lớp và một người, so với llama_cpp.Llama, llama-server và mức trần của máy."""
    parts = [part for part in PARTS if part in (only or PARTS) and (part != "server" or server)]
    if not model and {*parts} - {"lookup", "ties"}:
        model = random_model(shape)
    measured = Measure(model or BOXED, people, shared, own, write, seats, server, slots or (people, *SLOTS))
    again = [part for part in parts if part in REPEATED]
    for part in [*again * (rounds - 1), *parts]:
        click.echo(f"đo: {part}", err=True)
        told = len(measured.runs)
        measured.take(part)
        for run in measured.runs[told:]:  # at once: the whole may take long and be broken off
            click.echo(f"{HEAD}\n{_line(run)}", err=True)
    ratios = measured.ratios()
    figures = [Figure(SAID[name], value, "lần", *AIMS[name]) for name, value in ratios.items() if value is not None]
    if as_json:
        runs = [asdict(run) for run in measured.runs]
        show("engine", figures, as_json, **measured.about(), runs=runs, ratios=ratios, **measured.more)
        return
    if measured.runs:
        click.echo("\n".join([HEAD, *map(_line, measured.runs)]))
    show("engine", figures, as_json, **measured.about(), **measured.more)


HEAD = f"{'':<26}{'giây':>9}{'chữ/giây':>10}{'chữ đầu p50':>13}{'p95':>9}{'đọc':>9}{'dùng chung':>12}"


def _line(run: Run) -> str:
    times = f"{run.total_s:>9.2f}{run.tokens_per_s:>10.1f}{run.ttft_p50_s:>13.2f}{run.ttft_p95_s:>9.2f}"
    return f"{run.name:<26}{times}{run.read_tokens:>9}{run.shared_tokens:>12}"


def random_model(shape: str) -> Path:
    """The random model of a shape, made once and kept in the data folder."""
    path = read_settings().data / "bench" / f"random-{shape}-q4_0.gguf"
    if not path.exists():
        click.echo(f"Đang tạo mô hình ngẫu nhiên {path.name} (chỉ để đo tốc độ)…", err=True)
        random_gguf.write(path, random_gguf.SHAPES[shape], BOXED)
    return path


class Measure:
    """One run; the parts may be taken in any order, but ``ratios`` needs both sides of each."""

    def __init__(
        self,
        model: Path,
        people: int,
        shared: int,
        own: int,
        write: int,
        seats: int,
        server: Path | None = None,
        slots: Sequence[int] = (),
    ) -> None:
        self.model = model
        self.server, self.slots = server, tuple(dict.fromkeys(slots))
        self.people, self.shared, self.own, self.write, self.seats = people, shared, own, write, seats
        self.context = max(512, shared + own + write + 64)
        self.runs: list[Run] = []
        self.more: dict[str, Any] = {}
        self._ratios: dict[str, float] = {}
        self._asked: list[tuple[list[Message], list[int]]] = []

    def about(self) -> dict[str, Any]:
        """What was measured, for the reader of the figures."""
        return {"model": self.model.name, "people": self.people, "seats": self.seats, "threads": physical_cores()}

    def take(self, part: str) -> None:
        """Measure one of ``PARTS``."""
        {
            "class": self._class,
            "llama": self._llama,
            "floor": self._floor,
            "server": self._server,
            "single": self._single,
            "prefix": self._prefix,
            "lookup": self._lookup,
            "ties": self._ties,
        }[part]()

    def ratios(self) -> dict[str, float | None]:
        """All ratios by name, None for what was not measured."""
        cold, warm, llama = self._run("ours cold"), self._run("ours warm"), self._run("llama_cpp.Llama")
        floor = self._run("floor")
        own_slots = self._run(f"llama-server -np {self.people} cold")
        best, best_warm = self._best("cold"), self._best("warm")
        found = {
            "llama_one_at_a_time": _over(cold, llama),
            "server_cold": _over(cold, own_slots),
            "server_best": _over(cold, best),
            "server_warm": _over(warm, best_warm),
            "raw_floor": cold.tokens_per_s / floor.tokens_per_s if cold and floor else None,
        }
        if best:
            self.more["server_best_run"] = best.name
        both = found | self._ratios
        return {name: None if (ratio := both.get(name)) is None else round(ratio, 3) for name in AIMS}

    def _run(self, name: str) -> Run | None:
        """The fastest of that name."""
        return min((run for run in self.runs if run.name == name), key=lambda run: run.total_s, default=None)

    def _best(self, how: str) -> Run | None:
        servers = [run for run in self.runs if run.name.startswith("llama-server") and run.name.endswith(how)]
        return min(servers, key=lambda run: run.total_s, default=None)

    # ── a class ──────────────────────────────────────────────────────────────────────────────────

    def _class_of(self, engine: LlamaEngine) -> list[tuple[list[Message], list[int]]]:
        """A conversation for each person, of the lengths asked for, and its tokens; the same in every part."""
        if not self._asked:
            system = Message("system", _cut(engine, "lớp", self.shared))
            for n in range(self.people):
                conversation = [system, Message("user", _cut(engine, f"người {n}", self.own))]
                self._asked.append((conversation, engine.tokens(conversation)))
        return self._asked

    def _class(self) -> None:
        with self._engine() as engine:
            asked = self._class_of(engine)
            for name in ("ours cold", "ours warm"):
                self.runs.append(
                    all_at_once(name, self.people, lambda n: _ask(engine, asked[n][0], self.write, str(n)))
                )
            figures = engine.figures()
            self.more["rows_per_batch"] = round(figures.rows / figures.decodes, 1)

    def _prompts(self) -> list[list[int]]:
        if not self._asked:
            with self._engine() as engine:
                self._class_of(engine)
        return [tokens for _, tokens in self._asked]

    def _llama(self) -> None:
        prompts = self._prompts()
        with _plain(self.model, self.context, physical_cores()) as plain:
            self.runs.append(
                one_after_another("llama_cpp.Llama", self.people, lambda n: _ask_plain(plain, prompts[n], self.write))
            )

    def _floor(self) -> None:
        """As many people at a time as the engine has seats."""
        width = min(self.seats, self.people)
        self.runs.append(floor(self.model, self._prompts(), self.write, width=width, threads=physical_cores()))

    def _server(self) -> None:
        prompts = self._prompts()
        assert self.server is not None  # noqa: S101 - else this part is not taken
        for slots in self.slots:
            with llama_server.running(
                self.server, self.model, slots=slots, cells=slots * self.context, threads=physical_cores()
            ) as port:
                for how in ("cold", "warm"):
                    name = f"llama-server -np {slots} {how}"
                    self.runs.append(
                        all_at_once(name, self.people, lambda n: llama_server.ask(port, prompts[n], self.write))
                    )

    # ── one person ───────────────────────────────────────────────────────────────────────────────

    def _single(self) -> None:
        """Another first word each time, so that neither can reuse what it has read; they take turns."""
        with self._engine() as engine, _plain(self.model, self.context, physical_cores()) as plain:
            ours: list[Answer] = []
            theirs: list[Answer] = []
            for n in range(_ROUNDS + 1):
                asked = [Message("system", text(f"một {n}", 150)), Message("user", text(f"người {n}", 40))]
                prompt = engine.tokens(asked)
                pair: list[tuple[list[Answer], Callable[[], Answer]]] = [
                    (ours, lambda asked=asked: _ask(engine, asked, self.write)),  # type: ignore[misc]  # bound now
                    (theirs, lambda prompt=prompt: _ask_plain(plain, prompt, self.write)),  # type: ignore[misc]  # bound now
                ]
                for answers, ask in pair if n % 2 else reversed(pair):
                    answers.append(ask())
        self._ratios["single_tokens_per_s"] = _rate(ours[1:]) / _rate(theirs[1:])
        self._ratios["single_ttft"] = _first(ours[1:]) / _first(theirs[1:])

    def _prefix(self) -> None:
        with self._engine() as engine:
            without: list[Answer] = []
            ahead: list[Answer] = []
            for n in range(_ROUNDS):
                for answers, name in ((without, "không"), (ahead, "trước")):
                    asked = [
                        Message("system", _cut(engine, f"{name} {n}", self.shared)),
                        Message("user", "Soạn thông báo."),
                    ]
                    if answers is ahead:
                        engine.read_ahead(asked)
                        _until_quiet(engine)
                    answers.append(_ask(engine, asked, 2))
        self._ratios["prefix_ttft"] = _first(ahead) / _first(without)

    def _lookup(self) -> None:
        """Always the model in the box: a random one copies nothing. They take turns; the first task warms up."""
        ours: list[Answer] = []
        theirs: list[Answer] = []
        untold = 0
        with (
            _loaded(LlamaEngine(BOXED)) as engine,
            _plain(BOXED, bundled()["context"], 1, physical_cores()) as plain,
            judging(BOXED) as judge,
        ):
            for n, task in enumerate((WARMING, *COPYING)):
                asked = [Message("system", COPY_SYSTEM), Message("user", task)]
                prompt = engine.tokens(asked)
                texts: list[list[str]] = [[], []]
                pair: list[Callable[[], None]] = [
                    lambda: ours.append(_ask(engine, asked, COPIED, heard=texts[0])),  # noqa: B023 - called here
                    lambda: theirs.append(_ask_plain(plain, prompt, COPIED, heard=texts[1])),  # noqa: B023 - called here
                ]
                for ask in pair if n % 2 else reversed(pair):
                    ask()
                untold += any(_judged(judge, asked, COPIED, "".join(heard)) is None for heard in texts)
            figures = engine.figures()
        self._ratios["lookup"] = _speed(ours[1:]) / _speed(theirs[1:])
        self.more["lookup_texts_not_the_models"] = f"{untold}/{len(COPYING)}"
        self.more["lookup_true_guesses"] = f"{figures.true_guesses}/{figures.guessed_tokens}"
        self.more["lookup_written"] = sum(answer.written for answer in ours)

    def _ties(self) -> None:
        """All of ``COPYING`` at once, over a few common beginnings: how many texts part from what is written alone."""
        asked = [
            [Message("system", f"{COPY_SYSTEM} Lớp {room}."), Message("user", task)]
            for room in range(TIED_ROOMS)
            for task in COPYING
        ]
        heard: list[list[str]] = [[] for _ in asked]
        with _loaded(LlamaEngine(BOXED, queue_limit=len(asked))) as engine:
            all_at_once("ties", len(asked), lambda n: _ask(engine, asked[n], TIED, str(n), heard[n]))
        with judging(BOXED) as judge:
            found = [_judged(judge, one, TIED, "".join(told)) for one, told in zip(asked, heard, strict=True)]
        self.more["texts_written_together"] = len(found)
        self.more["parted_at_ties"] = sum(ties is not None and ties > 0 for ties in found)
        self.more["parted_otherwise"] = sum(ties is None for ties in found)

    @contextmanager
    def _engine(self) -> Iterator[LlamaEngine]:
        engine = LlamaEngine(
            self.model,
            seats=self.seats,
            context=self.context,
            threads=physical_cores(),
            queue_limit=self.people + 1,
            lookup=False,  # a random model says the same again and again: guessing would win what it wins nowhere else
        )
        with _loaded(engine):
            yield engine


COPY_SYSTEM = "Trợ lý văn bản hành chính Việt Nam. Thiếu thông tin thì ghi [cần bổ sung]."
WARMING = "Viết lịch công tác tuần của UBND xã Tân Hòa, từ thứ Hai đến thứ Sáu."
COPYING = (
    "Soạn giấy mời của UBND xã Tân Hòa: họp giao ban tháng 9, lúc 08 giờ 30 phút ngày 17 tháng 9 năm 2027, tại phòng "
    "họp số 4, thành phần: Trưởng các đoàn thể xã, Trưởng Công an xã, Trạm trưởng Trạm Y tế xã.",
    "Soạn công văn đôn đốc của UBND xã Tân Hòa gửi các trường học trên địa bàn: tổng vệ sinh môi trường, phòng, chống "
    "sốt xuất huyết từ ngày 05 đến ngày 12 tháng 6 năm 2027, báo cáo kết quả trước ngày 15 tháng 6 năm 2027.",
    "Lập bảng phân công từ biên bản: Văn phòng thống kê tổng hợp báo cáo, hạn ngày 10 tháng 7; Địa chính xây dựng rà "
    "soát hồ sơ đất, hạn ngày 15 tháng 7; Văn hóa xã hội lập danh sách hộ nghèo, hạn ngày 20 tháng 7.",
    "Soạn thông báo của UBND xã Tân Hòa về lịch tiêm phòng cho trẻ em: thôn Đông ngày 08 tháng 6, thôn Đoài ngày 09 "
    "tháng 6, thôn Trung ngày 10 tháng 6 năm 2027, từ 07 giờ 30 phút, tại Trạm Y tế xã; mang theo sổ tiêm chủng.",
    "Soạn kế hoạch của UBND xã Tân Hòa ra quân dọn vệ sinh đường làng: ngày 04 tháng 7 năm 2027, Hội Phụ nữ xã quét "
    "dọn, Đoàn Thanh niên xã trồng cây, Hội Cựu chiến binh xã tuyên truyền, báo cáo trước ngày 08 tháng 7 năm 2027.",
    "Soạn tờ trình của UBND xã Tân Hòa gửi UBND huyện Lam Sơn xin sửa chữa nhà văn hóa thôn Đông: kinh phí 85 triệu "
    "đồng, từ nguồn ngân sách xã và nhân dân đóng góp, thời gian từ ngày 01 đến ngày 30 tháng 8 năm 2027.",
    "Soạn giấy mời của UBND xã Tân Hòa: hội nghị tổng kết phong trào thi đua, lúc 14 giờ 00 phút ngày 22 tháng 12 năm "
    "2027, tại hội trường xã, thành phần: Bí thư chi bộ các thôn, Trưởng thôn, Hiệu trưởng các trường học.",
    "Soạn công văn của UBND xã Tân Hòa gửi các thôn về rà soát hộ nghèo, hộ cận nghèo năm 2027: lập danh sách trước "
    "ngày 10 tháng 11, họp bình xét trước ngày 20 tháng 11, gửi kết quả về Văn hóa xã hội trước ngày 25 tháng 11.",
)
"""Tasks whose answers repeat much of what was given."""
COPIED = 300
TIED = 100
"""At most so many tokens are written for each of them, and for each of the ties."""
TIED_ROOMS = 5


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _loaded(engine: LlamaEngine) -> Iterator[LlamaEngine]:
    """The engine once its model is loaded, and what its steps cost has been measured while nothing else ran."""
    with closing(engine):
        engine.count_tokens([])
        yield engine


def _ask(
    engine: LlamaEngine, asked: Sequence[Message], write: int, owner: str = "", heard: list[str] | None = None
) -> Answer:
    started = time.perf_counter()
    first = 0.0
    for event in engine.stream(asked, Options(max_tokens=write, owner=owner, grounded=False)):
        if isinstance(event, Delta):
            first = first or time.perf_counter() - started
            if heard is not None:
                heard.append(event.text)
        if isinstance(event, Finish):
            seconds = time.perf_counter() - started
            read = event.prompt_tokens - event.shared_tokens
            return Answer(first or seconds, seconds, event.answer_tokens, read, event.shared_tokens)
    raise RuntimeError("the engine ended without a Finish")


def _ask_plain(plain: Any, prompt: Sequence[int], write: int, heard: list[str] | None = None) -> Answer:
    kept = plain._input_ids[: plain.n_tokens].tolist()
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(kept, prompt, strict=False)))
    started = time.perf_counter()
    first = 0.0
    reason = ""
    for chunk in plain.create_completion(list(prompt), max_tokens=write, temperature=0.0, stream=True):
        first = first or time.perf_counter() - started
        if heard is not None:
            heard.append(chunk["choices"][0]["text"])
        reason = chunk["choices"][0]["finish_reason"] or reason
    written = write if reason == "length" else max(1, plain.n_tokens - len(prompt))
    return Answer(first, time.perf_counter() - started, written, len(prompt) - shared, shared)


@contextmanager
def _plain(model: Path, context: int, threads: int, reading: int | None = None) -> Iterator[Any]:
    """``Llama`` as it comes, with so many threads, and another number for several rows if told."""
    from llama_cpp import Llama

    llama = Llama(str(model), n_ctx=context, n_threads=threads, n_threads_batch=reading or threads, verbose=False)
    try:
        yield llama
    finally:
        llama.close()


def _cut(engine: LlamaEngine, seed: str, tokens: int) -> str:
    """A text of about so many tokens of the engine's model."""
    words = text(seed, tokens).split()
    length = len(engine.tokens([Message("user", " ".join(words))])) - len(engine.tokens([Message("user", "")]))
    return " ".join(words[: max(1, round(tokens * len(words) / length))])


def _until_quiet(engine: LlamaEngine) -> None:
    """Until nobody waits and nobody is served."""
    while (figures := engine.figures()).waiting or figures.seats_busy:
        time.sleep(0.005)


def _first(answers: Sequence[Answer]) -> float:
    return median(answer.first for answer in answers)


def _rate(answers: Sequence[Answer]) -> float:
    """Tokens a second after the first one."""
    return median((answer.written - 1) / (answer.seconds - answer.first) for answer in answers)


def _speed(answers: Sequence[Answer]) -> float:
    """Tokens a second after the first ones, of all answers together."""
    return sum(answer.written - 1 for answer in answers) / sum(answer.seconds - answer.first for answer in answers)


def _judged(judge: Judge, asked: Sequence[Message], most: int, text: str) -> int | None:
    """At how many ties a greedy text decides otherwise than the model alone; None for what it does not write."""
    try:
        return judge.ties(asked, Options(max_tokens=most, grounded=False), judge.shown(asked, text))
    except AssertionError:
        return None


def _over(ours: Run | None, theirs: Run | None) -> float | None:
    return ours.total_s / theirs.total_s if ours and theirs else None
