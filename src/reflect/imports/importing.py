"""Writing what was read: many files at once, one entry of history, and nothing twice."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reflect.errors import SaveFailed, UsageError
from reflect.imports.entry import Entry, incoming
from reflect.imports.incoming import DIGEST_LENGTH, Ids, Incoming
from reflect.imports.report import ImportReport, Noted, Skipped
from reflect.paths import MARKER
from reflect.records.document import MAX_RECORD
from reflect.records.record import AGENDA_FOLDER
from reflect.store.catalog import Catalog
from reflect.store.files import TEMPORARY_PREFIX, TEMPORARY_SUFFIX, save_failed
from reflect.store.kind_files import Kinds
from reflect.vault.vault import Vault

FORMATS = ("jrnl", "markdown")
STEP = 100

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Importer:
    """Brings records into a vault; `refresh` puts the catalog in step, `commit` puts files into history."""

    vault: Vault
    catalog: Catalog
    kinds: Kinds
    lang: str
    refresh: Callable[[], object]
    commit: Callable[[Sequence[str], str], object]

    def run(self, format: str, path: Path, dry_run: bool, progress: Progress | None = None) -> ImportReport:
        """Import a file or folder; a dry run writes nothing. Raises ReflectError, with what came in kept."""
        read = list(self._read(format, path))
        found = [each for each in read if isinstance(each, Incoming)]
        noted = [each for each in read if isinstance(each, Noted)]
        skipped = [each for each in read if isinstance(each, Skipped) and not isinstance(each, Noted)]
        # Filling a new catalog takes a while, and nobody should wait for that with a save.
        self.refresh()
        with self.vault.lock.held():
            self.refresh()
            fresh, remarks = self._fresh(found)
            if fresh and not dry_run:
                paths = self._write(fresh, progress)
                os.sync()
                self.commit(paths, f"Import {len(paths):,} record{'s' * (len(paths) != 1)}")
        if fresh and not dry_run:
            self.refresh()
        unchanged = len(found) - len(fresh) - len(remarks)
        return ImportReport(len(fresh), unchanged, skipped + remarks, [each.title for each in fresh], noted)

    def _read(self, format: str, path: Path) -> Iterator[Incoming | Skipped]:
        if format == "markdown":
            from reflect.imports.markdown_files import Shelves
            from reflect.imports.notes import Notes

            agendas = self.vault.root / AGENDA_FOLDER
            taken = {each.name for each in agendas.iterdir()} if agendas.is_dir() else set()
            notes = Notes(path, self.vault.root)
            from_vault = (notes.root / MARKER).is_file()
            yield from notes.read(Shelves(self.kinds.folders, self.kinds.find, taken, from_vault), Ids())
        elif format == "jrnl":
            from reflect.imports.journals import read_journals

            yield from self._records(read_journals(path), format)
        else:
            raise UsageError(f"There is no format “{format}”.", f"There are: {', '.join(FORMATS)}.")

    def _records(self, entries: Iterable[Entry | Skipped], format: str) -> Iterator[Incoming | Skipped]:
        kind = self.kinds.get("reflection")
        file, ids = "", Ids()
        for entry in entries:
            if isinstance(entry, Skipped):
                yield entry
                continue
            if file != (file := entry.where.rpartition(":")[0]):
                # Equal entries are told apart within a file; a second file with them is a copy.
                ids = Ids()
            record = incoming(entry, format, kind, self.lang, ids)
            if len(record.data) > MAX_RECORD:
                yield Skipped(entry.where, f"an entry larger than {MAX_RECORD // 1024 // 1024} MiB")
            else:
                yield record

    def _fresh(self, found: list[Incoming]) -> tuple[list[Incoming], list[Skipped]]:
        """Return what is not in yet, and what cannot come in because something else stands there."""
        ids = {row.id for row in self.catalog.rows()}
        digests = {each[-DIGEST_LENGTH:] for each in ids}
        kept: dict[str, bytes] = {}
        fresh: list[Incoming] = []
        remarks: list[Skipped] = []
        for each in found:
            if each.is_kept and not each.id:
                there = _bytes_at(self.vault.root / each.path)
                if there is None:
                    fresh.append(each)
                elif there != each.data:
                    why = f"another text stands at {each.path} already, and this has no id"
                    remarks.append(Skipped(each.where, why))
            elif each.is_kept:
                # Of two files with one id both come in, unless they are equal; doctor parts them.
                if each.id not in ids and kept.get(each.id) != each.data:
                    kept[each.id] = each.data
                    fresh.append(each)
            elif each.digest not in digests:
                digests.add(each.digest)
                fresh.append(each)
        return fresh, remarks

    def _write(self, records: list[Incoming], progress: Progress | None) -> list[str]:
        """Write each record to a file of its own and return the paths; whatever stops it, the files are whole."""
        paths: list[str] = []
        folders: set[Path] = set()
        for number, record in enumerate(records, 1):
            path = self._free_path(record.path)
            full = self.vault.root / path
            try:
                if full.parent not in folders:
                    _make_folder(full.parent)
                    folders.add(full.parent)
                _write_whole(full, record.data)
            except OSError as error:
                raise _stopped(save_failed(full, error), len(paths), len(records)) from error
            paths.append(path)
            if progress and (number % STEP == 0 or number == len(records)):
                progress(number, len(records))
        return paths

    def _free_path(self, path: str) -> str:
        free, number = path, 2
        while os.path.lexists(os.path.join(self.vault.root, free)):
            free = f"{path.removesuffix('.md')}-{number}.md"
            number += 1
        return free


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def _write_whole(path: Path, data: bytes) -> None:
    """Write a new file so that its name never shows a part of it; durable only after `os.sync`."""
    temporary = path.with_name(f"{TEMPORARY_PREFIX}import-{os.getpid()}{TEMPORARY_SUFFIX}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.rename(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _bytes_at(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _stopped(error: SaveFailed, done: int, total: int) -> SaveFailed:
    hint = "Then import again: what is in already does not come in twice."
    return SaveFailed(f"{error.message} {done:,} of {total:,} records came in.", f"{error.hint} {hint}")
