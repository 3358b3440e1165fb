"""An agenda in time: everything by its day under its month, and beside it a bar for what took a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from textual.content import Content

from reflect.insights.agenda import Agenda
from reflect.records.moments import day_of
from reflect.store.catalog import Row
from reflect.tui.labels import Labels
from reflect.tui.tree import says_of
from reflect.tui.widgets.item_list import NOTHING, Item, heading, remark
from reflect.tui.words import MONTHS, plain_line, sign_of

# Cells of the axis and of the words before it; a list narrower than this has no axis.
AXIS = 32
WORDS = 34
NARROWEST = 100
UNDATED = "No date"


def timeline_items(agenda: Agenda, labels: Labels, today: dt.date, width: int) -> list[Item]:
    """Return the records of an agenda, oldest first, under their months; where it is wide, on an axis of time."""
    rows = sorted([agenda.row, *agenda.rows], key=lambda row: (not row.day, row.sort, row.id))
    if len(rows) == 1:
        return [remark("Nothing here yet. What you try and find will stand here by its day.")]
    axis = _Axis.over(rows, today) if width >= NARROWEST else None
    by_id = {row.id: row for row in rows if row.id}
    items: list[Item] = []
    if axis is not None:
        items.append(Item(NOTHING, Content.assemble(axis.months(), " ")))
    for month, of_month in groupby(rows, key=lambda row: row.day[:7]):
        items.append(heading(_month(month)))
        for row in of_month:
            items.append(_line(row, labels, axis, width))
            items += [_rests_on(row, by_id[each]) for each in row.list_of("findings") if each in by_id]
    return items


class _Axis:
    """A stretch of days as a few cells."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last

    @classmethod
    def over(cls, rows: Sequence[Row], today: dt.date) -> _Axis | None:
        days = [day for row in rows for day in (_date(row.day), *_span(row)) if day]
        return cls(min(days), max(*days, today)) if days else None

    def cell(self, day: dt.date) -> int:
        days = max(1, (self.last - self.first).days)
        return min(AXIS - 1, max(0, (day - self.first).days * (AXIS - 1) // days))

    def months(self) -> Content:
        """Return the names of months where each begins, as many as fit."""
        cells = [" "] * AXIS
        free = 0
        for month in _months(self.first, self.last):
            at, name = self.cell(month), MONTHS[month.month - 1][:3]
            if at >= free and at + len(name) <= AXIS:
                cells[at : at + len(name)] = name
                free = at + len(name) + 1
        return Content("".join(cells)).stylize("$text-muted")

    def draw(self, row: Row) -> Content:
        """Return a bar for what has a beginning or an end, a point for what has a day."""
        start, end = _span(row)
        day = _date(row.day)
        if start and end and start <= end:
            before, length = self.cell(start), self.cell(end) - self.cell(start)
            bar = "▐" + "█" * (length - 1) + "▌" if length else "█"
        elif start:
            before, bar = self.cell(start), "▐█→"
        elif day:
            before, bar = self.cell(day), "•"
        else:
            return Content(" " * AXIS)
        line = (" " * before + bar)[:AXIS].ljust(AXIS)
        return Content(line).stylize("$text-accent")


def _line(row: Row, labels: Labels, axis: _Axis | None, width: int) -> Item:
    day = _date(row.day)
    shown = f"{day.day:>2}" if day else "  "
    sign = sign_of(row.kind, row.text_of("valence"))
    left = Content.assemble((f"   {shown}  ", "$text-muted"), (f"{sign} ", "$text-accent"), plain_line(row.title))
    says = plain_line(f"{says_of(row, labels)}{_span_in_words(row)}", "$text-muted")
    if axis is None:
        return Item(left, says, (row.ref,))
    # In columns, so that the axis is one line from top to bottom.
    title = left.truncate(width - WORDS - AXIS - 7, ellipsis=True, pad=True)
    return Item(
        title, Content.assemble(says.truncate(WORDS, ellipsis=True, pad=True), "  ", axis.draw(row)), (row.ref,)
    )


def _rests_on(decision: Row, finding: Row) -> Item:
    sign = sign_of(finding.kind, finding.text_of("valence"))
    left = Content.assemble("         rests on ", (f"{sign} ", "$text-accent"), plain_line(finding.title))
    return Item(left.stylize("$text-muted"), NOTHING, (finding.ref, "rests", decision.ref))


def _span(row: Row) -> tuple[dt.date | None, dt.date | None]:
    return _date(row.text_of("starts")), _date(row.text_of("ends"))


def _span_in_words(row: Row) -> str:
    start, end = ((f"{day.day} {MONTHS[day.month - 1][:3]}" if day else "") for day in _span(row))
    if start and end:
        return f", {start} to {end}"
    return f", from {start}" if start else f", until {end}" if end else ""


def _date(text: str) -> dt.date | None:
    day = day_of(text)
    return dt.date.fromisoformat(day) if day else None


def _month(text: str) -> str:
    day = _date(f"{text}-01")
    return f"{MONTHS[day.month - 1]} {day.year:04}" if day else UNDATED


def _months(first: dt.date, last: dt.date) -> Sequence[dt.date]:
    """Return the first days of the months from one day to another; of very many, every so many."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    step = max(1, count // AXIS)
    numbers = range(first.year * 12 + first.month - 1, first.year * 12 + first.month - 1 + count, step)
    return [max(first, dt.date(number // 12, number % 12 + 1, 1)) for number in numbers]
