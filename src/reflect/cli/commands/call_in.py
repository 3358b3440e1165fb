"""`reflect call-in`: short for `reflect new call-in`."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.session import Session, pass_session
from reflect.cli.writing import NewCommand, NewOptions, new_options, write_new


@click.command("call-in", cls=NewCommand, kind="call-in")
@new_options
@pass_session
def command(session: Session, text: tuple[str, ...], **options: Unpack[NewOptions]) -> None:
    """Write down a call-in: a conversation to prepare or look back on.

    TEXT is its text, under no heading; `-` reads it from standard input, and so does a pipe. On a
    terminal, with nothing given, your editor opens. The same as: reflect new call-in

    \b
    Examples:
      reflect call-in "Ask about the gifted list" --set with="Dana" --set follow_up=2026-12-04
      reflect call-in --section "What I noticed=We praised the quiet ones only."
      reflect call-in "The joke again" --set status="let pass" --set let_pass="not the moment"
      reflect call-in --edit
    """
    write_new(session, "call-in", text, options)
