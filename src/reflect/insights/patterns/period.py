"""The days that patterns look over: the last twelve months, unless a person chooses others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reflect.records.school import School

if TYPE_CHECKING:
    from reflect.insights.patterns.figures import Pattern

MONTHS, TERM, TERMS, ALL = "last 12 months", "this term", "the last three terms", "all years"
CHOICES = (MONTHS, TERM, TERMS, ALL)


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; `""` is no bound. `is_chosen` by a person, day by day."""

    since: str
    until: str
    words: str
    is_chosen: bool = False


def period(words: str, today: dt.date, school: School) -> Period:
    """Return one of the `CHOICES` as days."""
    if words == ALL:
        return Period("", "", words)
    if words in (TERM, TERMS):
        terms = school.terms_back(today, 1 if words == TERM else 3) or [school.season_of(today)]
        return Period(terms[0].start.isoformat(), today.isoformat(), words)
    return Period(_a_year_before(today).isoformat(), today.isoformat(), MONTHS)


def between(since: str, until: str, today: dt.date) -> Period:
    """Return the days that a person gave; without a beginning it is a year before the end."""
    if not since and not until:
        return Period(_a_year_before(today).isoformat(), today.isoformat(), MONTHS)
    last = until or today.isoformat()
    first = since or _a_year_before(dt.date.fromisoformat(last)).isoformat()
    return Period(first, last, f"{first} to {last}", is_chosen=True)


def period_words(pattern: Pattern, chosen: Period) -> str:
    """Return over which days a pattern has looked, in words."""
    if pattern.spans == "now":
        return "as things stand now"
    return TERMS if pattern.spans == "terms" and not chosen.is_chosen else chosen.words


def _a_year_before(day: dt.date) -> dt.date:
    year = max(dt.MINYEAR, day.year - 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
