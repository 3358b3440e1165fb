"""One agenda as a tree, with what is still open in it; new records are written in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.insights.agenda import Agenda
from reflect.records.compose import Content as Beginning
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.tree import agenda_items, openness_items, openness_panel
from reflect.tui.widgets.item_list import ItemList
from reflect.tui.words import plain_line

WIDE = 100
# What a new record hangs on, by its kind and by the kind of the record under the cursor.
HANGS_ON = {
    ("activity", "question"): "question",
    ("finding", "question"): "question",
    ("finding", "activity"): "from",
    ("wondering", "question"): "to",
    ("wondering", "activity"): "to",
    ("wondering", "finding"): "to",
    ("question", "question"): "parent",
    ("decision", "finding"): "findings",
}


class AgendaScreen(DeskScreen):
    """The tree at the left, openness at the right or below."""

    CSS_PATH = "agenda.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("agenda")
    place = "agenda"

    class Loaded(Message):
        """The agenda is here."""

        def __init__(self, agenda: Agenda, labels: dict[str, str]) -> None:
            super().__init__()
            self.agenda = agenda
            self.labels = labels

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self._agenda: Agenda | None = None
        self._labels: dict[str, str] = {}
        self._folded: set[str] = set()

    @property
    def agenda_id(self) -> str:
        """The agenda that new records belong to."""
        return self._agenda.row.id if self._agenda else ""

    def body(self) -> Iterable[Widget]:
        """Return the tree and the panel."""
        yield Horizontal(
            ItemList(id="tree"), VerticalScroll(Static("", id="openness", markup=False), id="panel"), id="columns"
        )

    def arrive(self) -> None:
        """Give the keys to the tree."""
        self.query_one("#panel").can_focus = False
        self.query_one(ItemList).focus()

    def load(self) -> None:
        """Fetch the agenda."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace = self.workspace
        labels = {kind.name: kind.shown_label(workspace.lang) for kind in workspace.kinds.all()}
        self.post_message(self.Loaded(workspace.agenda(self.path), labels))

    @on(Loaded)
    def take(self, event: Loaded) -> None:
        """Show the agenda."""
        self._agenda, self._labels = event.agenda, event.labels
        self.title_line.where = Content.assemble(("Agendas › ", "$text-muted"), plain_line(event.agenda.row.title))
        self.query_one("#openness", Static).update(openness_panel(event.agenda.openness))
        self._show()

    def failed(self, group: str, sentence: str) -> None:
        """Leave when the agenda is gone."""
        super().failed(group, sentence)
        if group == "load" and self.is_current:
            self.action_back()

    def resized(self) -> None:
        """Move the openness to where there is room."""
        self._show()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Read a record of the agenda."""
        self.app.push_screen(places.reader(self.query_one(ItemList).key_at(event.index)[0]))

    async def action_add(self, kind: str) -> None:
        """Write a new record in this agenda, hung on the one under the cursor where that fits."""
        agenda = self._agenda
        if agenda is None:
            return
        fields: dict[str, Value] = {}
        row = self._row()
        name = HANGS_ON.get((kind, row.kind)) if row else None
        if row is not None and name and row.id:
            fields[name] = [row.id] if name in ("from", "findings") else row.id
        await self.app.push_screen(places.writing(kind, Beginning(agenda=agenda.row.id or self.path, fields=fields)))

    def action_read_agenda(self) -> None:
        """Read the agenda itself: why it matters, what would change our minds."""
        self.app.push_screen(places.reader(self.path))

    async def action_edit(self) -> None:
        """Write on the record under the cursor, on the agenda where there is none."""
        row = self._row()
        await self.app.push_screen(places.writing(path=row.path if row else self.path))

    def action_fold(self, is_folded: bool) -> None:
        """Hide what hangs on the question under the cursor, or show it."""
        key = self.query_one(ItemList).key
        row = self._row()
        if len(key) == 1 and row is not None and row.kind == "question":
            (self._folded.add if is_folded else self._folded.discard)(row.path)
            self._show()
        elif is_folded:
            self.action_back()

    def _row(self) -> Row | None:
        key = self.query_one(ItemList).key
        rows = self._agenda.rows if self._agenda and key else ()
        return next((row for row in rows if row.path == key[0]), None)

    def _show(self) -> None:
        if self._agenda is None:
            return
        items = agenda_items(self._agenda, self._folded, self._labels, self.desk.now().date())
        if self.app.size.width < WIDE:
            items += openness_items(self._agenda.openness)
        self.query_one(ItemList).show(items)
