"""The network: a small Llama, written out so that every step can be read.

Text comes in as a row of numbers (tokens). Each becomes a vector; every layer lets a position look back at earlier ones
(attention) and then thinks about what it saw (the feed-forward part); the last vectors are compared with the vector of every
token, and the nearest is the likeliest next one. Shapes in the comments: B rows, T tokens, D width, H heads, K key–value
heads, E width of a head.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace

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

GPU = Shape(pieces=8192 + placeholders.COUNT, width=384, layers=12, heads=6, kv_heads=2, inner=1024, context=4096)
"""21.6 million parameters, for one data-centre GPU."""


def rotation(length: int, shape: Shape, device: torch.device | None = None) -> tuple[Tensor, Tensor]:
    """Cosines and sines (T, E) that turn a key or query by its position (RoPE, halves rotated)."""
    half = torch.arange(0, shape.head, 2, device=device).float() / shape.head
    angle = torch.outer(torch.arange(length, device=device).float(), shape.theta**-half)
    angle = torch.cat([angle, angle], dim=-1)
    return angle.cos(), angle.sin()


def _turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-second, first], dim=-1) * sin


class Layer(nn.Module):
    """Attention, then feed-forward (SwiGLU), each on a normalised copy and added to what came in."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
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

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, places: Tensor | None = None) -> Tensor:
        """(B, T, D) → (B, T, D); no position sees a later one.

        With ``places`` only those of the B·T positions go on, as (len(places), D): all may be looked at, but after the
        last layer only they are of use.
        """
        rows, length, width = x.shape
        seen = self.attention_norm(x)

        def heads(projection: nn.Linear, count: int) -> Tensor:  # (B, count, T, E)
            return projection(seen).view(rows, length, count, self.shape.head).transpose(1, 2)

        query = _turned(heads(self.query, self.shape.heads), cos, sin)
        key = _turned(heads(self.key, self.shape.kv_heads), cos, sin)
        value = heads(self.value, self.shape.kv_heads)
        share = self.shape.heads // self.shape.kv_heads
        key, value = key.repeat_interleave(share, dim=1), value.repeat_interleave(share, dim=1)
        looked = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        looked = looked.transpose(1, 2).reshape(rows, length, width)
        if places is not None:
            x, looked = x.reshape(-1, width)[places], looked.reshape(-1, width)[places]
        x = x + self.output(looked)
        seen = self.feed_norm(x)
        return x + self.down(functional.silu(self.gate(seen)) * self.up(seen))


class Model(nn.Module):
    """Embedding, layers, and the same embedding again to read the next token off (tied weights)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.pieces, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, eps=shape.epsilon)
        nn.init.normal_(self.embedding.weight, 0, 0.02)
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and "embedding" not in name:
                nn.init.normal_(weight, 0, 0.6 / math.sqrt(weight.shape[1]))
            if name.endswith(("output.weight", "down.weight")):
                nn.init.zeros_(weight)  # every layer starts by passing its input on

    def hidden(self, tokens: Tensor, places: Tensor | None = None) -> Tensor:
        """(B, T) token numbers → (B, T, D) vectors of the last layer, or those at ``places`` only."""
        cos, sin = rotation(tokens.shape[1], self.shape, tokens.device)
        x = self.embedding(tokens)
        for layer in self.layers[:-1]:
            x = layer(x, cos, sin)
        return self.norm(self.layers[-1](x, cos, sin, places))

    def logits(self, tokens: Tensor) -> Tensor:
        """(B, T) → (B, T, pieces): how likely each token is to come next."""
        return self.hidden(tokens) @ self.embedding.weight.t()

    def loss(self, tokens: Tensor, places: Tensor, targets: Tensor) -> Tensor:
        """Mean surprise (nats) at the answer's tokens only: ``places`` index the B·T positions that predict them."""
        logits = self.hidden(tokens, places) @ self.embedding.weight.t()
        return functional.cross_entropy(logits.float(), targets)


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
