"""An outline: a nested list of a Markdown text as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reflect.records import markdown
from reflect.records.textforms import one_line

LINK = re.compile(r"\s*\[\[[^\[\]]*\]\]")
LINKED = "↗"
MARKED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
LIST_STARTS = ("bullet_list_open", "ordered_list_open")
LIST_ENDS = ("bullet_list_close", "ordered_list_close")


@dataclass(frozen=True)
class Item:
    """One point of an outline and the points below it."""

    text: str
    items: list[Item] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Item]]:
        """Yield this point and all below it with their depth, in order."""
        yield depth, self
        for each in self.items:
            yield from each.walk(depth + 1)

    @property
    def links(self) -> list[str]:
        """What stands in its `[[links]]`."""
        return markdown.link_targets(self.text)

    @property
    def words(self) -> str:
        """Its text without the links: they are ids, which tell a reader nothing; a sign stands for them."""
        return LINK.sub("", self.text).strip() + f" {LINKED}" if self.links else self.text


@dataclass(frozen=True)
class Outline:
    """The points of all lists of a text in order, and the lines that stand in no list."""

    items: list[Item]
    aside: list[str]


def read_outline(text: str) -> Outline:
    """Return the outline of a text; a point's paragraphs are one line, an empty point that holds others stays."""
    items: list[Item] = []
    aside: list[str] = []
    # The lists of points that are open, the innermost last, and the words of the point each is in.
    open_lists: list[list[Item]] = []
    words: list[list[str]] = []
    below: list[list[Item]] = []
    for token in markdown.block_tokens(text):
        if token.type in LIST_STARTS:
            open_lists.append(below[-1] if below else items)
        elif token.type in LIST_ENDS:
            open_lists.pop()
        elif token.type == "list_item_open":
            words.append([])
            below.append([])
        elif token.type == "list_item_close":
            item = Item(one_line(" ".join(words.pop())), below.pop())
            if item.text or item.items:
                open_lists[-1].append(item)
        elif token.type in ("inline", "fence", "code_block") and token.content.strip():
            (words[-1] if words else aside).append(one_line(token.content))
    return Outline(items, aside)


def with_link(text: str, item: Item, target: str) -> str:
    """Return an outline's text with a link after the words of a point; unchanged where they stand nowhere."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        marked = MARKED.match(line)
        said = one_line(line[marked.end() :]) if marked else ""
        if said and (said == item.text or item.text.startswith(f"{said} ")):
            lines[number] = f"{line.rstrip()} [[{target}]]"
            return "\n".join(lines)
    return text
