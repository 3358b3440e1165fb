"""A drawing of the system in words: line by line, the records in it with numbers."""

from __future__ import annotations

from reflect.plain.rows import Item, Line, Shape
from reflect.records.textforms import one_line


def drawn_lines(found: Shape) -> list[Line]:
    """Return a drawing as lines to say, its question and what can be said to begin."""
    lines = [Line(one_line(found["title"])), *map(_line, found["lines"])]
    lines += [Line(one_line(found["question"]))] if found["question"] else []
    for each in found["offers"]:
        lines.append(Line(f"{one_line(each['says'])}: say {one_line(each['command']).removeprefix('reflect ')}"))
    return [*lines, *([Line(found["source"])] if found["source"] else [])]


def _line(shape: Shape) -> Line:
    text = one_line(shape["text"])
    if shape["heading"]:
        return Line(f"{text}:")
    note = f"; {one_line(shape['note'])}" if shape["note"] else ""
    item = Item("record", shape["id"], title=text) if shape["id"] else None
    return Line(f"{text}{note}", item)
