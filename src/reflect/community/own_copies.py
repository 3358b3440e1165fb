"""The copies of a journal elsewhere, as wholes: added, listed, replaced after something was erased, disconnected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reflect.community.differing import unsent
from reflect.community.joining import Typed
from reflect.community.keys import USUAL, Keys
from reflect.community.membership import all_memberships, check_name, name_from
from reflect.community.outcome import Outcome
from reflect.community.own_place import Hands, OwnPlace, erased_at, own_address, refuse_other
from reflect.community.places import free_name, is_same_place, make_place
from reflect.community.public_places import refuse_public
from reflect.community.replaying import Replaying
from reflect.errors import ReflectError, TransferFailed
from reflect.records.addresses import Address, parse_address
from reflect.store.git import Git
from reflect.store.reach import Reach
from reflect.store.states import leads_to, move, tip_of
from reflect.store.transfer import Outcome as Push
from reflect.store.transfer import Pushed, fetch, look, push
from reflect.store.transfer import replace as put_in_place
from reflect.vault.cleaning import clean, stashed
from reflect.vault.remotes import Remote, Remotes
from reflect.vault.vault import Vault

TRIES = 4
# A journal has pictures, and comes whole at first (bytes, seconds).
LARGEST, LONGEST = 16 << 30, 7_200.0
# What a folder that is made for a journal refuses by itself; a history that replaces another comes after an erasure.
RULES = {"receive.fsckObjects": "true", "receive.denyDeletes": "true", "core.fsync": "committed"}


@dataclass(frozen=True)
class Copy:
    """A copy of the journal: where it is, what is not sent yet, and whether it still holds what was erased."""

    name: str
    shown_url: str
    unsent: int
    is_to_replace: bool


@dataclass(frozen=True)
class Looked:
    """A place that was looked at before anything goes there: its name-to-be, and whether the journal is there."""

    remote: Remote
    address: Address
    has_journal: bool


class OwnCopies:
    """The copies of one vault; `hands` makes anew what its places share, `sync` syncs one by its name."""

    def __init__(
        self,
        vault: Vault,
        remotes: Remotes,
        keys: Callable[[], Keys],
        hands: Callable[[], Hands],
        sync: Callable[[str], Outcome],
        new_id: Callable[[], str],
    ) -> None:
        self._vault = vault
        self._remotes = remotes
        self._keys = keys
        self._hands = hands
        self._sync = sync
        self._new_id = new_id

    def places(self) -> list[OwnPlace]:
        """Return every copy as a place, for one round of syncs; raises ReflectError."""
        remotes = self._remotes.all()
        if not remotes:
            return []
        hands = self._hands()
        return [OwnPlace(each, self._reach, hands) for each in remotes]

    def all(self) -> list[Copy]:
        """Return how it stands with each copy; raises ReflectError."""
        return [self._standing(each) for each in self._remotes.all()]

    def look_at(self, typed: Typed, name: str = "", reach: Reach = USUAL) -> Looked:
        """Look at a place for a copy before anything is made or sent; raises ReflectError, UsageError.

        It has to be empty, a path of this computer where nothing is, or hold this journal already.
        """
        address = typed.address()
        remote = Remote(self._free_name(address, name), address.url)
        self._refuse_taken(address, remote)
        if address.is_local and _is_nothing(Path(address.file_path)):
            return Looked(remote, address, has_journal=False)
        refuse_public(address, self._reach(remote.name))
        seen = self._keys().open(remote.name, address, partial(look, address), self._widened(reach))
        if seen.tip:
            with fetch(self._vault.git, address, self._reach(remote.name), known=[self._vault.tip()]) as fetched:
                refuse_other(fetched.git, fetched.tip, self._vault.marker.id, address.shown)
        elif seen.has_other:
            raise ReflectError(
                f"{address.shown} holds something already, and none of it is a journal.",
                "Use an empty place that only you can open.",
            )
        return Looked(remote, address, has_journal=bool(seen.tip))

    def add(self, looked: Looked) -> Outcome:
        """Keep a copy at a place that was looked at, and sync it; what goes wrong then stands in the outcome.

        Raises ReflectError where the place cannot be made.
        """
        if looked.address.is_local:
            make_place(Path(looked.address.file_path), RULES)
        self._remotes.add(looked.remote)
        return self._sync(looked.remote.name)

    def remove(self, name: str) -> Remote:
        """Disconnect a copy, which stays as it is where it is; returns it. Raises NotFound."""
        remote = self._remotes.get(name)
        self._remotes.remove(name)
        move(self._vault.git, remote.ref, "", tip_of(self._vault.git, remote.ref))
        return remote

    def to_replace(self, name: str) -> tuple[Remote, Address]:
        """Return a copy that holds what was erased here, and where it is; raises NotFound, ReflectError."""
        remote = self._remotes.get(name)
        if name not in self._remotes.to_replace():
            raise ReflectError(
                f"{name} holds nothing that was erased here, so it is not replaced.", f"To sync it: reflect sync {name}"
            )
        return remote, own_address(self._vault, remote)

    def replace(self, name: str, reach: Reach = USUAL) -> int:
        """Put the journal as it is now in the place of a copy that holds what was erased; returns records joined.

        What another device sent there meanwhile is written again on top of it first. Raises ReflectError.
        """
        remote, address = self.to_replace(name)
        place = OwnPlace(remote, self._reach, self._hands())
        expected, joined = self._remotes.to_replace()[name], 0
        with place.turn.held():
            place.prepare()
            for _ in range(TRIES):
                tip = place.tip()
                pushed = self._put(address, self._reach(name, reach), tip, expected)
                if pushed.outcome is Push.OVERTAKEN:
                    seen, more = self._take_over(place, address, expected)
                    expected, joined = seen, joined + more
                    continue
                if pushed.outcome is Push.REFUSED:
                    raise pushed.trouble or TransferFailed("refused", f"{name} did not take it.")
                move(self._vault.git, remote.ref, tip, tip_of(self._vault.git, remote.ref))
                self._remotes.mark_replaced(name)
                if address.is_local:
                    _let_go_of_old(Path(address.file_path))
                return joined
        raise TransferFailed("overtaken", "Another device is writing there all the time.", "Try again in a moment.")

    def _put(self, address: Address, reach: Reach, tip: str, expected: str) -> Pushed:
        git = self._vault.git
        return put_in_place(git, address, reach, tip, expected) if expected else push(git, address, reach, tip)

    def _take_over(self, place: OwnPlace, address: Address, expected: str) -> tuple[str, int]:
        """Write what was sent to a copy after `expected` again on top of what is here, but for what was erased.

        Returns the state that the copy has now, and how many records came. Nothing of its history is kept.
        """
        git, tip = self._vault.git, place.tip()
        with fetch(git, address, self._reach(place.name), known=[tip]) as fetched:
            there, seen = fetched.git, fetched.tip
            # It was emptied, or replaced by us: a kill may have come right after that.
            if not seen or leads_to(there, seen, tip):
                return seen, 0
            refuse_other(there, seen, self._vault.marker.id, place.name)
            if not (_has(there, expected) and leads_to(there, expected, seen)):
                raise ReflectError(
                    f"Another device has replaced {place.name} meanwhile, so nothing was changed there.",
                    f"Disconnect it (reflect config remote remove {place.name}), and use an empty place for both.",
                )
            replaying = Replaying(there, git, self._new_id, place.is_record)
            erased, now = erased_at(git, tip), self._hands().follower.now()
            done = replaying.replay(expected, seen, tip, erased, now)
        if done.tip != tip:
            place.take(done.tip, tip)
        return seen, done.records

    def _standing(self, remote: Remote) -> Copy:
        git, place = self._vault.git, OwnPlace(remote, self._reach, self._hands())
        waiting = len(unsent(git, place.tip(), tip_of(git, place.met), place.is_record))
        try:
            shown = parse_address(remote.url, is_typed=True).shown
        except ReflectError:
            shown = remote.url
        return Copy(remote.name, shown, waiting, remote.name in self._remotes.to_replace())

    def _free_name(self, address: Address, name: str) -> str:
        taken = {each.name for each in self._remotes.all()} | {each.name for each in all_memberships(self._vault.root)}
        if name:
            if check_name(name) in taken:
                raise ReflectError(f"Something else is called {name} here already.", "Give another name: --name NAME")
            return name
        found = name_from(address.file_path or address.path) or "copy"
        return free_name(found, taken) if found in {*taken, "vault"} else found

    def _refuse_taken(self, address: Address, remote: Remote) -> None:
        known = next((each for each in self._remotes.all() if is_same_place(each.url, address)), None)
        if known is not None:
            raise ReflectError(
                f"This is a copy of your journal already: {known.name}.", "See: reflect config remote list"
            )
        own_address(self._vault, remote)
        root = self._vault.root.resolve()
        inside = Path(address.file_path).resolve() if address.is_local else None
        if inside is not None and (inside.is_relative_to(root) or root.is_relative_to(inside)):
            raise ReflectError(
                "A copy inside your journal's own folder would go with it.",
                "Give a folder elsewhere, best on another disk.",
            )

    def _reach(self, name: str, reach: Reach = USUAL) -> Reach:
        return self._keys().reach(name, self._widened(reach))

    def _widened(self, reach: Reach) -> Reach:
        return replace(reach, file_size=LARGEST, seconds=LONGEST)


def _is_nothing(path: Path) -> bool:
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


def _has(git: Git, commit: str) -> bool:
    return bool(commit) and git.call("cat-file", "-e", f"{commit}^{{commit}}", allowed=(0, 1, 128))[0] == 0


def _let_go_of_old(path: Path) -> None:
    """Remove from a folder of ours the states that nothing there names any more."""
    if (path / "HEAD").is_file():
        git = Git(path, None)
        clean(git, stashed(git))
