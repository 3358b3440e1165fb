"""Common given names, read from a data file once they are needed: only those who share wait for it."""

from __future__ import annotations

from functools import cache

from reflect.store.shipped import DATA


@cache
def given_names() -> frozenset[str]:
    """Return the common given names, folded (see the head of the file for where they come from)."""
    lines = (DATA / "names" / "given.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
