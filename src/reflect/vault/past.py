"""The past of one record, or of one that is gone: its states, how they differ, and bringing them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reflect.errors import NotFound
from reflect.records.record import Record, read_record
from reflect.store.lookup import SHORTEST, Lookup
from reflect.vault.history import History, Version, difference


class Past:
    """History by the names that people give records: the end of an id, or a path, also of a deleted one."""

    def __init__(self, history: History, lookup: Lookup, folders: Callable[[], Mapping[str, str]]) -> None:
        self._history = history
        self._lookup = lookup
        self._folders = folders

    def versions(self, reference: str) -> list[Version]:
        """Return the states of a record, newest first; raises NotFound."""
        return self._history.versions(self.path_of(reference))

    def last_versions(self, path: str, number: int) -> list[Version]:
        """Return the newest states of the record at a path."""
        return self._history.last_versions(path, number)

    def text_at(self, reference: str, rev: str) -> str:
        """Return a record's text at a state; raises NotFound."""
        return _text(self._history.text_at(self.path_of(reference), rev))

    def record_at(self, reference: str, rev: str) -> Record:
        """Return a record as it was at a state; raises NotFound."""
        return self._read_at(self.path_of(reference), rev)

    def diff(self, record: Record, rev: str = "", by_words: bool = False) -> list[str]:
        """Return the lines by which a record differs from `rev`, else from the state before; `[]` for none."""
        if not rev:
            revs = [each.rev for each in self._history.versions(record.path)]
            rev = next((each for each in revs if self._text(record.path, each) != record.text), "")
        if not rev:
            return []
        before = self._text(record.path, rev)
        if not by_words:
            return difference(before, record.text, record.path)
        from reflect.records.word_diff import marked_lines, word_diff

        return marked_lines(word_diff(before, record.text)) if before != record.text else []

    def deleted(self) -> list[Record]:
        """Return the files that were deleted, the latest first, as they were."""
        return [self._read_at(path, rev) for path, rev, _ in self._history.deleted()]

    def last_of_deleted(self, reference: str) -> tuple[str, str]:
        """Return the path and the last text of a deleted record; raises NotFound."""
        path, rev = self._find_deleted(reference)
        return path, self._text(path, rev)

    def path_of(self, reference: str) -> str:
        """Return the path of a record, also of a deleted one; raises NotFound."""
        try:
            return self._lookup.row(reference).path
        except NotFound:
            return self._find_deleted(reference)[0]

    def _find_deleted(self, reference: str) -> tuple[str, str]:
        wanted = reference.removeprefix("./")
        for path, rev, _ in self._history.deleted():
            # The name of a file ends as its id does, so most need not be read.
            may_be = wanted.lower().endswith(path.removesuffix(".md")[-SHORTEST:]) and len(wanted) >= SHORTEST
            if path == wanted or (may_be and self._read_at(path, rev).id.lower().endswith(wanted.lower())):
                return path, rev
        raise NotFound(f"No deleted record is called “{reference}”.", "See: reflect list --deleted")

    def _read_at(self, path: str, rev: str) -> Record:
        return read_record(self._history.text_at(path, rev), path, self._folders())

    def _text(self, path: str, rev: str) -> str:
        return _text(self._history.text_at(path, rev))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
