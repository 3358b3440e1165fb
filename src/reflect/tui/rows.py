"""From a row of the catalog to a row of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from reflect.records.kinds import Kind
from reflect.store.catalog import Catalog, Row
from reflect.store.kind_files import Kinds
from reflect.tui.columns import KindColumns
from reflect.tui.widgets.record_list import ListRow
from reflect.tui.words import short_day, sign_of

NO_TITLES: Mapping[str, str] = {}


def list_rows(rows: Iterable[Row], kinds: Mapping[str, Kinds], today: dt.date, lang: str = "en") -> dict[int, ListRow]:
    """Return the rows of a list by their numbers; `kinds` are those of each place that the rows are of."""
    return {row.rowid: list_row(row, kinds[row.place].find(row.kind), today, lang) for row in rows}


def rows_in_columns(rows: Sequence[Row], columns: KindColumns, catalog: Catalog) -> dict[int, ListRow]:
    """Return the rows of a list of one kind, with what stands in its columns."""
    ids = columns.ids_in(rows)
    titles = catalog.titles(ids) if ids else NO_TITLES
    kind, today, lang = columns.kind, columns.today, columns.lang
    return {row.rowid: list_row(row, kind, today, lang, cells=columns.cells(row, titles)) for row in rows}


def list_row(
    row: Row,
    kind: Kind | None,
    today: dt.date,
    lang: str = "en",
    snippet: str = "",
    found_title: str = "",
    cells: tuple[str, ...] = (),
) -> ListRow:
    """Return the row of one record: what a kind's first columns say stands at its right."""
    return ListRow(
        rowid=row.rowid,
        key=row.ref,
        day=short_day(row.day, today),
        sign=sign_of(row.kind, row.text_of("valence")),
        title=row.title,
        note=note_of(row, kind, lang),
        problem=row.problem,
        snippet=snippet,
        found_title=found_title,
        cells=cells,
    )


def note_of(row: Row, kind: Kind | None, lang: str) -> str:
    """Return the kind of a record with what tells most of it, and whether it never leaves."""
    says = (kind.shown_label(lang) if kind else row.kind).lower()
    field = kind.field("valence") or kind.field("status") if kind else None
    if field is not None and row.text_of(field.name):
        says += f", {field.shown_choice(row.text_of(field.name), lang)}"
    if row.place:
        return f"{says} · {row.place}" + " · new" * bool(row.unread)
    return f"{says} · private" if kind is not None and kind.is_private else says
