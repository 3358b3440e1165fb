"""When to come back to something: words for a day, a week from now, or no day at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.errors import ReflectError
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.keys import bindings
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.widgets.line import Line
from reflect.tui.words import plain, short_day


class ComeBackDialog(Dialog[str]):
    """Asks for a day and returns it, `""` for none; escape is none too, for one is leaving."""

    DEFAULT_CSS = """
    ComeBackDialog ItemList { height: 2; margin-top: 1; }
    ComeBackDialog .sentence { height: auto; margin-bottom: 1; }
    ComeBackDialog .trouble { height: auto; color: $text-error; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("come-back")
    foot = "enter with nothing typed: no day   ↓ choose"

    class Understood(Message):
        """Words were understood as a day, or not."""

        def __init__(self, day: str, trouble: str) -> None:
            super().__init__()
            self.day = day
            self.trouble = trouble

    def __init__(self, label: str, sentence: str, today: dt.date) -> None:
        super().__init__()
        self.heading = label
        self._sentence = sentence
        self._today = today

    def body(self) -> Iterable[Widget]:
        """Return the line and the two answers that need no typing."""
        yield Static(plain(self._sentence), classes="sentence", markup=False)
        yield Line(placeholder="in a week, Thursday, 4 December …", id="words")
        yield Static("", classes="trouble", markup=False)
        yield ItemList(id="answers")

    def on_mount(self) -> None:
        """Show the answers."""
        week = (self._today + dt.timedelta(weeks=1)).isoformat()
        items = [
            Item(
                Content(" In a week"),
                Content(short_day(week, self._today)).stylize("$text-muted"),
                key=(week,),
            ),
            Item(Content(" Without a day"), key=("",)),
        ]
        self.query_one(ItemList).show(items)
        self.query_one(Line).focus()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Answer with what was chosen."""
        self.dismiss(self.query_one(ItemList).key_of_line(event.index)[0])

    def on_virtual_list_left_at_top(self) -> None:
        """Go back to the line from the first answer."""
        self.query_one(Line).focus()

    @on(Line.Submitted, "#words")
    def take_words(self, event: Line.Submitted) -> None:
        """Answer with the day that the words mean, or with none."""
        event.stop()
        if event.value.strip():
            self.understand(event.value)
        else:
            self.dismiss("")

    @work(thread=True, exclusive=True, exit_on_error=False, group="understand")
    def understand(self, words: str) -> None:
        """Work out which day is meant."""
        try:
            self.post_message(self.Understood(self.desk.workspace.when(words, is_ahead=True).text[:10], ""))
        except ReflectError as error:
            self.post_message(self.Understood("", str(error)))

    @on(Understood)
    def take_day(self, event: Understood) -> None:
        """Answer with the day, or say what was not understood."""
        if event.day:
            self.dismiss(event.day)
            return
        trouble = self.query_one(".trouble", Static)
        trouble.update(plain(event.trouble))
        trouble.display = True

    def action_answers(self) -> None:
        """Go to the answers that need no typing."""
        self.query_one(ItemList).focus()

    def action_leave(self) -> None:
        """Leave without a day."""
        self.dismiss("")
