"""The long proofs, each behind ``python3 run.py test --long NAME`` and, a few seconds of it, in the ordinary suite."""
