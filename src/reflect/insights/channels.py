"""Channels of learning: from whom to whom needs and learning travel, and where they are stuck.

After the C!E System Innovation Framework.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reflect.records.textforms import folded
from reflect.store.catalog import Row

KIND = "channel"
SIGNS = {"flows": "✓", "slow": "~", "stuck": "✗"}
UNKNOWN = "?"
BOTH_WAYS = "both ways"
# The fields in which records of an agenda name the groups that it brings together.
NAMED_IN = ("voices_needed", "heard", "speaking_as")
QUESTION = "Who could carry it?"


@dataclass(frozen=True)
class Path:
    """One channel from one group to another."""

    row: Row
    start: str
    end: str
    goes_both_ways: bool

    @property
    def sign(self) -> str:
        """✓ flows, ~ slow, ✗ stuck, ? unknown."""
        return SIGNS.get(self.row.text_of("moves"), UNKNOWN)


@dataclass(frozen=True)
class Channels:
    """All paths, those that are stuck first, and the pairs of groups that share an agenda with no path between them."""

    paths: tuple[Path, ...]
    no_path_yet: tuple[tuple[str, str], ...]


def channels(rows: Iterable[Row]) -> Channels:
    """Return the channels among records, and who shares an agenda without one."""
    given = list(rows)
    paths = [path for row in given if row.kind == KIND for path in _paths(row)]
    joined = {frozenset((folded(path.start), folded(path.end))) for path in paths}
    missing = [pair for pair in _sharing_an_agenda(given) if frozenset(map(folded, pair)) not in joined]
    order = [*reversed(SIGNS.values()), UNKNOWN]
    paths.sort(key=lambda path: (order.index(path.sign), folded(path.start), folded(path.end)))
    return Channels(tuple(paths), tuple(missing))


def _paths(row: Row) -> list[Path]:
    both = row.text_of("way") == BOTH_WAYS
    pairs = itertools.product(row.list_of("from"), row.list_of("to"))
    return [Path(row, start, end, both) for start, end in pairs if folded(start) != folded(end)]


def _sharing_an_agenda(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Return each pair of groups that an agenda names, those that share most agendas first, in the words of each."""
    words: dict[str, str] = {}
    groups: dict[str, set[str]] = {}
    for row in rows:
        agenda = row.id if row.kind == "agenda" else row.agenda
        for group in (group for name in NAMED_IN for group in row.list_of(name)) if agenda else ():
            words.setdefault(folded(group), group)
            groups.setdefault(agenda, set()).add(folded(group))
    shared = Counter(pair for each in groups.values() for pair in itertools.combinations(sorted(each), 2))
    pairs = sorted(shared, key=lambda pair: (-shared[pair], pair))
    return [(words[first], words[second]) for first, second in pairs]
