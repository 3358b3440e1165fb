"""A drawing of the system: the circles, channels, a lineage, versions, how findings travel. It ends in a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from reflect.exports.figures.drawings import DRAWINGS, Drawn, Look
from reflect.insights.views import Line
from reflect.store.catalog import Row
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.screens.loop_screen import LoopScreen
from reflect.tui.spoken import READER
from reflect.tui.trail import names_of, trail
from reflect.tui.view_lines import LINE, view_items
from reflect.tui.widgets.item_list import ItemList

# So much of the title line is left to the day at its right.
NOTE_WIDTH = 26
MARGIN = 4


class ViewScreen(LoopScreen):
    """One drawing; enter reads what a line leads to, `w` begins what the line, or the question, asks for."""

    CSS_PATH = "view.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("view")
    place = "view"

    lines = query_one("#view", ItemList)

    class Ready(Message):
        """The drawing is here, made for this width."""

        def __init__(self, drawn: Drawn, width: int) -> None:
            super().__init__()
            self.drawn = drawn
            self.width = width

    def __init__(self, name: str, path: str = "") -> None:
        super().__init__()
        self._wanted = name
        self._path = path
        self._drawn: Drawn | None = None
        self._width = 0

    @property
    def crumb(self) -> str:
        """What this screen is called on the way back to it."""
        return self._drawn.view.title if self._drawn else self._wanted.capitalize()

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield ItemList(id="view")

    def arrive(self) -> None:
        """Say where one is, and give the keys to the lines."""
        self._show_way()
        self.lines.focus()

    def load(self) -> None:
        """Draw what there is now."""
        self._load(self.room - MARGIN)

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self, width: int) -> None:
        workspace = self.workspace
        row = workspace.lookup.row(self._path) if self._path else None
        look = Look(row, max(width, 30), _day_of, READER.is_on)
        self.post_message(self.Ready(DRAWINGS[self._wanted].draw(workspace.system(), look), width))

    @on(Ready)
    def take(self, event: Ready) -> None:
        """Show it."""
        is_first = self._drawn is None
        self._drawn, self._width = event.drawn, event.width
        self.lines.show(view_items(event.drawn.view, event.width, self.desk.key_of("view.write")))
        if is_first:
            self.lines.action_first()
            self.lines.scroll_home(animate=False)
        self._show_way()

    def resized(self) -> None:
        """Draw anew for another width."""
        if self._drawn is not None and self._width != self.room - MARGIN:
            self.load()
        self._show_way()

    def failed(self, group: str, sentence: str) -> None:
        """Leave when there is nothing to show."""
        super().failed(group, sentence)
        if group == "load" and self.is_current:
            self.action_back()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Read what a line leads to, or begin what it offers."""
        what, *rest = self.lines.key_of_line(event.index) or ("",)
        if self._drawn is None or not what:
            return
        if what == LINE:
            self._open(self._drawn.view.lines[int(rest[0])])
        else:
            self.begin(self._drawn.view.offers[int(rest[0])])

    def action_write(self) -> None:
        """Begin what the line under the cursor asks for, else what the whole does."""
        line = self._line()
        if line is not None and line.offers:
            self.begin_one_of(line.offers)
        elif self._drawn is not None:
            self.begin_one_of(self._drawn.view.offers)

    def action_read_line(self) -> None:
        """Read what the line under the cursor leads to."""
        line = self._line()
        if line is not None and (line.ref or line.rowids):
            self._open(line)

    def _line(self) -> Line | None:
        what, *rest = self.lines.key or ("",)
        return self._drawn.view.lines[int(rest[0])] if self._drawn is not None and what == LINE else None

    def _open(self, line: Line) -> None:
        if line.ref:
            self.app.push_screen(places.reader(line.ref))
        elif line.rowids:
            self.app.push_screen(places.records_behind((line.says or line.text).strip(), line.rowids))
        else:
            self.begin_one_of(line.offers)

    def _show_way(self) -> None:
        names = names_of(self.app.screen_stack[:-1])
        self.title_line.where = trail(names, self.crumb, self.app.size.width - NOTE_WIDTH)


def _day_of(row: Row) -> str:
    return row.day
