"""What a screen of the practice shows: lines to go through, and what choosing one of them does."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.content import Content

from reflect.tui.doing import Doing
from reflect.tui.widgets.item_list import NOTHING, SPACE, Item, heading
from reflect.tui.words import plain_line

READ, DO = "read", "do"


@dataclass
class Figure:
    """Lines, and what is to be done by the number that stands in a line's key; `ask` is what `w` does."""

    items: list[Item] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)
    ask: Doing | None = None

    def add(self, left: Content, right: Content = NOTHING, level: int = 0) -> None:
        """Add a line that is only read."""
        self.items.append(Item(left, right, level=level))

    def add_record(self, left: Content, right: Content, ref: str, level: int = 0) -> None:
        """Add a line that leads to a record; the same record may stand in several lines."""
        self.items.append(Item(left, right, (READ, ref, str(len(self.items))), level))

    def add_doing(self, left: Content, right: Content, doing: Doing, level: int = 0) -> None:
        """Add a line that leads to the doing of something."""
        self.doings.append(doing)
        self.items.append(Item(left, right, (DO, str(len(self.doings) - 1)), level))

    def add_heading(self, text: str) -> None:
        """Add a heading, set off from what stands above it."""
        self.items += [*([SPACE] if self.items else []), heading(text)]

    def add_remarks(self, text: str, width: int, indent: int = 5, style: str = "$text-muted") -> None:
        """Add a text that is only read, on as many lines as it takes."""
        for line in plain_line(text).wrap(max(20, width - indent - 2)):
            self.add(Content.assemble(" " * indent, line.stylize(style) if style else line))

    def add_question(self, text: str, doing: Doing, key: str) -> None:
        """Add the question that a figure ends in; its key begins the writing."""
        self.ask = doing
        self.items.append(SPACE)
        right = Content(f"[{key}] write").stylize("$text-accent")
        self.add_doing(Content.assemble(" ", plain_line(text, "bold")), right, doing)

    def doing_at(self, key: tuple[str, ...]) -> Doing | None:
        """Return what choosing a line does, None where there is nothing to do."""
        if key and key[0] == DO:
            return self.doings[int(key[1])]
        return Doing(path=key[1], is_reading=True) if key and key[0] == READ else None
