"""Before going back to a state: what it would change, and the record as it would be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.keys import bindings
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page


class RestoreDialog(Dialog[bool]):
    """A page to read, and the question whether to go back; returns True for yes."""

    DEFAULT_CSS = """
    RestoreDialog > .frame { width: 88; height: 90%; }
    RestoreDialog MarkdownView { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("restore")
    heading = "Go back to this state?"

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    @property
    def foot(self) -> str:  # type: ignore[override]
        """The answers, with their keys as they are set."""
        key = self.desk.key_of
        yes, no = key("restore.restore"), key("dialog.leave")
        return f"{yes} restore it; the present state stays in history   {no} leave it as it is"

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        yield MarkdownView(id="preview")

    def on_mount(self) -> None:
        """Show the page."""
        view = self.query_one(MarkdownView)
        view.show(self._page)
        view.focus()

    def action_restore(self) -> None:
        """Answer yes."""
        self.dismiss(True)
