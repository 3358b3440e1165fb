"""Twelve weeks as small bars, one a day; with the keys here, a day at a time is said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reflect.records.wording import counted
from reflect.tui.keys import bindings
from reflect.tui.spoken import READER
from reflect.tui.words import long_day

WEEKS = 12
DAYS = 7
BARS = "▁▂▄▆█"
COLORS = ("$text-muted", "$text-accent", "$text-accent", "$text-accent", "bold $text-accent")


class CalendarStrip(Widget, can_focus=True):
    """The height of a bar and its sign say how many records a day has; the words below count them."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CalendarStrip { height: 2; color: $foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("calendar")
    cursor: reactive[int] = reactive(0, layout=False)

    class Chosen(Message):
        """A day was chosen."""

        def __init__(self, day: dt.date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts: list[int] = []
        self._first = dt.date.min
        self._words = ""

    def show(self, counts: Mapping[str, int], first: dt.date, last: dt.date, words: str) -> None:
        """Show how many records each day has, from the first to the last, and what they are in words."""
        number = (last - first).days + 1
        self._counts = [counts.get((first + dt.timedelta(days=each)).isoformat(), 0) for each in range(number)]
        self._first, self._words = first, words
        self.cursor = number - 1
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor among the days that are shown."""
        return max(self._left_out * DAYS, min(cursor, len(self._counts) - 1))

    def render(self) -> Content:
        """Return the strip and its words."""
        if READER.is_on:
            return Content(self._says())
        bars = [self._bar(number, count) for number, count in enumerate(self._counts)]
        weeks = [Content("").join(bars[start : start + DAYS]) for start in range(0, len(bars), DAYS)]
        return Content.assemble(Content(" ").join(weeks[self._left_out :]), "\n", (self._says(), "$text-muted"))

    def on_focus(self) -> None:
        """Say the day under the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Say what the weeks hold."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the day under the mouse; a second click chooses it."""
        week, day = divmod(event.x, DAYS + 1)
        before, self.cursor = self.cursor, (self._left_out + week) * DAYS + min(day, DAYS - 1)
        if event.chain == 2 or before == self.cursor:
            self.action_choose()

    def action_move(self, days: int) -> None:
        """Go some days on."""
        self.cursor += days

    def action_choose(self) -> None:
        """Choose the day under the cursor."""
        if self._counts:
            self.post_message(self.Chosen(self._first + dt.timedelta(days=self.cursor)))

    @property
    def _left_out(self) -> int:
        """How many of the oldest weeks there is no room for; each has a gap behind it."""
        room = max(1, (self.size.width + 1) // (DAYS + 1))
        return max(0, -(-len(self._counts) // DAYS) - room)

    def _bar(self, number: int, count: int) -> Content:
        level = min(count, len(BARS) - 1)
        style = COLORS[level]
        if self.has_focus and number == self.cursor:
            style += " reverse"
        return Content(BARS[level]).stylize(style)

    def _says(self) -> str:
        if not self.has_focus or not self._counts:
            return self._words
        count = self._counts[self.cursor]
        says = counted(count, "record") if count else "nothing written"
        return f"{long_day(self._first + dt.timedelta(days=self.cursor))}: {says}"


def first_day(today: dt.date) -> dt.date:
    """Return the Monday that twelve weeks up to today begin with."""
    return today - dt.timedelta(days=today.weekday(), weeks=WEEKS - 1)
