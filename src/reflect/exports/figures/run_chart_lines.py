"""A run chart as lines of text."""

from __future__ import annotations

import itertools
from decimal import Decimal

from reflect.exports.figures.plot import ACROSS, Plot
from reflect.insights.measure import Measure, plain_number, short_date

POINT, ASKED, MEDIAN, EVENT = "●", "◯", "┄", "┊"
FEWEST_COLUMNS = 24


def run_chart_lines(measure: Measure, columns: int = 76, rows: int = 12) -> list[str]:
    """Return the chart in so many columns and about so many rows; events are numbered and told below it."""
    points = measure.chart.points
    if not points or measure.chart.median is None:
        return []
    values = [each.value for each in points]
    low, high = min(values), max(values)
    labels = {0: plain_number(high), rows - 1: plain_number(low)} if high > low else {}
    margin = max(len(plain_number(each)) for each in (low, high, measure.chart.median)) + 2
    plot = Plot(max(columns - margin, FEWEST_COLUMNS), rows)
    places = [
        (_across(number, len(points), plot.width), _down(value, low, high, plot.height))
        for number, value in enumerate(values)
    ]
    for before, after in itertools.pairwise(places):
        plot.line(before, after)
    # With less than a column for each, points would hide the line.
    has_room, asked = len(points) <= plot.width // ACROSS, set(measure.chart.striking)
    for number, place in enumerate(places):
        if has_room or number in asked:
            plot.sign(place, ASKED if number in asked else POINT)
    middle = _down(measure.chart.median, low, high, plot.height)
    labels[middle // 4] = plain_number(measure.chart.median)
    for x in range(0, plot.width, ACROSS):
        plot.underneath((x, middle), MEDIAN)
    told = _draw_events(plot, measure)
    drawn = [
        f"{labels.get(row, ''):>{margin - 2}} {'┤' if row in labels else '│'}{line}".rstrip()
        for row, line in enumerate(plot.lines())
    ]
    return [*drawn, *_days(measure, margin, plot.width // ACROSS), *told]


def _across(number: float, of: int, width: int) -> int:
    """Return where a point stands: points are as far from one another as the next, as run charts have them."""
    return round(number * (width - 1) / (of - 1)) if of > 1 else width // 2


def _down(value: Decimal, low: Decimal, high: Decimal, height: int) -> int:
    return round((high - value) / (high - low) * (height - 1)) if high > low else height // 2


def _draw_events(plot: Plot, measure: Measure) -> list[str]:
    """Draw each event before the first point that came after it; return what they were."""
    told = []
    for number, event in enumerate(measure.events, 1):
        x = _across(measure.place_of(event), len(measure.chart.points), plot.width)
        for y in range(0, plot.height, 4):
            plot.underneath((x, y), EVENT)
        plot.sign((x, 0), str(number) if number < 10 else EVENT)
        told.append(f"{number}  {short_date(event.day)}  {event.text}")
    return told


def _days(measure: Measure, margin: int, columns: int) -> list[str]:
    first, last = (short_date(measure.chart.points[at].day) for at in (0, -1))
    line = "─" * columns
    if len(measure.chart.points) == 1:
        return [f"{'':{margin - 1}}└{line}", f"{'':{margin}}{first:^{columns}}".rstrip()]
    return [f"{'':{margin - 1}}└{line}", f"{'':{margin}}{first}{last:>{max(columns - len(first), len(last) + 1)}}"]
