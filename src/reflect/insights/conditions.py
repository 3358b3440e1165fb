"""A conditions map: what holds a problem in place, at three levels, and what changed from one map to the next.

The six conditions and their levels are those of J. Kania, M. Kramer and P. Senge, *The Water of Systems Change*,
FSG, 2018; the two lines in each are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reflect.records.textforms import folded
from reflect.store.catalog import Row

LEVELS = ("structural", "relational", "transformative")
# Slug, title of the section, level: from what is easy to see to what is hardest to see.
SIX = (
    ("policies", "Policies", "structural"),
    ("practices", "Practices", "structural"),
    ("resource-flows", "Resource flows", "structural"),
    ("relationships-and-connections", "Relationships and connections", "relational"),
    ("power-dynamics", "Power dynamics", "relational"),
    ("mental-models", "Mental models", "transformative"),
)
HOLDS = ("holds it", "lo sostiene")
WANT = ("we want", "queremos")
MARK = re.compile(r"^[ \t>*_-]{0,8}([^\W\d][^:\n]{0,24}):[*_ ]{0,4}(.*)$")


@dataclass(frozen=True)
class Condition:
    """One condition of a map: what holds the problem, what is wanted instead, and what else stands there."""

    slug: str
    title: str
    level: str
    holds: str = ""
    want: str = ""
    other: str = ""
    is_strongest: bool = False
    is_worked_on: bool = False

    @property
    def has_text(self) -> bool:
        """Whether anything stands there."""
        return bool(self.holds or self.want or self.other)

    @property
    def words(self) -> str:
        """All that stands there, however it is written."""
        return folded(" ".join(f"{self.holds} {self.want} {self.other}".split()))


@dataclass(frozen=True)
class ConditionsMap:
    """One map, of the day `as_of`."""

    row: Row
    as_of: str
    conditions: tuple[Condition, ...]

    def at(self, level: str) -> list[Condition]:
        """Return the conditions of a level."""
        return [each for each in self.conditions if each.level == level]

    @property
    def empty_levels(self) -> list[str]:
        """The levels about which nothing stands there."""
        return [level for level in LEVELS if not any(each.has_text for each in self.at(level))]


@dataclass(frozen=True)
class MapsBeside:
    """The newer of two maps, the older if there is one, the slugs of what changed, and what to ask."""

    newer: ConditionsMap
    older: ConditionsMap | None
    changed: tuple[str, ...]
    asks: str
    asks_at: str


def conditions_map(row: Row, section: Callable[[Row, str], str]) -> ConditionsMap:
    """Return a map from its record; `section` gives the text under a heading."""
    strongest, worked_on = row.list_of("strongest"), row.list_of("working_on")
    found = tuple(
        Condition(slug, title, level, *_lines(section(row, title)), slug in strongest, slug in worked_on)
        for slug, title, level in SIX
    )
    return ConditionsMap(row, row.text_of("as_of") or row.day, found)


def beside(newer: ConditionsMap, older: ConditionsMap | None) -> MapsBeside:
    """Return two maps side by side; a condition changed when its text says something else."""
    changed: tuple[str, ...] = ()
    if older is not None:
        pairs = zip(newer.conditions, older.conditions, strict=True)
        changed = tuple(now.slug for now, then in pairs if now.words != then.words)
    empty = newer.empty_levels
    if empty:
        at = next(title for _, title, level in SIX if level == empty[0])
        return MapsBeside(newer, older, changed, f"Nothing stands there yet on the {empty[0]} level. What is it?", at)
    deep = [each for each in newer.conditions if each.level != LEVELS[0]]
    if not any(each.is_worked_on for each in deep):
        asks = "What would we try on relationships, power or beliefs?"
    elif older is not None and not changed:
        asks = "Nothing in the map changed. Has nothing changed, or did we not look?"
    else:
        asks = "Which of these would those who live it draw otherwise?"
    return MapsBeside(newer, older, changed, asks, "")


def _lines(text: str) -> tuple[str, str, str]:
    """Return what stands behind *holds it* and behind *we want*, and the rest; a line goes on until the next mark."""
    parts: dict[str, list[str]] = {"holds": [], "want": [], "other": []}
    current = "other"
    for line in text.splitlines():
        marked = MARK.match(line)
        name = folded(marked[1].strip(" *_")) if marked else ""
        if name in HOLDS or name in WANT:
            current = "holds" if name in HOLDS else "want"
            line = marked[2] if marked else ""
        elif not line.strip():
            # A blank line ends what belongs to a mark.
            current = "other"
        parts[current].append(line.strip(" \t-*"))
    holds, want, other = (" ".join(filter(None, parts[name])) for name in ("holds", "want", "other"))
    return holds, want, other
