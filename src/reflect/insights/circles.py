"""Three circles and their symmetry: what was noted of each, beside what a community believes.

After the C!E System Innovation Framework: policy, behaviors and mindsets, and the instructional core in the middle.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reflect.records.textforms import folded
from reflect.store.catalog import Row

POLICY, MINDSETS, CORE = "policy", "behaviors and mindsets", "instructional core"
CIRCLES = (POLICY, MINDSETS, CORE)
BY_KIND = {"policy": POLICY, "call-in": MINDSETS, "instructional-core": CORE, "equity-use-case": CORE}
WHOLE = "the whole core"
BELIEFS = ("learners", "learning", "readiness", WHOLE)
IN_LINE, AGAINST, UNSURE = "in line with our core", "against it", "cannot tell yet"
SIGNS = {IN_LINE: "✓", AGAINST: "✗", UNSURE: "?"}
# What may follow where something pulls against the core.
FOLLOWING = ("call-in", "question", "policy")
QUESTION = "What follows where it pulls against our core?"
NO_CORE = "Write down first what you believe about learners, learning and readiness, with those it touches."


@dataclass(frozen=True)
class Placed:
    """A record in its circle; `followed_by` are the call-ins, questions and policies that answer it."""

    row: Row
    circle: str
    belief: str
    fit: str
    followed_by: tuple[Row, ...] = ()

    @property
    def sign(self) -> str:
        """✓ in line, ✗ against, ? cannot tell; `""` where nothing was said of it."""
        return SIGNS.get(self.fit, "")

    @property
    def is_open(self) -> bool:
        """Whether it pulls against the core and nothing follows from that yet."""
        return self.fit == AGAINST and not self.followed_by


@dataclass(frozen=True)
class Circles:
    """The newest instructional core and the records around it, newest first; `core` is None where none was written."""

    core: Row | None
    placed: tuple[Placed, ...]

    def of(self, circle: str) -> list[Placed]:
        """Return the records of one circle."""
        return [each for each in self.placed if each.circle == circle]

    def cell(self, belief: str, circle: str) -> list[Placed]:
        """Return what the table of symmetry holds for one belief in one circle: records with something said of them."""
        return [each for each in self.of(circle) if each.belief == belief and each.sign]

    def still_open(self) -> list[Placed]:
        """Return what pulls against the core with nothing that follows, the oldest first."""
        return [each for each in reversed(self.placed) if each.is_open]


def circles(
    rows: Iterable[Row],
    linking_to: Callable[[Row], Sequence[Row]],
    named_by: Mapping[str, Collection[int]] | None = None,
) -> Circles:
    """Return the circles of these records; `linking_to` gives what links to a record.

    `named_by` gives the numbers of the records that link to a belief by its name.
    """
    newest_first = sorted(rows, key=lambda row: (row.sort, row.id), reverse=True)
    cores = [row for row in newest_first if row.kind == "instructional-core"]
    replaced = {each for row in cores for each in row.list_of("replaces")}
    core = next((row for row in cores if row.id not in replaced), None)
    return Circles(core, tuple(_placed(row, linking_to, named_by or {}) for row in newest_first if circle_of(row)))


def circle_of(row: Row) -> str:
    """Return the circle a record falls in: the one it names, else that of its kind; `""` for none."""
    named = row.text_of("circle")
    return named if named in CIRCLES else BY_KIND.get(row.kind, "")


def versions(rows: Iterable[Row], newest: Row) -> list[Row]:
    """Return a core, or a definition of leadership, and what it replaced, the newest first; a circle is cut."""
    by_id: Mapping[str, Row] = {row.id: row for row in rows if row.id}
    found = [newest]
    while (earlier := by_id.get(found[-1].text_of("replaces"))) is not None and earlier not in found:
        found.append(earlier)
    return found


def _placed(row: Row, linking_to: Callable[[Row], Sequence[Row]], named_by: Mapping[str, Collection[int]]) -> Placed:
    fit = row.text_of("fit")
    following = [each for each in linking_to(row) if each.kind in FOLLOWING] if fit == AGAINST else []
    tags = {folded(tag) for tag in row.tags}
    belief = next((each for each in BELIEFS if each in tags or row.rowid in named_by.get(each, ())), WHOLE)
    return Placed(row, circle_of(row), belief, fit, tuple(following))
