"""What each sign of ``signs`` counts; fitted, never set by hand: ``python -m training.quoting --write``."""

BY_VECTORS = {
    "words": 0.348,
    "found": 1.848,
    "title": 2.320,
    "kind": 0.863,
    "no_kind": -0.806,
    "time": 0.580,
    "no_time": -0.542,
    "length": -0.515,
    "meaning": 5.421,
    "met": 0.699,
    "rest_met": 7.173,
    "passage_meaning": 5.598,
    "passage_met": 6.877,
}
BY_WORDS = {
    "words": 3.495,
    "found": 6.139,
    "title": 1.147,
    "kind": 0.944,
    "no_kind": -0.882,
    "time": 0.961,
    "no_time": -0.897,
    "length": -0.168,
    "meaning": 0.000,
    "met": 0.000,
    "rest_met": 0.000,
    "passage_meaning": 0.000,
    "passage_met": 0.000,
}
