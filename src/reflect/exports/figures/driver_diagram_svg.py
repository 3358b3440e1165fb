"""A driver diagram as SVG, from left to right."""

from __future__ import annotations

import textwrap

from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.driver_diagram import LEVELS, DriverDiagram
from reflect.records.outline import Item

BOX, GAP, LINE, PAD, TOP, MARGIN = 200, 40, 17, 10, 64, 16
# What fits in a line of a box.
LETTERS = 26


def driver_diagram_svg(diagram: DriverDiagram) -> str:
    """Return the diagram as an SVG picture; its outline is its description."""
    outline = "; ".join(f"{LEVELS[depth]}: {item.words}" for depth, item in diagram.root.walk())
    levels = max(depth for depth, _ in diagram.root.walk()) + 1
    height = round(TOP + _height(diagram.root) + MARGIN)
    svg = Svg(2 * MARGIN + levels * BOX + (levels - 1) * GAP, height, diagram.row.title, outline)
    svg.text(MARGIN, 24, diagram.row.title, is_bold=True)
    for level in range(levels):
        svg.text(_left(level) + BOX / 2, TOP - 16, LEVELS[level], anchor="middle", opacity=FAINT)
    _draw(svg, diagram.root, 0, TOP)
    return str(svg)


def _draw(svg: Svg, item: Item, level: int, top: float) -> float:
    """Draw a point and all below it; returns the height at which its middle lies."""
    lines = _lines(item)
    box = _box_height(item)
    middle = top + _height(item) / 2
    x = _left(level)
    at = top + max(_height(item) - sum(map(_height, item.items)), 0) / 2
    for each in item.items:
        other = _draw(svg, each, level + 1, at)
        bend = x + BOX + GAP / 2
        svg.line([(x + BOX, middle), (bend, middle), (bend, other), (x + BOX + GAP, other)], 1)
        at += _height(each)
    svg.box(x, middle - box / 2, BOX, box)
    for number, words in enumerate(lines):
        svg.text(x + PAD, middle - box / 2 + PAD + LINE * number + 11, words)
    return middle


def _left(level: int) -> float:
    return MARGIN + level * (BOX + GAP)


def _lines(item: Item) -> list[str]:
    return textwrap.wrap(item.words, LETTERS) or [""]


def _box_height(item: Item) -> float:
    return len(_lines(item)) * LINE + 2 * PAD


def _height(item: Item) -> float:
    """Return the height that a point takes with all below it, and the gap to the next."""
    return max(_box_height(item) + 12, sum(map(_height, item.items)))
