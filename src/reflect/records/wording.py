"""Numbers, lists and titles as sentences say them."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 record`, `2,040 records`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Return texts as a list in a sentence: `a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def quoted(title: str) -> str:
    """Return a title as it stands in a sentence."""
    return f"“{title}”"
