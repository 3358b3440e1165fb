"""The catalog's SQLite file: opened, given its tables, and thrown away when it is not right."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from reflect.errors import ReflectError
from reflect.paths import private_folder

VERSION = 6
PATIENCE = 5.0
MEMORY = ":memory:"

# An index that leads with what few records share ends with their place: else SQLite, which has no statistics, would
# look through all of a place for one of them.
# `rowid` grows with the day of the record (see indexing.py), so that the newest matches of a
# full-text query are found without looking at all of them. With room for more words before they are written, a large
# fill takes a tenth less.
TABLES = """
CREATE TABLE records (
    rowid INTEGER PRIMARY KEY,
    place TEXT NOT NULL, path TEXT NOT NULL, folder TEXT NOT NULL,
    id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    created TEXT NOT NULL, sort TEXT NOT NULL, author TEXT NOT NULL, agenda TEXT NOT NULL,
    lenses TEXT NOT NULL, tags TEXT NOT NULL, fields TEXT NOT NULL,
    problem TEXT NOT NULL, words INTEGER NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    blob TEXT NOT NULL, owner TEXT NOT NULL, owner_name TEXT NOT NULL, unread INTEGER NOT NULL,
    form TEXT NOT NULL,
    UNIQUE (place, path)
);
CREATE INDEX by_date ON records (sort DESC, id DESC);
CREATE INDEX by_kind ON records (kind, sort DESC, id DESC);
CREATE INDEX by_agenda ON records (agenda, place);
CREATE INDEX by_id ON records (id, place);
CREATE INDEX by_folder ON records (place, folder);
CREATE INDEX by_unread ON records (place, sort DESC) WHERE unread;
CREATE INDEX by_form ON records (place, form) WHERE form <> '';
CREATE TABLE labels (record INTEGER NOT NULL, sort TEXT NOT NULL, name TEXT NOT NULL);
CREATE INDEX labels_by_name ON labels (sort, name);
CREATE INDEX labels_by_record ON labels (record);
CREATE TABLE links (record INTEGER NOT NULL, target TEXT NOT NULL);
CREATE INDEX links_by_target ON links (target);
CREATE INDEX links_by_record ON links (record);
CREATE TABLE folders (
    place TEXT NOT NULL, path TEXT NOT NULL, mtime INTEGER NOT NULL, stamp TEXT NOT NULL, PRIMARY KEY (place, path)
);
CREATE TABLE others (
    place TEXT NOT NULL, path TEXT NOT NULL, folder TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    PRIMARY KEY (place, path)
);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIRTUAL TABLE texts USING fts5 (
    title, body, extra, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO texts (texts, rank) VALUES ('hashsize', 8388608);
"""

Result = TypeVar("Result")


class CatalogBusy(ReflectError):
    """Another process holds the catalog for longer than we wait."""


class CatalogLost(ReflectError):
    """The catalog was broken and is empty now; whoever was filling it has to begin again."""


class Database:
    """The catalog's file; `is_new` says that it was made just now and holds nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._generation = 0
        # One for who writes, which may take long; one for opening a file, which must not wait for that.
        self._writer = threading.RLock()
        self._guard = threading.RLock()
        self._memory: sqlite3.Connection | None = None
        # Fills the tables again; set by whoever knows how.
        self.refill: Callable[[], object] | None = None
        self._is_refilling = False
        self.is_new = False
        self._connection()

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a query; a broken file is thrown away and filled again first."""
        return self._healed(lambda connection: connection.execute(sql, values).fetchall())

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for one transaction, rolled back when the block raises.

        Raises CatalogBusy, and CatalogLost when the file was broken and had to be thrown away.
        """
        with self._writer:
            connection = self._connection()
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise CatalogBusy(f"The search index is busy: {error}.", "Try again in a moment.") from None
            except sqlite3.DatabaseError:
                self._start_over()
                raise _lost() from None
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.IntegrityError):
                    self._start_over()
                    raise _lost() from None
                raise

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Give SQLite memory for the time of a large fill: it halves the time at 100,000 records."""
        connection = self._connection()
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA wal_autocheckpoint = 16000")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("PRAGMA cache_size = -2000")
                connection.execute("PRAGMA wal_autocheckpoint = 1000")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("PRAGMA shrink_memory")

    def clear(self) -> None:
        """Throw everything away and begin with empty tables."""
        self._start_over()

    def scrub(self) -> None:
        """Leave nothing in the file of rows that were removed; raises CatalogBusy while another process reads it."""
        with self._writer:
            connection = self._connection()
            try:
                connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
                connection.execute("VACUUM")
                is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError as error:
                raise CatalogBusy(f"The search index is busy: {error}.", "Try again in a moment.") from None
            if is_busy:
                raise CatalogBusy("The search index is busy.", "Try again in a moment.")

    def is_sound(self) -> bool:
        """Read the whole file and say whether it is consistent."""
        try:
            found = self._connection().execute("PRAGMA quick_check").fetchall()
        except sqlite3.DatabaseError:
            return False
        return [tuple(row) for row in found] == [("ok",)]

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _healed(self, query: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            return query(self._connection())
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise CatalogBusy("The search index is busy.", "Try again in a moment.") from None
            if "no such" not in str(error) and "malformed" not in str(error):
                raise
        except sqlite3.DatabaseError as error:
            # Wrong SQL of ours is no damage, and must not cost the catalog.
            if isinstance(error, sqlite3.ProgrammingError):
                raise
        self._start_over()
        if self.refill is not None and not self._is_refilling:
            self._is_refilling = True
            try:
                self.refill()
            finally:
                self._is_refilling = False
        return query(self._connection())

    def _connection(self) -> sqlite3.Connection:
        if self._memory is not None:
            return self._memory
        local = self._local
        if getattr(local, "generation", -1) == self._generation and local.connection is not None:
            connection: sqlite3.Connection = local.connection
            return connection
        with self._guard:
            try:
                local.connection = self._open()
            except (OSError, sqlite3.OperationalError):
                # The cache folder cannot be written: an index in memory is slower to start, and works.
                self._memory = _prepared(sqlite3.connect(MEMORY, check_same_thread=False, isolation_level=None))
                self.is_new = True
                return self._memory
            except sqlite3.DatabaseError:
                local.connection = None
                self._remove()
                local.connection = self._open()
            local.generation = self._generation
            opened: sqlite3.Connection = local.connection
            return opened

    def _open(self) -> sqlite3.Connection:
        private_folder(self._path.parent)
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == VERSION:
            connection.execute("PRAGMA synchronous = NORMAL")
            return connection
        if version != 0 or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.close()
            self._remove()
            connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
        self._path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        self.is_new = True
        return _prepared(connection)

    def _start_over(self) -> sqlite3.Connection:
        with self._guard:
            self.close()
            if self._memory is not None:
                self._memory.close()
                self._memory = None
            else:
                self._remove()
            self._generation += 1
            return self._connection()

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                self._path.with_name(self._path.name + suffix).unlink()


def _lost() -> CatalogLost:
    return CatalogLost("The search index was damaged.", "It is made anew from your records: try again.")


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        for statement in TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
    return connection
