"""`reflect diff`: how a record differs from an earlier state."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.records.textforms import cleaned

COLORS = {"+": "green", "-": "red", "@": "cyan"}


@click.command("diff", cls=Command)
@click.argument("reference", metavar="ID")
@click.argument("rev", default="", metavar="[REV]")
@click.option("--words", is_flag=True, help="Mark words in the running text: [-gone-] and {+new+}.")
@pass_session
def command(session: Session, reference: str, rev: str, words: bool) -> None:
    """Show how a record differs from an earlier state.

    Lines that are new begin with +, those that are gone with -. Without REV it is the state before
    the last change.

    \b
    Examples:
      reflect diff x6sq7a
      reflect diff x6sq7a --words
      reflect diff x6sq7a f27e9af
    """
    lines = session.desk.diff(reference, rev, by_words=words)

    def as_text() -> None:
        for line in lines:
            if words:
                session.line(cleaned(line))
                continue
            color = COLORS.get(line[:1])
            session.line(cleaned(line), **({"fg": color} if color else {}))

    session.answer(lambda: {"lines": lines}, as_text)
    if not lines:
        session.say("It does not differ." if rev else "It has had one state only.")
