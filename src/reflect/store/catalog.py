"""Questions to the catalog: lists, counts, full text, and who links to whom."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reflect.records.query import EVERYTHING, Filters
from reflect.records.record import as_list, reference_of
from reflect.records.textforms import folded
from reflect.records.yaml_block import Value
from reflect.store.conditions import OWN_PLACE, Terms, condition, match_expression, within
from reflect.store.database import Database

COLUMNS = (
    "rowid, place, path, id, kind, title, created, sort, author, agenda, lenses, tags, fields, problem, "
    "words, size, mtime, blob, owner, owner_name, unread"
)
NEWEST_FIRST = "ORDER BY sort DESC, id DESC, path DESC"
# The number of the row settles what is equal: the index has it, and no row has to be looked up.
ORDER_BY = {
    "newest": "ORDER BY sort DESC, id DESC, rowid",
    "oldest": "ORDER BY sort, id, rowid DESC",
    "title": "ORDER BY title COLLATE NOCASE, sort DESC, path",
    "changed": "ORDER BY mtime DESC, path",
    "longest": "ORDER BY words DESC, sort DESC, path",
}
# Ranking looks at every match; among the newest this many it stays fast at any size.
RANKED_MATCHES = 2000
SNIPPET_WORDS = 12
IS_SECOND = "fields LIKE '%\"conflict_of\"%'"
# So many values fit into one question to every SQLite.
MANY = 900
# What the catalog wrote itself has no blanks around it, and is read in half the time so.
READ_JSON = json.JSONDecoder().raw_decode
MARK_START, MARK_END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Row:
    """One record as lists show it; `place` is a community's name, `""` for the vault.

    In a community `blob` names its present text, `owner` is the address of who added it and
    `owner_name` the name that stood there; `unread` says that this person has not met that text.
    """

    rowid: int
    place: str
    path: str
    id: str
    kind: str
    title: str
    created: str
    sort: str
    author: str
    agenda: str
    lenses: tuple[str, ...]
    tags: tuple[str, ...]
    fields: Mapping[str, Value]
    problem: str
    words: int
    size: int
    mtime: int
    blob: str = ""
    owner: str = ""
    owner_name: str = ""
    unread: int = 0

    @property
    def ref(self) -> str:
        """What names it everywhere: its path in the vault, `NAME:path` in a community."""
        return reference_of(self.place, self.path)

    @property
    def day(self) -> str:
        """The day it is listed under, `""` when it has none."""
        return self.sort[:10]

    def text_of(self, name: str) -> str:
        """Return a field as text, `""` where it is empty or not a text."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ", ".join(as_list(value))

    def list_of(self, name: str) -> list[str]:
        """Return a field as a list of texts."""
        return as_list(self.fields.get(name, ""))


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search found; in `snippet` and `title` the matches stand between \\x02 and \\x03."""

    row: Row
    snippet: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What the fields of a record have to hold.

    `filled` names a field that has to hold something; each field of `one_of` has to hold one of the values
    (`""` for empty), none of `none_of` may; `until` is the last day of a record.
    """

    filled: str = ""
    one_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    none_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    until: str = ""

    def condition(self) -> tuple[str, list[Any]]:
        """Return the condition and its values; what is quickly told stands first."""
        conditions, values = ["true"], list[Any]()
        if self.until:
            conditions.append("sort <= ?")
            values.append(self.until + "T99")
        if self.filled:
            # A look for the name is faster than reading what a record has, and most lack it.
            conditions.append("instr(fields, ?) AND json_extract(fields, ?) IS NOT NULL")
            values += [f'"{self.filled}"', f'$."{self.filled}"']
        for fields, word in ((self.one_of, "IN"), (self.none_of, "NOT IN")):
            for name, wanted in fields.items():
                marks = ",".join("?" * len(wanted))
                conditions.append(f"coalesce(json_extract(nullif(fields, ''), ?), '') {word} ({marks})")
                values += [f'$."{name}"', *wanted]
        return " AND ".join(conditions), values


class Catalog:
    """What is known of all records, without opening their files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def is_new(self) -> bool:
        """Whether it was made just now, and is being filled."""
        return self._database.is_new

    def rows(self, filters: Filters = EVERYTHING, limit: int = -1, offset: int = 0, order: str = "newest") -> list[Row]:
        """Return records in one of the `ORDERS`."""
        where, values = condition(filters)
        sql = f"SELECT {COLUMNS} FROM records {where} {ORDER_BY[order]} LIMIT ? OFFSET ?"
        return [row_of(found) for found in self._database.read(sql, [*values, limit, offset])]

    def rowids(self, filters: Filters = EVERYTHING, order: str = "newest", terms: Terms = ()) -> Sequence[int]:
        """Return the numbers of all records that match, in one of the `ORDERS`."""
        where, values = condition(filters, terms)
        found = self._database.read(f"SELECT rowid FROM records {where} {ORDER_BY[order]}", values)
        return array("q", [rowid for (rowid,) in found])

    def months(self, filters: Filters = EVERYTHING, terms: Terms = ()) -> list[tuple[str, int]]:
        """Return each month, such as `2026-11`, with how many records match in it, newest first."""
        where, values = condition(filters, terms)
        sql = f"SELECT substr(sort, 1, 7) AS month, count(*) FROM records {where} GROUP BY month ORDER BY month DESC"
        return [(month, number) for month, number in self._database.read(sql, values)]

    def refs(self, filters: Filters = EVERYTHING, terms: Terms = ()) -> list[str]:
        """Return the refs of all records that match."""
        where, values = condition(filters, terms)
        return [
            reference_of(*found) for found in self._database.read(f"SELECT place, path FROM records {where}", values)
        ]

    def refs_of(self, rowids: Iterable[int]) -> list[str]:
        """Return the refs of the records of these numbers, however many."""
        sql = "SELECT place, path FROM records WHERE rowid IN (SELECT value FROM json_each(?))"
        return [reference_of(*found) for found in self._database.read(sql, [json.dumps(list(rowids))])]

    def only_kind(self, filters: Filters, kind: str, terms: Terms = ()) -> bool:
        """Say whether all records that match are of this kind."""
        where, values = condition(filters, terms)
        sql = f"SELECT 1 FROM records {where or 'WHERE true'} AND kind <> ? LIMIT 1"
        return not self._database.read(sql, [*values, kind])

    def titles(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the titles of the records with these ids."""
        asked = list(dict.fromkeys(ids))
        marks = ",".join("?" * len(asked))
        return dict(self._database.read(f"SELECT id, title FROM records WHERE id IN ({marks})", asked))

    def rows_of(self, rowids: Iterable[int]) -> list[Row]:
        """Return the records of these numbers, in their order; those gone meanwhile are left out."""
        asked = list(rowids)
        marks = ",".join("?" * len(asked))
        found = self._database.read(f"SELECT {COLUMNS} FROM records WHERE rowid IN ({marks})", asked)
        by_number = {row[0]: row_of(row) for row in found}
        return [by_number[rowid] for rowid in asked if rowid in by_number]

    def rows_with_fields(self, kind: str, *wanted: Held, limit: int = -1) -> list[Row]:
        """Return the vault's records of a kind whose fields hold what one of these says; all of them without any."""
        held = [each.condition() for each in wanted or (Held(),)]
        fits = " OR ".join(f"({condition})" for condition, _ in held)
        values = [value for _, values in held for value in values]
        return self._where_rows(f"kind = ? AND {OWN_PLACE} = '' AND ({fits})", [kind, *values], limit)

    def count(self, filters: Filters = EVERYTHING, terms: Terms = ()) -> int:
        """Return how many records match."""
        where, values = condition(filters, terms)
        return int(self._database.read(f"SELECT count(*) FROM records {where}", values)[0][0])

    def search(self, terms: Terms, filters: Filters, limit: int, offset: int = 0) -> list[Hit]:
        """Return what matches all terms: the newest matches, the best of them first."""
        match = match_expression(terms)
        if not match:
            return [Hit(row, "") for row in self.rows(filters, limit, offset)]
        inside, values = within(filters)
        newest = f"SELECT rowid FROM texts WHERE texts MATCH ? {inside} ORDER BY rowid DESC LIMIT {RANKED_MATCHES}"
        found = [rowid for (rowid,) in self._database.read(newest, [match, *values])]
        if not found:
            return []
        # What the filters let through is known now; to ask them again would take as long once more.
        these = "AND +texts.rowid IN (SELECT value FROM json_each(?))" if inside else ""
        ranked = (
            f"SELECT texts.rowid, snippet(texts, 1, '{MARK_START}', '{MARK_END}', '…', {SNIPPET_WORDS}), "
            f"highlight(texts, 0, '{MARK_START}', '{MARK_END}') FROM texts "
            f"WHERE texts MATCH ? AND texts.rowid >= ? {these} "
            f"ORDER BY bm25(texts, 8.0, 1.0, 2.0), texts.rowid DESC LIMIT ? OFFSET ?"
        )
        hits = self._database.read(ranked, [match, found[-1], *([json.dumps(found)] if inside else []), limit, offset])
        rows = {row.rowid: row for row in self.rows_of([rowid for rowid, *_ in hits])}
        return [Hit(rows[rowid], snippet, title) for rowid, snippet, title in hits if rowid in rows]

    def titled(self, words: str, limit: int, place: str | None = None) -> list[Row]:
        """Return the newest records in whose title each of the words begins one; without words the newest of all.

        With a place, those there.
        """
        if not words.strip():
            return self.rows(EVERYTHING if place is None else Filters(places=(place,)), limit=limit)
        match = match_expression([(word, True) for word in words.split()])
        if not match:
            return []
        values: list[str | int] = [f"{{title}} : ({match})"]
        inside = ""
        if place is not None:
            inside = "AND rowid IN (SELECT rowid FROM records WHERE place = ?)"
            values.append(place)
        sql = f"SELECT rowid FROM texts WHERE texts MATCH ? {inside} ORDER BY rowid DESC LIMIT ?"
        found = self._database.read(sql, [*values, limit])
        return self.rows_of([rowid for (rowid,) in found])

    def shared_titles(self, titles: Sequence[str]) -> set[str]:
        """Return those titles, folded, that more than one record has."""
        marks = ",".join("?" * len(titles))
        sql = f"SELECT title, count(*) FROM records WHERE title COLLATE NOCASE IN ({marks}) GROUP BY lower(title)"
        return {folded(title) for title, number in self._database.read(sql, titles) if number > 1}

    def with_id_ending(self, ending: str) -> list[Row]:
        """Return the records whose id is this, or ends so; capitals do not matter."""
        wanted = ending.upper()
        if len(wanted) == 26:
            return self._where_rows("id = ?", [wanted])
        return self._where_rows("id LIKE ? ESCAPE '\\'", ["%" + wanted.replace("%", r"\%").replace("_", r"\_")])

    def with_ids(self, ids: Iterable[str]) -> list[Row]:
        """Return the records that have one of these ids, in whichever place."""
        asked, found = list(dict.fromkeys(ids)), []
        for start in range(0, len(asked), MANY):
            part = asked[start : start + MANY]
            found += self._where_rows(f"id IN ({','.join('?' * len(part))})", part)
        return found

    def at_path(self, path: str, place: str | None = None) -> list[Row]:
        """Return the record at a path, in one place or in any."""
        if place is None:
            return self._where_rows("path = ?", [path])
        return self._where_rows("path = ? AND place = ?", [path, place])

    def at_paths(self, place: str, paths: Iterable[str]) -> list[Row]:
        """Return the records at these paths of a place, however many."""
        sql = "place = ? AND path IN (SELECT value FROM json_each(?))"
        return self._where_rows(sql, [place, json.dumps(list(paths))])

    def second_versions(self, place: str | None = None) -> list[Row]:
        """Return the records of all communities, or of one place, that were kept beside another, not yet settled."""
        where, values = ("place <> ''", []) if place is None else ("place = ?", [place])
        return self._where_rows(f"{where} AND {IS_SECOND}", values)

    def all_second_versions(self) -> list[Row]:
        """Return those of the vault and of all communities, the vault's first; every record is looked at once."""
        return sorted(self._where_rows(IS_SECOND, []), key=lambda row: row.place)

    def last_written(self, place: str = "") -> list[tuple[str, str, str, str]]:
        """Return (community, address, name, day of the newest record) for each who has added records to communities.

        With a place, for that community alone.
        """
        where, values = ("place = ?", [place]) if place else ("place <> ''", [])
        sql = (
            "SELECT place, owner, owner_name, substr(max(sort), 1, 10) FROM records "
            f"WHERE {where} AND owner <> '' GROUP BY place, owner"
        )
        return [(place, owner, name, day) for place, owner, name, day in self._database.read(sql, values)]

    def at_ref(self, ref: str) -> list[Row]:
        """Return the record that a `ref` of a row names: a path in the vault, or `NAME:path`."""
        found = self.at_path(ref, "")
        place, _, path = ref.partition(":")
        return found or (self.at_path(path, place) if path else [])

    def named(self, name: str, place: str | None = None) -> list[Row]:
        """Return the records that `[[name]]` means: by id, by title, by file name.

        With the place in which it is written, those there come first, and only without one there are
        those of other communities meant. What a stranger writes never leads into the vault.
        """
        found = self._named(name)
        if place is None:
            return found
        return [row for row in found if row.place == place] or [row for row in found if row.place]

    def _named(self, name: str) -> list[Row]:
        wanted = folded(name)
        found = self._where_rows("id = ?", [name.upper()]) if len(name) == 26 else []
        if not found:
            found = self._where_rows("title = ? COLLATE NOCASE", [name])
        if not found and wanted.isascii():
            ending = f"%/{wanted.removesuffix('.md')}.md"
            found = self._where_rows("path LIKE ? ESCAPE '\\'", [ending.replace("_", r"\_")])
        return found

    def linking_to(self, row: Row) -> list[Row]:
        """Return the records that point to this one, newest first: of its own place and of the vault.

        A record of a community links within it, so one that is called like one elsewhere is not meant.
        """
        names = names_of(row)
        marks = ",".join("?" * len(names))
        pointing = f"rowid IN (SELECT record FROM links WHERE target IN ({marks}))"
        sql = f"{pointing} AND rowid <> ? AND {OWN_PLACE} IN ('', ?)"
        return self._where_rows(sql, [*names, row.rowid, row.place])

    def linking_to_names(self, names: Sequence[str]) -> list[tuple[str, int]]:
        """Return (name, number of a record that points to it) for many folded names."""
        found: list[tuple[str, int]] = []
        for start in range(0, len(names), MANY):
            part = names[start : start + MANY]
            sql = f"SELECT target, record FROM links WHERE target IN ({','.join('?' * len(part))})"
            found += self._database.read(sql, part)
        return found

    def links_of(self, row: Row) -> list[str]:
        """Return what a record points to, folded, as it was written."""
        return [target for (target,) in self._database.read("SELECT target FROM links WHERE record = ?", [row.rowid])]

    def names(self) -> set[str]:
        """Return every name, folded, that a link may lead to: ids, titles, file names with and without `.md`."""
        found: set[str] = set()
        for record_id, title, path in self._database.read("SELECT id, title, path FROM records"):
            file = path.rpartition("/")[2]
            found |= {folded(name) for name in (record_id, title, file, file.removesuffix(".md"))}
        return found

    def links(self) -> list[tuple[str, str]]:
        """Return every (path of a record, target) of the vault."""
        sql = "SELECT path, target FROM links JOIN records ON records.rowid = links.record WHERE place = ''"
        return [(path, target) for path, target in self._database.read(sql)]

    def labels(self, sort: str, place: str | None = None) -> list[tuple[str, int]]:
        """Return the tags or lenses in use (`sort` is `tag` or `lens`) and how often, most used first.

        With a place, those in use there.
        """
        source, values = "labels", [sort]
        if place is not None:
            source = "labels JOIN records ON records.rowid = labels.record AND records.place = ?"
            values.insert(0, place)
        sql = f"SELECT name, count(*) AS n FROM {source} WHERE labels.sort = ? GROUP BY name ORDER BY n DESC, name"
        return [(name, number) for name, number in self._database.read(sql, values)]

    def last_days_of_lenses(self) -> dict[str, str]:
        """Return for each lens the day of the vault's newest record with it."""
        sql = (
            "SELECT name, max(substr(records.sort, 1, 10)) FROM labels JOIN records ON records.rowid = labels.record "
            "WHERE labels.sort = 'lens' AND place = '' GROUP BY name"
        )
        return dict(self._database.read(sql))

    def count_by_day(self, since: str) -> dict[str, int]:
        """Return how many records of the vault each day has, from a day on."""
        own = f"sort >= ? AND {OWN_PLACE} = ''"
        sql = f"SELECT substr(sort, 1, 10) AS day, count(*) FROM records WHERE {own} GROUP BY day"
        return dict(self._database.read(sql, [since]))

    def count_by_owner(self, place: str) -> dict[str, int]:
        """Return how many records of a community each person has there, by address."""
        return dict(self._database.read("SELECT owner, count(*) FROM records WHERE place = ? GROUP BY owner", [place]))

    def twins(self) -> list[Row]:
        """Return the records of the vault whose id stands in more than one file, the oldest first."""
        several = "SELECT id FROM records WHERE place = '' GROUP BY id HAVING count(*) > 1"
        return self._where_rows(f"id <> '' AND place = '' AND id IN ({several})", [])[::-1]

    def without_id(self) -> list[Row]:
        """Return the records of the vault that no id can name."""
        return self._where_rows("problem = '' AND length(id) <> 26 AND place = ''", [])

    def unreadable(self) -> list[Row]:
        """Return the records of the vault that could not be parsed."""
        return self._where_rows("problem <> '' AND place = ''", [])

    def bodies(self, rowids: Iterable[int]) -> dict[int, str]:
        """Return the bodies of these records."""
        asked, found = list(rowids), dict[int, str]()
        for start in range(0, len(asked), MANY):
            part = asked[start : start + MANY]
            marks = ",".join("?" * len(part))
            found |= dict(self._database.read(f"SELECT rowid, body FROM texts WHERE rowid IN ({marks})", part))
        return found

    def note(self, name: str) -> str:
        """Return a remark that the program keeps with the catalog, `""` when there is none."""
        found = self._database.read("SELECT value FROM notes WHERE name = ?", [name])
        return str(found[0][0]) if found else ""

    def set_note(self, name: str, value: str) -> None:
        """Keep a remark with the catalog."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def _where_rows(self, condition: str, values: Sequence[Any], limit: int = -1) -> list[Row]:
        sql = f"SELECT {COLUMNS} FROM records WHERE {condition} {NEWEST_FIRST} LIMIT ?"
        return [row_of(found) for found in self._database.read(sql, [*values, limit])]


def names_of(row: Row) -> list[str]:
    """Return the folded names by which links mean a record."""
    stem = row.path.rpartition("/")[2].removesuffix(".md")
    return [folded(each) for each in (row.id, row.title, stem, stem + ".md") if each]


def row_of(found: Sequence[Any]) -> Row:
    """Return the row that a question for `COLUMNS` found."""
    lenses, tags, fields = (READ_JSON(each)[0] if each else () for each in found[10:13])
    values = [*found[:10], tuple(lenses), tuple(tags), fields or {}, *found[13:]]
    return Row(*values)
