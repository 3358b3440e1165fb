"""`reflect write`: short for `reflect new reflection`."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.session import Session, pass_session
from reflect.cli.writing import NewCommand, NewOptions, new_options, write_new


@click.command("write", cls=NewCommand, kind="reflection")
@new_options
@pass_session
def command(session: Session, text: tuple[str, ...], **options: Unpack[NewOptions]) -> None:
    """Write a reflection.

    TEXT is its text, under no heading; `-` reads it from standard input, and so does a pipe. On a
    terminal, with nothing given, your editor opens. The same as: reflect new reflection

    \b
    Examples:
      reflect write "Tonight I talked too much. Next time, less."
      cat notes.txt | reflect write --tag meetings
      reflect write --at "last friday" --edit
    """
    write_new(session, "reflection", text, options)
