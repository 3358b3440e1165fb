"""Two sides' changes of one place into one: by path first, then by the id of each record.

Nothing is read or written here but through what is passed in. Nothing that either side wrote is lost: it is in
the result, in a second version beside it, or named in the report with its text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reflect.community.merge_report import Named, Report
from reflect.community.pairing import File, Reader, Sides, Versions, paired
from reflect.community.placing import Content, Kept, Placing
from reflect.records.merge import merge_record
from reflect.records.record import encoded


@dataclass(frozen=True)
class MergedPlace:
    """What to change on top of MY state, and the report.

    A change is a file's new bytes, an entry that history already has, or None for a removal.
    """

    changes: dict[str, Content | None]
    report: Report


def is_markdown(path: str) -> bool:
    """Say whether a path could be a record's."""
    return path.endswith(".md")


def merge_places(
    sides: Sides,
    read: Reader,
    new_id: Callable[[], str],
    *,
    withdrawal_wins: bool,
    is_record: Callable[[str], bool] = is_markdown,
) -> MergedPlace:
    """Merge two sides' changes of a place.

    `read` gives the bytes of blobs, all asked for at once; a file whose blob it leaves out, being too large, is
    taken for no record. With `withdrawal_wins`, in a community, what one side removed is gone even where the
    other edited it; else the edit wins. `is_record` says which paths may hold records.
    """
    joining = _Joining(withdrawal_wins)
    for versions in paired(sides, read, is_record):
        joining.take(versions)
    files = Placing(sides, new_id, joining.report).placed(joining.kept)
    meeting = set(sides.meeting)
    changes: dict[str, Content | None] = {path: entry for path, entry in sides.theirs.items() if path not in meeting}
    for path in {*meeting, *files}:
        if files.get(path) != sides.mine_at(path):
            changes[path] = files.get(path)
    return MergedPlace(dict(sorted(changes.items())), joining.report)


class _Joining:
    """Decides for each record whether it stays, what it says and where it belongs."""

    def __init__(self, withdrawal_wins: bool) -> None:
        self._withdrawal_wins = withdrawal_wins
        self.report = Report()
        self.kept: list[Kept] = []

    def take(self, versions: Versions) -> None:
        base, mine, theirs = versions.base, versions.mine, versions.theirs
        if mine is not None and theirs is not None:
            self._join(base, mine, theirs)
            return
        left = mine or theirs
        if left is None:
            return
        if base is None:
            self.kept.append(Kept(left.path, left.entry, mine, theirs))
        elif (left.entry, left.path) != (base.entry, base.path):
            self._removed_and_edited(base, left, mine, theirs)

    def _removed_and_edited(self, base: File, left: File, mine: File | None, theirs: File | None) -> None:
        if not self._withdrawal_wins:
            self.kept.append(Kept(left.path, left.entry, mine, theirs))
            self.report.kept_edits.append(named(left))
        elif left.entry.blob != base.entry.blob:
            edits = self.report.withdrawn_edits if mine else self.report.overruled_edits
            edits.append(Named(left.id, left.path, title_of(left), text=left.text, entry=left.entry))

    def _join(self, base: File | None, mine: File, theirs: File) -> None:
        path = theirs.path if base is None or mine.path == base.path or theirs.path != base.path else mine.path
        if path != mine.path and (base is None or mine.entry != base.entry):
            self.report.moved.append(Named(theirs.id, path, title_of(theirs), old_path=mine.path))
        if mine.entry == theirs.entry or (base and _is_same(mine, base)):
            self.kept.append(Kept(path, theirs.entry, mine, theirs))
        elif base and _is_same(theirs, base):
            self.kept.append(Kept(path, mine.entry, mine, theirs))
        elif mine.data is not None and theirs.data is not None:
            self._join_texts(path, base, mine, theirs)
        elif mine.entry.is_file and theirs.entry.is_file and not _is_configuration(path):
            self.kept.append(Kept(path, theirs.entry, mine, theirs, left_over=mine))
        else:
            self.kept.append(Kept(path, theirs.entry, mine, theirs))
            self.report.replaced.append(Named("", path, title_of(mine), entry=mine.entry))

    def _join_texts(self, path: str, base: File | None, mine: File, theirs: File) -> None:
        merged = merge_record(base.text if base else "", mine.text, theirs.text)
        data = encoded(merged.text)
        content: Content = next((each.entry for each in (theirs, mine) if each.data == data), data)
        self.kept.append(Kept(path, content, mine, theirs, left_over=None if merged.is_clean else mine))
        if merged.is_clean:
            self.report.merged.append(Named(theirs.id, path, title_of(theirs)))


def named(file: File) -> Named:
    """Return a file as a report names it."""
    return Named(file.id, file.path, title_of(file))


def title_of(file: File) -> str:
    """Return the title of a record, of another file its name."""
    return file.record.title if file.data is not None else file.path.rpartition("/")[2]


def _is_same(one: File, other: File) -> bool:
    # Whether a file may be run says nothing about a record, so that a side that changed only this did nothing.
    return one.entry.blob == other.entry.blob and one.entry.is_file == other.entry.is_file


def _is_configuration(path: str) -> bool:
    """Say whether a program reads the file under this very name, so that one beside it would say nothing."""
    return path.endswith(".toml") or path.rpartition("/")[2].startswith(".")
