"""A conditions map as lines of text, alone or beside an earlier one."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from reflect.insights.conditions import LEVELS, Condition, ConditionsMap, MapsBeside
from reflect.records.textforms import one_line

NARROW = 72
GAP = "  │ "
TitleOf = Callable[[str], str]


def conditions_lines(found: MapsBeside, columns: int, title_of: TitleOf = str) -> list[str]:
    """Return the newer map; with an older one both, side by side where there is room, else one below the other."""
    newer, older = found.newer, found.older
    if older is None:
        head = [_head(newer)]
        body = [line for level in LEVELS for line in _level(newer, level, columns, (), title_of)]
    elif columns < NARROW:
        head, body = [], []
        for each, changed in ((older, ()), (newer, found.changed)):
            body += [_head(each), *(x for level in LEVELS for x in _level(each, level, columns, changed, title_of)), ""]
    else:
        width = (columns - len(GAP)) // 2
        head = _side_by_side([_head(older)], [_head(newer)], width)
        body = []
        for level in LEVELS:
            then = _level(older, level, width, (), title_of)
            now = _level(newer, level, width, found.changed, title_of)
            body += _by_condition(then, now, width)
    return [*head, *body, *_changes(found, title_of)]


def _head(each: ConditionsMap) -> str:
    return one_line(f"{each.as_of} · {each.row.title}")


def _level(each: ConditionsMap, level: str, width: int, changed: tuple[str, ...], title_of: TitleOf) -> list[str]:
    lines = ["", level.upper()]
    for condition in each.at(level):
        lines += _condition(condition, width, condition.slug in changed, title_of)
    return lines


def _condition(each: Condition, width: int, is_changed: bool, title_of: TitleOf) -> list[str]:
    marks = ["strongest"] * each.is_strongest + ["working on it"] * each.is_worked_on + ["changed"] * is_changed
    said_of = f" ({', '.join(marks)})" if marks else ""
    lines = textwrap.wrap(f"* {title_of(each.slug)}{said_of}", max(width, 20), subsequent_indent="    ")
    for label, text in (("holds it", each.holds), ("we want", each.want), ("", each.other)):
        if text:
            said = one_line(f"{label}: {text}" if label else text)
            lines += textwrap.wrap(said, max(width, 20), initial_indent="    ", subsequent_indent="      ")
    return lines if each.has_text else [*lines, "    nothing yet"]


def _by_condition(then: list[str], now: list[str], width: int) -> list[str]:
    """Return two levels side by side, each condition beginning on the same line in both."""
    lines: list[str] = []
    for one, other in zip(_parts(then), _parts(now), strict=True):
        lines += _side_by_side(one, other, width)
    return lines


def _parts(lines: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("* "):
            parts.append([])
        parts[-1].append(line)
    return parts


def _side_by_side(one: list[str], other: list[str], width: int) -> list[str]:
    height = max(len(one), len(other))
    left, right = ([*each, *[""] * (height - len(each))] for each in (one, other))
    return [f"{a[:width]:<{width}}{GAP}{b[:width]}".rstrip() for a, b in zip(left, right, strict=True)]


def _changes(found: MapsBeside, title_of: TitleOf) -> list[str]:
    if found.older is None:
        return []
    names = ", ".join(title_of(each) for each in found.changed)
    return ["", f"Changed since {found.older.as_of}: {names or 'nothing'}."]
