"""The records behind a line of a figure, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reflect.records.wording import counted
from reflect.tui import places
from reflect.tui.rows import list_rows
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.record_list import PAGE, ListRow, RecordList
from reflect.tui.words import plain_line


class RecordsBehindScreen(DeskScreen):
    """A list of records; enter reads one."""

    BINDINGS: ClassVar[list[BindingType]] = []
    place = "patterns"

    class Loaded(Message):
        """The records are here, the first of them as rows."""

        def __init__(self, rowids: Sequence[int], rows: dict[int, ListRow]) -> None:
            super().__init__()
            self.rowids = rowids
            self.rows = rows

    class Filled(Message):
        """Rows that came into view are here."""

        def __init__(self, rows: dict[int, ListRow], asked: Sequence[int]) -> None:
            super().__init__()
            self.rows = rows
            self.asked = asked

    def __init__(self, title: str, rowids: Sequence[int]) -> None:
        super().__init__()
        self._title = title
        self._rowids = rowids

    @property
    def crumb(self) -> str:
        """What this list is called on the way back to it."""
        return self._title

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield RecordList(id="records")

    def arrive(self) -> None:
        """Say where one is."""
        says = f" · {counted(len(self._rowids), 'record')}"
        where = Content.assemble(("‹ Patterns › ", "$text-muted"), plain_line(self._title), (says, "$text-muted"))
        self.title_line.where = where
        self.query_one(RecordList).focus()

    def load(self) -> None:
        """Fetch the first of the records."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        rowids = self.workspace.counts.newest_first(self._rowids)
        self.post_message(self.Loaded(rowids, self._rows(rowids[:PAGE])))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the records."""
        self.query_one(RecordList).show(event.rowids, event.rows)

    @on(RecordList.Wanted)
    def fetch(self, event: RecordList.Wanted) -> None:
        """Fetch what came into view."""
        self._fetch(event.rowids)

    @work(thread=True, exit_on_error=False, group="rows")
    def _fetch(self, rowids: list[int]) -> None:
        self.post_message(self.Filled(self._rows(rowids), rowids))

    @on(Filled)
    def fill(self, event: Filled) -> None:
        """Show what was fetched."""
        self.query_one(RecordList).fill(event.rows, event.asked)

    @on(RecordList.Chosen)
    def open(self) -> None:
        """Read the record under the cursor."""
        row = self.query_one(RecordList).row
        if row is not None:
            self.app.push_screen(places.reader(row.key))

    def _rows(self, rowids: Sequence[int]) -> dict[int, ListRow]:
        workspace, today = self.workspace, self.desk.now().date()
        rows = workspace.catalog.rows_of(rowids)
        return list_rows(rows, workspace.kinds_in({row.place for row in rows}), today, workspace.lang)
