"""What is kept in step with something elsewhere: a community here, or the journal with one of its copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reflect.community.repository import REMOTE
from reflect.errors import ReflectError
from reflect.records.addresses import Address, parse_address
from reflect.records.record import AGENDA_FOLDER, kind_of_folder
from reflect.records.shared_paths import is_shown
from reflect.store.commits import MAIN
from reflect.store.git import Git
from reflect.store.lock import FolderLock, turn_of
from reflect.store.states import move, tip_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reflect.community.communities import Community
    from reflect.store.kind_files import Kinds
    from reflect.store.reach import Reach
    from reflect.store.transfer import Fetched


class Place(Protocol):
    """A repository of ours with a place elsewhere that it is kept in step with.

    `lock` is held by whoever moves what we show, `turn` by the one sync that is at work. `met` names the state
    that the place had when it was last met. With `withdrawal_wins`, what one side removed is gone also where the
    other changed it.
    """

    @property
    def name(self) -> str:
        """What it is called here."""

    @property
    def git(self) -> Git:
        """Its repository on this computer; has the identity of the person there."""

    @property
    def lock(self) -> FolderLock:
        """Held for as long as nobody else may move what we show."""

    @property
    def turn(self) -> FolderLock:
        """Held for the time of a sync."""

    @property
    def met(self) -> str:
        """The reference that keeps what the place had when it was last met."""

    @property
    def branch(self) -> str:
        """The reference that is fetched from the place, and sent to."""

    @property
    def withdrawal_wins(self) -> bool:
        """Whether a removal wins against an edit."""

    @property
    def is_own(self) -> bool:
        """Whether it is a copy of the person's own journal."""

    def address(self) -> Address:
        """Return where it is; raises ReflectError."""

    def reach(self) -> Reach:
        """Return how it is reached."""

    def prepare(self) -> None:
        """Finish what a sync that was killed has left, and put local work into history; raises ReflectError."""

    def check(self, fetched: Fetched, known: str) -> None:
        """Look at what came, beyond a known state, before it is taken; raises ReflectError."""

    def erased(self, git: Git, mine: str, tip: str) -> frozenset[str]:
        """Return the ids of what was erased there for good and is in our state; `git` reads both states."""

    def tip(self) -> str:
        """Return the state that we show, `""` for none."""

    def take(self, new: str, old: str, erased: frozenset[str] = frozenset()) -> None:
        """Show another state, in one step; `""` for nothing.

        `erased` are the ids of what is to be let go of for good in `settle`. Raises GitFailed when we no longer show
        `old`, and WroteMeanwhile when someone wrote here meanwhile.
        """

    def settle(self) -> None:
        """Do what is still to be done once what the place has was written down; raises ReflectError."""

    def is_record(self, path: str) -> bool:
        """Say whether a path may hold a record."""


class SharedPlace:
    """A community as a place; `kinds` are those of the journal, `kinds_there` those that hold in the community."""

    withdrawal_wins = True
    is_own = False
    met = REMOTE
    branch = MAIN

    def __init__(self, community: Community, reach: Reach, kinds: Kinds, may_be_record: Callable[[str], bool]) -> None:
        self._community = community
        self._reach = reach
        self._kinds = kinds
        self._may_be_record = may_be_record

    @property
    def name(self) -> str:
        """What it is called here."""
        return self._community.name

    @property
    def git(self) -> Git:
        """Its repository on this computer."""
        return self._community.repository.git

    @property
    def lock(self) -> FolderLock:
        """Held by whoever writes to the repository."""
        return self._community.repository.lock

    @property
    def turn(self) -> FolderLock:
        """Held for the time of a sync."""
        return turn_of(self.git.git_dir)

    def address(self) -> Address:
        """Return where it is; raises ReflectError."""
        return parse_address(self._community.membership.url, is_typed=True)

    def reach(self) -> Reach:
        """Return how it is reached."""
        return self._reach

    def prepare(self) -> None:
        """Remove the locks that a git of ours has left which was killed."""
        with self.lock.held():
            self._community.repository.clear_locks()

    def check(self, fetched: Fetched, known: str) -> None:
        """Refuse what never belongs in a community; raises ReflectError."""
        from reflect.community.private_kinds import private_in

        found = private_in(fetched, self._kinds)
        if found:
            what = "someone's private journal" if found.is_journal else f"a private record ({found.paths[0]})"
            raise ReflectError(
                f"Someone sent {what} to this place, surely by mistake, so nothing new was taken from it.",
                "Tell the person who keeps the place: it has to be taken out of its history there.",
            )

    def erased(self, git: Git, mine: str, tip: str) -> frozenset[str]:
        """Return nothing: what is shared is withdrawn, never erased."""
        return frozenset()

    def tip(self) -> str:
        """Return the state that we show, `""` for none."""
        return tip_of(self.git, MAIN)

    def take(self, new: str, old: str, erased: frozenset[str] = frozenset()) -> None:
        """Show another state; raises GitFailed when we no longer show `old`."""
        move(self.git, MAIN, new, old)

    def settle(self) -> None:
        """Nothing is left to be done."""

    def is_record(self, path: str) -> bool:
        """Say whether a path may hold a record."""
        return self._may_be_record(path)


def may_hold_record(path: str, folders: Mapping[str, str]) -> bool:
    """Say whether a path of a community may hold a record; `folders` maps the folder of each kind to its name."""
    is_named = path.endswith(".md") and is_shown(path)
    return is_named and (path.startswith(f"{AGENDA_FOLDER}/") or bool(kind_of_folder(path, folders)))
