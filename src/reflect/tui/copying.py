"""Keeping a copy of the journal elsewhere, from the app: where, what that means, and then it is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import ReflectError
from reflect.tui import places
from reflect.tui.messages import Done, Synced

if TYPE_CHECKING:
    from reflect.community.own_copies import Looked
    from reflect.tui.app import ReflectApp

GROUP = "copy"
HEADING = "A copy of your journal"
WHERE = """A copy on another disk, or at a host, is a backup, and how your journal comes to another device.

Give a folder, such as /media/disk/journal.git, or the address of an empty private place."""


class CopyKeeper:
    """Asks where a copy is to be, and makes it in a worker of the app."""

    def __init__(self, app: ReflectApp) -> None:
        self._app = app

    def ask(self, value: str = "", trouble: str = "") -> None:
        """Ask where; `trouble` is what was wrong with the place that is offered again."""
        self._app.push_screen(places.ask_line(HEADING, WHERE, value, trouble), self._look)

    def _look(self, value: str | None) -> None:
        if value:
            self._work(lambda: self._look_at(value))

    def _look_at(self, value: str) -> None:
        from reflect.community.joining import Typed
        from reflect.community.keys import KeyNeeded

        home = str(Path.home())
        try:
            looked = self._app.workspace.own_copies.look_at(Typed(value, home, home))
        except KeyNeeded as needed:
            self._app.call_from_thread(self.ask, value, "\n".join(needed.steps()))
        except ReflectError as error:
            self._app.call_from_thread(self.ask, value, str(error))
        else:
            self._app.call_from_thread(self._confirm, looked)

    def _confirm(self, looked: Looked) -> None:
        from reflect.community.own_words import what_a_copy_means

        sentence = "\n\n".join(what_a_copy_means(looked))

        def answer(key: str | None) -> None:
            if key == "c":
                self._work(lambda: self._add(looked))

        self._app.push_screen(places.keep_copy(sentence), answer)

    def _add(self, looked: Looked) -> None:
        outcome = self._app.workspace.own_copies.add(looked)
        if outcome.is_done:
            self._app.post_message(
                Done(f"{looked.remote.name} is a copy of your journal now; a sync keeps it in step.")
            )
        self._app.post_message(Synced([outcome], is_asked=not outcome.is_done))

    def _work(self, work: Callable[[], None]) -> None:
        self._app.run_worker(work, thread=True, exit_on_error=False, group=GROUP, name=GROUP)


def take_back_sync(app: ReflectApp) -> str:
    """Take back all that the last sync brought from other devices, and return a sentence that says so."""
    count = len(app.workspace.undo_sync())
    return f"Taken back: {count:,} file{'s' * (count != 1)}, as before the sync."
