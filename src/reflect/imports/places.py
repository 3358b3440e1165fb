"""Where in a file something stands, as people count: by lines."""

from __future__ import annotations


class Lines:
    """Counts lines up to places of a text that are asked for in order."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self._text = text
        self._at = 0
        self._line = 1

    def where(self, place: int) -> str:
        """Return `file:line` of a place, which must not lie before the last one asked for."""
        self._line += self._text.count("\n", self._at, place)
        self._at = place
        return f"{self.name}:{self._line}"
