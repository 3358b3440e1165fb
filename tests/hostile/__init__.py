"""Shared places that were made to do harm, and what becomes of them: nothing runs, and the rest works.

`raw.py` writes what no git would, `names.py`, `texts.py` and `large.py` say what, `make_hostile.py` makes it all.
"""
