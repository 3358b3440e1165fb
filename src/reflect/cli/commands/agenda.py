"""`reflect agenda`: learning agendas, or one as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.insights.agenda import Agenda
    from reflect.insights.openness import Openness
    from reflect.store.catalog import Row

PARTS = {
    "known": "Made known",
    "engaged": "People engaged",
    "shared": "Findings shared",
    "explained": "Changes explained",
}
SIGNS = {"positive": "+", "negative": "−", "mixed": "±", "no difference": "○", "too early": "…"}


@click.command("agenda", cls=Command)
@click.argument("reference", metavar="[ID]", default="")
@click.option("--start", default="", metavar="NAME", help="Begin an agenda from an example; ? lists them.")
@pass_session
def command(session: Session, reference: str, start: str) -> None:
    """List learning agendas, or show one as a tree.

    ID is the end of its id, its folder's name, or its title. The tree has its questions and what
    grew from each; below stand how open the pursuit is, and what still waits.

    \b
    Examples:
      reflect agenda
      reflect agenda what-makes-families-answer
      reflect agenda what-makes-families-answer --json
      reflect agenda --start graduating-multilingual-learners
    """
    if start:
        _start(session, start)
        return
    if not reference:
        _list(session)
        return
    from reflect.cli.shapes import Shapes
    from reflect.cli.text import fitted, loop_lines, print_lines
    from reflect.exports.figures.journey_lines import journey_lines

    agenda = session.desk.agenda(reference)
    journey = session.desk.practice.journey_of(agenda) if not session.as_json else None
    columns = terminal_width()

    def as_text() -> None:
        session.line(one_line(agenda.row.title), bold=True)
        status = one_line(agenda.row.text_of("status"))
        session.line(f"{status + ' · ' if status else ''}{agenda.row.path.split('/')[1]}", fg="cyan")
        print_lines(session, _tree(agenda, session.desk.reading.in_others_names(agenda.rows), columns))
        session.line("\nHow open it is", bold=True)
        print_lines(session, _openness(agenda.openness, columns))
        if journey is not None:
            session.line("\n" + one_line(f"Journey: {journey.journey.shown_title(session.desk.lang)}"), bold=True)
            print_lines(session, [fitted(line, columns) for line in journey_lines(journey, session.desk.lang)])
        if agenda.loops:
            session.line("\nStill open", bold=True)
            print_lines(session, loop_lines(agenda.loops, columns))

    session.answer(lambda: Shapes(session.desk).agenda(agenda), as_text)


def _start(session: Session, name: str) -> None:
    """Begin from an example, or list them."""
    from reflect.cli.text import print_lines

    desk = session.desk
    if name == "?":
        starters = desk.starters()
        session.answer(
            lambda: [{"name": slug, "title": title} for slug, title in starters],
            lambda: print_lines(session, [one_line(f"{slug}  {title}") for slug, title in starters]),
        )
        return
    path = desk.begin_from(name)
    session.answer(
        lambda: {"path": path},
        lambda: session.line(one_line(f"Begun: {path.split('/')[1]}. To take it back: reflect undo")),
    )


def _list(session: Session) -> None:
    from reflect.cli.shapes import Shapes
    from reflect.cli.text import print_lines, short_id, table

    desk = session.desk
    rows = desk.finder.agendas()
    cells = [[one_line(row.text_of("status")) or "-", short_id(row), _titled(row)] for row in rows]
    shapes = Shapes(desk)
    session.answer(
        lambda: [shapes.listed(row) for row in rows],
        lambda: print_lines(session, table(cells, terminal_width(), ["", "cyan"])),
    )
    if not rows and not session.as_json:
        session.say('There is no agenda yet. Begin with a question: reflect new agenda "…"')


def _titled(row: Row) -> str:
    return one_line(f"{row.title} · {row.place}" if row.place else row.title)


def _tree(agenda: Agenda, others: Mapping[int, str], columns: int) -> list[str]:
    from reflect.cli.text import short_id, table

    cells = []
    for depth, row in agenda.tree().walk()[1:]:
        sign = SIGNS.get(row.text_of("valence"), "")
        title = f"{'  ' * (depth - 1)}{sign + ' ' if sign else ''}{one_line(row.title)}"
        if row.place:
            title = f"{title} · {one_line(others.get(row.rowid) or row.author or row.owner_name)}"
        elif row.id in agenda.copies:
            title = f"{title} · shared"
        cells.append([one_line(row.kind), short_id(row), title])
    return ["", *table(cells, columns, ["bright_black", "cyan"])] if cells else []


def _openness(openness: Openness, columns: int) -> list[str]:
    from reflect.cli.text import entries

    pairs = [
        (f"{'yes' if part.met else 'no ':3}  {PARTS[name]}", one_line(part.why)) for name, part in openness.parts()
    ]
    return entries(pairs, columns)
