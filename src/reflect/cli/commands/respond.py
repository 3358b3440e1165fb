"""`reflect respond`: answer what a peer wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.cli.settling import SettlingOptions, settled, settling_options
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.records.record import Record


@click.command("respond", cls=Command)
@click.argument("reference", metavar="ID")
@click.argument("words", nargs=-1, metavar="[TEXT…|-]")
@click.option("--title", default="", metavar="T", help="The title. [the first sentence of TEXT]")
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Fill a field: kind_of, speaking_as, answer, credit. May be repeated.",
)
@settling_options
@pass_session
def command(
    session: Session,
    reference: str,
    words: tuple[str, ...],
    title: str,
    assignments: tuple[str, ...],
    **settling: Unpack[SettlingOptions],
) -> None:
    """Answer what a peer wrote.

    Speak from your own place. The answer stands below the record for everyone there, once it is
    sent with sync. kind_of is one of: we see this too, we see it differently, we tried it,
    a question, an offer, thanks.

    \b
    Examples:
      reflect respond zxyv1 "We see this too, in two of our schools."
      reflect respond zxyv1 --set kind_of="a question" --set answer="hoping for one" "Who was asked?"
      reflect new finding --in rivertown --set links=zxyv1 "We tried it with five families."
    """
    from reflect.cli.inputs import assigned_values, refuse_other_bytes, typed_text
    from reflect.cli.shared_writing import answer, kept_for, kept_when_piped

    desk = session.desk
    record = shared_record(session, reference)
    typed = typed_text(words, may_read=True)
    if not typed.text.strip():
        raise UsageError("There is no text to answer with.", "Say: reflect respond ID TEXT")
    refuse_other_bytes(typed.text, "The text")
    kind = desk.shared_writing.kind(record.place, "response")
    values = assigned_values(session, kind, assignments)
    fields = {name: value for name, value in values.items() if value is not None and kind.field(name)}
    with kept_when_piped(session, record.place, kind.name, typed, lambda: typed.text):
        text = desk.responding.answer(record, typed.text, fields, title, desk.lang_written)
    with kept_for(session, record.place, kind.name, lambda: text):
        saved = desk.shared_writing.write(record.place, kind.name, text, settled(settling))
    answer(session, saved)


def shared_record(session: Session, reference: str) -> Record:
    """Return the record of a community that is meant; one's own that was shared to one place stands for its copy."""
    desk = session.desk
    record = desk.get(reference)
    if not record.place:
        copies = [row for row in desk.catalog.with_ids(desk.copies().one_with(record.id)) if row.place]
        if len(copies) == 1:
            return desk.get(copies[0].ref)
    return record
