"""A run chart: one number over time around its median, and the rules that say whether something changed.

After R. Perla, L. Provost and S. Murray, “The run chart: a simple analytical tool for learning from variation in
healthcare processes”, BMJ Quality & Safety 2011;20:46–51. The candidates for a strikingly different point are ours.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reflect.insights.run_limits import FEWEST_POINTS, run_limits
from reflect.records.series import Point, Series

SHIFT = 6
TREND = 5
BASELINE_POINTS = 10
# Ours: how many points before one may be called strikingly different, and how far away it lies.
STRIKING_POINTS = 8
STRIKING_DISTANCES = 5
UP, DOWN = 1, -1

TOO_FEW_POINTS = "too few points"
NO_SIGNAL = "no signal"
BETTER, WORSE, CHANGED, SIGNAL = "better", "worse", "changed", "signal"


@dataclass(frozen=True)
class Stretch:
    """Points that make a signal, by their places from 0, and the side or direction: 1 above or up, -1 below or down."""

    points: tuple[int, ...]
    side: int


@dataclass(frozen=True)
class Runs:
    """The runs around a median; `limits` are the fewest and most to expect, None for too few points to say."""

    count: int
    longest: int
    useful: int
    limits: tuple[int, int] | None

    @property
    def too_few(self) -> bool:
        """Whether there are fewer runs than to expect."""
        return self.limits is not None and self.count < self.limits[0]

    @property
    def too_many(self) -> bool:
        """Whether there are more runs than to expect: two things may be mixed in one number."""
        return self.limits is not None and self.count > self.limits[1]


@dataclass(frozen=True)
class RunChart:
    """A series with its median and its signals.

    `runs` are of the baseline alone where the median is frozen, `longest` is of all points. `thawed` says why a
    baseline that was asked for does not hold, `""` where it does or none was asked for.
    """

    series: Series
    median: Decimal | None
    is_frozen: bool
    thawed: str
    useful: int
    longest: int
    runs: Runs
    shifts: tuple[Stretch, ...]
    trends: tuple[Stretch, ...]
    striking: tuple[int, ...]
    verdict: str

    @property
    def points(self) -> tuple[Point, ...]:
        """The points in the order of their days."""
        return self.series.points


def run_chart(series: Series, better: str = "", baseline_until: str = "") -> RunChart:
    """Return the run chart of a series; `better` is up, down, or anything else for neither."""
    values = [each.value for each in series.points]
    thawed, baseline = _baseline(series.points, baseline_until)
    median = median_of(baseline if baseline else values)
    sides = _sides(values, median)
    stretches = _runs_of(sides)
    shifts = tuple(each for each in stretches if len(each.points) >= SHIFT)
    trends = tuple(_trends(values))
    runs = _runs(baseline if baseline else values, median)
    useful = sum(1 for side in sides if side)
    return RunChart(
        series=series,
        median=median,
        is_frozen=bool(baseline),
        thawed=thawed,
        useful=useful,
        longest=max((len(each.points) for each in stretches), default=0),
        runs=runs,
        shifts=shifts,
        trends=trends,
        striking=tuple(_striking(values, median)),
        verdict=_verdict(values, sides, (shifts, trends), runs, better),
    )


def median_of(values: Sequence[Decimal]) -> Decimal | None:
    """Return the middle value, or half the sum of the two middle ones; None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _baseline(points: Sequence[Point], until: str) -> tuple[str, list[Decimal]]:
    """Return why a baseline that was asked for does not hold, and its values where it does."""
    if not until:
        return "", []
    values = [each.value for each in points if each.day <= until]
    if len(values) < BASELINE_POINTS:
        return f"{len(values)} points up to {until}; a baseline wants {BASELINE_POINTS}", []
    median = median_of(values)
    runs = _runs(values, median)
    has_shift = any(len(each.points) >= SHIFT for each in _runs_of(_sides(values, median)))
    if has_shift or _trends(values) or runs.too_few or runs.too_many:
        return f"something changed before {until} already", []
    return "", values


def _sides(values: Sequence[Decimal], median: Decimal | None) -> list[int]:
    """Return for each value whether it lies above the median, below, or on it (0)."""
    return [0 if median is None or value == median else UP if value > median else DOWN for value in values]


def _runs_of(sides: Sequence[int]) -> list[Stretch]:
    """Return the runs in order; a point on the median neither adds to a run nor breaks it."""
    useful = [(number, side) for number, side in enumerate(sides) if side]
    grouped = itertools.groupby(useful, key=lambda each: each[1])
    return [Stretch(tuple(number for number, _ in group), side) for side, group in grouped]


def _runs(values: Sequence[Decimal], median: Decimal | None) -> Runs:
    found = _runs_of(_sides(values, median))
    useful = sum(len(each.points) for each in found)
    return Runs(len(found), max((len(each.points) for each in found), default=0), useful, run_limits(useful))


def _trends(values: Sequence[Decimal]) -> list[Stretch]:
    """Return where values go on up, or on down; one that equals the one before it is as if not there."""
    kept = [number for number, value in enumerate(values) if number == 0 or value != values[number - 1]]
    steps = [
        (first, second, UP if values[second] > values[first] else DOWN) for first, second in itertools.pairwise(kept)
    ]
    found = []
    for side, group in itertools.groupby(steps, key=lambda each: each[2]):
        going = list(group)
        points = (going[0][0], *(second for _, second, _ in going))
        if len(points) >= TREND:
            found.append(Stretch(points, side))
    return found


def _striking(values: Sequence[Decimal], median: Decimal | None) -> list[int]:
    """Return the places of points to ask about: far from the median beside how far points lie from it as a rule."""
    if median is None or len(values) < STRIKING_POINTS:
        return []
    distances = [abs(value - median) for value in values]
    usual = median_of(distances)
    return [number for number, each in enumerate(distances) if usual and each >= STRIKING_DISTANCES * usual]


def _verdict(
    values: Sequence[Decimal],
    sides: Sequence[int],
    signals: tuple[Sequence[Stretch], Sequence[Stretch]],
    runs: Runs,
    better: str,
) -> str:
    useful = [number for number, side in enumerate(sides) if side]
    if len(useful) < FEWEST_POINTS:
        return TOO_FEW_POINTS
    shifts, trends = signals
    last = useful[-1]
    # A trend holds the first of equal points only.
    first_equal = next(n for n in range(last, -1, -1) if n == 0 or values[n - 1] != values[last])
    going_on = [each for each in shifts if last in each.points] or [
        each for each in trends if first_equal in each.points
    ]
    if going_on:
        if better not in ("up", "down"):
            return CHANGED
        return BETTER if (going_on[0].side == UP) == (better == "up") else WORSE
    return SIGNAL if shifts or trends or runs.too_few or runs.too_many else NO_SIGNAL
