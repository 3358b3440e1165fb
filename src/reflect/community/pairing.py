"""Which files of three states are one record: by its id where it has one, else by its path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reflect.records.record import Record, id_at_a_glance, read_record
from reflect.store.objects import Entry

Key = tuple[str, str]
Changes = Mapping[str, Entry | None]
Reader = Callable[[Iterable[str]], Mapping[str, bytes]]


@dataclass(frozen=True)
class File:
    """A file of one state; `data` is None where it is no record's."""

    path: str
    entry: Entry
    data: bytes | None = None

    @property
    def text(self) -> str:
        """Its text, with bytes that are not UTF-8 as surrogates; `""` where it is no record's."""
        return (self.data or b"").decode("utf-8", "surrogateescape")

    @cached_property
    def id(self) -> str:
        """The id that its front matter gives, `""` for none."""
        return id_at_a_glance(self.data or b"")

    @cached_property
    def record(self) -> Record:
        """What is known of it as a record."""
        return read_record(self.data or b"", self.path, {})


@dataclass(frozen=True)
class Versions:
    """One record, or another file, in the three states; None where it does not exist."""

    base: File | None
    mine: File | None
    theirs: File | None


@dataclass(frozen=True)
class Sides:
    """What two sides changed since their common state, None for what is gone; `base` gives a file of that state."""

    base: Callable[[str], Entry | None]
    mine: Changes
    theirs: Changes

    def mine_at(self, path: str) -> Entry | None:
        """Return what I have at a path."""
        return self.mine[path] if path in self.mine else self.base(path)

    def theirs_at(self, path: str) -> Entry | None:
        """Return what they have at a path."""
        return self.theirs[path] if path in self.theirs else self.base(path)

    def is_taken(self, path: str) -> bool:
        """Say whether a file stands at the path in any of the three states."""
        return any(at(path) is not None for at in (self.base, self.mine_at, self.theirs_at))

    @cached_property
    def meeting(self) -> list[str]:
        """The paths that must be looked into: both changed them, or a file came or went, perhaps from elsewhere.

        All others were edited in place by one side only.
        """
        both = self.mine.keys() & self.theirs.keys()
        moves = (path for side in (self.mine, self.theirs) for path in side if self._came_or_went(side, path))
        return sorted({*both, *moves})

    def _came_or_went(self, side: Changes, path: str) -> bool:
        return (side[path] is None) != (self.base(path) is None)


def paired(sides: Sides, read: Reader, is_record: Callable[[str], bool]) -> Iterator[Versions]:
    """Yield what must be looked into, record by record."""

    def may_be(path: str, entry: Entry) -> bool:
        return entry.is_file and is_record(path)

    states = [
        {path: entry for path in sides.meeting if (entry := at(path))}
        for at in (sides.base, sides.mine_at, sides.theirs_at)
    ]
    texts = read(sorted({entry.blob for state in states for path, entry in state.items() if may_be(path, entry)}))
    base, mine, theirs = (
        {
            path: File(path, entry, texts.get(entry.blob) if may_be(path, entry) else None)
            for path, entry in state.items()
        }
        for state in states
    )
    twice = {each for files in (base, mine, theirs) for each, count in _ids(files).items() if count > 1}
    base_keys = {path: _key(file, twice) for path, file in base.items()}
    by_key: dict[Key, list[File | None]] = {key: [base[path], None, None] for path, key in base_keys.items()}
    for number, files in ((1, mine), (2, theirs)):
        ids = _ids(files)
        for file in files.values():
            key = _key_beside(file, base_keys, ids, twice)
            by_key.setdefault(key, [None, None, None])[number] = file
    for found in by_key.values():
        yield Versions(*found)


def _ids(files: Mapping[str, File]) -> Counter[str]:
    return Counter(file.id for file in files.values() if file.id)


def _key(file: File, twice: set[str]) -> Key:
    # An id that stands twice in one state names nothing.
    return ("id", file.id) if file.id and file.id not in twice else ("path", file.path)


def _key_beside(file: File, base: Mapping[str, Key], ids: Mapping[str, int], twice: set[str]) -> Key:
    """Return which record a side's file is, given those of the common state."""
    key = _key(file, twice)
    before = base.get(file.path)
    if before is None or key == before:
        return key
    if before[0] == "path":
        # It was given an id where it stands, unless another record has moved here.
        return key if key in base.values() else before
    # Its front matter was broken where it stands, unless the record has moved away.
    return before if key[0] == "path" and before[1] not in ids else key
