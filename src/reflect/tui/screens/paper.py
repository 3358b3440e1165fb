"""A record as it would stand on paper: nothing around it, no colors, and where its links lead at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from reflect.records.record import Record
from reflect.tui.clipboard import copy, text_to_copy
from reflect.tui.keys import bindings
from reflect.tui.reading import paper
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page

MEASURE = 68


class PaperScreen(DeskScreen):
    """Only the page; escape leads back."""

    CSS_PATH = "paper.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("paper")
    place = "paper"
    is_left_when_gone = True

    class Read(Message):
        """The page is here."""

        def __init__(self, page: Page, record: Record) -> None:
            super().__init__()
            self.page = page
            self.record = record

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._record: Record | None = None

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        yield Horizontal(MarkdownView(id="paper", measure=MEASURE), id="sheet")

    def arrive(self) -> None:
        """Give the keys to the page."""
        self.query_one(MarkdownView).focus()

    def load(self) -> None:
        """Read the record."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        self.post_message(self.Read(paper(self.workspace, self._path), self.workspace.get(self._path)))

    @on(Read)
    def show(self, event: Read) -> None:
        """Show the page."""
        self._record = event.record
        self.query_one(MarkdownView).show(event.page)

    def action_copy(self) -> None:
        """Copy the text."""
        if self._record is not None:
            copy(self.desk, text_to_copy(self._record), "The text", self._record)
