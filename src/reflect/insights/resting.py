"""Open loops as a person deals with them: what is open, snoozed on this computer, or let rest for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from reflect.errors import NotFound, ReflectError
from reflect.insights.desk import Desk
from reflect.insights.loops import OpenLoop
from reflect.records.ulid import is_ulid
from reflect.store.catalog import Row
from reflect.store.state import LocalState
from reflect.vault.rests import end_rest, let_rest, rested
from reflect.vault.vault import Vault

SNOOZED = "snoozed"


class Loops:
    """The open loops of a vault; `desk` gives a desk of today."""

    def __init__(self, vault: Vault, state: LocalState, desk: Callable[[], Desk], today: Callable[[], dt.date]) -> None:
        self._vault = vault
        self._state = state
        self._desk = desk
        self._today = today

    def left_out(self) -> list[str]:
        """Return `id/loop` of all that was snoozed until a later day, or let rest."""
        today = self._today().isoformat()
        snoozed = [name for name, until in self._state.group(SNOOZED).items() if until > today]
        return snoozed + rested(self._vault.root)

    def open(self, rows: Sequence[Row] | None = None) -> list[OpenLoop]:
        """Return what is open in these records, or in all."""
        return self._desk().open_loops(rows, self.left_out())

    def one(self, row: Row, name: str) -> OpenLoop:
        """Return one open loop of a record; raises NotFound with those that are open."""
        found = {loop.loop: loop for loop in self._desk().open_loops([row])}
        if name not in found or not row.id:
            known = f"Open in it: {', '.join(found)}." if found else "Nothing in it is open."
            raise NotFound(f"“{row.title}” has no open loop called “{name}”.", known)
        return found[name]

    def let_rest(self, loop: OpenLoop, reason: str) -> str:
        """Close a loop for good, with a word of reason that stays in the vault; returns the file to commit."""
        return let_rest(self._vault.root, _named(loop), loop.loop, reason, self._today().isoformat())

    def snooze(self, loop: OpenLoop, until: str) -> None:
        """Hide a loop on this computer until a day."""
        self._state.put(SNOOZED, f"{_named(loop)}/{loop.loop}", until)

    def wake(self, loop: OpenLoop) -> str:
        """Let a loop be open again; returns the file to commit, `""` for none."""
        self._state.put(SNOOZED, f"{_named(loop)}/{loop.loop}", "")
        return end_rest(self._vault.root, _named(loop), loop.loop)


def _named(loop: OpenLoop) -> str:
    """Return the id by which a loop is remembered; raises ReflectError where the record has none."""
    if not is_ulid(loop.row.id):
        raise ReflectError(f"“{loop.row.title}” has no id to remember this by.", "reflect doctor --fix gives it one.")
    return loop.row.id
