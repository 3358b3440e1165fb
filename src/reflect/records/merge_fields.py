"""Three versions of a front matter into one: field by field, lists as sets, a series by date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reflect.errors import Unreadable
from reflect.records.document import Document
from reflect.records.merge_order import merged_order
from reflect.records.yaml_block import Value

# A field's own lines, and the comments and blank lines after them; those before the first field are its BEFORE.
BEFORE, FIELD, AFTER = "before", "field", "after"
COMMENT = re.compile(r"(?:^|(?<=\s))#.*")

Piece = tuple[str, str]


def merge_value(base: Value | None, mine: Value | None, theirs: Value | None) -> tuple[Value | None, bool]:
    """Return what a field says after both changes, and whether that holds both; theirs where it cannot."""
    if mine in (theirs, base):
        return theirs, True
    if theirs == base:
        return mine, True
    three = (base, mine, theirs)
    if any(isinstance(each, list) for each in three) and not any(isinstance(each, dict) for each in three):
        return _merge_lists(base, mine, theirs), True
    if all(each is None or isinstance(each, dict) for each in three):
        return _merge_mappings(*[each if isinstance(each, dict) else {} for each in three])
    return theirs, False


def merge_fields(base: Document, mine: Document, theirs: Document) -> tuple[Document, bool]:
    """Return theirs with the front matter of all, and whether it holds both changes.

    Lines that nobody changed stay byte for byte. Raises Unreadable where the result does not say what it should.
    """
    documents = (base, mine, theirs)
    pieces = [_pieces(document) for document in documents]
    chosen: list[str] = []
    values: dict[str, Value] = {}
    clean = True
    for piece in merged_order(*[list(each) for each in pieces]):
        old, my, their = (each.get(piece, "") for each in pieces)
        key, sort = piece
        text = my if their == old else their
        is_clash = my not in (their, old) and their != old
        if sort == FIELD:
            value, is_joined = merge_value(*[document.values.get(key) for document in documents])
            if value is not None:
                values[key] = value
            if is_clash:
                text = "" if value is None else their or my
                clean = clean and is_joined and _comments(my) - _comments(old) <= _comments(text)
        elif is_clash:
            text = _merge_comments(old, my, their)
        chosen.append(text)
    merged = _fenced("".join(chosen), base, mine, theirs)
    for key, value in values.items():
        merged = merged.with_value(key, value)
    if dict(merged.values) != values:
        raise Unreadable(1, "the front matter is written in a way that cannot be merged safely")
    return merged, clean


def _merge_lists(base: Value | None, mine: Value | None, theirs: Value | None) -> Value | None:
    lists = [each if isinstance(each, list) else [each] if each else [] for each in (base, mine, theirs)]
    # Items may be lists themselves, which are compared by how they are written.
    items = {repr(item): item for each in lists for item in each}
    old, my, their = ([repr(item) for item in each] for each in lists)
    gone = (set(old) - set(my)) | (set(old) - set(their))
    merged: list[Value] = [items[name] for name in merged_order(old, my, their) if name not in gone]
    for value in (theirs, mine):
        if isinstance(value, str) and merged == [value]:
            return value
    return merged if merged or None not in (mine, theirs) else None


def _merge_mappings(
    base: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> tuple[Value, bool]:
    merged: dict[str, Value] = {}
    clean = True
    for key in merged_order(list(base), list(mine), list(theirs)):
        value, is_joined = merge_value(base.get(key), mine.get(key), theirs.get(key))
        clean = clean and is_joined
        if value is not None:
            merged[key] = value
    # Dates that stood in order stay in order.
    if all(list(each) == sorted(each) for each in (mine, theirs)):
        merged = dict(sorted(merged.items()))
    return merged, clean


def _pieces(document: Document) -> dict[Piece, str]:
    """Return the lines of a front matter by what they belong to, in the order of the file."""
    lines = document.block.splitlines(keepends=True)
    entries = document.entries
    starts = [*(entry.key_start[0] for entry in entries), len(lines)]
    found = {("", BEFORE): "".join(lines[: starts[0]])}
    for entry, start, following in zip(entries, starts, starts[1:], strict=False):
        line, column = entry.value_end
        end = min(max(line if column or line == start else line - 1, start) + 1, following)
        found[entry.key, FIELD] = "".join(lines[start:end])
        found[entry.key, AFTER] = "".join(lines[end:following])
    return found


def _merge_comments(base: str, mine: str, theirs: str) -> str:
    known = {*base.splitlines(), *theirs.splitlines()}
    return theirs + "".join(line for line in mine.splitlines(keepends=True) if line.strip() not in ("", *known))


def _comments(text: str) -> set[str]:
    return {found.rstrip() for line in text.splitlines() for found in COMMENT.findall(line)}


def _fenced(block: str, base: Document, mine: Document, theirs: Document) -> Document:
    """Return a document of this block between the fences of the side that changed them."""
    fences = [(each.opening, each.closing) for each in (base, mine, theirs)]
    opening, closing = fences[1] if fences[2] == fences[0] else fences[2]
    if block and not opening:
        opening, closing = next(each for each in reversed(fences) if each[0])
    merged = Document(opening, block, closing, theirs.body)
    return Document.parse(merged.text) if block else merged
