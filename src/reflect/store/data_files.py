"""Data files that are read whole: journeys, resources and rubrics of the program, of a vault, of a community."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reflect.errors import ReflectError
from reflect.store.kind_files import Source, names_in, text_in
from reflect.store.shipped import DATA

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Origin:
    """Where data files come from: `""` for the program, `vault`, or a community's name."""

    name: str
    source: Source


@dataclass(frozen=True)
class Found(Generic[Thing]):
    """What a data file describes, its name, and where it comes from."""

    name: str
    origin: str
    thing: Thing


def shipped(sort: str) -> Origin:
    """Return the files of one sort that come with the program."""
    return Origin("", DATA / sort)


def read_data_files(
    origins: Sequence[Origin], parse: Callable[[str, str], Thing]
) -> tuple[list[Found[Thing]], list[str]]:
    """Return what the files describe, the first readable one of each name, and a sentence for each that is not.

    So a mistake in a file of one's own lets that of the program go on working.
    """
    found: dict[str, Found[Thing]] = {}
    problems: list[str] = []
    for origin in origins:
        for name in sorted(names_in(origin.source)):
            if name in found:
                continue
            try:
                found[name] = Found(name, origin.name, parse(text_in(origin.source, name), f"{name}.toml"))
            except ReflectError as error:
                problems.append(f"{origin.name}: {error}" if origin.name not in ("", "vault") else str(error))
    return list(found.values()), problems
