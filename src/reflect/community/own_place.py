"""A copy of the journal elsewhere as a place: the same sync as for communities, and the files of the vault follow.

It belongs to one person, so that an edit wins against a removal and nothing is hidden for its name. Nothing is
fetched or sent while it holds what was erased here, and never when it is a community as well.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from reflect.community.membership import all_memberships
from reflect.community.own_words import AWAY
from reflect.community.places import is_same_place
from reflect.errors import ReflectError
from reflect.paths import MARKER
from reflect.records.addresses import Address, parse_address
from reflect.records.community_file import PATH as COMMUNITY_FILE
from reflect.records.telling import identity
from reflect.records.ulid import is_ulid
from reflect.store.commits import MAIN
from reflect.store.git import Git
from reflect.store.lock import FolderLock, turn_of
from reflect.store.objects import AT_ONCE, entry_at, read_blobs
from reflect.store.states import BACKUP, common_state, leads_to, move, tip_of
from reflect.vault.cleaning import clean, stashed
from reflect.vault.commits import HistoryWaits, current_branch
from reflect.vault.erased import FOLDER as ERASED
from reflect.vault.following import Follower
from reflect.vault.marker import marker_id
from reflect.vault.outside import uncommitted
from reflect.vault.undoing import note_brought
from reflect.vault.vault import Vault

if TYPE_CHECKING:
    from reflect.store.reach import Reach
    from reflect.store.state import LocalState
    from reflect.store.transfer import Fetched
    from reflect.vault.remotes import Remote, Remotes

# A group of what is remembered on this computer: what was erased elsewhere, and is to be let go of here.
LETTING_GO = "erased elsewhere"


@dataclass
class Brought:
    """What one round of syncs brought into the vault: the state before it, and the one after."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Hands:
    """What a copy needs of the journal: all of them share it for the time of one round.

    `finish_begun` finishes what was cut off; `forget` removes what this computer keeps of records beside files and
    history; `tell` takes a sentence for the person.
    """

    vault: Vault
    remotes: Remotes
    follower: Follower
    state: Callable[[], LocalState]
    is_record: Callable[[str], bool]
    finish_begun: Callable[[], None]
    forget: Callable[[frozenset[str]], None]
    tell: Callable[[str], None]
    brought: Brought = field(default_factory=Brought)


class OwnPlace:
    """One copy of the journal."""

    withdrawal_wins = False
    is_own = True
    branch = MAIN

    def __init__(self, remote: Remote, reach: Callable[[str], Reach], hands: Hands) -> None:
        self._remote = remote
        self._reach = reach
        self._hands = hands
        self._vault = hands.vault

    @property
    def name(self) -> str:
        """What it is called here."""
        return self._remote.name

    @property
    def git(self) -> Git:
        """The repository of the vault."""
        return self._vault.git

    @property
    def lock(self) -> FolderLock:
        """Held by whoever writes to the vault."""
        return self._vault.lock

    @property
    def turn(self) -> FolderLock:
        """Held for the time of a sync, of whichever copy."""
        return turn_of(self.git.git_dir)

    @property
    def met(self) -> str:
        """The reference that keeps what the copy had when it was last met."""
        return self._remote.ref

    def address(self) -> Address:
        """Return where it is; raises ReflectError where nothing may go there."""
        if self.name in self._hands.remotes.to_replace():
            raise self._still_holds()
        return own_address(self._vault, self._remote)

    @property
    def is_away(self) -> bool:
        """Whether it is a folder that is not there now, such as one on a disk that is not connected."""
        address = own_address(self._vault, self._remote)
        return address.is_local and not Path(address.file_path).exists()

    def _still_holds(self) -> ReflectError:
        return ReflectError(
            f"{self.name} still holds what you erased, so nothing is sent there or taken from it.",
            f"To put your journal as it is now in its place: reflect config remote replace {self.name}",
        )

    def reach(self) -> Reach:
        """Return how it is reached."""
        return self._reach(self.name)

    def prepare(self) -> None:
        """Finish what was cut off, and put all that was written into history; raises ReflectError."""
        self._hands.finish_begun()
        if self._hands.follower.finish():
            self._hands.tell("A sync that was cut off is finished now.")
        self._refuse_unfit()
        with self.lock.held():
            ours = uncommitted(self._vault, self._hands.is_record).ours
            if ours:
                self._vault.commit(ours, f"Take up {len(ours)} changed file{'s' * (len(ours) > 1)}", self._now())
        if self.is_away:
            raise ReflectError(f"{own_address(self._vault, self._remote).shown} is not there now.", AWAY)

    def check(self, fetched: Fetched, known: str) -> None:
        """Refuse what is not this journal, and what brings back a record that was erased here; raises ReflectError."""
        git, tip = fetched.git, fetched.tip
        refuse_other(git, tip, self._vault.marker.id, self.name)
        mine = self.tip()
        if _brings_back(git, tip, known, erased_at(git, mine) - erased_at(git, tip)):
            # A sync that was killed had sent it, or another device was not told yet.
            self._hands.remotes.mark_to_replace(self.name, tip_of(self.git, self.met) or common_state(git, mine, tip))
            raise self._still_holds()

    def erased(self, git: Git, mine: str, tip: str) -> frozenset[str]:
        """Return the ids of what was erased there for good and is in our state."""
        return erased_at(git, tip) - erased_at(git, mine)

    def tip(self) -> str:
        """Return the state that the vault shows."""
        return self._vault.tip()

    def take(self, new: str, old: str, erased: frozenset[str] = frozenset()) -> None:
        """Show another state, in the files too; raises WroteMeanwhile, ReflectError."""
        state, brought = self._hands.state(), self._hands.brought
        if erased:
            state.put(LETTING_GO, self.name, json.dumps(sorted(erased)))
        is_going_on = bool(brought.before) and brought.after == old
        brought.before, brought.after = (brought.before if is_going_on else old), new
        # Before the branch moves: it counts only while the branch stands there.
        note_brought(state, *(("", "") if erased else (brought.before, new)))
        self._hands.follower.follow(new, old)

    def settle(self) -> None:
        """Let go for good of what was erased elsewhere; raises ReflectError, and then the next sync does it."""
        noted = self._hands.state().get(LETTING_GO, self.name)
        if not noted:
            return
        ids = frozenset(json.loads(noted)) & erased_at(self.git, self.tip())
        with self.lock.held():
            self._leave_old_states()
            clean(self.git, stashed(self.git))
        self._hands.forget(ids)
        self._hands.state().put(LETTING_GO, self.name, "")
        one = "1 record is" if len(ids) == 1 else f"{len(ids):,} records are"
        self._hands.tell(f"{one} gone here for good too, out of every state of your history.")
        others = self._other_names()
        if others:
            self._hands.tell(f"Names that another git program made still lead to it: {', '.join(others)}.")

    def is_record(self, path: str) -> bool:
        """Say whether a path may hold a record."""
        return path.endswith(".md") and self._hands.is_record(path)

    def _refuse_unfit(self) -> None:
        if not self.git.git_dir.is_dir():
            raise ReflectError(
                "Your journal is not synced, because its history is kept in another folder (git worktree).",
                "Make a whole copy of it with git clone, and sync that.",
            )
        try:
            current_branch(self.git)
        except HistoryWaits as error:
            why = error.message.removeprefix("Saved. History waits, because ")
            raise ReflectError(f"Your journal is not synced now, because {why}", error.hint) from None

    def _leave_old_states(self) -> None:
        """Let no name of ours lead to a history that was replaced; copies that still have it are marked first."""
        tip = self.tip()
        names = self.git.run("for-each-ref", "--format=%(refname)", f"{BACKUP}/").decode().split()
        for each in self._hands.remotes.all():
            met = tip_of(self.git, each.ref)
            if met and each.name != self.name and not leads_to(self.git, met, tip):
                self._hands.remotes.mark_to_replace(each.name, met)
                names.append(each.ref)
        for ref in names:
            move(self.git, ref, "", tip_of(self.git, ref))

    def _other_names(self) -> list[str]:
        output = self.git.run("for-each-ref", "--format=%(refname:short)", "--no-merged=HEAD").decode(
            "utf-8", "replace"
        )
        return [name for name in output.split() if not name.startswith("refs/reflect/")]

    def _now(self) -> dt.datetime:
        return self._hands.follower.now()


def own_address(vault: Vault, remote: Remote) -> Address:
    """Return where a copy of the journal is; raises ReflectError where a community has its place there."""
    address = parse_address(remote.url, is_typed=True)
    for each in all_memberships(vault.root):
        if is_same_place(each.url, address):
            raise ReflectError(
                f"{address.shown} is the place of the community {each.name}; a private journal never goes there.",
                f"Use another place: reflect config remote remove {remote.name}",
            )
    return address


def refuse_other(git: Git, tip: str, vault_id: str, name: str) -> None:
    """Refuse a state that is not one of this journal; raises ReflectError."""
    if journal_at(git, tip, name) != vault_id:
        raise ReflectError(
            f"{name} holds another journal than this one, so nothing is sent there or taken from it.",
            "Use an empty place for this one. To open that one beside it: reflect init DIR --from ADDRESS",
        )


def journal_at(git: Git, tip: str, name: str) -> str:
    """Return the id of the journal whose state this is; raises ReflectError for what is none."""
    if entry_at(git, COMMUNITY_FILE, tip) is not None:
        raise ReflectError(
            f"{name} is a community; a private journal never goes there.",
            "Use an empty place that only you can open. To join a community: reflect community join URL",
        )
    entry = entry_at(git, MARKER, tip)
    text = read_blobs(git, [entry.blob]).get(entry.blob, b"") if entry is not None and entry.is_file else b""
    found = marker_id(text.decode("utf-8", "replace"))
    if not found:
        raise ReflectError(
            f"{name} holds something else than a journal, so nothing is sent there or taken from it.",
            "Use an empty place that only you can open.",
        )
    return found


def _brings_back(git: Git, tip: str, known: str, erased: frozenset[str]) -> bool:
    """Say whether a history, beyond a known state, holds a record that was erased."""
    if not erased:
        return False
    beyond = [f"^{known}"] if known else []
    output = git.run("rev-list", "--objects", "--end-of-options", tip, *beyond).decode("utf-8", "surrogateescape")
    blobs = [line.partition(" ")[0] for line in output.splitlines() if line.endswith(".md")]
    for start in range(0, len(blobs), AT_ONCE):
        texts = read_blobs(git, blobs[start : start + AT_ONCE])
        if any(erased & set(identity(text)) for text in texts.values()):
            return True
    return False


def erased_at(git: Git, tip: str) -> frozenset[str]:
    """Return the ids of the records that a state says were erased."""
    output = git.run("ls-tree", "-z", "--name-only", "--full-tree", tip, "--", f"{ERASED}/")
    stems = {PurePosixPath(os.fsdecode(name)).stem for name in output.split(b"\0") if name}
    return frozenset(each for each in stems if is_ulid(each))
