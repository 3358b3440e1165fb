"""From a row of the catalog to a row of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reflect.records.kinds import Kind
from reflect.store.catalog import Row
from reflect.store.kind_files import Kinds
from reflect.tui.widgets.record_list import ListRow
from reflect.tui.words import short_day, sign_of


def list_rows(rows: Iterable[Row], kinds: Kinds, today: dt.date, lang: str = "en") -> dict[int, ListRow]:
    """Return the rows of a list by their numbers."""
    return {row.rowid: list_row(row, kinds.find(row.kind), today, lang) for row in rows}


def list_row(row: Row, kind: Kind | None, today: dt.date, lang: str = "en", snippet: str = "") -> ListRow:
    """Return the row of one record: what a kind's first columns say stands at its right."""
    return ListRow(
        rowid=row.rowid,
        key=row.path,
        day=short_day(row.day, today),
        sign=sign_of(row.kind, row.text_of("valence")),
        title=row.title,
        note=note_of(row, kind, lang),
        problem=row.problem,
        snippet=snippet,
    )


def note_of(row: Row, kind: Kind | None, lang: str) -> str:
    """Return the kind of a record with what tells most of it, and whether it never leaves."""
    says = (kind.shown_label(lang) if kind else row.kind).lower()
    field = kind.field("valence") or kind.field("status") if kind else None
    if field is not None and row.text_of(field.name):
        says += f", {field.shown_choice(row.text_of(field.name), lang)}"
    return f"{says} · private" if kind is not None and kind.is_private else says
