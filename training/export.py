"""The trained network ↔ a GGUF file that llama.cpp loads as a plain Llama.

Pitfalls met on the way, each handled here: the tokenizer's name must match its regular expression (``qwen2``); no beginning
token; the end of a turn is also the end of the text; keys and queries are trained with halves rotated, llama.cpp rotates
neighbours, so their rows are permuted; tied embeddings mean that no ``output.weight`` is written; norms stay in F32; ids
without a piece are marked unused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.frames import TEMPLATE
from training.model import Model, Shape
from training.tokenizer import BOS, END, PAD, SPECIAL, rebuilt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Array = NDArray[Any]

_LAYER = {
    "attention_norm": "attn_norm",
    "query": "attn_q",
    "key": "attn_k",
    "value": "attn_v",
    "output": "attn_output",
    "feed_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def _to_neighbours(matrix: Array, heads: int) -> Array:
    """Rows of (heads, 2 halves, E/2) as (heads, E/2, 2 neighbours): from rotated halves to rotated neighbours."""
    rows, columns = matrix.shape
    return matrix.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def _to_halves(matrix: Array, heads: int) -> Array:
    rows, columns = matrix.shape
    return matrix.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def _names(shape: Shape) -> dict[str, str]:
    names = {"embedding.weight": "token_embd.weight", "norm.weight": "output_norm.weight"}
    for n in range(shape.layers):
        names |= {f"layers.{n}.{ours}.weight": f"blk.{n}.{theirs}.weight" for ours, theirs in _LAYER.items()}
    return names


@dataclass(frozen=True)
class Learnt:
    """How long, and on how much, a model has learnt; ``gpu_seconds`` of the ``seconds`` on a GPU."""

    seconds: float = 0.0
    tokens: int = 0
    gpu_seconds: float = 0.0


_LEARNT = "hocvu.training."
"""Before the keys of our own that tell it."""


def write(
    model: Model,
    tokenizer: Tokenizer,
    path: Path,
    *,
    name: str,
    learnt: Learnt = Learnt(),
    quantised: bool = False,
) -> None:
    """Write the file: matrices in F16, or Q8_0 where ``quantised``; F16 while a model is very small.

    ``learnt`` counts all its training.
    """
    from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType, TokenType, quants

    shape = model.shape
    plan = json.loads(tokenizer.to_str())
    vocabulary: dict[str, int] = plan["model"]["vocab"]
    tokens = [f"<|unused{number}|>" for number in range(shape.pieces)]
    types = [TokenType.UNUSED] * shape.pieces
    for token, number in vocabulary.items():
        tokens[number], types[number] = token, TokenType.NORMAL
    for added in plan["added_tokens"]:
        tokens[added["id"]], types[added["id"]] = added["content"], TokenType.USER_DEFINED
    for token in SPECIAL:
        tokens[vocabulary[token]], types[vocabulary[token]] = token, TokenType.CONTROL
    merges = [" ".join(merge) if isinstance(merge, list) else merge for merge in plan["model"]["merges"]]

    writer = GGUFWriter(str(path), "llama")
    writer.add_name(name)
    writer.add_license("Apache-2.0")
    for key, count in vars(learnt).items():
        writer.add_uint64(_LEARNT + key, round(count))
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_rope_freq_base(shape.theta)
    writer.add_rope_dimension_count(shape.head)
    writer.add_vocab_size(shape.pieces)
    writer.add_file_type(LlamaFileType.MOSTLY_Q8_0 if quantised else LlamaFileType.MOSTLY_F16)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(vocabulary[BOS])
    writer.add_eos_token_id(vocabulary[END])
    writer.add_eot_token_id(vocabulary[END])
    writer.add_pad_token_id(vocabulary[PAD])
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_chat_template(TEMPLATE)

    weights = {name: weight.detach().float().cpu().numpy() for name, weight in model.state_dict().items()}
    for ours, theirs in _names(shape).items():
        matrix = weights[ours]
        if ours.endswith("query.weight"):
            matrix = _to_neighbours(matrix, shape.heads)
        elif ours.endswith("key.weight"):
            matrix = _to_neighbours(matrix, shape.kv_heads)
        if matrix.ndim == 1:
            writer.add_tensor(theirs, matrix)
        elif quantised:
            packed = quants.quantize(np.ascontiguousarray(matrix), GGMLQuantizationType.Q8_0)
            writer.add_tensor(theirs, packed, raw_dtype=GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(theirs, matrix.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def learnt(path: Path) -> Learnt:
    """The training that a file of ours tells of."""
    from gguf import GGUFReader

    fields = GGUFReader(str(path)).fields
    keys = (key for key in Learnt.__dataclass_fields__ if _LEARNT + key in fields)
    return Learnt(**{key: fields[_LEARNT + key].contents() for key in keys})


def read(path: Path, *, context: int) -> tuple[Model, Tokenizer]:
    """A model and tokenizer from a GGUF that :func:`write` wrote, to go on training from; what was rounded to Q8_0 stays
    rounded. ``context`` is what the model is to have at least, tokens."""
    from gguf import GGUFReader, quants

    file = GGUFReader(str(path))

    def value(key: str) -> Any:
        return file.fields[key].contents()

    shape = Shape(
        pieces=len(value("tokenizer.ggml.tokens")),
        width=value("llama.embedding_length"),
        layers=value("llama.block_count"),
        heads=value("llama.attention.head_count"),
        kv_heads=value("llama.attention.head_count_kv"),
        inner=value("llama.feed_forward_length"),
        context=max(context, value("llama.context_length")),
        theta=value("llama.rope.freq_base"),
        epsilon=round(value("llama.attention.layer_norm_rms_epsilon"), 9),  # kept in single precision
    )
    found = {tensor.name: quants.dequantize(tensor.data, tensor.tensor_type) for tensor in file.tensors}
    weights = {}
    for ours, theirs in _names(shape).items():
        matrix = np.array(found[theirs], dtype=np.float32)
        if ours.endswith("query.weight"):
            matrix = _to_halves(matrix, shape.heads)
        elif ours.endswith("key.weight"):
            matrix = _to_halves(matrix, shape.kv_heads)
        weights[ours] = torch.from_numpy(np.ascontiguousarray(matrix))
    model = Model(shape)
    model.load_state_dict(weights)
    tokens = [token for token in value("tokenizer.ggml.tokens") if not token.startswith("<|unused")]
    return model, rebuilt(tokens, value("tokenizer.ggml.merges"))
