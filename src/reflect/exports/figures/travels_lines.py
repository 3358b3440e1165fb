"""A finding level by level, and the movement of all findings between communities, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from reflect.exports.figures.credits import ESSENTIAL, PRACTICE
from reflect.insights.patterns.figures import Offer
from reflect.insights.travels import WHO, Move, Place, Spiral
from reflect.insights.views import Line, NoteOf, View, heading
from reflect.records.textforms import one_line
from reflect.records.wording import counted
from reflect.store.catalog import Row

MOST = 5


def spiral_view(found: Spiral, season_began: str, readable: Row, note_of: NoteOf) -> View:
    """Return the copies from the lowest level up, each with what came of it; `readable` is what others can read."""
    lines: list[Line] = []
    for place in found.places:
        lines += _place(place, note_of)
    lines += [Line("What was carried comes back to where it began: the circle is cut here.")] if found.is_cut else []
    title = f"Spiral: {one_line(found.asked.title)}"
    silent = found.unanswered(season_began)
    if silent:
        row = silent[0].row
        ask = Offer(f"ask in {one_line(row.place)} what became of it", "response", place=row.place, answers=row.ref)
        return View(title, tuple(lines), WHO, (ask,), ESSENTIAL)
    if not found.raised:
        says = "carry it on to an agenda of a higher level" if readable.place else "share it first, then carry it on"
        question = "Who further up should hear this?"
        return View(title, tuple(lines), question, (Offer(says, ref=readable.ref),), ESSENTIAL)
    if not any(place.answers for place in found.raised):
        row = found.raised[0].row
        ask = Offer(f"ask for it in {one_line(row.place)}", "response", place=row.place, answers=row.ref)
        return View(title, tuple(lines), "What should come back, and by when?", (ask,), ESSENTIAL)
    decide = Offer("a decision on it", "decision", fields={"findings": [found.asked.id]}, agenda=found.asked.agenda)
    return View(title, tuple(lines), "What does that change here?", (decide,), ESSENTIAL)


def _place(place: Place, note_of: NoteOf) -> list[Line]:
    row = place.row
    where = f" · {place.agenda.title}" if place.agenda is not None else ""
    lines = [heading(one_line(f"{place.level or 'level not said'} · {row.place or 'your journal'}{where}"))]
    marks = ["raised"] * place.is_raised + ["withdrawn at its origin"] * place.is_withdrawn
    said = f" ({', '.join(marks)})" if marks else ""
    lines.append(Line(one_line(f"{row.title}{said}"), note_of(row), row.ref, level=1))
    if place.before is not None:
        start = place.before.place or "your journal"
        lines.append(Line(one_line(f"carried from {start}, {row.day}"), level=1))
    elif row.text_of("carried_from"):
        lines.append(Line(one_line(f"carried from {row.text_of('carried_from')}"), level=1))
    lines += [Line(one_line(f"{each.kind}: {each.title}"), note_of(each), each.ref, level=2) for each in place.came]
    return lines if place.answers else [*lines, Line("nothing came back yet", level=2)]


def movement_view(moves: Sequence[Move], shared: Row | None, note_of: NoteOf) -> View:
    """Return from where to where findings went, each way with its number and the newest of them."""
    lines: list[Line] = []
    for move in moves:
        number = counted(len(move.rows), "finding")
        numbers = tuple(row.rowid for row in move.rows)
        says = one_line(f"from {move.start} to {move.end}")
        lines.append(Line(one_line(f"{move.start} → {move.end}"), number, rowids=numbers, says=says))
        lines += [Line(one_line(row.title), note_of(row), row.ref, level=1) for row in move.rows[:MOST]]
        more = move.rows[MOST:]
        lines += [Line(f"and {len(more)} more", rowids=numbers, level=1)] if more else []
    if not moves:
        lines = [Line("No finding was carried from one community to another yet.")]
    offer = Offer(f"look at “{one_line(shared.title)}”", ref=shared.ref) if shared else Offer("a finding", "finding")
    return View(
        "Movement of findings", tuple(lines), "What of ours would help elsewhere?", (offer,), PRACTICE
    )  # fmt: skip
