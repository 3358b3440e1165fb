"""What a community has to tell: what is new, who answered, who has written lately. Made from rows of the catalog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reflect.records.moments import day_of
from reflect.records.paths import agenda_folder_named
from reflect.store.catalog import Row

QUIET_WEEKS = 3
RESPONSE = "response"
# Answers to answers may go in circles, or on for ever.
DEEPEST = 20


@dataclass(frozen=True)
class Muted:
    """What a person does not want to hear of: whole communities, and agendas by their ids."""

    places: frozenset[str] = frozenset()
    agendas: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """What is new in one agenda, `None` for records of none, unread first, then the newest."""

    place: str
    agenda: Row | None
    rows: Sequence[Row]
    is_followed: bool = False

    @property
    def unread(self) -> int:
        """How many of them are unread."""
        return sum(1 for row in self.rows if row.unread)


@dataclass(frozen=True)
class Writer:
    """Someone who has written in a community, by the address of their commits; `weeks` is how long ago."""

    place: str
    address: str
    name: str
    last_day: str
    weeks: int
    is_me: bool = False

    @property
    def words(self) -> str:
        """When they wrote last, said kindly: nobody is behind."""
        if self.weeks >= QUIET_WEEKS:
            return f"quiet for {self.weeks} weeks"
        return "wrote this week" if not self.weeks else "wrote last week" if self.weeks == 1 else "wrote 2 weeks ago"


@dataclass(frozen=True)
class Feed:
    """All that the communities have to tell; each row stands in one group alone."""

    answers: Sequence[Row] = ()
    groups: Sequence[Group] = ()
    writers: Sequence[Writer] = ()
    conflicts: Sequence[Row] = ()
    unsent: Sequence[Row] = ()


@dataclass(frozen=True)
class Answer:
    """A response in a thread, with how deep it stands."""

    depth: int
    row: Row


@dataclass(frozen=True)
class Agendas:
    """The agendas of communities, found by id and by folder."""

    by_id: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    by_folder: Mapping[str, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Agendas:
        """Return those among these records."""
        found = [row for row in rows if row.kind == "agenda"]
        by_folder = {agenda_folder_named(row.place, row.path): row for row in found}
        return cls({(row.place, row.id): row for row in found if row.id}, by_folder)

    def agenda_of(self, row: Row) -> Row | None:
        """Return the agenda that a record belongs to: the one it names, else the one in whose folder it lies."""
        if row.kind == "agenda":
            return row
        if row.agenda:
            return self.by_id.get((row.place, row.agenda))
        return self.by_folder.get(agenda_folder_named(row.place, row.path))


def without_muted(rows: Iterable[Row], agendas: Agendas, muted: Muted) -> list[Row]:
    """Return the records that a person wants to hear of."""
    kept = []
    for row in rows:
        agenda = agendas.agenda_of(row)
        if row.place not in muted.places and (agenda is None or agenda.id not in muted.agendas):
            kept.append(row)
    return kept


def grouped(rows: Iterable[Row], agendas: Agendas, followed: frozenset[str]) -> list[Group]:
    """Return records by agenda: those that are followed first, then those with something unread, then the newest."""
    by_agenda: dict[tuple[str, str], list[Row]] = {}
    heads: dict[tuple[str, str], Row | None] = {}
    for row in rows:
        agenda = agendas.agenda_of(row)
        key = (row.place, agenda.path if agenda else "")
        by_agenda.setdefault(key, []).append(row)
        heads[key] = agenda
    groups = []
    for key, found in by_agenda.items():
        head = heads[key]
        groups.append(Group(key[0], head, unread_first(found), head is not None and head.id in followed))
    newest = {id(group): max(row.sort for row in group.rows) for group in groups}
    groups.sort(key=lambda group: newest[id(group)], reverse=True)
    return sorted(groups, key=lambda group: (not group.is_followed, not group.unread))


def unread_first(rows: Iterable[Row]) -> list[Row]:
    """Return records with the unread ones first, each part newest first."""
    newest = sorted(rows, key=lambda row: (row.sort, row.id), reverse=True)
    return sorted(newest, key=lambda row: not row.unread)


def answers_to(rows: Iterable[Row], mine: frozenset[str]) -> list[Row]:
    """Return those that answer one of the records whose ids are `mine`."""
    return [row for row in rows if row.kind == RESPONSE and mine & set(row.list_of("to"))]


def thread(row: Row, linking: Callable[[Row], Sequence[Row]]) -> list[Answer]:
    """Return the answers to a record, oldest first, each with the answers to it below; `linking` gives what links."""
    seen = {row.rowid}

    def below(parent: Row, depth: int) -> list[Answer]:
        found: list[Answer] = []
        if depth >= DEEPEST or not parent.id:
            return found
        answers = [
            each
            for each in linking(parent)
            if each.kind == RESPONSE and each.place == parent.place and parent.id in each.list_of("to")
        ]
        for each in sorted(answers, key=lambda each: (each.sort, each.id)):
            if each.rowid not in seen:
                seen.add(each.rowid)
                found += [Answer(depth, each), *below(each, depth + 1)]
        return found

    return below(row, 0)


def writers(
    last: Iterable[tuple[str, str, str, str]], mine: Mapping[str, str], muted: Muted, today: dt.date
) -> list[Writer]:
    """Return who has written, by community and name, from (community, address, name, day of the newest record).

    It is no ranking: names are in their own order. `mine` is one's own address in each community.
    """
    found = []
    for place, address, name, day in last:
        if place in muted.places:
            continue
        # A clock that runs ahead is somebody's mistake, not news from the future.
        on = min(dt.date.fromisoformat(day), today) if day_of(day) else dt.date.min
        weeks = (today - on).days // 7
        found.append(Writer(place, address, name, on.isoformat(), weeks, mine.get(place) == address))
    return sorted(found, key=lambda writer: (writer.place, writer.name.casefold(), writer.address))
