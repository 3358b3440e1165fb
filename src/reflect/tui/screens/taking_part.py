"""What one does with a record together with others: answer it, try it too, carry it on, withdraw it, distill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.message import Message

from reflect.tui import places
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.taking_part import ACTIONS, refusals

if TYPE_CHECKING:
    from reflect.records.compose import Content
    from reflect.records.record import Record
    from reflect.store.drafts import Draft


class TakingPartScreen(DeskScreen):
    """A screen with a record. What cannot be done with it is not offered, and its key says why."""

    # The key of an action in the settings is `reader.` and this.
    NAMES: Mapping[str, str] = {
        "respond": "respond",
        "try_too": "try-too",
        "carry": "carry",
        "withdraw": "withdraw",
        "distill": "distill",
        "mark_unread": "unread",
    }

    class Refused(Message):
        """What cannot be done with the record is known, each with why."""

        def __init__(self, refusals: Mapping[str, str]) -> None:
            super().__init__()
            self.refusals = refusals

    class Copied(Message):
        """A copy for another community is made, as a draft; `record` is what it is a copy of."""

        def __init__(self, draft: Draft, record: Record) -> None:
            super().__init__()
            self.draft = draft
            self.record = record

    def __init__(self) -> None:
        super().__init__()
        self._refusals: Mapping[str, str] | None = None

    @property
    def record(self) -> Record | None:
        """The record that is read, None before it is here."""
        return None

    def find_refusals(self, record: Record) -> None:
        """Work out, in a worker, what can be done with a record."""
        self.post_message(self.Refused(refusals(self.workspace, record)))

    @on(Refused)
    def take_refusals(self, event: Refused) -> None:
        """Offer what can be done."""
        self._refusals = event.refusals
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with this record."""
        if action in ACTIONS and (self._refusals is None or action in self._refusals):
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Say why what a key stands for cannot be done here."""
        for action, says in (self._refusals or {}).items():
            allowed = self.desk.meeting.allows(action)
            if allowed and event.key in self.desk.keys_of(f"reader.{self.NAMES[action]}"):
                event.stop()
                self.tell(says)

    # Answering, and trying it too

    async def action_respond(self) -> None:
        """Answer the record, in its community."""
        if self.record is not None:
            record = self.record
            screen = places.responding(record.place, record.ref, for_meetings=self.for_meetings)
            await self.app.push_screen(screen)

    def action_try_too(self) -> None:
        """Begin a finding of one's own that links to this record, in its community."""
        if self.record is not None:
            self._begin_trial(self.record)

    @work(thread=True, exclusive=True, exit_on_error=False, group="begin")
    def _begin_trial(self, record: Record) -> None:
        begun = self.workspace.responding.begun_trial(record)
        self.app.call_from_thread(self._write_trial, begun, record.place)

    def _write_trial(self, begun: Content, community: str) -> None:
        self.app.push_screen(places.writing("finding", begun, place=community))

    # Carrying on

    def action_carry(self) -> None:
        """Choose another community, say why it matters there, and see exactly what would stand there."""
        if self.record is not None:
            self._find_others(self.record)

    @work(thread=True, exclusive=True, exit_on_error=False, group="communities")
    def _find_others(self, record: Record) -> None:
        names = [each.name for each in self.workspace.communities.here() if each.name != record.place]
        self.app.call_from_thread(self._choose_other, names)

    def _choose_other(self, names: Sequence[str]) -> None:
        if len(names) == 1:
            self._ask_why(names[0])
            return

        def choose(answer: str | None) -> None:
            if answer is not None and answer.isdigit():
                self._ask_why(names[int(answer) - 1])

        self.app.push_screen(places.choose_other_community(names[:9]), choose)

    def _ask_why(self, community: str, why: str = "", trouble: str = "") -> None:
        record = self.record

        def answered(answer: tuple[str, str] | None) -> None:
            if answer is not None and record is not None:
                self._copy(record, community, *answer)

        if record is not None:
            self.app.push_screen(places.carry(record, community, why, trouble), answered)

    @work(thread=True, exclusive=True, exit_on_error=False, group="copy")
    def _copy(self, record: Record, community: str, why: str, agenda: str) -> None:
        workspace = self.workspace
        text = workspace.responding.copied(record, community, why, agenda, workspace.lang_written)
        # What was typed is on disk before anything else can go wrong.
        self.post_message(self.Copied(workspace.new_draft(record.kind, text, None, community), record))

    @on(Copied)
    def review_copy(self, event: Copied) -> None:
        """Show exactly what would stand in the other community."""
        self.app.push_screen(places.copy(self.desk, event.draft, event.record))

    # Taking back, and beginning anew

    def action_withdraw(self) -> None:
        """Ask whether the record is to be taken out of its community."""
        record = self.record
        if record is None:
            return

        def answered(answer: str | None) -> None:
            if answer == "w":
                self._withdraw(record)

        self.app.push_screen(places.withdraw(record.title), answered)

    @work(thread=True, exclusive=True, exit_on_error=False, group="withdraw")
    def _withdraw(self, record: Record) -> None:
        gone = self.workspace.sharing.withdraw(record.ref)
        key = self.desk.key_of("everywhere.sync")
        says = f"“{gone.title}” is withdrawn. {key} tells the others."
        # From here one only goes back where the record itself is gone.
        (self if record.place else self.desk).post_message(Done(says))

    def action_distill(self) -> None:
        """Choose what to begin from what this taught; nothing of its text goes along."""
        record = self.record
        if record is None:
            return

        def answered(answer: str | None) -> None:
            if answer is not None:
                from reflect.records.compose import Content

                self.app.push_screen(places.writing(answer, Content(links=(record.id,))))

        self.app.push_screen(places.distill(), answered)

    def action_mark_unread(self) -> None:
        """Let the record be new again, and go back to where it is listed."""
        if self.record is not None:
            self._mark_unread(self.record.ref)

    @work(thread=True, exclusive=True, exit_on_error=False, group="mark")
    def _mark_unread(self, ref: str) -> None:
        workspace = self.workspace
        workspace.communities.mark_read(workspace.catalog.at_ref(ref), is_read=False)

        def read_again() -> str:
            workspace.communities.mark_read(workspace.catalog.at_ref(ref))
            return "It is marked as read."

        self.post_message(Done("It is new again.", read_again))
