"""What happens to a text that is being written: kept as a draft, saved, put into history; never lost."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.message import Message

from reflect.community.writing import FlagsOpen
from reflect.records.record import Record
from reflect.store.drafts import Draft
from reflect.tui import places
from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.messages import Done
from reflect.tui.pen import Opened, Snapshot, Task
from reflect.tui.screens.keeping_screen import KeepingScreen
from reflect.tui.sheet import Sheet
from reflect.vault.saving import Saved


class PenScreen(KeepingScreen):
    """A sheet and its three states: *draft*, *saved*, *in history*. A subclass shows it.

    What is written into a community is a draft until nothing in it is left to be settled, and then is there, unsent.
    """

    class Written(Message):
        """The file was written; `is_settled` says that its text is another one than was typed."""

        def __init__(self, snapshot: Snapshot, saved: Saved, sent: str, is_settled: bool = False) -> None:
            super().__init__()
            self.snapshot = snapshot
            self.saved = saved
            self.sent = sent
            self.is_settled = is_settled

    class Flagged(Message):
        """Something has to be settled before the text can be in its community; it is a draft meanwhile."""

        def __init__(self, snapshot: Snapshot, draft: Draft) -> None:
            super().__init__()
            self.snapshot = snapshot
            self.draft = draft

    class InHistory(Message):
        """What was written is in history; `trouble` says why not, if it has to wait."""

        def __init__(self, number: int, trouble: str) -> None:
            super().__init__()
            self.number = number
            self.trouble = trouble

    def __init__(self, task: Task, for_meetings: bool = False) -> None:
        super().__init__(task, for_meetings)
        self._is_leaving = False
        self._is_saving = False
        # Whether the save that runs has written its file.
        self._is_written = False
        # What was opened, and the record that it became or changed, for taking that back.
        self._first: Sheet | None = None
        self._last: Record | None = None

    def failed(self, group: str, sentence: str) -> None:
        """Say honestly that a text is not saved, and keep it on the screen."""
        if group == "save" and self._is_written:
            # It is in its file; only what comes after that did not work.
            self._take_in_history(self.InHistory(self.keeper.saved, sentence))
        elif group == "save":
            self._trouble = sentence
            self.show_state(f"not saved: {sentence}", is_trouble=True)
        elif group == "keep":
            self.show_state(f"not saved: {sentence}", is_trouble=True)
            self.keeper.failed()
        else:
            super().failed(group, sentence)
        if group == "open":
            if self.is_current:
                self.app.pop_screen()
        elif group == "save" and self._is_saving:
            self._is_saving = False
            was_leaving, self._is_leaving = self._is_leaving, False
            if was_leaving:
                self._ask_how_to_leave(sentence)

    # Saving

    def action_save(self) -> None:
        """Save without leaving."""
        snapshot = self.snapshot()
        if snapshot is None or self._is_saving:
            return
        if snapshot.is_empty:
            self.tell("There is nothing to save yet.")
            return
        self._save_in_background(snapshot)

    def _save_in_background(self, snapshot: Snapshot) -> None:
        self._is_saving = True
        self._is_written = False
        self._save(snapshot)

    @work(thread=True, exit_on_error=False, group="save")
    def _save(self, snapshot: Snapshot) -> None:
        try:
            saved, sent = self.pen.save(snapshot)
        except FlagsOpen:
            self.pen.keep(snapshot)
            self.post_message(self.Flagged(snapshot, self.pen.draft_of(snapshot)))
            return
        self.post_message(self.Written(snapshot, saved, sent))
        self._wrap_up(snapshot, saved)
        self._say_remarks(snapshot, saved)

    def _say_remarks(self, snapshot: Snapshot, saved: Saved) -> None:
        """Say what of an outline is drawn elsewhere than it stands; what is to be said of a field stands below it."""
        kind = snapshot.sheet.kind
        if any(section.check for section in kind.sections):
            from reflect.records.remarks import of_sections

            for remark in of_sections(kind, saved.record):
                self.app.call_from_thread(self.tell, remark)

    def _wrap_up(self, snapshot: Snapshot, saved: Saved) -> None:
        self.pen.settle(snapshot)
        trouble = self.pen.put_in_history(saved, snapshot.sheet.is_new)
        self.post_message(self.InHistory(snapshot.number, trouble))

    @on(Flagged)
    def _review(self, event: Flagged) -> None:
        """Show what has to be settled; the text stays a draft until that is done."""
        snapshot = event.snapshot
        self.keeper.kept = max(self.keeper.kept, snapshot.number)
        self.show_state(f"draft, not in {self.community} yet")

        def take(written: Sequence[Saved]) -> None:
            for saved in written[:1]:
                self.post_message(self.Written(snapshot, saved, saved.record.text, is_settled=True))
                self._after_review(snapshot, saved)
                return
            self._is_saving = False
            was_leaving, self._is_leaving = self._is_leaving, False
            if was_leaving:
                self._ask_how_to_leave(
                    f"Something in this text is still to be settled, so it is not in {self.community}."
                )

        self.app.push_screen(places.settle(event.draft, take, self.for_meetings))

    @work(thread=True, exit_on_error=False, group="save")
    def _after_review(self, snapshot: Snapshot, saved: Saved) -> None:
        self._is_written = True
        self._wrap_up(snapshot, saved)

    @on(Written)
    def _take_written(self, event: Written) -> None:
        opened, saved, snapshot = self.opened, event.saved, event.snapshot
        if opened is None:
            return
        self._is_written, self._trouble = True, ""
        self.keeper.saved = max(self.keeper.saved, snapshot.number)
        has_typed_on = self.keeper.number != snapshot.number
        self._first, self._last = self._first or snapshot.sheet, saved.record
        # Typed on over a merge: the text sent is the base, so that the next save merges the rest again.
        base = event.sent if has_typed_on else saved.record.text
        title = saved.record.title if event.is_settled and snapshot.title.strip() else snapshot.title
        sheet = snapshot.sheet.after_saving(saved.record.ref, base, title)
        self.opened = Opened(sheet, opened.first, opened.more, sheet.opened_body, opened.agenda_title)
        sent = snapshot.changes
        self.changes = {name: value for name, value in self.changes.items() if sent.get(name, self) != value}
        self.show_state("draft …" if has_typed_on else "saved")
        self.show_saved()
        if event.is_settled and not has_typed_on:
            self.show_settled(title, sheet.opened_body)
        if saved.was_merged:
            if not has_typed_on:
                self.show_merged(sheet.opened_body)
            self._tell_merge(saved)
        if has_typed_on:
            # A draft kept meanwhile does not know the file yet.
            self._keep_in_background()

    @on(InHistory)
    def _take_in_history(self, event: InHistory) -> None:
        self._is_saving = False
        if self.keeper.has_unsaved:
            # What the corner says is about what was typed since.
            if event.trouble:
                self.tell(event.trouble, "warning")
        elif event.trouble:
            self.show_state(f"saved. {event.trouble}", is_trouble=True)
        else:
            self.show_state(f"in {self.community}, not sent yet" if self.community else "in history")
        self.desk.changed()
        if self._is_leaving:
            self._leave()

    def _tell_merge(self, saved: Saved) -> None:
        who = "Someone else" if saved.record.place else "Another program"
        if saved.second is None:
            self.tell(f"{who} had changed this record meanwhile. Both changes are in it now.", "warning")
        else:
            self.tell(
                f"{who} had changed the same place. Two versions are kept: yours is “{saved.second.title}” "
                f"in {saved.second.path}.",
                "warning",
            )

    # Leaving

    def action_back(self) -> None:
        """Leave with everything that was typed saved; nothing typed leaves no trace."""
        snapshot = self.snapshot()
        self._is_leaving = True
        if snapshot is None:
            self._go()
        elif not self._is_saving:
            is_left_open = snapshot.sheet.is_from_draft and not self.keeper.saved
            if snapshot.is_empty or not (self.keeper.has_unsaved or is_left_open):
                self._discard(snapshot)
                self._go()
            elif not self.community:
                self._save_in_background(snapshot)
            elif self.keeper.has_unsaved:
                self._ask_whether_to_write()
            else:
                # A draft that was only looked at stays one.
                self._go()

    def _leave(self) -> None:
        snapshot = self.snapshot()
        if snapshot is not None and self.keeper.has_unsaved:
            # A key came in between: what it typed is saved too.
            self._save_in_background(snapshot)
        elif self.is_current:
            self._go()

    def _go(self) -> None:
        """Leave; what is in a community now and was not sent can be taken back."""
        self.app.pop_screen()
        first, last = self._first, self._last
        if first is not None and last is not None and last.place and last.text != first.base:
            key = self.desk.key_of("everywhere.sync")
            says = f"“{last.title}” is in {last.place}, not sent yet. {key} sends it."
            self.desk.post_message(Done(says, lambda: self.pen.take_back(first, last.ref), self.for_meetings))

    @work(thread=True, exit_on_error=False, group="discard")
    def _discard(self, snapshot: Snapshot) -> None:
        self.pen.settle(snapshot)

    def _ask_whether_to_write(self) -> None:
        """Ask before what others will read is put where they read it: leaving alone never does that."""
        self._is_leaving = False

        def answer(key: str | None) -> None:
            snapshot = self.snapshot()
            if key == "p" and snapshot is not None:
                self._is_leaving = True
                self._save_in_background(snapshot)
            elif key == "d":
                self._leave_as_draft()

        answers = (
            ("p", f"Put it into {self.community}; the next sync sends it"),
            ("d", "Keep it as a draft, which only you see, and leave"),
            ("escape", "Write on"),
        )
        sentence = "Until it is there, nobody else sees it. Today leads back to a draft."
        self.app.push_screen(
            AskDialog(f"This is not in {self.community} yet", sentence, answers, self.for_meetings), answer
        )

    def _leave_as_draft(self) -> None:
        self.keeper.kept = 0
        self.keep_now()
        if not self.keeper.has_unkept:
            self._go()
            # Today leads back to it.
            self.desk.changed()

    def _ask_how_to_leave(self, sentence: str) -> None:
        def answer(key: str | None) -> None:
            if key == "d":
                self._leave_as_draft()

        heading = f"Not in {self.community}" if self.community else "Not saved"
        answers = [("escape", "Stay, and try again"), ("d", "Keep it as a draft and leave")]
        if self.community:
            answers = [("escape", "Stay"), ("d", "Keep it as a draft and leave; Today leads back to it")]
        self.app.push_screen(AskDialog(heading, sentence, answers, self.for_meetings), answer)
