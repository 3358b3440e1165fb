"""Counting over many records at once, by their kinds, fields and lenses, without reading them one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reflect.records.query import EVERYTHING, Filters
from reflect.store.catalog import COLUMNS, NEWEST_FIRST, Row, row_of
from reflect.store.conditions import OWN_PLACE, condition
from reflect.store.database import Database


@dataclass(frozen=True)
class Scope:
    """Which records are counted: those that `filters` let through, each once.

    `copies` are ids of what was shared from the vault and is counted there; `addresses` are (community, address) of
    the person, whose own records there count with those of the vault where `is_mine`.
    """

    filters: Filters = EVERYTHING
    copies: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    is_mine: bool = False

    def of(self, *kinds: str) -> Scope:
        """Return the part of these kinds."""
        return replace(self, filters=replace(self.filters, kinds=kinds))

    def between(self, since: str, until: str) -> Scope:
        """Return the part of these days, in place of those before."""
        return replace(self, filters=replace(self.filters, since=since, until=until))

    def where(self) -> tuple[str, list[Any]]:
        """Return the condition and its values."""
        where, values = condition(self.filters)
        parts = [where.removeprefix("WHERE ")] if where else []
        if self.is_mine:
            theirs = " OR (place = ? AND owner = ?)" * len(self.addresses)
            parts.append(f"({OWN_PLACE} = ''{theirs})")
            values += [each for address in self.addresses for each in address]
        if self.copies and (self.addresses or not self.is_mine):
            parts.append("NOT (place <> '' AND id IN (SELECT value FROM json_each(?)))")
            values.append(json.dumps(self.copies))
        return "WHERE " + (" AND ".join(parts) or "true"), values


class Counts:
    """Questions to the catalog whose answers are numbers of records, by what is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, scope: Scope) -> list[Row]:
        """Return the records themselves, newest first; for kinds of which there are few."""
        return self._rows_where(*scope.where())

    def days(self, scope: Scope) -> list[tuple[str, int]]:
        """Return (day, number) of each record."""
        return self._tuples("substr(sort, 1, 10), rowid", scope)

    def lenses(self, scope: Scope, names: Sequence[str]) -> list[tuple[str, str, int]]:
        """Return (lens, day, number) for each record with one of these lenses."""
        where, values = scope.where()
        sql = (
            # In this order, so that the labels of the records in question are looked up and not all there are.
            "SELECT labels.name, substr(found.sort, 1, 10), found.rowid "
            f"FROM (SELECT rowid, sort FROM records {where}) AS found CROSS JOIN labels ON labels.record = found.rowid "
            "WHERE labels.sort = 'lens' AND labels.name IN (SELECT value FROM json_each(?))"
        )
        return [tuple(each) for each in self._database.read(sql, [*values, json.dumps(list(names))])]

    def fields(self, scope: Scope, *names: str) -> list[tuple[Any, ...]]:
        """Return (number, value of each field) for each record; an empty field is None, a list is its JSON text."""
        asked = "".join(f", json_extract(nullif(fields, ''), '$.\"{name}\"')" for name in names)
        return self._tuples(f"rowid{asked}", scope)

    def ids(self, scope: Scope) -> list[tuple[str, str, str, int]]:
        """Return (kind, id, day, number) of each record."""
        return self._tuples("kind, id, substr(sort, 1, 10), rowid", scope)

    def sent(self, scope: Scope, ids: Iterable[str]) -> list[Row]:
        """Return the records that stand in a community, themselves or as what has one of these ids in the vault."""
        where, values = scope.where()
        sent = "AND (place <> '' OR id IN (SELECT value FROM json_each(?)))"
        return self._rows_where(f"{where} {sent}", [*values, json.dumps(list(ids))])

    def numbers(self, scope: Scope, ids: Iterable[str]) -> dict[str, int]:
        """Return the numbers of the records with these ids, by id."""
        where, values = scope.where()
        sql = f"SELECT id, rowid FROM records {where} AND id IN (SELECT value FROM json_each(?))"
        return dict(self._database.read(sql, [*values, json.dumps(list(ids))]))

    def filled(self, scope: Scope, name: str) -> list[Row]:
        """Return the records in which a field holds something."""
        where, values = scope.where()
        filled = "AND instr(fields, ?) AND json_extract(fields, ?) IS NOT NULL"
        return self._rows_where(f"{where} {filled}", [*values, f'"{name}"', f'$."{name}"'])

    def values(self, scope: Scope, name: str) -> list[tuple[str, int]]:
        """Return (value, number of the record) for each value of a field, however many one record has."""
        where, values = scope.where()
        # Most records lack the field, and a look for its name is faster than reading what they have.
        sql = (
            "SELECT value, number FROM "
            f"(SELECT rowid AS number, fields FROM records {where} AND instr(fields, ?)) "
            f"CROSS JOIN json_each(fields, '$.\"{name}\"')"
        )
        return [(str(value), rowid) for value, rowid in self._database.read(sql, [*values, f'"{name}"'])]

    def bodies(self, scope: Scope) -> list[str]:
        """Return the text of each record."""
        where, values = scope.where()
        sql = f"SELECT body FROM (SELECT rowid AS number FROM records {where}) CROSS JOIN texts ON texts.rowid = number"
        return [body for (body,) in self._database.read(sql, values)]

    def linked(self, names: Mapping[str, int]) -> set[int]:
        """Return of these records, by the folded names that mean them, those to which another one points."""
        sql = "SELECT DISTINCT target, record FROM links WHERE target IN (SELECT value FROM json_each(?))"
        found = self._database.read(sql, [json.dumps(list(names))])
        return {names[target] for target, record in found if names[target] != record}

    def ids_of(self, rowids: Iterable[int]) -> list[str]:
        """Return the ids of the records of these numbers, the newest first; those without one are left out."""
        sql = f"SELECT id FROM records WHERE rowid IN (SELECT value FROM json_each(?)) AND id <> '' {NEWEST_FIRST}"
        return [found for (found,) in self._database.read(sql, [json.dumps(list(rowids))])]

    def newest_first(self, rowids: Iterable[int]) -> list[int]:
        """Return these numbers in the order of lists."""
        sql = f"SELECT rowid FROM records WHERE rowid IN (SELECT value FROM json_each(?)) {NEWEST_FIRST}"
        return [rowid for (rowid,) in self._database.read(sql, [json.dumps(list(rowids))])]

    def _rows_where(self, where: str, values: Sequence[Any]) -> list[Row]:
        found = self._database.read(f"SELECT {COLUMNS} FROM records {where} {NEWEST_FIRST}", values)
        return [row_of(each) for each in found]

    def _tuples(self, what: str, scope: Scope) -> list[Any]:
        where, values = scope.where()
        return [tuple(each) for each in self._database.read(f"SELECT {what} FROM records {where}", values)]
