"""The page of one community: what it says of itself, the people there, inviting, muting, leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from reflect.records.wording import counted
from reflect.tui import places
from reflect.tui.community_page_lines import ACTION, CommunityPage, page_items, page_of
from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.keys import KEYS, bindings, shown_key
from reflect.tui.messages import Done, ReadingOn
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.item_list import ItemList
from reflect.tui.words import plain_line

if TYPE_CHECKING:
    from reflect.community.inviting import Invitation
    from reflect.community.leaving import Unsent
    from reflect.records.community_file import Steward

# So many of what was not sent are named before one leaves.
MOST_NAMED = 5
# What needs the community on this computer.
IF_HERE = ("records", "invite", "purpose", "steward")


class CommunityPageScreen(DeskScreen):
    """One community as a whole; its lines of what can be done work with enter, or by their keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("community-page")
    place = "community-page"
    is_left_when_gone = True

    class Loaded(Message):
        """What is known of it is here."""

        def __init__(self, page: CommunityPage) -> None:
            super().__init__()
            self.page = page

    class Parting(Message):
        """What was not sent is known, before one leaves; `why` says why it could not be."""

        def __init__(self, unsent: Sequence[Unsent], why: str) -> None:
            super().__init__()
            self.unsent = unsent
            self.why = why

    def __init__(self, name: str) -> None:
        super().__init__()
        self._called = name
        self._page: CommunityPage | None = None
        self._is_sending = False

    @property
    def community(self) -> str:
        """Where something new would stand."""
        return self._called if self._page is not None and self._page.is_here else ""

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield ItemList(id="page", is_menu=False)

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content.assemble(("‹ ", "$text-muted"), plain_line(self._called))
        self.query_one(ItemList).focus()

    def load(self) -> None:
        """Fetch what is known of it."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        self.post_message(self.Loaded(page_of(self.workspace, self._called)))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show what is known of it."""
        self._page = event.page
        self._show()
        self.refresh_bindings()

    def resized(self) -> None:
        """Break sentences where lines end now."""
        self._show()

    def _show(self) -> None:
        page = self._page
        if page is None:
            return
        says = {
            "fetch": "Fetch it to this computer",
            "records": "See what is in it",
            "invite": "Invite someone",
            "purpose": "Say for all what it is for",
            "steward": "Say for all who looks after it",
            "mute": "Hear of it again" if page.is_muted else "Hear no more of it; it stays here",
            "leave": "Leave it",
        }
        names = [name for name in says if page.is_here == (name != "fetch") or name not in (*IF_HERE, "fetch")]
        keys = {key.name: self.desk.keys_of(f"community-page.{key.name}")[0] for key in KEYS["community-page"]}
        actions = [(keys[name], shown_key(keys[name]), says[name]) for name in names]
        self.query_one(ItemList).show(page_items(page, actions, self.app.size.width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what needs the community only where it is on this computer."""
        if action in (*IF_HERE, "fetch"):
            return self._page is not None and self._page.is_here == (action != "fetch")
        return super().check_action(action, parameters)

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Do what the line says."""
        what, key = self.query_one(ItemList).key_of_line(event.index)
        if what == ACTION:
            self.app.simulate_key(key)

    def action_fetch(self) -> None:
        """Fetch what was joined on another device: the way in tells which key or token is missing here."""
        if self._page is not None:
            self.app.push_screen(places.entering(address=self._page.shown_url))

    def action_records(self) -> None:
        """See what is in it."""
        self.app.push_screen(places.search(f"in:{self._called} "))

    # Inviting

    def action_invite(self) -> None:
        """Show the line that invites to it."""
        self._invite()

    @work(thread=True, exclusive=True, exit_on_error=False, group="invite")
    def _invite(self) -> None:
        found = self.workspace.belonging.invitation(self._called)
        self.app.call_from_thread(self._show_invitation, found)

    def _show_invitation(self, found: Invitation) -> None:
        self.app.push_screen(places.invitation(found))

    # What it says of itself

    def action_purpose(self) -> None:
        """Ask what it is for."""
        present = self._page.about.purpose if self._page is not None else ""
        sentence = "All members read it, so it holds nothing private. It goes to them with the next sync."
        self.app.push_screen(places.ask_line(f"What is {self._called} for?", sentence, present), self._say_purpose)

    def _say_purpose(self, answer: str | None) -> None:
        from reflect.community.about import changed_about

        if answer is not None:
            self._change(lambda text: changed_about(text, answer))

    def action_steward(self, trouble: str = "") -> None:
        """Ask who looks after it, by a role, and how to reach them."""
        sentence = "A role and a way to reach whoever has it, such as: coordinator=coordinator@example.org"
        present = next((f"{each.role}={each.reach}" for each in self._stewards), "")
        question = places.ask_line(f"Who looks after {self._called}?", sentence, present, trouble)
        self.app.push_screen(question, self._say_steward)

    def _say_steward(self, answer: str | None) -> None:
        from reflect.community.about import changed_about
        from reflect.records.community_file import Steward

        if answer is None:
            return
        role, equals, contact = (part.strip() for part in answer.partition("="))
        if not role or not equals or not contact:
            self.action_steward("Give both, with = between them.")
            return
        self._change(lambda text: changed_about(text, stewards=[Steward(role, contact)]))

    @property
    def _stewards(self) -> Sequence[Steward]:
        return self._page.about.stewards if self._page is not None else ()

    @work(thread=True, exclusive=True, exit_on_error=False, group="about")
    def _change(self, change: Callable[[str], str]) -> None:
        belonging, before = self.workspace.belonging, ""

        def noted(text: str) -> str:
            nonlocal before
            before = text
            return change(text)

        def take_back() -> str:
            belonging.change_about(self._called, lambda _: before)
            return f"What {self._called} says of itself is as it was."

        belonging.change_about(self._called, noted)
        key = self.desk.key_of("everywhere.sync")
        self.desk.post_message(Done(f"{self._called} says it from now on. {key} sends it.", take_back))

    def action_mute(self) -> None:
        """Hear no more of it, or hear of it again."""
        self._mute()

    @work(thread=True, exclusive=True, exit_on_error=False, group="mute")
    def _mute(self) -> None:
        from reflect.tui.following import mute_community

        self.desk.post_message(mute_community(self.workspace, self._called))

    # Leaving

    def action_leave_community(self) -> None:
        """Send what waits, say what could not be sent and what becomes of it, and ask."""
        self._send_first()

    @work(thread=True, exclusive=True, exit_on_error=False, group="leave")
    def _send_first(self) -> None:
        worker, workspace = get_current_worker(), self.workspace
        leaving, why = workspace.belonging.leaving, ""

        def going(done: int, total: int) -> bool:
            self.desk.post_message(ReadingOn(done, total, "syncing"))
            return not worker.is_cancelled

        self._is_sending = True
        try:
            if leaving.unsent(self._called):
                outcome = workspace.sync([self._called], going=going)[0]
                why = outcome.error or (outcome.question.words if outcome.question else "")
        finally:
            self._is_sending = False
            self.desk.post_message(ReadingOn(0, 0, "syncing"))
        if not worker.is_cancelled:
            self.post_message(self.Parting(leaving.unsent(self._called), why))

    def action_back(self) -> None:
        """Stop what is being sent before leaving; else go back."""
        if self._is_sending:
            self.workers.cancel_group(self, "leave")
            self.tell(f"Stopped. You are still in {self._called}.")
        else:
            super().action_back()

    @on(Parting)
    def ask_to_leave(self, event: Parting) -> None:
        """Ask, with what would become drafts named before anything is removed."""
        heading = f"Leave {self._called}?"
        answers = (("escape", "Stay"), ("l", "Leave it"))
        self.app.push_screen(AskDialog(heading, leaving_means(event.unsent, event.why), answers), self._leave_if)

    def _leave_if(self, answer: str | None) -> None:
        if answer == "l":
            self._leave()

    @work(thread=True, exclusive=True, exit_on_error=False, group="leave")
    def _leave(self) -> None:
        workspace = self.workspace
        drafts = workspace.belonging.leaving.leave(self._called)
        workspace.refresh()
        kept = (
            f" {counted(len(drafts), 'draft')} of yours {'is' if len(drafts) == 1 else 'are'} on Today."
            if drafts
            else ""
        )
        self.desk.call_from_thread(partial(self.desk.syncer.forget, self._called))
        self.post_message(Done(f"You left {self._called}.{kept}"))

    @on(Done)
    def left(self) -> None:
        """Go back to the communities; the app says that one has left."""
        if self.is_current:
            self.app.pop_screen()


def leaving_means(unsent: Sequence[Unsent], why: str) -> str:
    """Return what leaving means for what was shared, and for what could not be sent, one by one."""
    parts = ["What you shared stays with the others; this computer keeps nothing of the community."]
    if unsent:
        parts += ["", f"Not sent: {why}" if why else "Not sent yet:"]
        parts += [f"· {each.words}" for each in unsent[:MOST_NAMED]]
        more = len(unsent) - MOST_NAMED
        parts += [f"· and {more:,} more"] if more > 0 else []
        parts += ["", "What you wrote in them becomes drafts of your own, on this computer only."]
    return "\n".join(parts)
