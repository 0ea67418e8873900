"""The database: ``tables`` is the whole schema on one page, ``db`` opens it, ``migrations`` bring it up to date.

``stretches`` cut a page out of a long list.
"""
