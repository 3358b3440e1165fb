"""Search: one box, and what matches while one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from reflect.errors import ReflectError
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.rows import list_row
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.line import Line
from reflect.tui.widgets.record_list import ListRow, RecordList
from reflect.tui.words import counted, plain

MOST = 200
HINT = "kind:finding  tag:equity  lens:call-in  agenda:…  since:2026-09-01  until:yesterday  “a phrase”"
EMPTY = "Words find records that have all of them. The last word matches as you type it."


class SearchScreen(DeskScreen):
    """The box, the hits, and what a filter looks like."""

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    place = "search"
    shows_places = False

    class Found(Message):
        """What a text found; `trouble` says what in it means nothing."""

        def __init__(self, text: str, rows: list[ListRow], trouble: str = "") -> None:
            super().__init__()
            self.text = text
            self.rows = rows
            self.trouble = trouble

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text

    def body(self) -> Iterable[Widget]:
        """Return the box and the list."""
        yield Line(self._text, placeholder="Search your journal", id="box")
        yield Static(plain(HINT), id="hint", markup=False)
        yield Static(plain(EMPTY), id="says", markup=False)
        yield RecordList(id="hits", row_height=2)

    def arrive(self) -> None:
        """Begin in the box."""
        self.title_line.where = Content("Search")
        self.foot_line.note = Content("↓ results  enter open").stylize("$text-muted")
        self.set_focus(self.query_one("#box"))

    def load(self) -> None:
        """Search again."""
        text = self.query_one("#box", Input).value
        if text.strip():
            self.find(text)

    @on(Input.Changed, "#box")
    def type(self, event: Input.Changed) -> None:
        """Search for what stands there now."""
        if event.value.strip():
            self.find(event.value)
        else:
            self.workers.cancel_group(self, "find")
            self.query_one(RecordList).show([], {})
            self._say(EMPTY)

    @work(thread=True, exclusive=True, exit_on_error=False, group="find")
    def find(self, text: str) -> None:
        """Find what matches; a search that was overtaken by the next key is not begun."""
        worker = get_current_worker()
        if worker.is_cancelled:
            return
        workspace = self.workspace
        try:
            query = workspace.query(text, typing=True)
        except ReflectError as error:
            # While a filter is being typed it means nothing yet: that is said, and is no failure.
            self.post_message(self.Found(text, [], str(error)))
            return
        # The catalog is asked directly: to look at each hit's file would be felt at each key.
        hits = workspace.catalog.search(query.terms, query.filters, MOST)
        today, lang = self.desk.now().date(), workspace.lang
        rows = [list_row(hit.row, workspace.kinds.find(hit.row.kind), today, lang, hit.snippet) for hit in hits]
        if not worker.is_cancelled:
            self.post_message(self.Found(text, rows))

    @on(Found)
    def show(self, event: Found) -> None:
        """Show what was found, unless the text has changed since."""
        if event.text != self.query_one("#box", Input).value:
            return
        self.query_one(RecordList).show([row.rowid for row in event.rows], {row.rowid: row for row in event.rows})
        if event.trouble:
            self._say(event.trouble)
        elif event.rows:
            more = " or more" if len(event.rows) == MOST else ""
            self._say(f"{counted(len(event.rows), 'record')}{more}")
        else:
            self._say("Nothing has these words. Fewer words, or the beginning of one, find more.")

    @on(Input.Submitted, "#box")
    def action_results(self) -> None:
        """Go into the list; from the box, enter opens the only hit."""
        hits = self.query_one(RecordList)
        if hits.count == 1:
            self.open()
        elif hits.count:
            hits.focus()

    @on(RecordList.Chosen)
    def open(self) -> None:
        """Read the record under the cursor."""
        row = self.query_one(RecordList).row
        if row is not None:
            self.app.push_screen(places.reader(row.key))

    @on(RecordList.LeftAtTop)
    def to_the_box(self) -> None:
        """Go back to typing."""
        self.query_one("#box", Input).focus()

    async def action_edit(self) -> None:
        """Write on the record under the cursor."""
        row = self.query_one(RecordList).row
        if row is not None:
            await self.app.push_screen(places.writing(path=row.key))

    def action_back(self) -> None:
        """Go from the list to the box, from the box to where one was."""
        box = self.query_one("#box", Input)
        if self.query_one(RecordList).has_focus:
            box.focus()
        else:
            super().action_back()

    def _say(self, words: str) -> None:
        self.query_one("#says", Static).update(plain(words))
