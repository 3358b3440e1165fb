"""The reviews before something leaves: of a private record, and of what is written straight into a community.

Nothing is sent while a flag stands, and nothing but by one deliberate key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.flags_screen import FlagsScreen
from reflect.tui.widgets.item_list import Item, ItemList, remark
from reflect.tui.words import plain_line

if TYPE_CHECKING:
    from reflect.community.review import Flagged, Review
    from reflect.store.drafts import Draft
    from reflect.vault.saving import Saved

MOST_NAMED = 4


class ShareScreen(FlagsScreen):
    """A private record beside what of it would leave, with each flag to settle below."""

    place = "share"
    left_heading = "Yours (private)"
    right_heading = "What leaves"
    sends = "shares exactly this"
    changes = "this changes what you shared before"

    def __init__(self, ref: str, community: str) -> None:
        super().__init__()
        self._ref = ref
        self._community = community
        self._review: Review | None = None

    def arrive(self) -> None:
        """Give the keys to the flags."""
        self.title_line.where = Content.assemble("Share with ", plain_line(self._community, "bold"))
        self.title_line.note = Content("nothing has left")
        self.query_one("#flags", ItemList).focus()

    @property
    def left_text(self) -> str:
        """The private record."""
        return self._review.source.text if self._review is not None else ""

    def look(self) -> Flagged:
        """Return the review as it was left."""
        self._review = self.workspace.sharing.review_again(self._ref, self._community)
        return self._review

    def settled(
        self, replaced: dict[str, str], keep: Sequence[str], remove: Sequence[str], open_again: Sequence[str]
    ) -> Flagged:
        """Settle flags, or let settled ones stand again."""
        sharing = self.workspace.sharing
        self._review = sharing.settle(self._ref, self._community, replaced, keep, remove, open_again)
        return self._review

    def remarks(self) -> list[Item]:
        """Return what was done without asking: names that gave way to roles, and what was left behind."""
        review, found = self._review, []
        if review is not None and review.replaced:
            pairs = ", ".join(f"“{text}” → {role}" for text, role in review.replaced[:MOST_NAMED])
            found.append(remark(plain_line(f"✓ {pairs}{' …' * (len(review.replaced) > MOST_NAMED)}")))
        if review is not None and review.dropped:
            found.append(remark(plain_line(f"✓ left behind: {', '.join(review.dropped)}")))
        return found

    def action_send(self) -> None:
        """Let exactly what is at the right leave, with the next sync."""
        review = self._review
        if review is not None and not review.open_flags:
            self._send(review)

    @work(thread=True, exclusive=True, exit_on_error=False, group="send")
    def _send(self, review: Review) -> None:
        workspace = self.workspace
        record = workspace.sharing.send(review).record

        def withdraw() -> str:
            workspace.sharing.withdraw(record.ref)
            return f"“{record.title}” is withdrawn from {record.place}; it had not been sent."

        key = self.desk.key_of("everywhere.sync")
        self.post_message(Done(f"“{record.title}” is in {record.place}. {key} sends it.", withdraw))


class SettleScreen(FlagsScreen):
    """What a draft would write into a community, with each flag to settle below.

    `answer` hears what was written, nothing when one left with nothing written: then the draft is still there.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("settle")
    place = "settle"
    left_heading = "What you wrote"
    sends = "writes exactly this; the next sync sends it"
    changes = "this changes a record that is there"

    class Written(Message):
        """The draft is in its community."""

        def __init__(self, saved: Sequence[Saved]) -> None:
            super().__init__()
            self.saved = saved

    def __init__(self, draft: Draft, answer: Callable[[Sequence[Saved]], None], for_meetings: bool = False) -> None:
        super().__init__()
        self.for_meetings = for_meetings
        self.right_heading = f"What goes into {draft.place}"
        self._draft = draft
        self._answer = answer
        self._is_sending = False

    def tell(self, sentence: str, severity: str = "information") -> None:
        """Say something; all of it is about what others are to read."""
        self.desk.tell(sentence, severity, is_shared=self.for_meetings)

    def arrive(self) -> None:
        """Give the keys to the flags."""
        self.title_line.where = Content.assemble("Into ", plain_line(self._draft.place, "bold"))
        self.title_line.note = Content("nothing is written there yet")
        self.query_one("#flags", ItemList).focus()

    @property
    def left_text(self) -> str:
        """The draft."""
        return self._draft.text

    def look(self) -> Flagged:
        """Return what the draft would write."""
        return self.workspace.settling.look(self._draft)

    def settled(
        self, replaced: dict[str, str], keep: Sequence[str], remove: Sequence[str], open_again: Sequence[str]
    ) -> Flagged:
        """Settle flags, or let settled ones stand again."""
        return self.workspace.settling.settle(self._draft, replaced, keep, remove, open_again)

    def action_send(self) -> None:
        """Write exactly what is at the right into the community."""
        if self.flagged is not None and not self.flagged.open_flags and not self._is_sending:
            self._is_sending = True
            self._send()

    @work(thread=True, exclusive=True, exit_on_error=False, group="send")
    def _send(self) -> None:
        saved = self.workspace.settling.write(self._draft)
        self.workspace.drafts.discard(self._draft.id)
        self.post_message(self.Written(saved))

    def failed(self, group: str, sentence: str) -> None:
        """Say what did not work; it can be tried again."""
        self._is_sending = False
        super().failed(group, sentence)

    @on(Written)
    def take_written(self, event: Written) -> None:
        """Go back with what was written."""
        self.app.pop_screen()
        self._answer(event.saved)

    def action_back(self) -> None:
        """Go back with nothing written."""
        if not self._is_sending:
            self.app.pop_screen()
            self._answer(())
