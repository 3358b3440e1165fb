"""The past of one record, or of one that is gone: its states, how they differ, and bringing them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reflect.errors import NotFound, ReflectError
from reflect.records.record import Record, encoded, read_record
from reflect.store.lookup import SHORTEST, Lookup
from reflect.vault.history import History, Version, difference

if TYPE_CHECKING:
    from reflect.community.states import States


class Past:
    """History by the names that people give records: the end of an id, or a path, also of a deleted one.

    `states_of` looks back in a community, by its name.
    """

    def __init__(
        self,
        history: History,
        lookup: Lookup,
        folders: Callable[[], Mapping[str, str]],
        states_of: Callable[[str], States],
    ) -> None:
        self._history = history
        self._lookup = lookup
        self._folders = folders
        self._states_of = states_of

    def versions(self, reference: str) -> list[Version]:
        """Return the states of a record, newest first; raises NotFound."""
        place, path = self._place_and_path(reference)
        return self._states_of(place).versions(path) if place else self._history.versions(path)

    def last_versions(self, ref: str, number: int) -> list[Version]:
        """Return the newest states of the record that a `ref` of a row names."""
        place, path = self._place_and_path(ref)
        return self._states_of(place).versions(path, number) if place else self._history.last_versions(path, number)

    def text_at(self, reference: str, rev: str) -> str:
        """Return a record's text at a state; raises NotFound."""
        return self._text(*self._place_and_path(reference), rev)

    def record_at(self, reference: str, rev: str) -> Record:
        """Return a record as it was at a state; raises NotFound."""
        place, path = self._place_and_path(reference)
        return read_record(self._data(place, path, rev), path, self._folders(), place)

    def diff(self, record: Record, rev: str = "", by_words: bool = False) -> list[str]:
        """Return the lines by which a record differs from `rev`, else from the state before; `[]` for none."""
        if not rev:
            revs = [each.rev for each in self.versions(record.ref)]
            # A state in which it was taken out, or lay elsewhere, has no text to compare with.
            texts = ((each, self._text_or_none(record.place, record.path, each)) for each in revs)
            rev = next((each for each, text in texts if text not in (record.text, None)), "")
        if not rev:
            return []
        before = self._text(record.place, record.path, rev)
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
        return path, self._text("", path, rev)

    def own(self, reference: str) -> Record:
        """Return a record of the vault, also a deleted one as it was; raises NotFound.

        Raises ReflectError for one that is in a community.
        """
        try:
            record = self._lookup.record(reference)
        except NotFound as missing:
            try:
                path, text = self.last_of_deleted(reference)
            except NotFound:
                raise missing from None
            return read_record(encoded(text), path, self._folders())
        if record.place:
            raise ReflectError(
                f"“{record.title}” belongs to the community {record.place}; nothing takes it out of others' hands.",
                f"What you shared yourself you can take back: reflect withdraw {record.reference}",
            )
        return record

    def _place_and_path(self, reference: str) -> tuple[str, str]:
        """Return the place and the path of a record, also of a deleted one; raises NotFound."""
        try:
            row = self._lookup.row(reference)
        except NotFound as missing:
            try:
                return "", self._find_deleted(reference)[0]
            except NotFound:
                raise missing from None
        return row.place, row.path

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

    def _data(self, place: str, path: str, rev: str) -> bytes:
        return self._states_of(place).text_at(path, rev) if place else self._history.text_at(path, rev)

    def _text(self, place: str, path: str, rev: str) -> str:
        return self._data(place, path, rev).decode("utf-8", "surrogateescape")

    def _text_or_none(self, place: str, path: str, rev: str) -> str | None:
        try:
            return self._text(place, path, rev)
        except NotFound:
            return None
