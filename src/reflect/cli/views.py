"""`reflect insights` where it draws: the circles, versions, a lineage, channels, how findings travel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reflect.cli.shapes import Shape
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.cli.session import Session
    from reflect.exports.figures.drawings import Drawing
    from reflect.insights.views import Line as ViewLine
    from reflect.insights.views import View
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace


def show(session: Session, drawing: Drawing, about: Row | None, output: str, replaces: bool) -> None:
    """Print a drawing, and write it as a picture where that is asked.

    Raises UsageError where a record is missing, or one too many.
    """
    from reflect.cli.session import terminal_width
    from reflect.cli.system_shapes import found_shape
    from reflect.cli.text import print_lines, short_id
    from reflect.exports.figures.drawings import Look
    from reflect.exports.figures.saving import save_picture

    if bool(drawing.about) != (about is not None):
        says = f"It is drawn of {drawing.about}: add --for ID." if drawing.about else "Leave out --for."
        raise UsageError(f"“{drawing.name}” is {'of one record' if drawing.about else 'of no single record'}.", says)
    desk = session.desk
    drawn = drawing.draw(desk.system(), Look(about, terminal_width(), short_id))
    if output:
        if drawn.svg is None:
            raise UsageError("There is no picture of this.", "It is read as lines, or as --json.")
        session.say(f"Drawn: {save_picture(Path(output), drawn.svg(), replaces)}")

    def shape() -> Shape:
        # In words, for whoever has it read aloud.
        said = drawing.draw(desk.system(), Look(about, terminal_width(), lambda row: row.day, is_spoken=True))
        lines = [_line_shape(desk, line) for line in said.view.lines if (line.says or line.text).strip()]
        found = {"name": drawing.name, "title": drawn.view.title, **found_shape(drawn.found)}
        return {**found, **_asks(desk, drawn.view), "lines": lines, "source": drawn.view.source or None}

    session.answer(shape, lambda: print_lines(session, view_lines(desk, drawn.view, terminal_width())))


def view_lines(desk: Workspace, view: View, columns: int) -> list[str]:
    """Return a drawing as lines, its question with how to begin, and whom it is after."""
    from reflect.cli.patterns import command_of
    from reflect.cli.text import fitted, width, wrapped

    lines = [fitted(view.title, columns)]
    for line in view.lines:
        note = f"  {line.note}" if line.note else ""
        indent = "" if line.is_drawn else "  " * line.level
        if line.is_heading:
            lines += ["", *wrapped(line.text, columns)]
        elif line.is_drawn or note:
            lines.append(f"{fitted(indent + line.text, columns - width(note))}{note}")
        else:
            lines += wrapped(line.text, columns, indent) or [""]
    lines += ["", *wrapped(view.question, columns)] if view.question else []
    lines += [f"  {offer.says}: {command_of(desk, offer)}" for offer in view.offers]
    return [*lines, *(["", *wrapped(view.source, columns)] if view.source else [])]


def _line_shape(desk: Workspace, line: ViewLine) -> Shape:
    rows = desk.catalog.at_ref(line.ref) if line.ref else []
    return {
        "text": (line.says or line.text).strip(),
        "note": line.note or None,
        "id": (rows[0].id or None) if rows else None,
        "heading": line.is_heading,
    }


def _asks(desk: Workspace, view: View) -> Shape:
    from reflect.cli.patterns import offer_shape

    return {"question": view.question or None, "offers": [offer_shape(desk, offer) for offer in view.offers]}
