"""Text in columns of a terminal: how wide it is, cut to fit, filled up."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Return how many columns a terminal takes for a text."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def fitted(text: str, columns: int) -> str:
    """Return a text cut to so many columns, with an ellipsis where something is gone."""
    if width(text) <= columns:
        return text
    kept, taken = [], 0
    for char in text:
        taken += width(char)
        if taken > columns - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def padded(text: str, columns: int) -> str:
    """Return a text filled up to so many columns."""
    return text + " " * max(columns - width(text), 0)


def cell(text: str, columns: int) -> str:
    """Return a text that takes exactly so many columns."""
    return padded(fitted(text, columns), columns)
