"""A conditions map as SVG: three levels, and the map before it beside it."""

from __future__ import annotations

import textwrap

from reflect.exports.figures.conditions_lines import TitleOf, conditions_lines
from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.conditions import LEVELS, Condition, ConditionsMap, MapsBeside

COLUMN, MARGIN, LINE, TOP = 340, 16, 17, 64
# What fits in a line of a column.
LETTERS = 46
Words = tuple[str, bool, bool]


def conditions_svg(found: MapsBeside, title_of: TitleOf = str) -> str:
    """Return the map as an SVG picture, with the one before it at its left; its text twin is its description."""
    maps = [each for each in (found.older, found.newer) if each is not None]
    columns = [_words(each, found.changed if each is found.newer else (), title_of) for each in maps]
    rows = [max(len(column[level]) for column in columns) for level in range(len(LEVELS))]
    height = TOP + sum(LINE * rows_of_level + 44 for rows_of_level in rows) + MARGIN
    twin = " ".join(" ".join(line.split()) for line in conditions_lines(found, 70, title_of) if line)
    svg = Svg(2 * MARGIN + COLUMN * len(maps), height, found.newer.row.title, twin)
    for number, (each, column) in enumerate(zip(maps, columns, strict=True)):
        x, y = MARGIN + COLUMN * number, float(TOP)
        svg.text(x, 28, f"{each.as_of}", opacity=FAINT)
        svg.text(x, 46, each.row.title, is_bold=True)
        for level, words, rows_of_level in zip(LEVELS, column, rows, strict=True):
            svg.box(x, y, COLUMN - MARGIN, LINE * rows_of_level + 32)
            svg.text(x + 10, y + 18, level.capitalize(), opacity=FAINT)
            for at, (text, is_bold, is_faint) in enumerate(words):
                svg.text(x + 10, y + 38 + LINE * at, text, is_bold=is_bold, opacity=FAINT if is_faint else "")
            y += LINE * rows_of_level + 44
    return str(svg)


def _words(each: ConditionsMap, changed: tuple[str, ...], title_of: TitleOf) -> list[list[Words]]:
    """Return the lines of each level: text, whether it is bold, whether it is faint."""
    return [
        [line for condition in each.at(level) for line in _condition(condition, condition.slug in changed, title_of)]
        for level in LEVELS
    ]


def _condition(each: Condition, is_changed: bool, title_of: TitleOf) -> list[Words]:
    marks = ["strongest"] * each.is_strongest + ["working on it"] * each.is_worked_on + ["changed"] * is_changed
    said_of = f" ({', '.join(marks)})" if marks else ""
    head = f"{title_of(each.slug)}{said_of}"
    texts = [("holds it: ", each.holds), ("we want: ", each.want), ("", each.other)]
    said = [line for label, text in texts if text for line in textwrap.wrap(f"{label}{text}", LETTERS)]
    lines: list[Words] = [(line, True, False) for line in textwrap.wrap(head, LETTERS)]
    return [*lines, *((line, False, False) for line in said or ["nothing yet"])]
