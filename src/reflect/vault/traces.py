"""What history holds of a record: every version of it by its id, wherever it stood, and the lines only it has."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reflect.paths import RESTS
from reflect.records.telling import identity, own_lines, sentences
from reflect.store.git import Git
from reflect.store.indexing import Progress
from reflect.vault.proof import objects_named, read_in_parts
from reflect.vault.rewriting import Step

# A path and the blob that stood there.
Version = tuple[str, str]
TOLD_EVERY = 1_000


@dataclass(frozen=True)
class Traces:
    """What history holds of a record.

    `versions` are (path, blob), `commits` is how many states changed it; `blobs` and `names` (of files) are of
    nothing else. `lines` stand in no other text of the history; `also` counts, by path, its sentences elsewhere.
    """

    versions: frozenset[Version]
    commits: int
    blobs: frozenset[str]
    names: frozenset[str]
    lines: frozenset[bytes]
    also: dict[str, int]

    def drops(self, path: str, blob: str) -> bool:
        """Say whether this blob at this path is of the record."""
        return (path, blob) in self.versions


class AllVersions:
    """Every version of every file in the commits given, and in git's index; which record each is of."""

    def __init__(self, git: Git, steps: Sequence[Step], progress: Progress | None = None) -> None:
        self._git = git
        self._steps = steps
        self.versions: dict[Version, None] = {
            (each.path, each.blob): None for step in steps for each in step.changes if each.blob
        }
        self.versions |= dict.fromkeys(_staged(git))
        self._of: dict[str, tuple[str, str]] = {}
        notes = [blob for path, blob in self.versions if path.endswith(".md")]
        for blob, data in _read(git, notes, progress):
            self._of[blob] = identity(data)

    def siblings(self, ids: Collection[str]) -> set[str]:
        """Return the ids of records that were ever kept as the second version of one of these."""
        return {own for own, first in self._of.values() if own and first in ids} - set(ids)

    def ids_at(self, path: str) -> set[str]:
        """Return the ids of the records that ever stood at a path."""
        return {own for name, blob in self.versions if name == path and (own := self._of.get(blob, ("", ""))[0])}

    def versions_of(
        self, ids: Collection[str], nameless: Iterable[str], is_other: Callable[[str], bool]
    ) -> set[Version]:
        """Return the versions of these records, wherever they stood, also while they had no id.

        `nameless` are the paths of records that never had one; they are followed where they were moved unchanged.
        `is_other` says of a path whether another record without an id stands there now, whose past is left alone.
        """
        found = {(path, blob) for path, blob in self.versions if self._of.get(blob, ("", ""))[0] in ids}
        stood = {path for path, _ in found} | self._moved({*nameless})
        found |= {
            (path, blob)
            for path, blob in self.versions
            if path in stood and path.endswith(".md") and not self._of[blob][0] and not is_other(path)
        }
        beside = {f"{RESTS}/{each}.toml" for each in ids}
        return found | {(path, blob) for path, blob in self.versions if path in beside}

    def traces(self, versions: set[Version], texts: Iterable[bytes], progress: Progress | None = None) -> Traces:
        """Return what sets these versions, and other `texts` of the same record, apart from all else."""
        kept = [each for each in self.versions if each not in versions]
        kept_blobs = {blob for _, blob in kept}
        blobs = {blob for _, blob in versions} - kept_blobs
        own: set[bytes] = set()
        written: set[bytes] = set()
        for data in [*(data for _, data in _read(self._git, blobs)), *texts]:
            own |= own_lines(data)
            written |= sentences(data)
        elsewhere: dict[str, set[bytes]] = {}
        for blob, data in _read(self._git, kept_blobs, progress):
            common = own_lines(data) & own
            if common:
                elsewhere[blob] = common
        also: dict[str, set[bytes]] = {}
        for path, blob in kept:
            common = elsewhere.get(blob, set()) & written
            if common:
                also.setdefault(path, set()).update(common)
        lines = own.difference(*elsewhere.values())
        names = {_name(path) for path, _ in versions} - {_name(path) for path, _ in kept}
        return Traces(
            frozenset(versions),
            sum(any((each.path, each.blob) in versions for each in step.changes) for step in self._steps),
            frozenset(blobs),
            frozenset(names),
            frozenset(lines),
            {path: len(common) for path, common in also.items()},
        )

    def _moved(self, paths: set[str]) -> set[str]:
        """Return these paths, and those where the same bytes stood until they came here."""
        before = 0
        while paths and len(paths) != before:
            before = len(paths)
            for step in self._steps:
                gone = {each.before: each.path for each in step.changes if not each.blob}
                paths |= {gone[each.blob] for each in step.changes if each.path in paths and each.blob in gone}
        return paths


def _staged(git: Git) -> Iterator[Version]:
    for line in git.run("ls-files", "-s", "-z").split(b"\0"):
        if line:
            described, _, name = line.partition(b"\t")
            mode, blob, _ = described.decode().split()
            if mode != "160000":
                yield os.fsdecode(name), blob


def _read(git: Git, blobs: Iterable[str], progress: Progress | None = None) -> Iterator[tuple[str, bytes]]:
    objects = [each for each in objects_named(git, list(blobs)) if each.kind == "blob"]
    for number, (each, data) in enumerate(read_in_parts(git, objects)):
        yield each.name, data
        if progress and number % TOLD_EVERY == 0:
            progress(number, len(objects))


def _name(path: str) -> str:
    return path.rpartition("/")[2]
