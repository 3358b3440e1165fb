"""Two states of a place into one: joined since their common state, or what was not sent written again on theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from reflect.community.differing import Differences, between
from reflect.community.merge_report import Report
from reflect.community.merging import merge_places
from reflect.community.pairing import Sides
from reflect.records.telling import identity
from reflect.store.git import Git
from reflect.store.objects import Entry, entry_at, small_blobs
from reflect.vault.erased import FOLDER as ERASED

Changes = dict[str, bytes | Entry | None]


@dataclass(frozen=True)
class United:
    """What to change on top of THEIR state, and what happened; `mine` and `theirs` are what either had changed."""

    changes: Changes
    report: Report
    mine: Differences
    theirs: Differences


@dataclass(frozen=True)
class Uniting:
    """Unites states of one repository; `is_record` says which paths may hold records."""

    git: Git
    new_id: Callable[[], str]
    is_record: Callable[[str], bool]
    withdrawal_wins: bool

    def unite(
        self,
        base: str,
        mine: str,
        theirs: str,
        keeps_mine: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> United:
        """Bring together what two sides changed since `base`; with `keeps_mine`, nothing goes that is here.

        `mine` and `theirs` may be `""`, where all is gone. What I changed in the records `without`, by their ids, is
        left out.
        """
        git = self.git
        my_side = between(git, base, mine)
        if without:
            left_out = self._paths_of(my_side, without)
            my_side = {path: each for path, each in my_side.items() if path not in left_out}
        their_side = between(git, base, theirs)
        taken = {
            path: after for path, (_, after) in their_side.items() if not (keeps_mine and after is None)
        }  # fmt: skip
        sides = Sides(
            _Base(git, base, [my_side, their_side]), {path: after for path, (_, after) in my_side.items()}, taken
        )
        merged = merge_places(
            sides, self._read, self.new_id, withdrawal_wins=self.withdrawal_wins, is_record=self.is_record
        )
        # They are told on top of my state: what I had changed comes along, what they have already does not.
        changes: Changes = {}
        for path in {*my_side, *their_side, *merged.changes}:
            wanted = merged.changes[path] if path in merged.changes else sides.mine_at(path)
            there = their_side[path][1] if path in their_side else sides.base(path)
            if wanted != there:
                changes[path] = wanted
        return United(changes, merged.report, my_side, their_side)

    def _paths_of(self, differing: Differences, ids: frozenset[str]) -> set[str]:
        """Return the paths that say something of these records: theirs, their second versions, that they rest."""
        entries = [(path, entry) for path, sides in differing.items() for entry in sides if entry is not None]
        texts = self._read(entry.blob for path, entry in entries if path.endswith(".md"))
        found = {path for path, _ in entries if path.endswith(".toml") and PurePosixPath(path).stem in ids}
        # That they were erased is to be said on.
        found = {path for path in found if not path.startswith(f"{ERASED}/")}
        return found | {path for path, entry in entries if ids & set(identity(texts.get(entry.blob, b"")))}

    def _read(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        return small_blobs(self.git, blobs)


class _Base:
    """The files of the common state: most that are asked for are known from what differs."""

    def __init__(self, git: Git, rev: str, differing: Iterable[Differences]) -> None:
        self._git = git
        self._rev = rev
        self._known = {path: before for each in differing for path, (before, _) in each.items()}

    def __call__(self, path: str) -> Entry | None:
        if path not in self._known:
            self._known[path] = entry_at(self._git, path, self._rev) if self._rev else None
        return self._known[path]
