"""Chains, pilots and maps of conditions as lines of the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from textual.content import Content

from reflect.exports.figures.chain_lines import words_of
from reflect.exports.figures.tracking_lines import turn_entries
from reflect.insights.chain import MISSING, Chain, Step
from reflect.insights.conditions import LEVELS, Condition, MapsBeside
from reflect.insights.tracking import Tracking, Turn
from reflect.tui.doing import Doing
from reflect.tui.figure import Figure
from reflect.tui.spoken import READER
from reflect.tui.widgets.item_list import SPACE
from reflect.tui.words import plain_line

# From so many columns on, two maps stand side by side.
SIDE_BY_SIDE = 72
LabelOf = Callable[[str], str]


def chain_figure(found: Chain, label_of: LabelOf, width: int, key: str) -> Figure:
    """Return a chain as lines: what is missing stands where it is missing, and begins when it is chosen."""
    figure = Figure()
    first: Step | None = None
    for step in found.steps:
        words = plain_line(words_of(step, label_of), "bold" if step.is_asked else "")
        sign = "▸" if step.is_asked else "○" if step.state == MISSING else "·"
        arrow = "" if READER.is_on or not step.depth else "← "
        before = "" if READER.is_on else f" {sign} "
        left = Content.assemble((before, "$text-accent"), "  " * step.depth, (arrow, "$text-muted"), words)
        if step.state == MISSING:
            first = first or step
            right = Content("enter begins it").stylize("$text-accent")
            figure.add_doing(left.stylize("$text-muted"), right, Doing(step.kind, step.fields), step.depth + 1)
        elif step.row is not None:
            figure.add_record(left, plain_line(step.row.day, "$text-muted"), step.row.ref, step.depth + 1)
    if not found.steps:
        figure.add_remarks("Nothing hangs on this record, and it hangs on nothing.", width, 1)
    for each in found.says:
        figure.items.append(SPACE)
        figure.add_remarks(each, width, 1)
    if first is not None:
        label = label_of(first.kind)
        figure.add_question(f"What stands here: {label[:1].lower()}{label[1:]}?", Doing(first.kind, first.fields), key)
    return figure


def tracking_figure(found: Tracking, width: int, key: str) -> Figure:
    """Return the turns of a pilot as lines, ramp after ramp."""
    figure = Figure()
    for number, ramp in enumerate(found.ramps, 1):
        figure.add_heading(f"Ramp {number}" if len(found.ramps) > 1 else "Turns of plan, do, study, act")
        figure.add(Content.assemble("   ", _ramp(ramp)))
        for turn in ramp:
            figure.items.append(SPACE)
            left = Content.assemble((f" ↻ {turn.number or '·'}  ", "$text-accent"), plain_line(turn.row.title))
            figure.add_record(left, plain_line(turn.row.text_of("ends") or turn.row.day, "$text-muted"), turn.row.ref)
            for name, text in turn_entries(turn)[: 3 if turn.decisions else None]:
                _add_entry(figure, name, text, width)
            for row in turn.decisions:
                choice = row.text_of("choice")
                left = Content.assemble(("      decided    ", "$text-muted"), plain_line(row.title))
                figure.add_record(left, plain_line(choice, "$text-muted"), row.ref)
    if not found.ramps:
        figure.add_remarks("No cycle yet. A first one is one class, one day.", width, 1)
    if found.decisions:
        figure.add_heading("Decided on the pilot")
    for row in found.decisions:
        choice = row.text_of("choice")
        left = Content.assemble(("   ◆ ", "$text-accent"), plain_line(row.title))
        figure.add_record(left, plain_line(choice, "$text-muted"), row.ref)
    for each in found.says:
        figure.items.append(SPACE)
        figure.add_remarks(each, width, 1)
    figure.add_question(found.asks, _next_turn(found), key)
    return figure


def _next_turn(found: Tracking) -> Doing:
    if found.asks_of is not None:
        return Doing(path=found.asks_of.ref, at=found.asks_at)
    last = found.ramps[-1][-1].row if found.ramps else None
    before = {"before": last.id} if last is not None and last.text_of("next") == "adapt" else {}
    return Doing("cycle", {"pilot": found.pilot.id, **before})


def _ramp(ramp: Sequence[Turn]) -> Content:
    parts: list[Content | tuple[str, str]] = []
    for turn in ramp:
        parts += [(" → ", "$text-muted")] if parts else []
        says = f"{turn.number or '·'} {turn.result or 'no result yet'}, {turn.next or 'open'}"
        parts.append(plain_line(says))
    return Content.assemble(*parts)


def _add_entry(figure: Figure, name: str, text: str, width: int) -> None:
    lines = plain_line(text).wrap(max(20, width - 19))
    for number, line in enumerate(lines):
        figure.add(Content.assemble((f"      {name if not number else '':<11}", "$text-muted"), line))


def conditions_figure(found: MapsBeside, titles: LabelOf, width: int, key: str) -> Figure:
    """Return a map by levels, beside the one before it; a condition leads to where it is written."""
    figure = Figure()
    older, newer = found.older, found.newer
    is_wide = older is not None and width >= SIDE_BY_SIDE and not READER.is_on
    half = (width - 5) // 2
    if older is not None:
        figure.add_record(
            Content.assemble(("   before: ", "$text-muted"), plain_line(older.row.title)),
            plain_line(older.as_of, "$text-muted"), older.row.ref,
        )  # fmt: skip
    left = Content.assemble(("   now:    ", "$text-muted"), plain_line(newer.row.title))
    figure.add_record(left, plain_line(newer.as_of, "$text-muted"), newer.row.ref)
    for level in LEVELS:
        figure.add_heading(level.capitalize())
        before = {each.slug: each for each in older.at(level)} if older else {}
        for each in newer.at(level):
            marks = ["strongest"] * each.is_strongest + ["working on it"] * each.is_worked_on
            marks += ["changed"] * (each.slug in found.changed)
            doing = Doing(path=newer.row.ref, at=each.title)
            title = plain_line(titles(each.slug), "bold" if each.slug in found.changed else "")
            figure.add_doing(Content.assemble("   ", title), plain_line(", ".join(marks), "$text-muted"), doing)
            then = before.get(each.slug)
            if is_wide and then is not None:
                _add_both(figure, _texts(then, half - 6), _texts(each, half - 4), half)
            else:
                _add_one(figure, then if each.slug in found.changed else None, each, width)
    if older is not None:
        names = ", ".join(titles(each) for each in found.changed) or "nothing"
        figure.items.append(SPACE)
        figure.add_remarks(f"Changed since {older.as_of}: {names}.", width, 1, "")
    figure.add_question(found.asks, Doing(path=newer.row.ref, at=found.asks_at), key)
    return figure


def _texts(each: Condition, width: int) -> list[Content]:
    lines: list[Content] = []
    for label, text in (("holds it: ", each.holds), ("we want: ", each.want), ("", each.other)):
        if text:
            lines += Content.assemble((label, "$text-muted"), plain_line(text)).wrap(max(20, width))
    return lines or [Content("nothing yet").stylize("$text-muted")]


def _add_both(figure: Figure, then: Sequence[Content], now: Sequence[Content], half: int) -> None:
    for one, other in zip_longest(then, now, fillvalue=Content("")):
        left = Content.assemble("      ", one).truncate(half, pad=True)
        figure.add(Content.assemble(left, (" │ ", "$text-muted"), other))


def _add_one(figure: Figure, then: Condition | None, now: Condition, width: int) -> None:
    for label, each in (("before ", then), ("now    ", now)):
        for number, line in enumerate(_texts(each, width - 16) if each is not None else ()):
            said = label if then is not None and not number else ""
            figure.add(Content.assemble((f"      {said:<7}" if then else "      ", "$text-muted"), line))
