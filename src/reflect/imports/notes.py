"""Everything below a folder of Markdown files: notes, dates from git, and what is left where it is."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path

from reflect.errors import GitFailed, ReflectError
from reflect.imports.incoming import Ids, Incoming
from reflect.imports.markdown_files import Note, Shelves, read_note
from reflect.imports.report import Skipped
from reflect.imports.sources import Found, NoText, counted, list_folder, read_bytes
from reflect.imports.stamps import Moment
from reflect.records import markdown
from reflect.records.document import MAX_RECORD
from reflect.store.git import run_git

NOTES = (".md", ".markdown")
SHOWN = 5


class Notes:
    """The Markdown files of a folder, or one file; `journal` is where they go, and never read from."""

    def __init__(self, path: Path, journal: Path) -> None:
        self.root = path if path.is_dir() else path.parent
        self._journal = Path(os.path.realpath(journal))
        self._only = "" if path.is_dir() else path.name
        self._undated: list[Found] = []
        here = Path(os.path.realpath(path))
        if here == self._journal or self._journal in here.parents:
            raise ReflectError(f"{path} is in your journal already.", "Give a folder outside of it.")

    def read(self, shelves: Shelves, ids: Ids) -> Iterator[Incoming | Skipped]:
        """Yield a record for each note, in the order of their paths, and what a person should know."""
        files, skipped = self._files()
        yield from skipped
        notes = [file for file in files if file.path.lower().endswith(NOTES)]
        fitting = [file for file in notes if file.size <= MAX_RECORD]
        if self._only and not notes:
            raise ReflectError(f"{self._only} is no Markdown file.", "Its name has to end in .md or .markdown.")
        pictures: dict[str, list[str]] = {}
        for file in fitting:
            try:
                data = read_bytes(self.root / file.path)
                yield from read_note(Note(file.path, data, partial(self._added, file)), shelves, ids)
            except NoText as error:
                yield Skipped(f"{file.path}:1", str(error))
                continue
            pictures.setdefault(file.path.rpartition("/")[0] or ".", []).extend(_pictures(data))
        large = [file for file in notes if file.size > MAX_RECORD]
        mebibytes = MAX_RECORD // 1024 // 1024
        yield from counted(large, f"file larger than {mebibytes} MiB", f"files larger than {mebibytes} MiB")
        others = [file for file in files if not file.path.lower().endswith(NOTES)]
        yield from counted(others, "file that is not Markdown", "files that are not Markdown")
        dated = "came in under the day of its file's last change", "came in under the days of their files' last change"
        yield from counted(self._undated, f"note without a date {dated[0]}", f"notes without a date {dated[1]}")
        yield from _named(pictures)

    def _files(self) -> tuple[list[Found], list[Skipped]]:
        if self._only:
            status = (self.root / self._only).stat()
            return [Found(self._only, status.st_size, status.st_mtime)], []
        listing = list_folder(self.root, self._journal)
        return listing.files, listing.skipped

    @cached_property
    def _days_in_git(self) -> dict[str, dt.datetime]:
        return days_in_git(self.root)

    def _added(self, file: Found) -> Moment:
        """Return when git saw a file first, else when it was last changed, which is remembered."""
        found = self._days_in_git.get(file.path)
        if found is not None:
            return found
        self._undated.append(file)
        return dt.datetime.fromtimestamp(int(file.mtime))


def days_in_git(folder: Path) -> dict[str, dt.datetime]:
    """Return when each file was added to the repository that a folder lies in; one call, renames followed."""
    if not any((each / ".git").exists() for each in [folder.absolute(), *folder.absolute().parents]):
        return {}
    asked = ("log", "--diff-filter=AR", "--name-status", "-M100%", "--relative", "-z", "--format=%x01%aI", "--", ".")
    try:
        output = run_git("-C", str(folder), *asked, allowed=(0, 128))
    except GitFailed:
        return {}
    days: dict[str, dt.datetime] = {}
    now_called: dict[str, str] = {}
    when = dt.datetime.min
    words = iter(output.split(b"\0"))
    for word in words:
        word = word.strip(b"\n")
        if word.startswith(b"\x01"):
            when = dt.datetime.fromisoformat(word[1:].decode())
        elif word.startswith(b"R"):
            # Newest first: what was renamed into is known already under the name of today.
            old, new = os.fsdecode(next(words)), os.fsdecode(next(words))
            now_called[old] = now_called.get(new, new)
        elif word == b"A":
            name = os.fsdecode(next(words))
            days[now_called.get(name, name)] = when
    return days


def _pictures(data: bytes) -> list[str]:
    """Return the pictures that a note shows from files, as it names them."""
    if b"![" not in data:
        return []
    found = []
    for token in markdown.tokens(data.decode("utf-8", "replace")):
        children = token.children or []
        for number, child in enumerate(children):
            before = children[number - 1].content if number else ""
            if child.type == "image":
                found.append(str(child.attrs.get("src", "")))
            elif child.type == "record_link" and before.endswith("!"):
                found.append(child.content)
    return [name for name in found if name and "://" not in name and not name.startswith("data:")]


def _named(pictures: dict[str, list[str]]) -> Iterator[Skipped]:
    for folder, names in pictures.items():
        each = list(dict.fromkeys(names))
        if each:
            more = f" and {len(each) - SHOWN:,} more" if len(each) > SHOWN else ""
            word = "picture that notes show stays" if len(each) == 1 else "pictures that notes show stay"
            yield Skipped(folder, f"{len(each):,} {word} behind: {', '.join(each[:SHOWN])}{more}")
