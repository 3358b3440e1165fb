"""Figures as text: bars of blocks, weeks as shades. What is drawn is always said in numbers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from reflect.insights.patterns.figures import Figure, Part

EIGHTHS = " ▏▎▍▌▋▊▉█"
SHADES = "·░▒▓█"
BREAK = " "


def bar(count: int, most: int, width: int) -> str:
    """Return a bar as long as its part of the largest; what is not nothing has at least a thin line."""
    eighths = round(8 * width * count / most) if most else 0
    eighths = max(eighths, 1 if count else 0)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def shade(count: int | None, most: int) -> str:
    """Return the sign of a week: blank for a break, a dot for nothing, darker for more."""
    if count is None:
        return BREAK
    steps = len(SHADES) - 1
    return SHADES[min(steps, -(-count * steps // most))] if count and most else SHADES[0]


def most_of(figure: Figure) -> int:
    """Return the largest count of a figure, 0 where nothing is counted."""
    return max((part.count or 0 for part in figure.parts), default=0)


def by_group(figure: Figure) -> Iterable[tuple[str, Sequence[Part]]]:
    """Yield the groups of a figure in order, each with its parts."""
    for group, parts in groupby(figure.parts, key=lambda part: part.group):
        yield group, list(parts)


def weeks_line(parts: Sequence[Part], most: int) -> str:
    """Return the weeks of a term as one line of shades."""
    return "".join(shade(part.count, most) for part in parts)


def number(part: Part) -> str:
    """Return the count of a part, with what it is of."""
    if part.count is None:
        return ""
    return f"{part.count:,}{part.unit}" if part.of is None else f"{part.count:,} of {part.of:,}"
