"""The way one has come, as the title line says it: `‹ Journal › Half an hour … › Finding`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.screen import Screen

from reflect.records.textforms import cut_at_word, one_line

PLACES = {"today": "Today", "journal": "Journal", "agendas": "Agendas", "search": "Search"}
LONGEST = 24


def names_of(screens: Iterable[Screen[object]]) -> list[str]:
    """Return what the screens below this one are called on the way back."""
    names = (getattr(screen, "crumb", "") or PLACES.get(getattr(screen, "place", ""), "") for screen in screens)
    return [name for name in names if name]


def trail(names: Sequence[str], here: str, width: int) -> Content:
    """Return the way in at most this width; where it is too long, what was first gives way."""
    shown = [cut_at_word(one_line(name), LONGEST) for name in names]
    here = one_line(here)
    was_cut = False
    while shown and _width(shown, here, was_cut) > width:
        shown.pop(0)
        was_cut = True
    before = ["…"] * was_cut + shown
    way = "".join(f"{name} › " for name in before)
    return Content.assemble((f"‹ {way}", "$text-muted"), here)


def _width(names: Sequence[str], here: str, was_cut: bool) -> int:
    return Content(f"‹ {'… › ' * was_cut}{''.join(f'{name} › ' for name in names)}{here}").cell_length
