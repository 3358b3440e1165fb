"""Making one record again of two texts that were kept side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reflect.community.outcome import MINE, THEIRS
from reflect.errors import NotFound, ReflectError
from reflect.records.choosing import both, in_place_of
from reflect.records.record import Record, encoded
from reflect.records.textforms import one_line
from reflect.store.commits import MAIN

if TYPE_CHECKING:
    from reflect.community.communities import Communities
    from reflect.store.catalog import Catalog, Row

BOTH = "both"


@dataclass(frozen=True)
class Pair:
    """A record and its second version, as they are read; `mine_is_second` says which of them is the person's own.

    `record_by` and `second_by` are the names of who changed them last, `""` in the journal.
    """

    record: Record
    second: Record
    mine_is_second: bool = True
    record_by: str = ""
    second_by: str = ""

    @property
    def mine(self) -> str:
        """The text that `mine` keeps."""
        return self.second.text if self.mine_is_second else self.record.text

    @property
    def theirs(self) -> str:
        """The text that `theirs` keeps."""
        return self.record.text if self.mine_is_second else self.second.text

    @property
    def both(self) -> str:
        """The text that `both` keeps; raises Unreadable."""
        return both(self.record.text, self.second.text)

    def kept(self, keep: str) -> str:
        """Return the text that the record gets; raises ReflectError where there is no such choice, or no text."""
        if keep not in (MINE, THEIRS, BOTH):
            raise ReflectError(f"“{keep}” is not one of mine, theirs, both.")
        if self.record.problem or self.second.problem:
            raise ReflectError("One of the two texts cannot be read.", "Mend it in an editor first.")
        if keep == BOTH:
            return self.both
        takes_second = (keep == MINE) == self.mine_is_second
        return in_place_of(self.record.text, self.second.text) if takes_second else self.record.text


class Resolving:
    """Resolves second versions, in communities and in the vault.

    `get` reads a record; `save` writes a changed one of the vault, `delete` removes one and `restore` brings one back,
    each as a step of history.
    """

    def __init__(
        self,
        catalog: Callable[[], Catalog],
        communities: Communities,
        get: Callable[[str], Record],
        save: Callable[[Record, str], object],
        delete: Callable[[str], object],
        restore: Callable[[str], object],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._catalog = catalog
        self._communities = communities
        self._get = get
        self._save = save
        self._delete = delete
        self._restore = restore
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

    def look(self, reference: str) -> Pair:
        """Return both versions of a record, named by either of them; raises NotFound."""
        first, second = self.pair(reference)
        return Pair(
            self._get(first.ref),
            self._get(second.ref),
            self.mine_is_second(second),
            self._last_writer(first),
            self._last_writer(second),
        )

    def _last_writer(self, row: Row) -> str:
        """Return who changed a record of a community last, `""` in the journal."""
        if not row.place:
            return ""
        git = self._communities.get(row.place).repository.git
        words = ("log", "-1", "--format=%an", "--end-of-options", MAIN, "--", f":(literal){row.path}")
        return one_line(git.run(*words).decode("utf-8", "replace")) or row.owner_name

    def mine_is_second(self, second: Row) -> bool:
        """Say whether the second version is this person's own; in the vault it always is the one typed last."""
        return not second.place or second.owner == self._communities.get(second.place).membership.address

    def resolve(self, reference: str, keep: str, seen: Pair | None = None) -> Record:
        """Keep `mine`, `theirs` or `both` as the record, remove the second version, and return the record.

        Raises ReflectError, with nothing changed, where one of the two is no longer as it was `seen`.
        """
        pair = self.look(reference)
        if seen is not None and (pair.record.text, pair.second.text) != (seen.record.text, seen.second.text):
            raise ReflectError(
                f"“{pair.record.title}” has changed meanwhile, so nothing was chosen.",
                "Look at both again, as they are now.",
            )
        text, record = pair.kept(keep), pair.record
        if record.place:
            self._commit(record, {record.path: text, pair.second.path: None})
        else:
            self._save(record, text)
            self._delete(pair.second.path)
        return self._get(record.ref)

    def end(self, seen: Pair) -> bool:
        """Remove the second version, for the record has a text of its own by now; says whether it did.

        One that has changed since it was `seen` stays.
        """
        try:
            second = self._get(seen.second.ref)
        except NotFound:
            return False
        if second.text != seen.second.text:
            return False
        if second.place:
            self._commit(seen.record, {second.path: None})
        else:
            self._delete(second.path)
        return True

    def put_back(self, seen: Pair) -> None:
        """Let both versions stand again as they were `seen`; raises ReflectError."""
        if seen.record.place:
            both_again = {each.path: each.text for each in (seen.record, seen.second)}
            self._commit(seen.record, both_again, "Keep both versions of")
        else:
            self._save(self._get(seen.record.ref), seen.record.text)
            self._restore(seen.second.path)

    def _commit(self, record: Record, texts: Mapping[str, str | None], verb: str = "Resolve") -> None:
        community = self._communities.get(record.place)
        changes = {path: None if text is None else encoded(text) for path, text in texts.items()}
        community.repository.commit(changes, f"{verb} {record.kind} {record.id[-8:].lower()}", self._now())
        self._communities.bring_in_step(community)
        # What I decided about I have read.
        self._communities.mark_read(self._catalog().at_paths(record.place, texts))
