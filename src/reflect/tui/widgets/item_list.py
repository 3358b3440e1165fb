"""A short list of things of different sorts, with headings between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from reflect.tui.keys import bindings
from reflect.tui.spoken import READER, spoken
from reflect.tui.widgets.virtual_list import VirtualList, in_two_parts

NOTHING = Content("")


@dataclass(frozen=True)
class Item:
    """One line. `key` is what choosing it means, to whoever filled the list; a line without is only read.

    `level` says how deep in a tree it hangs, to those who do not see it indented.
    """

    left: Content
    right: Content = NOTHING
    key: tuple[str, ...] = ()
    level: int = 0


def heading(text: str) -> Item:
    """Return a heading of our own words."""
    return Item(Content(f" {text}").stylize("bold $text-muted"))


def remark(text: Content | str) -> Item:
    """Return a line that is only read."""
    return Item(Content.assemble("   ", Content(text).stylize("$text-muted") if isinstance(text, str) else text))


SPACE = Item(NOTHING)


class ItemList(VirtualList):
    """Items under headings; a `Chosen` leads to `key_at`."""

    def __init__(self, id: str | None = None, is_menu: bool = True) -> None:
        super().__init__(id=id)
        self.chooses_on_click = is_menu
        self._items: Sequence[Item] = ()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._items)

    @property
    def key(self) -> tuple[str, ...]:
        """The key of the line under the cursor, `()` where there is none."""
        return self.key_of_line(self.cursor)

    def key_of_line(self, index: int) -> tuple[str, ...]:
        """Return the key of a line."""
        return self._items[index].key if 0 <= index < len(self._items) else ()

    def show(self, items: Sequence[Item]) -> None:
        """Show these lines; the cursor stays on the same key where it is still there."""
        key, cursor = self.key, self.cursor
        self._items = items
        if key:
            cursor = next((index for index, item in enumerate(items) if item.key == key), cursor)
        self.rows_changed(cursor)

    def is_choosable(self, index: int) -> bool:
        """Say whether a line has a key."""
        return bool(self.key_of_line(index))

    def row_line(self, index: int, line: int, width: int) -> Content:
        """Return a line with what stands at its right."""
        item = self._items[index]
        if READER.is_on:
            return spoken(item.left.plain, item.right.plain, item.level).truncate(width, ellipsis=True, pad=True)
        if not item.right:
            return item.left.truncate(width, ellipsis=True, pad=True)
        # The right part gives way first, but not to nothing.
        room = max(width * 2 // 5, width - item.left.cell_length - 3)
        return in_two_parts(item.left, item.right.truncate(room, ellipsis=True).append(" "), width)


class ArrowList(ItemList, inherit_bindings=False):
    """A list where letters answer or settle something, so that none of them moves in it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("answers")
