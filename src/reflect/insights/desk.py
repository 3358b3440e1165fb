"""What the whole desk shows: an agenda, open loops, today. Read from the catalog and the kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from reflect.community.shares import NO_COPIES, Copies
from reflect.insights.agenda import Agenda
from reflect.insights.loops import OpenLoop, Surroundings, open_loops
from reflect.insights.openness import NOT_COPIED, CopiesOf, Openness, openness
from reflect.insights.today import Due, Incomplete, Today, due, due_in_break, same_day_earlier
from reflect.records import markdown
from reflect.records.kinds import Field, Kind
from reflect.records.lenses import Framework, prompts_of_day
from reflect.records.paths import agenda_folder_named
from reflect.records.query import Filters
from reflect.records.school import EVERY_WEEK, School
from reflect.records.textforms import folded
from reflect.store.catalog import MANY, Catalog, Held, Row, names_of
from reflect.store.drafts import Draft
from reflect.store.kind_files import Kinds

MAIN_FRAMEWORK = "system-innovation"
OWN = ("",)
# Of what is incomplete, the newest is what one is at.
MOST_INCOMPLETE = 12


class Desk:
    """The records of a vault seen together, on one day; make a new one for each look.

    `kinds_of` gives the kinds that hold in a community; those of the vault are `kinds`.
    """

    def __init__(
        self,
        catalog: Catalog,
        kinds: Kinds,
        today: dt.date,
        copies: Copies = NO_COPIES,
        school: School = EVERY_WEEK,
        kinds_of: Callable[[str], Kinds] | None = None,
    ) -> None:
        self._catalog = catalog
        self._kinds = kinds
        self._find_kinds = kinds_of
        self._of_places = {"": kinds}
        self._today = today
        self._copies = copies
        self._school = school
        self._linking: dict[int, list[Row]] = {}
        self._bodies: dict[int, str] = {}
        self._sections: dict[int, list[tuple[str, str]]] = {}
        self._belonging: dict[Filters, list[Row]] = {}

    def agenda(self, row: Row, left_out: Sequence[str] = ()) -> Agenda:
        """Return one agenda with its records, openness and open loops but those of `left_out` (`id/loop`)."""
        agendas, rows, copies = self._of_agenda(row)
        known = {each.rowid for each in agendas}
        self._read_ahead(rows, copies)
        linking = [other for each in agendas for other in self._catalog.linking_to(each)]
        self._linking[row.rowid] = [*(each for each in linking if each.rowid not in known), *rows]
        opened = openness(row, rows, self._has_why, self._today, copies)
        return Agenda(row, rows, opened, self.open_loops([row, *rows], left_out, copies), copies)

    def openness(self, row: Row) -> Openness:
        """Return how open the pursuit of an agenda is, without all else that is known of it."""
        _, rows, copies = self._of_agenda(row)
        self.read_bodies([each for each in rows if each.kind == "decision"])
        return openness(row, rows, self._has_why, self._today, copies)

    def _of_agenda(self, row: Row) -> tuple[list[Row], list[Row], dict[str, Sequence[Row]]]:
        """Return an agenda with those it is one with, its records each once, oldest first, and copies of them."""
        agendas = self._agendas_one_with(row)
        known = {each.rowid for each in agendas}
        rows = [each for each in reversed(self._belonging_to(agendas)) if each.rowid not in known]
        rows, copies = self._each_once(rows)
        if len(agendas) > 1 and row.id:
            copies[row.id] = agendas[1:]
        return agendas, rows, copies

    def _agendas_one_with(self, row: Row) -> list[Row]:
        return [row, *(each for each in self._one_with(row) if each.kind == "agenda")]

    def _belonging_to(self, agendas: Sequence[Row]) -> list[Row]:
        """Return the records of an agenda, newest first; an open loop and the openness check ask for the same."""
        folders = [agenda_folder_named(each.place, each.path) for each in agendas]
        filters = Filters(
            agendas=tuple(each.id for each in agendas if each.id) or ("-",),
            agenda_folders=tuple(filter(None, folders)),
        )
        if filters not in self._belonging:
            self._belonging[filters] = self._catalog.rows(filters)
        return self._belonging[filters]

    def _has_why(self, decision: Row) -> bool:
        return self.has_section(decision, "Why")

    def open_loops(
        self, rows: Sequence[Row] | None = None, snoozed: Sequence[str] = (), copies: CopiesOf = NOT_COPIED
    ) -> list[OpenLoop]:
        """Return the open loops of these records, or of all; `snoozed` are `id/loop` to leave out.

        `copies` are those of them that were shared, by id; without it they are looked for.
        """
        around = Surroundings(
            self.linking_to,
            self.has_section,
            self._school.weeks_after,
            lambda row: row.id in copies or self._is_sent(row),
        )
        if rows is None:
            # To an agenda belong more records than those that link to it.
            many = [row for row in self._with_loops if row.kind != "agenda"]
            self._read_ahead(many, {row.id: self._one_with(row) for row in many if row.id})
        found = open_loops(self._with_loops if rows is None else rows, self._kind, around, self._today)
        return [loop for loop in found if f"{loop.row.id}/{loop.loop}" not in snoozed]

    def today(self, frameworks: Sequence[Framework], drafts: Sequence[Draft], snoozed: Sequence[str] = ()) -> Today:
        """Return what a leader meets today; in a break only drafts, and what is dated inside it."""
        pause, week = self._school.break_of(self._today), self._school.term_week(self._today)
        if pause is not None:
            dated = due_in_break(self.open_loops(snoozed=snoozed), self._coming(), self._today, pause)
            return Today(self._today.isoformat(), [], dated, drafts, [], {}, pause=pause)
        main = next((each for each in frameworks if each.name == MAIN_FRAMEWORK), None)
        last_used = self._catalog.last_days_of_lenses()
        day = self._today.isoformat()
        since = (self._today - dt.timedelta(weeks=12)).isoformat()
        return Today(
            day=day,
            prompts=prompts_of_day(main, last_used, self._today) if main else [],
            due=self._due(snoozed),
            drafts=drafts,
            on_this_day=self._earlier(),
            counts=self._catalog.count_by_day(since),
            week=week.words if week and self._school.is_set else "",
            incomplete=self.incomplete(),
        )

    def incomplete(self, limit: int = MOST_INCOMPLETE) -> list[Incomplete]:
        """Return the newest of the vault's records in which a needed field is empty, with what is missing."""
        found: dict[int, Row] = {}
        needed: dict[str, list[Field]] = {}
        for kind in self._kinds.all():
            needed[kind.name] = [each for each in kind.fields if each.needed and not each.default]
            for field in needed[kind.name]:
                rows = self._catalog.rows_with_fields(kind.name, Held(one_of={field.name: ("",)}), limit=limit)
                found |= {row.rowid: row for row in rows if not row.problem}
        newest = sorted(found.values(), key=lambda row: (row.sort, row.id), reverse=True)[:limit]
        return [
            Incomplete(row, tuple(each.shown_label() for each in needed[row.kind] if not row.fields.get(each.name)))
            for row in newest
        ]

    def _kind(self, row: Row) -> Kind | None:
        if row.place not in self._of_places:
            self._of_places[row.place] = self._find_kinds(row.place) if self._find_kinds else self._kinds
        return self._of_places[row.place].find(row.kind)

    def _due(self, snoozed: Sequence[str]) -> list[Due]:
        return due(self.open_loops(snoozed=snoozed), self._coming(), self._today, self._school)

    def _coming(self) -> list[tuple[Row, str, str]]:
        return [(row, row.text_of(field)[:10], label) for row, field, label in self._dated_fields()]

    def _dated_fields(self) -> list[tuple[Row, str, str]]:
        """Return (record, field, label of the field) for each date that a loop of its kind watches."""
        found = []
        for kind in self._kinds.all():
            for spec in kind.loops:
                field = kind.field(spec.field)
                if spec.shape == "date" and field is not None and field.type == "date":
                    rows = self._catalog.rows_with_fields(kind.name, Held(spec.field, spec.when, spec.unless))
                    found += [(row, spec.field, field.shown_label()) for row in rows]
        return found

    @cached_property
    def _with_loops(self) -> list[Row]:
        """The records that may have an open loop, as far as their own fields tell."""
        found: dict[int, Row] = {}
        for kind in self._kinds.all():
            wanted = []
            for spec in kind.loops:
                filled = spec.field if spec.shape == "date" else ""
                until = "" if spec.field else (self._today - dt.timedelta(weeks=spec.after)).isoformat()
                wanted.append(Held(filled, spec.when, spec.unless, until))
            if wanted:
                found |= {row.rowid: row for row in self._catalog.rows_with_fields(kind.name, *wanted)}
        return list(found.values())

    def _earlier(self) -> list[Row]:
        """Return what was written on this day in earlier years; of last year else what the same school week has."""
        last_year, *before = [self._between(day, day) for day in same_day_earlier(self._today)] or [[]]
        if not last_year:
            last_year = self._between(*(day.isoformat() for day in self._school.a_year_ago(self._today)))
        return [*last_year, *(row for rows in before for row in rows)]

    def _between(self, first: str, last: str) -> list[Row]:
        return self._catalog.rows(Filters(since=first, until=last, places=OWN), limit=3)

    def _one_with(self, row: Row) -> list[Row]:
        """Return the other records that are one with this: what it was shared as, or from."""
        others = [each for each in self._copies.one_with(row.id) if each != row.id] if row.id else []
        return self._catalog.with_ids(others) if others else []

    def _is_sent(self, row: Row) -> bool:
        return bool(row.place) or any(each.place for each in self._one_with(row))

    def _each_once(self, rows: Sequence[Row]) -> tuple[list[Row], dict[str, Sequence[Row]]]:
        """Return these records without the copies of others among them, and those by the id they are copies of."""
        own = {row.id for row in rows if row.id and not row.place}
        copies: dict[str, list[Row]] = {}
        kept = []
        for row in rows:
            source = self._copies.source_of(row.id) if row.place else row.id
            if source != row.id and source in own:
                copies.setdefault(source, []).append(row)
            else:
                kept.append(row)
        return kept, dict(copies)

    def _read_ahead(self, rows: Sequence[Row], copies: CopiesOf) -> None:
        """Ask at once for what would be asked of each of many records."""
        with_loops = [row for row in rows if (kind := self._kind(row)) and kind.loops]
        self.read_bodies(with_loops)
        meant: dict[str, list[int]] = {}
        places: dict[int, set[str]] = {}
        for row in with_loops:
            one = (row, *copies.get(row.id, ()))
            places[row.rowid] = {"", *(each.place for each in one)}
            for name in [name for each in one for name in names_of(each)]:
                meant.setdefault(name, []).append(row.rowid)
        pairs = {(rowid, other) for name, other in self._catalog.linking_to_names(list(meant)) for rowid in meant[name]}
        known = {row.rowid: row for row in rows}
        others = {other for _, other in pairs} - known.keys()
        known |= {row.rowid: row for row in self._catalog.rows_of(sorted(others)[:MANY])}
        if len(others) <= MANY:
            self._linking |= {row.rowid: [] for row in with_loops}
            for rowid, other in pairs:
                # What links by a title means the one in its own place.
                if other != rowid and other in known and known[other].place in places[rowid]:
                    self._linking[rowid].append(known[other])

    def linking_to(self, row: Row) -> list[Row]:
        """Return what points to a record, or to what it is one with; of an agenda also what belongs to it."""
        if row.rowid not in self._linking:
            found = [other for each in (row, *self._one_with(row)) for other in self._catalog.linking_to(each)]
            if row.kind == "agenda":
                found = found + self._belonging_to(self._agendas_one_with(row))
            self._linking[row.rowid] = [each for each in found if each.rowid != row.rowid]
        return self._linking[row.rowid]

    def with_ids(self, ids: Sequence[str]) -> list[Row]:
        """Return the records that have one of these ids."""
        return self._catalog.with_ids(ids)

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the titles of the records with these ids."""
        return self._catalog.titles(ids) if ids else {}

    def read_bodies(self, rows: Iterable[Row]) -> None:
        """Read the texts of records in one go whose sections will be asked for."""
        self._bodies |= self._catalog.bodies(row.rowid for row in rows if row.rowid not in self._bodies)

    def has_section(self, row: Row, title: str) -> bool:
        """Say whether a section of a record has text."""
        return bool(self.section(row, title))

    def section(self, row: Row, title: str) -> str:
        """Return the text under a section of a record's kind, whichever language its heading is in."""
        kind = self._kind(row)
        spec = kind.section(title) if kind else None
        aliases = spec.aliases if spec else {folded(title)}
        if row.rowid not in self._bodies:
            self._bodies |= self._catalog.bodies([row.rowid])
        if row.rowid not in self._sections:
            found = markdown.sections(self._bodies.get(row.rowid, ""))
            self._sections[row.rowid] = [(folded(each.title), each.text.strip()) for each in found]
        return "\n\n".join(text for name, text in self._sections[row.rowid] if name in aliases and text)
