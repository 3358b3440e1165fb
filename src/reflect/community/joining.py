"""Beginning a community and joining one. The membership is written last, so that a kill leaves none half made."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from reflect.community.communities import Communities, Community
from reflect.community.inspecting import inspect
from reflect.community.keys import USUAL, Keys
from reflect.community.membership import (
    Membership,
    all_memberships,
    check_author,
    check_name,
    name_from,
    write_membership,
)
from reflect.community.places import free_name, is_same_place, make_place, put_away, take_away_place
from reflect.community.private_kinds import private_in
from reflect.community.repository import REMOTE, Repository
from reflect.errors import NotFound, ReflectError, UsageError
from reflect.paths import private_folder
from reflect.records import community_file
from reflect.records.addresses import Address, parse_address
from reflect.records.community_file import Steward, new_text
from reflect.store.commits import MAIN
from reflect.store.files import remove_durably, sync_path
from reflect.store.kind_files import Kinds
from reflect.store.lock import claim
from reflect.store.reach import Reach
from reflect.store.transfer import Fetched, Outcome, fetch, look, push
from reflect.vault.marker import made_up_address
from reflect.vault.vault import Vault


@dataclass(frozen=True)
class Typed:
    """An address as a person typed it, in the folder `here`."""

    text: str
    here: str
    home: str

    def address(self) -> Address:
        """Return its parts; raises ReflectError for one that is not used."""
        return parse_address(self.text, is_typed=True, here=self.here, home=self.home)


@dataclass(frozen=True)
class Joined:
    """A community that was joined or begun, and how many of its files are not shown here."""

    community: Community
    not_shown: int = 0


class Joining:
    """Begins and joins communities for one journal; `kinds` are the journal's, `commit` puts files into history.

    `journal_addresses` gives where the journal itself is sent to.
    """

    def __init__(
        self,
        vault: Vault,
        communities: Communities,
        keys: Keys,
        kinds: Kinds,
        commit: Callable[[Sequence[str], str], bool],
        now: Callable[[], dt.datetime],
        randomness: Callable[[int], bytes],
        new_id: Callable[[], str],
        journal_addresses: Callable[[], list[str]],
    ) -> None:
        self._vault = vault
        self._communities = communities
        self._keys = keys
        self._kinds = kinds
        self._commit = commit
        self._now = now
        self._randomness = randomness
        self._new_id = new_id
        self._journal_addresses = journal_addresses

    def create(
        self, name: str, typed: Typed, author: str, steward: Steward | None = None, reach: Reach = USUAL
    ) -> Joined:
        """Begin a community at an address and send what it says of itself; raises ReflectError, UsageError.

        A path of this computer where nothing is becomes a place; any other place has to be empty.
        """
        address = typed.address()
        self._refuse_taken(check_name(name), address)
        membership = self._membership(name, address, author)
        is_made = address.is_local and make_place(Path(address.file_path))
        try:
            seen = self._keys.open(name, address, lambda reach: look(address, reach), reach)
            if seen.tip or seen.has_other:
                raise _not_empty(address)
            with self._unfinished(membership) as repository:
                text = new_text(self._new_id(), name, (self._vault.marker.lang,), steward)
                tip = repository.commit({community_file.PATH: text.encode()}, f"Begin {name}", self._now())
                pushed = push(repository.git, address, self._keys.reach(name, reach), tip)
                if pushed.trouble:
                    raise pushed.trouble
                if pushed.outcome is Outcome.OVERTAKEN:
                    raise _not_empty(address)
                repository.move(tip, "", REMOTE)
                return Joined(self._finish(repository, membership, f"Begin the community {name}"))
        except BaseException:
            if is_made:
                take_away_place(Path(address.file_path))
            raise

    def join(self, typed: Typed, name: str = "", author: str = "", reach: Reach = USUAL) -> Joined:
        """Join the community at an address and fetch it; raises ReflectError, UsageError.

        One that was joined on another device is fetched to this one, as the same person.
        """
        address = typed.address()
        known = next((each for each in self._known(address) if not each.left), None)
        if known is not None:
            if name and name != known.name:
                raise ReflectError(
                    f"You are in this community already: it is called {known.name}.", "See: reflect community list"
                )
            return self.fetch(known, reach)
        name = name or name_from(address.file_path or address.path)
        if not name:
            raise UsageError("This address suggests no name for the community.", "Give one: --name NAME")
        self._refuse_taken(check_name(name), address)
        return self._fetched(self._membership(name, address, author), address, reach, f"Join the community {name}")

    def former(self, address: Address) -> Membership | None:
        """Return who the person is, or was, at an address; None for one that is new to them."""
        return next(iter(self._known(address)), None)

    def fetch(self, membership: Membership, reach: Reach = USUAL) -> Joined:
        """Bring a community to this computer that was joined on another device; raises ReflectError."""
        community = self._communities.of(membership)
        if community.is_here:
            raise ReflectError(
                f"You are in this community already: it is called {membership.name}.",
                f"To fetch what is new: reflect sync {membership.name}",
            )
        address = parse_address(membership.url, is_typed=True)
        self._refuse_journal(address)
        return self._fetched(membership, address, reach)

    def _fetched(self, membership: Membership, address: Address, reach: Reach, message: str = "") -> Joined:
        with self._unfinished(membership) as repository:
            name = membership.name
            fetched = self._keys.open(
                name, address, lambda reach: fetch(repository.git, address, reach, known=()), reach
            )
            with fetched:
                if not fetched.tip:
                    seen = look(address, self._keys.reach(name, reach))
                    raise _nothing_there(address, membership.name, seen.has_other)
                inspected = inspect(fetched.git, "", fetched.tip)
                self._refuse_private(fetched)
                fetched.accept(REMOTE, "")
                repository.move(fetched.tip, "", MAIN)
            return Joined(self._finish(repository, membership, message), len(inspected.not_shown))

    def _membership(self, name: str, address: Address, author: str) -> Membership:
        former = self.former(address)
        chosen = author or (former.author if former else self._vault.marker.name)
        known = former.address if former else made_up_address(self._randomness(8))
        return Membership(name, address.url, check_author(chosen), known, self._now().date().isoformat())

    def _known(self, address: Address) -> list[Membership]:
        """Return the memberships of this place, also one that was left."""
        return [each for each in all_memberships(self._vault.root) if is_same_place(each.url, address)]

    def _refuse_taken(self, name: str, address: Address) -> None:
        present = [each for each in all_memberships(self._vault.root) if not each.left]
        for each in present:
            if is_same_place(each.url, address):
                raise ReflectError(
                    f"You are in this community already: it is called {each.name}.", "See: reflect community list"
                )
            if each.name == name:
                raise ReflectError(f"You are in another community called {name}.", "Give this one a name: --name NAME")
        self._refuse_journal(address)

    def _refuse_journal(self, address: Address) -> None:
        """Refuse a place that the journal is, or is sent to: the two are never one."""
        root = self._vault.root.resolve()
        is_inside = address.is_local and Path(address.file_path).resolve().is_relative_to(root)
        if is_inside or any(is_same_place(each, address) for each in self._journal_addresses()):
            raise ReflectError(
                "Your private journal is kept at this address, so it cannot be a community.",
                "Use a place that holds nothing of your journal.",
            )

    def _refuse_private(self, fetched: Fetched) -> None:
        found = private_in(fetched, self._kinds)
        if found.is_journal:
            raise ReflectError(
                "This is someone's private journal, not a community, so nothing of it was taken.",
                "Ask the person who sent you the address for the community's own.",
            )
        if found:
            raise ReflectError(
                f"The history of this place holds private records ({found.paths[0]}), so nothing of it was taken.",
                "Someone sent them by mistake: tell the person who keeps the place. It has to be begun anew.",
            )

    def _unfinished(self, membership: Membership) -> AbstractContextManager[Repository]:
        return _unfinished(self._communities.of(membership).repository, membership)

    def _finish(self, repository: Repository, membership: Membership, message: str) -> Community:
        """Give a fetched repository its name, then write the membership; `message` is `""` where it is written."""
        community = self._communities.of(membership)
        put_away(community.repository)
        repository.path.rename(community.repository.path)
        sync_path(community.repository.path.parent)
        if message:
            with self._vault.lock.held():
                self._commit(self._write(membership), message)
        return community

    def _write(self, membership: Membership) -> list[str]:
        """Write the membership down; one that was left keeps its address under another name, unless it is this one."""
        root, paths = self._vault.root, []
        former = {each.name: each for each in all_memberships(root) if each.left}
        for each in former.values():
            if each.url == membership.url or each.address == membership.address:
                remove_durably(root / each.path)
                paths.append(each.path)
            elif each.name == membership.name:
                moved = replace(each, name=free_name(each.name, {*former, membership.name}))
                paths.append(write_membership(root, moved))
        return [*paths, write_membership(root, membership)]


@contextmanager
def _unfinished(later: Repository, membership: Membership) -> Iterator[Repository]:
    """Make a repository beside its later place and hold its lock; what is left after a failure or a kill goes."""
    repository = Repository(later.path.with_name(f".joining-{later.path.name}"), membership.identity)
    private_folder(repository.path.parent)
    if repository.path.exists():
        handle = claim(repository.path)
        if handle is None:
            raise ReflectError(f"Another reflect is fetching {membership.name} right now.", "Wait until it is done.")
        repository.remove()
        os.close(handle)
    repository.make()
    try:
        with repository.lock.held():
            yield repository
    except BaseException:
        repository.remove()
        raise


def _not_empty(address: Address) -> ReflectError:
    return ReflectError(
        f"{address.shown} holds something already, so no community can begin there.",
        f"To join what is there: reflect community join {address.shown}",
    )


def _nothing_there(address: Address, name: str, has_other: bool) -> NotFound:
    if has_other:
        return NotFound(
            f"{address.shown} has no branch called main, where a community keeps its records.",
            "Ask the person who keeps it, or compare the address with the one you were given.",
        )
    return NotFound(
        f"There is nothing at {address.shown} yet.",
        f"To begin a community there: reflect community create {name} --at {address.shown}",
    )
