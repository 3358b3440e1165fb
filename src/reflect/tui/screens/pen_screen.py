"""What happens to a text that is being written: kept as a draft, saved, put into history; never lost."""

from __future__ import annotations

from functools import cached_property

from textual import on, work
from textual.message import Message

from reflect.errors import ReflectError
from reflect.records.yaml_block import Value
from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.keeper import Keeper
from reflect.tui.pen import Opened, Pen, Snapshot, Task
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.troubles import sentence_of
from reflect.vault.saving import Saved


class PenScreen(DeskScreen):
    """A sheet and its three states: *draft*, *saved*, *in history*. A subclass shows it."""

    class Ready(Message):
        """The sheet is here."""

        def __init__(self, opened: Opened) -> None:
            super().__init__()
            self.opened = opened

    class Kept(Message):
        """A draft was kept."""

        def __init__(self, number: int, at: str) -> None:
            super().__init__()
            self.number = number
            self.at = at

    class Written(Message):
        """The file was written."""

        def __init__(self, snapshot: Snapshot, saved: Saved, sent: str) -> None:
            super().__init__()
            self.snapshot = snapshot
            self.saved = saved
            self.sent = sent

    class InHistory(Message):
        """What was written is in history; `trouble` says why not, if it has to wait."""

        def __init__(self, number: int, trouble: str) -> None:
            super().__init__()
            self.number = number
            self.trouble = trouble

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.opened: Opened | None = None
        self.changes: dict[str, Value | None] = {}
        self.keeper = Keeper(self.set_timer, self._keep_in_background)
        self._what = task
        self._is_leaving = False
        self._is_saving = False
        # Why the last save did not work; it is said until one does.
        self._trouble = ""
        # Whether the save that runs has written its file.
        self._is_written = False

    @cached_property
    def pen(self) -> Pen:
        """What writes in the journal; its calls take their time."""
        return Pen(self.workspace)

    # What a subclass shows

    def typed(self) -> tuple[str, str]:
        """Return the title and the text as they stand on the screen."""
        raise NotImplementedError

    def show_state(self, words: str, is_trouble: bool = False) -> None:
        """Show in one corner how safe the text is."""

    def show_saved(self) -> None:
        """Show what a first save makes known."""

    def show_merged(self, body: str) -> None:
        """Show a text that holds what another program had written meanwhile."""

    # Opening

    def load(self) -> None:
        """Open the sheet, once: what is being written is never taken away by news from elsewhere."""
        if self.opened is None:
            self._open(self._what)

    @work(thread=True, exclusive=True, exit_on_error=False, group="open")
    def _open(self, task: Task) -> None:
        self.post_message(self.Ready(self.pen.open(task)))

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

    # Keeping

    def snapshot(self) -> Snapshot | None:
        """Return the screen as it is now, None before the sheet is there."""
        if self.opened is None:
            return None
        title, body = self.typed()
        return Snapshot(self.opened.sheet, title, dict(self.changes), body, self.keeper.number)

    def changed(self) -> None:
        """Note that something was typed."""
        if not self.keeper.has_unkept and not self._trouble:
            self.show_state("draft …")
        self.keeper.changed()

    def keep_now(self) -> None:
        """Keep a draft before this returns: the app is about to end, or the person has gone elsewhere."""
        snapshot = self.snapshot() if self.keeper.has_unkept else None
        if snapshot is None or snapshot.is_empty:
            return
        try:
            self._take_kept(self.Kept(snapshot.number, self.pen.keep(snapshot)))
        except ReflectError as error:
            self.failed("keep", sentence_of(error))

    def on_screen_suspend(self) -> None:
        """Keep what was typed when another screen comes to the front."""
        self.keeper.due()

    def _keep_in_background(self) -> None:
        snapshot = self.snapshot()
        if snapshot is not None:
            self._keep(snapshot)

    @work(thread=True, exclusive=True, exit_on_error=False, group="keep")
    def _keep(self, snapshot: Snapshot) -> None:
        self.post_message(self.Kept(snapshot.number, self.pen.keep(snapshot)))

    @on(Kept)
    def _take_kept(self, event: Kept) -> None:
        self.keeper.kept = max(self.keeper.kept, event.number)
        if self.keeper.has_unsaved and event.at and self._trouble:
            self.show_state(f"not saved: {self._trouble} There is a draft {event.at}.", is_trouble=True)
        elif self.keeper.has_unsaved and event.at:
            self.show_state(f"draft {event.at}")

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
        saved, sent = self.pen.save(snapshot)
        self.post_message(self.Written(snapshot, saved, sent))
        self.pen.settle(snapshot)
        trouble = self.pen.put_in_history(saved, snapshot.sheet.is_new)
        self.post_message(self.InHistory(snapshot.number, trouble))

    @on(Written)
    def _take_written(self, event: Written) -> None:
        opened, saved, snapshot = self.opened, event.saved, event.snapshot
        if opened is None:
            return
        self._is_written, self._trouble = True, ""
        self.keeper.saved = max(self.keeper.saved, snapshot.number)
        has_typed_on = self.keeper.number != snapshot.number
        # Typed on over a merge: the text sent is the base, so that the next save merges the rest again.
        base = event.sent if has_typed_on else saved.record.text
        sheet = snapshot.sheet.after_saving(saved.record.ref, base, snapshot.title)
        self.opened = Opened(sheet, opened.first, opened.more, sheet.opened_body, opened.agenda_title)
        sent = snapshot.changes
        self.changes = {name: value for name, value in self.changes.items() if sent.get(name, self) != value}
        self.show_state("draft …" if has_typed_on else "saved")
        self.show_saved()
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
            self.show_state("in history")
        self.desk.changed()
        if self._is_leaving:
            self._leave()

    def _tell_merge(self, saved: Saved) -> None:
        if saved.second is None:
            self.tell("Another program had changed this record meanwhile. Both changes are in it now.", "warning")
        else:
            self.tell(
                f"Another program had changed the same place. Two versions are kept: yours is “{saved.second.title}” "
                f"in {saved.second.path}.",
                "warning",
            )

    # Leaving

    def action_back(self) -> None:
        """Leave with everything that was typed saved; nothing typed leaves no trace."""
        snapshot = self.snapshot()
        self._is_leaving = True
        if snapshot is None:
            self.app.pop_screen()
        elif not self._is_saving:
            is_left_open = snapshot.sheet.is_from_draft and not self.keeper.saved
            if snapshot.is_empty or not (self.keeper.has_unsaved or is_left_open):
                self._discard(snapshot)
                self.app.pop_screen()
            else:
                self._save_in_background(snapshot)

    def _leave(self) -> None:
        snapshot = self.snapshot()
        if snapshot is not None and self.keeper.has_unsaved:
            # A key came in between: what it typed is saved too.
            self._save_in_background(snapshot)
        elif self.is_current:
            self.app.pop_screen()

    @work(thread=True, exit_on_error=False, group="discard")
    def _discard(self, snapshot: Snapshot) -> None:
        self.pen.settle(snapshot)

    def _ask_how_to_leave(self, sentence: str) -> None:
        def answer(key: str | None) -> None:
            if key == "d":
                self.keeper.kept = 0
                self.keep_now()
                if not self.keeper.has_unkept:
                    self.app.pop_screen()

        answers = (("escape", "Stay, and try again"), ("d", "Keep it as a draft and leave"))
        self.app.push_screen(AskDialog("Not saved", sentence, answers), answer)
