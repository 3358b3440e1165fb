"""A pilot's turns as lines of text: each ramp, each cycle with prediction, result, next and decision."""

from __future__ import annotations

from reflect.insights.tracking import Tracking, Turn
from reflect.records.textforms import one_line
from reflect.store.catalog import Row


def ramp_line(ramp: tuple[Turn, ...]) -> str:
    """Return a ramp on one line: the result and the next step of each turn."""
    turns = [f"{turn.number or '?'} {turn.result or 'no result yet'}, {turn.next or 'open'}" for turn in ramp]
    return one_line(" → ".join(turns))


def tracking_lines(found: Tracking) -> list[str]:
    """Return the ramps, and below each its turns."""
    lines: list[str] = []
    for number, ramp in enumerate(found.ramps, 1):
        if len(found.ramps) > 1:
            lines.append(f"Ramp {number}")
        lines.append(ramp_line(ramp))
        for turn in ramp:
            lines.append("")
            lines.append(f"{turn.number or '·'}  {one_line(turn.row.title)}")
            lines += [f"     {name:<11} {text}" for name, text in turn_entries(turn)]
        lines.append("")
    lines += [f"Decided on the pilot: {_with_choice(row)}" for row in found.decisions]
    return [*(lines or ["No cycle yet."]), *map(one_line, found.says)]


def turn_entries(turn: Turn) -> list[tuple[str, str]]:
    """Return what is known of a turn, by name."""
    return [
        ("predicted", one_line(turn.prediction) or "nothing, or not in so many words"),
        ("result", one_line(turn.result) or "not yet"),
        ("next", one_line(turn.next) or "open"),
        *(("decided", _with_choice(row)) for row in turn.decisions),
    ]


def _with_choice(row: Row) -> str:
    choice = row.text_of("choice")
    return one_line(f"{row.title}{f' ({choice})' if choice else ''}")
