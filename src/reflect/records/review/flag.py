"""What is found in a text before a person decides: a flag, the place that it was raised for, and spans of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

NAME, KNOWN, MAIL, PHONE, ADDRESS = "likely name", "a name you know", "e-mail", "phone number", "address"
NUMBER, LINK, QUOTE, FILE, HIDDEN = "long number", "link", "quotation", "file", "hidden text"
ACCOUNT, DATE, PASSWORD, PRIVATE = "account", "day of birth", "password", "private section"
UNREADABLE = "names here go unseen"
FEW = "fewer than ten people"


@dataclass(frozen=True)
class Flag:
    """Something to settle: `what` it looks like, the `text`, and the `line` it first stands on, from 1.

    `how` says in which way it was settled; `suggestion` is a role that could stand for it.
    """

    what: str
    text: str
    line: int
    resolved: bool = False
    how: str = ""
    suggestion: str = ""


class Found(NamedTuple):
    """A flag in a text before its line is known."""

    what: str
    start: int
    text: str
    suggestion: str = ""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class Spans:
    """Parts of a text, each from a place up to another, to be asked fast whether one holds something."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        # The farthest end of all spans up to each one.
        self._ends = list(accumulate((end for _, end in self._spans), max))

    def hold(self, start: int, end: int) -> bool:
        """Say whether one of the spans holds all from `start` to `end`."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._ends[before - 1] >= end

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans that lie within a stretch, cut to it; for spans of which none overlaps another."""
        nearby = self._spans[max(0, bisect_right(self._starts, start) - 1) : bisect_left(self._starts, end)]
        return [(max(start, first), min(end, last)) for first, last in nearby if first < end and last > start]

    def moved(self, by: int) -> Spans:
        """Return the same spans further on."""
        return Spans((start + by, end + by) for start, end in self._spans) if by else self

    def with_more(self, spans: Iterable[tuple[int, int]]) -> Spans:
        """Return these and some more."""
        return Spans([*self._spans, *spans])


NO_SPANS = Spans(())


def line_of(text: str, start: int) -> int:
    """Return the line of a place in a text, from 1."""
    return text.count("\n", 0, start) + 1
