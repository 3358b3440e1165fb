"""From filters and words to the condition of a question to the catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reflect.records.query import Filters
from reflect.records.record import AGENDA_FOLDER
from reflect.records.textforms import folded

# Words and phrases that have to occur; True where only the beginning of a word is given.
Terms = Sequence[tuple[str, bool]]
# Nearly every record is the vault's, so the index of places leads SQLite to look at all of them: with the sign
# before the name it takes another, which is faster by hundreds of times where few records fit.
OWN_PLACE = "+place"


def condition(filters: Filters, terms: Terms = ()) -> tuple[str, list[Any]]:
    """Return the condition and its values; `terms` are words that have to occur."""
    conditions: list[str] = []
    values: list[Any] = []

    def one_of(column: str, wanted: Sequence[str]) -> None:
        if wanted:
            conditions.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values.extend(wanted)

    one_of("kind", filters.kinds)
    one_of(OWN_PLACE if "" in filters.places else "place", filters.places)
    if filters.is_shared:
        conditions.append("place <> ''")
    if filters.is_unread:
        conditions.append("unread")
    if filters.agendas:
        # An agenda is its own record and those that name it.
        marks = ",".join("?" * len(filters.agendas))
        lies_in = " OR (agenda = '' AND place = ? AND substr(path, 1, ?) = ?)" * len(filters.agenda_folders)
        conditions.append(f"(agenda IN ({marks}) OR id IN ({marks}){lies_in})")
        values.extend([*filters.agendas, *filters.agendas])
        for named in filters.agenda_folders:
            # A folder of agendas begins with `agendas/`, so what stands before a colon is a place.
            place, _, folder = named.rpartition(":") if not named.startswith(f"{AGENDA_FOLDER}/") else ("", "", named)
            values.extend([place, len(folder) + 1, folder + "/"])
    for sort, wanted in (("tag", filters.tags), ("lens", filters.lenses)):
        for name in wanted:
            conditions.append("rowid IN (SELECT record FROM labels WHERE sort = ? AND name = ?)")
            values.extend([sort, folded(name)])
    if filters.since:
        conditions.append("sort >= ?")
        values.append(filters.since)
    if filters.until:
        conditions.append("sort <= ?")
        values.append(filters.until + "T99")
    match = match_expression(terms)
    if match:
        conditions.append("rowid IN (SELECT rowid FROM texts WHERE texts MATCH ?)")
        values.append(match)
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), values


def within(filters: Filters) -> tuple[str, list[Any]]:
    """Return the condition that a full-text match has to fulfil as well, `""` for none, and its values.

    Left to itself, SQLite asks the full text once for each record that fits, which can take minutes.
    So it looks at the record of each match where many fit, and gathers those that fit where few do.
    """
    parts: list[str] = []
    values: list[Any] = []
    for sort, names in (("tag", filters.tags), ("lens", filters.lenses)):
        for name in names:
            parts.append("AND +texts.rowid IN (SELECT record FROM labels WHERE sort = ? AND name = ?)")
            values += [sort, folded(name)]
    where, rest = condition(replace(filters, tags=(), lenses=()))
    if filters.agendas or filters.since or filters.until:
        parts.append(f"AND +texts.rowid IN (SELECT rowid FROM records {where})")
    elif where:
        parts.append(f"AND EXISTS (SELECT 1 FROM records {where} AND records.rowid = texts.rowid)")
    return " ".join(parts), values + rest


def match_expression(terms: Terms) -> str:
    """Return the full-text expression for words and phrases, each of which has to occur."""
    parts = []
    for text, is_prefix in terms:
        quoted = '"' + text.replace('"', '""') + '"'
        if any(char.isalnum() for char in text):
            parts.append(quoted + (" *" if is_prefix else ""))
    return " AND ".join(parts)
