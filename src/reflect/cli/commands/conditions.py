"""`reflect conditions`: what holds a problem in place, and what changed since the map before."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import NotFound
from reflect.records.query import Filters


@click.command("conditions", cls=Command)
@click.argument("reference", metavar="[ID]", default="")
@click.option("--with", "other", default="", metavar="ID", help="Beside this map. [the one before of this problem]")
@pass_session
def command(session: Session, reference: str, other: str) -> None:
    """Show what holds a problem in place, and what changed.

    A conditions map has six conditions at three levels; it stands beside the map before it. Without
    ID, the newest. In each section of a map two lines are expected, "holds it: …" and
    "we want: …"; whatever else stands there is shown too. A later map is a new record.

    \b
    Examples:
      reflect conditions
      reflect conditions zxyv1 --with 4d8e2k
    """
    from reflect.cli.practice_shapes import maps_shape
    from reflect.cli.text import print_lines
    from reflect.exports.figures.conditions_lines import conditions_lines
    from reflect.insights.conditions import SIX

    desk = session.desk
    if reference:
        row = desk.lookup.row(reference)
    else:
        rows = desk.rows(Filters(kinds=("conditions-map",)), limit=1)
        if not rows:
            raise NotFound("There is no conditions map yet.", "To begin one: reflect new conditions-map --edit")
        row = rows[0]
    found = desk.practice.maps(row, desk.lookup.row(other) if other else None)
    titles = {slug: title for slug, title, _ in SIX}

    def as_text() -> None:
        lines = conditions_lines(found, terminal_width(), lambda slug: titles[slug])
        print_lines(session, [*lines, "", found.asks])

    session.answer(lambda: maps_shape(found), as_text)
