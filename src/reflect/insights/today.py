"""What a leader meets on opening the program today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reflect.community.reading import Unread
from reflect.insights.loops import OpenLoop
from reflect.records.lenses import Prompt
from reflect.store.catalog import Row
from reflect.store.drafts import Draft

COMING_DAYS = 7
NOTHING_UNREAD = Unread()


@dataclass(frozen=True)
class Due:
    """Something that a date asks for: an open loop, or a day that comes within the week."""

    day: str
    say: str
    row: Row
    loop: str = ""


@dataclass(frozen=True)
class Today:
    """The prompts of the day (the first is the day's, the rest is *another*), and what waits.

    `is_only_here`: it is time to say that the journal is on this computer only.
    """

    day: str
    prompts: Sequence[Prompt]
    due: Sequence[Due]
    drafts: Sequence[Draft]
    on_this_day: Sequence[Row]
    counts: dict[str, int]
    unread: Unread = NOTHING_UNREAD
    is_only_here: bool = False


def due(loops: Sequence[OpenLoop], coming: Sequence[tuple[Row, str, str]], today: dt.date) -> list[Due]:
    """Return what waits: the loops that are open, and dates of the coming week as (row, day, sentence)."""
    until = (today + dt.timedelta(days=COMING_DAYS)).isoformat()
    soon = [Due(day, say, row) for row, day, say in coming if today.isoformat() <= day <= until]
    waiting = [Due(loop.since, loop.say, loop.row, loop.loop) for loop in loops]
    return sorted(soon, key=lambda each: each.day) + sorted(waiting, key=lambda each: each.day, reverse=True)


def same_day_earlier(today: dt.date, years: int = 10) -> list[str]:
    """Return this day in earlier years, the last year first; 29 February has few."""
    days = []
    for back in range(1, years + 1):
        try:
            days.append(today.replace(year=today.year - back).isoformat())
        except ValueError:
            continue
    return days
