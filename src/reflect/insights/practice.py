"""The practice at the desk: journeys, chains, pilots, maps and the library, from the catalog and the data files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reflect.community.communities import Communities
from reflect.community.shares import Copies
from reflect.errors import NotFound, ReflectError
from reflect.insights.agenda import Agenda
from reflect.insights.chain import PROBLEM, Chain, chain, parents_of
from reflect.insights.clauses import Known
from reflect.insights.conditions import ConditionsMap, MapsBeside, beside, conditions_map
from reflect.insights.desk import Desk
from reflect.insights.driver_diagram import AIM_SECTION, DRIVERS_SECTION, DriverDiagram, driver_diagram
from reflect.insights.gathering import gathered
from reflect.insights.journey import JourneyNow, journey_now
from reflect.insights.library import Library
from reflect.insights.measure import EVENTS_SECTION, Measure, measure_of
from reflect.insights.progressions import Progressions, progressions
from reflect.insights.tracking import Tracking, tracking
from reflect.records.journeys import Journey
from reflect.records.query import Filters
from reflect.records.rubrics import Rubric
from reflect.records.textforms import folded
from reflect.store.catalog import Catalog, Row
from reflect.store.data_check import journey_of_file, resources_of_file, rubric_of_file
from reflect.store.data_files import Found, Origin, read_data_files, shipped
from reflect.store.kind_files import Kinds
from reflect.store.state import LocalState

VAULT = "vault"


class Practice:
    """What there is of the practice beyond single records; `desk` gives a fresh look at the records."""

    def __init__(
        self,
        root: Path,
        catalog: Callable[[], Catalog],
        desk: Callable[[], Desk],
        kinds_of: Callable[[str], Kinds],
        communities: Callable[[], Communities],
        copies: Callable[[], Copies],
        state: Callable[[], LocalState],
        today: Callable[[], dt.date],
    ) -> None:
        self._root = root
        self._catalog = catalog
        self._desk = desk
        self._kinds_of = kinds_of
        self._communities = communities
        self._copies = copies
        self._state = state
        self._today = today

    # Journeys

    def journeys(self, place: str = "") -> tuple[list[Found[Journey]], list[str]]:
        """Return the journeys that hold in a place, `""` for the vault, and a sentence for each mistake.

        Raises NotFound for a place that is none.
        """
        own = Origin(VAULT, self._root / ".reflect" / "journeys")
        texts = self._communities().get(place).own_data.journeys if place else {}
        found, problems = read_data_files([Origin(place, texts), own, shipped("journeys")], journey_of_file)
        return sorted(found, key=lambda each: (not each.origin, each.name)), problems

    def journey(self, name: str, place: str = "") -> Found[Journey]:
        """Return the journey of a name or a title; raises NotFound with those that there are."""
        found, _ = self.journeys(place)
        for each in found:
            if folded(name) in (each.name, folded(each.thing.title), folded(each.thing.title_es)):
                return each
        known = ", ".join(each.name for each in found)
        raise NotFound(f"There is no journey called “{name}” here.", f"There are: {known}.")

    def journey_of(self, agenda: Agenda, name: str = "") -> JourneyNow | None:
        """Return where an agenda stands on the journey of this name, else on its own; None where it follows none.

        Raises NotFound for a name that is none. Where the agenda itself names none that exists, `says` tells.
        """
        wanted = name or agenda.row.text_of("journey")
        if not wanted:
            return None
        try:
            found = self._journey_for(agenda, wanted)
        except ReflectError as error:
            if name:
                raise
            return JourneyNow(Journey(wanted, wanted, ""), agenda.row, (), (str(error),))
        return journey_now(found, self._known(agenda, found))

    def _journey_for(self, agenda: Agenda, name: str) -> Journey:
        """Return a journey as it holds for an agenda: where it was shared, as the community has it if it has it."""
        shared = [copy.place for copy in agenda.copies.get(agenda.row.id, ()) if copy.place]
        for place in (agenda.row.place, *shared):
            if place and name in self._communities().get(place).own_data.journeys:
                return self.journey(name, place).thing
        return self.journey(name).thing

    def _known(self, agenda: Agenda, journey: Journey) -> Known:
        desk, catalog = self._desk(), self._catalog()
        named = set(catalog.links_of(agenda.row))
        rows = {row.rowid: row for row in [agenda.row, *agenda.rows]}
        problems = [row for row in rows.values() if row.kind == PROBLEM]
        problems += [row for row in catalog.with_ids(each.upper() for each in named) if row.kind == PROBLEM]
        linked, aliases = gathered(catalog, problems, self._copies(), goes_up=False)
        rows |= {row.rowid: row for row in linked}
        asked = {kind for stage in journey.stages for each in (*stage.entry, *stage.exit) for kind in each.kinds}
        desk.read_bodies(row for row in rows.values() if row.kind in asked)
        copies = {copy.id: own for own, found in agenda.copies.items() for copy in found}
        return Known(
            agenda=agenda.row,
            rows=list(rows.values()),
            kind_of=self._kinds_of(agenda.row.place).find,
            has_section=desk.has_section,
            is_sent=lambda row: bool(row.place) or row.id in agenda.copies or bool(self._copies().of(row.id)),
            openness=agenda.openness,
            today=self._today(),
            aliases={**aliases, **copies},
        )

    # Chains, pilots, maps

    def chain(self, row: Row) -> Chain:
        """Return the chain in which a record stands."""
        rows, aliases = gathered(self._catalog(), [row], self._copies())
        return chain(row, rows, aliases)

    def tracking(self, row: Row) -> Tracking:
        """Return the turns of a pilot, or of the pilot of a cycle; raises NotFound for other records."""
        rows, _ = gathered(self._catalog(), [row], self._copies())
        known = {each.id: each for each in rows if each.id}
        current: Row | None = row
        for _ in rows:
            if current is None or current.kind != "cycle":
                break
            by_id = known.get(current.text_of("pilot"))
            current = by_id or next((each for _, each in parents_of(current, known)), None)
        if current is None or current.kind != "pilot":
            raise NotFound(f"“{row.title}” is no pilot, and no cycle of one.", "See: reflect list --kind pilot")
        desk = self._desk()
        desk.read_bodies(each for each in rows if each.kind == "cycle")
        return tracking(current, rows, desk.section)

    def maps(self, row: Row, other: Row | None = None) -> MapsBeside:
        """Return a conditions map beside another, else beside the one before it of the same problem."""
        for each in (row, other):
            if each is not None and each.kind != "conditions-map":
                raise NotFound(f"“{each.title}” is no conditions map.", "See: reflect list --kind conditions-map")
        desk = self._desk()
        read: Callable[[Row], ConditionsMap] = lambda each: conditions_map(each, desk.section)  # noqa: E731
        older = other or self._map_before(row)
        return beside(read(row), read(older) if older is not None else None)

    def _map_before(self, row: Row) -> Row | None:
        filters = Filters(kinds=("conditions-map",), places=(row.place,))
        same = [each for each in self._catalog().rows(filters) if each.list_of("problem") == row.list_of("problem")]
        own = _day_of_map(row)
        before = [each for each in same if each.rowid != row.rowid and _day_of_map(each) <= own]
        return max(before, key=_day_of_map, default=None) if row.list_of("problem") else None

    def sections(self, rows: Sequence[Row], title: str) -> Mapping[int, str]:
        """Return the text of a section of some records, by their numbers."""
        desk = self._desk()
        desk.read_bodies(rows)
        return {row.rowid: desk.section(row, title) for row in rows}

    # Measures and driver diagrams

    def measure(self, row: Row) -> Measure:
        """Return a measure with its run chart; raises NotFound for other records."""
        if row.kind != "measure":
            raise NotFound(f"“{row.title}” is no measure.", "See: reflect list --kind measure")
        return measure_of(row, self._section(row, EVENTS_SECTION))

    def driver_diagram(self, row: Row) -> DriverDiagram:
        """Return a driver diagram; raises NotFound for other records."""
        if row.kind != "driver-diagram":
            raise NotFound(f"“{row.title}” is no driver diagram.", "See: reflect list --kind driver-diagram")
        return driver_diagram(row, self._section(row, AIM_SECTION), self._section(row, DRIVERS_SECTION))

    def _section(self, row: Row, title: str) -> str:
        return self._desk().section(row, title)

    # Rubrics

    def rubrics(self, place: str = "") -> tuple[list[Found[Rubric]], list[str]]:
        """Return the rubrics that hold in a place, in the vault those of all communities too, and each mistake.

        Raises NotFound for a place that is none.
        """
        names = [place] if place else [each.name for each in self._communities().here()]
        theirs = [Origin(name, self._communities().get(name).own_data.rubrics) for name in names]
        own = Origin(VAULT, self._root / ".reflect" / "rubrics")
        # In the vault one's own come first, in a community what it brings.
        origins = [*theirs, own] if place else [own, *theirs]
        found, problems = read_data_files([*origins, shipped("rubrics")], rubric_of_file)
        return sorted(found, key=lambda each: (not each.origin, each.name)), problems

    def rubric(self, name: str, place: str = "") -> Found[Rubric]:
        """Return the rubric of a name or a title; raises NotFound with those that there are."""
        found, _ = self.rubrics(place)
        for each in found:
            if folded(name) in (folded(each.name), folded(each.thing.title), folded(each.thing.title_es)):
                return each
        known = ", ".join(each.name for each in found)
        raise NotFound(f"There is no rubric called “{name}” here.", f"There are: {known}.")

    def progressions(self, rubric: Rubric, agendas: Sequence[str] = ()) -> Progressions:
        """Return how the areas of a rubric were rated; of some agendas, by their ids, or wherever it was."""
        rows = self._catalog().rows(Filters(kinds=("progression",), agendas=tuple(agendas)))
        # What was shared is counted once, as the person's own.
        own = [row for row in rows if not row.place or self._copies().source_of(row.id) == row.id]
        return progressions(rubric, own)

    # The library

    def library(self) -> tuple[Library, list[str]]:
        """Return the sets of the program, of the vault and of all communities, and a sentence for each mistake."""
        own = Origin(VAULT, self._root / ".reflect" / "resources")
        found, problems = read_data_files([own, shipped("resources")], resources_of_file)
        for community in self._communities().here():
            theirs, more = read_data_files([Origin(community.name, community.own_data.resources)], resources_of_file)
            found, problems = found + theirs, problems + more
        return Library(found, self._state, lambda: self._today().isoformat()), problems


def _day_of_map(row: Row) -> str:
    return row.text_of("as_of") or row.day
