"""That a journal is on one computer only: said once a month, until a copy of it is kept elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reflect.community.places import journal_addresses
from reflect.records.ulid import made_at
from reflect.vault.vault import Vault

if TYPE_CHECKING:
    from reflect.store.state import LocalState
    from reflect.vault.remotes import Remotes

# A group of what is remembered on this computer: the day on which it was said last, or put off.
SAID = "only here"
# Whoever has just begun has little to lose, and other things to think of.
FIRST_DAYS = 7
AGAIN_AFTER = 30


@dataclass(frozen=True)
class OnlyHere:
    """Knows whether a journal is on this computer only, and when that is to be said again."""

    vault: Vault
    remotes: Remotes
    state: Callable[[], LocalState]
    now: Callable[[], dt.datetime]

    def is_so(self) -> bool:
        """Say whether no copy is kept, by this program or by plain git."""
        return not self.remotes.all() and not journal_addresses(self.vault.git)

    def is_to_be_said(self) -> bool:
        """Say whether it is time to say it: for one day of each month."""
        now = self.now()
        if (now.date() - made_at(self.vault.marker.id).astimezone(now.tzinfo).date()).days < FIRST_DAYS:
            return False
        said, put_off = (self._days_since(name) for name in ("said", "put off"))
        is_time = (said is None or said == 0 or said >= AGAIN_AFTER) and (put_off is None or put_off >= AGAIN_AFTER)
        return is_time and self.is_so()

    def note_said(self) -> None:
        """Remember that it was said today."""
        if self._days_since("said") != 0:
            self.state().put(SAID, "said", self._today())

    def put_off(self, is_put_off: bool = True) -> None:
        """Say it no more for a month, or now again."""
        self.state().put(SAID, "put off", self._today() if is_put_off else "")

    def _today(self) -> str:
        return self.now().date().isoformat()

    def _days_since(self, name: str) -> int | None:
        try:
            return (self.now().date() - dt.date.fromisoformat(self.state().get(SAID, name))).days
        except ValueError:
            return None
