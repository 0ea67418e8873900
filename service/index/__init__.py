"""Hybrid search over the passages: by number and article, by words, and by meaning when a model is there.

hybrid.py      Index: put in, take out, search; how a query is ranked
references.py  "123/QĐ-UBND", "nd 30", "điều 12 luật đất đai": answered by rule
terms.py       the words of a passage and of a query
postings.py    the words written: the full-text table and its counts
lexical.py     the search by words: the database proposes, BM25 ranks
bm25.py        the ranking by words
embedding.py   the vectors written: those that passages lack
dense.py       the search by meaning
fusion.py      one score from several
duplicates.py  passages that say the same
passages.py    passages read, in order, and among their neighbours
state.py       what the index holds of each document, kept in memory

Only postings, lexical, embedding, dense, passages and state speak SQL.
"""

from service.index.hybrid import Index

__all__ = ["Index"]
