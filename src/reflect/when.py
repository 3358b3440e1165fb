"""Dates as people say them: ISO dates and times as given, plain words as a guess that is echoed back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reflect.errors import UsageError
from reflect.records import moments

LANGUAGES = ["en", "es"]


@dataclass(frozen=True)
class When:
    """A date, or a date with a time and offset, as a record writes it; `was_guessed` from words."""

    text: str
    was_guessed: bool = False

    @property
    def day(self) -> str:
        """Its day."""
        return self.text[:10]


def parse_when(text: str, now: dt.datetime, is_ahead: bool = False) -> When:
    """Return what a date or a few words mean, seen from `now`; raises UsageError.

    `friday` is the last one, and the next one where one looks ahead: at a day to come back on. A time
    without an offset gets the offset that holds here on that day.
    """
    text = text.strip()
    if moments.is_day(text):
        return When(text)
    if moments.is_moment(text):
        return When(moments.written(with_local_offset(dt.datetime.fromisoformat(text))))
    # 100 ms to import, and most dates are ISO dates or today's.
    from dateparser.date import DateDataParser

    options: dict[str, object] = {
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "future" if is_ahead else "past",
        "RETURN_TIME_AS_PERIOD": True,
        "REQUIRE_PARTS": [],
    }
    found = DateDataParser(languages=LANGUAGES, settings=options).get_date_data(text)
    if found.date_obj is None:
        raise UsageError(f"“{text}” is no date that I know.", "Try 2026-11-23, yesterday, last friday, 3 weeks ago.")
    if found.period == "time":
        return When(moments.written(with_local_offset(found.date_obj)), was_guessed=True)
    return When(found.date_obj.date().isoformat(), was_guessed=True)


def with_local_offset(moment: dt.datetime) -> dt.datetime:
    """Return the same wall clock with the offset that holds here on that day, in whole minutes.

    The clock stays as written also in the hour that a night in spring leaves out.
    """
    if moment.tzinfo is not None:
        return moment
    try:
        offset = moment.astimezone().utcoffset() or dt.timedelta()
    except (OverflowError, ValueError, OSError):
        # Before the clocks of this system begin, there is no offset to know.
        offset = dt.timedelta()
    # Before time zones a town had its own minutes and seconds, and RFC 3339 has no seconds.
    minutes = round(offset.total_seconds() / 60)
    return moment.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
