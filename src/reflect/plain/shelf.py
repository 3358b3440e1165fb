"""What was said last: the lines still to come, and what each number stands for."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from reflect.errors import NotFound
from reflect.plain.rows import Item, Line
from reflect.plain.spoken import Answer


class Shelf:
    """Says answers a screenful at a time, and knows their numbers."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._waiting: list[str] = []
        self._items: list[Item] = []
        self._beside: list[Item] = []

    @property
    def has_more(self) -> bool:
        """Whether lines still wait to be said."""
        return bool(self._waiting)

    @property
    def count_of_list(self) -> int:
        """How many rows of the list were answered so far."""
        return len(self._items)

    def show(self, answer: Answer, goes_on: bool = False) -> None:
        """Say an answer; `goes_on` is the next stretch of the list that is there."""
        self._beside = []
        if not answer.is_beside and not goes_on:
            self._items = []
        items = self._beside if answer.is_beside else self._items
        first = len(self._items) if answer.is_beside else 0
        self._waiting = [self._numbered(line, items, first) for line in answer.lines]
        self.next()

    def next(self) -> None:
        """Say the next screenful."""
        size = shutil.get_terminal_size((80, 24))
        room = max(size.lines - 4, 8)
        while self._waiting and room > 0:
            line = self._waiting.pop(0)
            room -= max(1, -(-len(line) // max(size.columns, 20)))
            self._say(line)
        if self._waiting:
            count = len(self._waiting)
            self._say(f"{count} more line{'s' * (count > 1)}. Say next.")

    def item(self, number: int) -> Item:
        """Return what a number stands for; raises NotFound."""
        items = [*self._items, *self._beside]
        if not items:
            raise NotFound("There is no list yet.", "Say list, search, agenda or today first.")
        if not 1 <= number <= len(items):
            raise NotFound(f"There is no line {number}.", f"The last list goes from 1 to {len(items)}.")
        return items[number - 1]

    def first(self, what: str) -> Item | None:
        """Return the first item of a sort."""
        return next((each for each in self._items if each.what == what), None)

    def change(self, old: Item, new: Item) -> int:
        """Put an item in the place of another and return its number."""
        place = self._items.index(old)
        self._items[place] = new
        return place + 1

    def _numbered(self, line: Line, items: list[Item], first: int) -> str:
        if line.item is None:
            return line.text
        items.append(line.item)
        return f"{first + len(items)}. {line.text}"


def is_alone(text: str) -> bool:
    """Say whether a word is a number of a line, and not the end of an id."""
    return text.isascii() and text.rstrip(".").isdigit() and len(text.rstrip(".")) < 4
