"""A recurrent model (Mamba, with random weights): its state is shared at exact boundaries, and nothing is guessed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from service.bench.random_gguf import F32, Tensor, pack, real, text, tokenizer_of, whole
from service.bench.ties import check_same, judging
from service.engines.llama.engine import LlamaEngine
from service.records import Options
from tests.service.engine_bundled import MODEL_PATH, PIECES, conversation, model_of, opened, said, together

WIDTH, INNER, STATE, RANK, CONV, LAYERS = 64, 128, 16, 4, 4, 2
OPTIONS = Options(max_tokens=12, grounded=False)


def mamba(path: Path) -> Path:
    """A Mamba of two layers."""
    pairs = {
        "general.architecture": text("mamba"),
        "mamba.context_length": whole(2048),
        "mamba.embedding_length": whole(WIDTH),
        "mamba.feed_forward_length": whole(0),
        "mamba.attention.head_count": whole(0),
        "mamba.block_count": whole(LAYERS),
        "mamba.ssm.conv_kernel": whole(CONV),
        "mamba.ssm.inner_size": whole(INNER),
        "mamba.ssm.state_size": whole(STATE),
        "mamba.ssm.time_step_rank": whole(RANK),
        "mamba.attention.layer_norm_rms_epsilon": real(1e-5),
        **tokenizer_of(MODEL_PATH, PIECES),
    }
    tensors = [Tensor("token_embd.weight", (WIDTH, PIECES), F32), Tensor("output_norm.weight", (WIDTH,), F32)]
    for layer in range(LAYERS):
        for name, dims in {
            "attn_norm.weight": (WIDTH,),
            "ssm_in.weight": (WIDTH, 2 * INNER),
            "ssm_conv1d.weight": (CONV, INNER),
            "ssm_conv1d.bias": (INNER,),
            "ssm_x.weight": (INNER, RANK + 2 * STATE),
            "ssm_dt.weight": (RANK, INNER),
            "ssm_dt.bias": (INNER,),
            "ssm_a": (STATE, INNER),
            "ssm_d": (INNER,),
            "ssm_out.weight": (INNER, WIDTH),
        }.items():
            tensors.append(Tensor(f"blk.{layer}.{name}", dims, F32))
    dice = np.random.default_rng(0)

    def content(tensor: Tensor) -> np.ndarray:
        drawn = dice.normal(scale=0.3, size=tensor.dims).astype(np.float32)
        if tensor.name.endswith("ssm_a"):
            return -np.abs(drawn) - 0.1  # what was read long ago fades
        return np.ones_like(drawn) if "norm" in tensor.name else drawn

    pack(path, pairs, tensors, content)
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mamba(tmp_path_factory.mktemp("recurrent") / "mamba.gguf")


@pytest.fixture(scope="module")
def engine(path: Path) -> Iterator[LlamaEngine]:
    with opened(path, seats=4) as engine:
        yield engine


def test_a_class_reads_the_common_beginning_once(engine: LlamaEngine, path: Path) -> None:
    assert not model_of(engine).partial
    asked = [(conversation(n, shared=4), OPTIONS) for n in range(6)]
    answers = together(engine, asked)
    with judging(path) as judge:
        for (messages, options), (text, _) in zip(asked, answers, strict=True):
            judge.ties(messages, options, text)
    shared = sorted(finish.shared_tokens for _, finish in answers)
    assert shared[0] == 0  # the first one read it
    assert shared[1] == shared[5] > 80
    assert engine.figures().guessed_tokens == 0


def test_what_was_read_ahead_is_shared(engine: LlamaEngine, path: Path) -> None:
    own = conversation(5, shared=7)
    plain = said(engine.stream(own, OPTIONS))[0]
    engine.read_ahead(conversation(0, shared=9))
    done = threading.Event()
    while not engine.figures().pinned_prefixes:
        done.wait(0.01)
    assert said(engine.stream(conversation(1, shared=9), OPTIONS))[1].shared_tokens > 150
    check_same(path, own, OPTIONS, plain, said(engine.stream(own, OPTIONS))[0])
