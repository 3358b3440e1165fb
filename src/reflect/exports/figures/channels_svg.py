"""Channels of learning as SVG: an arrow from group to group, broken where it is slow, crossed where it is stuck."""

from __future__ import annotations

from reflect.exports.figures.channels_lines import MOST_MISSING, WORDS
from reflect.exports.figures.columns import fitted
from reflect.exports.figures.credits import SYSTEM, credit_height, write_credit
from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.channels import Channels
from reflect.records.textforms import one_line

BOX, HEIGHT, ARROW, STEP, MARGIN, TOP = 220, 34, 150, 50, 16, 48
LETTERS = 28
DASHES = {"✓": "", "~": "8 5", "✗": "2 5", "?": "2 5"}


def channels_svg(found: Channels) -> str:
    """Return the rows as an SVG picture; its description says them."""
    rows = [(path.start, path.end, path.sign, path.goes_both_ways) for path in found.paths]
    told = [f"{one_line(start)} to {one_line(end)}: {WORDS[sign]}" for start, end, sign, _ in rows]
    missing = found.no_path_yet[:MOST_MISSING]
    told += [f"{one_line(start)} and {one_line(end)}: no path yet" for start, end in missing]
    title = "Channels of learning"
    width, foot = 2 * BOX + ARROW, TOP + STEP * len(told) + MARGIN
    svg = Svg(2 * MARGIN + width, foot + credit_height(SYSTEM, width), title, "; ".join(told) or "No channel yet")
    svg.text(MARGIN, 26, title, is_bold=True)
    for number, (start, end, sign, is_both) in enumerate(rows):
        y = TOP + STEP * number
        _boxes(svg, start, end, y)
        left, right, middle = MARGIN + BOX + 8, MARGIN + BOX + ARROW - 8, y + HEIGHT / 2
        svg.line([(left, middle), (right, middle)], dashes=DASHES[sign])
        svg.arrow((right - 1, middle), (right, middle))
        if is_both:
            svg.arrow((left + 1, middle), (left, middle))
        svg.text((left + right) / 2, middle - 7, f"{sign} {WORDS[sign]}", anchor="middle")
    for number, (start, end) in enumerate(missing, len(rows)):
        y = TOP + STEP * number
        _boxes(svg, start, end, y)
        svg.text(MARGIN + BOX + ARROW / 2, y + HEIGHT / 2 + 5, "no path yet", anchor="middle", opacity=FAINT)
    write_credit(svg, SYSTEM, MARGIN, foot, width)
    return str(svg)


def _boxes(svg: Svg, start: str, end: str, y: float) -> None:
    for x, name in ((MARGIN, start), (MARGIN + BOX + ARROW, end)):
        svg.box(x, y, BOX, HEIGHT)
        svg.text(x + BOX / 2, y + HEIGHT / 2 + 5, fitted(one_line(name), LETTERS), anchor="middle")
