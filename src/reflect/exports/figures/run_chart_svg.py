"""A run chart as SVG."""

from __future__ import annotations

import textwrap
from decimal import Decimal

from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.measure import Measure, plain_number, short_date

WIDTH, TOP, PLOT_HEIGHT, LEFT, RIGHT = 720, 48, 240, 64, 24
LINE = 18
# What fits in a line below the chart.
LETTERS = 84


def run_chart_svg(measure: Measure) -> str:
    """Return the chart as an SVG picture; what it says in words is its description and stands below it."""
    told = [f"{number}. {short_date(event.day)}: {event.text}" for number, event in enumerate(measure.events, 1)]
    below = [line for each in [*told, *measure.says] for line in textwrap.wrap(each, LETTERS)]
    height = TOP + PLOT_HEIGHT + 44 + LINE * len(below) + 8
    svg = Svg(WIDTH, height, measure.row.title, described(measure))
    svg.text(LEFT, 24, measure.row.title, is_bold=True)
    svg.text(WIDTH - RIGHT, 24, measure.unit, anchor="end", opacity=FAINT)
    _draw(svg, measure)
    for number, words in enumerate(below):
        svg.text(LEFT, TOP + PLOT_HEIGHT + 48 + LINE * number, words)
    return str(svg)


def described(measure: Measure) -> str:
    """Return the chart in words, for who cannot see it: its points in short, and what the rules say."""
    points = measure.chart.points
    if not points:
        return " ".join(measure.says)
    first, last = points[0], points[-1]
    return (
        f"{len(points)} points from {short_date(first.day)} ({plain_number(first.value)}) to {short_date(last.day)} "
        f"({plain_number(last.value)}); the middle is {plain_number(measure.chart.median)}. {' '.join(measure.says)}"
    )


def _draw(svg: Svg, measure: Measure) -> None:
    chart = measure.chart
    if chart.median is None:
        return
    values = [each.value for each in chart.points]
    low, high = min(values), max(values)
    places = [(_across(number, len(values)), _down(value, low, high)) for number, value in enumerate(values)]
    svg.line([(LEFT, TOP), (LEFT, TOP + PLOT_HEIGHT), (WIDTH - RIGHT, TOP + PLOT_HEIGHT)], 1, opacity=FAINT)
    middle = _down(chart.median, low, high)
    svg.line([(LEFT, middle), (WIDTH - RIGHT, middle)], 1, dashes="6 4")
    for value in {low, high, chart.median}:
        svg.text(LEFT - 8, _down(value, low, high) + 4, plain_number(value), anchor="end")
    for number, event in enumerate(measure.events, 1):
        x = _across(measure.place_of(event), len(places))
        svg.line([(x, TOP - 4), (x, TOP + PLOT_HEIGHT)], 1, dashes="2 3", opacity=FAINT)
        svg.text(x, TOP - 8, str(number), anchor="middle")
    svg.line(places)
    for number, (x, y) in enumerate(places):
        svg.dot(x, y, is_hollow=number in chart.striking)
    svg.text(LEFT, TOP + PLOT_HEIGHT + 20, short_date(chart.points[0].day))
    if len(places) > 1:
        svg.text(WIDTH - RIGHT, TOP + PLOT_HEIGHT + 20, short_date(chart.points[-1].day), anchor="end")


def _across(number: float, of: int) -> float:
    width = WIDTH - LEFT - RIGHT - 24
    return LEFT + 12 + (number * width / (of - 1) if of > 1 else width / 2)


def _down(value: Decimal, low: Decimal, high: Decimal) -> float:
    inner = PLOT_HEIGHT - 24
    return TOP + 12 + (float((high - value) / (high - low)) * inner if high > low else inner / 2)
