"""What the journal shows, worked out in a worker: numbers of records, months, columns, and the row of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reflect.records.query import ORDERS, Filters
from reflect.store.catalog import Catalog, Row
from reflect.store.conditions import Terms
from reflect.tui.columns import LENSES, KindColumns, lens_titles
from reflect.tui.rows import list_rows, rows_in_columns
from reflect.tui.widgets.record_list import PAGE, ListRow
from reflect.tui.words import month_of

if TYPE_CHECKING:
    from reflect.workspace import Workspace

OWN_KINDS = ("reflection", "call-in")
NEWEST, OLDEST = ORDERS[:2]
# The journal is one's own; what peers wrote is in the communities, or found with `in:`.
OWN = ("",)


@dataclass(frozen=True)
class Wanted:
    """What the journal is to show; `filter` as it was typed."""

    shows_all: bool = False
    filter: str = ""
    order: str = NEWEST

    @property
    def is_by_date(self) -> bool:
        """Whether the rows are in the order of their days."""
        return self.order in (NEWEST, OLDEST)


@dataclass(frozen=True)
class Listing:
    """What the journal shows: numbers of records, the first rows, headings, and what they were asked with."""

    wanted: Wanted
    filters: Filters
    terms: Terms
    rowids: Sequence[int]
    rows: dict[int, ListRow]
    headings: Sequence[tuple[str, int]] = ()
    columns: KindColumns | None = None


NOTHING = Listing(Wanted(), Filters(), (), (), {})


def list_records(workspace: Workspace, wanted: Wanted, start: int, today: dt.date) -> Listing:
    """Return what is wanted, with a page of rows from `start` on; raises ReflectError for filters that mean nothing."""
    catalog = workspace.catalog
    query = workspace.query(wanted.filter)
    filters, terms = query.filters, query.terms
    if not filters.places:
        filters = replace(filters, places=OWN)
    if not wanted.shows_all and not filters.kinds:
        filters = replace(filters, kinds=OWN_KINDS)
    rowids = catalog.rowids(filters, wanted.order, terms)
    found = catalog.rows_of(rowids[start : start + PAGE])
    months = catalog.months(filters, terms) if wanted.is_by_date else []
    headings = [(month_of(month), number) for month, number in months]
    columns = _columns(workspace, found, filters, terms, len(found) == len(rowids), today)
    rows = rows_for(workspace, found, columns, today)
    return Listing(wanted, filters, terms, rowids, rows, headings[:: -1 if wanted.order == OLDEST else 1], columns)


def rows_for(
    workspace: Workspace, found: Sequence[Row], columns: KindColumns | None, today: dt.date
) -> dict[int, ListRow]:
    """Return these records as rows of the list."""
    if columns is not None:
        return rows_in_columns(found, columns, workspace.catalog)
    return list_rows(found, workspace.kinds_in({row.place for row in found}), today, workspace.lang)


def index_of_day(catalog: Catalog, listing: Listing, day: dt.date) -> int:
    """Return the row that is nearest to a day; of a day with several the first in the list."""
    rowids, filters = listing.rowids, listing.filters

    def newer_than(last: dt.date) -> int:
        since = (last + dt.timedelta(days=1)).isoformat()
        return catalog.count(replace(filters, since=max(filters.since, since)), listing.terms)

    before = day - dt.timedelta(days=1)
    after = newer_than(day) if listing.wanted.order == NEWEST else len(rowids) - newer_than(before)
    around = [index for index in (after, after - 1) if 0 <= index < len(rowids)]
    rows = {row.rowid: row for row in catalog.rows_of([rowids[index] for index in around])}
    away = {index: _days_between(rows[rowids[index]].day, day) for index in around if rowids[index] in rows}
    return min(away, key=lambda index: away[index], default=0)


def _columns(
    workspace: Workspace, rows: list[Row], filters: Filters, terms: Terms, is_whole: bool, today: dt.date
) -> KindColumns | None:
    """Return the columns of the one kind that is shown, None where there are several."""
    names = {row.kind for row in rows}
    of_places = {row.place for row in rows}
    kinds = workspace.kinds_in(of_places).get(next(iter(of_places), "")) if len(of_places) == 1 else workspace.kinds
    kind = kinds.find(next(iter(names))) if kinds is not None and len(names) == 1 else None
    if kind is None or not (is_whole or workspace.catalog.only_kind(filters, kind.name, terms)):
        return None
    lenses = lens_titles(workspace.frameworks, workspace.lang) if LENSES in kind.columns else {}
    columns = KindColumns(kind, workspace.lang, today, lenses)
    return columns.without_empty(rows) if is_whole else columns


def _days_between(text: str, day: dt.date) -> int:
    try:
        return abs((dt.date.fromisoformat(text) - day).days)
    except ValueError:
        return dt.date.max.toordinal()
