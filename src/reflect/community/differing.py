"""By which records two states of a place differ: what is otherwise, what is gone, and what was not sent yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reflect.community.merging import is_markdown
from reflect.store.git import Git
from reflect.store.objects import Entry, differences, files_at

Differences = Mapping[str, tuple[Entry | None, Entry | None]]


@dataclass(frozen=True)
class Differing:
    """The records by which two states differ, by path: those `present` as they are, those `gone` as they were.

    One that only moved is among the present alone.
    """

    present: Mapping[str, Entry]
    gone: Mapping[str, Entry]

    def __len__(self) -> int:
        return len(self.present) + len(self.gone)


def between(git: Git, old: str, new: str) -> Differences:
    """Return the files by which two states differ, each as it was and as it is; `""` is a state without files."""
    if old == new:
        return {}
    if old and new:
        return differences(git, old, new)
    if new:
        return {path: (None, entry) for path, entry in files_at(git, new).items()}
    return {path: (entry, None) for path, entry in files_at(git, old).items()}


def differing_records(files: Differences, is_record: Callable[[str], bool]) -> Differing:
    """Return which of these files are records; `is_record` says which paths may hold some."""
    moved = Counter(after.blob for before, after in files.values() if before is None and after is not None)
    gone: dict[str, Entry] = {}
    for path, (before, after) in files.items():
        if before is None or after is not None or not is_record(path):
            continue
        if moved[before.blob]:
            moved[before.blob] -= 1
        else:
            gone[path] = before
    present = {path: after for path, (_, after) in files.items() if after is not None and is_record(path)}
    return Differing(present, gone)


def unsent(git: Git, tip: str, met: str, is_record: Callable[[str], bool] = is_markdown) -> Differing:
    """Return the records that others have not seen as they are here, so also those that were withdrawn here.

    `tip` is the state that is shown here, `met` what the place had when it was last met; `""` stands for none.
    """
    return differing_records(between(git, met, tip) if tip else {}, is_record)
