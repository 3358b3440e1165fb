"""`reflect withdraw`: take a shared record out of a community again."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.errors import ReflectError
from reflect.records.textforms import cleaned, one_line


@click.command("withdraw", cls=Command)
@click.argument("reference", metavar="ID")
@pass_session
def command(session: Session, reference: str) -> None:
    """Take a shared record out of a community; your own stays in your journal.

    It is no longer shown there after the next sync. What the community's history holds and what
    peers have on their computers remains: what was read cannot be made unread.

    \b
    Examples:
      reflect withdraw x6sq7a
    """
    desk = session.desk
    record = desk.get(reference)
    question = f"Withdraw “{one_line(record.title)}”? History there and what peers have fetched remain."
    if not session.yes:
        if not session.may_ask:
            raise ReflectError("Nothing was withdrawn, because nobody is here to say yes.", "Add --yes.")
        if not click.confirm(question, err=True):
            raise ReflectError("Nothing was withdrawn.")
    gone = desk.sharing.withdraw(reference)
    session.answer(
        lambda: {"id": gone.id, "community": gone.place},
        lambda: session.line(cleaned(f"Withdrawn from {gone.place}: {gone.kind} {gone.reference}, not sent yet.")),
    )
    session.say(f"It stays in the history there, and with peers who have it. To send this: reflect sync {gone.place}")
