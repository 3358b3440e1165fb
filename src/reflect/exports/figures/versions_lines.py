"""Versions as lines: the newest first, each with the words that went and that came, and why."""

from __future__ import annotations

from collections.abc import Sequence

from reflect.exports.figures.credits import ESSENTIAL, SYSTEM
from reflect.insights.patterns.figures import Offer
from reflect.insights.versions import QUESTION, Change, Stand, Versions
from reflect.insights.views import Line, NoteOf, View, heading
from reflect.records.textforms import one_line
from reflect.records.word_diff import SAME, Piece, marked_lines
from reflect.store.catalog import Row

# What stays the same around a change is cut to so many letters.
AROUND = 60
SOURCES = {"instructional-core": SYSTEM, "definition-of-leadership": ESSENTIAL}


def versions_view(found: Versions, next_one: Offer, note_of: NoteOf) -> View:
    """Return the versions; what went stands in `[-…-]`, what came in `{+…+}`."""
    lines: list[Line] = []
    for stand in found.stands:
        lines += _stand(stand, note_of)
    if found.beside:
        lines += [heading("These replace one of them, too"), *(_record(row, note_of) for row in found.beside)]
    lines += [Line("The first and the last name each other: the circle is cut here.")] if found.is_cut else []
    title = f"{found.kind.label}: {len(found.stands)} version{'s' * (len(found.stands) != 1)}"
    return View(title, tuple(lines), QUESTION, (next_one,), SOURCES.get(found.kind.name, ""))


def _stand(stand: Stand, note_of: NoteOf) -> list[Line]:
    row = stand.row
    adopted = f", adopted on {row.text_of('adopted_on')}" if row.text_of("adopted_on") else ""
    made_with = f", made with {', '.join(row.list_of('made_with'))}" if row.list_of("made_with") else ""
    lines = [heading(one_line(f"Version {stand.number} · {row.day}{adopted}{made_with}"))]
    lines.append(_record(row, note_of))
    lines += [Line(one_line(f"{title}: {text}"), level=1) for title, text in stand.told]
    for change in stand.changes:
        lines += [Line(text, level=1) for text in changed_lines(change)]
    if stand.number > 1 and not stand.changes:
        lines.append(Line("It says the same as the version before.", level=1))
    return lines


def changed_lines(change: Change) -> list[str]:
    """Return the lines of a section in which a word went or came, each with the name of the section."""
    pieces = _shortened(change.pieces)
    return [f"{change.title}: {one_line(line)}" for line in marked_lines(pieces) if "[-" in line or "{+" in line]


def _record(row: Row, note_of: NoteOf) -> Line:
    return Line(one_line(row.title), note_of(row), row.ref, level=1)


def _shortened(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if piece.sign == SAME and "\n" not in piece.text and len(piece.text) > 2 * AROUND:
            found.append(Piece(SAME, f"{piece.text[:AROUND].rstrip()} … {piece.text[-AROUND:].lstrip()}"))
        else:
            found.append(piece)
    return found
