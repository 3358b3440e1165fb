"""Finding words in lines that were wrapped: also where a line ends between two of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from textual.content import Content

# (line, start, end) of a stretch on one line; a find that runs over a line end has several.
Stretch = tuple[int, int, int]


def found_in(lines: Sequence[Content], words: str) -> list[list[Stretch]]:
    """Return where words stand in the lines, each place with the stretches that it covers; capitals do not matter."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    text = "\n".join(line.plain for line in lines)
    starts = [0, *accumulate(len(line.plain) + 1 for line in lines)]
    return [
        list(_stretches(starts, match.start(), match.end()))
        for match in re.finditer(r"\s+".join(parts), text, re.IGNORECASE)
    ]


def _stretches(starts: Sequence[int], start: int, end: int) -> Iterator[Stretch]:
    line = bisect_right(starts, start) - 1
    while start < end:
        line_end = min(end, starts[line + 1] - 1)
        if line_end > start:
            yield line, start - starts[line], line_end - starts[line]
        line += 1
        start = starts[line]
