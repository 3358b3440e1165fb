"""What patterns are read from: the records of a vault and its communities on one day, each asked for once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from reflect.community.shares import Copies
from reflect.insights.desk import Desk
from reflect.insights.loops import OpenLoop
from reflect.insights.openness import Openness
from reflect.insights.patterns.period import Period
from reflect.records.community_file import Line
from reflect.records.kinds import Kind
from reflect.records.lenses import Framework
from reflect.records.school import School
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row, names_of
from reflect.store.counts import Counts, Scope


def no_lines(place: str) -> Sequence[Line]:
    """Return the lines of difference of a place that names none."""
    return ()


class Material:
    """The records in question; one serves all patterns of one look.

    `scope` says which records there are, `left_out` names loops that rest; `about` is the one record that was asked
    for, such as an agenda or a measure; `lines_of` gives the lines of difference that a place has named.
    """

    def __init__(
        self,
        counts: Counts,
        desk: Desk,
        scope: Scope,
        left_out: Sequence[str],
        kinds: Sequence[Kind],
        frameworks: Sequence[Framework],
        copies: Copies,
        school: School,
        today: dt.date,
        period: Period,
        about: Row | None = None,
        lines_of: Callable[[str], Sequence[Line]] = no_lines,
    ) -> None:
        self.counts = counts
        self.kinds = kinds
        self.frameworks = frameworks
        self.school = school
        self.today = today
        self.period = period
        self.about = about
        self.lines_of = lines_of
        self._desk = desk
        self._scope = scope
        self._left_out = left_out
        self._copies = copies
        self._rows: dict[Scope, list[Row]] = {}

    # Which records

    @property
    def is_of_agenda(self) -> bool:
        """Whether only the records of one agenda are looked at."""
        return bool(self._scope.filters.agendas)

    def all(self, *kinds: str) -> Scope:
        """Return all records of these kinds that the person can see, whenever they were written."""
        return self._scope.of(*kinds)

    def seen(self, *kinds: str) -> Scope:
        """Return those of the period."""
        return self.all(*kinds).between(self.period.since, self.period.until)

    def mine(self, *kinds: str) -> Scope:
        """Return the person's own of the period: of the vault, and what they wrote straight into a community."""
        return replace(self.seen(*kinds), is_mine=True)

    def rows(self, scope: Scope) -> list[Row]:
        """Return the records themselves, newest first."""
        if scope not in self._rows:
            self._rows[scope] = self.counts.rows(scope)
        return self._rows[scope]

    # What is known around a record

    def is_sent(self, row: Row) -> bool:
        """Say whether a record stands in a community, itself or as a copy that was not withdrawn."""
        return bool(row.place) or row.id in self.sent_ids

    @cached_property
    def sent_ids(self) -> frozenset[str]:
        """The ids of the vault's records that stand in a community as copies."""
        return frozenset(share.source for share in self._copies.all if not share.withdrawn)

    @cached_property
    def sent_findings(self) -> list[Row]:
        """The person's own findings of the period that stand in a community, themselves or as a copy."""
        mine = self.mine("finding")
        return self.counts.sent(mine, self.sent_ids) if self.sent_ids or mine.addresses else []

    def source_of(self, record_id: str) -> str:
        """Return the id in the vault of what a record is a copy of, its own where it is none."""
        return self._copies.source_of(record_id)

    def has_section(self, row: Row, title: str) -> bool:
        """Say whether a section of a record has text."""
        return self._desk.has_section(row, title)

    def section(self, row: Row, title: str) -> str:
        """Return the text of a section of a record, `""` where it has none."""
        return self._desk.section(row, title)

    def linking_to(self, row: Row) -> list[Row]:
        """Return what points to a record, or to what it is one with."""
        return self._desk.linking_to(row)

    def one_with(self, record_id: str) -> list[str]:
        """Return the ids that mean the same record."""
        return self._copies.one_with(record_id)

    def as_known(self, row: Row, name: str) -> Row:
        """Return a record in which a field names those of the vault, where it names copies of them."""
        named: list[Value] = [self.source_of(each) for each in row.list_of(name)]
        return replace(row, fields={**row.fields, name: named}) if named else row

    def read_ahead(self, rows: Sequence[Row]) -> None:
        """Read the texts of records in one go whose sections will be asked for."""
        self._desk.read_bodies(rows)

    def is_explained(self, decision: Row) -> bool:
        """Say whether a decision gives its reason, and it was sent or told to somebody."""
        reached = self.is_sent(decision) or bool(decision.list_of("explained_to"))
        return reached and self.has_section(decision, "Why")

    def linked(self, rows: Sequence[Row]) -> set[int]:
        """Return the numbers of those records to which another one points."""
        return self.counts.linked({name: row.rowid for row in rows for name in names_of(row)})

    def by_id(self, ids: Sequence[str]) -> dict[str, Row]:
        """Return records by the ids that name them; a copy is found by its own id."""
        return {row.id: row for row in self._desk.with_ids(ids)}

    # What is open

    @cached_property
    def loops(self) -> list[OpenLoop]:
        """The open loops, the longest open first, but for those that rest; of one agenda where only that is asked."""
        loops = self._desk.open_loops(snoozed=self._left_out)
        if not self.is_of_agenda:
            return loops
        inside = {row.rowid for row in self.rows(self._scope)}
        return [loop for loop in loops if loop.row.rowid in inside]

    @cached_property
    def agendas(self) -> list[Row]:
        """The open agendas, newest first."""
        rows = self.rows(self.all("agenda"))
        return [row for row in rows if row.text_of("status") in ("", "open") and not row.problem]

    def openness(self, agenda: Row) -> Openness:
        """Return how open the pursuit of an agenda is."""
        return self._desk.openness(agenda)

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the titles of records by their ids."""
        return self._desk.titles(ids)
