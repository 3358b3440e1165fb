"""`reflect history`: the states of a record."""

from __future__ import annotations

import dataclasses

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import one_line


@click.command("history", cls=Command)
@click.argument("reference", metavar="ID")
@pass_session
def command(session: Session, reference: str) -> None:
    """List the states a record has had.

    The newest stands first. The first word of a line is the REV that show --at, diff and restore
    --at take. A deleted record has a history too.

    \b
    Examples:
      reflect history x6sq7a
      reflect history x6sq7a --json
    """
    from reflect.cli.text import print_lines, table
    from reflect.vault.history import shown_time

    versions = session.desk.history(reference)
    rows = [[each.rev[:10], shown_time(each.at), one_line(each.author), one_line(each.message)] for each in versions]
    session.answer(
        lambda: [dataclasses.asdict(each) for each in versions],
        lambda: print_lines(session, table(rows, terminal_width(), ["cyan"])),
    )
    if not versions:
        session.say("It is not in history yet.")
