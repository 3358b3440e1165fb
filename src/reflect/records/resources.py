"""The library: sets of things to watch, read and act out, as their TOML files describe them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reflect.errors import ReflectError
from reflect.records.kind_tables import KindMistake, TableReader
from reflect.records.textforms import folded
from reflect.records.toml_text import read_toml

TYPES = ("watch", "read", "act")
MOST_SETS = 999


@dataclass(frozen=True)
class Item:
    """One thing to watch, read or act out; `range` is from when to when, or pages."""

    type: str
    title: str
    range: str = ""
    note: str = ""


@dataclass(frozen=True)
class ResourceSet:
    """A set of items: the session and the event at which it was presented, by whom, and the line of its source."""

    set: int
    title: str
    session: str = ""
    event: str = ""
    presenters: tuple[str, ...] = ()
    source: str = ""
    note: str = ""
    items: tuple[Item, ...] = ()


def parse_resources(text: str, where: str) -> ResourceSet:
    """Return the set that a TOML text describes; raises KindMistake naming file, line, table and key."""
    try:
        raw = read_toml(text, where)
    except ReflectError as error:
        raise KindMistake(error.message, error.hint) from None
    reader = TableReader(where, text)
    items: list[Any] = reader.tables(raw, "item", Item)
    found: ResourceSet = reader.build(ResourceSet, raw, "the top of the file", {"items": tuple(items)})
    reader.require(1 <= found.set <= MOST_SETS, "the top of the file", "set", found.set, f"1 to {MOST_SETS}")
    reader.require(items, "the top of the file", "item", [], "at least one [[item]]")
    for number, item in enumerate(items, 1):
        table = f"[[item]] {number}"
        reader.require(item.type in TYPES, table, "type", item.type, ", ".join(TYPES))
        twin = next((n for n, other in enumerate(items[: number - 1], 1) if other.title == item.title), 0)
        reader.require(not twin, table, "title", item.title, f"a title that item {twin} does not have")
    return found


def holds_words(found: ResourceSet, item: Item, words: Sequence[str]) -> bool:
    """Say whether all words stand in an item or in what is said of its set, capitals and order aside."""
    text = folded(" ".join([item.title, item.type, item.note, found.title, found.session, *found.presenters]))
    return all(folded(each) in text for each in words)
