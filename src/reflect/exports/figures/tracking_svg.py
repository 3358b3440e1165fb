"""A pilot's turns as SVG: ramps of cycles, each with what was predicted, what came, and what is next."""

from __future__ import annotations

import textwrap

from reflect.exports.figures.svg import FAINT, Svg
from reflect.exports.figures.tracking_lines import tracking_lines, turn_entries
from reflect.insights.tracking import Tracking, Turn

BOX, GAP, LINE, PAD, TOP, MARGIN = 230, 32, 17, 10, 48, 16
# What fits in a line of a box.
LETTERS = 31


def tracking_svg(found: Tracking) -> str:
    """Return the ramps as an SVG picture, one below the other; its text twin is its description."""
    ramps = [[(turn, _lines(turn)) for turn in ramp] for ramp in found.ramps]
    heights = [max(len(lines) for _, lines in ramp) * LINE + 2 * PAD for ramp in ramps]
    longest = max([1, *(len(ramp) for ramp in ramps)])
    width = 2 * MARGIN + longest * BOX + (longest - 1) * GAP
    twin = " ".join(line.strip() for line in tracking_lines(found) if line)
    svg = Svg(width, TOP + sum(each + GAP for each in heights) + MARGIN, found.pilot.title, twin)
    svg.text(MARGIN, 26, found.pilot.title, is_bold=True)
    top = float(TOP)
    for ramp, height in zip(ramps, heights, strict=True):
        for number, (_, lines) in enumerate(ramp):
            x = MARGIN + number * (BOX + GAP)
            svg.box(x, top, BOX, height)
            for at, (text, is_head) in enumerate(lines):
                svg.text(x + PAD, top + PAD + LINE * at + 11, text, is_bold=is_head, opacity="" if is_head else FAINT)
            if number:
                _draw_arrow(svg, x, top + height / 2)
        top += height + GAP
    return str(svg)


def _draw_arrow(svg: Svg, x: float, y: float) -> None:
    svg.line([(x - GAP, y), (x, y)], 1)
    svg.line([(x - 6, y - 4), (x, y), (x - 6, y + 4)], 1)


def _lines(turn: Turn) -> list[tuple[str, bool]]:
    """Return what stands in the box of a turn: each line, and whether it belongs to its title."""
    head = textwrap.wrap(f"{turn.number or '·'} {turn.row.title}", LETTERS)
    said = [line for name, text in turn_entries(turn) for line in textwrap.wrap(f"{name}: {text}", LETTERS)]
    return [*((line, True) for line in head), *((line, False) for line in said)]
