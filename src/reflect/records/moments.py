"""Dates and times of records: RFC 3339 as written, or a date alone, kept as given."""

from __future__ import annotations

import datetime as dt
import re

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LAST_MINUTE = "T23:59:59"


def is_day(text: str) -> bool:
    """Say whether the text is a date alone, one that exists."""
    if not DAY.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_moment(text: str) -> bool:
    """Say whether the text is a date alone or a date with a time."""
    if is_day(text):
        return True
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return DAY.match(text) is not None


def day_of(text: str) -> str:
    """Return the day as written there, `""` when the text is no date."""
    return text[:10] if is_moment(text) else ""


def sort_key(text: str) -> str:
    """Return what records are ordered by: the wall clock as written, a date alone as its last minute.

    The clock as written and not the instant, so that the order of a list never disagrees with the
    days that it shows.
    """
    if is_day(text):
        return text + LAST_MINUTE
    if not is_moment(text):
        return ""
    return dt.datetime.fromisoformat(text).replace(tzinfo=None).isoformat(timespec="seconds")


def day_in_name(path: str) -> str:
    """Return the date that a file name starts with, `""` where it has none."""
    name = path.rsplit("/", 1)[-1]
    return name[:10] if is_day(name[:10]) else ""


def written(moment: dt.datetime) -> str:
    """Return a time as it stands in a record: to the second, with its offset."""
    return moment.isoformat(timespec="seconds")
