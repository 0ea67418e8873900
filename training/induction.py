"""Copying, written into the first weights.

A network learns late that «what came after this word before may come after it again» (induction heads; Olsson et al., 2022).
Here the two parts of that skill are laid down before training: in the first layer heads that look one and two tokens back,
in the next two layers heads that look for the present token among those marked «came just before», and copy what stands
there. A fresh model then already continues a repeated text; learning to copy names and numbers takes a fifth fewer tokens.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from training.model import Model

BIAS, CONTENT, MARK, COPIED = 0.10, 0.02, 0.08, 0.10
"""Sizes in the stream: the constant dimension, a token's own vector, the mark of its predecessor, a copied vector."""
SHARP, FOCUS = 45.0, 16.0
"""How exactly a head finds its distance, and how strongly a match is preferred (logits)."""


def _directions(width: int, generator: torch.Generator) -> Tensor:
    """(D - 1, D) orthonormal rows that leave dimension 0, the constant one, alone."""
    square, _ = torch.linalg.qr(torch.randn(width - 1, width - 1, generator=generator))
    return torch.cat([torch.zeros(width - 1, 1), square], dim=1)


@torch.no_grad()
def lay_induction_heads(model: Model, seed: int = 0) -> None:
    """Write previous-token heads into layer 0 and matching heads into layers 1 and 2; the rest stays random."""
    shape, generator = model.shape, torch.Generator().manual_seed(seed)
    width, head, half = shape.width, shape.head, shape.head // 2
    share = shape.heads // shape.kv_heads
    if shape.layers < 3 or share < 2 or 3 * head > width - 1:
        return  # too small to hold them
    embedding = model.embedding.weight
    embedding[:, 0] = BIAS
    scale = embedding.pow(2).mean(-1).sqrt().mean()
    constant, own = (embedding[:, 0].mean() / scale).item(), (embedding[:, 1:].std() / scale).item()
    rows = _directions(width, generator)
    content, marks = rows[:head], (rows[head : 2 * head], rows[2 * head : 3 * head])
    frequency = shape.theta ** -(torch.arange(half).float() / half)
    fast = math.sqrt(SHARP) * (frequency > 0.03).float()  # only turning dimensions can measure a short distance

    first = model.layers[0]
    first.key.weight[:head] *= 0.1
    first.key.weight[:head, 0] = torch.cat([fast, torch.zeros(half)]) / constant
    first.value.weight[:head] = content / own
    for number, (back, mark) in enumerate(zip((1, 2), marks, strict=True)):
        mine = slice(number * head, (number + 1) * head)
        first.query.weight[mine] *= 0.1
        turned = torch.cat([fast * torch.cos(back * frequency), -fast * torch.sin(back * frequency)])
        first.query.weight[mine, 0] = turned / constant
        first.output.weight[:, mine] = MARK * mark.t()

    slow = [n for n in range(half) if frequency[n] * 400 < 1.6]  # these hardly turn: content can be compared in them
    dims = slow + [n + half for n in slow]
    strength = math.sqrt(FOCUS * 8 / len(dims))
    stream = math.sqrt((CONTENT**2 * (width - 1) + BIAS**2 + 2 * head * MARK**2) / width)
    own, marked = CONTENT / stream, MARK / stream
    for layer in (model.layers[1], model.layers[2]):
        order = torch.randperm(width - 1, generator=generator)
        for group in range(min(2, shape.kv_heads)):
            copied = rows[order[group * head : (group + 1) * head]]
            mix = torch.linalg.qr(torch.randn(head, head, generator=generator))[0]
            query, key = torch.zeros(head, width), torch.zeros(head, width)
            query[dims] = strength * (mix[: len(dims)] @ content) / own
            key[dims] = strength * (mix[: len(dims)] @ marks[0]) / marked
            asking = slice(group * share * head, (group * share + 1) * head)
            held = slice(group * head, (group + 1) * head)
            layer.query.weight[asking] = query
            layer.key.weight[held] = key
            layer.value.weight[held] = copied / own
            layer.output.weight[:, asking] = COPIED * copied.t()
    model.norm.weight.fill_(1.5)
