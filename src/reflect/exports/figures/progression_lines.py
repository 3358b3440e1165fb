"""How areas of a rubric moved, as lines of text: dated levels from left to right, up and down drawn alike."""

from __future__ import annotations

from reflect.insights.measure import short_date
from reflect.insights.progressions import Progression

THEN = " → "
EARLIER = "… "


def movement_line(found: Progression, columns: int) -> str:
    """Return the dated levels of an area in so many columns; the oldest give way."""
    steps = [f"{short_date(each.day)}: {each.words}" for each in found.ratings]
    line = ""
    for number, step in enumerate(reversed(steps)):
        longer = f"{step}{THEN}{line}" if line else step
        is_last = number == len(steps) - 1
        if line and len(longer) + (0 if is_last else len(EARLIER)) > columns:
            return f"{EARLIER}{line}"
        line = longer
    return line or "not rated yet"
