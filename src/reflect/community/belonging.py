"""All that has to do with being in a community: how one gets in and out, and who else is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.community.communities import Communities, Community
from reflect.context import Context
from reflect.paths import VaultPlaces
from reflect.records.addresses import Address, parse_address
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
    from reflect.store.catalog import Catalog


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
            context.new_id,
        )  # fmt: skip

    @cached_property
    def leaving(self) -> Leaving:
        """Leaves them."""
        from reflect.community.leaving import Leaving

        context = self._context
        return Leaving(
            self._vault, self._communities, self.keys, self._drafts, self._kinds, self._commit, context.now,
            context.new_id,
        )  # fmt: skip

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

    def _standing(self, community: Community) -> Standing:
        if not community.is_here:
            return Standing(community, 0, 0, 0, 0)
        catalog, places = self._catalog(), (community.name,)
        records = catalog.count(Filters(places=places))
        unread = catalog.count(Filters(places=places, is_unread=True))
        return Standing(community, records, unread, community.repository.ahead(), community.repository.behind())
