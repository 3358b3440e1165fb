"""`reflect carry`: a copy of what a peer wrote, for another community."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.commands.respond import shared_record
from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.cli.settling import SettlingOptions, settled, settling_options


@click.command("carry", cls=Command)
@click.argument("reference", metavar="ID")
@click.option("--to", "place", required=True, metavar="COMMUNITY", help="Where to carry it.")
@click.option("--why", default="", metavar="TEXT", help="Why it matters there; it stands above the text.")
@click.option("--agenda", "-a", default="", metavar="A", help="An agenda there that it belongs to.")
@settling_options
@pass_session
def command(
    session: Session, reference: str, place: str, why: str, agenda: str, **settling: Unpack[SettlingOptions]
) -> None:
    """Carry a peer's record on into another community.

    The copy keeps the text as it is and says where it came from; above it stands why it matters
    there. Its author is named only where the record says so (credit: by name), else as a peer.
    Where it came from, an answer tells that it was carried. An agenda of a higher level raises it:
    reflect insights spiral --for ID shows what came of it there.

    \b
    Examples:
      reflect carry zxyv1 --to lakeside --why "Our liaisons ask the same question."
      reflect carry zxyv1 --to lakeside --agenda who-decides --why "For our spring meeting."
    """
    from reflect.cli.shapes import Shapes
    from reflect.cli.shared_writing import kept_for
    from reflect.records.textforms import cleaned

    desk = session.desk
    place = desk.communities.get(place).name
    record = shared_record(session, reference)
    if not why.strip() and session.may_ask:
        why = click.prompt("Why it matters there", err=True)
    text = desk.responding.copied(record, place, why, agenda, desk.lang_written)
    with kept_for(session, place, record.kind, lambda: text):
        copy = desk.responding.put_copy(record, place, text, settled(settling)).record
    desk.responding.offer(record, place, desk.lang_written)
    session.answer(
        lambda: Shapes(desk).record(copy),
        lambda: session.line(cleaned(f"Carried to {place} as {copy.kind} {copy.reference}, not sent yet.")),
    )
    session.say(f"{record.place} is told so by an answer. To send both: reflect sync {place} {record.place}")
