"""The three circles as three bands, one inside the other, and the table of symmetry."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from reflect.exports.figures.columns import cell
from reflect.exports.figures.credits import SYSTEM
from reflect.insights.circles import BELIEFS, CIRCLES, CORE, MINDSETS, NO_CORE, POLICY, QUESTION, Circles, Placed
from reflect.insights.patterns.figures import Offer
from reflect.insights.patterns.system import CORE_KIND, WRITE_CORE, following
from reflect.insights.views import BLANK, Line, NoteOf, View, heading
from reflect.records.textforms import one_line
from reflect.records.wording import counted

TITLE = "Circles and symmetry"
HOW = {POLICY: "formal", MINDSETS: "informal, with processes", CORE: "what fills a learner’s day"}
CALL_IN = "call-in"
KEY = "✓ in line · ✗ against · ? cannot tell yet"
# So many records of a circle, or of a field of the table, stand there by their titles.
MOST, MOST_IN_CELL = 8, 3
WIDEST, TABLE_FROM, LABEL = 100, 70, 15


def circles_view(found: Circles, columns: int, note_of: NoteOf, is_spoken: bool = False) -> View:
    """Return the bands and the table; without a core only the invitation to write one.

    `is_spoken` leaves out what is drawn only. Call-ins are counted, never titled.
    """
    if found.core is None:
        return View(TITLE, (), NO_CORE, (WRITE_CORE,), SYSTEM)
    columns = min(columns, WIDEST)
    lines = [_core(found, note_of), *_bands(found, columns, note_of), *_table(found, columns, is_spoken)]
    still_open = found.still_open()
    if still_open:
        lines += [heading("Against our core, and nothing follows yet")]
        lines += [_open(each, note_of) for each in still_open]
    answered = [each for each in found.placed if each.fit == "against it" and each.followed_by]
    if answered:
        lines += [heading("Against our core, with what follows"), *(_answered(each, note_of) for each in answered)]
    if still_open:
        return View(TITLE, tuple(lines), QUESTION, following(still_open[0].row), SYSTEM)
    return View(TITLE, tuple(lines), "What else fills a learner’s day here?", (_another(),), SYSTEM)


def _another() -> Offer:
    return Offer("a reflection on one of the circles", "reflection")


def _core(found: Circles, note_of: NoteOf) -> Line:
    core = found.core
    return Line(f"Our core: {one_line(core.title)}", note_of(core), core.ref) if core else BLANK


def _bands(found: Circles, columns: int, note_of: NoteOf) -> list[Line]:
    lines = []
    for depth, circle in enumerate(CIRCLES):
        inner = columns - 4 * depth
        left, right = "│ " * depth, " │" * depth
        head = f"╭─ {circle} · {HOW[circle]} "
        text = f"{left}{head}{'─' * max(0, inner - len(head) - 1)}╮{right}"
        lines.append(Line(text, says=f"{circle}: {HOW[circle]}", is_drawn=True))
        lines += [
            _framed(each, f"{left}│ ", f" │{right}", inner - 4, depth) for each in _records(found, circle, note_of)
        ]
    for depth in (2, 1, 0):
        inner = columns - 4 * depth
        lines.append(Line(f"{'│ ' * depth}╰{'─' * (inner - 2)}╯{' │' * depth}", says=" ", is_drawn=True))
    return lines


def _records(found: Circles, circle: str, note_of: NoteOf) -> list[Line]:
    placed = found.of(circle)
    call_ins = [each.row.rowid for each in placed if each.row.kind == CALL_IN]
    # A core is what all else stands beside; its earlier versions are read with it.
    titled = [each for each in placed if each.row.kind != CALL_IN and (each.row.kind != CORE_KIND or each.sign)]
    # What something was said of comes first; within it, the newest.
    titled.sort(key=lambda each: not each.sign)
    lines = [Line(f"  {counted(len(call_ins), CALL_IN)}", rowids=tuple(call_ins))] if call_ins else []
    lines += [_record(each, note_of) for each in titled[:MOST]]
    if len(titled) > MOST:
        more = titled[MOST:]
        lines.append(Line(f"  and {counted(len(more), 'more', 'more')}", rowids=tuple(each.row.rowid for each in more)))
    return lines or [Line("  nothing yet")]


def _record(each: Placed, note_of: NoteOf) -> Line:
    offers = following(each.row) if each.is_open else ()
    text = f"{each.sign or '·'} {one_line(each.row.title)}"
    return Line(text, note_of(each.row), each.row.ref, offers=offers, says=_said(each))


def _said(each: Placed) -> str:
    """Return a record as it is heard: a sign says nothing when it is read aloud."""
    return f"{one_line(each.row.title)}{f': {each.fit}' if each.sign else ''}"


def _framed(line: Line, left: str, right: str, columns: int, depth: int) -> Line:
    note = f"  {line.note}" if line.note else ""
    text = f"{left}{cell(line.text, columns - len(note))}{note}{right}"
    says = ", ".join(filter(None, (line.says or line.text.strip(), line.note)))
    return Line(text, "", line.ref, line.rowids, line.offers, says, depth + 1, is_drawn=True)


def _table(found: Circles, columns: int, is_spoken: bool) -> list[Line]:
    lines = [heading("Symmetry" if is_spoken else f"Symmetry: {KEY}")]
    if is_spoken or columns < TABLE_FROM:
        return [*lines, *_listed(found)]
    # The name of the second circle is the longest.
    middle = max(len(MINDSETS), (columns - LABEL) // 3)
    wide = (columns - LABEL - middle - 2) // 2
    widths = (wide, middle, wide)
    lines.append(_row("", CIRCLES, widths))
    for belief in BELIEFS:
        cells = [_cell(found.cell(belief, circle)) for circle in CIRCLES]
        for number, parts in enumerate(itertools.zip_longest(*cells, fillvalue="")):
            lines.append(_row("" if number else belief, parts, widths))
    return lines


def _row(label: str, parts: Sequence[str], widths: Sequence[int]) -> Line:
    cells = [cell(each, columns) for each, columns in zip(parts, widths, strict=True)]
    return Line(f"{cell(label, LABEL)}{' '.join(cells)}".rstrip(), is_drawn=True)


def _cell(placed: Sequence[Placed]) -> list[str]:
    titles = [f"{each.sign} {one_line(each.row.title)}" for each in placed]
    more = [f"  and {len(titles) - MOST_IN_CELL} more"] if len(titles) > MOST_IN_CELL else []
    return [*titles[:MOST_IN_CELL], *more] or ["·"]


def _listed(found: Circles) -> list[Line]:
    lines = []
    for belief in BELIEFS:
        placed = [each for circle in CIRCLES for each in found.cell(belief, circle)]
        lines.append(Line(belief if placed else f"{belief}: nothing said yet"))
        for each in placed:
            text = f"{each.sign} {one_line(each.row.title)} ({each.circle})"
            lines.append(Line(text, says=f"{_said(each)}, {each.circle}", level=1))
    return lines


def _open(each: Placed, note_of: NoteOf) -> Line:
    text = f"✗ {one_line(each.row.title)}"
    return Line(text, note_of(each.row), each.row.ref, offers=following(each.row), says=one_line(each.row.title))


def _answered(each: Placed, note_of: NoteOf) -> Line:
    # A call-in has no title where this may be shown to others.
    follows = ", ".join(
        f"a {row.kind}" if row.kind == CALL_IN else f"{row.kind} “{one_line(row.title)}”" for row in each.followed_by
    )
    title = one_line(each.row.title)
    return Line(f"✗ {title} → {follows}", note_of(each.row), each.row.ref, says=f"{title}: followed by {follows}")
