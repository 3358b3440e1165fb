"""The movement of findings as SVG: communities around a ring, an arrow for each way with its number."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reflect.exports.figures.columns import fitted
from reflect.exports.figures.credits import PRACTICE, write_credit
from reflect.exports.figures.svg import Svg
from reflect.insights.travels import Move
from reflect.records.textforms import one_line
from reflect.records.wording import counted

RADIUS, NODE, SIDE, TOP, MARGIN = 190, 46, 170, 70, 16
LETTERS = 24


def movement_svg(moves: Sequence[Move]) -> str:
    """Return the map; its description says each way with its number."""
    names = sorted({name for move in moves for name in (move.start, move.end)})
    told = [f"{one_line(move.start)} to {one_line(move.end)}: {counted(len(move.rows), 'finding')}" for move in moves]
    size = 2 * (RADIUS + NODE)
    svg = Svg(
        size + 2 * SIDE, size + TOP + 2 * MARGIN, "Movement of findings", "; ".join(told) or "None was carried yet"
    )
    svg.text(MARGIN, 28, "Movement of findings", is_bold=True)
    x, y = SIDE + RADIUS + NODE, TOP + RADIUS + NODE
    if not names:
        svg.text(x, y, "None was carried yet", anchor="middle")
    turns = {name: 2 * math.pi * number / max(1, len(names)) - math.pi / 2 for number, name in enumerate(names)}
    spots = {name: (x + RADIUS * math.cos(turn), y + RADIUS * math.sin(turn)) for name, turn in turns.items()}
    for move in moves:
        _arrow(svg, spots[move.start], spots[move.end], len(move.rows))
    for name, (left, top) in spots.items():
        svg.dot(left, top)
        label_at = top - 14 if top <= y else top + 24
        svg.text(left, label_at, fitted(one_line(name), LETTERS), anchor="middle", is_bold=True)
    write_credit(svg, PRACTICE, MARGIN, size + TOP + MARGIN, size)
    return str(svg)


def _arrow(svg: Svg, start: tuple[float, float], end: tuple[float, float], number: int) -> None:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    # The two ways between a pair lie beside each other.
    aside = (-7 * math.sin(angle), 7 * math.cos(angle))
    first, last = (
        (spot[0] + aside[0] + way * 16 * math.cos(angle), spot[1] + aside[1] + way * 16 * math.sin(angle))
        for spot, way in ((start, 1), (end, -1))
    )
    svg.arrow(first, last, min(6.0, 1 + number / 2))
    svg.text(first[0] + 0.4 * (last[0] - first[0]) + 2 * aside[0], first[1] + 0.4 * (last[1] - first[1]) + 2 * aside[1],
             str(number), anchor="middle")  # fmt: skip
