"""Saving a record: the file first, durably; never over something newer without keeping both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reflect.records.merge import merge_record
from reflect.records.record import Record, encoded, read_record
from reflect.records.resolving import second_version
from reflect.store.files import write_durably
from reflect.vault.vault import Vault


@dataclass(frozen=True)
class Saved:
    """What a save left on disk: the record, and the second version where two people changed one place."""

    record: Record
    was_merged: bool = False
    second: Record | None = None

    @property
    def paths(self) -> list[str]:
        """The files that now belong into history."""
        return [self.record.path, *([self.second.path] if self.second else [])]


class Saver:
    """Puts texts into a vault's files."""

    def __init__(self, vault: Vault, folders: Callable[[], Mapping[str, str]], new_id: Callable[[], str]) -> None:
        self._vault = vault
        self._folders = folders
        self._new_id = new_id

    def save(self, path: str, text: str, base: str | None) -> Saved:
        """Write a record; `base` is the text that was opened, None for a new record.

        When the file is no longer `base`, both changes are kept: merged where they touch different
        fields or sections, else with mine as a second record beside it. Raises SaveFailed.
        """
        with self._vault.lock.held():
            present = self._present(path)
            if present is None or present in (base, text):
                write_durably(self._vault.root / path, encoded(text))
                return Saved(self._record(path, text))
            if base is None:
                return self._beside(path, text, present)
            merged = merge_record(base, text, present)
            if merged.text != present:
                write_durably(self._vault.root / path, encoded(merged.text))
            record = self._record(path, merged.text)
            if merged.is_clean:
                return Saved(record, was_merged=True)
            return Saved(record, was_merged=True, second=self._second_version(record, text))

    def _beside(self, path: str, text: str, present: str) -> Saved:
        # Another record stands where a new one should: a name is only a name, so take the next.
        stem = path.removesuffix(".md")
        number = 2
        while self._present(f"{stem}-{number}.md") is not None:
            number += 1
        free = f"{stem}-{number}.md"
        write_durably(self._vault.root / free, encoded(text))
        return Saved(self._record(free, text))

    def _second_version(self, record: Record, mine: str) -> Record:
        path, text = second_version(mine, record.path, record.id, self._new_id())
        write_durably(self._vault.root / path, encoded(text))
        return self._record(path, text)

    def _present(self, path: str) -> str | None:
        try:
            return (self._vault.root / path).read_bytes().decode("utf-8", "surrogateescape")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _record(self, path: str, text: str) -> Record:
        return read_record(encoded(text), path, self._folders())
