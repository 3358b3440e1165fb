"""`reflect restore`: bring back a deleted record, or an earlier state."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.cli.settling import SettlingOptions, settled, settling_options


@click.command("restore", cls=Command)
@click.argument("reference", metavar="ID")
@click.option("--at", "rev", default="", metavar="REV", help="The state to go back to; see: reflect history ID")
@settling_options
@pass_session
def command(session: Session, reference: str, rev: str, **settling: Unpack[SettlingOptions]) -> None:
    """Bring back a deleted record, or an earlier state of one.

    Going back is a new change: the state that you leave stays in history. In a community it is a
    change like any other: it is looked through for names first, and goes with the next sync.

    \b
    Examples:
      reflect list --deleted
      reflect restore x6sq7a
      reflect restore x6sq7a --at f27e9af
    """
    from reflect.cli import shared_writing, writing

    desk = session.desk
    record = desk.get(reference) if rev else None
    if record is None or not record.place:
        writing.answer(session, desk.restore(reference, rev), verb="Restored")
        return
    saved = desk.restore(record.ref, rev, settled(settling))
    shared_writing.answer(session, saved, verb="Restored")
