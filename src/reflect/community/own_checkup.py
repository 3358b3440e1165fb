"""Looking the copies of the journal over: does each let one in, and is all in it?"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from reflect.community.checkup import IN_ALL, PATIENCE
from reflect.community.doors import ONLY_READS, Doors
from reflect.community.keys import Keys
from reflect.community.own_copies import Copy, OwnCopies
from reflect.community.own_words import AWAY
from reflect.community.public_places import refuse_public
from reflect.errors import ReflectError, TransferFailed
from reflect.store.reach import Reach
from reflect.store.states import tip_of
from reflect.store.transfer import look, may_send
from reflect.vault.checkup import Check
from reflect.vault.vault import Vault


@dataclass(frozen=True)
class OwnCheckup:
    """Examines the copies of a journal; with `fix`, makes keys that are missing."""

    vault: Vault
    copies: OwnCopies
    keys: Keys
    following: Path
    fix: bool

    def examine(self) -> list[Check]:
        """Return a check for each copy, and one for a sync that waits to be finished."""
        checks = []
        if self.following.exists():
            detail = "A sync was cut off, and could not be finished yet."
            checks.append(Check("sync", False, detail, "What stands in the way is said by: reflect sync"))
        try:
            copies = self.copies.all()
        except ReflectError as error:
            return [*checks, Check("copies", False, error.message, error.hint)]
        until = time.monotonic() + IN_ALL
        return [*checks, *(self._copy(each, until) for each in copies)]

    def _copy(self, copy: Copy, until: float) -> Check:
        title = f"copy {copy.name}"
        try:
            return self._place(title, copy, until)
        except TransferFailed as error:
            return Doors(self.keys, self.fix).not_reached(title, copy.name, copy.shown_url, error)
        except ReflectError as error:
            return Check(title, False, error.message, error.hint)

    def _place(self, title: str, copy: Copy, until: float) -> Check:
        """Is it where it was, does it take what is sent, and is all in it?"""
        place = next(each for each in self.copies.places() if each.name == copy.name)
        address = place.address()
        if place.is_away:
            return Check(title, False, f"{address.shown} is not there now.", AWAY, is_damage=False)
        seconds = max(min(PATIENCE, until - time.monotonic()), 0.1)
        reach = self.keys.reach(copy.name, Reach(patience=seconds, seconds=seconds))
        seen, met = look(address, reach), tip_of(self.vault.git, place.met)
        refuse_public(address, reach)
        if met and not seen.tip:
            detail = f"{address.shown} is empty now; your journal here is whole."
            return Check(title, False, detail, f"reflect sync {copy.name} asks what to do")
        refused = may_send(self.vault.git, address, reach, met) if met else None
        if refused is not None:
            return Check(title, False, refused.message, refused.hint, is_damage=refused.kind not in ONLY_READS)
        if copy.unsent:
            detail = f"It was reached. {copy.unsent:,} record{'s' * (copy.unsent > 1)} wait to be sent."
            return Check(title, False, detail, f"reflect sync {copy.name}", is_damage=False)
        return Check(title, True, "It was reached, and has all that you wrote.")
