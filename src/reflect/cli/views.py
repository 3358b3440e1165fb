"""`reflect insights` where it draws: the circles, versions, a lineage, channels, how findings travel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.cli.shapes import Shape
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.cli.session import Session
    from reflect.insights.system import System
    from reflect.insights.views import NoteOf, View
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace


@dataclass(frozen=True)
class Drawn:
    """What was asked for as text, as JSON and, where there is one, as a picture in SVG."""

    view: View
    shape: Callable[[], Shape]
    svg: Callable[[], str]


@dataclass(frozen=True)
class Drawing:
    """One thing that can be drawn; `about` says of which records, `""` where it is of none."""

    name: str
    title: str
    draw: Callable[[System, Row | None, int, NoteOf], Drawn]
    about: str = ""


def drawings() -> dict[str, Drawing]:
    """Return what can be drawn, by name."""
    return {
        each.name: each
        for each in (Drawing("circles", "The three circles, and what pulls against our core", _circles),)
    }


def show(session: Session, drawing: Drawing, about: Row | None, output: str, replaces: bool) -> None:
    """Print a drawing, and write it as a picture where that is asked.

    Raises UsageError where a record is missing, or one too many.
    """
    from reflect.cli.session import terminal_width
    from reflect.cli.text import print_lines, short_id
    from reflect.exports.figures.saving import save_picture

    if bool(drawing.about) != (about is not None):
        says = f"It is of {drawing.about}: add --for ID." if drawing.about else "Leave out --for."
        raise UsageError(f"“{drawing.name}” is {'of one record' if drawing.about else 'of no single record'}.", says)
    desk = session.desk
    drawn = drawing.draw(desk.system(), about, terminal_width(), short_id)
    if output:
        session.say(f"Drawn: {save_picture(Path(output), drawn.svg(), replaces)}")

    def shape() -> Shape:
        return {"name": drawing.name, "title": drawn.view.title, **drawn.shape(), **_asks(desk, drawn.view)}

    session.answer(shape, lambda: print_lines(session, view_lines(desk, drawn.view, terminal_width())))


def view_lines(desk: Workspace, view: View, columns: int) -> list[str]:
    """Return a drawing as lines, its question with how to begin, and whom it is after."""
    from reflect.cli.patterns import command_of
    from reflect.cli.text import fitted, width, wrapped

    lines = [view.title]
    for line in view.lines:
        note = f"  {line.note}" if line.note else ""
        text = f"{'  ' * line.level if not line.is_drawn else ''}{line.text}"
        if line.is_heading:
            lines += ["", *wrapped(text, columns)]
        elif line.is_drawn or note:
            lines.append(f"{fitted(text, columns - width(note))}{note}")
        else:
            lines += wrapped(line.text, columns, "  " * line.level) or [""]
    lines += ["", *wrapped(view.question, columns)] if view.question else []
    lines += [f"  {offer.says}: {command_of(desk, offer)}" for offer in view.offers]
    return [*lines, *(["", *wrapped(view.source, columns)] if view.source else [])]


def _asks(desk: Workspace, view: View) -> Shape:
    from reflect.cli.patterns import offer_shape

    return {"question": view.question or None, "offers": [offer_shape(desk, offer) for offer in view.offers]}


def _circles(system: System, about: Row | None, columns: int, note_of: NoteOf) -> Drawn:
    from reflect.cli.system_shapes import circles_shape
    from reflect.exports.figures.circles_lines import circles_view
    from reflect.exports.figures.circles_svg import circles_svg

    found = system.circles()
    return Drawn(circles_view(found, columns, note_of), lambda: circles_shape(found), lambda: circles_svg(found))
