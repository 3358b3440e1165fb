"""Which paragraphs of two texts answer to each other, also where their words have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reflect.records.matching import Run, matches

# A stretch with more comparisons than this is told as a whole.
COMPARISONS = 400
# Paragraphs answer to each other when at least this share of their words is the same; so many words are looked at.
ALIKE = 0.4
WORDS = 200


def changed_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Yield where two sequences of paragraphs differ, as finely as can be told, in order.

    A run is one paragraph that became another, or some that came or went; only where nothing answers to anything
    does it have several on both sides.
    """
    for run in matches(old, new):
        if not run.is_same:
            yield from _split(old, new, run)


def _split(old: Sequence[str], new: Sequence[str], run: Run) -> Iterator[Run]:
    left, right = run.of(old), run.of_new(new)
    if not left or not right or len(left) * len(right) > COMPARISONS:
        yield run
        return
    start, new_start = run.start, run.new_start
    for at, new_at in [*_pairs(left, right), (len(left), len(right))]:
        yield from _between(Run(False, start, run.start + at, new_start, run.new_start + new_at))
        start, new_start = run.start + at, run.new_start + new_at
        if at < len(left):
            yield Run(False, start, start + 1, new_start, new_start + 1)
            start, new_start = start + 1, new_start + 1


def _between(run: Run) -> Iterator[Run]:
    """Yield a run in which no paragraph is like another: one by one if as many came as went."""
    count = run.end - run.start
    if count == run.new_end - run.new_start:
        for at in range(count):
            yield Run(False, run.start + at, run.start + at + 1, run.new_start + at, run.new_start + at + 1)
    else:
        yield run


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of like paragraphs, in order, that together have most in common."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    alike = [[_likeness(one, other) for other in right] for one in left]
    for at in range(len(left) - 1, -1, -1):
        for there in range(len(right) - 1, -1, -1):
            taken = alike[at][there] + best[at + 1][there + 1] if alike[at][there] else 0.0
            best[at][there] = max(taken, best[at + 1][there], best[at][there + 1])
    pairs = []
    at = there = 0
    while at < len(left) and there < len(right):
        if alike[at][there] and best[at][there] == alike[at][there] + best[at + 1][there + 1]:
            pairs.append((at, there))
            at, there = at + 1, there + 1
        elif best[at][there] == best[at + 1][there]:
            at += 1
        else:
            there += 1
    return pairs


def _likeness(one: str, other: str) -> float:
    """Return the share of words that two paragraphs have in common, 0 where it is too small to mean anything."""
    left, right = _words(one), _words(other)
    share = len(left & right) / max(len(left), len(right), 1)
    return share if share >= ALIKE else 0.0


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(text[: WORDS * 20].casefold().split()[:WORDS])
