"""What to do with an open loop that is not for now: put it off, or let it rest with a word of reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reflect.insights.loops import OpenLoop
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.widgets.line import Line
from reflect.tui.words import near_day, plain_line

WEEKS = ((1, "In a week"), (2, "In two weeks"), (4, "In four weeks"), (13, "In a season"))
REST = "rest"


@dataclass(frozen=True)
class Aside:
    """The answer: a day (`until`) on which the loop comes back, or the reason why it rests for good."""

    until: str = ""
    reason: str = ""


class RestDialog(Dialog[Aside]):
    """Asks what is to become of one open loop; escape leaves it open."""

    DEFAULT_CSS = """
    RestDialog ItemList { height: 5; margin-top: 1; }
    RestDialog .sentence { height: auto; color: $text-muted; }
    RestDialog #why { display: none; height: auto; margin-top: 1; }
    RestDialog.-why #why, RestDialog.-why Line { display: block; }
    RestDialog Line { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    foot = "enter choose   esc leave it open"

    def __init__(self, loop: OpenLoop, today: dt.date) -> None:
        super().__init__()
        self.heading = loop.say
        self._title = loop.row.title
        self._today = today

    def body(self) -> Iterable[Widget]:
        """Return the choices, and the line for a reason."""
        yield Static(plain_line(f"“{self._title}”"), classes="sentence", markup=False)
        yield ItemList(id="choices")
        yield Static("Why may it rest? The word stays in your journal.", id="why", markup=False)
        yield Line(placeholder="A word of reason; enter lets it rest", id="reason")

    def on_mount(self) -> None:
        """Show the choices."""
        days = [((self._today + dt.timedelta(weeks=weeks)).isoformat(), says) for weeks, says in WEEKS]
        items = [Item(Content(f" {says}"), self._day(day), (day,)) for day, says in days]
        items.append(
            Item(Content(" Let it rest for good"), Content("with a word of reason").stylize("$text-muted"), (REST,))
        )
        choices = self.query_one(ItemList)
        choices.show(items)
        choices.focus()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Take a day, or ask for the reason."""
        key = self.query_one(ItemList).key_of_line(event.index)[0]
        if key == REST:
            self.add_class("-why")
            self.query_one(Line).focus()
        else:
            self.dismiss(Aside(until=key))

    @on(Line.Submitted)
    def take_reason(self, event: Line.Submitted) -> None:
        """Let it rest, with what was typed."""
        event.stop()
        self.dismiss(Aside(reason=event.value.strip()))

    def _day(self, day: str) -> Content:
        return Content(near_day(day, self._today)).stylize("$text-muted")
