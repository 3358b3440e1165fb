"""Patterns as lines of text and as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.cli.shapes import Shape
from reflect.cli.text import entries, fitted, padded, short_id, width, wrapped
from reflect.insights.patterns.drawing import bar, by_group, most_of, number, weeks_line
from reflect.insights.patterns.figures import LINES, WEEKS, Figure, Offer, Part, Seen
from reflect.insights.patterns.period import period_words
from reflect.records.record import as_list
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.exports.figures.pictures import Picture
    from reflect.insights.patterns.period import Period
    from reflect.workspace import Workspace

LABEL, BAR = 36, 24
IN_WORDS = {True: "yes", False: "no ", None: ""}


def pattern_shape(desk: Workspace, seen: Seen, period: Period, with_ids: bool = True) -> Shape:
    """Return a pattern with what it found; `with_ids` names the records behind each part."""
    pattern, found = seen.pattern, seen.found
    return {
        "name": pattern.name,
        "title": pattern.title,
        "counts": pattern.counts,
        "period": _period_shape(pattern.spans, period),
        "from": pattern.fewest,
        "records": found.records,
        "shown": seen.is_shown,
        "says": seen.says,
        "question": found.question or None,
        "offers": [offer_shape(desk, offer) for offer in found.offers],
        "figure": {
            "form": found.figure.form,
            "parts": [_part_shape(desk, part, with_ids) for part in found.figure.parts],
        }
        if seen.is_shown
        else None,
        **found.facts,
    }


def _period_shape(spans: str, period: Period) -> Shape:
    if spans == "now":
        return {"spans": spans, "since": None, "until": None}
    return {"spans": spans, "since": period.since or None, "until": period.until or None}


def _part_shape(desk: Workspace, part: Part, with_ids: bool) -> Shape:
    return {
        "name": part.name,
        "label": part.label,
        "count": part.count,
        "of": part.of,
        **({"unit": part.unit.strip()} if part.unit else {}),
        "note": part.note or None,
        "group": part.group or None,
        **({"met": part.is_met} if part.is_met is not None else {}),
        **({"ids": desk.counts.ids_of(part.rowids)} if with_ids else {}),
    }


def offer_shape(desk: Workspace, offer: Offer) -> Shape:
    """Return what a key would start."""
    rows = desk.catalog.at_ref(offer.ref) if offer.ref else []
    return {
        "says": offer.says,
        "kind": offer.kind or None,
        "lens": offer.lens or None,
        "fields": dict(offer.fields),
        "id": (rows[0].id or None) if rows else None,
        "path": offer.ref or None,
        "at": offer.at or None,
        "loop": offer.loop or None,
        "command": command_of(desk, offer),
    }


def command_of(desk: Workspace, offer: Offer) -> str:
    """Return the command that begins what an offer says."""
    if offer.answers:
        rows = desk.catalog.at_ref(offer.answers)
        return f'reflect respond {short_id(rows[0]) if rows else offer.answers} "…"'
    if offer.ref:
        rows = desk.catalog.at_ref(offer.ref)
        named = short_id(rows[0]) if rows else offer.ref
        return shlex.join(["reflect", "edit" if offer.at or offer.loop or offer.part else "show", named])
    command = ["reflect", "new", offer.kind]
    command += ["--lens", offer.lens] if offer.lens else []
    command += ["--agenda", offer.agenda] if offer.agenda else []
    for name, value in offer.fields.items():
        command += ["--set", f"{name}={', '.join(as_list(value))}"]
    command += ["--set", f"links={', '.join(offer.links)}"] if offer.links else []
    return shlex.join(command)


def listed_lines(patterns: Sequence[Seen], columns: int) -> list[str]:
    """Return all patterns that are shown, each with its sentence and its question, then those that are not yet."""
    lines: list[str] = []
    for seen in patterns:
        if seen.is_shown:
            lines += ["", fitted(f"{seen.pattern.title} ({seen.pattern.name})", columns)]
            lines += wrapped(one_line(seen.says), columns, "  ")
            lines += wrapped(one_line(seen.found.question), columns, "  → ") if seen.found.question else []
    waiting = [seen for seen in patterns if not seen.is_shown]
    if waiting:
        pairs = [
            (f"  {seen.pattern.name}", f"from {seen.pattern.fewest} {seen.pattern.of_what} on") for seen in waiting
        ]
        lines += ["", "Not shown yet, for want of records:", *entries(pairs, columns)]
    return lines[1:]


def whole_lines(desk: Workspace, seen: Seen, period: Period, columns: int, picture: Picture | None = None) -> list[str]:
    """Return one pattern: its sentence, its figure, its question and how to begin, and what it counts.

    A `picture` of one record stands in place of the figure.
    """
    found = seen.found
    if picture is not None:
        title, says = picture.title, picture.says
        lines = ["", *(fitted(line, columns) for line in map(cleaned, picture.lines(columns)))]
        lines = [fitted(one_line(title), columns), *(lines if len(lines) > 1 else []), ""]
        lines += [part for sentence in says for part in wrapped(one_line(sentence), columns)]
    else:
        lines = [seen.pattern.title, *wrapped(one_line(seen.says), columns)]
    if found.figure.parts and picture is None:
        lines += ["", *figure_lines(desk, found.figure, columns)]
    for sentence in found.sentences:
        lines += (
            ["", *wrapped(one_line(sentence), columns)]
            if sentence == found.sentences[0]
            else wrapped(one_line(sentence), columns)
        )
    if found.question:
        lines += ["", *wrapped(one_line(found.question), columns)]
        lines += [f"  {offer.says}: {command_of(desk, offer)}" for offer in found.offers]
    span = f"Looked at: {period_words(seen.pattern, period)}."
    return [*lines, "", *wrapped(f"What is counted: {seen.pattern.counts} {span}", columns)]


def figure_lines(desk: Workspace, figure: Figure, columns: int) -> list[str]:
    """Return a figure as lines of text."""
    lines: list[str] = []
    most = most_of(figure)
    widest = min(LABEL, max((width(one_line(part.label)) for part in figure.parts), default=0))
    for group, parts in by_group(figure):
        indent = "  " if group else ""
        if group:
            shades = f"  {weeks_line(parts, most)}" if figure.form == WEEKS else ""
            lines.append(fitted(f"{one_line(group)}{shades}", columns))
        for part in parts:
            line = _read(desk, part) if figure.form == LINES else _drawn(part, most, widest, figure.form == WEEKS)
            lines.append(fitted(indent + line, columns))
            if figure.form == LINES and part.note:
                lines.append(fitted(f"{indent}    {one_line(part.note)}", columns))
    return lines


def _drawn(part: Part, most: int, widest: int, is_week: bool) -> str:
    label = padded(fitted(one_line(part.label), widest), widest)
    start = f"{part.name}  " if is_week else ""
    if part.count is None:
        return f"{start}{label}"
    note = f"  {one_line(part.note)}" if part.note else ""
    return f"{start}{label}  {padded(bar(part.count, most, BAR), BAR)}  {number(part)}{note}".rstrip()


def _read(desk: Workspace, part: Part) -> str:
    if part.is_met is not None:
        return f"{IN_WORDS[part.is_met]}  {one_line(part.label)}"
    rows = desk.catalog.at_ref(part.ref) if part.ref else []
    start = f"{short_id(rows[0])}  " if rows else ""
    count = f"  {number(part)}" if part.count is not None else ""
    return f"{start}{one_line(part.label)}{count}"
