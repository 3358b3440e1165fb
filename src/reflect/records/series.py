"""A series: dated numbers, as a record holds them, in the order in which they are drawn."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reflect.errors import ReflectError
from reflect.records.moments import is_day
from reflect.records.record import as_list
from reflect.records.textforms import cut_at_word, one_line
from reflect.records.values import NUMBER
from reflect.records.yaml_block import Value


@dataclass(frozen=True)
class Point:
    """One value on one day; a decimal exactly as it was typed."""

    day: str
    value: Decimal


@dataclass(frozen=True)
class Series:
    """The points by date, those of one day in the order of the file; `unread` is what is no date with a number."""

    points: tuple[Point, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def crowded_days(self) -> list[str]:
        """The days that have more than one value, in order."""
        days = [each.day for each in self.points]
        return sorted({day for day, after in itertools.pairwise(days) if day == after})


def read_series(value: Value | None) -> Series:
    """Return the series that a field holds; whatever is no series, or no number, is named and not drawn."""
    if not isinstance(value, dict):
        return Series(unread=tuple(as_list(value)) if value else ())
    points, unread = [], []
    for day, values in value.items():
        for text in as_list(values):
            if is_day(day) and NUMBER.fullmatch(text.strip()):
                points.append(Point(day, Decimal(text.strip())))
            else:
                unread.append(f"{day}={text}")
    return Series(tuple(sorted(points, key=lambda each: each.day)), tuple(unread))


class NoPoint(ReflectError):
    """A line is no date with a number."""

    def __init__(self, number: int, line: str) -> None:
        super().__init__(
            f"Line {number}: “{cut_at_word(one_line(line), 60)}” is not a date and a number.",
            "Write 2026-09-04=12, or lines of a CSV file such as 2026-09-04,12.",
        )


def points_in(text: str) -> list[Point]:
    """Return the points of a series as it is typed, or of lines as a CSV file or a spreadsheet has them.

    A first line of headings is left out. Raises NoPoint, with nothing taken of the rest.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 or all("=" in line for line in lines):
        lines = [part for line in lines for part in _parts(line)]
    found = []
    for number, line in enumerate(lines, 1):
        cells = [cell.strip().strip('"') for cell in re.split(r"[=;\t]|,\s*", line.strip(), maxsplit=1)]
        day, value = cells[0], cells[1].rstrip(";,\t ") if len(cells) > 1 else ""
        if is_day(day) and NUMBER.fullmatch(value):
            found.append(Point(day, Decimal(value)))
        elif number > 1 or not _is_heading(cells):
            raise NoPoint(number, line)
    return found


def with_points(value: Value | None, points: Sequence[Point]) -> Value:
    """Return the value of a series field with more points; those of a day that has some stand after them."""
    series: dict[str, Value] = dict(value) if isinstance(value, dict) else {}
    for point in points:
        number = f"{point.value:f}"
        series[point.day] = [*as_list(series[point.day]), number] if point.day in series else number
    return series


def _parts(line: str) -> list[str]:
    """Return the points of a line that holds several, as they are typed into a field."""
    return [part for part in line.split(",") if part.strip()] if "=" in line else [line]


def _is_heading(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and not any(re.search(r"\d", cell) for cell in cells)
