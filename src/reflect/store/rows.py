"""The rows of one record in the catalog: written and removed together."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reflect.records.moments import sort_key
from reflect.records.record import Record
from reflect.records.shared_paths import folded_path
from reflect.records.textforms import folded
from reflect.store.scan import FileSeen

# Numbers for the records of a day, and for each of its 1,440 minutes.
DAY_NUMBERS = 65_536
MINUTE_NUMBERS = 45


@dataclass(frozen=True, slots=True)
class Shared:
    """What is known of a record in a community.

    `blob` names its present text, `owner` and `owner_name` are of the commit that added its id.
    """

    blob: str = ""
    owner: str = ""
    owner_name: str = ""
    is_unread: bool = False


OWN = Shared()

# A record as it was read, its file, and what is known of it in a community.
Known = tuple[Record, FileSeen, Shared]


def remove(connection: sqlite3.Connection, place: str, paths: Iterable[str]) -> None:
    """Remove the rows of the records at these paths, where there are some."""
    sql = "SELECT rowid FROM records WHERE place = ? AND path IN (SELECT value FROM json_each(?))"
    found = connection.execute(sql, (place, json.dumps(list(paths)))).fetchall()
    for table, column in (("records", "rowid"), ("texts", "rowid"), ("labels", "record"), ("links", "record")):
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", found)


def insert(connection: sqlite3.Connection, read: Iterable[Known]) -> None:
    """Add the rows of records that have none."""
    texts: list[tuple[int, str, str, str]] = []
    labels: list[tuple[int, str, str]] = []
    links: list[tuple[int, str]] = []
    for record, file, shared in read:
        rowid = _insert_record(connection, record, file, shared)
        values = (each for name in record.fields for each in record.list_of(name))
        extra = " ".join([*record.tags, *record.lenses, *values])
        texts.append((rowid, _safe(record.title), _safe(record.body), _safe(extra)))
        labels += [(rowid, sort, folded(_safe(name))) for sort, names in _labels(record) for name in names]
        links += [(rowid, folded(_safe(each))) for each in record.references()]
    connection.executemany("INSERT INTO texts (rowid, title, body, extra) VALUES (?, ?, ?, ?)", texts)
    connection.executemany("INSERT INTO labels VALUES (?, ?, ?)", labels)
    connection.executemany("INSERT INTO links VALUES (?, ?)", links)


def _insert_record(connection: sqlite3.Connection, record: Record, file: FileSeen, shared: Shared) -> int:
    sort = _sort(record, file)
    rowid = _free_rowid(connection, sort)
    connection.execute(
        "INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            rowid,
            record.place,
            record.path,
            folder_of(record.path),
            _safe(record.id),
            _safe(record.kind),
            _safe(record.title),
            _safe(record.created),
            sort,
            _safe(record.author),
            _safe(record.agenda),
            _as_json(record.lenses),
            _as_json(record.tags),
            _as_json(record.fields),
            record.problem,
            record.body.count(" ") + 1 if record.body.strip() else 0,
            file.size,
            file.mtime,
            shared.blob,
            shared.owner,
            _safe(shared.owner_name),
            shared.is_unread,
            folded_path(record.path) if record.place else "",
        ),
    )
    return rowid


def _labels(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "tag", record.tags
    yield "lens", record.lenses


def _sort(record: Record, file: FileSeen) -> str:
    """Return what a record is ordered by; one that nothing dates stands on the day its file was last changed."""
    return record.sort_key or sort_key(dt.date.fromtimestamp(file.mtime / 1e9).isoformat())


def _free_rowid(connection: sqlite3.Connection, sort: str) -> int:
    """Return a free number that grows with the record's date: its day, then its minute.

    Small steps from one number to the next keep the full-text index small. A day that is full
    takes numbers at the end; only which matches count as the newest depends on them.
    """
    day = dt.date.fromisoformat(sort[:10]).toordinal() if sort else 0
    minute = int(sort[11:13]) * 60 + int(sort[14:16]) if sort else 0
    rowid = day * DAY_NUMBERS + minute * MINUTE_NUMBERS
    if not connection.execute("SELECT 1 FROM records WHERE rowid = ?", (rowid,)).fetchone():
        return rowid
    last = (day + 1) * DAY_NUMBERS - 1
    highest = connection.execute("SELECT max(rowid) FROM records WHERE rowid <= ?", (last,)).fetchone()[0]
    if highest < last:
        return int(highest) + 1
    return int(connection.execute("SELECT max(rowid) FROM records").fetchone()[0]) + 1


def folder_of(path: str) -> str:
    """Return the folder of a path, `""` at the top."""
    return path.rpartition("/")[0]


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True) if value else ""


def _safe(text: str) -> str:
    """Return the text as SQLite can hold it: bytes that were not UTF-8 become a mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8", "replace")
