"""A measure as it is looked at: its run chart, the events beside it, and what the chart says in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reflect.insights.run_chart import SIGNAL, TOO_FEW_POINTS, UP, RunChart, Stretch, run_chart
from reflect.insights.run_limits import FEWEST_POINTS
from reflect.records.moments import is_day
from reflect.records.series import Series, read_series
from reflect.records.wording import counted
from reflect.store.catalog import Row

EVENT = re.compile(r"^\s*(?:[-*+]\s+)?(\d{4}-\d{2}-\d{2})\s*[:–—-]?\s*(\S.*)$", re.MULTILINE)
QUESTION = "What changed around then?"
EVENTS_SECTION = "What changed when"


@dataclass(frozen=True)
class Event:
    """Something that happened on a day, drawn as a mark on the chart."""

    day: str
    text: str


@dataclass(frozen=True)
class Measure:
    """A measure's record as a figure."""

    row: Row
    unit: str
    chart: RunChart
    events: tuple[Event, ...] = ()

    @property
    def says(self) -> list[str]:
        """What the chart says, a sentence each, the signals first."""
        return [*signals_said(self.chart), *notes_said(self.chart)]

    def place_of(self, event: Event) -> float:
        """Return where an event stands among the points: 2.5 is between the third and the fourth."""
        days = [point.day for point in self.chart.points]
        after = next((number for number, day in enumerate(days) if day >= event.day), len(days) - 1)
        return (after + max(after - 1, 0)) / 2


def measure_of(row: Row, what_changed: str = "") -> Measure:
    """Return a measure with its chart; `what_changed` is the text of its section of dates and events."""
    chart = run_chart(read_series(row.fields.get("values")), row.text_of("better"), row.text_of("baseline_until"))
    return Measure(row, row.text_of("unit"), chart, events_in(what_changed))


def events_in(text: str) -> tuple[Event, ...]:
    """Return the lines that begin with a day, by day; other lines are no marks."""
    found = [Event(day, said.strip()) for day, said in EVENT.findall(text) if is_day(day)]
    return tuple(sorted(found, key=lambda event: event.day))


def signals_said(chart: RunChart) -> list[str]:
    """Return what the rules say of a chart, a sentence each; one that says there is no signal where there is none."""
    if not chart.points:
        return ["No points yet. The first one may be today's."]
    said = [_shift_said(chart, each) for each in chart.shifts]
    said += [_trend_said(chart, each) for each in chart.trends]
    said += _runs_said(chart)
    if chart.verdict == TOO_FEW_POINTS:
        said.insert(0, f"{counted(chart.useful, 'useful point')} so far; the rules want {FEWEST_POINTS}.")
    return said or ["No signal: this is its usual up and down."]


def notes_said(chart: RunChart) -> list[str]:
    """Return what else is to know of a chart: points to ask about, a baseline that does not hold, what is no number."""
    notes = [f"{_date(chart, each)}: far from the rest. What happened then?" for each in chart.striking]
    if chart.is_frozen:
        notes.append("The middle is that of the baseline.")
    if chart.thawed:
        notes.append(f"The middle is that of all points: {chart.thawed}.")
    if chart.verdict == SIGNAL and (chart.shifts or chart.trends):
        notes.append("What the points show has ended since.")
    if days := chart.series.crowded_days:
        notes.append(f"More than one value on {_listed(map(short_date, days))}; all are drawn, as they were written.")
    if unread := chart.series.unread:
        notes.append(f"Not drawn, because it is no date with a number: {_listed(unread)}.")
    return notes


def short_date(day: str) -> str:
    """Return a day such as `2026-10-03` in few words: `3 Oct 2026`."""
    date = dt.date.fromisoformat(day)
    return f"{date.day} {date:%b} {date.year:04}"


def newest_values(series: Series) -> str:
    """Return what was written for the last day, `""` for none: several values of it stand side by side."""
    last = series.points[-1].day if series.points else ""
    return ", ".join(plain_number(each.value) for each in series.points if each.day == last)


def plain_number(number: Decimal | None) -> str:
    """Return a number as a person would write it: `41.5`, `40`, `1200`."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shift_said(chart: RunChart, shift: Stretch) -> str:
    side = "above" if shift.side == UP else "below"
    around = _date(chart, shift.points[0])
    return f"Six or more points in a row {side} the middle: something changed around {around}. What was it?"


def _trend_said(chart: RunChart, trend: Stretch) -> str:
    way = "up" if trend.side == UP else "down"
    said = f"Five or more points in a row go {way}, from {_date(chart, trend.points[0])}"
    # Simulations find the trend rule weak: Anhøj and Olesen, PLoS ONE 2014.
    return f"{said}." if chart.shifts else f"{said}: worth a look."


def _runs_said(chart: RunChart) -> list[str]:
    limits = chart.runs.limits
    if limits is None:
        return []
    if chart.runs.too_few:
        return [
            f"The line crosses the middle less often than chance would ({chart.runs.count} runs, {limits[0]} or more)."
        ]
    if chart.runs.too_many:
        often = f"({chart.runs.count} runs, {limits[1]} or fewer)"
        return [
            f"The line crosses the middle more often than chance would {often}. Are two things mixed in one number?"
        ]
    return []


def _date(chart: RunChart, point: int) -> str:
    return short_date(chart.points[point].day)


def _listed(texts: Iterable[str], most: int = 3) -> str:
    """Return the first few of many, and how many more there are."""
    given: Sequence[str] = list(texts)
    more = f" and {len(given) - most} more" if len(given) > most else ""
    return ", ".join(given[:most]) + more
