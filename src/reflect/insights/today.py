"""What a leader meets on opening the program today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reflect.community.reading import Unread
from reflect.insights.loops import OpenLoop
from reflect.records.lenses import Prompt
from reflect.records.moments import is_day
from reflect.records.school import EVERY_WEEK, School, Span
from reflect.store.catalog import Row
from reflect.store.drafts import Draft

COMING_DAYS = 7
NOTHING_UNREAD = Unread()


@dataclass(frozen=True)
class Due:
    """Something that a date asks for: an open loop, or a day that comes within the week or lies in a break."""

    day: str
    say: str
    row: Row
    loop: str = ""
    is_in_break: bool = False


@dataclass(frozen=True)
class Incomplete:
    """A record that counts as complete once something more stands in it; `missing` are labels of its fields."""

    row: Row
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Today:
    """The prompts of the day (the first is the day's, the rest is *another*), and what waits.

    `is_only_here`: it is time to say that the journal is on this computer only.
    `week` says which school week it is, where terms are set; in a break `pause` is that break.
    """

    day: str
    prompts: Sequence[Prompt]
    due: Sequence[Due]
    drafts: Sequence[Draft]
    on_this_day: Sequence[Row]
    counts: dict[str, int]
    unread: Unread = NOTHING_UNREAD
    is_only_here: bool = False
    week: str = ""
    pause: Span | None = None
    incomplete: Sequence[Incomplete] = ()


def due(
    loops: Sequence[OpenLoop],
    coming: Sequence[tuple[Row, str, str]],
    today: dt.date,
    school: School = EVERY_WEEK,
) -> list[Due]:
    """Return what waits: the loops that are open, and dates to come as (row, day, sentence).

    Those of the coming week, and those that fall in a break, however far it is: a person may want to move them.
    """
    until = (today + dt.timedelta(days=COMING_DAYS)).isoformat()
    ahead = [(row, day, say) for row, day, say in coming if today.isoformat() <= day]
    soon = [Due(day, say, row, is_in_break=_is_off(day, school)) for row, day, say in ahead]
    soon = [each for each in soon if each.is_in_break or each.day <= until]
    waiting = [Due(loop.since, loop.say, loop.row, loop.loop) for loop in loops]
    return sorted(soon, key=lambda each: each.day) + sorted(waiting, key=lambda each: each.day, reverse=True)


def due_in_break(
    loops: Sequence[OpenLoop], coming: Sequence[tuple[Row, str, str]], today: dt.date, pause: Span
) -> list[Due]:
    """Return what a person dated inside the break that it is; everything else waits until there is school again."""
    first, now, last = pause.start.isoformat(), today.isoformat(), pause.end.isoformat()
    dated = [(row, day, say) for row, day, say in coming if first <= day <= last]
    passed = {row.rowid: day for row, day, _ in dated if day < now}
    soon = [Due(day, say, row, is_in_break=True) for row, day, say in dated if day >= now]
    # A loop of such a date is open from the day after it.
    waiting = [
        Due(passed[loop.row.rowid], loop.say, loop.row, loop.loop, is_in_break=True)
        for loop in loops
        if loop.row.rowid in passed and loop.since > passed[loop.row.rowid]
    ]
    return sorted([*waiting, *soon], key=lambda each: each.day)


def _is_off(day: str, school: School) -> bool:
    return is_day(day) and school.is_off(dt.date.fromisoformat(day))


def same_day_earlier(today: dt.date, years: int = 10) -> list[str]:
    """Return this day in earlier years, the last year first; 29 February has few."""
    days = []
    for back in range(1, years + 1):
        try:
            days.append(today.replace(year=today.year - back).isoformat())
        except ValueError:
            continue
    return days
