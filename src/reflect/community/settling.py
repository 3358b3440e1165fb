"""Drafts for communities: looked through, settled flag by flag, and written when nothing is open any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reflect.community.begun import Begun, Reviews, settled_with
from reflect.community.review import Change, readers_of
from reflect.records.document import Document
from reflect.records.record import Record, encoded, read_record
from reflect.records.review.shareable import CARRIED_ID
from reflect.records.review.substitution import NOTHING_SETTLED, Settled
from reflect.store.drafts import Draft

if TYPE_CHECKING:
    from reflect.community.communities import Communities
    from reflect.community.redacting import Redactor
    from reflect.community.responding import Responding
    from reflect.community.writing import SharedWriting
    from reflect.store.catalog import Catalog
    from reflect.store.kind_files import Kinds
    from reflect.vault.saving import Saved


class Settling:
    """Takes a draft that is meant for a community to its place. What is settled in it is kept on this computer."""

    def __init__(
        self,
        communities: Communities,
        catalog: Catalog,
        writing: SharedWriting,
        responding: Responding,
        redactor: Redactor,
        reviews: Reviews,
        kinds_of: Callable[[str], Kinds],
        lang: str,
    ) -> None:
        self._communities = communities
        self._catalog = catalog
        self._writing = writing
        self._responding = responding
        self._redactor = redactor
        self._reviews = reviews
        self._kinds_of = kinds_of
        self._lang = lang

    def look(self, draft: Draft) -> Change:
        """Return what a draft would write, as far as it is settled; raises ReflectError where that may not be."""
        place, kind, before = draft.place, self._writing.kind(draft.place, draft.kind), self.record_of(draft)
        if before is None:
            text = self._writing.prepared(place, kind, draft.text)
        else:
            text = self._writing.prepared_edit(before, kind, draft.text)
        self._writing.check(place, kind, before, text)
        content, flags = self._redactor.changed(place, kind, draft.base, text, self._settled(draft))
        origin = self.origin(draft)
        community = self._writing.here(place)
        return Change(
            draft=draft,
            kind=kind,
            destination=community.shown_url,
            readers=readers_of(len(self._catalog.last_written(place))),
            content=self._responding.with_origin(content, origin) if origin else content,
            before=draft.base,
            flags=flags,
        )

    def settle(
        self,
        draft: Draft,
        replaced: dict[str, str] | None = None,
        keep: Sequence[str] = (),
        remove: Sequence[str] = (),
        open_again: Sequence[str] = (),
    ) -> Change:
        """Settle flags of a draft, or let settled ones stand again, and return what it would write then."""
        settled = settled_with(self._settled(draft), replaced or {}, keep, remove, open_again)
        self._reviews.put(draft.id, draft.place, Begun("", "", settled=settled))
        return self.look(draft)

    def write(self, draft: Draft, settled: Settled = NOTHING_SETTLED) -> list[Saved]:
        """Put a draft into its community; what is settled adds to what was before.

        Returns the record, and of a copy also the answer that tells of it where it comes from. Raises
        FlagsOpen, ReflectError, with nothing written; the draft itself is left where it is.
        """
        place, before = draft.place, self.record_of(draft) or self._there(draft)
        how = settled_with(self._settled(draft), settled.replace, settled.keep, settled.remove)
        origin = self.origin(draft)
        if before is not None:
            saved = [self._writing.edit(before, draft.text, how)]
        elif origin is not None:
            carried = self._responding.carry(origin, place, draft.text, how, self._lang)
            saved = [carried.copy, carried.offer]
        else:
            saved = [self._writing.write(place, self._writing.kind(place, draft.kind).name, draft.text, how)]
        self.forget(draft)
        return saved

    def forget(self, draft: Draft) -> None:
        """Forget what was settled in a draft that is gone."""
        self._reviews.end(draft.id, draft.place)

    def record_of(self, draft: Draft) -> Record | None:
        """Return the record that a draft changes, as it was opened; None for a new one."""
        if not draft.path:
            return None
        return read_record(encoded(draft.base), draft.path, self._kinds_of(draft.place).folders, draft.place)

    def origin(self, draft: Draft) -> Record | None:
        """Return the record that a draft is a copy of, to be carried into its community; None where it is none."""
        name = "" if draft.path else str(Document.parse(draft.text).values.get(CARRIED_ID, ""))
        rows = [row for row in self._catalog.with_ids([name]) if row.place] if name else []
        return self._communities.record(rows[0]) if rows else None

    def _there(self, draft: Draft) -> Record | None:
        """Return what a new draft became, if the program ended between writing it and putting the draft away."""
        record_id = str(Document.parse(draft.text).values.get("id", ""))
        rows = self._writing.within.rows(draft.place, record_id) if record_id else []
        return self._communities.record(rows[0]) if rows else None

    def _settled(self, draft: Draft) -> Settled:
        begun = self._reviews.get(draft.id, draft.place)
        return begun.settled if begun else NOTHING_SETTLED
