"""Search: one box, and what matches while one types; before that, what was searched for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker

from reflect.errors import ReflectError
from reflect.records.kinds import Kind
from reflect.records.wording import counted
from reflect.store.catalog import MARK_START, Hit
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.offering import Vocabulary
from reflect.tui.rows import list_row
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.completed_line import CompletedLine
from reflect.tui.widgets.item_list import ItemList
from reflect.tui.widgets.record_list import ListRow, RecordList
from reflect.tui.widgets.remembered_list import SAVED, RememberedList
from reflect.tui.words import plain

MOST = 100
HINT = "kind:finding  tag:equity  lens:call-in  agenda:…  since:2026-09-01  until:yesterday  “a phrase”"
ONE_MORE = "One letter more, and there is something to find."
FIND = "find"
EMPTY = "Words find records that have all of them. The last word matches as you type it."


class SearchScreen(DeskScreen):
    """The box, the hits, what a filter looks like, and what was searched for."""

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

    class Remembered(Message):
        """What was searched for is here."""

        def __init__(self, saved: Mapping[str, str], recent: Sequence[str]) -> None:
            super().__init__()
            self.saved = saved
            self.recent = recent

    class Known(Message):
        """What filters can be completed with is here."""

        def __init__(self, vocabulary: Vocabulary) -> None:
            super().__init__()
            self.vocabulary = vocabulary

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._first = text
        self._is_finding = False
        self._next = ""

    def body(self) -> Iterable[Widget]:
        """Return the box and the lists."""
        yield CompletedLine(self._first, placeholder="Search your journal", line_id="box", id="box-line")
        yield Static(plain(HINT), id="hint", markup=False)
        yield Static(plain(EMPTY), id="says", markup=False)
        yield RememberedList(id="remembered")
        yield RecordList(id="hits", row_height=2)

    def arrive(self) -> None:
        """Begin in the box."""
        self.title_line.where = Content("Search")
        self.foot_line.note = Content("↓ results  enter open").stylize("$text-muted")
        self.set_focus(self.query_one("#box"))
        self._show_lists(is_empty=not self._first)

    def load(self) -> None:
        """Search again."""
        self._fetch_words()
        self._remember()
        if self.text.strip():
            self.find(self.text)

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.query_one("#box", Input).value

    @work(thread=True, exclusive=True, exit_on_error=False, group="words")
    def _fetch_words(self) -> None:
        from reflect.tui.vocabulary import filter_words

        self.post_message(self.Known(filter_words(self.workspace)))

    @on(Known)
    def take_words(self, event: Known) -> None:
        """Complete filters from now on."""
        self.query_one(CompletedLine).know(event.vocabulary)

    @on(Input.Changed, "#box")
    def type(self, event: Input.Changed) -> None:
        """Search for what stands there now."""
        self._show_lists(is_empty=not event.value.strip())
        if event.value.strip():
            self.find(event.value)
        else:
            self.query_one(RecordList).show([], {})
            self._remember()
            self._say(EMPTY)

    def find(self, text: str) -> None:
        """Find what matches; while one search is going on, only the last of those asked for comes next."""
        if self._is_finding:
            self._next = text
        else:
            self._is_finding = True
            self._find(text)

    @work(thread=True, exit_on_error=False, group=FIND)
    def _find(self, text: str) -> None:
        workspace = self.workspace
        try:
            query = workspace.query(text, typing=True)
        except ReflectError as error:
            # While a filter is being typed it means nothing yet: that is said, and is no failure.
            self.post_message(self.Found(text, [], str(error)))
            return
        if not query.terms and not query.filters:
            self.post_message(self.Found(text, [], ONE_MORE))
            return
        # The catalog is asked directly: to look at each hit's file would be felt at each key.
        hits = workspace.catalog.search(query.terms, query.filters, MOST)
        kinds = workspace.kinds_in({hit.row.place for hit in hits})
        self.post_message(self.Found(text, [self._row(hit, kinds[hit.row.place].find(hit.row.kind)) for hit in hits]))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Search for what was typed meanwhile."""
        if event.worker.group == FIND and event.worker.is_finished:
            self._is_finding = False
            text, self._next = self._next, ""
            if text:
                self.find(text)

    def _row(self, hit: Hit, kind: Kind | None) -> ListRow:
        title = hit.title if MARK_START in hit.title else ""
        return list_row(hit.row, kind, self.desk.now().date(), self.workspace.lang, hit.snippet, title)

    @on(Found)
    def show(self, event: Found) -> None:
        """Show what was found, unless the text has changed since."""
        if event.text != self.text:
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
        if not self.text.strip():
            remembered = self.query_one(RememberedList)
            if remembered.count:
                remembered.focus()
        elif hits.count == 1:
            self.open()
        elif hits.count:
            hits.focus()

    @on(RecordList.Chosen, "#hits")
    def open(self) -> None:
        """Read the record under the cursor."""
        row = self.query_one(RecordList).row
        if row is not None:
            self._note(self.text)
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
        if self.query_one("#box").has_focus:
            super().action_back()
        else:
            self.to_the_box()

    # What was searched for

    @work(thread=True, exclusive=True, exit_on_error=False, group="remember")
    def _remember(self) -> None:
        searches = self.workspace.searches
        self.post_message(self.Remembered(searches.saved(), searches.recent()))

    @on(Remembered)
    def show_remembered(self, event: Remembered) -> None:
        """Show the searches that were kept, and the last ones."""
        remembered = self.query_one(RememberedList)
        remembered.remember(event.saved, event.recent)
        if remembered.has_focus and not remembered.count:
            self.to_the_box()

    @on(ItemList.Chosen, "#remembered")
    def search_again(self, event: ItemList.Chosen) -> None:
        """Search for it once more."""
        box = self.query_one("#box", Input)
        box.value = self.query_one(RememberedList).key_of_line(event.index)[2]
        box.cursor_position = len(box.value)
        box.focus()

    @on(RememberedList.Forgotten)
    def forget(self, event: RememberedList.Forgotten) -> None:
        """Forget what was searched for; nothing of the journal is lost by it."""
        if not event.key:
            self._change(lambda: self.workspace.searches.forget_all())
        elif event.key[0] == SAVED:
            self._change(lambda: self.workspace.searches.remove(event.key[1]))
        else:
            self._change(lambda: self.workspace.searches.forget(event.key[1]))

    def action_save_search(self) -> None:
        """Keep this search under a name."""
        text = self.text.strip()
        if not text:
            self.tell("There is nothing in the box yet. A search can be kept once it stands there.")
            return
        dialog = places.ask_line("Keep this search", f"What shall “{text}” be called? It stays on this computer.", text)
        self.app.push_screen(dialog, lambda name: self._keep(name, text))

    def _keep(self, name: str | None, text: str) -> None:
        if name:
            self._change(lambda: self.workspace.searches.save(name, text))
            self.tell(f"Kept as “{name}”. It stands here when the box is empty.")

    @work(thread=True, exit_on_error=False, group="searches")
    def _change(self, change: Callable[[], None]) -> None:
        change()
        searches = self.workspace.searches
        self.post_message(self.Remembered(searches.saved(), searches.recent()))

    def _note(self, text: str) -> None:
        self._change(lambda: self.workspace.searches.add_recent(text))

    def _show_lists(self, is_empty: bool) -> None:
        self.query_one(RememberedList).display = is_empty
        self.query_one(RecordList).display = not is_empty

    def _say(self, words: str) -> None:
        self.query_one("#says", Static).update(plain(words))
