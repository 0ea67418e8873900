"""The database: ``tables`` is the whole schema on one page, ``db`` opens it, ``migrations`` bring old ones up to date."""
