"""The school calendar: weeks are counted while there is school, and breaks are left out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.records.school import EVERY_WEEK, Span, parse_spans, school_of, spans_text

DAY = dt.timedelta(days=1)
FALL = Span("term 1", dt.date(2026, 8, 31), dt.date(2026, 12, 18))
SPRING = Span("term 2", dt.date(2027, 1, 11), dt.date(2027, 6, 4))
LAST_FALL = Span("term 1", dt.date(2025, 9, 1), dt.date(2025, 12, 19))
HARVEST = Span("harvest", dt.date(2026, 10, 12), dt.date(2026, 10, 16))
SUMMER = Span("summer", dt.date(2026, 6, 6), dt.date(2026, 8, 30))
YEAR = school_of("monday", [SPRING, FALL], [HARVEST])

DAYS = st.dates(dt.date(2026, 6, 1), dt.date(2027, 9, 30))
SPAN = st.builds(lambda start, days: Span("", start, start + days * DAY), DAYS, st.integers(0, 60))
SPANS = st.lists(SPAN, max_size=4)
# Those beside which no weekend lies; what becomes of one is shown by the examples.
PLAIN = st.lists(SPAN.filter(lambda span: span.start.weekday() not in (0, 6) and span.end.weekday() < 4), max_size=4)
STARTS = st.sampled_from(["monday", "sunday", "thursday"])
SCHOOLS = st.builds(school_of, STARTS, SPANS, SPANS)


def day(text):
    return dt.date.fromisoformat(text)


def test_the_week_of_23_november_is_the_thirteenth_of_a_term_that_began_on_31_august():
    assert school_of("monday", [FALL], []).term_week(day("2026-11-23")).words == "week 13 of term 1"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-08-31", "week 1 of term 1"),
        ("2026-10-09", "week 6 of term 1"),
        # Written from Monday to Friday, a break takes the weekends beside it.
        ("2026-10-14", None),
        ("2026-10-18", None),
        ("2026-10-19", "week 7 of term 1"),
        ("2026-12-19", "week 15 of term 1"),
        ("2026-12-25", None),
        ("2027-01-11", "week 1 of term 2"),
        # Where no term is known, no week of one can be said.
        ("2026-08-01", None),
        ("2027-06-20", None),
    ],
)
def test_a_week_is_counted_within_its_term_and_a_week_of_a_break_is_none(on, words):
    week = YEAR.term_week(day(on))
    assert (week.words if week else None) == words


@pytest.mark.parametrize(
    ("start", "weeks", "later"),
    [
        ("2026-09-01", 3, "2026-09-22"),
        ("2026-10-01", 2, "2026-10-22"),
        ("2026-12-10", 3, "2027-01-21"),
        # A day in a break: the first school day after it, never a school week of it.
        ("2026-10-14", 0, "2026-10-19"),
        ("2026-12-17", 1, "2027-01-14"),
        ("2026-12-19", 0, "2027-01-11"),
        # Behind what the calendar knows, every week counts.
        ("2027-06-01", 8, "2027-07-27"),
        ("2020-06-01", 8, "2020-07-27"),
    ],
)
def test_weeks_of_a_break_are_not_counted_and_nothing_opens_in_one(start, weeks, later):
    assert YEAR.weeks_after(day(start), weeks) == day(later)


def test_between_two_terms_is_a_break_and_a_long_one_is_a_season_of_its_own():
    assert YEAR.break_of(day("2026-12-25")) == Span("", day("2026-12-19"), day("2027-01-10"))
    assert YEAR.break_of(day("2026-10-14")).name == "harvest"
    assert YEAR.season_of(day("2026-12-25")) == FALL
    assert YEAR.season_of(day("2026-10-14")) == FALL
    assert YEAR.season_of(day("2027-08-01")) == SPRING
    with_summer = school_of("monday", [FALL], [SUMMER])
    assert with_summer.season_of(day("2026-07-04")).name == "summer"


def test_without_terms_the_year_is_cut_into_four_and_every_week_counts():
    names = [term.name for term in EVERY_WEEK.terms_back(day("2027-02-03"), 5)]
    assert names == ["Feb–Apr", "May–Jul", "Aug–Oct", "Nov–Jan", "Feb–Apr"]
    assert EVERY_WEEK.season_of(day("2027-01-31")) == Span("Nov–Jan", day("2026-11-01"), day("2027-01-31"))
    assert EVERY_WEEK.weeks_after(day("2026-12-01"), 8) == day("2027-01-26")
    assert EVERY_WEEK.break_of(day("2026-12-25")) is None


def test_a_year_ago_is_the_same_week_of_the_same_term():
    two_years = school_of("monday", [LAST_FALL, FALL, SPRING], [HARVEST])
    # Week 12 with the harvest break left out; last year had none.
    assert two_years.a_year_ago(day("2026-11-25")) == (day("2025-11-17"), day("2025-11-23"))
    assert YEAR.a_year_ago(day("2026-11-25")) == (day("2025-11-24"), day("2025-11-30"))


def test_the_ends_of_the_calendar_are_no_trouble():
    for school in (EVERY_WEEK, YEAR, school_of("sunday", [], [HARVEST])):
        for edge in (dt.date.min, dt.date.max):
            assert school.weeks_after(edge, 520) >= edge
            assert school.week_of(edge) <= edge
            school.term_week(edge), school.season_of(edge), school.a_year_ago(edge), school.break_of(edge)


@given(st.builds(school_of, STARTS, SPANS.filter(bool), PLAIN), DAYS)
def test_a_week_counts_exactly_when_one_of_its_days_is_in_a_term_and_outside_breaks(school, on):
    week = [school.week_of(on) + number * DAY for number in range(7)]
    assert on in week
    known = Span("", min(term.start for term in school.terms), max(term.end for term in school.terms))
    in_school = [
        each
        for each in week
        if (each not in known or any(each in term for term in school.terms))
        and not any(each in pause for pause in school.breaks)
    ]
    assert school.is_school_week(on) == bool(in_school)


@given(SCHOOLS, DAYS, st.integers(0, 60))
def test_so_many_school_weeks_later_is_so_many_weeks_that_count_and_never_in_a_break(school, start, weeks):
    later = school.weeks_after(start, weeks)
    assert not school.is_off(later)
    assert later >= start
    assert school.weeks_after(start, weeks + 1) >= later
    mondays = range(school.week_of(start).toordinal() + 7, school.week_of(later).toordinal() + 1, 7)
    counted = sum(school.is_school_week(dt.date.fromordinal(each)) for each in mondays)
    # One more where the day itself lies in a break of a week that counts, or is led out of one.
    assert weeks <= counted <= weeks + 1


@given(SCHOOLS, DAYS)
def test_the_weeks_of_a_term_are_numbered_from_one_without_a_gap(school, on):
    for term in school.terms_back(on, 3):
        numbers = [number for _, number in school.weeks_of(term) if number]
        assert numbers == list(range(1, len(numbers) + 1))
    found = school.term_week(on)
    if found is not None:
        assert (school.week_of(on), found.number) in school.weeks_of(found.term)


@given(SPANS)
def test_what_is_shown_of_terms_can_be_typed_again(spans):
    assert parse_spans(spans_text(spans)) == tuple(spans)


@pytest.mark.parametrize(
    "text", ["Fall", "Fall 2026-08-31", "Fall 2026-12-18 to 2026-08-31", "x 2026-08-31 to 2029-08-31"]
)
def test_what_is_no_term_is_refused(text):
    assert parse_spans(text) is None
