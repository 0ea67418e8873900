"""The whole way in small: tokenizer, a few steps, checkpoints that survive, the file, its proof, figures and card."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import torch
from hypothesis import given, strategies as st
from tokenizers import Tokenizer

from service.bench.model import figures as lines
from service.engines.llama import placeholders
from training import build, card, checkpoints, export, laws, packing, parity, train
from training.checkpoints import LAST, MIDDLE
from training.evaluation import bench
from training.export import Learnt
from training.model import CPU, GPU, NOTHING, Model, Shape, size
from training.optimiser import Optimiser, orthogonal
from training.packing import Batch, Step, alone, encoded, never_waiting, packed
from training.tasks import make
from training.tokenizer import PAD, SPECIAL, rebuilt
from training.words import Chance

SHAPE = Shape(pieces=512, width=32, layers=2, heads=2, kv_heads=1, inner=64, context=512)
ODD = "Xin chào 😀 日本 e\u0302\u0301 \t\r\n  ½ — “…” ﷽ ĐẶNG THỊ ẨN\x00\x7f 0912345678"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which a tiny model has learnt for a moment."""
    folder = tmp_path_factory.mktemp("training")
    threads, pool = torch.get_num_threads(), packing.POOL
    packing.POOL = 8
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(laws, "texts", lambda: iter(()))
        laws.articles.cache_clear()
        laws.articles()
        build.lay_down(folder, SHAPE, start=None, samples=120)
    learn(folder, 6)
    yield folder
    laws.articles.cache_clear()
    torch.set_num_threads(threads)
    packing.POOL = pool


def learn(folder: Path, steps: int) -> checkpoints.Progress:
    options = {"work": folder, "device": "cpu", "processes": 1, "budget": 400, "rate": 0.02, "fall": 0.4, "rank": 0}
    times = {"steps": steps, "minutes": 1.0, "started": 0.0, "until": 0.0}
    return train.run(argparse.Namespace(**options, **times, meeting=None))


def test_any_text_survives_the_tokenizer(work: Path) -> None:
    tokenizer = checkpoints.tokenizer(work)
    assert tokenizer.decode(tokenizer.encode(ODD).ids, skip_special_tokens=False) == ODD
    assert [tokenizer.token_to_id(token) for token in SPECIAL] == list(range(len(SPECIAL)))
    assert all(len(token) == 1 for token in tokenizer.encode("20260605").tokens)


def test_learning_goes_on_where_it_stopped(work: Path) -> None:
    _, _, before = checkpoints.load(work / LAST)
    after = learn(work, 4)
    assert 0 < before.steps < after.steps
    assert before.tokens < after.tokens


def test_the_state_of_another_version_is_read(work: Path, tmp_path: Path) -> None:
    state = torch.load(work / LAST, weights_only=True)
    state["progress"]["forgotten"] = True
    torch.save(state, tmp_path / LAST)
    assert checkpoints.load(tmp_path / LAST)[2] == checkpoints.load(work / LAST)[2]


def test_the_loss_falls_on_answers_only(work: Path) -> None:
    tokenizer = checkpoints.tokenizer(work)
    row = encoded(make(Chance(3), "lookup"), tokenizer)
    one = alone(row)
    assert len(one.targets) == sum(end - start for start, end in row[1])
    assert [row[0][place + 1] for place in one.places.tolist()] == one.targets.tolist()
    torch.manual_seed(0)
    model = Model(SHAPE)
    first = model.loss(one.tokens, one.places, one.targets)
    step = Optimiser(model)
    for _ in range(25):
        model.loss(one.tokens, one.places, one.targets).backward()
        step.step(1.0)
    assert model.loss(one.tokens, one.places, one.targets) < 0.8 * first


def test_only_answers_pass_the_last_layer_and_nothing_changes(work: Path) -> None:
    one = alone(encoded(make(Chance(3), "lookup"), checkpoints.tokenizer(work)))
    model, _, _ = checkpoints.load(work / LAST)
    all_of_them = model.logits(one.tokens).reshape(-1, SHAPE.pieces)[one.places]
    torch.testing.assert_close(
        model.loss(one.tokens, one.places, one.targets), torch.nn.functional.cross_entropy(all_of_them, one.targets)
    )


def test_a_network_that_learns_must_do_without_a_part_of_itself(work: Path) -> None:
    model, _, _ = checkpoints.load(work / LAST)
    batch = alone(encoded(make(Chance(3)), checkpoints.tokenizer(work)))

    def surprise() -> float:
        return model.loss(batch.tokens, batch.places, batch.targets).item()

    for layer in model.layers:
        torch.nn.init.normal_(layer.down.weight, 0, 0.1)
    whole = surprise()
    assert whole == surprise()
    model.leave_out(0.5)
    assert len({surprise() for _ in range(4)}) == 4
    model.eval()
    assert whole == pytest.approx(surprise())


def test_conversations_in_one_row_do_not_see_each_other(work: Path) -> None:
    tokenizer = checkpoints.tokenizer(work)
    rows = [encoded(make(Chance(n), "lookup"), tokenizer, n) for n in range(90)]
    rows = [row for row in rows if len(row[0]) <= SHAPE.context]
    one = next(packed(iter(rows), 3000, tokenizer.token_to_id(PAD) or 0))
    assert one.starts is not None
    held = int((one.starts < one.count).sum())
    assert held > 3
    model, _, _ = checkpoints.load(work / LAST)
    with torch.no_grad():
        together = model.loss(one.tokens, one.places, one.targets, one.starts)
        apart = [(alone(row), model.loss(*vars_of(alone(row)))) for row in rows[:held]]
    assert one.answers == sum(single.answers for single, _ in apart)
    torch.testing.assert_close(together, sum(loss * single.answers for single, loss in apart) / one.answers)


def vars_of(single: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    return single.tokens, single.places, single.targets


@given(lengths=st.lists(st.integers(2, 700), min_size=1, max_size=80), budget=st.integers(1000, 4000))
def test_packed_rows_have_one_shape_and_lose_nothing(lengths: list[int], budget: int) -> None:
    rows = [([5] * length, [(length - 1, length)]) for length in lengths]
    found = list(packed(iter([*rows, ([5] * (budget + 1), [(budget, budget + 1)])]), budget, 4))
    assert len({(one.tokens.shape, one.places.shape, one.starts.shape) for one in found if one.starts is not None}) <= 1
    for one in found:
        assert one.starts is not None
        assert one.count <= budget == one.starts[-1]
        assert int((one.targets != NOTHING).sum()) == one.answers
        gaps = one.starts.diff()
        assert gaps.min() >= 0
        assert gaps.max() <= max(256, *lengths)
    assert sum(one.answers for one in found) <= len(lengths)
    assert sum(one.count for one in found) >= sum(length - 1 for length in lengths) - budget


def _steps(count: int) -> list[Step]:
    rows = (([n % 400 + 8] * 100, [(90, 100)]) for n in range(count + 1))
    found: list[Step] = [(one,) for one in packed(rows, 128, 4)]
    return found[:count]


def _first(step: Step) -> int:
    return int(step[0].tokens[0, 0])


def test_steps_for_a_gpu_go_on_when_none_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "ENOUGH", 5)
    monkeypatch.setattr(packing, "KEPT", 20)
    made, more = _steps(40), Event()

    def slow() -> Iterator[Step]:
        yield from made[:10]
        more.wait(20)
        yield from made[10:]

    source = never_waiting(slow())
    early = {_first(next(source)) for _ in range(200)}
    assert early <= {_first(step) for step in made[:10]}
    more.set()
    later = [_first(step) for step in source]
    assert {_first(step) for step in made[10:]} <= set(later)


def test_an_error_of_those_who_make_steps_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "ENOUGH", 5)

    def broken() -> Iterator[Step]:
        yield from _steps(8)
        raise MemoryError("no room")

    with pytest.raises(MemoryError, match="no room"):
        for _ in never_waiting(broken()):
            pass


def test_steps_for_a_gpu_hold_laws_and_tasks_by_hand_as_asked(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "passages", lambda: ("Điều 1. Phạm vi điều chỉnh của Luật này.",))
    monkeypatch.setattr(laws, "clauses", lambda: ())
    monkeypatch.setattr(packing, "EVERYDAY", 0.0)
    tokenizer = checkpoints.tokenizer(work)
    (plain,) = next(packing.steps(tokenizer, 1, 2048, lambda: 512, lambda: 1.0, wide=True))
    assert plain.answers > 0.9 * 1024  # every token of a law is to be foreseen, up to the room for answers
    (by_hand,) = next(packing.steps(tokenizer, 1, 2048, lambda: 2048, lambda: 0.0, lambda: 1.0, wide=True))
    texts = tokenizer.decode(by_hand.tokens[0].tolist(), skip_special_tokens=False)
    answers = texts.split("<|assistant|>")[1:]
    assert len(answers) >= 2
    assert plain.tokens.shape == by_hand.tokens.shape


def test_a_light_state_is_carried_in_pieces(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "PIECE", 6_000)
    (tmp_path / f"{LAST}.99").write_bytes(b"of an earlier carry")
    assert len(checkpoints.carry(work, tmp_path)) > 10
    joined = b"".join(piece.read_bytes() for piece in sorted(tmp_path.glob(f"{LAST}.*")))
    (tmp_path / LAST).write_bytes(joined)
    (before, _, progress), (after, state, same) = checkpoints.load(work / LAST), checkpoints.load(tmp_path / LAST)
    assert (progress, state) == (same, {})
    assert torch.allclose(before.embedding.weight, after.embedding.weight, atol=1e-3)
    assert checkpoints.tokenizer(tmp_path).to_str() == checkpoints.tokenizer(work).to_str()


def test_the_card_holds_a_model_from_a_gpu_to_more() -> None:
    figures = {"n": 300, "format": 1.0, "facts": 0.9, "invented": 0.025, "obedience": 0.95, "unanswerable": 0.95}
    figures |= {"citations": 0.95, "full_over_vague": 3.5, "syllables": 0.999, "loops": 0}
    report: dict[str, Any] = {"reserved": figures, "free": figures, "no_grounding": figures}
    report |= {"tokens_per_s_one": 150.5, "tokens_per_s_sixteen": 250.0}
    proof = parity.Parity(50, 50, 0.31, 1.0)

    def written(progress: checkpoints.Progress) -> str:
        return card.write(report, GPU, progress, proof, "x.gguf", 22_000_000, 20_400_000, {})

    large = written(checkpoints.Progress(10, 690_000_000, 9, 3000.0, 540.0))
    small = written(checkpoints.Progress(10, 690_000_000, 9, 3000.0))
    assert "9 phút trên một GPU của trung tâm dữ liệu, rồi 41 phút trên hai nhân CPU" in large
    assert "GPU" not in small.split("## Mô hình này không phải là gì")[0]
    assert "| ≥ 97,0% | 90,0% |" in large
    assert "| ≥ 80,0% | 90,0% |" in small
    assert "tốc độ cho 16 người cùng lúc (mức cần 400)" in large
    assert "tốc độ cho một người (mức cần 300)" in small


def test_only_the_first_run_begins_with_short_samples() -> None:
    assert train.longest_now(0.05, 2048, first=True) == train.SHORT
    assert train.longest_now(0.05, 2048, first=False) == train.longest_now(0.5, 2048, first=True) == 2048


def test_a_matrix_is_made_orthogonal() -> None:
    values = torch.linalg.svdvals(orthogonal(torch.randn(2, 48, 24, generator=torch.Generator().manual_seed(0))))
    assert values.max() < 1.8
    assert values.median() > 0.5


def test_the_sizes_are_those_of_the_design() -> None:
    assert 3.4e6 <= size(Model(CPU)) <= 4.1e6
    with torch.device("meta"):
        assert 20e6 <= size(Model(GPU)) <= 28e6
    assert min(CPU.context, GPU.context) >= 2048


def test_the_file_says_what_the_network_says(work: Path, tmp_path: Path) -> None:
    model, _, _ = checkpoints.load(work / LAST)
    tokenizer = checkpoints.tokenizer(work)
    file = tmp_path / "tiny.gguf"
    export.write(model, tokenizer, file, name="Tí hon", learnt=Learnt(61.0, 1234, 60.0))
    proof = parity.compare(model, tokenizer, file, texts=4)
    assert proof.same_tokens == 4
    assert proof.largest < 0.2
    assert proof.same_choice > 0.98
    again, tokens = export.read(file, context=SHAPE.context)
    assert tokens.encode(ODD).ids == tokenizer.encode(ODD).ids
    assert torch.allclose(again.layers[1].query.weight, model.layers[1].query.weight, atol=2e-3)
    assert export.learnt(file) == Learnt(61.0, 1234, 60.0)


def test_training_goes_on_from_a_rounded_file(work: Path, tmp_path: Path) -> None:
    model, _, _ = checkpoints.load(work / LAST)
    export.write(model, checkpoints.tokenizer(work), tmp_path / "q8.gguf", name="Tí hon", quantised=True)
    build.lay_down(tmp_path / "new", replace(SHAPE, context=64), start=tmp_path / "q8.gguf", samples=0)
    again, _, _ = checkpoints.load(tmp_path / "new" / LAST)
    assert again.shape == SHAPE
    for name, weight in model.named_parameters():
        assert torch.allclose(again.get_parameter(name), weight, atol=weight.abs().max().item() / 127), name


def test_the_state_from_the_middle_of_the_fall_counts_too(work: Path, tmp_path: Path) -> None:
    assert (work / MIDDLE).exists()
    last, middle = (checkpoints.load(work / name)[0].state_dict() for name in (LAST, MIDDLE))
    assert any(not torch.equal(last[name], middle[name]) for name in last)
    model, progress = checkpoints.settled(work)
    assert progress == checkpoints.load(work / LAST)[2]
    for name, weight in model.state_dict().items():
        assert torch.allclose(weight, 0.625 * last[name] + 0.375 * middle[name], atol=1e-6), name
    (tmp_path / LAST).write_bytes((work / LAST).read_bytes())
    alone = checkpoints.settled(tmp_path)[0].state_dict()
    assert all(torch.equal(alone[name], last[name]) for name in last)


def test_what_was_learnt_is_averaged_with_what_it_began_from(work: Path, tmp_path: Path) -> None:
    model, _, _ = checkpoints.load(work / LAST)
    old = Model(SHAPE)
    export.write(old, checkpoints.tokenizer(work), tmp_path / "old.gguf", name="Tí hon")
    now = {name: weight.clone() for name, weight in model.state_dict().items()}
    mixed = build.averaged(model, tmp_path / "old.gguf", 0.25).state_dict()
    for name, weight in old.state_dict().items():
        assert torch.allclose(mixed[name], 0.75 * now[name] + 0.25 * weight, atol=2e-3), name
    export.write(Model(replace(SHAPE, layers=1)), checkpoints.tokenizer(work), tmp_path / "other.gguf", name="Khác")
    with pytest.raises(SystemExit):
        build.averaged(model, tmp_path / "other.gguf", 0.5)


def test_file_figures_and_card_are_made(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "MOST", 24)
    monkeypatch.setattr(bench, "prompt_pairs", lambda: ())
    monkeypatch.setattr(bench, "free_briefs", lambda: ())
    built = build.finish(work, tmp_path, briefs=8, texts=2)
    boxed = json.loads((tmp_path / "bundled.json").read_text(encoding="utf-8"))
    assert boxed["sha256"] == hashlib.sha256(built.file.read_bytes()).hexdigest() == built.report["sha256"]
    assert boxed["context"] == SHAPE.context == built.report["context"]
    assert built.report["reserved"]["n"] >= 6
    told = built.file.with_suffix(".md").read_text(encoding="utf-8")
    assert "Còn thiếu:" in told
    assert "Falls short:" in told
    assert any(figure.met is not None for figure in lines(built.report))


def test_a_file_without_placeholders_gets_them(work: Path, tmp_path: Path) -> None:
    held, pieces = checkpoints.tokenizer(work), SHAPE.pieces - placeholders.COUNT
    plain = rebuilt([held.id_to_token(n) or "" for n in range(pieces)], merges_of(held))
    old = Model(replace(SHAPE, pieces=pieces))
    export.write(old, plain, tmp_path / "old.gguf", name="Tí hon")
    build.lay_down(tmp_path / "new", SHAPE, start=tmp_path / "old.gguf", samples=0)
    new, _, _ = checkpoints.load(tmp_path / "new" / LAST)
    assert (new.shape.pieces, new.shape.context) == (SHAPE.pieces, SHAPE.context)
    assert torch.allclose(new.embedding.weight[:pieces], old.embedding.weight, atol=2e-3)
    sample = make(Chance(8), "draft")
    assert encoded(sample, checkpoints.tokenizer(tmp_path / "new")) == encoded(sample, held)


def merges_of(tokenizer: Tokenizer) -> list[str]:
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    return [merge if isinstance(merge, str) else " ".join(merge) for merge in merges]
