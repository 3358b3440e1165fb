"""Words so common that they say nothing, read from data files once they are needed."""

from __future__ import annotations

from functools import cache

from reflect.store.shipped import DATA


@cache
def stop_words() -> frozenset[str]:
    """Return the common words of English and Spanish, in small letters and without apostrophes."""
    texts = [path.read_text("utf-8") for path in sorted((DATA / "stop-words").glob("*.txt"))]
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())
