"""Make the static embedding model that ships in ``models/embedder``: a table of 16,000 rows of 256 numbers.

    python -m training.embeddings LAWS.jsonl.xz OUT [--without FOLDER] [--minutes 4] [--asked 3]
    python -m training.embeddings DATA/hocvu.sqlite3 OUT --start models/embedder [--minutes 1] [--asked 1]

LAWS holds one ``{"source", "file", "text"}`` a line; OUT becomes a sentence-transformers folder. ``--without`` leaves
out every law whose words are in ``FOLDER/corpus.jsonl`` before vocabulary, idf and training, for an honest figure on
that folder. ``--start`` goes on from a model that exists, with its vocabulary: given the database of an office, on the
text of its own shelf (read only), after which ``HOCVU_EMBEDDER=OUT`` puts the new table to use.

Two stages. First no labels are needed: a pair is a clause (or a title) of an article and a window of the same article
from which that clause is mostly taken out; the other windows of the batch are the wrong answers, half of them from few
laws so that they are hard. Rows start as noise times idf, which alone ranks better than LSA did in our measurements.
Then come questions composed by hand, in an asker's own words («cúp điện» where the document says «ngừng cấp điện»),
beside the passages and sentences that answer them. A tenth of their documents is kept out, for measuring: within the
document asked, 70 % of those questions led to the right passage before this stage, and 85 % after.

    articles  laws and shelves, clause by clause      asked     questions and what answers them
    table     rows, vocabulary, the model's folder     learning  the losses and Adam
    pairs     pairs without labels
"""
