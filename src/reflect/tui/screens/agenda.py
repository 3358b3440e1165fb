"""One agenda as a tree, with what is still open in it; new records are written in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from reflect.insights.agenda import Agenda
from reflect.insights.chain import PARENTS
from reflect.insights.journey import JourneyNow
from reflect.insights.loops import OpenLoop
from reflect.insights.ordering import FIELD
from reflect.records.compose import Content as Beginning
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row
from reflect.tui import places
from reflect.tui.doing import doing_for_part, doing_of
from reflect.tui.journey_lines import STAGE, panel_items
from reflect.tui.keys import bindings
from reflect.tui.labels import Labels, labels_of
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import WIDE
from reflect.tui.screens.journey_choice import JourneyChoice
from reflect.tui.screens.loop_screen import LoopScreen
from reflect.tui.timeline import timeline_items
from reflect.tui.tree import agenda_items, openness_items
from reflect.tui.widgets.item_list import SPACE, Item, ItemList
from reflect.tui.words import plain_line

PANEL = 38
OPENNESS = "openness"
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


class AgendaScreen(JourneyChoice, LoopScreen):
    """The tree at the left, openness at the right or below."""

    CSS_PATH = "agenda.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("agenda")
    place = "agenda"
    is_left_when_gone = True

    lines = query_one("#tree", ItemList)

    class Loaded(Message):
        """The agenda is here."""

        def __init__(self, agenda: Agenda, labels: Labels, journey: JourneyNow | None, lang: str) -> None:
            super().__init__()
            self.agenda = agenda
            self.labels = labels
            self.journey = journey
            self.lang = lang

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self._agenda: Agenda | None = None
        self._labels = Labels()
        self._journey: JourneyNow | None = None
        self._lang = "en"
        self._folded: set[str] = set()
        self._is_in_time = False

    @property
    def agenda_id(self) -> str:
        """The agenda that new records belong to."""
        return self._agenda.row.id if self._agenda else ""

    @property
    def community(self) -> str:
        """Where something new would stand: an agenda of one's own is written in privately, also when it is shared."""
        return self._agenda.row.place if self._agenda else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to follow or mute only what is shared."""
        if action in ("follow", "mute") and not self._shared_ref:
            return False
        return super().check_action(action, parameters)

    @property
    def crumb(self) -> str:
        """What this agenda is called on the way back to it."""
        return self._agenda.row.title if self._agenda else "Agenda"

    def body(self) -> Iterable[Widget]:
        """Return the tree and the panel."""
        yield Horizontal(ItemList(id="tree"), ItemList(id="openness"), id="columns")

    def arrive(self) -> None:
        """Give the keys to the tree."""
        self.lines.focus()

    def load(self) -> None:
        """Fetch the agenda."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace = self.workspace
        agenda = workspace.agenda(self.path)
        labels = labels_of(workspace, {row.place for row in agenda.rows})
        self.post_message(self.Loaded(agenda, labels, workspace.practice.journey_of(agenda), workspace.lang))

    @on(Loaded)
    def take(self, event: Loaded) -> None:
        """Show the agenda."""
        self._agenda, self._labels = event.agenda, event.labels
        self._journey, self._lang = event.journey, event.lang
        self.refresh_bindings()
        self.title_line.where = Content.assemble(("Agendas › ", "$text-muted"), plain_line(event.agenda.row.title))
        self._show()

    def resized(self) -> None:
        """Move the openness to where there is room."""
        self._show()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Read a record of the agenda, or go to the doing of what is open."""
        key = event.list.key_of_line(event.index) if isinstance(event.list, ItemList) else ()
        if key and key[0] == STAGE:
            self.action_journey(key[1])
        elif len(key) == 2:
            self._find_doing(key)
        elif key:
            self.app.push_screen(places.reader(key[0]))

    @work(thread=True, exclusive=True, exit_on_error=False, group="doing")
    def _find_doing(self, key: tuple[str, str]) -> None:
        agenda, loop = self._agenda, self._loop(key)
        if agenda is not None and key[0] == OPENNESS:
            self.post_message(self.Found(doing_for_part(self.workspace, agenda, key[1]), self.agenda_id or self.path))
        elif loop is not None:
            self.post_message(self.Found(doing_of(self.workspace, loop), self.agenda_id or self.path))

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

    def action_timeline(self) -> None:
        """Show everything by its day, or again as a tree."""
        self._is_in_time = not self._is_in_time
        self._show()

    def action_journey(self, slug: str = "") -> None:
        """Show the journey of this agenda, or choose one where it has none."""
        if self._journey is not None and self._journey.stages:
            self.app.push_screen(places.journey(self.path, slug))
        else:
            self.choose_journey(self.path)

    def action_chain(self) -> None:
        """Show what the record under the cursor came from, and what came of it."""
        row = self._row()
        if row is None or row.kind not in PARENTS:
            self.tell("This record stands in no chain: it begins with a problem of practice and ends with a response.")
        else:
            self.app.push_screen(places.chain(row.ref))

    def action_library(self) -> None:
        """Look through the library; what is begun there belongs to this agenda."""
        self.desk.action_library(self.agenda_id)

    def action_put_aside(self) -> None:
        """Ask whether the loop under the cursor is put off, or rests."""
        loop = self._loop(self.lines.key)
        if loop is None:
            self.tell("Only what is open can be put aside. It stands under “Open loops”.")
        else:
            self.ask_to_put_aside(loop)

    def action_move_question(self, step: int) -> None:
        """Put the question under the cursor one place further down or up."""
        row = self._row()
        if row is None or row.kind != "question" or self._is_in_time:
            self.tell("Only questions have a place of their own; everything else stands by its day.")
        else:
            self._move(row, step)

    @work(thread=True, exit_on_error=False, group="move")
    def _move(self, row: Row, step: int) -> None:
        workspace = self.workspace
        before = workspace.move_question(self.path, row.ref, step)
        if not before:
            return

        def move_back() -> str:
            places_before = {each.path: {FIELD: each.text_of(FIELD) or None} for each in before}
            workspace.change_together(places_before, "Order questions")
            return f"“{row.title}” is where it was."

        self.post_message(
            Done(f"“{row.title}” is one place {'further down' if step > 0 else 'further up'}.", move_back)
        )

    def action_read_agenda(self) -> None:
        """Read the agenda itself: why it matters, what would change our minds."""
        self.app.push_screen(places.reader(self.path))

    def action_follow(self) -> None:
        """Follow the agenda, so that it stands first where one reads what is new, or no longer."""
        self._turn("follow")

    def action_mute(self) -> None:
        """Hear no more of what is new in it, or hear of it again."""
        self._turn("mute")

    @work(thread=True, exclusive=True, exit_on_error=False, group="turn")
    def _turn(self, how: str) -> None:
        from reflect.tui import following

        turn = {"follow": following.follow, "mute": following.mute_agenda}
        self.post_message(turn[how](self.workspace, self._shared_ref))

    @property
    def _shared_ref(self) -> str:
        """What names the agenda where others share it, `""` for one that stands in the journal alone."""
        agenda = self._agenda
        rows = [agenda.row, *agenda.copies.get(agenda.row.id, ())] if agenda is not None else []
        return next((row.ref for row in rows if row.place), "")

    async def action_edit(self) -> None:
        """Write on the record under the cursor, on the agenda where there is none."""
        row = self._row()
        await self.app.push_screen(places.writing(path=row.ref if row else self.path))

    def action_fold(self, is_folded: bool) -> None:
        """Hide what hangs on the question under the cursor, or show it."""
        key = self.lines.key
        row = self._row()
        if len(key) == 1 and row is not None and row.kind == "question":
            (self._folded.add if is_folded else self._folded.discard)(row.ref)
            self._show()
        elif is_folded:
            self.action_back()

    def _row(self) -> Row | None:
        key = self.lines.key
        rows = self._agenda.rows if self._agenda and key else ()
        return next((row for row in rows if row.ref == key[0]), None)

    def _loop(self, key: tuple[str, ...]) -> OpenLoop | None:
        loops = self._agenda.loops if self._agenda and len(key) == 2 else ()
        return next((loop for loop in loops if (loop.row.ref, loop.loop) == key), None)

    def _show(self) -> None:
        agenda, width = self._agenda, self.room
        if agenda is None:
            return
        today = self.desk.now().date()
        if self._is_in_time:
            items = timeline_items(agenda, self._labels, today, width - PANEL)
        else:
            items = agenda_items(agenda, self._folded, self._labels, today)
        if width < WIDE and not self._is_in_time:
            items += [SPACE, *self._panel(agenda, width)]
        self.lines.show(items)
        self.query_one("#openness", ItemList).show(self._panel(agenda, PANEL))

    def _panel(self, agenda: Agenda, width: int) -> list[Item]:
        key = self.desk.key_of("agenda.journey")
        return [*openness_items(agenda, width), *panel_items(self._journey, width, key, self._lang)]
