"""What the last sync did: it can be opened again until the next one, and every line leads to its record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reflect.tui import places
from reflect.tui.deciding import ask
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.sync_lines import CONFLICT, DRAFT, QUESTION, RECORD, SyncReport, report_items, report_of
from reflect.tui.widgets.item_list import SPACE, ItemList, remark
from reflect.tui.words import clock, long_day

NOT_YET = "Nothing has been synced since the app was opened."


class SyncReportScreen(DeskScreen):
    """The report of the last sync, place by place."""

    BINDINGS: ClassVar[list[BindingType]] = []
    place = "report"

    class Loaded(Message):
        """The records of the report are here."""

        def __init__(self, report: SyncReport) -> None:
            super().__init__()
            self.report = report

    def __init__(self) -> None:
        super().__init__()
        self._report: SyncReport | None = None

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield ItemList(id="report")

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content.assemble(("‹ ", "$text-muted"), "What the last sync did")
        self.query_one(ItemList).focus()

    def load(self) -> None:
        """Fetch the records that came and went."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        self.post_message(self.Loaded(report_of(self.workspace, list(self.desk.syncer.outcomes.values()))))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show what was done."""
        self._report = event.report
        at = self.desk.syncer.at
        if at is not None:
            self.title_line.note = Content(f"{clock(at)} · {long_day(at.date())}")
        self._show()

    def resized(self) -> None:
        """Break sentences where lines end now."""
        self._show()

    def _show(self) -> None:
        if self._report is None:
            return
        key = self.desk.key_of("everywhere.sync")
        lines = report_items(self._report, self.app.size.width)
        self.query_one(ItemList).show([SPACE, *(lines or [remark(f"{NOT_YET} {key} does it.")])])

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Open what was chosen."""
        what, name = self.query_one(ItemList).key_of_line(event.index)
        if what == RECORD:
            self.app.push_screen(places.reader(name))
        elif what == CONFLICT:
            self.app.push_screen(places.two_versions(name))
        elif what == DRAFT:
            self.app.push_screen(places.writing(draft_id=name))
        elif what == QUESTION:
            outcome = self.desk.syncer.outcomes[name]
            if outcome.question is not None:
                ask(self.desk, name, outcome.question, outcome.unsent)
