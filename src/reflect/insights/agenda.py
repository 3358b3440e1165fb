"""One agenda as a tree: questions, and what belongs to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reflect.insights.loops import OpenLoop
from reflect.insights.openness import Openness
from reflect.insights.ordering import position_of
from reflect.store.catalog import Row


@dataclass(frozen=True)
class Branch:
    """A record and what hangs on it; the root's `row` is the agenda."""

    row: Row
    branches: list[Branch] = field(default_factory=list)

    def walk(self, depth: int = 0) -> list[tuple[int, Row]]:
        """Return this record and all below it with their depth, in order."""
        found = [(depth, self.row)]
        for branch in self.branches:
            found += branch.walk(depth + 1)
        return found

    def everything(self) -> Iterator[Branch]:
        """Yield this record and all that hangs on it."""
        yield self
        for branch in self.branches:
            yield from branch.everything()


@dataclass(frozen=True)
class Agenda:
    """An agenda with its records, its openness and its open loops.

    One that was shared is one with its copies: `rows` are the records of all of them, each once.
    `copies` are by the id of the record they are copies of.
    """

    row: Row
    rows: Sequence[Row]
    openness: Openness
    loops: Sequence[OpenLoop]
    copies: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Row]:
        """Return its records of one kind, oldest first, those that were shared with their copies."""
        copied = [copy for copies in self.copies.values() for copy in copies]
        return sorted((row for row in [*self.rows, *copied] if row.kind == kind), key=lambda row: (row.sort, row.id))

    def tree(self) -> Branch:
        """Return the agenda as a tree: by question, then by the record that each grew from."""
        aliases = {copy.id: own for own, copies in self.copies.items() for copy in copies}
        return _tree(self.row, self.rows, aliases)


def questions_beside(tree: Branch, row: Row) -> list[Row]:
    """Return the questions that stand beside one in its agenda, itself among them, in their order."""
    for branch in tree.everything():
        beside = [each.row for each in branch.branches if each.row.kind == "question"]
        if any(each.ref == row.ref for each in beside):
            return beside
    return []


# Which fields say what a record hangs on, the nearest first.
PARENTS = ("from", "findings", "question", "parent", "to", "pilot", "theory", "problem")


def _tree(agenda: Row, rows: Sequence[Row], aliases: Mapping[str, str]) -> Branch:
    by_id = {row.id: Branch(row) for row in rows if row.id}
    # What names a copy hangs on the record it is a copy of.
    by_id |= {copy: by_id[own] for copy, own in aliases.items() if own in by_id}
    root = Branch(agenda)
    placed: set[str] = set()
    for row in sorted(rows, key=_place):
        branch = by_id.get(row.id, Branch(row))
        parent = next((by_id[each] for name in PARENTS for each in row.list_of(name) if each in by_id), None)
        if parent is None or _hangs_on(parent.row, row, by_id):
            root.branches.append(branch)
        else:
            parent.branches.append(branch)
        placed.add(row.id)
    return root


def _place(row: Row) -> tuple[bool, bool, float, str, str]:
    """Return what a record is ordered by among those beside it: questions first, by their place where they have one."""
    position = position_of(row) if row.kind == "question" else None
    return row.kind != "question", position is None, position or 0.0, row.sort, row.id


def _hangs_on(start: Row, on: Row, by_id: dict[str, Branch]) -> bool:
    """Say whether `start` hangs, over any number of steps, on `on`: then the link would be a circle."""
    seen: set[str] = set()
    current: Row | None = start
    while current is not None and current.id not in seen:
        if current.id == on.id:
            return True
        seen.add(current.id)
        parents = (each for name in PARENTS for each in current.list_of(name) if each in by_id)
        parent = next(parents, None)
        current = by_id[parent].row if parent else None
    return False
