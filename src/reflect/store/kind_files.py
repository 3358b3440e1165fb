"""Finding the data files: kinds and frameworks that ship with the program, a vault's and a community's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import NotFound, ReflectError, UsageError
from reflect.records.kinds import Kind, KindMistake, parse_kind
from reflect.records.textforms import folded
from reflect.records.toml_text import read_toml
from reflect.store.shipped import DATA

if TYPE_CHECKING:
    from reflect.records.lenses import Framework

# Where data files come from: a folder, or their texts by name without `.toml`.
Source = Path | Mapping[str, str]


class Kinds:
    """The kinds of record: the program's, then those of `own`, of which the first to name a kind has it.

    A source of them is a folder of files, or their texts by name. A kind is read when it is asked
    for: reading all of them takes longer than most commands.
    """

    def __init__(self, *own: Source) -> None:
        self.sources: tuple[Source, ...] = (*own, DATA / "kinds")
        self._read: dict[str, Kind] = {}
        self._problems: dict[str, list[str]] = {}

    @property
    def problems(self) -> list[str]:
        """A sentence for each file that was looked at and not read; after `all`, of every file."""
        return [problem for name in sorted(self._problems) for problem in self._problems[name]]

    def get(self, name: str) -> Kind:
        """Return the kind of this name or label; raises NotFound with the names that exist."""
        found = self.find(name)
        if found is None:
            known = ", ".join(sorted(each.name for each in self.all()))
            raise UsageError(f"There is no kind of record called “{name}”.", f"There are: {known}.")
        return found

    def find(self, name: str) -> Kind | None:
        """Return the kind of this name or label, None when there is none."""
        kind = self._read.get(name) or (self._first_readable(name) if name.replace("-", "").isalnum() else None)
        if kind is not None:
            self._read[name] = kind
            return kind
        wanted = folded(name)
        return next((each for each in self.all() if wanted in names_of(each)), None)

    def all(self) -> list[Kind]:
        """Return every kind, in the order of their names; `problems` then says which files were not read."""
        found = []
        for name in sorted({name for source in self.sources for name in names_in(source)}):
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
        for name in sorted({name for source in self.sources for name in names_in(source)}):
            folder = next(filter(None, (_folder_in(source, name) for source in self.sources)), "")
            if folder:
                found[folder] = name
        return found

    def parsed(self, source: Source, name: str) -> Kind:
        """Return the kind of this name as a source describes it; raises ReflectError."""
        return _named_as_its_file(parse_kind(text_in(source, name), f"{name}.toml"), name)

    def _first_readable(self, name: str) -> Kind | None:
        self._problems.pop(name, None)
        for source in self.sources:
            if not _has(source, name):
                continue
            try:
                return self.parsed(source, name)
            except ReflectError as error:
                self.say(name, str(error))
        return None

    def say(self, name: str, problem: str) -> None:
        """Keep a sentence about the file of a kind."""
        self._problems.setdefault(name, []).append(problem)


def names_in(source: Source) -> set[str]:
    """Return the names of the files of a source, without `.toml`."""
    if isinstance(source, Path):
        return {path.stem for path in source.glob("*.toml")} if source.is_dir() else set()
    return set(source)


def _has(source: Source, name: str) -> bool:
    return (source / f"{name}.toml").is_file() if isinstance(source, Path) else name in source


def text_in(source: Source, name: str) -> str:
    """Return the text of a file of a source; raises KindMistake where it is not UTF-8, or cannot be read."""
    if not isinstance(source, Path):
        return source[name]
    try:
        return (source / f"{name}.toml").read_text("utf-8")
    except UnicodeDecodeError:
        raise KindMistake(f"{name}.toml: not UTF-8 text.", "Save it as UTF-8, then try again.") from None
    except OSError as error:
        raise KindMistake(f"{name}.toml cannot be read: {error.strerror}.") from None


def _folder_in(source: Source, name: str) -> str:
    """Return what the top of a kind file says of its folder, `""` when it cannot be read."""
    try:
        raw = read_toml(text_in(source, name).partition("\n[[")[0], name) if _has(source, name) else {}
    except (ReflectError, OSError):
        return ""
    folder = raw.get("folder")
    return folder if isinstance(folder, str) else ""


def _named_as_its_file(kind: Kind, name: str) -> Kind:
    if kind.name != name:
        raise KindMistake(f"{name}.toml: `name` is “{kind.name}”, so the file has to be {kind.name}.toml.")
    return kind


def check_kind_file(path: Path) -> Kind:
    """Return the kind that a file describes; raises KindMistake, NotFound."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except UnicodeDecodeError:
        raise KindMistake(f"{path.name}: not UTF-8 text.", "Save it as UTF-8, then try again.") from None
    return _named_as_its_file(parse_kind(text, path.name), path.stem)


def help_page(kind_name: str) -> str:
    """Return the page of help for a kind, `""` where it has none."""
    path = DATA / "help" / f"{kind_name}.md"
    return path.read_text("utf-8") if path.is_file() else ""


def frameworks(*own: Source) -> tuple[list[Framework], list[str]]:
    """Return the frameworks that are installed, and a sentence for each file that could not be read.

    Those of `own` add to and replace the program's; of two, the first has the name.
    """
    # Most commands show no prompt.
    from reflect.records.lenses import parse_framework

    found: dict[str, Framework] = {}
    problems: list[str] = []
    order = ["system-innovation", "leadership-for-learning", "living-improvement", "practice-areas"]
    for source in [DATA / "frameworks", *reversed(own)]:
        for name in sorted(names_in(source)):
            try:
                found[name] = parse_framework(text_in(source, name), f"{name}.toml")
            except ReflectError as error:
                problems.append(str(error))
    names = [name for name in order if name in found] + [name for name in found if name not in order]
    return [found[name] for name in names], problems


def names_of(kind: Kind) -> set[str]:
    """Return what a kind can be called by, folded."""
    return {folded(each) for each in (kind.name, kind.label, kind.label_es, kind.folder) if each}
