"""What screens of the practice have in common: a figure as lines, a question at its end, and a key that writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual import on, work
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from reflect.tui.figure import Figure
from reflect.tui.screens.loop_screen import LoopScreen
from reflect.tui.trail import names_of, trail
from reflect.tui.widgets.item_list import ItemList

Found = TypeVar("Found")
# So much of the title line is left to the day at its right.
NOTE_WIDTH = 26


class FigureScreen(LoopScreen, Generic[Found]):
    """Reads something in a worker and shows it as lines; enter reads or writes, `w` answers the question."""

    CSS_PATH = "figure_screen.tcss"
    heading = ""
    is_left_when_gone = True

    lines = query_one("#figure", ItemList)

    class Ready(Message):
        """What is shown is here."""

        def __init__(self, found: object) -> None:
            super().__init__()
            self.found = found

    def __init__(self, path: str = "") -> None:
        super().__init__()
        # The record that is drawn, or from which one came.
        self._path = path
        self._found: Found | None = None
        self._figure = Figure()

    # What a screen says of itself

    def read(self) -> Found:
        """Return what is to be shown, asked of the workspace in a worker."""
        raise NotImplementedError

    def draw(self, found: Found, width: int) -> Figure:
        """Return it as lines of a width."""
        raise NotImplementedError

    @property
    def agenda_of_new(self) -> str:
        """The agenda to which a record belongs that is begun here, `""` for none."""
        return ""

    def first_line(self) -> int:
        """Return the line on which one begins."""
        return self.lines.cursor

    @property
    def crumb(self) -> str:
        """What this screen is called on the way back to it."""
        return self.heading

    # What it does

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield ItemList(id="figure")

    def arrive(self) -> None:
        """Say where one is, and give the keys to the lines."""
        self._show_way()
        self.lines.focus()

    def load(self) -> None:
        """Fetch what is shown."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        self.post_message(self.Ready(self.read()))

    @on(Ready)
    def take(self, event: Ready) -> None:
        """Show it."""
        self._found = event.found  # type: ignore[assignment]
        self.show()

    def show(self) -> None:
        """Draw anew what is known."""
        if self._found is not None:
            is_first = not self._figure.items
            self._figure = self.draw(self._found, self.room)
            self.lines.show(self._figure.items)
            if is_first:
                self.lines.cursor = self.first_line()
        self._show_way()

    def resized(self) -> None:
        """Draw anew for another width."""
        self.show()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Read a record, or begin what is missing."""
        doing = self._figure.doing_at(self.lines.key_of_line(event.index))
        if doing is not None:
            self.post_message(self.Found(doing, self.agenda_of_new))

    def action_write(self) -> None:
        """Answer the question that the figure ends in."""
        if self._figure.ask is not None:
            self.post_message(self.Found(self._figure.ask, self.agenda_of_new))

    def _show_way(self) -> None:
        names = names_of(self.app.screen_stack[:-1])
        self.title_line.where = trail(names, self.heading, self.app.size.width - NOTE_WIDTH)
