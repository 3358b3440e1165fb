"""Headings over runs of rows: which line is whose, worked out without looking at a row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Groups:
    """Runs of rows, each under one line with its words and its number of rows."""

    def __init__(self, headings: Sequence[tuple[str, int]] = (), row_height: int = 1) -> None:
        self.headings = [(words, number) for words, number in headings if number > 0]
        self._height = row_height
        ends = list(accumulate(number for _, number in self.headings))
        self.starts = [0, *ends[:-1]] if ends else []
        self._lines = [start * row_height + group for group, start in enumerate(self.starts)]

    def __bool__(self) -> bool:
        return bool(self.headings)

    def of(self, index: int) -> int:
        """Return the group of a row."""
        return bisect_right(self.starts, index) - 1

    def top_of(self, index: int) -> int:
        """Return the first line of a row."""
        return index * self._height + self.of(index) + 1

    def at_line(self, line: int) -> tuple[int, int]:
        """Return the row that a line belongs to, and which of its lines it is; -1 is the heading above it."""
        group = bisect_right(self._lines, line) - 1
        below = line - self._lines[group] - 1
        if below < 0:
            return self.starts[group], -1
        index, part = divmod(below, self._height)
        return self.starts[group] + index, part
