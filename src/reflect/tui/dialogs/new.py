"""`n`: what to write. Three or four kinds that fit the place; the others one step further."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.records.kinds import Kind
from reflect.tui import places
from reflect.tui.commands import BEGUN_ELSEWHERE
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.keys import bindings
from reflect.tui.spoken import READER
from reflect.tui.widgets.item_list import SPACE, Item, ItemList, heading
from reflect.tui.words import plain, plain_line, sign_of

FITTING = {
    "today": ("reflection", "call-in", "agenda"),
    "journal": ("reflection", "call-in"),
    "agendas": ("agenda", "reflection", "call-in"),
    "agenda": ("question", "activity", "finding", "decision"),
}
# Of these a community's own records are made.
FITTING_THERE = ("finding", "wondering", "story", "gathering")
# By what one wants to do; a kind that stands nowhere here comes last.
GROUPS = (
    ("Look at my own leadership", ("reflection", "call-in", "person", "resource-note", "definition-of-leadership")),
    ("Pursue a question", ("agenda", "question", "activity", "finding", "wondering", "provocation", "decision")),
    ("Understand a problem", ("problem-of-practice", "dossier", "conditions-map", "equity-use-case", "policy")),
    ("Try something", ("theory-of-action", "design-studio", "pilot", "cycle", "driver-diagram", "measure")),
    ("Bring people together", ("gathering", "coalition", "partner", "channel", "response", "story")),
)
MORE = ("more",)
PRIVATELY = ("privately",)
EXAMPLE = ("example",)


class NewDialog(Dialog[None]):
    """Asks for a kind; enter takes the first. `community` is where the record is to stand, `""` for the journal."""

    DEFAULT_CSS = """
    NewDialog ItemList { height: auto; }
    NewDialog .sentence { height: auto; margin-bottom: 1; color: $text-warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("new")
    heading = "Write something new"
    foot = "enter begin   esc back"

    class Loaded(Message):
        """The kinds are here."""

        def __init__(self, kinds: list[Kind], lang: str) -> None:
            super().__init__()
            self.kinds = kinds
            self.lang = lang

    def __init__(self, place: str, agenda_id: str, community: str = "", for_meetings: bool = False) -> None:
        super().__init__()
        self.for_meetings = for_meetings
        self._community = community
        if community:
            self.heading = f"Write something new for {community}"
        self._place = place if place in FITTING else "journal"
        self._names = FITTING[self._place]
        if community:
            self._names = FITTING["agenda"] if agenda_id else FITTING_THERE
        self._agenda_id = agenda_id
        self._kinds: dict[str, Kind] = {}
        self._lang = "en"

    def body(self) -> Iterable[Widget]:
        """Return the list of kinds."""
        if self._community:
            yield Static(plain(f"All in {self._community} can read it, from the next sync on."), classes="sentence")
        yield ItemList(id="kinds")

    def on_mount(self) -> None:
        """Fetch the kinds that fit; what is pressed until they are here already chooses among them."""
        self.set_focus(self.query_one(ItemList))
        self._show([*(Item(Content(""), key=(name,)) for name in self._names), *self._fitting()])
        self.load(list(self._names))

    @work(thread=True, exclusive=True, exit_on_error=False, group="kinds")
    def load(self, names: list[str]) -> None:
        """Read these kinds, or all."""
        workspace = self.desk.workspace
        here = workspace.kinds_of(self._community)
        if self._community and names:
            # What a community has of its own is what its people came for.
            own = workspace.communities.get(self._community).own_data.kinds
            names = list(dict.fromkeys([*names, *sorted(own)]))
        kinds = [kind for name in names if (kind := here.find(name))] if names else here.all()
        if self._community:
            kinds = [each for each in kinds if each.may_be_in_a_community and each.name != BEGUN_ELSEWHERE]
        self.post_message(self.Loaded(kinds, workspace.lang))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the kinds: those that fit, or all under what they are for."""
        self._lang = event.lang
        first = not self._kinds
        self._kinds = {kind.name: kind for kind in event.kinds}
        if first:
            self._show(self._fitting())
        else:
            self.query_one(ItemList).show([])
            self._show(self._grouped())

    def _show(self, items: list[Item]) -> None:
        found = self.query_one(ItemList)
        found.styles.height = min(len(items), max(5, self.app.size.height - 10))
        found.show(items)

    async def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Begin with the kind that was clicked, or show all."""
        if self.query_one(ItemList).key_of_line(event.index) == MORE:
            self.load([])
        else:
            self.app.call_later(self.action_begin)

    async def action_begin(self) -> None:
        """Begin with the kind under the cursor, or show all; what is typed from now on goes to the sheet."""
        key = self.query_one(ItemList).key or (self._names[0],)
        if key == MORE:
            self.load([])
            return
        if key == EXAMPLE:
            self.dismiss(None)
            self.app.push_screen(places.starters(), self._open_agenda)
            return
        if key == PRIVATELY:
            await self.app.switch_screen(places.new("journal", ""))
            return
        screen = places.beginning(key[0], self._agenda_id, self._community, self.for_meetings)
        await self.app.switch_screen(screen)

    def _open_agenda(self, path: str | None) -> None:
        if path:
            self.app.push_screen(places.agenda(path))

    def _fitting(self) -> list[Item]:
        items = [self._item(kind) for kind in self._kinds.values()]
        if self._community and not self.for_meetings:
            items.append(Item(Content.assemble((" •  ", "$text-muted"), "In my journal instead"), key=PRIVATELY))
        elif self._place == "agendas" and not self._community:
            items.append(Item(Content.assemble((" ▣  ", "$text-accent"), "Start from an example"), key=EXAMPLE))
        return [*items, Item(Content(" …  More kinds").stylize("$text-muted"), key=MORE)]

    def _grouped(self) -> list[Item]:
        grouped = {name for _, names in GROUPS for name in names}
        others = sorted(name for name in self._kinds if name not in grouped)
        items: list[Item] = []
        for title, names in [*GROUPS, ("More", others)]:
            found: Sequence[Kind] = [self._kinds[name] for name in names if name in self._kinds]
            if found:
                items += [*([SPACE] if items else []), heading(title), *(self._item(kind) for kind in found)]
        return items

    def _item(self, kind: Kind) -> Item:
        left = Content.assemble((f" {sign_of(kind.name)}  ", "$text-accent"), plain_line(kind.shown_label(self._lang)))
        if READER.is_on:
            return Item(plain_line(kind.shown_label(self._lang)), plain_line(kind.purpose), (kind.name,))
        width = 22
        padded = left.truncate(width, ellipsis=True, pad=True)
        return Item(Content.assemble(padded, " ", plain_line(kind.purpose, "$text-muted")), key=(kind.name,))
