"""The agendas: one central question a line, with where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from reflect.insights.agenda import Agenda
from reflect.records.wording import counted
from reflect.store.catalog import Row
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.screens.desk_screen import WIDE, DeskScreen
from reflect.tui.tree import marks
from reflect.tui.widgets.item_list import SPACE, Item, ItemList
from reflect.tui.words import plain_line, short_day

EMPTY = """A learning agenda is one question that you pursue in the open: what you tried, what you found, \
good and bad, what you decided, and why.

n begins one. Its title is the question, for example:
What makes families answer?

n also leads to examples to start from."""


# Those that are pursued come first.
ORDER = {"open": 0, "": 0, "shaping": 1, "resting": 2, "closed": 3}


@dataclass(frozen=True)
class Line:
    """One agenda; what it takes to know all of it comes a moment later."""

    row: Row
    agenda: Agenda | None = None

    @property
    def last_day(self) -> str:
        """The day of its newest record."""
        return max([self.row.day, *(row.day for row in self.agenda.rows)]) if self.agenda else self.row.day


class AgendasScreen(DeskScreen):
    """All agendas; enter opens one as a tree."""

    CSS_PATH = "agendas.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("agendas")
    place = "agendas"

    class Loaded(Message):
        """The agendas are here."""

        def __init__(self, lines: list[Line]) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

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
        workspace, worker = self.workspace, get_current_worker()
        rows = workspace.finder.agendas()
        known = {line.row.ref: line.agenda for line in self._lines}
        self.post_message(self.Loaded([Line(row, known.get(row.ref)) for row in rows]))
        lines = []
        for row in rows:
            if worker.is_cancelled:
                return
            lines.append(Line(row, workspace.agenda(row.ref)))
        self.post_message(self.Loaded(lines))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the agendas, or what an agenda is."""
        self._lines = sorted(event.lines, key=lambda line: line.last_day, reverse=True)
        self._lines.sort(key=lambda line: ORDER.get(line.row.text_of("status"), 0))
        self._show_lines()
        self.query_one(ItemList).display = bool(event.lines)
        empty = self.query_one("#empty", Static)
        empty.display = not event.lines
        if not self.desk.refresher.has_read:
            empty.update("Reading your journal …")
        else:
            empty.update(EMPTY)

    def resized(self) -> None:
        """Say as much of each agenda as there is room for."""
        self._show_lines()

    def _show_lines(self) -> None:
        today, is_wide = self.desk.now().date(), self.room >= WIDE
        items = [each for line in self._lines for each in _items(line, today, is_wide)]
        self.query_one(ItemList).show(items)

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Open one agenda."""
        self.app.push_screen(places.agenda(self.query_one(ItemList).key_of_line(event.index)[0]))


def _items(line: Line, today: dt.date, is_wide: bool) -> list[Item]:
    """Return an agenda as two lines: its question, and where it stands."""
    left = Content.assemble(("  ▣ ", "$text-accent"), plain_line(line.row.title))
    status = plain_line(line.row.text_of("status"), "$text-muted")
    if line.row.problem:
        return [Item(left, plain_line(f"! unreadable: {line.row.problem}", "$text-error"), (line.row.ref,))]
    agenda = line.agenda
    if agenda is None:
        return [Item(left, status, (line.row.ref,)), SPACE]
    says = [counted(len(agenda.rows), "record"), f"last {short_day(line.last_day, today)}"]
    says += [counted(len(agenda.loops), "open loop")] * bool(agenda.loops)
    below = Content.assemble("    ", marks(agenda.openness, is_wide), ("   " + " · ".join(says), "$text-muted"))
    return [Item(left, status, (line.row.ref,)), Item(below), SPACE]
