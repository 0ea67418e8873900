"""What each number of ``evidence`` counts for. Written by ``python -m training.answerable``."""

from __future__ import annotations

BIAS = -0.7848
LIMIT = 0.8023
"""A question of more doubt than this is not put to the model."""
WEIGHTS: dict[str, float] = {
    "asks_count": 0.3795,
    "asks_date": -0.5510,
    "asks_how": 0.2333,
    "asks_long": 0.2354,
    "asks_money": 0.3031,
    "asks_other": 0.1583,
    "asks_percent": -0.7819,
    "asks_phone": 0.0792,
    "asks_time": -1.0370,
    "asks_where": -0.6131,
    "asks_whether": 0.1520,
    "asks_which": -0.0254,
    "asks_who": 0.6990,
    "asks_why": -1.6749,
    "bare": 0.1561,
    "document_lost": 0.7053,
    "document_rare": 0.8905,
    "everywhere": 1.2635,
    "first": -0.9739,
    "kind_gap": 1.5348,
    "kind_near": -0.6660,
    "kind_turning": -1.0312,
    "lead": -1.2119,
    "lost": -0.5424,
    "name": 3.6710,
    "sentence": 0.7131,
    "sentence_lost": 0.1769,
    "sign": 4.0801,
    "turning": -0.5252,
    "unit": 0.2256,
    "unit_beside": -1.1898,
}
