"""`reflect undo`: take back the last change."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.records.textforms import cleaned


@click.command("undo", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Take back the last change.

    It is a new change itself: undo again to have it back.

    \b
    Examples:
      reflect undo
      reflect undo --json
    """
    paths = session.desk.undo()
    session.answer(
        lambda: {"paths": paths},
        lambda: session.line(cleaned("\n".join(f"Taken back: {path}" for path in paths))),
    )
