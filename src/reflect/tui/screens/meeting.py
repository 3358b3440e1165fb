"""What communities hold, for all eyes: a list, a find line, and a reader. Nothing private is fetched here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from reflect.records.query import Filters, parse_query
from reflect.records.textforms import folded
from reflect.store.catalog import Row
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.rows import list_rows
from reflect.tui.screens.desk_screen import WIDE, DeskScreen
from reflect.tui.shared_page import SharedReading, read_shared
from reflect.tui.widgets.line import Line
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.record_list import PAGE, ListRow, RecordList
from reflect.tui.words import plain_line

SHARED = Filters(is_shared=True)
MOST = 1000
NOTE = "nothing private is shown"
EMPTY = """Here the records of your communities will stand, for a projector or a shared screen.
You are in no community yet, so there is nothing to show.

Nothing of your journal is on this screen. esc leaves it, after a question."""
NOTHING_FOUND = "Nothing that is shared has these words."


class SharedScreen(DeskScreen):
    """A screen that others look at: it says so, and its own words alone are shown at once."""

    shows_places = False
    for_meetings = True

    def __init__(self) -> None:
        super().__init__()
        self._shown: SharedReading | None = None

    def arrive(self) -> None:
        """Say that this is the meeting view."""
        self.title_line.where = Content("Meeting view")
        self.title_line.note = Content(NOTE)

    def tell(self, sentence: str, severity: str = "information") -> None:
        """Say something at once: it is about what is shared."""
        self.desk.tell(sentence, severity, is_shared=True)

    @property
    def community(self) -> str:
        """Where something new would stand."""
        return ""

    @on(MarkdownView.Followed)
    def follow(self, event: MarkdownView.Followed) -> None:
        """Open what a link names, if it is shared too."""
        target = self._shown.targets.get(folded(event.target)) if self._shown else None
        if target is not None:
            self.app.push_screen(places.shared_reader(target))


class MeetingScreen(SharedScreen):
    """The records of all communities, newest first."""

    CSS_PATH = "meeting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("meeting")
    place = "meeting"

    class Loaded(Message):
        """The numbers of the shared records are here, with the first rows."""

        def __init__(
            self, rowids: Sequence[int], rows: dict[int, ListRow], text: str, communities: Sequence[str]
        ) -> None:
            super().__init__()
            self.rowids = rowids
            self.rows = rows
            self.text = text
            self.communities = communities

    class Filled(Message):
        """Rows that the list asked for are here."""

        def __init__(self, rows: dict[int, ListRow], asked: Sequence[int]) -> None:
            super().__init__()
            self.rows = rows
            self.asked = asked

    class Read(Message):
        """The record under the cursor is here."""

        def __init__(self, reading: SharedReading) -> None:
            super().__init__()
            self.reading = reading

    def __init__(self) -> None:
        super().__init__()
        self._communities: Sequence[str] = ()

    @property
    def community(self) -> str:
        """Where something new would stand: the community of the record under the cursor, else the first."""
        row = self.query_one(RecordList).row
        place = row.key.partition(":")[0] if row is not None else ""
        return place if place in self._communities else next(iter(self._communities), "")

    def body(self) -> Iterable[Widget]:
        """Return the find line, the list, and the reader beside it."""
        yield Line(placeholder="Find in what is shared", id="find")
        yield Horizontal(RecordList(id="records"), MarkdownView(id="beside"), id="columns")
        yield Static("", id="empty", markup=False)

    def arrive(self) -> None:
        """Begin in the list."""
        super().arrive()
        self.query_one(RecordList).focus()

    def load(self) -> None:
        """Fetch what is shared and has the words of the find line."""
        self._load(self.query_one("#find", Input).value)

    @on(Input.Changed, "#find")
    def find(self) -> None:
        """Find while one types."""
        self.load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self, text: str) -> None:
        catalog = self.workspace.catalog
        terms = parse_query(text, last_is_prefix=True).terms
        hits = catalog.search(terms, SHARED, MOST) if terms else []
        rowids = [hit.row.rowid for hit in hits] if terms else catalog.rowids(SHARED)
        here = [each.name for each in self.workspace.communities.here()]
        self.post_message(self.Loaded(rowids, self._rows(rowids[:PAGE]), text, here))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the list, or what this view is for."""
        records = self.query_one(RecordList)
        self._communities = event.communities
        records.show(event.rowids, event.rows, on=records.rowid)
        empty = self.query_one("#empty", Static)
        empty.update(NOTHING_FOUND if event.text.strip() else EMPTY)
        empty.display = not event.rowids
        self.query_one("#columns").display = bool(event.rowids)

    @on(RecordList.Wanted)
    @work(thread=True, exit_on_error=False, group="rows")
    def fetch(self, event: RecordList.Wanted) -> None:
        """Fetch the rows that came into view."""
        self.post_message(self.Filled(self._rows(event.rowids), event.rowids))

    @on(Filled)
    def fill(self, event: Filled) -> None:
        """Give the list its rows."""
        self.query_one(RecordList).fill(event.rows, event.asked)

    @on(RecordList.Highlighted)
    def look_beside(self) -> None:
        """Show the record under the cursor beside the list."""
        rowid = self.query_one(RecordList).rowid
        if rowid is not None and self.room >= WIDE:
            self._read(rowid)

    @work(thread=True, exclusive=True, exit_on_error=False, group="beside")
    def _read(self, rowid: int) -> None:
        for row in self.workspace.catalog.rows_of([rowid]):
            self.post_message(self.Read(read_shared(self.workspace, row)))

    @on(Read)
    def show_beside(self, event: Read) -> None:
        """Show a record beside the list."""
        if event.reading.row.rowid == self.query_one(RecordList).rowid:
            self._shown = event.reading
            self.query_one(MarkdownView).show(event.reading.page)

    @on(RecordList.Chosen)
    def open(self) -> None:
        """Read the record under the cursor on the whole screen."""
        rowid = self.query_one(RecordList).rowid
        if rowid is not None:
            self._open(rowid)

    @work(thread=True, exclusive=True, exit_on_error=False, group="open")
    def _open(self, rowid: int) -> None:
        for row in self.workspace.catalog.rows_of([rowid]):
            self.app.call_from_thread(self.app.push_screen, places.shared_reader(row))

    def action_find(self) -> None:
        """Type what to find."""
        self.query_one("#find", Input).focus()

    @on(Input.Submitted, "#find")
    def action_results(self) -> None:
        """Go to the list."""
        self.query_one(RecordList).focus()

    def action_back(self) -> None:
        """Go back to the list, clear what was to be found, or ask whether to leave."""
        box = self.query_one("#find", Input)
        if box.has_focus or box.value:
            box.value = ""
            self.query_one(RecordList).focus()
        else:
            self.desk.action_ask_to_leave_meeting()

    def resized(self) -> None:
        """Fill the pane beside when it comes into view."""
        self.look_beside()

    def _rows(self, rowids: Sequence[int]) -> dict[int, ListRow]:
        workspace, today = self.workspace, self.desk.now().date()
        rows = workspace.catalog.rows_of(rowids)
        return list_rows(rows, workspace.kinds_in({row.place for row in rows}), today, workspace.lang)


class SharedReaderScreen(SharedScreen):
    """One shared record on the whole screen."""

    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("shared-reader")
    place = "shared-reader"

    class Read(Message):
        """The record is here; `agenda` is the one there that it belongs to."""

        def __init__(self, reading: SharedReading, is_in: bool, agenda: str) -> None:
            super().__init__()
            self.reading = reading
            self.is_in = is_in
            self.agenda = agenda

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._row = row
        # Whether one is in its community, and the agenda that something new beside it would belong to.
        self._is_in = False
        self.agenda_id = ""

    @property
    def community(self) -> str:
        """Where something new would stand: beside the record."""
        return self._row.place if self._is_in else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer an answer where one can be given."""
        if action == "respond" and not (self._is_in and self._row.id):
            return False
        return super().check_action(action, parameters)

    async def action_respond(self) -> None:
        """Answer the record before the eyes of all, in its community."""
        await self.app.push_screen(places.responding(self._row.place, self._row.ref, for_meetings=True))

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        yield Horizontal(MarkdownView(id="text"), id="page")

    def arrive(self) -> None:
        """Give the keys to the page."""
        super().arrive()
        self.title_line.where = Content.assemble("Meeting view ", ("› ", "$text-muted"), plain_line(self._row.place))
        self.query_one(MarkdownView).focus()

    def load(self) -> None:
        """Read the record."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace, row = self.workspace, self._row
        is_in = row.place in [each.name for each in workspace.communities.here()]
        agenda = row.id if row.kind == "agenda" else row.agenda
        known = [each for each in workspace.catalog.with_ids([agenda]) if each.place == row.place]
        self.post_message(self.Read(read_shared(workspace, row), is_in, agenda if known else ""))

    @on(Read)
    def show(self, event: Read) -> None:
        """Show the record."""
        self._is_in, self.agenda_id = event.is_in, event.agenda
        self.refresh_bindings()
        self._shown = event.reading
        self.query_one(MarkdownView).show(event.reading.page)
