"""Dates and times as other programs write them above an entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

# Not \s, which would run on into the next line.
BLANK = r"[ \t\u00a0\u202f]"
DATE = r"(?P<a>[0-9]{1,4})(?P<sep>[-./])(?P<b>[0-9]{1,2})(?P=sep)(?P<c>[0-9]{1,4})"
TIME = (
    rf"(?P<hour>[0-9]{{1,2}})[:.](?P<minute>[0-9]{{2}})(?:[:.](?P<second>[0-9]{{2}})(?:[.,][0-9]{{1,9}})?)?"
    rf"(?:{BLANK}?(?P<half>[AaPp])\.?{BLANK}?[Mm]\b\.?)?"
)
ZONE = rf"(?:{BLANK}?(?P<zone>Z|[+-][0-9]{{2}}:?[0-9]{{2}}))?"
WEEKDAY = rf"(?:[^\W\d]{{2,12}}\.?,?{BLANK}+)?"
NUMERIC = re.compile(rf"{WEEKDAY}{DATE}(?:(?:{BLANK}?[T,]{BLANK}?|{BLANK}+){TIME}{ZONE})?")
TIME_ALONE = re.compile(TIME)
# Worth asking dateparser, which takes a millisecond: a year, a day, and the word of a month.
WORDED = re.compile(r"(?=.*(?<![0-9])[0-9]{4}(?![0-9]))(?=.*(?<![0-9])[0-9]{1,2}(?![0-9]))(?=.*[^\W\d_]{3}).{8,64}")

Moment = dt.datetime | dt.date


def parse_stamp(text: str, day_first: bool = False) -> Moment | None:
    """Return the date or the date and time that a whole text is, None when it is neither.

    A year, a month and a day are needed. A time without an offset is returned without one.
    """
    match = NUMERIC.fullmatch(text)
    if match is None:
        return _worded(text) if WORDED.fullmatch(text) else None
    return _moment(match, day_first) or _moment(match, not day_first)


def parse_time(text: str, day: dt.date) -> dt.datetime | None:
    """Return the time of day that a whole text is, on a day; None when it is none."""
    match = TIME_ALONE.fullmatch(text)
    time = _time(match) if match else None
    return dt.datetime.combine(day, time) if time else None


def looks_like_stamp(text: str) -> bool:
    """Say whether a text has the form of a date, whether or not that date exists."""
    return NUMERIC.fullmatch(text) is not None


def is_day_first(texts: Iterable[str]) -> bool | None:
    """Return whether dates such as 03/04/2026 begin with the day, None when they could be either.

    One number above twelve tells it for all of them; dots stand in dates that begin with the day.
    """
    found = (match for text in texts if (match := NUMERIC.fullmatch(text)))
    matches = [match for match in found if len(match["a"]) < 3 and len(match["c"]) in (2, 4)]
    if not matches:
        return False
    if any(int(match["a"]) > 12 or match["sep"] == "." for match in matches):
        return True
    return False if any(int(match["b"]) > 12 for match in matches) else None


def _moment(match: re.Match[str], day_first: bool) -> Moment | None:
    first, second, third = int(match["a"]), int(match["b"]), int(match["c"])
    if len(match["a"]) > 2:
        year, month, day = first, second, third
    elif len(match["c"]) in (2, 4):
        # As strptime's %y: 69 to 99 are of the last century.
        year = third if len(match["c"]) == 4 else third + (1900 if third > 68 else 2000)
        month, day = (second, first) if day_first else (first, second)
    else:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    if match["hour"] is None:
        return date
    time = _time(match)
    return dt.datetime.combine(date, time, _zone(match["zone"])) if time else None


def _time(match: re.Match[str]) -> dt.time | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = (match["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    # A leap second is written as 60.
    return dt.time(hour, minute, min(second, 59)) if hour < 24 and minute < 60 and second < 61 else None


def _zone(text: str | None) -> dt.timezone | None:
    if not text:
        return None
    if text == "Z":
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = dt.timedelta(hours=min(hours, 23), minutes=min(minutes, 59))
    return dt.timezone(-offset if text[0] == "-" else offset)


@lru_cache(100_000)
def _worded(text: str) -> Moment | None:
    found = _word_parser().get_date_data(text)
    if found.date_obj is None:
        return None
    moment: dt.datetime = found.date_obj.replace(tzinfo=None, microsecond=0)
    return moment if found.period == "time" else moment.date()


@cache
def _word_parser() -> Any:
    # 100 ms to import, and most journals have dates in numbers.
    from dateparser.date import DateDataParser

    options = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_TIME_AS_PERIOD": True,
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=["en", "es"], settings=options)
