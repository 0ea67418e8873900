"""Models of real size with random weights: as fast or slow as a real one, and good for nothing else.

Speed depends on the shape of a model and on how its weights are packed, not on what they say. So the shapes are those
of models in use, the matrices are Q4_0 and the token embeddings Q8_0, as such files have them, while the numbers are
drawn by lot. The tokenizer is that of the model in the box, filled up to a real size.

GGUF (ggml/docs/gguf.md): header, key–value pairs, tensor infos, then the tensors, each aligned to 32 bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Shape:
    """Layers, width, heads (of queries; of keys and values), width of a head, width of the feed-forward, tokens."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    head: int
    forward: int
    tokens: int = 151_936


SHAPES: Mapping[str, Shape] = {
    "0.5b": Shape(24, 896, 14, 2, 64, 4864),
    "1.7b": Shape(28, 2048, 16, 8, 128, 6144),
    "4b": Shape(36, 2560, 32, 8, 128, 9728),
}
"""Those of Qwen2.5-0.5B, Qwen3-1.7B and Qwen3-4B."""

_UINT32, _FLOAT32, _STRING, _ARRAY = 4, 6, 8, 9  # gguf_metadata_value_type
F32, _Q4_0, _Q8_0 = 0, 2, 8  # ggml_type
_WIDTH = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}  # bytes of a value by its type
_ALIGN = 32
_BLOCK = 32
_LISTS = ("tokens", "scores", "token_type")
_NORMAL = 1  # llama_token_type


@dataclass(frozen=True)
class Tensor:
    """One tensor of a file; ``type`` is a ggml_type."""

    name: str
    dims: tuple[int, ...]  # the innermost first
    type: int

    @property
    def size(self) -> int:
        n = int(np.prod(self.dims))
        return {F32: 4 * n, _Q4_0: n // _BLOCK * 18, _Q8_0: n // _BLOCK * 34}[self.type]


def write(
    path: Path, shape: Shape, tokenizer: Path, *, context: int = 32_768, more: Mapping[str, bytes] | None = None
) -> None:
    """Write a random model of a shape with the tokenizer of another GGUF; ``more`` are packed values by key."""
    dice = np.random.default_rng(0)
    pairs = {**_architecture(shape, context), **tokenizer_of(tokenizer, shape.tokens), **(more or {})}
    pack(path, pairs, list(_tensors(shape)), lambda tensor: _random(tensor, dice))


def pack(
    path: Path,
    pairs: Mapping[str, bytes],
    tensors: Sequence[Tensor],
    content: Callable[[Tensor], NDArray[Any]],
) -> None:
    """Write a GGUF: packed values by key, and each tensor as ``content`` gives it; it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs)))
        for key, value in pairs.items():
            file.write(_string(key.encode()) + value)
        offset = 0
        for tensor in tensors:
            dims = struct.pack(f"<I{len(tensor.dims)}Q", len(tensor.dims), *tensor.dims)
            file.write(_string(tensor.name.encode()) + dims + struct.pack("<IQ", tensor.type, offset))
            offset += _padded(tensor.size)
        file.write(b"\0" * (-file.tell() % _ALIGN))
        for tensor in tensors:
            file.write(content(tensor).tobytes())
            file.write(b"\0" * (_padded(tensor.size) - tensor.size))
    part.replace(path)


def whole(value: int) -> bytes:
    """A packed uint32."""
    return struct.pack("<II", _UINT32, value)


def real(value: float) -> bytes:
    """A packed float32."""
    return struct.pack("<If", _FLOAT32, value)


def text(value: str) -> bytes:
    """A packed string."""
    return struct.pack("<I", _STRING) + _string(value.encode())


def _tensors(shape: Shape) -> Iterator[Tensor]:
    width, queries, keys = shape.width, shape.heads * shape.head, shape.kv_heads * shape.head
    yield Tensor("token_embd.weight", (width, shape.tokens), _Q8_0)  # also what turns the last layer into logits
    yield Tensor("output_norm.weight", (width,), F32)
    for layer in range(shape.layers):
        at = f"blk.{layer}."
        for name, dims in {
            "attn_q": (width, queries),
            "attn_k": (width, keys),
            "attn_v": (width, keys),
            "attn_output": (queries, width),
            "ffn_gate": (width, shape.forward),
            "ffn_up": (width, shape.forward),
            "ffn_down": (shape.forward, width),
        }.items():
            yield Tensor(f"{at}{name}.weight", dims, _Q4_0)
        yield Tensor(f"{at}attn_norm.weight", (width,), F32)
        yield Tensor(f"{at}ffn_norm.weight", (width,), F32)


def _random(tensor: Tensor, dice: np.random.Generator) -> NDArray[np.uint8]:
    """Bytes of a tensor: norms are 1, weights about ± 0.02. A block is a scale (float16) and 32 whole numbers."""
    if tensor.type == F32:
        return np.ones(tensor.dims, np.float32).view(np.uint8)
    block = {_Q4_0: 18, _Q8_0: 34}[tensor.type]
    rows = np.frombuffer(dice.bytes(tensor.size), np.uint8).reshape(-1, block).copy()
    scale = np.float16(0.02 / {_Q4_0: 4.6, _Q8_0: 74.0}[tensor.type])  # by the spread of the whole numbers
    rows[:, :2] = np.frombuffer(scale.tobytes(), np.uint8)
    return rows


def _architecture(shape: Shape, context: int) -> dict[str, bytes]:
    return {
        "general.architecture": text("llama"),
        "general.name": text("random weights, for speed only"),
        "llama.context_length": whole(context),
        "llama.embedding_length": whole(shape.width),
        "llama.block_count": whole(shape.layers),
        "llama.feed_forward_length": whole(shape.forward),
        "llama.attention.head_count": whole(shape.heads),
        "llama.attention.head_count_kv": whole(shape.kv_heads),
        "llama.attention.key_length": whole(shape.head),
        "llama.attention.value_length": whole(shape.head),
        "llama.attention.layer_norm_rms_epsilon": real(1e-6),
        "llama.rope.dimension_count": whole(shape.head),
        "llama.rope.freq_base": real(1e6),
        "llama.vocab_size": whole(shape.tokens),
    }


def tokenizer_of(source: Path, size: int) -> dict[str, bytes]:
    """The tokenizer's pairs as they stand in a file, its lists filled up with syllables that nobody writes.

    Raises ValueError for fewer tokens than the file has.
    """
    with source.open("rb") as file:
        _, _, _, pairs = struct.unpack("<4sIQQ", file.read(24))
        found = {}
        for _ in range(pairs):
            key = _read_string(file).decode()
            value = _read_value(file)
            if key.startswith("tokenizer."):
                found[key] = value
    more = {
        "tokens": (_string(f"Ġzq{number}".encode()) for number in count()),
        "scores": (struct.pack("<f", 0.0) for _ in count()),
        "token_type": (struct.pack("<i", _NORMAL) for _ in count()),
    }
    for name in _LISTS:
        key = f"tokenizer.ggml.{name}"
        if key in found:
            kind, item, length = struct.unpack_from("<IIQ", found[key])
            if size < length:
                raise ValueError(f"{size} tokens are fewer than the {length} of {source.name}")
            filled = b"".join(next(more[name]) for _ in range(size - length))
            found[key] = struct.pack("<IIQ", kind, item, size) + found[key][16:] + filled
    return found


def _read_value(file: BinaryIO) -> bytes:
    """A value with its type before it, as bytes."""
    start = file.tell()
    kind = struct.unpack("<I", file.read(4))[0]
    _skip(file, kind)
    end = file.tell()
    file.seek(start)
    return file.read(end - start)


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        _read_string(file)
    elif kind == _ARRAY:
        item, length = struct.unpack("<IQ", file.read(12))
        if item in _WIDTH:
            file.seek(length * _WIDTH[item], 1)
        else:
            for _ in range(length):
                _skip(file, item)
    else:
        file.seek(_WIDTH[kind], 1)


def _read_string(file: BinaryIO) -> bytes:
    return file.read(struct.unpack("<Q", file.read(8))[0])


def _string(text: bytes) -> bytes:
    return struct.pack("<Q", len(text)) + text


def _padded(size: int) -> int:
    return size + -size % _ALIGN
