"""What two sequences have in common, in time that stays short however long or hostile they are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

Part = TypeVar("Part")

# Up to this many comparisons difflib is asked; beyond, what occurs once on each side holds the two together.
COMPARISONS = 40_000
# A part alone may occur often; so many in a row seldom do.
IN_A_ROW = (1, 5, 11)
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that both sequences have, or where they differ: its ends in the old and in the new one."""

    is_same: bool
    start: int
    end: int
    new_start: int
    new_end: int

    def of(self, old: Sequence[Part]) -> Sequence[Part]:
        """Return the stretch in the old sequence."""
        return old[self.start : self.end]

    def of_new(self, new: Sequence[Part]) -> Sequence[Part]:
        """Return the stretch in the new sequence."""
        return new[self.new_start : self.new_end]


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Run]:
    """Yield the stretches of two sequences, in order and without gaps; it need not be the shortest difference."""
    yield from _between(old, new, Run(False, 0, len(old), 0, len(new)), 0)


def _between(old: Sequence[Hashable], new: Sequence[Hashable], whole: Run, depth: int) -> Iterator[Run]:
    start, end, there, there_end = whole.start, whole.end, whole.new_start, whole.new_end
    while start < end and there < there_end and old[start] == new[there]:
        start, there = start + 1, there + 1
    while start < end and there < there_end and old[end - 1] == new[there_end - 1]:
        end, there_end = end - 1, there_end - 1
    if start > whole.start:
        yield Run(True, whole.start, start, whole.new_start, there)
    if start < end or there < there_end:
        yield from _differing(old, new, Run(False, start, end, there, there_end), depth)
    if end < whole.end:
        yield Run(True, end, whole.end, there_end, whole.new_end)


def _differing(old: Sequence[Hashable], new: Sequence[Hashable], run: Run, depth: int) -> Iterator[Run]:
    left, right = run.of(old), run.of_new(new)
    if not left or not right:
        yield run
        return
    if len(left) * len(right) <= COMPARISONS:
        for tag, start, end, there, there_end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            at, new_at = run.start, run.new_start
            yield Run(tag == "equal", at + start, at + end, new_at + there, new_at + there_end)
        return
    anchors = _anchors(left, right) if depth < DEEPEST else []
    if not anchors:
        yield run
        return
    start, there = run.start, run.new_start
    for at, new_at in anchors:
        yield from _between(old, new, Run(False, start, run.start + at, there, run.new_start + new_at), depth + 1)
        start, there = run.start + at, run.new_start + new_at
    yield from _between(old, new, Run(False, start, run.end, there, run.new_end), depth + 1)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return where what occurs once on each side stands in both, as far as the order is the same."""
    for count in IN_A_ROW:
        rows, new_rows = _rows(old, count), _rows(new, count)
        times, new_times = Counter(rows), Counter(new_rows)
        places = {row: number for number, row in enumerate(new_rows) if new_times[row] == 1}
        pairs = [(number, places[row]) for number, row in enumerate(rows) if times[row] == 1 and row in places]
        if pairs:
            return _rising(pairs)
    return []


def _rows(parts: Sequence[Hashable], count: int) -> Sequence[Hashable]:
    return parts if count == 1 else list(zip(*(parts[start:] for start in range(count)), strict=False))


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs in which both numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length], last[length] = place, number
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
