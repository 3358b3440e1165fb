"""Making one record again of two texts that were kept side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from reflect.community.outcome import MINE, THEIRS
from reflect.errors import NotFound, ReflectError
from reflect.records.choosing import both, in_place_of
from reflect.records.record import Record, encoded

if TYPE_CHECKING:
    from reflect.community.communities import Communities
    from reflect.store.catalog import Catalog, Row

BOTH = "both"


class Resolving:
    """Resolves second versions, in communities and in the vault.

    `get` reads a record; `save` writes a changed one of the vault and `delete` removes one, each as a step of history.
    """

    def __init__(
        self,
        catalog: Callable[[], Catalog],
        communities: Communities,
        get: Callable[[str], Record],
        save: Callable[[Record, str], object],
        delete: Callable[[str], object],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._catalog = catalog
        self._communities = communities
        self._get = get
        self._save = save
        self._delete = delete
        self._now = now

    def pair(self, reference: str) -> tuple[Row, Row]:
        """Return a record and its second version, named by either of them; raises NotFound."""
        record = self._get(reference)
        for second in self._catalog().second_versions(record.place):
            if record.id in (second.id, second.text_of("conflict_of")):
                firsts = self._catalog().with_id_ending(second.text_of("conflict_of"))
                first = next((row for row in firsts if row.place == second.place), None)
                if first is not None:
                    return first, second
        raise NotFound(f"“{record.title}” has no second version.", "Those that have one: reflect sync names them.")

    def mine_is_second(self, second: Row) -> bool:
        """Say whether the second version is this person's own; in the vault it always is the one typed last."""
        return not second.place or second.owner == self._communities.get(second.place).membership.address

    def resolve(self, reference: str, keep: str) -> Record:
        """Keep `mine`, `theirs` or `both` as the record, remove the second version, and return the record."""
        first, second = self.pair(reference)
        record, other = self._get(first.ref), self._get(second.ref)
        if record.problem or other.problem:
            raise ReflectError("One of the two texts cannot be read.", "Mend it in an editor first.")
        takes_other = (keep == MINE) == self.mine_is_second(second)
        if keep not in (MINE, THEIRS, BOTH):
            raise ReflectError(f"“{keep}” is not one of mine, theirs, both.")
        text = both(record.text, other.text) if keep == BOTH else record.text
        if keep != BOTH and takes_other:
            text = in_place_of(record.text, other.text)
        if record.place:
            community = self._communities.get(record.place)
            changes = {record.path: encoded(text), other.path: None}
            community.repository.commit(changes, f"Resolve {record.kind} {record.id[-8:].lower()}", self._now())
            self._communities.bring_in_step(community)
        else:
            self._save(record, text)
            self._delete(other.path)
        return self._get(record.ref)
