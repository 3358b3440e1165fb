"""The chain from a problem of practice to what became of it: each link is one field of one record.

After the templates of “Equitable Systems Transformation”, Digital Promise; that links are fields, and where something
is said to be missing, is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reflect.records.yaml_block import Value
from reflect.store.catalog import Row

RECORD, MISSING, AGAIN, CIRCLE = "record", "missing", "again", "circle"
PROBLEM, USE_CASE, THEORY, STUDIO = "problem-of-practice", "equity-use-case", "theory-of-action", "design-studio"

# By which field a record of a kind hangs on which kinds, the nearest first.
PARENTS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    PROBLEM: (),
    "dossier": (("problem", (PROBLEM,)),),
    "conditions-map": (("problem", (PROBLEM,)),),
    USE_CASE: (("problem", (PROBLEM,)),),
    THEORY: (("use_case", (USE_CASE,)), ("problem", (PROBLEM,))),
    STUDIO: (("theory", (THEORY,)),),
    "pilot": (("studio", (STUDIO,)), ("theory", (THEORY,))),
    "cycle": (("before", ("cycle",)), ("pilot", ("pilot",))),
    "finding": (("from", ("cycle", "pilot")),),
    "decision": (("findings", ("finding",)),),
    "response": (("to", ("decision",)),),
}
# What is asked for below a record where nothing of that kind hangs on it.
EXPECTED = {
    PROBLEM: ("dossier", "conditions-map", USE_CASE),
    USE_CASE: (THEORY,),
    THEORY: (STUDIO,),
    STUDIO: ("pilot",),
    "pilot": ("cycle",),
    "finding": ("decision",),
    "decision": ("response",),
}
# What any record may hang on besides; such a one is in no chain, and nothing is missing above it.
ELSEWHERE = {"finding": "from", "response": "to"}


@dataclass(frozen=True)
class Step:
    """One line of the chain: a record, or a place where one is missing.

    `state` says which, or that the record stands above already, or that a circle is cut here. `fields` are what a
    missing record would begin with; `under` is the record and the field that are to name it.
    """

    depth: int
    kind: str
    state: str = RECORD
    row: Row | None = None
    is_asked: bool = False
    fields: Mapping[str, Value] = field(default_factory=dict)
    under: tuple[Row, str] | None = None


@dataclass(frozen=True)
class Chain:
    """A chain as lines from its beginning down; `says` tells what was cut."""

    asked: Row
    steps: tuple[Step, ...]
    says: tuple[str, ...] = ()


def chain(asked: Row, rows: Sequence[Row], aliases: Mapping[str, str] | None = None) -> Chain:
    """Return the whole chain in which a record stands, from records that were gathered around it.

    `aliases` are ids of shared copies, and the id that each is a copy of.
    """
    known = {row.id: row for row in [*rows, asked] if row.id}
    links = _Links(known, aliases or {})
    walk = _Walk(asked, links)
    steps = [step for root in links.roots_of(asked) for step in walk.down(root)]
    return Chain(asked, tuple(steps), tuple(walk.says))


def parents_of(row: Row, known: Mapping[str, Row], name_of: Callable[[str], str] = str) -> list[tuple[str, Row]]:
    """Return (field, record) for each that a record hangs on: those of its nearest field that leads anywhere."""
    for name, kinds in PARENTS.get(row.kind, ()):
        named = [known.get(name_of(each)) for each in row.list_of(name)]
        found = [(name, each) for each in named if each is not None and each.kind in kinds]
        if found:
            return found
    return []


class _Links:
    """Who hangs on whom."""

    def __init__(self, known: Mapping[str, Row], aliases: Mapping[str, str]) -> None:
        self._known = known
        self._aliases = aliases
        self._children: dict[str, list[Row]] = {}
        for row in sorted(known.values(), key=_place):
            for _, parent in self.parents(row):
                self._children.setdefault(parent.id, []).append(row)

    def parents(self, row: Row) -> list[tuple[str, Row]]:
        return parents_of(row, self._known, lambda each: self._aliases.get(each, each))

    def children(self, row: Row) -> list[Row]:
        return self._children.get(row.id, [])

    def roots_of(self, row: Row) -> list[Row]:
        """Return what a chain begins with: those above that hang on nothing, of a circle the record itself."""
        above, waiting = {row.id: row}, [row]
        while waiting:
            for _, parent in self.parents(waiting.pop()):
                if parent.id not in above:
                    above[parent.id] = parent
                    waiting.append(parent)
        roots = [each for each in above.values() if not self.parents(each)]
        return sorted(roots, key=_place) or [row]


class _Walk:
    """Goes down a chain once, and keeps what it has met."""

    def __init__(self, asked: Row, links: _Links) -> None:
        self._asked = asked
        self._links = links
        self._met: set[str] = set()
        self.says: list[str] = []

    def down(self, root: Row) -> Iterator[Step]:
        """Yield a record and all that hangs on it, with what is missing in between."""
        above = _missing_above(root)
        if above is not None:
            yield above
        yield from self._visit(root, 0 if above is None else 1, ())

    def _visit(self, row: Row, depth: int, path: tuple[str, ...]) -> Iterator[Step]:
        step = Step(depth, row.kind, RECORD, row, row.id == self._asked.id)
        if row.id in path:
            self.says.append(f"“{row.title}” leads back to itself; the circle is cut there.")
            yield Step(depth, row.kind, CIRCLE, row)
            return
        if row.id and row.id in self._met:
            yield Step(depth, row.kind, AGAIN, row)
            return
        self._met.add(row.id)
        yield step
        children = self._links.children(row)
        for child in children:
            between = _missing_between(row, child, depth + 1)
            if between is not None:
                yield between
            yield from self._visit(child, depth + 1 + (between is not None), (*path, row.id))
        yield from self._missing_below(row, children, depth + 1)

    def _missing_below(self, row: Row, children: Sequence[Row], depth: int) -> Iterator[Step]:
        kinds = {child.kind for child in children}
        # A step that was left out stands already where something further on hangs directly on this record.
        stepped_over = {_stepped_over(row, child) for child in children}
        for kind in EXPECTED.get(row.kind, ()):
            if kind not in kinds and kind not in stepped_over:
                yield _missing(kind, row, depth)
        if row.kind == "cycle" and row.text_of("next") == "adapt" and "cycle" not in kinds:
            pilot: Mapping[str, Value] = {"pilot": row.text_of("pilot")} if row.text_of("pilot") else {}
            yield Step(depth, "cycle", MISSING, fields={"before": row.id, **pilot})
        if row.kind == "pilot" and kinds & {"cycle"} and not self._has_finding(row, ()):
            last = [child for child in children if child.kind == "cycle"][-1]
            yield Step(depth, "finding", MISSING, fields={"from": [last.id]})

    def _has_finding(self, row: Row, path: tuple[str, ...]) -> bool:
        below = [each for each in self._links.children(row) if each.id not in path]
        return any(each.kind == "finding" or self._has_finding(each, (*path, row.id)) for each in below)


def _missing(kind: str, on: Row, depth: int) -> Step:
    name, value = next((name, on.id) for name, kinds in PARENTS[kind] if on.kind in kinds)
    fields: dict[str, Value] = {name: [value] if name in ("from", "findings") else value}
    if kind == THEORY and on.text_of("problem"):
        fields["problem"] = on.text_of("problem")
    if kind == "pilot" and on.text_of("theory"):
        fields["theory"] = on.text_of("theory")
    return Step(depth, kind, MISSING, fields=fields)


def _stepped_over(parent: Row, child: Row) -> str:
    """Return the kind of the step between a record and one that hangs on it by a further link, `""` for none."""
    links = PARENTS.get(child.kind, ())
    nearest = links[0][1] if links else ()
    is_nearest = parent.kind in nearest or child.kind == "cycle"
    return "" if is_nearest or not nearest else nearest[0]


def _missing_between(parent: Row, child: Row, depth: int) -> Step | None:
    kind = _stepped_over(parent, child)
    if not kind:
        return None
    name = PARENTS[child.kind][0][0]
    own = next(name for name, kinds in PARENTS[kind] if parent.kind in kinds)
    return Step(depth, kind, MISSING, fields={own: parent.id}, under=(child, name))


def _missing_above(root: Row) -> Step | None:
    links = PARENTS.get(root.kind, ())
    if not links or (root.kind in ELSEWHERE):
        return None
    name, kinds = links[-1] if root.kind == "cycle" else links[0]
    return Step(0, kinds[0], MISSING, under=(root, name))


ORDER = {kind: number for number, kind in enumerate(PARENTS)}


def _place(row: Row) -> tuple[int, str, str]:
    return ORDER.get(row.kind, len(ORDER)), row.sort, row.id
