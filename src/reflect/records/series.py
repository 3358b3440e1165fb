"""A series: dated numbers, as a record holds them, in the order in which they are drawn."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal

from reflect.records.moments import is_day
from reflect.records.record import as_list
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
