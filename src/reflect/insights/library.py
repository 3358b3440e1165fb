"""The library as one person sees it: all sets with where they come from, and what was ticked off on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reflect.errors import NotFound, UsageError
from reflect.records.resources import Item, ResourceSet, holds_words
from reflect.records.textforms import folded
from reflect.store.data_files import Found
from reflect.store.state import LocalState

# A group of what is remembered on this computer.
TICKS = "resources"


@dataclass(frozen=True)
class Shelved:
    """One item on the shelf; `number` counts from 1 in its set, `done` is the day it was ticked off."""

    number: int
    item: Item
    done: str = ""


@dataclass(frozen=True)
class Shelf:
    """One set: its file's name, where it comes from (`""` for the program, `vault`, a community), its items."""

    name: str
    origin: str
    set: ResourceSet
    items: tuple[Shelved, ...]

    def named(self, shelved: Shelved) -> str:
        """Return what a note on an item calls it: set and item."""
        return f"{self.set.title}: {shelved.item.title}"


class Library:
    """The sets in their order, and their ticks; `day` gives today."""

    def __init__(self, found: Sequence[Found[ResourceSet]], state: Callable[[], LocalState], day: Callable[[], str]):
        self._found = sorted(found, key=lambda each: (bool(each.origin), each.origin, each.thing.set, each.name))
        self._state = state
        self._day = day

    def shelves(self, words: Iterable[str] = ()) -> list[Shelf]:
        """Return all sets, or those with an item in which all words stand, with these items."""
        ticks, wanted = self._state().group(TICKS), list(words)
        shelves = []
        for found in self._found:
            items = tuple(
                Shelved(number, item, ticks.get(_key(found, item), ""))
                for number, item in enumerate(found.thing.items, 1)
                if holds_words(found.thing, item, wanted)
            )
            if items:
                shelves.append(Shelf(found.name, found.origin, found.thing, items))
        return shelves

    def shelf(self, name: str) -> Shelf:
        """Return the set that a number, a name or a title means; raises NotFound."""
        shelves = self.shelves()
        for each in shelves:
            if folded(name) in (str(each.set.set), folded(each.name), folded(each.set.title)):
                return each
            if each.origin and folded(name) == folded(f"{each.origin}:{each.name}"):
                return each
        known = ", ".join(f"{each.set.set} {each.name}" for each in shelves)
        raise NotFound(f"There is no set of resources “{name}”.", f"There are: {known}.")

    def item(self, name: str, which: str) -> tuple[Shelf, Shelved]:
        """Return an item by its number in its set or by words of its title; raises NotFound, UsageError."""
        shelf = self.shelf(name)
        numbered = [each for each in shelf.items if str(each.number) == which]
        found = numbered or [each for each in shelf.items if folded(which) in folded(each.item.title)]
        if len(found) == 1:
            return shelf, found[0]
        listed = "; ".join(f"{each.number} {each.item.title}" for each in shelf.items)
        if found:
            raise UsageError(f"“{which}” names {len(found)} items of {shelf.name}.", f"It has: {listed}.")
        raise NotFound(f"There is no item “{which}” in {shelf.name}.", f"It has: {listed}.")

    def tick(self, shelf: Shelf, item: Item, is_done: bool) -> None:
        """Remember on this computer that an item is done, or forget it."""
        found = next(each for each in self._found if (each.origin, each.name) == (shelf.origin, shelf.name))
        self._state().put(TICKS, _key(found, item), self._day() if is_done else "")


def _key(found: Found[ResourceSet], item: Item) -> str:
    return f"{found.origin}/{found.name}/{item.title}"
