"""Leaving the app: what waits is sent first, if it goes quickly; nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from reflect.records.wording import counted
from reflect.tui import places

if TYPE_CHECKING:
    from reflect.community.outcome import Outcome
    from reflect.tui.app import ReflectApp

GROUP = "leaving"
# Seconds: to look whether something waits, and to send it.
TO_LOOK, TO_SEND = 1.0, 5.0


class Waiting(Message):
    """These places lack something that is here."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names


class Leaving:
    """Ends the app once what waits was sent, at a key, or after a few seconds, whichever comes first."""

    def __init__(self, app: ReflectApp) -> None:
        self._app = app
        self._names: Sequence[str] = ()
        self._timer: Timer | None = None
        self.is_on = False

    def begin(self) -> None:
        """Leave, at once where nothing waits; a second time, leave now."""
        app = self._app
        if self.is_on or app.settings.sync_at_end != "yes" or app.current_mode == "welcome":
            self.end()
            return
        self.is_on = True
        self._timer = app.set_timer(TO_LOOK, self.end)
        app.run_worker(self._look, thread=True, exit_on_error=False, group=GROUP)

    def send(self, names: Sequence[str]) -> None:
        """Send to these places, and say that one may leave now."""
        app = self._app
        if not names or app.current_mode == "welcome":
            self.end()
            return
        self._names = names
        if self._timer is not None:
            self._timer.stop()
        self._timer = app.set_timer(TO_SEND, self.end)
        app.push_screen(places.last_sync(names), lambda _: self.end())
        app.syncer.begin(is_asked=False, names=names)

    def take(self, outcomes: Sequence[Outcome]) -> None:
        """Leave with what a sync has done, and say what could not be sent."""
        done = {each.name for each in outcomes if each.is_done and not each.unsent}
        left = [name for name in self._names if name not in done]
        counts = {each.name: each.unsent for each in outcomes}
        self._app.leave(what_waits(left, counts))

    def end(self) -> None:
        """Leave now."""
        self._app.leave(what_waits(self._names, {}))

    def _look(self) -> None:
        self._app.post_message(Waiting(self._app.workspace.rounds.waiting()))


def what_waits(names: Sequence[str], counts: dict[str, int]) -> str:
    """Return in a sentence what was not sent to these places, `""` for none; `counts` are of records, if known."""
    if not names:
        return ""
    says = [f"{name} ({counted(counts[name], 'record')})" if counts.get(name) else name for name in names]
    places = f"{', '.join(says[:-1])} and {says[-1]}" if len(says) > 1 else says[0]
    return f"Not sent yet to {places}. It is kept here; the next sync sends it."
