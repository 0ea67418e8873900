"""How the weights move: Muon for the matrices, AdamW for embeddings and norms.

Muon keeps a running mean of the gradient and makes it orthogonal before it takes the step, so that every direction of a
matrix learns at the same pace (K. Jordan et al., 2024). Orthogonalising by five matrix products per step is a polynomial
iteration; its factors here are those of Amsel et al., «The Polar Express» (arXiv 2505.16932), which needs fewer rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, distributed, nn

from training.model import Model

_FACTORS = (
    (8.28721201814563, -23.595886519098837, 17.300387312530933),
    (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
    (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
    (3.3184196573706015, -2.488488024314874, 0.51004894012372),
)
_SAFETY = 1.01


def orthogonal(gradient: Tensor) -> Tensor:
    """The nearest orthogonal matrix to each of a stack (N, rows, columns), approximately: singular values near 1."""
    tall = gradient.shape[-2] > gradient.shape[-1]
    x = gradient.bfloat16() if gradient.is_cuda else gradient
    x = x.transpose(-1, -2) if tall else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) * _SAFETY + 1e-7)
    for a, b, c in _FACTORS:
        square = x @ x.transpose(-1, -2)
        polynomial = torch.baddbmm(square, square, square, beta=b / _SAFETY**3, alpha=c / _SAFETY**5)
        x = torch.baddbmm(x, polynomial, x, beta=a / _SAFETY)
    return x.transpose(-1, -2) if tall else x


class Muon:
    """Muon over matrices grouped by shape; several processes share the orthogonalising, each doing some of it."""

    def __init__(self, weights: Sequence[nn.Parameter], rate: float = 0.02, momentum: float = 0.95) -> None:
        self.rate, self.momentum = rate, momentum
        self.groups: dict[tuple[int, ...], list[nn.Parameter]] = {}
        for weight in weights:
            self.groups.setdefault(tuple(weight.shape), []).append(weight)
        self.means = {
            shape: torch.zeros(len(group), *shape, device=group[0].device) for shape, group in self.groups.items()
        }

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """One step at ``factor`` times the base rate, from the gradients in the weights."""
        workers = distributed.get_world_size() if distributed.is_initialized() else 1
        rank = distributed.get_rank() if workers > 1 else 0
        updates = []
        for shape, group in self.groups.items():
            gradient = torch.stack([weight.grad for weight in group])
            mean = self.means[shape].lerp_(gradient, 1 - self.momentum)
            ahead = gradient.lerp(mean, self.momentum)
            mine = slice(rank, None, workers)
            update = torch.zeros_like(ahead)
            if ahead[mine].shape[0]:
                update[mine] = orthogonal(ahead[mine])
            updates.append(update)
        if workers > 1:
            flat = torch.cat([update.reshape(-1) for update in updates])
            distributed.all_reduce(flat)
            sizes = [update.numel() for update in updates]
            updates = [part.view_as(old) for part, old in zip(flat.split(sizes), updates, strict=True)]
        rate = self.rate * factor
        for (shape, group), update in zip(self.groups.items(), updates, strict=True):
            scale = max(1.0, shape[0] / shape[1]) ** 0.5
            for weight, part in zip(group, update, strict=True):
                weight.mul_(1 - rate * 0.01).add_(part, alpha=-rate * scale)

    def state(self) -> dict[str, Tensor]:
        """The running means, for a checkpoint."""
        return {"x".join(map(str, shape)): mean for shape, mean in self.means.items()}

    def load(self, state: dict[str, Tensor]) -> None:
        """The running means of a checkpoint; those of another shape are left out."""
        for shape, mean in self.means.items():
            kept = state.get("x".join(map(str, shape)))
            if kept is not None and kept.shape == mean.shape:
                mean.copy_(kept)


EMBEDDINGS = 0.15
"""The rate of embeddings and norms for one of the matrices."""


class Optimiser:
    """Both together; gradients are averaged over the processes first."""

    def __init__(self, model: Model, rate: float = 0.02) -> None:
        named = list(model.named_parameters())
        matrices = [weight for name, weight in named if weight.dim() == 2 and "embedding" not in name]
        self.others = [weight for name, weight in named if weight.dim() != 2 or "embedding" in name]
        self.weights = [weight for _, weight in named]
        self.muon = Muon(matrices, rate)
        self.embedding_rate = EMBEDDINGS * rate
        self.adam = torch.optim.AdamW(self.others, lr=self.embedding_rate, betas=(0.9, 0.98), weight_decay=0.0)

    def step(self, factor: float) -> None:
        """Average the gradients, clip those of the embeddings, move, and clear."""
        if distributed.is_initialized():
            flat = torch.cat([weight.grad.reshape(-1) for weight in self.weights])
            distributed.all_reduce(flat)
            flat /= distributed.get_world_size()
            sizes = [weight.numel() for weight in self.weights]
            for weight, part in zip(self.weights, flat.split(sizes), strict=True):
                weight.grad.copy_(part.view_as(weight))
        nn.utils.clip_grad_norm_(self.others, 1.0)
        for group in self.adam.param_groups:
            group["lr"] = self.embedding_rate * factor
        self.muon.step(factor)
        self.adam.step()
        for weight in self.weights:
            weight.grad = None

    def state(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {"muon": self.muon.state(), "adam": self.adam.state_dict()}

    def load(self, state: dict[str, Any]) -> None:
        """From a checkpoint."""
        self.muon.load(state["muon"])
        self.adam.load_state_dict(state["adam"])
