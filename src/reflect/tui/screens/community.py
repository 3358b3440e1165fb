"""The Community place: what peers wrote, what waits to be settled, and what was not sent yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui import places
from reflect.tui.community_lines import (
    AGENDA,
    CONFLICT,
    PLACE,
    QUESTION,
    RECORD,
    TROUBLE,
    Community,
    Standing,
    agendas_in,
    community_items,
    community_of,
)
from reflect.tui.deciding import ask
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.item_list import Item, ItemList

if TYPE_CHECKING:
    from reflect.community.inviting import Invitation

EMPTY = """A community is a group of people who share what they learn: findings good and bad, questions, decisions.
What you write stays private until you share it, and you see exactly what leaves before it does.

To join one, someone sends you a line such as
reflect community join git@host:rivertown.git"""
# A line that does what its key does.
PRESS = "press"


class CommunityScreen(DeskScreen):
    """All communities; enter opens what is under the cursor."""

    CSS_PATH = "community.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("community")
    place = "community"

    class Loaded(Message):
        """What the communities tell is here."""

        def __init__(self, community: Community) -> None:
            super().__init__()
            self.community = community

    def __init__(self) -> None:
        super().__init__()
        # The communities on this computer, and the agenda of each record and agenda that is shown.
        self._here: list[str] = []
        self._standings: Mapping[str, Standing] = {}
        self._agendas: Mapping[str, str] = {}

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield Static(EMPTY, id="empty", markup=False)
        yield ItemList(id="feed")

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content("Community")
        self.query_one(ItemList).focus()

    def load(self) -> None:
        """Fetch what the communities tell."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        self.post_message(self.Loaded(community_of(self.workspace)))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the communities, or what one is."""
        has_some = bool(event.community.standings)
        self._here = [each.name for each in event.community.standings if each.is_here]
        self._standings = {each.name: each for each in event.community.standings}
        self._agendas = agendas_in(event.community.feed)
        feed, empty = self.query_one(ItemList), self.query_one("#empty", Static)
        empty.display = not has_some
        items = community_items(event.community, self.desk.syncer.troubles, self.desk.now().date())
        feed.show(items if has_some else [*self._first_steps(), *items])
        self.refresh_bindings()

    def _first_steps(self) -> list[Item]:
        steps = (("join", "Join a community", "paste the line as it is"), ("begin", "Begin one", "in a place of yours"))
        return [
            Item(
                Content.assemble((f"   {self.desk.key_of(f'community.{name}')}  ", "$text-accent"), says),
                Content(why).stylize("$text-muted"),
                (PRESS, name),
            )
            for name, says, why in steps
        ]

    @property
    def community(self) -> str:
        """Where something new would stand: the community that the line under the cursor is of, else the first."""
        what, *rest = self._key()
        if what == PLACE:
            return rest[0] if rest[0] in self._here else ""
        place = rest[0].partition(":")[0] if what in (RECORD, AGENDA, CONFLICT) and ":" in rest[0] else ""
        return place or next(iter(self._here), "")

    @property
    def agenda_id(self) -> str:
        """The agenda that something new would belong to, `""` where the cursor is in none."""
        what, *rest = self._key()
        return self._agendas.get(rest[0], "") if what in (RECORD, AGENDA) else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with the line under the cursor."""
        what = self._key()[0]
        if action == "edit":
            return what == RECORD
        if action == "mark_read":
            return what in (RECORD, PLACE)
        if action == "follow":
            return what == AGENDA
        if action == "mute":
            return what in (AGENDA, PLACE)
        if action == "invite":
            return what == PLACE and self._key()[1] in self._here
        return super().check_action(action, parameters)

    @on(ItemList.Highlighted)
    def offer_keys(self, event: ItemList.Highlighted) -> None:
        """Offer what can be done with the line under the cursor."""
        event.stop()
        self.refresh_bindings()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Open what was chosen."""
        what, *rest = self.query_one(ItemList).key_of_line(event.index)
        if what == RECORD:
            self.app.push_screen(places.reader(rest[0]))
        elif what == CONFLICT:
            self.app.push_screen(places.two_versions(rest[0]))
        elif what == AGENDA:
            self.app.push_screen(places.agenda(rest[0]))
        elif what == TROUBLE:
            self.app.push_screen(places.sync_report())
        elif what == QUESTION:
            standing = self._standings[rest[0]]
            if standing.question is not None:
                ask(self.desk, standing.name, standing.question, standing.unsent)
        elif what == PLACE:
            self.app.push_screen(places.community_page(rest[0]))
        elif what == PRESS:
            self.app.push_screen(places.entering(is_new=rest[0] == "begin"))

    async def action_edit(self) -> None:
        """Write on the record under the cursor, for all there."""
        await self.app.push_screen(places.writing(path=self._key()[1]))

    def action_join(self) -> None:
        """Join a community."""
        self.app.push_screen(places.entering())

    def action_begin(self) -> None:
        """Begin a community."""
        self.app.push_screen(places.entering(is_new=True))

    def action_invite(self) -> None:
        """Show the line that invites to the community under the cursor."""
        self._invite(self._key()[1])

    @work(thread=True, exclusive=True, exit_on_error=False, group="invite")
    def _invite(self, name: str) -> None:
        found = self.workspace.belonging.invitation(name)
        self.app.call_from_thread(self._show_invitation, found)

    def _show_invitation(self, found: Invitation) -> None:
        self.app.push_screen(places.invitation(found))

    def action_mark_read(self) -> None:
        """Mark the record under the cursor as read, or all of the community under it."""
        what, *rest = self._key()
        self._mark_read(what, rest[0])

    @work(thread=True, exclusive=True, exit_on_error=False, group="mark")
    def _mark_read(self, what: str, name: str) -> None:
        from reflect.records.query import Filters

        workspace = self.workspace
        if what == PLACE:
            rows = workspace.catalog.rows(Filters(is_unread=True, places=(name,)))
        else:
            rows = [row for row in workspace.catalog.at_ref(name) if row.unread]
        workspace.communities.mark_read(rows)

        def take_back() -> str:
            again = [row for each in rows for row in workspace.catalog.at_ref(each.ref)]
            workspace.communities.mark_read(again, is_read=False)
            return "They are new again."

        if rows:
            count = len(rows)
            self.post_message(Done(f"{count:,} marked as read.", take_back))

    def action_follow(self) -> None:
        """Follow the agenda under the cursor, or no longer."""
        self._turn("follow", self._key()[1])

    def action_mute(self) -> None:
        """Hear no more of the agenda or the community under the cursor, or hear of it again."""
        what, name = self._key()
        self._turn("mute-agenda" if what == AGENDA else "mute", name)

    @work(thread=True, exclusive=True, exit_on_error=False, group="turn")
    def _turn(self, how: str, name: str) -> None:
        from reflect.tui import following

        turn = {"follow": following.follow, "mute": following.mute_community, "mute-agenda": following.mute_agenda}
        self.post_message(turn[how](self.workspace, name))

    def _key(self) -> tuple[str, ...]:
        return (self.query_one(ItemList).key if self.is_mounted else ()) or ("",)
