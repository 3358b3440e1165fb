"""A line at the foot of a page: words to find in it, and which of how many places one sees."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from reflect.tui.keys import bindings
from reflect.tui.widgets.line import Line
from reflect.tui.widgets.markdown_view import MarkdownView


class FindInPage(Horizontal):
    """Finds in a view as one types; enter goes to the next place, escape back to the page."""

    DEFAULT_CSS = """
    FindInPage { height: 1; display: none; padding: 0 1; }
    FindInPage.-open { display: block; }
    FindInPage > .label { width: auto; color: $text-muted; }
    FindInPage > #places { width: auto; padding: 0 1; color: $text-muted; }
    FindInPage > Line { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("find-in-page")

    class Closed(Message):
        """The page is read on."""

    def __init__(self, view: MarkdownView, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay the line out."""
        yield Static("Find in this record ", classes="label", markup=False)
        yield Line(id="words")
        yield Static("", id="places", markup=False)

    def open(self) -> None:
        """Show the line, with the words that were looked for last."""
        self.add_class("-open")
        self.query_one(Line).focus()
        self.look()

    @on(Line.Changed)
    def look(self) -> None:
        """Find what was typed."""
        self._say(*self._view.find(self.query_one(Line).value))

    @on(Line.Submitted)
    def go_on(self, event: Line.Submitted) -> None:
        """Go to the next place."""
        event.stop()
        self.action_next(1)

    def action_next(self, step: int) -> None:
        """Go to the next place, or the one before."""
        self._say(*self._view.find_next(step))

    def action_close(self) -> None:
        """Read on where one is."""
        self.remove_class("-open")
        self._view.find("")
        self._view.focus()
        self.post_message(self.Closed())

    def _say(self, which: int, count: int) -> None:
        words = f"{which:,} of {count:,}" if count else "nowhere" if self.query_one(Line).value.strip() else ""
        self.query_one("#places", Static).update(words)
