"""The app as its workers see it: what they tell, how far long work has come, and how the app ends on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from rich.text import Text
from textual import on
from textual.app import App
from textual.worker import Worker

from reflect.records.textforms import cleaned
from reflect.tui import places
from reflect.tui.copying import CopyKeeper, take_back_sync
from reflect.tui.leaving import Leaving, Waiting
from reflect.tui.messages import ReadingOn, Refreshed, Synced
from reflect.tui.refresher import GROUP, Refresher
from reflect.tui.syncer import GROUP as SYNC
from reflect.tui.syncer import Syncer
from reflect.tui.troubles import failure_of, sentence_of

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp
    from reflect.tui.screens.desk_screen import DeskScreen


class WorkingApp(App[int]):
    """Keeps lists and places in step behind the screens, and shows that it does."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # What is being done, how far, of how much; only long work is shown.
        self.reading: tuple[str, int, int] | None = None
        app = cast("ReflectApp", self)
        self.refresher = Refresher(app)
        self.syncer = Syncer(app)
        self.copies = CopyKeeper(app)
        self.leaving = Leaving(app)
        # Takes back what was done last, and returns a sentence that says so.
        self._undo: Callable[[], str] | None = None

    # What the app itself does

    def tell(self, sentence: str, severity: str = "information", is_shared: bool = False) -> None:
        """Say something in a toast."""
        raise NotImplementedError

    def changed(self) -> None:
        """Let every screen show anew what it shows."""
        raise NotImplementedError

    def keep_drafts(self) -> None:
        """Put what is being written among the drafts, at once."""
        raise NotImplementedError

    # Keys

    def action_sync(self) -> None:
        """Exchange with the communities what is new, now."""
        if self.current_mode != "welcome":
            self.syncer.begin(is_asked=True)

    def action_keep_copy(self) -> None:
        """Ask where a copy of the journal is to be kept."""
        if self.current_mode != "welcome":
            self.copies.ask()

    def action_report(self) -> None:
        """Show what the last sync did."""
        if self.current_mode != "welcome" and getattr(self.screen, "place", "") != "report":
            self.push_screen(places.sync_report())

    def action_look_closely(self) -> None:
        """Look at all files again: what another program changed, or a reading that was stopped."""
        self.refresher.look_closely()

    async def action_quit(self) -> None:
        """Leave; what is being written stays among the drafts, and what waits is sent if it goes quickly."""
        self.keep_drafts()
        self.leaving.begin()

    def leave(self, says: str = "") -> None:
        """End the app; `says` is what a person reads after it."""
        self.keep_drafts()
        self.workers.cancel_all()
        self.exit(0, message=Text(cleaned(says)) if says else None)

    # What workers tell

    @on(ReadingOn)
    def show_reading(self, event: ReadingOn) -> None:
        """Show how far long work has come."""
        self.reading = (event.word, event.done, event.total) if event.is_long else None
        self._show_progress()

    @on(Refreshed)
    def take_refreshed(self, event: Refreshed) -> None:
        """Show what changed."""
        self.reading = None
        # Not when the worker ends: it packs history first, and an empty list would say “reading” for ever.
        self.refresher.has_read = self.refresher.has_read or event.is_full
        self._show_progress()
        for notice in event.notices:
            self.tell(notice)
        if event.has_changes or event.is_full:
            self.changed()
        if event.is_full:
            self.syncer.begin_by_itself()

    @on(Synced)
    def take_synced(self, event: Synced) -> None:
        """Say what a sync did, and show what came; at the end, leave."""
        self.reading = None
        if any(each.is_own and each.received for each in event.outcomes):
            self._undo = partial(take_back_sync, cast("ReflectApp", self))
        self.syncer.take(event)
        self._show_progress()
        if self.leaving.is_on:
            self.leaving.take(event.outcomes)

    @on(Waiting)
    def take_waiting(self, event: Waiting) -> None:
        """Send what waits before the end, or leave."""
        self.leaving.send(event.names)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say why a worker of the app failed."""
        error = failure_of(event)
        had_read = self.refresher.has_read
        if event.worker.group == GROUP:
            self.refresher.ended(event.state)
            if event.worker.is_cancelled:
                self.reading = None
                self._show_progress()
        if event.worker.group == SYNC:
            self.syncer.ended(event.state)
            if event.worker.is_finished:
                self.reading = None
                self._show_progress()
        if error is not None and event.worker.group == GROUP and not had_read:
            self.push_screen(places.cannot_open(sentence_of(error)), lambda _: self.exit(1))
        elif error is not None:
            self.tell(sentence_of(error), "error")

    def on_app_focus(self) -> None:
        """Look for what another program wrote meanwhile."""
        self.refresher.look_again()

    def _show_progress(self) -> None:
        # While the app ends, a worker may still have something to tell, and there is no screen any more.
        if self.screen_stack and hasattr(self.screen, "show_work"):
            cast("DeskScreen", self.screen).show_work()
