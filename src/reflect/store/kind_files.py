"""Finding the data files: kinds and frameworks that ship with the program, and a vault's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import NotFound, ReflectError, UsageError
from reflect.records.kinds import Kind, KindMistake, parse_kind
from reflect.records.textforms import folded
from reflect.store.shipped import DATA

if TYPE_CHECKING:
    from reflect.records.lenses import Framework


class Kinds:
    """The kinds of record: the program's, then those of `own`, which may add to and replace them.

    A kind is read when it is asked for: reading all of them takes longer than most commands.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._folders = [folder for folder in (own, DATA / "kinds") if folder is not None]
        self._read: dict[str, Kind] = {}
        self.problems: list[str] = []

    def get(self, name: str) -> Kind:
        """Return the kind of this name or label; raises NotFound with the names that exist."""
        found = self.find(name)
        if found is None:
            known = ", ".join(sorted(each.name for each in self.all()))
            raise UsageError(f"There is no kind of record called “{name}”.", f"There are: {known}.")
        return found

    def find(self, name: str) -> Kind | None:
        """Return the kind of this name or label, None when there is none."""
        if name in self._read:
            return self._read[name]
        for folder in self._folders:
            path = folder / f"{name}.toml"
            if name.replace("-", "").isalnum() and path.is_file():
                kind = self._parsed(path)
                if kind is not None:
                    self._read[name] = kind
                    return kind
        wanted = folded(name)
        return next((each for each in self.all() if wanted in _names(each)), None)

    def all(self) -> list[Kind]:
        """Return every kind, in the order of their names; `problems` then says which files were not read."""
        self.problems.clear()
        found = []
        for name in sorted(self._names()):
            kind = self._read.get(name) or self._first_readable(name)
            if kind is not None:
                self._read[name] = kind
                found.append(kind)
        return found

    @cached_property
    def folders(self) -> Mapping[str, str]:
        """The folder of each kind, and the kind's name.

        Only the top of each file is read, which is ten times faster, and leaves the records of a
        kind in the lists while its file has a mistake.
        """
        found: dict[str, str] = {}
        for name in sorted(self._names()):
            for path in self._files(name):
                folder = _folder_in(path)
                if folder:
                    found[folder] = name
                    break
        return found

    def _names(self) -> set[str]:
        return {path.stem for folder in self._folders if folder.is_dir() for path in folder.glob("*.toml")}

    def _files(self, name: str) -> list[Path]:
        return [path for folder in self._folders if (path := folder / f"{name}.toml").is_file()]

    def _first_readable(self, name: str) -> Kind | None:
        return next((kind for path in self._files(name) if (kind := self._parsed(path)) is not None), None)

    def _parsed(self, path: Path) -> Kind | None:
        try:
            kind = check_kind_file(path)
        except ReflectError as error:
            self.problems.append(str(error))
            return None
        return kind


def _folder_in(path: Path) -> str:
    """Return what the top of a kind file says of its folder, `""` when it cannot be read."""
    try:
        raw = tomllib.loads(path.read_text("utf-8").partition("\n[[")[0])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        return ""
    folder = raw.get("folder")
    return folder if isinstance(folder, str) else ""


def check_kind_file(path: Path) -> Kind:
    """Return the kind that a file describes; raises KindMistake, NotFound."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except UnicodeDecodeError:
        raise KindMistake(f"{path.name}: not UTF-8 text.", "Save it as UTF-8, then try again.") from None
    kind = parse_kind(text, path.name)
    if kind.name != path.stem:
        raise KindMistake(f"{path.name}: `name` is “{kind.name}”, so the file has to be {kind.name}.toml.")
    return kind


def help_page(kind_name: str) -> str:
    """Return the page of help for a kind, `""` where it has none."""
    path = DATA / "help" / f"{kind_name}.md"
    return path.read_text("utf-8") if path.is_file() else ""


def frameworks(own: Path | None = None) -> tuple[list[Framework], list[str]]:
    """Return the frameworks that are installed, and a sentence for each file that could not be read."""
    # Most commands show no prompt.
    from reflect.records.lenses import parse_framework

    found: dict[str, Framework] = {}
    problems: list[str] = []
    order = ["system-innovation", "leadership-for-learning", "living-improvement", "practice-areas"]
    for folder in [DATA / "frameworks", own]:
        for path in sorted(folder.glob("*.toml")) if folder and folder.is_dir() else []:
            try:
                found[path.stem] = parse_framework(path.read_text("utf-8"), path.name)
            except (ReflectError, UnicodeDecodeError) as error:
                problems.append(str(error))
    names = [name for name in order if name in found] + [name for name in found if name not in order]
    return [found[name] for name in names], problems


def _names(kind: Kind) -> set[str]:
    return {folded(each) for each in (kind.name, kind.label, kind.label_es, kind.folder) if each}
