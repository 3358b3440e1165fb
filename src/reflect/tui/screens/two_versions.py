"""Two versions of one record: seen beside each other, and made one again with a key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.versus import Versus, VersusPage, names_of, versus_of
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.words import plain, plain_line

if TYPE_CHECKING:
    from reflect.community.resolving import Pair

# Both columns, and what stands between them.
WIDEST = 160
SAYS = (
    "Both changed the same place, so both texts were kept. {+What only one says+} is marked. "
    "Whatever you choose, undo brings both back."
)


class TwoVersionsScreen(DeskScreen):
    """Mine and theirs; `mine`, `theirs` and `both` choose, `edit` writes a text of its own from both."""

    CSS_PATH = "two_versions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("two-versions")
    place = "two-versions"
    shows_places = False

    class Loaded(Message):
        """Both versions are here."""

        def __init__(self, pair: Pair, versus: Versus) -> None:
            super().__init__()
            self.pair = pair
            self.versus = versus

    class Begun(Message):
        """A draft of both texts is kept, to be written on."""

        def __init__(self, draft_id: str, pair: Pair) -> None:
            super().__init__()
            self.draft_id = draft_id
            self.pair = pair

    class Ended(Message):
        """The record has one text again; `says` tells which."""

        def __init__(self, says: str, pair: Pair) -> None:
            super().__init__()
            self.says = says
            self.pair = pair

    def __init__(self, reference: str) -> None:
        super().__init__()
        self._reference = reference
        self._pair: Pair | None = None
        self._versus: Versus | None = None
        self._is_whole = False
        # What was written on, as it was before; once the record differs, that is its text.
        self._written_on: Pair | None = None

    def body(self) -> Iterable[Widget]:
        """Return what this is, and both versions."""
        yield Static(plain(SAYS), id="says", markup=False)
        yield MarkdownView(id="versions", measure=WIDEST)

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content.assemble(("‹ ", "$text-muted"), "Two versions")
        self.title_line.note = Content("")
        self.query_one(MarkdownView).focus()

    def load(self) -> None:
        """Fetch both, or see what was made of them."""
        self._load(self._written_on)

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self, written_on: Pair | None) -> None:
        workspace = self.workspace
        if written_on is not None and workspace.get(written_on.record.ref).text != written_on.record.text:
            if workspace.resolving.end(written_on):
                self.post_message(self.Ended("has the text that you made of both", written_on))
                return
            self.desk.call_from_thread(self.tell, "The other version has changed meanwhile, so it still stands.")
        pair = workspace.resolving.look(self._reference)
        self.post_message(self.Loaded(pair, versus_of(workspace, pair)))

    def failed(self, group: str, sentence: str) -> None:
        """Leave where there is nothing to choose: somebody else has, or the record is gone."""
        super().failed(group, sentence)
        if group == "load" and self.is_current:
            self.action_back()
        elif group == "resolve":
            self.reload()

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show both."""
        is_first = self._pair is None
        self._pair, self._versus, self._written_on = event.pair, event.versus, None
        title, place = event.pair.record.title, event.pair.record.place or "your journal"
        where = Content.assemble(("‹ Two versions  ", "$text-muted"), plain_line(title), (f"  {place}", "$text-muted"))
        self.title_line.where = where
        self._show(keeps_place=not is_first)
        self.refresh_bindings()

    def _show(self, keeps_place: bool = True) -> None:
        if self._versus is not None:
            page = VersusPage(versus=self._versus, is_whole=self._is_whole)
            self.query_one(MarkdownView).show(page, keeps_place=keeps_place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a choice once both are here, and where a text can be made of them."""
        if action == "resolve":
            return self._pair is not None
        if action == "edit":
            return self._pair is not None and not self._pair.record.problem and not self._pair.second.problem
        return super().check_action(action, parameters)

    def action_whole(self) -> None:
        """Show all of both texts, or only where they differ."""
        self._is_whole = not self._is_whole
        self._show()

    def action_resolve(self, keep: str) -> None:
        """Let the record have this text, and the second version go."""
        if self._pair is not None:
            self._resolve(self._pair, keep)

    @work(thread=True, exclusive=True, exit_on_error=False, group="resolve")
    def _resolve(self, pair: Pair, keep: str) -> None:
        self.workspace.resolving.resolve(pair.record.ref, keep, pair)
        mine, theirs = (name.partition(":")[0].partition(",")[0].lower() for name in names_of(pair))
        says = {"mine": f"has one text again: {mine}", "theirs": f"has one text again: {theirs}"}
        self.post_message(self.Ended(says.get(keep, "has what both said"), pair))

    @on(Ended)
    def leave(self, event: Ended) -> None:
        """Go back; the app says what was chosen, and undo lets both stand again."""
        workspace, pair, record = self.workspace, event.pair, event.pair.record

        def take_back() -> str:
            workspace.resolving.put_back(pair)
            return f"Both versions of “{record.title}” stand again."

        key = self.desk.key_of("everywhere.sync")
        sends = f" {key} sends it." if record.place else ""
        self.desk.post_message(Done(f"“{record.title}” {event.says}.{sends}", take_back))
        if self.is_current:
            self.app.pop_screen()

    def action_edit(self) -> None:
        """Write a text of one's own, beginning with all that both say."""
        if self._pair is not None:
            self._begin(self._pair)

    @work(thread=True, exclusive=True, exit_on_error=False, group="edit")
    def _begin(self, pair: Pair) -> None:
        workspace, record = self.workspace, pair.record
        left = next((each for each in workspace.drafts.all() if each.ref == record.ref), None)
        draft = left or workspace.new_draft(record.kind, pair.both, record)
        self.post_message(self.Begun(draft.id, pair))

    @on(Begun)
    async def write(self, event: Begun) -> None:
        """Open what was begun; what is saved there is the record's text."""
        self._written_on = event.pair
        self._loaded = -2
        await self.app.push_screen(places.writing(draft_id=event.draft_id))
