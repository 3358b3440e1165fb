"""From what a person typed to the records that are meant, each as its file is now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypedDict

from reflect.errors import NotFound
from reflect.records.paths import agenda_folder_named
from reflect.records.query import EVERYTHING, Filters, Query, parse_query
from reflect.records.record import AGENDA_FOLDER
from reflect.store.catalog import Catalog, Hit, Row
from reflect.store.kind_files import Kinds
from reflect.store.lookup import Lookup


class Wanted(TypedDict, total=False):
    """Filters as a person types them: names, tags with or without `#`, dates in words."""

    kinds: Sequence[str]
    agendas: Sequence[str]
    lenses: Sequence[str]
    tags: Sequence[str]
    since: str
    until: str
    places: Sequence[str]
    is_unread: bool


class Finder:
    """Lists and searches; `day_of` reads a date, `take_up` is told of files that had changed.

    `one_with` gives the ids that mean the same record: a shared one, and the copies of it.
    """

    def __init__(
        self,
        catalog: Catalog,
        lookup: Lookup,
        kinds: Kinds,
        day_of: Callable[[str], str],
        take_up: Callable[[Sequence[str]], object],
        one_with: Callable[[str], Sequence[str]],
    ) -> None:
        self._catalog = catalog
        self._lookup = lookup
        self._kinds = kinds
        self._day_of = day_of
        self._take_up = take_up
        self._one_with = one_with

    def rows(self, filters: Filters = EVERYTHING, limit: int = -1, offset: int = 0, order: str = "newest") -> list[Row]:
        """Return records in one of the `ORDERS`."""
        rows = self._catalog.rows(filters, limit, offset, order)
        return self._catalog.rows(filters, limit, offset, order) if self._had_changed(rows) else rows

    def search(self, query: Query, limit: int, offset: int = 0) -> list[Hit]:
        """Return what matches, the best of the newest first."""
        hits = self._catalog.search(query.terms, query.filters, limit, offset)
        if self._had_changed([hit.row for hit in hits]):
            hits = self._catalog.search(query.terms, query.filters, limit, offset)
        return hits

    def query(self, text: str, filters: Filters = EVERYTHING, typing: bool = False) -> Query:
        """Return what a typed search means here: its dates, agendas and kinds as they are stored."""
        query = parse_query(text, typing)
        own = query.filters
        return Query(
            query.terms,
            self.filters(
                kinds=[*filters.kinds, *own.kinds],
                agendas=[*filters.agendas, *own.agendas],
                lenses=[*filters.lenses, *own.lenses],
                tags=[*filters.tags, *own.tags],
                since=own.since or filters.since,
                until=own.until or filters.until,
                places=[*filters.places, *own.places],
                is_unread=filters.is_unread,
            ),
        )

    def filters(
        self,
        kinds: Sequence[str] = (),
        agendas: Sequence[str] = (),
        lenses: Sequence[str] = (),
        tags: Sequence[str] = (),
        since: str = "",
        until: str = "",
        places: Sequence[str] = (),
        is_unread: bool = False,
    ) -> Filters:
        """Return filters from what a person typed; raises NotFound, UsageError for what does not exist."""
        found = [row for each in agendas for row in self.agendas_one_with(self.agenda(each))]
        return Filters(
            kinds=tuple(self._kind(each) for each in kinds),
            agendas=tuple(row.id for row in found),
            agenda_folders=tuple(filter(None, (agenda_folder_named(row.place, row.path) for row in found))),
            lenses=tuple(lenses),
            tags=tuple(tag.removeprefix("#") for tag in tags),
            since=self._day_of(since) if since else "",
            until=self._day_of(until) if until else "",
            places=tuple("" if each == "vault" else each for each in places),
            is_unread=is_unread,
        )

    def _kind(self, name: str) -> str:
        found = self._kinds.find(name)
        # A kind of a community is known by its records only.
        is_elsewhere = found is None and self._catalog.count(Filters(kinds=(name,)))
        return name if is_elsewhere else (found or self._kinds.get(name)).name

    def agendas(self) -> list[Row]:
        """Return the agendas, newest first; one that was shared stands once, as one's own."""
        rows = self.rows(Filters(kinds=("agenda",)))
        own = {row.id for row in rows if row.id and not row.place}
        return [row for row in rows if not row.place or not own & set(self._one_with(row.id))]

    def agendas_one_with(self, row: Row) -> list[Row]:
        """Return an agenda with those that it is one with: what it was shared as, or from."""
        others = [each for each in self._one_with(row.id) if each != row.id] if row.id else []
        found = self._catalog.with_ids(others) if others else []
        return [row, *(each for each in found if each.kind == "agenda")]

    def agenda(self, reference: str) -> Row:
        """Return the agenda that an id, a path, a folder's name or a title names; raises NotFound."""
        rows = self._catalog.at_path(f"{AGENDA_FOLDER}/{reference.strip('/')}/agenda.md")
        if not rows:
            rows = [row for row in self._catalog.named(reference) if row.kind == "agenda"]
        # One's own before one of a community that is called the same.
        rows = [row for row in rows if not row.place] or rows
        try:
            row = rows[0] if len(rows) == 1 else self._lookup.row(reference)
        except NotFound as error:
            raise NotFound(error.message.replace("no record", "no agenda"), "See: reflect agenda") from None
        if row.kind != "agenda":
            raise NotFound(f"“{reference}” is a {row.kind}, not an agenda.", "See: reflect agenda")
        return row

    def _had_changed(self, rows: list[Row]) -> bool:
        stale = self._lookup.read_again(rows)
        if stale:
            self._take_up(stale)
        return bool(stale)
