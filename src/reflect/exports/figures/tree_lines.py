"""A tree drawn from left to right as lines of text: each level is a column."""

from __future__ import annotations

import textwrap

from reflect.records.outline import Item

GAP = 4
# Below it a column holds no words: then the levels stand below one another.
NARROWEST = 12


def tree_lines(root: Item, columns: int = 76) -> list[str]:
    """Return the tree in so many columns; the words of each point are cut between words into lines."""
    levels = max(depth for depth, _ in root.walk()) + 1
    width = (columns - GAP * (levels - 1)) // levels
    block = _block(root, width) if width >= NARROWEST else _below(root, columns)
    return [line.rstrip() for line in block]


def _block(item: Item, width: int) -> list[str]:
    """Return a point with all below it beside it."""
    words = textwrap.wrap(item.words, width) or [""]
    if not item.items:
        return words
    right = _joined([_block(each, width) for each in item.items], ("─── ", "─┬─ ", " ├─ ", " └─ "))
    height = max(len(words), len(right))
    words += [""] * (height - len(words))
    return [f"{word:{width}}{line}" for word, line in zip(words, right + [""] * (height - len(right)), strict=True)]


def _below(item: Item, width: int) -> list[str]:
    """Return a point with all below it under it, each level a step to the right."""
    words = textwrap.wrap(item.words, max(width, NARROWEST)) or [""]
    under = [_below(each, width - 3) for each in item.items]
    return words + _joined(under, ("└─ ", "├─ ", "├─ ", "└─ "), is_loose=False)


def _joined(blocks: list[list[str]], joints: tuple[str, str, str, str], is_loose: bool = True) -> list[str]:
    """Return the points of one level, one below the other, joined to what they belong to.

    The joints are those of an only point, of the first, of one between, and of the last.
    """
    only, first, between, last = joints
    on = between.replace("├", "│").replace("─", " ")
    lines = []
    for number, block in enumerate(blocks):
        is_first, is_last = number == 0, number == len(blocks) - 1
        start = only if is_first and is_last else first if is_first else last if is_last else between
        rest = " " * len(on) if is_last else on
        lines += [f"{start if at == 0 else rest}{line}" for at, line in enumerate(block)]
        if is_loose and not is_last:
            lines.append(on)
    return lines
