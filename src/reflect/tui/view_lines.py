"""A drawing of the system as lines of the app."""

from __future__ import annotations

from textual.content import Content

from reflect.insights.views import BLANK, Line, View
from reflect.tui.spoken import READER
from reflect.tui.widgets.item_list import NOTHING, SPACE, Item, heading
from reflect.tui.words import plain, plain_line

# What a line is, the first part of its key.
LINE, OFFER = "line", "offer"


def view_items(view: View, width: int, key: str) -> list[Item]:
    """Return a drawing, its question, what `key` starts, and whom it is after."""
    items: list[Item] = []
    for number, line in enumerate(view.lines):
        items += _items(line, (LINE, str(number)), width, is_first=not items)
    if view.question:
        items += [SPACE, *(Item(Content.assemble(" ", each)) for each in _wrapped(view.question, width - 2, "bold"))]
        for number, offer in enumerate(view.offers):
            left = Content.assemble("   ", (f"{key if not number else '':<3}", "$text-accent"), plain_line(offer.says))
            items.append(Item(left, NOTHING, (OFFER, str(number))))
    items += [SPACE, *(Item(Content.assemble(" ", each)) for each in _wrapped(view.source, width - 2, "$text-muted"))]
    return items


def _items(line: Line, key: tuple[str, str], width: int, is_first: bool) -> list[Item]:
    if line == BLANK:
        return [SPACE]
    if line.is_heading:
        return [*([] if is_first else [SPACE]), heading(line.text)]
    leads = key if line.ref or line.rowids or line.offers else ()
    note = plain_line(line.note, "$text-muted")
    if READER.is_on:
        says = (line.says or line.text).strip()
        return [Item(plain_line(says), note, leads, line.level)] if says else []
    if line.is_drawn or line.note:
        indent = " " if line.is_drawn else f" {'  ' * line.level}"
        # Each part of it is one line already, and its spaces are part of the drawing.
        return [Item(Content.assemble(indent, plain(line.text)), note, leads, line.level)]
    indent = f" {'  ' * line.level}"
    parts = _wrapped(line.text, width - len(indent) - 2, "" if leads else "$text-muted")
    return [Item(Content.assemble(indent, part), NOTHING, leads if not at else ()) for at, part in enumerate(parts)]


def _wrapped(text: str, width: int, style: str) -> list[Content]:
    lines = plain_line(text).wrap(max(20, width)) if text else []
    return [line.stylize(style) if style else line for line in lines]
