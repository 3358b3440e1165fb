"""Three versions of one record into one: field by field, section by section."""

from __future__ import annotations

from dataclasses import dataclass

from reflect.errors import Unreadable
from reflect.records.document import Document
from reflect.records.markdown import lines_of, sections
from reflect.records.textforms import folded

PREFACE = ""


@dataclass(frozen=True)
class Merged:
    """The text that holds both changes; where both touched one place it has theirs, and says so."""

    text: str
    is_clean: bool


def merge_record(base: str, mine: str, theirs: str) -> Merged:
    """Merge two changes of one record; where both changed the same place the result has theirs."""
    if mine in (theirs, base):
        return Merged(theirs, True)
    if theirs == base:
        return Merged(mine, True)
    try:
        parts = [Document.parse(text) for text in (base, mine, theirs)]
    except Unreadable:
        return Merged(theirs, False)
    chunks = [_chunks(document.body) for document in parts]
    if any(found is None for found in chunks):
        return Merged(theirs, False)
    clean = True
    merged = parts[2]
    for key in dict.fromkeys([*parts[1].values, *parts[0].values]):
        old, my, their = (document.values.get(key) for document in parts)
        if my not in (old, their):
            if their == old:
                merged = merged.with_value(key, my)
            else:
                clean = False
    body, body_clean = _merge_chunks(*[found or {} for found in chunks])
    merged = merged.with_body(body)
    return Merged(merged.text, clean and body_clean)


def _chunks(body: str) -> dict[str, str] | None:
    """Return the body cut at its sections, by folded title; None when a title stands twice."""
    lines = lines_of(body)
    found = sections(body)
    keys = [PREFACE, *(folded(each.title) for each in found)]
    if len(set(keys)) < len(keys):
        return None
    starts = [0, *(each.start for each in found)]
    ends = [*starts[1:], len(lines)]
    parts = ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    return dict(zip(keys, parts, strict=True))


def _merge_chunks(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> tuple[str, bool]:
    clean = True
    parts: list[str] = []
    for key in _order(list(mine), list(theirs)):
        old, my, their = (version.get(key, "") for version in (base, mine, theirs))
        chosen = their
        if not _same(my, old) and not _same(my, their):
            if _same(their, old):
                chosen = my
            else:
                clean = False
        parts.append(chosen)
    return _glued(parts), clean


def _order(mine: list[str], theirs: list[str]) -> list[str]:
    """Return all keys in the order of theirs, each that is only mine behind its neighbor."""
    order = list(theirs)
    for position, key in enumerate(mine):
        if key not in order:
            before = [each for each in mine[:position] if each in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return order


def _same(one: str, other: str) -> bool:
    return one.strip() == other.strip()


def _glued(parts: list[str]) -> str:
    text = ""
    for part in filter(None, parts):
        if text.strip():
            text = text.rstrip("\n") + "\n\n" + part.lstrip("\n") if not text.endswith("\n\n") else text + part
        else:
            text += part
    return text
