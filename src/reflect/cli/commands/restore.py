"""`reflect restore`: bring back a deleted record, or an earlier state."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session


@click.command("restore", cls=Command)
@click.argument("reference", metavar="ID")
@click.option("--at", "rev", default="", metavar="REV", help="The state to go back to; see: reflect history ID")
@pass_session
def command(session: Session, reference: str, rev: str) -> None:
    """Bring back a deleted record, or an earlier state of one.

    Going back is a new change: the state that you leave stays in history.

    \b
    Examples:
      reflect list --deleted
      reflect restore x6sq7a
      reflect restore x6sq7a --at f27e9af
    """
    from reflect.cli.writing import answer

    answer(session, session.desk.restore(reference, rev), verb="Restored")
