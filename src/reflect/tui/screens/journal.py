"""The journal: reflections and call-ins, newest first, with what is filtered always in view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from reflect.records.query import Filters
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.reading import Reading, read
from reflect.tui.rows import list_rows
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.line import Line
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.record_list import PAGE, ListRow, RecordList
from reflect.tui.words import counted, plain_line

OWN_KINDS = ("reflection", "call-in")
WIDE = 100
FILTER_HINT = "kind:finding tag:equity lens:call-in agenda:… since:2026-09-01 until:today"


class JournalScreen(DeskScreen):
    """The list, and a reader beside it where there is room."""

    CSS_PATH = "journal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("journal")
    place = "journal"

    class Loaded(Message):
        """The numbers of the records are here, with the first rows."""

        def __init__(self, rowids: Sequence[int], rows: dict[int, ListRow], filters: Filters) -> None:
            super().__init__()
            self.rowids = rowids
            self.rows = rows
            self.filters = filters

    class Filled(Message):
        """Rows that the list asked for are here."""

        def __init__(self, rows: dict[int, ListRow], asked: Sequence[int]) -> None:
            super().__init__()
            self.rows = rows
            self.asked = asked

    class Read(Message):
        """The record under the cursor is here, to be read beside the list."""

        def __init__(self, reading: Reading) -> None:
            super().__init__()
            self.reading = reading

    def __init__(self) -> None:
        super().__init__()
        self._shows_all = False
        self._filter = ""
        self._targets: Mapping[str, str] = {}

    def body(self) -> Iterable[Widget]:
        """Return the filter bar, the list, and the reader beside it."""
        yield Static("", id="filtered", markup=False)
        yield Line(placeholder=FILTER_HINT, id="filter")
        yield Horizontal(RecordList(id="records"), MarkdownView(id="beside"), id="columns")
        yield Static("", id="empty", markup=False)

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content("Journal")
        self.query_one(RecordList).focus()

    def load(self) -> None:
        """Fetch the numbers of all records that match, and the rows around the cursor."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace = self.workspace
        filters = workspace.query(self._filter).filters if self._filter else Filters()
        if not self._shows_all and not filters.kinds:
            filters = replace(filters, kinds=OWN_KINDS)
        rowids = workspace.catalog.rowids(filters)
        start = max(0, self.query_one(RecordList).cursor - PAGE // 2)
        found = workspace.catalog.rows_of(rowids[start : start + PAGE])
        rows = list_rows(found, workspace.kinds, self.desk.now().date(), workspace.lang)
        self.post_message(self.Loaded(rowids, rows, filters))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the list; the cursor stays on its record."""
        records = self.query_one(RecordList)
        records.show(event.rowids, event.rows, on=records.rowid)
        count = counted(len(event.rowids), "record")
        self.query_one("#filtered", Static).update(plain_line(f"{self._says()} · {count}"))
        self._show_empty(not event.rowids)

    @on(RecordList.Wanted)
    @work(thread=True, exit_on_error=False, group="rows")
    def fetch(self, event: RecordList.Wanted) -> None:
        """Fetch the rows that came into view."""
        workspace = self.workspace
        found = workspace.catalog.rows_of(event.rowids)
        rows = list_rows(found, workspace.kinds, self.desk.now().date(), workspace.lang)
        self.post_message(self.Filled(rows, event.rowids))

    @on(Filled)
    def fill(self, event: Filled) -> None:
        """Give the list its rows."""
        self.query_one(RecordList).fill(event.rows, event.asked)

    @on(RecordList.Highlighted)
    def look_beside(self) -> None:
        """Show the record under the cursor beside the list."""
        row = self.query_one(RecordList).row
        if row is not None and self.app.size.width >= WIDE:
            self.read_beside(row.key)

    @work(thread=True, exclusive=True, exit_on_error=False, group="beside")
    def read_beside(self, path: str) -> None:
        """Read a record for the pane beside the list."""
        self.post_message(self.Read(read(self.workspace, path, self.desk.now().date())))

    @on(Read)
    def show_beside(self, event: Read) -> None:
        """Show a record beside the list."""
        row = self.query_one(RecordList).row
        if row is not None and row.key == event.reading.path:
            self._targets = event.reading.targets
            self.query_one(MarkdownView).show(event.reading.page)

    @on(MarkdownView.Followed)
    def follow(self, event: MarkdownView.Followed) -> None:
        """Open what a link names."""
        self.app.push_screen(places.reader(self._targets.get(event.target, event.target)))

    @on(RecordList.Chosen)
    def open(self) -> None:
        """Read the record under the cursor."""
        row = self.query_one(RecordList).row
        if row is not None:
            self.app.push_screen(places.reader(row.key))

    def action_toggle_all(self) -> None:
        """Show all kinds of record, or reflections and call-ins."""
        self._shows_all = not self._shows_all
        self.reload()

    async def action_edit(self) -> None:
        """Write on the record under the cursor."""
        row = self.query_one(RecordList).row
        if row is not None:
            await self.app.push_screen(places.writing(path=row.key))

    def action_filter(self) -> None:
        """Type what to show."""
        box = self.query_one("#filter", Input)
        box.value = self._filter
        box.display = True
        box.focus()

    def action_clear(self) -> None:
        """Show everything again."""
        self._filter = ""
        self.reload()

    def action_back(self) -> None:
        """Leave the filter, or take it away."""
        if self.query_one("#filter", Input).has_focus:
            self._close_filter()
        elif self._filter:
            self.action_clear()

    @on(Input.Submitted, "#filter")
    def take_filter(self, event: Input.Submitted) -> None:
        """Show what was asked for."""
        self._filter = event.value.strip()
        self._close_filter()
        self.reload()

    def failed(self, group: str, sentence: str) -> None:
        """Say what did not work; a filter that means nothing is taken away."""
        super().failed(group, sentence)
        if group == "load" and self._filter:
            self.action_clear()

    def resized(self) -> None:
        """Fill the pane beside when it comes into view."""
        self.look_beside()

    def _close_filter(self) -> None:
        self.query_one("#filter", Input).display = False
        self.query_one(RecordList).focus()

    def _says(self) -> str:
        kinds = "all kinds" if self._shows_all else "reflections and call-ins"
        if "kind:" in self._filter:
            return self._filter
        return f"{kinds} · {self._filter} · x no filter" if self._filter else kinds

    def _show_empty(self, is_empty: bool) -> None:
        if self._filter:
            words = "Nothing here matches the filter. x takes it away."
        elif not self.desk.refresher.has_read:
            words = "Reading your journal …"
        else:
            words = "Here your reflections and call-ins will stand, newest first.\n\nn begins one, a shows all kinds."
        self.query_one("#empty", Static).update(words)
        self.query_one("#empty").display = is_empty
        self.query_one("#columns").display = not is_empty
