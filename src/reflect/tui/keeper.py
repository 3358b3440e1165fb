"""When a text is kept as a draft: a second after a pause, and two after the first unsaved key at the latest."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

PAUSE = 1.0
LATEST = 2.0
# After a draft could not be kept: a full disk may have room again.
AGAIN = 5.0


class Keeper:
    """Counts changes, and says when they are to be kept. `set_timer` is the screen's."""

    def __init__(self, set_timer: Callable[[float, Callable[[], None]], Timer], keep: Callable[[], None]) -> None:
        self._set_timer = set_timer
        self._keep = keep
        self._pause: Timer | None = None
        self._latest: Timer | None = None
        self.number = 0
        self.kept = 0
        self.saved = 0

    @property
    def has_unkept(self) -> bool:
        """Whether something was typed since the last draft or save."""
        return self.number > max(self.kept, self.saved)

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed since the last save."""
        return self.number > self.saved

    def changed(self) -> None:
        """Note that something was typed."""
        self.number += 1
        if self._pause is not None:
            self._pause.stop()
        self._pause = self._set_timer(PAUSE, self.due)
        if self._latest is None:
            self._latest = self._set_timer(LATEST, self.due)

    def failed(self) -> None:
        """Try again later, also if nothing more is typed."""
        if self._pause is None and self._latest is None:
            self._latest = self._set_timer(AGAIN, self.due)

    def due(self) -> None:
        """Keep now what was typed."""
        for timer in (self._pause, self._latest):
            if timer is not None:
                timer.stop()
        self._pause = self._latest = None
        if self.has_unkept:
            self._keep()
