"""`reflect delete`: remove a record; its states stay in history."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.errors import ReflectError
from reflect.records.record import Record
from reflect.records.textforms import cleaned, one_line


@click.command("delete", cls=Command)
@click.argument("reference", metavar="ID")
@pass_session
def command(session: Session, reference: str) -> None:
    """Delete a record; undo brings it back.

    Its states stay in your history. Deleting an agenda that has records asks first; the records
    stay where they are.

    \b
    Examples:
      reflect delete x6sq7a
      reflect undo
      reflect delete xg8r8c --yes
    """
    desk = session.desk
    record = desk.get(reference)
    if record.kind == "agenda" and not record.place:
        _ask(session, record)
    desk.delete(record.ref)
    name = record.id[-6:].lower() if record.has_id else record.path
    session.answer(
        lambda: {"id": record.id or None, "path": record.path},
        lambda: session.line(
            cleaned(f"Deleted {record.kind} {name}. To bring it back: reflect restore {name}, or reflect undo")
        ),
    )


def _ask(session: Session, record: Record) -> None:
    others = len(session.desk.agenda(record.path).rows)
    if not others or session.yes:
        return
    question = (
        f"“{one_line(record.title)}” has {others} record{'s' * (others > 1)}, which would stay without an agenda."
    )
    if not session.may_ask:
        raise ReflectError(question, "To delete it all the same, add --yes.")
    if not click.confirm(f"{question} Delete it?", err=True):
        raise ReflectError("Nothing was deleted.")
