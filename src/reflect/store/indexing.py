"""Filling the catalog: what changed on disk becomes rows, and nothing else is read."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from reflect.records.record import Record, read_record
from reflect.store.database import CatalogLost, Database
from reflect.store.rows import OWN, folder_of, insert, remove
from reflect.store.scan import FileSeen, FolderSeen, file_seen, look, walk

FEW_FOLDERS = 500
CHUNK = 5000
TOLD_EVERY = 250
# A folder may change again within the tick of its clock; FAT counts in two seconds.
SETTLED_NS = 2_000_000_000
UNSETTLED = -1

Progress = Callable[[int, int], None]


@dataclass
class Changes:
    """The paths that differ from what the catalog knew."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """All of them."""
        return self.added + self.changed + self.removed

    def note(self, known: Container[str], asked: Iterable[str], read: Sequence[str]) -> None:
        """Note what became of the files that were asked for: those that were `read` as records, and the rest."""
        self.added += [path for path in read if path not in known]
        self.changed += [path for path in read if path in known]
        self.removed += [path for path in set(asked).difference(read) if path in known]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Indexer:
    """Keeps the rows of one root folder in step with its files."""

    def __init__(
        self, database: Database, root: Path, folders: Callable[[], Mapping[str, str]], place: str = ""
    ) -> None:
        self._database = database
        self._root = root
        self._kind_folders = folders
        self._place = place
        database.refill = self.refresh_all

    def refresh_folders(self, progress: Progress | None = None) -> Changes:
        """Read what folders say was added, removed or renamed; a file edited in place is not seen."""
        known = dict(self._database.read("SELECT path, mtime FROM folders WHERE place = ?", [self._place]))
        if not known:
            return self.refresh_all(progress)
        seen: list[FolderSeen] = []
        gone: list[str] = []
        for path, mtime in known.items():
            try:
                now = (self._root / path).stat().st_mtime_ns
            except (FileNotFoundError, NotADirectoryError, PermissionError):
                gone.append(path)
                continue
            if now != mtime:
                seen.extend(self._look_again(path, known))
        if not seen and not gone:
            return Changes()
        try:
            return self._apply(seen, gone, progress)
        except CatalogLost:
            return self.refresh_all(progress)

    def refresh_all(self, progress: Progress | None = None) -> Changes:
        """Compare every name, size and time with the catalog and read the files that differ."""
        sql = "SELECT path, mtime, stamp FROM folders WHERE place = ?"
        known = {path: (mtime, stamp) for path, mtime, stamp in self._database.read(sql, [self._place])}
        present: set[str] = set()
        seen: list[FolderSeen] = []
        for folder in walk(self._root):
            present.add(folder.path)
            if known.get(folder.path) != (folder.mtime, folder.stamp):
                seen.append(folder)
        try:
            return self._apply(seen, known.keys() - present, progress)
        except CatalogLost:
            return self._apply(list(walk(self._root)), (), progress)

    def refresh_files(self, paths: Iterable[str]) -> Changes:
        """Read these files again where they differ from the catalog."""
        asked = list(dict.fromkeys(paths))
        changes = Changes()
        found = [seen for path in asked if (seen := file_seen(self._root, path)) is not None]
        present = {seen.path for seen in found}
        known = self._known_files(asked)
        changed = [seen for seen in found if known.get(seen.path) != (seen.size, seen.mtime)]
        with self._database.writing() as connection:
            changes.removed += [path for path in asked if path not in present and path in known]
            self._remove(connection, changes.removed)
            self._insert(connection, self._read_all(changed), known, changes)
        return changes

    def rebuild(self, progress: Progress | None = None) -> Changes:
        """Throw the catalog away and read every file."""
        self._database.clear()
        return self.refresh_all(progress)

    def _look_again(self, path: str, known: Mapping[str, int]) -> Iterator[FolderSeen]:
        seen = look(self._root, path)
        if seen is None:
            return
        yield seen
        for folder in seen.folders:
            if folder not in known:
                yield from walk(self._root, folder)

    def _apply(self, seen: list[FolderSeen], gone: Iterable[str], progress: Progress | None) -> Changes:
        changes = Changes()
        known = self._known_in({folder.path for folder in seen} | set(gone))
        present = {file.path: file for folder in seen for file in folder.files}
        differing = [file for path, file in present.items() if known.get(path) != (file.size, file.mtime)]
        removed = [path for path in known if path not in present]
        times = self._times_to_note(seen) if seen else []
        if not (differing or removed or times or gone):
            return changes
        with self._database.writing() as connection:
            changes.removed += removed
            self._remove(connection, removed)
        # The newest first, and some at a time, so that a long fill shows what matters early. The
        # folders' times come last: until then a fill that was cut off is taken up again.
        differing.sort(key=lambda file: file.path.rpartition("/")[2], reverse=True)
        with self._database.filling() if len(differing) > CHUNK else nullcontext():
            self._fill(differing, known, changes, progress)
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM folders WHERE place = ? AND path = ?", [(self._place, path) for path in gone]
            )
            connection.executemany("INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?)", times)
        return changes

    def _fill(
        self, files: list[FileSeen], known: Mapping[str, object], changes: Changes, progress: Progress | None
    ) -> None:
        for start in range(0, len(files), CHUNK):
            read = self._read_all(files[start : start + CHUNK], start, len(files), progress)
            with self._database.writing() as connection:
                self._insert(connection, read, known, changes)
            if progress:
                progress(min(start + CHUNK, len(files)), len(files))

    def _times_to_note(self, seen: list[FolderSeen]) -> list[tuple[str, str, int, str]]:
        settled = time.time_ns() - SETTLED_NS
        times = [
            (self._place, each.path, each.mtime if each.mtime < settled else UNSETTLED, each.stamp) for each in seen
        ]
        known = self._database.read("SELECT place, path, mtime, stamp FROM folders WHERE place = ?", [self._place])
        return list(set(times) - set(known))

    def _known_in(self, folders: set[str]) -> dict[str, tuple[int, int]]:
        known: dict[str, tuple[int, int]] = {}
        for table in ("records", "others"):
            if len(folders) > FEW_FOLDERS:
                query = f"SELECT path, size, mtime, folder FROM {table} WHERE place = ?"
                rows = self._database.read(query, [self._place])
                known |= {path: (size, mtime) for path, size, mtime, folder in rows if folder in folders}
                continue
            for folder in folders:
                query = f"SELECT path, size, mtime FROM {table} WHERE place = ? AND folder = ?"
                rows = self._database.read(query, [self._place, folder])
                known |= {path: (size, mtime) for path, size, mtime in rows}
        return known

    def _known_files(self, paths: list[str]) -> dict[str, tuple[int, int]]:
        known: dict[str, tuple[int, int]] = {}
        for table in ("records", "others"):
            for path in paths:
                query = f"SELECT size, mtime FROM {table} WHERE place = ? AND path = ?"
                for size, mtime in self._database.read(query, [self._place, path]):
                    known[path] = (size, mtime)
        return known

    def _read_all(
        self, files: list[FileSeen], done: int = 0, total: int = 0, progress: Progress | None = None
    ) -> list[tuple[Record, FileSeen]]:
        """Return the records of these files in the order of their numbers; full text is written faster so."""
        folders = self._kind_folders() if files else {}
        read: list[tuple[Record, FileSeen]] = []
        for number, file in enumerate(files):
            # Often enough for a bar that moves, and for a reading that stops when it is told to.
            if progress and number % TOLD_EVERY == 0:
                progress(done + number, total)
            record = self._read(file.path, folders)
            if record is not None:
                read.append((record, file))
        return sorted(read, key=lambda each: each[0].sort_key)

    def _insert(
        self,
        connection: sqlite3.Connection,
        read: list[tuple[Record, FileSeen]],
        known: Mapping[str, object],
        changes: Changes,
    ) -> None:
        # Another process may have read some in meanwhile.
        self._remove(connection, [file.path for _, file in read])
        for _, file in read:
            (changes.changed if file.path in known else changes.added).append(file.path)
        insert(connection, ((record, file, OWN) for record, file in read if record.kind))
        connection.executemany(
            "INSERT INTO others VALUES (?, ?, ?, ?, ?)",
            [
                (self._place, each.path, folder_of(each.path), each.size, each.mtime)
                for record, each in read
                if not record.kind
            ],
        )

    def _read(self, path: str, folders: Mapping[str, str]) -> Record | None:
        """Return the record in a file, None when it is gone again."""
        try:
            return read_record((self._root / path).read_bytes(), path, folders, self._place)
        except FileNotFoundError:
            return None
        except PermissionError:
            record = read_record(b"", path, folders, self._place)
            return replace(record, problem="line 1: this file may not be read by you")

    def _remove(self, connection: sqlite3.Connection, paths: Sequence[str]) -> None:
        connection.executemany(
            "DELETE FROM others WHERE place = ? AND path = ?", [(self._place, path) for path in paths]
        )
        remove(connection, self._place, paths)
