"""The words by which names are told, read from data files once they are needed: only those who share wait for them."""

from __future__ import annotations

from functools import cache

from reflect.records.review.name_words import NameWords
from reflect.store.shipped import DATA


@cache
def name_words() -> NameWords:
    """Return the common given names and the everyday words (see the heads of the files for where they come from)."""
    return NameWords(_words("given"), _words("everyday"))


def _words(name: str) -> frozenset[str]:
    lines = (DATA / "names" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
