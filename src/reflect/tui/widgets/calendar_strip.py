"""Twelve weeks as small bars, one a day, with how much was written said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reflect.tui.spoken import READER

WEEKS = 12
BARS = "▁▂▄▆█"
COLORS = ("$text-muted", "$text-accent", "$text-accent", "$text-accent", "bold $text-accent")


class CalendarStrip(Widget):
    """The height of a bar and its sign say how many records a day has; the words below count them."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CalendarStrip { height: 2; color: $foreground; }
    """
    days: reactive[tuple[int, ...]] = reactive((), layout=False)
    words: reactive[str] = reactive("", layout=False)

    def render(self) -> Content:
        """Return the strip and its words."""
        if READER.is_on:
            return Content(self.words)
        # One gap a week; from a narrow line the oldest weeks are left out.
        room = max(1, (self.size.width + 1) // 8)
        weeks = [self.days[start : start + 7] for start in range(0, len(self.days), 7)][-room:]
        bars = Content(" ").join([Content("").join([_bar(count) for count in week]) for week in weeks])
        return Content.assemble(bars, "\n", (self.words, "$text-muted"))


def days_of(counts: Mapping[str, int], today: dt.date) -> tuple[int, ...]:
    """Return how many records each day of the last twelve weeks has, Monday first, today last."""
    start = today - dt.timedelta(days=today.weekday(), weeks=WEEKS - 1)
    days = (today - start).days + 1
    return tuple(counts.get((start + dt.timedelta(days=number)).isoformat(), 0) for number in range(days))


def _bar(count: int) -> Content:
    level = min(count, len(BARS) - 1)
    return Content(BARS[level]).stylize(COLORS[level])
