"""A text while it is written: opened once, and kept as a draft within two seconds of each key."""

from __future__ import annotations

from functools import cached_property

from textual import on, work
from textual.message import Message

from reflect.errors import ReflectError
from reflect.records.yaml_block import Value
from reflect.tui.keeper import Keeper
from reflect.tui.pen import Opened, Pen, Snapshot, Task
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.troubles import sentence_of


class KeepingScreen(DeskScreen):
    """A sheet on the desk whose text is never only on the screen. A subclass shows it, and says where it goes."""

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

    def __init__(self, task: Task, for_meetings: bool = False) -> None:
        super().__init__()
        self.for_meetings = for_meetings
        self.opened: Opened | None = None
        self.changes: dict[str, Value | None] = {}
        self.keeper = Keeper(self.set_timer, self._keep_in_background)
        self._what = task
        # Why the last save did not work; it is said until one does.
        self._trouble = ""

    @property
    def community(self) -> str:
        """The community that is written into, `""` for one's own journal."""
        return self.opened.sheet.place if self.opened is not None else self._what.place

    def tell(self, sentence: str, severity: str = "information") -> None:
        """Say something; what is about a community may be said before the eyes of others."""
        self.desk.tell(sentence, severity, is_shared=self.for_meetings)

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

    def show_settled(self, title: str, body: str) -> None:
        """Show a title and a text in which names gave way to roles."""

    # Opening

    def load(self) -> None:
        """Open the sheet, once: what is being written is never taken away by news from elsewhere."""
        if self.opened is None:
            self._open(self._what)

    @work(thread=True, exclusive=True, exit_on_error=False, group="open")
    def _open(self, task: Task) -> None:
        self.post_message(self.Ready(self.pen.open(task)))

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
