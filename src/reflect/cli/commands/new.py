"""`reflect new`: make a record of any kind."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.session import Session, pass_session
from reflect.cli.writing import NewCommand, NewOptions, new_options, write_new


@click.command("new", cls=NewCommand)
@click.argument("kind")
@new_options
@pass_session
def command(session: Session, kind: str, text: tuple[str, ...], **options: Unpack[NewOptions]) -> None:
    """Make a record of any kind.

    TEXT is its text, under no heading; `-` reads it from standard input, and so does a pipe. On a
    terminal, with nothing given, your editor opens. The answer names the new record's id.

    A core or a definition of leadership is never written over: a new version is a new record, with
    --set replaces=ID. reflect insights versions --for ID shows what changed.

    \b
    Examples:
      reflect new agenda "What makes families answer?"
      reflect new question "Does the language matter?" --agenda what-makes-families-answer
      reflect new finding --agenda what-makes-families-answer --set valence=negative \\
          --section "What we saw=12 of 31 answered." --json
      reflect new measure --title "Answers a week" --set values=@answers.csv
    """
    write_new(session, kind, text, options)
