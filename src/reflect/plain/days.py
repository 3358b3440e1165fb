"""Days as one says them."""

from __future__ import annotations

import datetime as dt
from calendar import day_name, month_name


def spoken_day(text: str, today: dt.date) -> str:
    """Return a day as it is said: `today`, `9 November`, `9 November 2025`; `no date` for what is none."""
    day = _day(text)
    if day is None:
        return "no date"
    if day == today:
        return "today"
    return short(day, today)


def short(day: dt.date, today: dt.date) -> str:
    """Return a day with its year where it is another one."""
    year = "" if day.year == today.year else f" {day.year:04}"
    return f"{day.day} {month_name[day.month]}{year}"


def full_day(text: str) -> str:
    """Return a day with its week day and year; `no date` for what is none."""
    day = _day(text)
    return f"{day_name[day.weekday()]} {day.day} {month_name[day.month]} {day.year:04}" if day else "no date"


def due_day(text: str, today: dt.date) -> str:
    """Return a day as it is said of something due: `today`, `on Thursday 26 November`, `since 9 November`."""
    day = _day(text)
    if day is None or day == today:
        return "today" if day else ""
    if day < today:
        return f"since {short(day, today)}"
    return f"on {day_name[day.weekday()]} {short(day, today)}"


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
