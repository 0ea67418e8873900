"""What each sign of ``signs`` counts; fitted, never set by hand: ``python -m training.support --write``."""

BIAS = 1.096
WEIGHTS = {
    "sentence": 2.445,
    "clauses": -0.847,
    "denial": 1.048,
    "stronger": -0.896,
    "unguarded": -0.536,
}
