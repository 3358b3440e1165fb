"""Lineage: a strong example and the versions that were made of it, each in its own place.

After *approximation* in the C!E System Innovation Framework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from reflect.store.catalog import Row

KIND = "approximation"
HEART, HOME, CHANGES = "Its heart", "Our home", "What we keep, what we change, and why"
NOT_YET_OURS = "not yet ours"
QUESTION = "What would the makers of the example like to know?"


@dataclass(frozen=True)
class Version:
    """A record and the approximations that studied it; the root is the strong example.

    `is_cut` says that it stands further up already: the links go in a circle.
    """

    row: Row
    heart: str = ""
    changes: str = ""
    is_ours: bool = True
    is_cut: bool = False
    versions: list[Version] = field(default_factory=list)

    def walk(self, depth: int = 0) -> list[tuple[int, Version]]:
        """Return this version and all made of it with their depth, in order."""
        found = [(depth, self)]
        for each in self.versions:
            found += each.walk(depth + 1)
        return found


def lineage(
    row: Row, rows: Iterable[Row], by_id: Callable[[str], Row | None], section: Callable[[Row, str], str]
) -> Version:
    """Return the tree that a record stands in, from the strong example down, across communities.

    `rows` are all approximations, `by_id` finds the record an id names, `section` gives the text of a section.
    """
    made_of: dict[str, list[Row]] = {}
    for each in rows:
        for example in each.list_of("example"):
            made_of.setdefault(example, []).append(each)
    return _version(_strong_example(row, by_id), made_of, section, ())


def _strong_example(row: Row, by_id: Callable[[str], Row | None]) -> Row:
    """Return what a record goes back to; where the links go in a circle, the last before it closes."""
    seen = {row.id}
    while (example := next(filter(None, map(by_id, row.list_of("example"))), None)) and example.id not in seen:
        seen.add(example.id)
        row = example
    return row


def _version(
    row: Row, made_of: dict[str, list[Row]], section: Callable[[Row, str], str], above: Sequence[str]
) -> Version:
    if row.id in above:
        return Version(row, is_cut=True)
    below = sorted(made_of.get(row.id, []), key=lambda each: (each.sort, each.id))
    versions = [_version(each, made_of, section, (*above, row.id)) for each in below]
    if row.kind != KIND:
        return Version(row, versions=versions)
    is_ours = bool(section(row, HOME).strip())
    return Version(row, section(row, HEART), section(row, CHANGES), is_ours, versions=versions)
