"""One agenda as a tree: questions, and what belongs to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reflect.insights.loops import OpenLoop
from reflect.insights.openness import Openness
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


@dataclass(frozen=True)
class Agenda:
    """An agenda with its records, its openness and its open loops."""

    row: Row
    rows: Sequence[Row]
    openness: Openness
    loops: Sequence[OpenLoop]

    def of_kind(self, kind: str) -> list[Row]:
        """Return its records of one kind, oldest first."""
        return [row for row in self.rows if row.kind == kind]

    def tree(self) -> Branch:
        """Return the agenda as a tree: by question, then by the record that each grew from."""
        return _tree(self.row, self.rows)


# Which fields say what a record hangs on, the nearest first.
PARENTS = ("from", "findings", "question", "parent", "to", "pilot", "theory", "problem")


def _tree(agenda: Row, rows: Sequence[Row]) -> Branch:
    by_id = {row.id: Branch(row) for row in rows if row.id}
    root = Branch(agenda)
    placed: set[str] = set()
    for row in sorted(rows, key=lambda row: (row.kind != "question", row.sort, row.id)):
        branch = by_id.get(row.id, Branch(row))
        parent = next((by_id[each] for name in PARENTS for each in row.list_of(name) if each in by_id), None)
        if parent is None or _hangs_on(parent.row, row, by_id):
            root.branches.append(branch)
        else:
            parent.branches.append(branch)
        placed.add(row.id)
    return root


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
