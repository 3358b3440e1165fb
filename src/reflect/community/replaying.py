"""What another device wrote on a history that was replaced, written again on top of ours, but for what was erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reflect.community.differing import differing_records
from reflect.community.uniting import Uniting
from reflect.store.commits import Commit
from reflect.store.git import Git
from reflect.store.objects import Entry, read_blobs, sizes_of
from reflect.store.states import write_state

AGAIN = "Write again what was not sent"


@dataclass(frozen=True)
class Replayed:
    """The state that has it all, and how many records came."""

    tip: str
    records: int = 0


@dataclass(frozen=True)
class Replaying:
    """Takes work out of a repository that is not kept: `there` reads it and ours, `here` is ours alone."""

    there: Git
    here: Git
    new_id: Callable[[], str]
    is_record: Callable[[str], bool]

    def replay(self, base: str, work: str, onto: str, erased: frozenset[str], now: dt.datetime) -> Replayed:
        """Write what was changed from `base` to `work` on top of `onto`, without the records that were erased."""
        uniting = Uniting(self.there, self.new_id, self.is_record, withdrawal_wins=False)
        united = uniting.unite(base, work, onto, without=erased)
        identity = self.here.identity
        if identity is None:
            raise ValueError("commits need an identity")
        if not united.changes:
            return Replayed(onto)
        self._bring(each.blob for each in united.changes.values() if isinstance(each, Entry))
        tip = write_state(self.here, Commit(AGAIN, identity, now, [onto]), united.changes)
        return Replayed(tip, len(differing_records(united.mine, self.is_record)))

    def _bring(self, blobs: Iterable[str]) -> None:
        """Bring these files over, and nothing of the history that they come from."""
        asked = set(blobs)
        texts = read_blobs(self.there, asked - sizes_of(self.here, asked).keys())
        for text in texts.values():
            self.here.run("hash-object", "-w", "--stdin", "--no-filters", input=text)
