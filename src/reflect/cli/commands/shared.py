"""`reflect shared`: what left, when and to whom, with its exact bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.community.proof import Left


@click.command("shared", cls=Command)
@click.argument("reference", metavar="[ID]", required=False, default="")
@pass_session
def command(session: Session, reference: str) -> None:
    """Show what you have shared: what left, when, and to whom.

    With ID, a record of yours or its copy, the exact text that left is printed, as the community's
    history has it; it is compared with the fingerprint that was written down before it left.

    \b
    Examples:
      reflect shared
      reflect shared x6sq7a
    """
    desk = session.desk
    found = desk.proofs.all(desk.get(reference) if reference else None)
    session.answer(lambda: [_shape(each) for each in found], lambda: _show(session, found, bool(reference)))


def _shape(left: Left) -> dict[str, Any]:
    share = left.share
    return {
        "id": share.id,
        "from": share.source,
        "community": share.community,
        "day": share.day,
        "title": left.title or None,
        "path": left.path or None,
        "at": left.at or None,
        "sent": left.is_sent,
        "there": left.is_there,
        "withdrawn": share.withdrawn or None,
        "hash": share.hash,
        "content": left.content.decode("utf-8", "surrogateescape") if left.content is not None else None,
    }


def _show(session: Session, found: list[Left], with_text: bool) -> None:
    if not found:
        session.line("Nothing was shared.")
    for left in found:
        share = left.share
        state = f"withdrawn {share.withdrawn}" if share.withdrawn else "sent" if left.is_sent else "not sent yet"
        line = f"{share.id[-6:].lower()}  {share.day}  {share.community}  {state}  {one_line(left.title)}"
        session.line(cleaned(line))
        if left.content is None and not share.withdrawn:
            session.say(
                f"{share.id[-6:].lower()}: its text is not in the history of {share.community} on this computer."
            )
        elif with_text and left.content is not None:
            session.line(cleaned(left.content.decode("utf-8", "replace")).rstrip("\n"))
            session.line(f"SHA-256 {share.hash}, the same as was written down.")
