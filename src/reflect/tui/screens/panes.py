"""A list with what stands beside it: a reader from 100 columns on, from 140 what leads to a record and from it too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from textual import on, work
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker

from reflect.records.textforms import folded
from reflect.tui import places
from reflect.tui.beside import HISTORY, links_of, states_of
from reflect.tui.reading import Reading, read
from reflect.tui.screens.desk_screen import WIDE
from reflect.tui.screens.marking import MarkingScreen
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.record_list import RecordList

READER_FROM, CONTEXT_FROM = WIDE, 140
PAUSE = 0.1
BESIDE, AROUND = "beside", "around"


class PanesScreen(MarkingScreen):
    """Shows the record under the cursor beside the list; tab goes from one pane to the next."""

    class Read(Message):
        """The record under the cursor is here."""

        def __init__(self, reading: Reading) -> None:
            super().__init__()
            self.reading = reading

    class Around(Message):
        """What leads from a record and to it is here; later once more, with its last states."""

        def __init__(self, path: str, items: Sequence[Item]) -> None:
            super().__init__()
            self.path = path
            self.items = items

    def __init__(self) -> None:
        super().__init__()
        self._targets: Mapping[str, str] = {}
        self._title = ""
        self._around = ""
        # While the cursor runs, each pane reads one record at a time, and then that under the cursor.
        self._at_work: dict[str, str] = {}
        self._again: set[str] = set()

    def panes(self) -> Iterable[Widget]:
        """Return what stands beside the list."""
        yield MarkdownView(id="beside", measure=int(self.desk.settings.measure))
        yield ItemList(id="context", is_menu=False)

    @property
    def _path(self) -> str:
        row = self.records.row
        return row.key if row is not None else ""

    @on(RecordList.Highlighted, "#records")
    def look_beside(self) -> None:
        """Show the record under the cursor beside the list."""
        width = self.room
        for group, least in ((BESIDE, READER_FROM), (AROUND, CONTEXT_FROM)):
            if not self._path or width < least:
                continue
            if group in self._at_work:
                self._again.add(group)
                continue
            self._at_work[group] = self._path
            if group == BESIDE:
                self._read(self._path, width >= CONTEXT_FROM)
            else:
                self._look_around(self._path)

    def resized(self) -> None:
        """Fill the panes beside when they come into view."""
        self.look_beside()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Read the record to which the cursor has gone meanwhile."""
        group = event.worker.group
        if group in (BESIDE, AROUND) and event.worker.is_finished:
            path = self._at_work.pop(group, "")
            if group in self._again:
                self._again.discard(group)
                if path == self._path:
                    self.look_beside()
                else:
                    # The cursor is running; keys come first.
                    self.set_timer(PAUSE, self.look_beside)

    @work(thread=True, exit_on_error=False, group=BESIDE)
    def _read(self, path: str, has_context: bool) -> None:
        reading = read(self.workspace, path, self.desk.now().date())
        if has_context:
            # What leads here stands in a pane of its own.
            reading = replace(reading, page=replace(reading.page, below=()))
        self.post_message(self.Read(reading))

    @on(Read)
    def show_beside(self, event: Read) -> None:
        """Show a record beside the list."""
        if self._path == event.reading.path:
            self._targets, self._title = event.reading.targets, event.reading.title
            self.query_one(MarkdownView).show(event.reading.page)

    @work(thread=True, exit_on_error=False, group=AROUND)
    def _look_around(self, path: str) -> None:
        links = links_of(self.workspace, path)
        self.post_message(self.Around(path, links))
        self.post_message(self.Around(path, [*links, *states_of(self.workspace, path)]))

    @on(Around)
    def show_around(self, event: Around) -> None:
        """Show what leads from a record and to it."""
        if self._path == event.path:
            around = self.query_one("#context", ItemList)
            if event.path != self._around:
                # Another record is begun at its top.
                around.show([])
            self._around = event.path
            around.show(event.items)

    @on(ItemList.Chosen, "#context")
    def open_around(self, event: ItemList.Chosen) -> None:
        """Open what was chosen beside the text."""
        sort, name = self.query_one("#context", ItemList).key_of_line(event.index)
        self.app.push_screen(places.history(self._path, self._title) if sort == HISTORY else places.reader(name))

    @on(MarkdownView.Followed)
    def follow(self, event: MarkdownView.Followed) -> None:
        """Open what a link names."""
        target = self._targets.get(folded(event.target), event.target)
        self.app.push_screen(places.reader(target))

    @on(RecordList.Chosen, "#records")
    def open(self) -> None:
        """Read the record under the cursor."""
        if self._path:
            self.app.push_screen(places.reader(self._path))

    async def action_edit(self) -> None:
        """Write on the record under the cursor."""
        if self._path:
            await self.app.push_screen(places.writing(path=self._path))

    def action_pane(self, step: int) -> None:
        """Go to the next pane that is in view."""
        panes = [self.records, self.query_one(MarkdownView), self.query_one("#context", ItemList)]
        shown = [pane for pane in panes if pane.display]
        place = next((index for index, pane in enumerate(shown) if pane.has_focus), 0)
        shown[(place + step) % len(shown)].focus()
