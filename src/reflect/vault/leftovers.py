"""What this computer keeps of a record beside files and history: drafts, what is remembered, the catalog, remains."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reflect.paths import VaultPlaces
from reflect.records.record import encoded
from reflect.records.telling import identity
from reflect.store.database import CatalogBusy
from reflect.store.drafts import Draft, Drafts
from reflect.store.files import is_temporary, remove_durably
from reflect.store.state import LocalState
from reflect.vault.proof import Sought

# A scrub waits for whoever reads the catalog; after so many tries it is made anew.
TRIES = 20
PAUSE = 0.1
# So many lines are looked for in files that are not texts, each of them through the whole file.
MOST_LINES = 64
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Leftovers:
    """Finds and removes what is kept of a record outside of the vault's files and its history.

    `scrub` leaves nothing of removed rows in the catalog; `rebuild_catalog` makes it anew.
    """

    root: Path
    places: VaultPlaces
    drafts: Drafts
    state: LocalState
    scrub: Callable[[], None]
    rebuild_catalog: Callable[[], object]

    def drafts_of(self, ids: Collection[str], paths: Collection[str]) -> list[Draft]:
        """Return the drafts that change one of these records."""
        return [each for each in self.drafts.all() if not each.place and _is_of(each, ids, paths)]

    def remove(self, ids: Collection[str], paths: Collection[str], sought: Sought) -> int:
        """Remove drafts, remembered things and texts of cut-off saves; returns how many drafts there were."""
        drafts = self.drafts_of(ids, paths)
        for draft in drafts:
            self.drafts.discard(draft.id)
        self.state.forget([*ids, *paths])
        for path in self._unfinished():
            data = path.read_bytes()
            if identity(data)[0] in ids or sought.stands_in(data) or any(each.encode() in data for each in ids):
                remove_durably(path)
        return len(drafts)

    def clean_catalog(self) -> None:
        """Leave nothing in the catalog's file of rows that were removed; one that cannot be had alone is made anew."""
        for _ in range(TRIES):
            try:
                self.scrub()
                return
            except CatalogBusy:
                time.sleep(PAUSE)
        self.rebuild_catalog()

    def found_in(self, names: Collection[str], lines: Iterable[bytes]) -> list[str]:
        """Return the files of this vault that still hold a name of its files or a line, and are none of ours to change.

        Objects of git are not among them, because each of them is read by itself.
        """
        sought = [*(os.fsencode(name) for name in names), *_longest(lines)]
        stems = [name.removesuffix(".md") for name in names]
        found = [path for path in self._kept_files() if _holds(path, sought)]
        found += [path for path in self._beside() if any(stem in path.name for stem in stems)]
        return sorted(str(path) for path in found)

    def _unfinished(self) -> Iterator[Path]:
        editing = self.places.state / "editing"
        yield from (path for path in editing.glob("*") if path.is_file()) if editing.is_dir() else ()
        for folder in (self.root, self.places.state):
            yield from (path for path in _files(folder) if is_temporary(path.name))

    def _kept_files(self) -> Iterator[Path]:
        yield from _files(self.places.state)
        for path in _files(self.root / ".git"):
            if "objects" not in path.relative_to(self.root / ".git").parts[:1]:
                yield path

    def _beside(self) -> Iterator[Path]:
        """Yield what other programs may have made of a file: swap files, copies of the text before a change."""
        for path in _files(self.root):
            if ".git" not in path.relative_to(self.root).parts[:1] and path.suffix != ".md":
                yield path


def _is_of(draft: Draft, ids: Collection[str], paths: Collection[str]) -> bool:
    texts = (identity(encoded(text))[0] for text in (draft.text, draft.base))
    return draft.path in paths or any(own in ids for own in texts if own)


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        yield from (Path(here, name) for name in names)


def _holds(path: Path, sought: Collection[bytes]) -> bool:
    try:
        if not sought or path.is_symlink() or path.stat().st_size > LARGEST:
            return False
        data = path.read_bytes()
    except OSError:
        # Gone meanwhile, or not ours to read.
        return False
    return any(each in data for each in sought)


def _longest(lines: Iterable[bytes]) -> list[bytes]:
    return sorted(lines, key=len, reverse=True)[:MOST_LINES]
