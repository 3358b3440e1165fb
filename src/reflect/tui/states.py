"""The states of a record as a timeline: by day, each with its time, what it was and how large."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual.content import Content

from reflect.records.comparing import Comparison
from reflect.tui.differing import size_in_words
from reflect.tui.widgets.item_list import SPACE, Item, heading
from reflect.tui.words import in_words, long_day, plain_line
from reflect.vault.history import Version


@dataclass(frozen=True)
class Size:
    """How large a change was, in words."""

    says: str

    @classmethod
    def of(cls, comparison: Comparison) -> Size:
        """Return the size of a difference."""
        if comparison.is_empty:
            return cls("no change")
        fields = len(comparison.fields)
        return cls(
            size_in_words(comparison.words)
            or ("1 field" if fields == 1 else f"{fields} fields" if fields else "blanks")
        )


UNKNOWN = Size("")


def state_items(versions: Sequence[Version], sizes: Mapping[str, Size], own_name: str, today: dt.date) -> list[Item]:
    """Return the states under their days, the newest first; `sizes` says what each changed, as far as known."""
    items: list[Item] = []
    for day, of_day in groupby(versions, key=lambda version: version.at[:10]):
        items += [*([SPACE] if items else []), heading(_day(day, today))]
        for version in of_day:
            who = "" if version.author == own_name else f", {version.author}"
            left = Content.assemble(f"   {version.at[11:16]}  ", plain_line(in_words(version.message) + who))
            items.append(Item(left, plain_line(sizes.get(version.rev, UNKNOWN).says, "$text-muted"), (version.rev,)))
    return items


def _day(text: str, today: dt.date) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return long_day(day) if day.year == today.year else f"{long_day(day)} {day.year:04}"
