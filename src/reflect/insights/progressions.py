"""Progressions: how the areas of a rubric were rated over time. Ratings stand side by side, never averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reflect.insights.measure import plain_number
from reflect.records.compose import Content
from reflect.records.rubrics import Area, Rubric
from reflect.records.series import Point, read_series, with_points
from reflect.records.textforms import folded
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row

KIND = "progression"
SEEN, DIFFERED, NEXT = "What we see today", "Where raters differed", "What we practice next"
UP, DOWN, SAME, APART, NONE = "up", "down", "same", "apart", ""
QUESTIONS = {
    UP: "What made it move?",
    DOWN: "What was learned here?",
    APART: "What does each of them see?",
    SAME: "What would one step look like?",
    NONE: "What do we see today?",
}


@dataclass(frozen=True)
class Rated:
    """The ratings of one day: all of them, in the order in which they were given."""

    day: str
    levels: tuple[Decimal, ...]

    @property
    def words(self) -> str:
        """The levels as they are shown: `2`, or `2 and 3` for two raters."""
        return " and ".join(plain_number(each) for each in self.levels)


@dataclass(frozen=True)
class Progression:
    """One area with its ratings by day, the records in which they stand, and what in these is no level."""

    area: Area
    rows: tuple[Row, ...]
    ratings: tuple[Rated, ...]
    unread: tuple[str, ...] = ()

    @property
    def movement(self) -> str:
        """Where the last day lies beside all ratings of the day before it; `apart` where its own differ."""
        if not self.ratings:
            return NONE
        now = self.ratings[-1].levels
        if len(set(now)) > 1:
            return APART
        if len(self.ratings) < 2:
            return SAME
        before = self.ratings[-2].levels
        return UP if now[0] > max(before) else DOWN if now[0] < min(before) else SAME

    @property
    def question(self) -> str:
        """What it asks."""
        return QUESTIONS[self.movement]


@dataclass(frozen=True)
class Progressions:
    """A rubric with all its areas as they were rated."""

    rubric: Rubric
    areas: tuple[Progression, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was rated yet."""
        return not any(each.ratings for each in self.areas)

    @property
    def asks_of(self) -> Progression | None:
        """The area to ask about: one that went down, else where raters differ, else the first that was rated."""
        rated = [each for each in self.areas if each.ratings]
        order = (DOWN, APART, UP, SAME)
        return min(rated, key=lambda each: order.index(each.movement), default=None)


def progressions(rubric: Rubric, rows: Sequence[Row]) -> Progressions:
    """Return the areas of a rubric with the ratings that stand in some records, in the order of the rubric."""
    return Progressions(rubric, tuple(_progression(rubric, area, rows) for area in rubric.areas))


def is_of(row: Row, rubric: Rubric, area: Area | None = None) -> bool:
    """Say whether a record holds ratings of a rubric, and of an area of it."""
    if folded(row.text_of("rubric")) not in (folded(rubric.name), folded(rubric.title), folded(rubric.title_es)):
        return False
    names = (area.slug, area.title, area.title_es) if area else ()
    return area is None or folded(row.text_of("area")) in {folded(each) for each in names if each}


def _progression(rubric: Rubric, area: Area, rows: Sequence[Row]) -> Progression:
    own = [row for row in rows if is_of(row, rubric, area)]
    days: dict[str, list[Decimal]] = {}
    unread: list[str] = []
    for row in sorted(own, key=lambda row: row.sort):
        series = read_series(row.fields.get("ratings"))
        unread += series.unread
        for point in series.points:
            if is_level(rubric, point.value):
                days.setdefault(point.day, []).append(point.value)
            else:
                unread.append(f"{point.day}={plain_number(point.value)}")
    ratings = tuple(Rated(day, tuple(days[day])) for day in sorted(days))
    return Progression(area, tuple(own), ratings, tuple(unread))


def is_level(rubric: Rubric, value: Decimal) -> bool:
    """Say whether a number is a whole level of a rubric."""
    return value == value.to_integral_value() and 1 <= value <= len(rubric.levels)


@dataclass(frozen=True)
class Rating:
    """What was said of one area on one day: a level for each who rated, the evidence, and which groups rated.

    Without a level it is what was seen there alone.
    """

    rubric: Rubric
    area: Area
    day: str
    levels: tuple[int, ...]
    evidence: str = ""
    agenda: str = ""
    rated_by: tuple[str, ...] = ()

    @property
    def points(self) -> list[Point]:
        """The levels as points of a series."""
        return [Point(self.day, Decimal(level)) for level in self.levels]


def content_of(rating: Rating, lang: str = "en") -> Content:
    """Return a new progression with its first ratings."""
    fields: dict[str, Value] = {
        "rubric": rating.rubric.name,
        "area": rating.area.slug,
    }
    if rating.levels:
        fields["ratings"] = with_points(None, rating.points)
    if rating.rated_by:
        fields["rated_by"] = list(rating.rated_by)
    sections = {SEEN: _dated(rating)} if rating.evidence else {}
    return Content(title=rating.area.shown_title(lang), agenda=rating.agenda, fields=fields, sections=sections)


def changes_of(
    rating: Rating, fields: Mapping[str, Value], seen: str
) -> tuple[dict[str, Value | None], dict[str, str]]:
    """Return the fields and sections of a progression that get more ratings; `seen` is the evidence so far."""
    values: dict[str, Value | None] = {}
    if rating.levels:
        values["ratings"] = with_points(fields.get("ratings"), rating.points)
    before = fields.get("rated_by", [])
    groups = [each for each in before if isinstance(each, str)] if isinstance(before, list) else []
    if new := [each for each in rating.rated_by if folded(each) not in map(folded, groups)]:
        values["rated_by"] = [*groups, *new]
    evidence = "\n".join(filter(None, [seen.strip(), _dated(rating)]))
    return values, ({SEEN: evidence} if rating.evidence else {})


def _dated(rating: Rating) -> str:
    return f"- {rating.day}: {rating.evidence.strip()}"
