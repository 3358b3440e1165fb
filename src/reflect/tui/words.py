"""How records, days and numbers are worded on screen; the one door by which their text gets there."""

from __future__ import annotations

import datetime as dt

from textual.content import Content

from reflect.records.textforms import cleaned, one_line

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# A sign says in one cell what a row is; a word beside it always says the same.
SIGNS = {
    "reflection": "•",
    "call-in": "↔",
    "agenda": "▣",
    "question": "▸",
    "activity": "◇",
    "finding": "∗",
    "wondering": "?",
    "decision": "◆",
    "person": "@",
}
VALENCES = {"positive": "+", "negative": "−", "mixed": "±", "no difference": "○", "too early": "○"}
# What a state of history is, by the first word of its message.
DEEDS = {
    "Write": "written",
    "Edit": "edited",
    "Restore": "restored",
    "Undo:": "taken back",
    "Take": "changed by another program",
    "Import": "imported",
    "Delete": "deleted",
    "Order": "put in another place",
    "Begin": "begun from an example",
}
PRIVATE = "private: never leaves this computer"
UNSHARED = "private: stays on this computer until you share it"


def for_all_in(community: str) -> str:
    """Return what is said of a text that is written into a community, and what becomes of it."""
    return f"for all in {community}: saved, it is kept here and sent at the next sync"


def plain(text: str) -> Content:
    """Return a person's text as it may be shown: never read as markup, nothing that steers a terminal."""
    return Content(cleaned(text))


def plain_line(text: str, style: str = "") -> Content:
    """Return a person's text on one line, as `plain` does."""
    line = Content(one_line(text))
    return line.stylize(style) if style else line


def sign_of(kind: str, valence: str = "") -> str:
    """Return the sign of a record: that of what a finding says, else that of its kind."""
    return VALENCES.get(valence, "") or SIGNS.get(kind, "·")


def long_day(day: dt.date) -> str:
    """Return a day as the title line says it."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def short_day(text: str, today: dt.date) -> str:
    """Return the day of a record for a list: with its week day in this year, else with its year."""
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        return "no date"
    month = MONTHS[day.month - 1][:3]
    if day.year == today.year:
        return f"{DAYS[day.weekday()][:3]} {day.day:>2} {month}"
    return f"{day.day:>2} {month} {day.year:04}"


def month_of(text: str) -> str:
    """Return a month such as `2026-11` in words."""
    year, _, month = text.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month.isdigit() and 0 < int(month) <= 12 else "No date"


def near_day(text: str, today: dt.date) -> str:
    """Return a day as it is said of something due: `today`, `Thu`, or `since 9 Nov`."""
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        return ""
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if 0 < ahead < 7:
        return DAYS[day.weekday()][:3]
    month = MONTHS[day.month - 1][:3]
    year = "" if day.year == today.year else f" {day.year:04}"
    return f"{'on' if ahead > 0 else 'since'} {day.day} {month}{year}"


def clock(moment: dt.datetime) -> str:
    """Return the time of day as the state of a text says it."""
    return moment.strftime("%H:%M")


def in_words(message: str) -> str:
    """Return what a message of history says was done, as people read it."""
    first = message.split(" ", 1)[0]
    if first in DEEDS:
        return DEEDS[first]
    words, _, last = message.rpartition(" ")
    return words if words and len(last) == 8 and last.isalnum() else message
