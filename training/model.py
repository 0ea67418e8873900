"""The network: a small Llama, written out so that every step can be read.

Text comes in as a row of numbers (tokens). Each becomes a vector; every layer lets a position look back at earlier ones
(attention) and then thinks about what it saw (the feed-forward part); the last vectors are compared with the vector of every
token, and the nearest is the likeliest next one. Shapes in the comments: B rows, T tokens, D width, H heads, K key–value
heads, E width of a head.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from service.engines.llama import placeholders


@dataclass(frozen=True)
class Shape:
    """The sizes of a model; ``context`` in tokens, ``theta`` the base of the rotary positions."""

    pieces: int = 4096
    width: int = 256
    layers: int = 5
    heads: int = 4
    kv_heads: int = 2
    inner: int = 512
    context: int = 2048
    theta: float = 1e6
    epsilon: float = 1e-5

    @property
    def head(self) -> int:
        """Width of one head."""
        return self.width // self.heads

    def as_dict(self) -> dict[str, float]:
        """For a checkpoint."""
        return asdict(self)


CPU = Shape(pieces=4096 + placeholders.COUNT)
"""4.0 million parameters, for two cores."""

GPU = Shape(pieces=8192 + placeholders.COUNT, width=384, layers=10, heads=6, kv_heads=2, inner=1152, context=4096)
"""20.4 million parameters, for one data-centre GPU. Twelve layers would write a fifth more slowly on two cores."""


def rotation(length: int, shape: Shape, device: torch.device | None = None) -> tuple[Tensor, Tensor]:
    """Cosines and sines (T, E) that turn a key or query by its position (RoPE, halves rotated)."""
    half = torch.arange(0, shape.head, 2, device=device).float() / shape.head
    angle = torch.outer(torch.arange(length, device=device).float(), shape.theta**-half)
    angle = torch.cat([angle, angle], dim=-1)
    return angle.cos(), angle.sin()


def _turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-second, first], dim=-1) * sin


def _since_start(length: int, starts: Tensor) -> tuple[Tensor, Tensor]:
    """For each of T positions of a packed row the number of its conversation and how far it is from its start."""
    positions = torch.arange(length, device=starts.device)
    number = torch.searchsorted(starts, positions, right=True) - 1
    return number, positions - starts[number]


def attention(query: Tensor, key: Tensor, value: Tensor, starts: Tensor | None, longest: int) -> Tensor:
    """(B, T, H, E) each → (B, T, H, E): every position looks at itself and what stands before it.

    With ``starts`` (N + 1 numbers, the last is T) the one row holds N conversations, none of which sees another; none
    is longer than ``longest``.
    """
    if starts is not None and query.is_cuda:
        from torch.nn.attention.varlen import varlen_attn

        packed = (part[0].bfloat16() for part in (query, key, value))
        looked = varlen_attn(*packed, starts, starts, longest, longest, window_size=(-1, 0))
        return cast("Tensor", looked)[None]
    mask = None
    if starts is not None:
        number, _ = _since_start(query.shape[1], starts)
        mask = (number[:, None] == number[None, :]).tril()
    query, key, value = query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2)
    looked = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=mask is None)
    return looked.transpose(1, 2)


DROPOUT = 0.05
"""The share of what a layer adds that is left out while learning, at random: tasks composed by hand come back a hundred
times, and a network that must do without a part of itself knows them by heart less soon (Srivastava et al., JMLR 2014)."""


class Layer(nn.Module):
    """Attention, then feed-forward (SwiGLU), each on a normalised copy and added to what came in."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = nn.Dropout(0.0)
        width, inner, keys = shape.width, shape.inner, shape.kv_heads * shape.head
        self.attention_norm = nn.RMSNorm(width, eps=shape.epsilon)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, keys, bias=False)
        self.value = nn.Linear(width, keys, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.feed_norm = nn.RMSNorm(width, eps=shape.epsilon)
        self.gate = nn.Linear(width, inner, bias=False)
        self.up = nn.Linear(width, inner, bias=False)
        self.down = nn.Linear(inner, width, bias=False)

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, places: Tensor | None = None, starts: Tensor | None = None
    ) -> Tensor:
        """(B, T, D) → (B, T, D); ``cos`` and ``sin`` (T, E); no position sees a later one, nor over ``starts``.

        With ``places`` only those of the B·T positions go on, as (len(places), D): all may be looked at, but after the
        last layer only they are of use.
        """
        rows, length, width = x.shape
        seen = self.attention_norm(x)

        def heads(projection: nn.Linear, count: int) -> Tensor:  # (B, T, count, E)
            return projection(seen).view(rows, length, count, self.shape.head)

        cos, sin = cos[:, None], sin[:, None]
        query = _turned(heads(self.query, self.shape.heads), cos, sin)
        key = _turned(heads(self.key, self.shape.kv_heads), cos, sin)
        value = heads(self.value, self.shape.kv_heads)
        share = self.shape.heads // self.shape.kv_heads
        key, value = key.repeat_interleave(share, dim=2), value.repeat_interleave(share, dim=2)
        looked = attention(query, key, value, starts, self.shape.context).reshape(rows, length, width)
        if places is not None:
            x, looked = x.reshape(-1, width)[places], looked.reshape(-1, width)[places]
        x = x + self.dropout(self.output(looked))
        seen = self.feed_norm(x)
        return x + self.dropout(self.down(functional.silu(self.gate(seen)) * self.up(seen)))


class Model(nn.Module):
    """Embedding, layers, and the same embedding again to read the next token off (tied weights)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.pieces, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        self._surprise = surprise
        nn.init.normal_(self.embedding.weight, 0, 0.02)
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and "embedding" not in name:
                nn.init.normal_(weight, 0, 0.6 / math.sqrt(weight.shape[1]))
            if name.endswith(("output.weight", "down.weight")):
                nn.init.zeros_(weight)  # every layer starts by passing its input on

    def hidden(self, tokens: Tensor, places: Tensor | None = None, starts: Tensor | None = None) -> Tensor:
        """(B, T) token numbers → (B, T, D) vectors of the last layer, or those at ``places`` only."""
        if starts is None:
            cos, sin = rotation(tokens.shape[1], self.shape, tokens.device)
        else:
            _, since = _since_start(tokens.shape[1], starts)
            cos, sin = (table[since] for table in rotation(self.shape.context, self.shape, tokens.device))
        x = self.embedding(tokens)
        for layer in self.layers[:-1]:
            x = layer(x, cos, sin, None, starts)
        return self.norm(self.layers[-1](x, cos, sin, places, starts))

    def logits(self, tokens: Tensor) -> Tensor:
        """(B, T) → (B, T, pieces): how likely each token is to come next."""
        return self.hidden(tokens) @ self.embedding.weight.t()

    def loss(self, tokens: Tensor, places: Tensor, targets: Tensor, starts: Tensor | None = None) -> Tensor:
        """Mean surprise (nats) at the answer's tokens only: ``places`` index the B·T positions that predict them.

        A target of :data:`NOTHING` does not count.
        """
        return self._surprise(self.hidden(tokens, places, starts), self.embedding.weight, targets)

    def leave_out(self, share: float) -> None:
        """From now on leave out this share of what each layer adds, at random."""
        for layer in self.layers:
            layer.dropout.p = share

    def compile_parts(self) -> None:
        """Let PyTorch make fast kernels of the parts, once for all layers; for a GPU and one shape of batch."""
        for layer in self.layers:
            layer.compile(dynamic=False)
        self._surprise = torch.compile(surprise, dynamic=False)


NOTHING = -100
"""The target of a place that only fills a batch up."""


def surprise(vectors: Tensor, embedding: Tensor, targets: Tensor) -> Tensor:
    """Mean surprise (nats) of the targets (N), foreseen from vectors (N, D) by their likeness to the tokens' own."""
    return functional.cross_entropy((vectors @ embedding.t()).float(), targets, ignore_index=NOTHING)


@torch.no_grad()
def widened(model: Model, pieces: int) -> Model:
    """The same network with further tokens, whose vectors are drawn like the ones it began with."""
    wider = Model(replace(model.shape, pieces=pieces))
    old = model.embedding.weight
    new = wider.embedding.weight
    nn.init.normal_(new, 0, float(old[:, 1:].std()))
    new[:, 0] = old[:, 0].mean()
    new[: len(old)] = old
    weights = model.state_dict()
    weights["embedding.weight"] = new
    wider.load_state_dict(weights)
    return wider


def size(model: Model) -> int:
    """Number of parameters."""
    return sum(weight.numel() for weight in model.parameters())
