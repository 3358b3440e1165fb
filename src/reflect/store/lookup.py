"""From what a person typed to the one record that is meant, as it is on disk now."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from reflect.errors import NotFound
from reflect.records.record import Record, read_record
from reflect.store.catalog import Catalog, Row
from reflect.store.indexing import Indexer
from reflect.store.scan import file_seen

SHORTEST = 4
ID_ENDING = re.compile(r"[0-9A-Za-z]{4,26}")


class Lookup:
    """Finds records by id, by the end of an id, or by path, and reads them from their files.

    `refresh` looks at everything again; it is the last resort before something is said to be missing.
    `read_shared` reads a record of a community.
    """

    def __init__(
        self,
        catalog: Catalog,
        indexer: Indexer,
        root: Path,
        folders: Callable[[], Mapping[str, str]],
        refresh: Callable[[], object],
        read_shared: Callable[[Row], Record],
    ) -> None:
        self._catalog = catalog
        self._indexer = indexer
        self._root = root
        self._folders = folders
        self._refresh = refresh
        self._read_shared = read_shared

    def row(self, reference: str) -> Row:
        """Return the one record that a reference names; raises NotFound, with the candidates if several."""
        found = self._candidates(reference)
        if not found:
            # It may have been written by another editor a moment ago.
            self._refresh()
            found = self._candidates(reference)
        if not found:
            raise NotFound(f"There is no record “{reference}”.", "See: reflect list, or reflect search WORDS")
        if len(found) > 1:
            # Where one id stands in several records, no more of it tells them apart.
            by_id = len({row.id for row in found}) == len(found)
            shown = "; ".join(f"{by_id * row.id[-8:].lower() or row.ref} {row.title[:40]}" for row in found[:5])
            raise NotFound(f"“{reference}” names {len(found)} records: {shown}.", "Give more of the id, or the path.")
        return found[0]

    def record(self, reference: str) -> Record:
        """Return the record that a reference names, read from its file now; raises NotFound."""
        return self.record_of(self.row(reference))

    def record_of(self, row: Row) -> Record:
        """Return a record as its file is now, also when it has moved; raises NotFound when it is gone."""
        if row.place:
            return self._read_shared(row)
        seen = file_seen(self._root, row.path)
        if seen is None:
            self._refresh()
            again = self._catalog.with_id_ending(row.id) if row.id else []
            if not again:
                raise NotFound(
                    f"{row.path} is no longer there; another program has removed it.",
                    f"To bring it back, run: reflect restore {row.id[-8:].lower() or row.path}",
                )
            row = again[0]
        elif (seen.size, seen.mtime) != (row.size, row.mtime):
            self._indexer.refresh_files([row.path])
        return self.read(row.path)

    def read(self, path: str) -> Record:
        """Return the record in a file; raises NotFound."""
        try:
            data = (self._root / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise NotFound(f"There is no file {path} in your journal.") from None
        except PermissionError:
            raise NotFound(f"{path} may not be read.", "Check who owns the file.") from None
        return read_record(data, path, self._folders())

    def read_again(self, rows: list[Row]) -> list[str]:
        """Look at the files of these rows, read those that changed, and return their paths."""
        stale = []
        for row in rows:
            if row.place:
                # What a community shows changes with its state alone, which every refresh looks at.
                continue
            seen = file_seen(self._root, row.path)
            if seen is None or (seen.size, seen.mtime) != (row.size, row.mtime):
                stale.append(row.path)
        if stale:
            self._indexer.refresh_files(stale)
        return stale

    def _candidates(self, reference: str) -> list[Row]:
        name = reference.strip()
        found = []
        if ID_ENDING.fullmatch(name):
            found = self._catalog.with_id_ending(name)
        if not found and ("/" in name or name.endswith(".md")):
            name = name.removeprefix("./").removeprefix("vault:")
            found = self._catalog.at_ref(name) or self._catalog.at_path(name)
        return _own_first(found)


def _own_first(rows: list[Row]) -> list[Row]:
    """Return these rows without those of communities that name themselves like one of the vault's.

    A stranger may give a record the id or the path of a private one, and must not stand in its way.
    """
    own = {name for row in rows if not row.place for name in (row.id, row.path)}
    return [row for row in rows if not row.place or not own & {row.id, row.path}]
