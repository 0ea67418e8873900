"""What rules read out of a document, with no model: who does what by when, dates, legal bases, two versions compared.

Pure functions from blocks to nouns; each result names the block it was read from. They find what is said in the usual
words of administrative documents and leave the rest out: a table of theirs is a beginning to be checked, and says so.

    salience      how much a sentence matters in a summary
    assignments   việc – chủ trì – phối hợp – sản phẩm – thời hạn
    orders        the words in which a task is given
    tables        the rows of tables with their head
    timeline      dates in order, with what happens on them
    bases         documents that are referred to, by their number or their name
    versions      two versions, clause by clause
"""

from service.extraction.assignments import assignments, is_order
from service.extraction.bases import bases
from service.extraction.salience import key_sentences, salience, section
from service.extraction.timeline import timeline
from service.extraction.versions import versions

__all__ = ["assignments", "bases", "is_order", "key_sentences", "salience", "section", "timeline", "versions"]
