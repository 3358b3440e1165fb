"""A page of help for one kind of record, to be read without leaving what one writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page


class HelpPageDialog(Dialog[None]):
    """Shows the page; it scrolls."""

    DEFAULT_CSS = """
    HelpPageDialog > .frame { width: 84; height: 90%; }
    HelpPageDialog MarkdownView { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    foot = "↓ ↑ space read on   esc back"

    class Loaded(Message):
        """The page is here."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, heading: str, kind_name: str, otherwise: str) -> None:
        super().__init__()
        self.heading = heading
        self._kind_name = kind_name
        self._otherwise = otherwise

    def body(self) -> Iterable[Widget]:
        """Return the page, still empty."""
        yield MarkdownView(id="help-page", measure=74)

    def on_mount(self) -> None:
        """Read the page."""
        self.query_one(MarkdownView).focus()
        self.load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def load(self) -> None:
        """Read the page from where it ships."""
        from reflect.store.kind_files import help_page

        self.post_message(self.Loaded(help_page(self._kind_name) or self._otherwise))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the page."""
        self.query_one(MarkdownView).show(Page(event.text))
