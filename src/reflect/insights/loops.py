"""Open loops: what a record still waits for, as its kind declares it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reflect.records.kinds import Kind, LoopSpec
from reflect.records.moments import day_of
from reflect.store.catalog import Row


@dataclass(frozen=True)
class OpenLoop:
    """One open loop of one record; `since` is the day it opened."""

    loop: str
    row: Row
    since: str
    say: str


@dataclass(frozen=True)
class Surroundings:
    """What is known around a record: who links to it, whether a section of it has text, whether it was shared.

    `weeks_after` counts school weeks, and leads out of a break.
    """

    linking: Callable[[Row], Sequence[Row]]
    has_section: Callable[[Row, str], bool]
    weeks_after: Callable[[dt.date, int], dt.date]
    is_sent: Callable[[Row], bool] = lambda row: bool(row.place)


def open_loops(
    rows: Iterable[Row], kind_of: Callable[[Row], Kind | None], around: Surroundings, today: dt.date
) -> list[OpenLoop]:
    """Return the loops that are open today, the longest open first; at most one of each name a record."""
    found: dict[tuple[int, str], OpenLoop] = {}
    for row in rows:
        kind = kind_of(row)
        for spec in kind.loops if kind and not row.problem else ():
            since = _open_since(spec, kind, row, around, today) if kind else None
            if since is None:
                continue
            loop = OpenLoop(spec.name, row, since.isoformat(), spec.say)
            earlier = found.get((row.rowid, spec.name))
            if earlier is None or loop.since < earlier.since:
                found[row.rowid, spec.name] = loop
    return sorted(found.values(), key=lambda loop: (loop.since, loop.row.id))


def _open_since(spec: LoopSpec, kind: Kind, row: Row, around: Surroundings, today: dt.date) -> dt.date | None:
    """Return the day from which the loop is open, None while it is not."""
    if any(row.text_of(name) not in values for name, values in spec.when.items()):
        return None
    if any(set(row.list_of(name)) & set(values) for name, values in spec.unless.items()):
        return None
    if not all(_has_content(need, kind, row, around) for need in spec.needs):
        return None
    if spec.unless_sent and around.is_sent(row):
        return None
    start = _start(spec, row)
    if start is None:
        return None
    if spec.shape == "date":
        # A date that a person set is never moved, also in a break.
        opens = around.weeks_after(start, spec.after) if spec.after else _next_day(start)
        links = [other for other in around.linking(row) if not spec.by or other.kind in spec.by]
        newer = any(other.day > start.isoformat() for other in links)
        return opens if opens <= today and not newer else None
    if spec.shape == "empty":
        name = spec.section or spec.empty_field
        opens = around.weeks_after(start, spec.after)
        return opens if opens <= today and not _has_content(name, kind, row, around) else None
    links = [other for other in around.linking(row) if not spec.by or other.kind in spec.by]
    if spec.shape == "unlinked":
        opens = around.weeks_after(start, spec.after)
        return opens if opens <= today and not links else None
    newest = max([start, *(day for other in links if (day := _date(other.day)))])
    edited = dt.date.fromtimestamp(row.mtime / 1e9)
    opens = around.weeks_after(max(newest, min(edited, today)), spec.after)
    return opens if opens <= today else None


def _start(spec: LoopSpec, row: Row) -> dt.date | None:
    """Return the day that `after` counts from: that of the loop's field, the last one of a series."""
    value = row.fields.get(spec.field, "")
    named = max(value, default="") if isinstance(value, dict) else row.text_of(spec.field)
    start = _date(named)
    return start if start or spec.shape == "date" else _date(row.day)


def _next_day(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1) if day < dt.date.max else day


def _has_content(name: str, kind: Kind, row: Row, around: Surroundings) -> bool:
    if kind.field(name) is not None:
        return bool(row.text_of(name))
    return around.has_section(row, name)


def _date(text: str) -> dt.date | None:
    day = day_of(text)
    return dt.date.fromisoformat(day) if day else None
