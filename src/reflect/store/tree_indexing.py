"""Filling the catalog from a community: the difference between two of its states becomes rows.

Nothing is checked out and nothing else is read, so that a pull of ten records costs ten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import nullcontext
from dataclasses import dataclass

from reflect.errors import GitFailed
from reflect.records.community_file import DATA_FOLDERS
from reflect.records.document import MAX_RECORD
from reflect.records.record import Record, read_record
from reflect.records.shared_paths import folded_path, twins
from reflect.store.database import Database
from reflect.store.git import Git
from reflect.store.indexing import Changes, Progress
from reflect.store.objects import AT_ONCE, Entry, changes_between, files_at, in_parts, read_blobs, sizes_of
from reflect.store.read_marks import ReadMarks
from reflect.store.rows import Shared, insert, remove
from reflect.store.scan import FileSeen
from reflect.store.watched import TooMuch

# A note in the catalog for each community: the state that its rows are of, and the reading that they know.
STATE = "state:"
READING = "reading:"
# And the paths that are not shown because of a twin: when the twin goes, they are.
HIDDEN = "hidden:"


@dataclass(frozen=True)
class Adder:
    """Who added a record: the address and the name of that commit."""

    address: str
    name: str


NOBODY = Adder("", "")
# A history of 100,000 records has as many that were added, and those that were removed.
MOST_PATHS = 2_000_000


@dataclass(frozen=True)
class Owners:
    """Who is known to have added records: by path with the id that stood there, and by id where the path is gone."""

    at: Mapping[str, tuple[str, Adder]]
    moved: Mapping[str, Adder]

    @classmethod
    def of_rows(cls, known: Mapping[str, tuple[str, Adder]], files: Set[str] | Mapping[str, object]) -> Owners:
        """Return them from the id and the adder of each path that differs; `files` are the paths that stay."""
        named = {path: row for path, row in known.items() if row[1].address}
        return cls(
            {path: row for path, row in named.items() if path in files},
            {record_id: adder for path, (record_id, adder) in named.items() if record_id and path not in files},
        )

    def of(self, path: str, record_id: str, adders: Mapping[str, Adder]) -> Adder:
        """Return who added the record that is at a path now; `adders` are those of the paths that are new.

        An id that stands elsewhere as well says nothing: anyone can write it into a file.
        """
        known_id, known = self.at.get(path, ("", NOBODY))
        if known_id == record_id and known is not NOBODY:
            return known
        return self.moved.get(record_id) or adders.get(path) or known


class TreeIndexer:
    """Keeps the rows of one community in step with a state of its repository.

    `address` is the person's own there; `is_shown` says which paths of strangers may be shown.
    """

    def __init__(
        self,
        database: Database,
        place: str,
        git: Git,
        address: str,
        marks: ReadMarks,
        folders: Callable[[], Mapping[str, str]],
        is_shown: Callable[[str], bool],
    ) -> None:
        self._database = database
        self._place = place
        self._git = git
        self._address = address
        self._marks = marks
        self._folders = folders
        self._is_shown = is_shown

    def refresh(self, tip: str, progress: Progress | None = None) -> Changes:
        """Bring the rows in step with a state, `""` for an empty community."""
        changes = self._follow(tip, progress) if self._note(STATE) != tip else Changes()
        if self._note(READING) != self._marks.stamp:
            self._follow_reading()
        return changes

    def mark(self, marks: Mapping[str, str]) -> None:
        """Remember records as read in these texts, by their ids or paths; an empty text takes a mark away."""
        was_known = self._note(READING) == self._marks.stamp
        self._marks.add(marks)
        if not was_known:
            self._follow_reading()
            return
        with self._database.writing() as connection:
            # Only these differ, so a large community is not looked through for the sake of one record.
            for column in ("id", "path"):
                connection.executemany(
                    f"UPDATE records SET unread = (blob <> ? AND owner <> ?) WHERE place = ? AND {column} = ?",
                    [(blob, self._address, self._place, key) for key, blob in marks.items()],
                )
        self._set_note(READING, self._marks.stamp)

    def _follow(self, tip: str, progress: Progress | None) -> Changes:
        differing, adders, is_anew = self._differences(self._note(STATE), tip)
        known = self._known(None if is_anew else differing)
        files = {path: entry for path, entry in differing.items() if entry is not None and self._is_record(path, entry)}
        hidden = self._take_out_twins(files, differing, tip)
        known |= self._known(hidden - known.keys())
        sizes = self._sizes(files)
        # Also what is no record any more, such as a link in the place of a file, or one that is too large.
        changes = Changes(removed=[path for path in known if path not in sizes])
        with self._database.writing() as connection:
            remove(connection, self._place, changes.removed)
        owners = Owners.of_rows(known, sizes)
        marks, written = self._marks.all(), self._time_of(tip)

        def fill(chunk: list[str]) -> None:
            read = [
                (
                    record,
                    FileSeen(record.path, sizes[record.path], written),
                    self._shared(record, files[record.path].blob, owners, adders, marks),
                )
                for record in self._read({path: files[path] for path in chunk})
            ]
            with self._database.writing() as connection:
                remove(connection, self._place, chunk)
                insert(connection, read)
            changes.note(known, chunk, [record.path for record, _, _ in read])

        # The newest first, so that a long fill shows what matters early.
        paths = sorted(sizes, key=lambda path: path.rpartition("/")[2], reverse=True)
        done = 0
        with self._database.filling() if len(paths) > AT_ONCE else nullcontext():
            for chunk in in_parts(paths, sizes.__getitem__):
                fill(chunk)
                done += len(chunk)
                if progress:
                    progress(done, len(paths))
        self._set_note(STATE, tip)
        self._set_note(READING, self._marks.stamp)
        return changes

    def _known(self, paths: Iterable[str] | None) -> dict[str, tuple[str, Adder]]:
        """Return the id and the adder of each record that the catalog has, at these paths or at any."""
        sql, values = "SELECT path, id, owner, owner_name FROM records WHERE place = ?", [self._place]
        if paths is not None:
            sql, values = f"{sql} AND path IN (SELECT value FROM json_each(?))", [*values, json.dumps(list(paths))]
        rows = self._database.read(sql, values)
        return {path: (record_id, Adder(address, name)) for path, record_id, address, name in rows}

    def _time_of(self, tip: str) -> int:
        """Return when a state was written, in nanoseconds."""
        return int(self._git.run("log", "-1", "--format=%ct", tip) or 0) * 10**9 if tip else 0

    def _differences(self, old: str, tip: str) -> tuple[dict[str, Entry | None], dict[str, Adder], bool]:
        """Return the files that differ, who added what, and whether all was read anew."""
        if not tip:
            return {}, {}, True
        if old:
            try:
                changed = changes_between(self._git, old, tip)
                # Other kinds make records of other files, so all are looked at again.
                if not any(path.startswith(DATA_FOLDERS["kinds"]) for path in changed):
                    # What was hidden may be shown now, and was added at any time.
                    return changed, self._adders(tip if self._note(HIDDEN) else f"{old}..{tip}"), False
            except GitFailed:
                # The state that the catalog knew is gone: the community was fetched anew.
                self._set_note(STATE, "")
        return dict(files_at(self._git, tip)), self._adders(tip), True

    def _adders(self, revs: str) -> dict[str, Adder]:
        """Return who added each path in these commits, the first after it was last removed.

        Of commits between two states a stranger's may hold more paths than there is time or memory for, though the
        state that came was looked at: then nobody is known to have added anything.
        """
        found: dict[str, Adder] = {}
        adder, paths = NOBODY, 0
        command = (
            "log", "--reverse", "--topo-order", "--diff-filter=AD", "--no-renames", "--diff-merges=first-parent",
            "--name-status", "-z", "--format=%x1e%ae%x1f%an", "--end-of-options", revs,
        )  # fmt: skip
        try:
            with self._git.parts(*command) as parts:
                for part in parts:
                    status = part.lstrip(b"\n")
                    if status.startswith(b"\x1e"):
                        address, _, name = os.fsdecode(status[1:]).partition("\x1f")
                        adder = Adder(address, name)
                        continue
                    path, paths = os.fsdecode(next(parts, b"")), paths + 1
                    if paths > MOST_PATHS:
                        return {}
                    if status == b"A":
                        found.setdefault(path, adder)
                    elif status == b"D":
                        found.pop(path, None)
        except TooMuch:
            return {}
        return found

    def _is_record(self, path: str, entry: Entry) -> bool:
        return path.endswith(".md") and entry.is_file and self._is_shown(path)

    def _take_out_twins(self, files: dict[str, Entry], differing: Mapping[str, Entry | None], tip: str) -> set[str]:
        """Take out of the files that are to be read what only capitals tell from another, and return all such paths."""
        before = self._note(HIDDEN)
        if before:
            now = files_at(self._git, tip) if tip else {}
            again = {path: now[path] for path in before.split("\n") if path in now and path not in differing}
            files |= {path: entry for path, entry in again.items() if self._is_record(path, entry)}
        hidden = set(twins({*files, *(self._looking_like(files) - differing.keys())}))
        for path in hidden & files.keys():
            del files[path]
        if before or hidden:
            self._set_note(HIDDEN, "\n".join(sorted(hidden)))
        return hidden

    def _looking_like(self, paths: Iterable[str]) -> Set[str]:
        """Return the paths in the catalog that are these but for capitals."""
        forms = json.dumps([folded_path(path) for path in paths])
        sql = "SELECT path FROM records WHERE place = ? AND form IN (SELECT value FROM json_each(?)) AND form <> ''"
        return {path for (path,) in self._database.read(sql, [self._place, forms])}

    def _sizes(self, files: Mapping[str, Entry]) -> dict[str, int]:
        """Return the size in bytes of each file that a record may be."""
        sizes = sizes_of(self._git, [entry.blob for entry in files.values()])
        found = {path: sizes.get(entry.blob, MAX_RECORD + 1) for path, entry in files.items()}
        return {path: size for path, size in found.items() if size <= MAX_RECORD}

    def _read(self, files: Mapping[str, Entry]) -> list[Record]:
        """Return the records of these files in the order of their numbers."""
        texts = read_blobs(self._git, [entry.blob for entry in files.values()])
        folders = self._folders()
        read = []
        for path, entry in files.items():
            record = read_record(texts[entry.blob], path, folders, self._place)
            if record.kind:
                read.append(record)
        return sorted(read, key=lambda each: each.sort_key)

    def _shared(
        self,
        record: Record,
        blob: str,
        owners: Owners,
        adders: Mapping[str, Adder],
        marks: Mapping[str, str],
    ) -> Shared:
        adder = owners.of(record.path, record.id, adders)
        is_unread = adder.address != self._address and marks.get(record.id or record.path) != blob
        return Shared(blob, adder.address, adder.name, is_unread)

    def _follow_reading(self) -> None:
        """Know again what was read, after another process has marked something."""
        stamp, marks = self._marks.stamp, self._marks.all()
        sql = "SELECT rowid, id, path, blob, owner, unread FROM records WHERE place = ?"
        rows = self._database.read(sql, [self._place])
        changed = []
        for rowid, record_id, path, blob, owner, was in rows:
            is_unread = owner != self._address and marks.get(record_id or path) != blob
            if is_unread != bool(was):
                changed.append((is_unread, rowid))
        with self._database.writing() as connection:
            connection.executemany("UPDATE records SET unread = ? WHERE rowid = ?", changed)
        self._set_note(READING, stamp)

    def _note(self, name: str) -> str:
        found = self._database.read("SELECT value FROM notes WHERE name = ?", [name + self._place])
        return str(found[0][0]) if found else ""

    def _set_note(self, name: str, value: str) -> None:
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name + self._place, value))


def forget_place(database: Database, place: str) -> None:
    """Remove all rows of a community that is no longer here."""
    with database.writing() as connection:
        paths = connection.execute("SELECT path FROM records WHERE place = ?", (place,)).fetchall()
        remove(connection, place, [path for (path,) in paths])
        connection.execute(
            "DELETE FROM notes WHERE name IN (?, ?, ?)", (STATE + place, READING + place, HIDDEN + place)
        )


def places_known(database: Database) -> set[str]:
    """Return the communities that the catalog has read."""
    rows = database.read("SELECT name FROM notes WHERE name LIKE ?", [f"{STATE}%"])
    return {str(name).removeprefix(STATE) for (name,) in rows}
