"""What each sign of ``signs`` counts; fitted, never set by hand: ``python -m training.support --write``."""

BIAS = -1.495
WEIGHTS = {
    "cover": 2.329,
    "run": -0.364,
    "words": 0.561,
    "denial": 1.026,
    "against": -2.703,
    "doubts": -1.322,
}
