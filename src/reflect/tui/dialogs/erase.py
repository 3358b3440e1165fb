"""The one question that a title answers: whether a record is to go for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from reflect.records.textforms import folded, one_line
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.keys import bindings
from reflect.tui.widgets.line import Line
from reflect.tui.words import plain


class EraseDialog(Dialog[bool]):
    """Says what goes and what stays, and has the title typed; returns True when it was."""

    DEFAULT_CSS = """
    EraseDialog {
        & #said { height: auto; max-height: 11; margin-bottom: 1; }
        & .sentence { height: auto; }
        & #trouble { height: auto; color: $text-error; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("erase")
    heading = "Erase it for good?"
    foot = "enter when the title is typed   esc keep it"

    def __init__(self, title: str, sentences: Sequence[str]) -> None:
        super().__init__()
        self._title = one_line(title)
        self._sentences = sentences

    def body(self) -> Iterable[Widget]:
        """Return what goes and what stays, and the line."""
        said = (Static(plain(f"· {each}"), classes="sentence", markup=False) for each in self._sentences)
        yield VerticalScroll(*said, id="said", can_focus=False)
        yield Line(placeholder="To erase it, type its title", id="title")
        yield Static("", id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Line).focus()

    def action_read_on(self, step: int) -> None:
        """Show the lines that had no room."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    @on(Line.Submitted, "#title")
    def answer(self, event: Line.Submitted) -> None:
        """Answer when it is the title, and say so when it is not."""
        event.stop()
        if folded(one_line(event.value)) == folded(self._title):
            self.dismiss(True)
        else:
            self.query_one("#trouble", Static).update(plain("That is not its title; nothing was erased."))
