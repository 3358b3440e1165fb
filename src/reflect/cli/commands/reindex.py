"""`reflect reindex`: build the search index anew."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session


@click.command("reindex", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Build the search index anew.

    It is made from your files, and nothing is lost with it.

    \b
    Examples:
      reflect reindex
      reflect reindex --json
    """
    with session.progress("Reading your journal") as progress:
        count = session.workspace.reindex(progress)
    session.answer(
        lambda: {"records": count},
        lambda: session.line(f"Read {count:,} record{'s' * (count != 1)}."),
    )
