"""The agendas: one central question a line, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.records.query import Filters
from reflect.store.catalog import Row
from reflect.tui import places
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.words import counted, plain_line

EMPTY = """A learning agenda is one question that you pursue in the open: what you tried, what you
found, good and bad, what you decided, and why.

n begins one. Its title is the question, for example:
What makes families answer?"""


@dataclass(frozen=True)
class Line:
    """One agenda and how many records it has."""

    row: Row
    count: int


class AgendasScreen(DeskScreen):
    """All agendas; enter opens one as a tree."""

    CSS_PATH = "agendas.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    place = "agendas"

    class Loaded(Message):
        """The agendas are here."""

        def __init__(self, lines: list[Line]) -> None:
            super().__init__()
            self.lines = lines

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield ItemList(id="agendas")
        yield Static(EMPTY, id="empty", markup=False)

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content("Agendas")
        self.query_one(ItemList).focus()

    def load(self) -> None:
        """Fetch the agendas."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace = self.workspace
        lines = []
        for row in workspace.catalog.rows(Filters(kinds=("agenda",))):
            filters = workspace.filters(agendas=[row.path.split("/")[1] if "/" in row.path else row.path])
            lines.append(Line(row, max(0, workspace.catalog.count(filters) - 1)))
        self.post_message(self.Loaded(lines))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the agendas, or what an agenda is."""
        self.query_one(ItemList).show([_item(line) for line in event.lines])
        self.query_one(ItemList).display = bool(event.lines)
        empty = self.query_one("#empty", Static)
        empty.display = not event.lines
        if not self.desk.refresher.has_read:
            empty.update("Reading your journal …")
        else:
            empty.update(EMPTY)

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Open one agenda."""
        self.app.push_screen(places.agenda(self.query_one(ItemList).key_at(event.index)[0]))


def _item(line: Line) -> Item:
    left = Content.assemble(("  ▣ ", "$text-accent"), plain_line(line.row.title))
    says = ", ".join(filter(None, [line.row.text_of("status"), counted(line.count, "record")]))
    return Item(left, plain_line(says, "$text-muted"), (line.row.path,))
