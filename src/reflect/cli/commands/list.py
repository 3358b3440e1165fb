"""`reflect list`: records, newest first."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.filters import (
    FilterOptions,
    chosen_filters,
    chosen_limit,
    filter_options,
    matches,
    say_how_many_more,
)
from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.query import ORDERS, Filters


@click.command("list", cls=Command)
@filter_options
@click.option("--sort", type=click.Choice(ORDERS), default=ORDERS[0], help="The order. [newest]")
@click.option("--deleted", is_flag=True, help="Those that were deleted; bring one back with: reflect restore ID")
@pass_session
def command(
    session: Session, limit: int | None, offset: int, sort: str, deleted: bool, **options: Unpack[FilterOptions]
) -> None:
    """List records, newest first.

    Each line has the day, the kind, the id that names the record, and the title; with one --kind,
    the columns of that kind. On a terminal the newest 50, to a pipe or as JSON all.

    \b
    Examples:
      reflect list
      reflect list --kind finding --agenda what-makes-families-answer
      reflect list --since "last monday" --tag meetings --json
    """
    filters = chosen_filters(session, options)
    most = chosen_limit(session, limit)
    if deleted:
        _list_deleted(session, filters, most, offset)
        return
    from reflect.cli.shapes import Shapes
    from reflect.cli.text import print_lines, rows_as_lines

    desk = session.desk
    rows = desk.rows(filters, most, offset, sort)
    shapes = Shapes(desk)
    kind = desk.kinds.find(filters.kinds[0]) if len(filters.kinds) == 1 else None
    says_by = desk.reading.in_others_names(rows) if any(row.place for row in rows) else {}
    session.answer(
        lambda: [shapes.listed(row) for row in rows],
        lambda: print_lines(session, rows_as_lines(rows, terminal_width(), kind, says_by)),
    )
    if not rows and not session.as_json:
        session.say("Nothing here fits." if filters else "Nothing is written yet. Begin with: reflect write TEXT")
    elif most >= 0:
        say_how_many_more(session, len(rows), desk.catalog.count(filters), offset)


def _list_deleted(session: Session, filters: Filters, most: int, offset: int) -> None:
    from reflect.cli.shapes import Shapes
    from reflect.cli.text import print_lines, rows_as_lines

    found = [record for record in session.desk.deleted() if matches(record, filters)]
    records = found[offset:] if most < 0 else found[offset : offset + most]
    shapes = Shapes(session.desk)
    session.answer(
        lambda: [shapes.listed(record) for record in records],
        lambda: print_lines(session, rows_as_lines(records, terminal_width())),
    )
    if not records and not session.as_json:
        session.say("Nothing was deleted that fits." if filters else "Nothing was deleted.")
    say_how_many_more(session, len(records), len(found), offset)
