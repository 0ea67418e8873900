"""Hybrid search over the passages: by number and article, by words, and by meaning when a model is there.

hybrid.py      Index: put in, take out, search; the only one that speaks SQL, with dense.py
terms.py       the words of a passage and of a query
references.py  "123/QĐ-UBND", "nd 30", "điều 12 luật đất đai": answered by rule
bm25.py        the ranking by words
dense.py       the ranking by meaning
"""

from service.index.hybrid import Index

__all__ = ["Index"]
