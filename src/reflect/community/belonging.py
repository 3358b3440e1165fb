"""All that has to do with being in a community: how one gets in and out, and who else is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.community.communities import Communities, Community
from reflect.context import Context
from reflect.errors import NotFound, ReflectError
from reflect.paths import VaultPlaces
from reflect.records.addresses import Address, parse_address
from reflect.records.community_file import PATH, About
from reflect.records.query import Filters
from reflect.store.drafts import Drafts
from reflect.store.kind_files import Kinds
from reflect.vault.vault import Vault

if TYPE_CHECKING:
    from reflect.community.inviting import Invitation
    from reflect.community.joining import Joining
    from reflect.community.keys import Keys
    from reflect.community.leaving import Leaving
    from reflect.community.members import Member
    from reflect.community.outcome import Outcome
    from reflect.store.catalog import Catalog
    from reflect.vault.checkup import Check
    from reflect.vault.remotes import Remotes


@dataclass(frozen=True)
class Standing:
    """How it stands with a community: numbers of records, and of changes not sent (`ahead`) or not shown (`behind`)."""

    community: Community
    records: int
    unread: int
    ahead: int
    behind: int


class Belonging:
    """What a person does with communities as wholes; each part is built when it is first used."""

    def __init__(
        self,
        context: Context,
        vault: Vault,
        places: VaultPlaces,
        communities: Communities,
        catalog: Callable[[], Catalog],
        drafts: Drafts,
        kinds: Kinds,
        commit: Callable[[Sequence[str], str], bool],
        tell: Callable[[str], None],
        sync: Callable[[str], Outcome],
        remotes: Callable[[], Remotes],
    ) -> None:
        self._context = context
        self._vault = vault
        self._places = places
        self._communities = communities
        self._catalog = catalog
        self._drafts = drafts
        self._kinds = kinds
        self._commit = commit
        self._tell = tell
        self._sync = sync
        self._remotes = remotes

    @cached_property
    def keys(self) -> Keys:
        """The ssh keys that open places, and how git reaches each."""
        from reflect.community.keys import Keys

        return Keys(self._places.keys, self._context.places.known_hosts, Path.home(), self._tell)

    @cached_property
    def joining(self) -> Joining:
        """Begins and joins communities."""
        from reflect.community.joining import Joining

        context = self._context
        return Joining(
            self._vault, self._communities, self.keys, self._kinds, self._commit, context.now, context.randomness,
            context.new_id, self._journal_addresses,
        )  # fmt: skip

    def _journal_addresses(self) -> list[str]:
        """Return where the journal itself is sent to, by this program or another one."""
        from reflect.community.places import journal_addresses

        return [*journal_addresses(self._vault.git), *(each.url for each in self._remotes().all())]

    @cached_property
    def leaving(self) -> Leaving:
        """Leaves them."""
        from reflect.community.leaving import Leaving

        context = self._context
        return Leaving(
            self._vault, self._communities, self._sync, self._drafts, self._kinds, self._commit, context.now,
            context.new_id,
        )  # fmt: skip

    def checks(self, fix: bool) -> list[Check]:
        """Look the communities over and return what was found; with `fix`, mend what is safe to mend."""
        from reflect.community.checkup import CommunityCheckup

        folder = self._places.communities
        return CommunityCheckup(self._vault.root, folder, self._communities, self.keys, self.leaving, fix).examine()

    def standings(self) -> list[Standing]:
        """Return how it stands with each community, by name; the catalog has to be in step."""
        return [self._standing(each) for each in self._communities.all()]

    def invitation(self, name: str) -> Invitation:
        """Return the line that invites to a community; raises NotFound."""
        from reflect.community.inviting import invitation

        return invitation(self._communities.get(name))

    def members(self, name: str) -> list[Member]:
        """Return who wrote in a community, the latest first; raises NotFound."""
        from reflect.community.members import members

        return members(self._communities.get(name), self._catalog().count_by_owner(name))

    def address(self, name: str) -> Address:
        """Return the address of a community; raises NotFound, ReflectError."""
        return parse_address(self._communities.get(name).membership.url, is_typed=True)

    def change_about(self, name: str, change: Callable[[str], str]) -> About:
        """Change what a community says of itself, to be sent with the next sync; returns it as it is then.

        `change` takes the text of its file, `""` where it has none. Raises NotFound, ReflectError.
        """
        community = self._communities.get(name)
        if not community.is_here:
            raise ReflectError(f"{name} is not on this computer yet.", f"To fetch it: reflect sync {name}")
        repository = community.repository
        with repository.lock.held():
            try:
                before = repository.text_at(PATH).decode("utf-8", "surrogateescape")
            except NotFound:
                before = ""
            after = change(before)
            if after != before:
                repository.commit(
                    {PATH: after.encode("utf-8", "surrogateescape")}, f"Say of {name}", self._context.now()
                )
        return community.about

    def _standing(self, community: Community) -> Standing:
        if not community.is_here:
            return Standing(community, 0, 0, 0, 0)
        catalog, places = self._catalog(), (community.name,)
        records = catalog.count(Filters(places=places))
        unread = catalog.count(Filters(places=places, is_unread=True))
        return Standing(community, records, unread, community.repository.ahead(), community.repository.behind())
