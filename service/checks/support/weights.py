"""What each sign of ``signs`` counts; fitted, never set by hand: ``python -m training.support --write``."""

BIAS = 0.886
WEIGHTS = {
    "sentence": 2.742,
    "clauses": -0.866,
    "denial": 1.066,
    "stronger": -0.904,
    "unguarded": -0.533,
}
