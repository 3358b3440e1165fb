"""`reflect finding`: short for `reflect new finding`."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.session import Session, pass_session
from reflect.cli.writing import NewCommand, NewOptions, new_options, write_new


@click.command("finding", cls=NewCommand, kind="finding")
@new_options
@pass_session
def command(session: Session, text: tuple[str, ...], **options: Unpack[NewOptions]) -> None:
    """Write down a finding: what you learned, good or bad.

    TEXT is its text, under no heading; `-` reads it from standard input, and so does a pipe. On a
    terminal, with nothing given, your editor opens. The same as: reflect new finding

    \b
    Examples:
      reflect finding "Texts in Spanish were answered" --set valence=positive
      reflect finding --agenda what-makes-families-answer --section "What we saw=12 of 31 answered."
      reflect finding --edit
    """
    write_new(session, "finding", text, options)
