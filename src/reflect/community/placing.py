"""Where the files of a merge stand: theirs where it is, mine beside it when both want one path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reflect.community.merge_report import Conflict, Named, Report
from reflect.community.pairing import File, Sides
from reflect.records.paths import agenda_folder_of, aside_path, conflict_path
from reflect.records.record import encoded, id_at_a_glance
from reflect.records.resolving import second_version
from reflect.records.textforms import folded
from reflect.store.objects import Entry

Content = bytes | Entry


@dataclass(frozen=True)
class Kept:
    """A file of the result: where it wants to stand, what it holds, what either side had.

    `left_over` is mine where it could not be joined.
    """

    path: str
    content: Content
    mine: File | None
    theirs: File | None
    left_over: File | None = None

    @property
    def file(self) -> File:
        """The version that names it."""
        file = self.theirs or self.mine
        assert file is not None
        return file

    @property
    def is_where_they_have_it(self) -> bool:
        """Whether the path is the one at which they have it."""
        return self.theirs is not None and self.theirs.path == self.path

    @property
    def is_agenda(self) -> bool:
        """Whether it is the agenda of the folder that it lies in."""
        return bool(folder := agenda_folder_of(self.path)) and self.path == f"{folder}/agenda.md"


class Placing:
    """Gives each file of a merge a path of its own."""

    def __init__(self, sides: Sides, new_id: Callable[[], str], report: Report) -> None:
        self._sides = sides
        self._new_id = new_id
        self._report = report
        self._files: dict[str, Kept] = {}
        self._forms: dict[str, str] = {}
        self._new_folders: dict[str, tuple[str, str]] = {}

    def placed(self, kept: list[Kept]) -> dict[str, Content]:
        """Return the files by path, with second versions beside those that could not be joined."""
        # What they have stays where it is; an agenda of mine comes before what lies in its folder.
        for each in sorted(kept, key=lambda each: (not each.is_where_they_have_it, not each.is_agenda)):
            self._place(each)
        for path in list(self._files):
            for folder in _folders_above(path):
                self._make_room(folder)
        files = {path: each.content for path, each in self._files.items()}
        for path, each in self._files.items():
            if each.left_over is not None:
                beside, content = self._second(path, each, each.left_over)
                files[beside] = content
        return files

    def _place(self, kept: Kept) -> None:
        path = kept.path
        if not kept.is_where_they_have_it:
            path = self._in_new_folder(kept)
            if folded(path) in self._forms:
                path = self._aside(kept)
            if path != kept.path:
                self._tell(kept, path)
        self._files[path] = kept
        self._forms.setdefault(folded(path), path)

    def _in_new_folder(self, kept: Kept) -> str:
        folder = agenda_folder_of(kept.path)
        if folder not in self._new_folders or kept.theirs is not None:
            return kept.path
        new_folder, agenda = self._new_folders[folder]
        # Where it names no agenda, the folder says which it belongs to.
        belongs = kept.file.data is None or kept.file.record.agenda in ("", agenda)
        return new_folder + kept.path[len(folder) :] if belongs else kept.path

    def _aside(self, kept: Kept) -> str:
        if not kept.is_agenda:
            return self._free(lambda record_id: aside_path(kept.path, record_id), kept.file.id)
        folder = agenda_folder_of(kept.path)
        path = self._free(lambda record_id: f"{aside_path(folder, record_id)}/agenda.md", kept.file.id)
        self._new_folders[folder] = (agenda_folder_of(path), kept.file.id)
        return path

    def _make_room(self, folder: str) -> None:
        """Move a file aside that stands where a folder has to be."""
        path = self._forms.get(folded(folder), "")
        if path in self._files:
            kept = self._files.pop(path)
            aside = self._free(lambda record_id: aside_path(path, record_id), kept.file.id)
            self._tell(kept, aside)
            self._files[aside] = kept
            self._forms[folded(aside)] = aside

    def _second(self, path: str, kept: Kept, mine: File) -> tuple[str, Content]:
        new_id = ""

        def beside(record_id: str) -> str:
            nonlocal new_id
            new_id = record_id
            return conflict_path(path, record_id)

        sibling_path = self._free(beside, "")
        self._forms[folded(sibling_path)] = sibling_path
        if mine.data is None:
            self._report.conflicts.append(Conflict("", path, "", sibling_path, path.rpartition("/")[2]))
            return sibling_path, mine.entry
        record_id = id_at_a_glance(kept.content) if isinstance(kept.content, bytes) else kept.file.id
        _, text = second_version(mine.text, path, record_id, new_id)
        data = encoded(text)
        sibling = id_at_a_glance(data) if data != mine.data else ""
        self._report.conflicts.append(Conflict(record_id, path, sibling, sibling_path, kept.file.record.title))
        return sibling_path, data

    def _free(self, path_for: Callable[[str], str], record_id: str) -> str:
        path = path_for(record_id or self._new_id())
        while folded(path) in self._forms or self._sides.is_taken(path):
            path = path_for(self._new_id())
        return path

    def _tell(self, kept: Kept, path: str) -> None:
        file = kept.file
        title = file.record.title if file.data is not None else path.rpartition("/")[2]
        self._report.renamed.append(Named(file.id, path, title, old_path=kept.path))


def _folders_above(path: str) -> Iterator[str]:
    at = path.find("/")
    while at > 0:
        yield path[:at]
        at = path.find("/", at + 1)
