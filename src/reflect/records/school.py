"""The school calendar: terms, breaks, and weeks that count only while there is school."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reflect.records.moments import is_day
from reflect.records.textforms import cut_at_word, folded, one_line

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A year with room to spare: what is longer was typed wrong, and would be counted day by day.
LONGEST = 400
MOST_SPANS = 100
LONGEST_NAME = 60
# A break as long as that is a season of its own.
SEASON_DAYS = 28
# One that takes all school days of a week takes the weekends beside it too.
WHOLE_WEEK = 5
# Without terms of one's own, the year is cut here: month, length in months, name.
QUARTERS = ((8, "Aug–Oct"), (11, "Nov–Jan"), (2, "Feb–Apr"), (5, "May–Jul"))
SPAN = re.compile(r"(?P<name>.*?)[\s:=]*(?P<start>\d{4}-\d\d-\d\d)\W*(?:to|a|al)?\W*(?P<end>\d{4}-\d\d-\d\d)")
SPAN_HELP = "names with two days each, such as: Fall 2026-08-31 to 2026-12-18, Spring 2027-01-11 to 2027-06-04"


@dataclass(frozen=True)
class Span:
    """A term or a break: from its first to its last day."""

    name: str
    start: dt.date
    end: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def text(self) -> str:
        """The span as a person types it."""
        return f"{self.name} {self.start} to {self.end}".strip()

    @property
    def said(self) -> str:
        """The name of a term as it is said: one that is a number only is *term 1*."""
        return self.name if any(char.isalpha() for char in self.name) else f"term {self.name}".strip()


@dataclass(frozen=True)
class TermWeek:
    """A week of a term, counted from 1 with break weeks left out."""

    term: Span
    number: int

    @property
    def words(self) -> str:
        """The week as it is said: *week 13 of term 1*."""
        return f"week {self.number} of {self.term.said}"


@dataclass(frozen=True)
class School:
    """When there is school. Before the first term and after the last one that is set, every week counts.

    With no terms the year is cut into four quarters. `week_starts` is 0 for Monday.
    """

    week_starts: int = 0
    terms: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether a person or a community has said when there is school."""
        return bool(self.terms or self.breaks)

    # Weeks

    def week_of(self, day: dt.date) -> dt.date:
        """Return the first day of the week that a day lies in."""
        back = (day.weekday() - self.week_starts) % 7
        return dt.date.fromordinal(max(1, day.toordinal() - back))

    def is_off(self, day: dt.date) -> bool:
        """Say whether there is no school on a day because of a break, or between two terms; a weekend is not *off*."""
        return day.toordinal() in self._off

    def is_school_week(self, day: dt.date) -> bool:
        """Say whether the week of a day has at least one day in a term and outside breaks."""
        return self.week_of(day).toordinal() not in self._weeks_off

    def weeks_after(self, day: dt.date, weeks: int) -> dt.date:
        """Return the same day of the week that lies so many school weeks later; in a break, the first day after it."""
        week = self.week_of(day).toordinal()
        into = day.toordinal() - week
        left = weeks
        while left > 0:
            week += 7
            left -= week not in self._weeks_off
            if week > self._last_off:
                # Behind the last break every week counts.
                week += 7 * left
                left = 0
        return self.back_in_school(week + into)

    def back_in_school(self, day: dt.date | int) -> dt.date:
        """Return a day, or the first school day after the break it lies in; the last day there is, if it is later."""
        ordinal = day if isinstance(day, int) else day.toordinal()
        while ordinal in self._off:
            ordinal += 1
        return dt.date.fromordinal(min(ordinal, dt.date.max.toordinal()))

    # Terms

    def term_of(self, day: dt.date) -> Span | None:
        """Return the term a day lies in, else the one that its week belongs to; None in a break between terms."""
        start = self.week_of(day)
        end = dt.date.fromordinal(min(start.toordinal() + 6, dt.date.max.toordinal()))
        terms = self.terms or tuple(_quarter_of(each) for each in {start, day, end})
        holding = [term for term in terms if day in term]
        if holding or not self.is_school_week(day):
            return holding[-1] if holding else None
        near = [term for term in terms if term.start <= end and term.end >= start]
        return max(near, key=lambda term: term.start, default=None)

    def term_week(self, day: dt.date) -> TermWeek | None:
        """Return which week of which term a day lies in; None in a break, and where no term is known."""
        term = self.term_of(day)
        if term is None or not self.is_school_week(day):
            return None
        first, last = self.week_of(term.start).toordinal(), self.week_of(day).toordinal()
        return TermWeek(term, sum(week not in self._weeks_off for week in range(first, last + 1, 7)))

    def weeks_of(self, term: Span) -> list[tuple[dt.date, int]]:
        """Return each week of a term by its first day, with its number; 0 for a week of a break."""
        weeks, number = [], 0
        for week in range(self.week_of(term.start).toordinal(), term.end.toordinal() + 1, 7):
            is_school = week not in self._weeks_off
            number += is_school
            weeks.append((dt.date.fromordinal(week), number if is_school else 0))
        return weeks

    def terms_back(self, day: dt.date, count: int) -> list[Span]:
        """Return the term of a day, else the last one before it, and those before: so many, the oldest first."""
        if self.terms:
            begun = [term for term in self.terms if term.start <= day]
            return begun[-count:]
        found = [_quarter_of(day)]
        while len(found) < count and found[0].start.toordinal() > 1:
            found.insert(0, _quarter_of(found[0].start - dt.timedelta(days=1)))
        return found

    # Breaks and seasons

    def break_of(self, day: dt.date) -> Span | None:
        """Return the break a day lies in, from its first to its last day without school; None while there is school."""
        if not self.is_off(day):
            return None
        start = end = day.toordinal()
        while start - 1 in self._off:
            start -= 1
        while end + 1 in self._off:
            end += 1
        whole = Span("", dt.date.fromordinal(start), dt.date.fromordinal(end))
        named = [each for each in self.breaks if day in each] or [each for each in self.breaks if each.start in whole]
        return Span(named[0].name if named else "", whole.start, whole.end)

    def season_of(self, day: dt.date) -> Span:
        """Return the season that holds a day, else the last that ended: a term, or a break of four weeks or more."""
        pause = self.break_of(day)
        if pause is not None and pause.days >= SEASON_DAYS:
            return pause
        terms = self.terms or (_quarter_of(day),)
        holding = [term for term in terms if day in term]
        ended = [term for term in terms if term.end < day]
        return (holding or ended or [_quarter_of(day)])[-1]

    def a_year_ago(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """Return the first and the last day of the same week of the same term a year before.

        Where last year's terms are not known, it is the week 52 weeks ago.
        """
        here = self.term_week(day)
        before = self._same_term_before(here.term) if here else None
        weeks = [week for week, number in self.weeks_of(before) if number == here.number] if here and before else []
        first = weeks[0] if weeks else dt.date.fromordinal(max(1, self.week_of(day).toordinal() - 364))
        return first, dt.date.fromordinal(min(first.toordinal() + 6, dt.date.max.toordinal()))

    def _same_term_before(self, term: Span) -> Span | None:
        if not self.terms:
            return _quarter_of(dt.date.fromordinal(max(1, term.start.toordinal() - 365)))
        earlier = [each for each in self.terms if each.start < term.start and folded(each.name) == folded(term.name)]
        return earlier[-1] if earlier and (term.start - earlier[-1].start).days <= LONGEST else None

    @cached_property
    def _off(self) -> frozenset[int]:
        off = {day for each in self.breaks for day in _with_weekends(each)}
        if self.terms:
            in_school = {day for term in self.terms for day in _ordinals(term)}
            off |= set(range(min(in_school), max(in_school) + 1)) - in_school
        return frozenset(off)

    @cached_property
    def _weeks_off(self) -> frozenset[int]:
        weeks = {self.week_of(dt.date.fromordinal(day)).toordinal() for day in self._off}
        return frozenset(week for week in weeks if all(day in self._off for day in range(week, week + 7)))

    @cached_property
    def _last_off(self) -> int:
        return max(self._off, default=0)


EVERY_WEEK = School()


def school_of(week_starts: str, terms: Iterable[Span], breaks: Iterable[Span]) -> School:
    """Return the calendar of these terms and breaks; a day of the week that is none counts as Monday."""
    starts = WEEKDAYS.index(folded(week_starts)) if folded(week_starts) in WEEKDAYS else 0
    by_start = [tuple(sorted(each, key=lambda span: (span.start, span.end))) for each in (terms, breaks)]
    return School(starts, *by_start)


def read_span(table: Mapping[str, Any]) -> Span | None:
    """Return the span that a table with `name`, `start` and `end` means, None where it means none."""
    start, end, name = _day(table.get("start")), _day(table.get("end")), table.get("name", "")
    if start is None or end is None or not isinstance(name, str) or not 0 <= (end - start).days < LONGEST:
        return None
    return Span(cut_at_word(one_line(name), LONGEST_NAME), start, end)


def parse_spans(text: str) -> tuple[Span, ...] | None:
    """Return the spans that a person typed, with commas between; None where one of them is none."""
    spans = []
    for part in filter(str.strip, re.split(r"[,;\n]", text)):
        match = SPAN.fullmatch(part.strip())
        span = read_span(match.groupdict()) if match else None
        if span is None:
            return None
        spans.append(span)
    return tuple(spans[:MOST_SPANS])


def spans_text(spans: Sequence[Span]) -> str:
    """Return spans as a person types them."""
    return ", ".join(each.text for each in spans)


def _quarter_of(day: dt.date) -> Span:
    """Return the quarter of the year that a day lies in: from August on, three months each."""
    month, name = next((month, name) for month, name in QUARTERS if (day.month - month) % 12 < 3)
    year = day.year - (day.month < month)
    if year < 1:
        return Span(name, dt.date.min, dt.date(day.year, 1, 31))
    after, year_after = (month + 2) % 12 + 1, year + (month + 3 > 12)
    end = dt.date(year_after, after, 1) - dt.timedelta(days=1) if year_after <= dt.MAXYEAR else dt.date.max
    return Span(name, dt.date(year, month, 1), end)


def _with_weekends(span: Span) -> Iterable[int]:
    """Return the days of a break; people write a week off from Monday to Friday, and mean its weekends too."""
    first, last = span.start.toordinal(), span.end.toordinal()
    if span.days >= WHOLE_WEEK:
        while dt.date.fromordinal(max(1, first - 1)).weekday() >= 5 and first > 1:
            first -= 1
        while last < dt.date.max.toordinal() and dt.date.fromordinal(last + 1).weekday() >= 5:
            last += 1
    return range(first, last + 1)


def _ordinals(span: Span) -> range:
    return range(span.start.toordinal(), span.end.toordinal() + 1)


def _day(given: Any) -> dt.date | None:
    if isinstance(given, dt.date):
        return given.date() if isinstance(given, dt.datetime) else given
    return dt.date.fromisoformat(given) if isinstance(given, str) and is_day(given) else None
