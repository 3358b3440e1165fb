"""The journal: reflections and call-ins under their months, with what is filtered always in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from reflect.errors import ReflectError
from reflect.records.query import ORDERS, Filters, parts_of
from reflect.store.conditions import Terms
from reflect.tui import places
from reflect.tui.columns import KindColumns
from reflect.tui.keys import bindings
from reflect.tui.listing import NOTHING, Listing, Wanted, index_of_day, list_records, rows_for
from reflect.tui.offering import Vocabulary
from reflect.tui.screens.panes import PanesScreen
from reflect.tui.widgets.columns import ColumnHeads
from reflect.tui.widgets.completed_line import CompletedLine
from reflect.tui.widgets.filter_bar import FilterBar, Shown
from reflect.tui.widgets.record_list import BEFORE_TITLE, PAGE, ListRow, RecordList

FILTER_HINT = "kind:finding tag:equity lens:call-in agenda:… since:2026-09-01 until:today, or words"
ORDER_WORDS = {
    "newest": "newest first",
    "oldest": "oldest first",
    "title": "by title",
    "changed": "last changed first",
    "longest": "longest first",
}


class JournalScreen(PanesScreen):
    """The list; beside it a reader, and what leads to a record and from it, where there is room."""

    CSS_PATH = "journal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("marks"), *bindings("journal")]
    place = "journal"

    class Loaded(Message):
        """The numbers of the records are here, with the first rows."""

        def __init__(self, listing: Listing) -> None:
            super().__init__()
            self.listing = listing

    class Filled(Message):
        """Rows that the list asked for are here."""

        def __init__(self, rows: dict[int, ListRow], asked: Sequence[int]) -> None:
            super().__init__()
            self.rows = rows
            self.asked = asked

    class Known(Message):
        """What filters can be completed with is here."""

        def __init__(self, vocabulary: Vocabulary) -> None:
            super().__init__()
            self.vocabulary = vocabulary

    class Found(Message):
        """The row nearest to a day is here; `trouble` says why there is none."""

        def __init__(self, text: str, index: int = 0, trouble: str = "") -> None:
            super().__init__()
            self.text = text
            self.index = index
            self.trouble = trouble

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._listing = NOTHING
        # The day that is being gone to, as it was typed.
        self._day = ""

    def body(self) -> Iterable[Widget]:
        """Return the filter bar, the list, and the panes beside it."""
        records = RecordList(id="records")
        yield FilterBar(id="filtered")
        yield CompletedLine(placeholder=FILTER_HINT, line_id="filter", id="filter-line")
        heads = ColumnHeads(records, BEFORE_TITLE, id="heads")
        yield Horizontal(Vertical(heads, records, id="list"), *self.panes(), id="columns")
        yield Static("", id="empty", markup=False)

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content("Journal")
        self.records.focus()

    def load(self) -> None:
        """Fetch the numbers of all records that match, and the rows around the cursor."""
        is_as_before = self._wanted.order == self._listing.wanted.order
        self._load(self._wanted, max(0, self.records.cursor - PAGE // 2) if is_as_before else 0)

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self, wanted: Wanted, start: int) -> None:
        self.post_message(self.Loaded(list_records(self.workspace, wanted, start, self.desk.now().date())))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the list; the cursor stays on its record, unless the order is another."""
        listing, before = event.listing, self._listing
        self._listing = listing
        columns = listing.columns.heads if listing.columns else ()
        self.records.columns = columns
        is_as_before = listing.wanted.order == before.wanted.order
        on = self.records.rowid if is_as_before or not listing.rowids else listing.rowids[0]
        self.records.show(listing.rowids, listing.rows, on, listing.headings)
        self.query_one(ColumnHeads).columns = columns
        self.marks_changed()
        self._show_empty(not listing.rowids)
        if self._day:
            self._find_day(self._day, listing)

    @on(RecordList.Wanted)
    def fetch(self, event: RecordList.Wanted) -> None:
        """Fetch the rows that came into view."""
        self._fetch(event.rowids, self._listing.columns)

    @work(thread=True, exit_on_error=False, group="rows")
    def _fetch(self, rowids: Sequence[int], columns: KindColumns | None) -> None:
        found = self.workspace.catalog.rows_of(rowids)
        rows = rows_for(self.workspace, found, columns, self.desk.now().date())
        self.post_message(self.Filled(rows, rowids))

    @on(Filled)
    def fill(self, event: Filled) -> None:
        """Give the list its rows."""
        self.records.fill(event.rows, event.asked)

    def matching(self) -> tuple[Filters, Terms]:
        """Return what is shown: the filters, and the words that have to occur."""
        return self._listing.filters, self._listing.terms

    def marks_changed(self) -> None:
        """Show which records are marked, and how many."""
        super().marks_changed()
        wanted, kind = self._wanted, self._listing.columns.kind if self._listing.columns else None
        base = "all kinds" if wanted.shows_all else "reflections and call-ins"
        if "kind:" in wanted.filter:
            base = "private" if kind and kind.is_private else ""
        parts = parts_of(wanted.filter)
        count = len(self._listing.rowids)
        shown = Shown(base, parts, count, len(self.marks), ORDER_WORDS[wanted.order])
        self.query_one(FilterBar).shown = shown

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave a key to what is done with marks, and tab to the line in which one types."""
        if action == "clear":
            return not self.marks
        if action == "pane":
            return not self.query_one("#filter").has_focus
        return super().check_action(action, parameters)

    # What is shown

    def want(self, wanted: Wanted) -> None:
        """Show something else; marks of what may be out of sight then go."""
        if (wanted.filter, wanted.shows_all) != (self._wanted.filter, self._wanted.shows_all):
            self.marks.clear()
        self._wanted = wanted
        self.reload()

    def action_toggle_all(self) -> None:
        """Show all kinds of record, or reflections and call-ins."""
        self.want(replace(self._wanted, shows_all=not self._wanted.shows_all))

    def action_order(self) -> None:
        """Show the records in the next order, from its beginning."""
        following = ORDERS[(ORDERS.index(self._wanted.order) + 1) % len(ORDERS)]
        self.want(replace(self._wanted, order=following))

    def action_filter(self) -> None:
        """Type what to show."""
        box = self.query_one("#filter", Input)
        box.value = self._wanted.filter + " " * bool(self._wanted.filter)
        box.cursor_position = len(box.value)
        self.query_one("#filter-line").display = True
        box.focus()
        self._know()

    @work(thread=True, exclusive=True, exit_on_error=False, group="words")
    def _know(self) -> None:
        from reflect.tui.vocabulary import filter_words

        self.post_message(self.Known(filter_words(self.workspace)))

    @on(Known)
    def take_words(self, event: Known) -> None:
        """Complete filters from now on."""
        self.query_one(CompletedLine).know(event.vocabulary)

    @on(Input.Submitted, "#filter")
    def take_filter(self, event: Input.Submitted) -> None:
        """Show what was asked for."""
        self._close_filter()
        self.want(replace(self._wanted, filter=event.value.strip()))

    @on(FilterBar.Removed)
    def remove_part(self, event: FilterBar.Removed) -> None:
        """Take one filter away."""
        parts = parts_of(self._wanted.filter)
        self.want(replace(self._wanted, filter=" ".join(parts[: event.index] + parts[event.index + 1 :])))

    def action_clear_last(self) -> None:
        """Take the last filter away."""
        parts = parts_of(self._wanted.filter)
        if parts:
            self.want(replace(self._wanted, filter=" ".join(parts[:-1])))

    def action_clear(self) -> None:
        """Show everything again."""
        self.want(replace(self._wanted, filter=""))

    def action_back(self) -> None:
        """Leave the filter, or another pane; take marks away, then the filter."""
        if self.query_one("#filter").has_focus:
            self._close_filter()
        elif self.focused not in (None, self.records):
            self.records.focus()
        elif not self.let_go() and self._wanted.filter:
            self.action_clear()

    def failed(self, group: str, sentence: str) -> None:
        """Say what did not work; a filter that means nothing is taken away."""
        super().failed(group, sentence)
        if group == "load" and self._wanted.filter:
            self.action_clear()

    # Where in it

    def action_month(self, step: int) -> None:
        """Go to the next month, or the one before."""
        self.records.action_group(step)

    def action_ask_day(self) -> None:
        """Ask for a day to go to."""
        self.ask_day("", "")

    def ask_day(self, value: str, trouble: str) -> None:
        """Ask for a day; `trouble` says what was wrong with the one before."""
        dialog = places.ask_line("Go to a day", "2026-11-01, last friday, 3 months ago", value, trouble)
        self.app.push_screen(dialog, self._go_to_day)

    def _go_to_day(self, text: str | None) -> None:
        if text:
            self._day = text
            if self._wanted.is_by_date:
                self._find_day(text, self._listing)
            else:
                # The list that has days in order comes first.
                self.want(replace(self._wanted, order=ORDERS[0]))

    @work(thread=True, exclusive=True, exit_on_error=False, group="day")
    def _find_day(self, text: str, listing: Listing) -> None:
        try:
            day = dt.date.fromisoformat(self.workspace.when(text).day)
        except ReflectError as error:
            self.post_message(self.Found(text, trouble=str(error)))
            return
        self.post_message(self.Found(text, index_of_day(self.workspace.catalog, listing, day)))

    @on(Found)
    def go_to(self, event: Found) -> None:
        """Go to the record nearest to a day, or ask again."""
        self._day = ""
        if event.trouble:
            self.ask_day(event.text, event.trouble)
        else:
            self.records.go_to(event.index)

    def _close_filter(self) -> None:
        self.query_one("#filter-line").display = False
        self.records.focus()

    def _show_empty(self, is_empty: bool) -> None:
        if self._wanted.filter:
            words = "Nothing here matches the filter. x takes it away."
        elif not self.desk.refresher.has_read:
            words = "Reading your journal …"
        else:
            words = "Here your reflections and call-ins will stand, newest first.\n\nn begins one, a shows all kinds."
        self.query_one("#empty", Static).update(words)
        self.query_one("#empty").display = is_empty
        self.query_one("#columns").display = not is_empty
        if not is_empty and self.focused is None:
            self.records.focus()
