"""Reading one record: its text, what leads to and from it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reflect.records.textforms import folded
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.messages import Done, Refreshed
from reflect.tui.outside_editor import edit_file
from reflect.tui.reading import Reading, read
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.words import plain_line


class ReaderScreen(DeskScreen):
    """One record; links lead on, escape leads back."""

    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("reader")
    place = "reader"

    class Read(Message):
        """The record is here."""

        def __init__(self, reading: Reading) -> None:
            super().__init__()
            self.reading = reading

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self._title = ""
        self._problem = ""
        self._targets: Mapping[str, str] = {}
        self._shown: Reading | None = None

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        yield Horizontal(MarkdownView(id="text"), id="page")

    def arrive(self) -> None:
        """Give the keys to the page."""
        self.query_one(MarkdownView).focus()

    def load(self) -> None:
        """Read the record."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        self.post_message(self.Read(read(self.workspace, self.path, self.desk.now().date())))

    @on(Read)
    def show(self, event: Read) -> None:
        """Show the record; where it did not change, one stays at one's line."""
        reading = event.reading
        self.path, self._title, self._problem = reading.path, reading.title, reading.problem
        self._targets = reading.targets
        self.title_line.where = Content.assemble(("‹ ", "$text-muted"), plain_line(reading.label))
        if reading != self._shown:
            self._shown = reading
            self.query_one(MarkdownView).show(reading.page)

    def failed(self, group: str, sentence: str) -> None:
        """Leave when there is nothing to read: the record is gone."""
        super().failed(group, sentence)
        if group == "load" and self.is_current:
            self.action_back()

    @on(MarkdownView.Followed)
    def follow(self, event: MarkdownView.Followed) -> None:
        """Open what a link names."""
        target = self._targets.get(folded(event.target)) or (event.target if event.target.endswith(".md") else "")
        if target:
            self.app.push_screen(places.reader(target))
        else:
            self.tell(f"No record, or more than one, is called “{event.target}”. Search finds by words, with /.")

    async def action_edit(self) -> None:
        """Write on the record."""
        if self._problem:
            self.tell("This record cannot be read, so it has no form. o opens it in an editor of your own.")
        else:
            await self.app.push_screen(places.writing(path=self.path))

    def action_history(self) -> None:
        """Show the states of the record."""
        self.app.push_screen(places.history(self.path, self._title))

    def action_open_outside(self) -> None:
        """Open the file in an editor of one's own, and take up what was changed."""
        if edit_file(self.desk, self.workspace.vault.root / self.path):
            self._take_up()

    def action_delete(self) -> None:
        """Delete the record; a toast says how to have it back."""
        self._delete()

    @work(thread=True, exclusive=True, exit_on_error=False, group="take-up")
    def _take_up(self) -> None:
        self.workspace.indexer.refresh_files([self.path])
        self.workspace.take_up([self.path])
        self.post_message(Refreshed(True, [], is_full=False))

    @work(thread=True, exclusive=True, exit_on_error=False, group="delete")
    def _delete(self) -> None:
        workspace = self.workspace
        record = workspace.delete(self.path)

        def bring_back() -> str:
            return f"“{workspace.restore(record.path).record.title}” is back."

        self.post_message(Done(f"“{record.title}” is deleted.", bring_back))

    @on(Done)
    def leave(self) -> None:
        """Go back to where one was; the app says what was deleted."""
        self.action_back()
