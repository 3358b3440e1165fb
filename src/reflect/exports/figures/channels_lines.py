"""Channels of learning as rows: from whom to whom, how things move, and where there is no path yet."""

from __future__ import annotations

from reflect.exports.figures.columns import cell, width
from reflect.exports.figures.credits import SYSTEM
from reflect.insights.channels import KIND, QUESTION, Channels, Path
from reflect.insights.patterns.figures import Offer
from reflect.insights.views import Line, NoteOf, View, heading
from reflect.records.textforms import one_line
from reflect.records.wording import counted

WORDS = {"✓": "flows", "~": "slow", "✗": "stuck", "?": "unknown"}
STUCK = "✗"
AT = "Where it gets stuck"
WIDEST = 30
# Of the pairs without a path, those that share most are looked at first, and not all of dozens at once.
MOST_MISSING = 12


def channels_view(found: Channels, columns: int, note_of: NoteOf) -> View:
    """Return the rows, the stuck ones first; a pair without a path begins one."""
    names = [one_line(each) for path in found.paths for each in (path.start, path.end)]
    names += [one_line(start) for start, _ in found.no_path_yet]
    wide = min(WIDEST, max(10, columns // 3), max(map(width, names), default=0))
    lines = [_path(path, wide, note_of) for path in found.paths]
    if not found.paths:
        lines = [Line("No channel yet: a way by which needs and learning travel from some people to others.")]
    if found.no_path_yet:
        pairs = counted(len(found.no_path_yet), "pair")
        lines.append(heading(f"No path yet: {pairs} of groups that share an agenda"))
        lines += [_missing(start, end, wide) for start, end in found.no_path_yet[:MOST_MISSING]]
        if len(found.no_path_yet) > MOST_MISSING:
            lines.append(Line(f"  and {len(found.no_path_yet) - MOST_MISSING} more"))
    stuck = next((path for path in found.paths if path.sign == STUCK), None)
    if stuck is not None:
        says = f"go on with {one_line(stuck.start)} → {one_line(stuck.end)}"
        return View("Channels of learning", tuple(lines), QUESTION, (Offer(says, ref=stuck.row.ref, at=AT),), SYSTEM)
    if found.no_path_yet:
        offers = (begun(*found.no_path_yet[0]),)
        return View("Channels of learning", tuple(lines), QUESTION, offers, SYSTEM)
    question = "Between whom should needs and learning travel?"
    return View("Channels of learning", tuple(lines), question, (Offer("a channel", KIND),), SYSTEM)


def begun(start: str, end: str) -> Offer:
    """Return the beginning of a channel from one group to another."""
    says = f"a channel from {one_line(start)} to {one_line(end)}"
    return Offer(says, KIND, fields={"from": [start], "to": [end]})


def arrow_of(path: Path) -> str:
    """Return which way a path goes."""
    return "↔" if path.goes_both_ways else "→"


def _path(path: Path, wide: int, note_of: NoteOf) -> Line:
    row = path.row
    moved = f", last moved {row.text_of('last_moved')}" if row.text_of("last_moved") else ""
    start, end, word = one_line(path.start), one_line(path.end), WORDS[path.sign]
    text = f"{path.sign} {cell(start, wide)} {arrow_of(path)} {cell(end, wide)}  {word}{moved}"
    both = " and back" if path.goes_both_ways else ""
    return Line(text, note_of(row), row.ref, says=f"{start} to {end}{both}: {word}{moved}", is_drawn=True)


def _missing(start: str, end: str, wide: int) -> Line:
    one, other = one_line(start), one_line(end)
    text = f"· {cell(one, wide)}   {other}"
    return Line(text, offers=(begun(start, end), begun(end, start)), says=f"{one} and {other}", is_drawn=True)
