"""How findings travel: one of them level by level with what came of it, and all of them between communities.

After the spiral of “Essential Learning: Leadership for Learning” and the practice areas of the Center for Innovation
in Education.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reflect.insights.patterns.learning import tells_of_carrying
from reflect.records.review.shareable import CARRIED_FROM, CARRIED_ID
from reflect.store.catalog import Row

LEVELS = ("classroom", "school", "district", "region", "state", "nation")
CAME = ("response", "decision", "policy")
WHO = "Who up there should have answered?"


@dataclass(frozen=True)
class Place:
    """A finding at one level: the agenda it belongs to there, and what came of it.

    `is_raised`: it was carried to a higher level than the one before. `is_withdrawn`: its original is gone.
    """

    row: Row
    agenda: Row | None = None
    level: str = ""
    came: tuple[Row, ...] = ()
    before: Row | None = None
    is_raised: bool = False
    is_withdrawn: bool = False

    @property
    def answers(self) -> list[Row]:
        """What came of it, without the answers that only tell that it was carried on."""
        return [row for row in self.came if not tells_of_carrying(row)]


@dataclass(frozen=True)
class Spiral:
    """A finding with its copies, from the lowest level up; `is_cut`: what was carried goes round."""

    asked: Row
    places: tuple[Place, ...]
    is_cut: bool = False

    @property
    def raised(self) -> list[Place]:
        """The copies on a higher level."""
        return [place for place in self.places if place.is_raised]

    def unanswered(self, season_began: str) -> list[Place]:
        """Return the copies raised before this season began of which nothing came."""
        return [place for place in self.raised if not place.answers and place.row.day < season_began]


@dataclass(frozen=True)
class Move:
    """The findings that went from one community to another, newest first."""

    start: str
    end: str
    rows: tuple[Row, ...]


def spiral(
    asked: Row,
    copies: Sequence[Row],
    find: Callable[[str], Row | None],
    came_of: Callable[[Row], Iterable[Row]],
    is_withdrawn: Callable[[Row], bool],
) -> Spiral:
    """Return the places of a finding; `copies` are all that were carried, `find` gives the record that an id means."""
    origin, is_cut = _origin(asked, find)
    places = [_place(origin, None, find, came_of, is_withdrawn)]
    known = {origin.rowid}
    for place in places:
        for row in copies:
            before = find(row.text_of(CARRIED_ID))
            if row.rowid not in known and before is not None and before.rowid == place.row.rowid:
                known.add(row.rowid)
                places.append(_place(row, place, find, came_of, is_withdrawn))
    places.sort(key=lambda place: (_height(place.level), place.row.sort, place.row.id))
    return Spiral(asked, tuple(places), is_cut)


def movement(copies: Iterable[Row], find: Callable[[str], Row | None], places: Mapping[str, str]) -> tuple[Move, ...]:
    """Return from where to where findings were carried, by name; `places` gives the place that calls itself so."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in copies:
        origin = find(row.text_of(CARRIED_ID))
        told = row.text_of(CARRIED_FROM).partition(" ← ")[0].split(" · ")[0]
        start = origin.place if origin is not None and origin.place else places.get(told, told)
        if start and row.place and start != row.place:
            found.setdefault((start, row.place), []).append(row)
    newest_first = {
        pair: sorted(rows, key=lambda row: (row.sort, row.id), reverse=True) for pair, rows in found.items()
    }
    return tuple(Move(start, end, tuple(rows)) for (start, end), rows in sorted(newest_first.items()))


def _origin(row: Row, find: Callable[[str], Row | None]) -> tuple[Row, bool]:
    seen = {row.rowid}
    while (before := find(row.text_of(CARRIED_ID))) is not None:
        if before.rowid in seen:
            return row, True
        seen.add(before.rowid)
        row = before
    return row, False


def _place(
    row: Row,
    before: Place | None,
    find: Callable[[str], Row | None],
    came_of: Callable[[Row], Iterable[Row]],
    is_withdrawn: Callable[[Row], bool],
) -> Place:
    agenda = find(row.agenda) if row.agenda else None
    level = agenda.text_of("level") if agenda is not None else ""
    came = sorted((each for each in came_of(row) if each.kind in CAME), key=lambda each: (each.sort, each.id))
    below = before.level if before is not None else ""
    return Place(
        row, agenda, level, tuple(came), before.row if before else None,
        is_raised=bool(before and level in LEVELS and _height(level) > _height(below, -1)),
        is_withdrawn=bool(row.text_of(CARRIED_FROM)) and is_withdrawn(row),
    )  # fmt: skip


def _height(level: str, unknown: int = len(LEVELS)) -> int:
    return LEVELS.index(level) if level in LEVELS else unknown
