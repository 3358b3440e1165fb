"""`reflect distill`: begin a record from what a private one taught, without a word of it."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.session import Session, pass_session
from reflect.cli.writing import NewCommand, NewOptions, new_options, write_new
from reflect.errors import UsageError
from reflect.records.review.shareable import DISTILLED
from reflect.records.textforms import one_line


@click.command("distill", cls=NewCommand)
@click.argument("reference", metavar="ID")
@click.option("--kind", "-k", required=True, metavar="KIND", help="What it becomes: finding, wondering or policy.")
@new_options
@pass_session
def command(session: Session, reference: str, kind: str, text: tuple[str, ...], **options: Unpack[NewOptions]) -> None:
    """Begin a finding, a wondering or a policy from what a call-in taught, without a word of it.

    The new record starts empty and private. It leads back to the call-in in your journal; that link
    never leaves. Once it says what you learned, it can be shared like any other.

    \b
    Examples:
      reflect distill x6sq7a --kind wondering "What do we lose when one voice sets the agenda?"
      reflect distill x6sq7a --kind finding --edit
    """
    found = session.workspace.kinds.get(kind)
    if found.name not in DISTILLED:
        raise UsageError(f"A record is distilled into a {' or a '.join(DISTILLED)}, not into a {found.name}.")
    record = session.desk.own(reference)
    links = f"links={record.id or one_line(record.title)}"
    write_new(session, found.name, text, {**options, "assignments": (*options["assignments"], links)})
