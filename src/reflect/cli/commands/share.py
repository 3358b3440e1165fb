"""`reflect share`: see exactly what would leave, settle each flag, and let it go into a community."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.cli.settling import SettlingOptions, settled, settling_options
from reflect.errors import ReflectError
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.community.review import Review
    from reflect.records.review.flag import Flag


@click.command("share", cls=Command)
@click.argument("reference", metavar="ID")
@click.option("--to", "place", required=True, metavar="COMMUNITY", help="The community it goes to.")
@click.option("--kind", "-k", default="", metavar="KIND", help="As which kind; a reflection becomes a wondering.")
@click.option("--agenda", "-a", default="", metavar="A", help="The agenda there; “none” for no agenda.")
@settling_options
@click.option("--preview", is_flag=True, help="Print exactly what would leave, and every flag; nothing is sent.")
@pass_session
def command(
    session: Session,
    reference: str,
    place: str,
    kind: str,
    agenda: str,
    preview: bool,
    **how: Unpack[SettlingOptions],
) -> None:
    """Share a record with a community, after you have seen exactly what leaves.

    A new record is made from yours, without what is private; names you know give way to roles, and
    what looks like a name, an address or a number is flagged. Nothing is shared while a flag is open.

    \b
    Examples:
      reflect share x6sq7a --to rivertown --preview
      reflect share x6sq7a --to rivertown --replace "Devin=a student" --keep "Rosa Parks"
      reflect share x6sq7a --to rivertown --remove "555-0134" --yes
    """
    desk = session.desk
    review = desk.sharing.review(reference, place, kind, agenda, settled(how))
    if preview:
        session.answer(lambda: preview_shape(review), lambda: _show(session, review))
        return
    if not session.yes:
        review = _ask(session, review)
    saved = desk.sharing.send(review)
    _answer(session, saved.record)


def preview_shape(review: Review) -> dict[str, Any]:
    """Return what a preview answers as JSON."""
    return {
        "community": review.place,
        "path": review.path,
        "content": review.content,
        "flags": [
            {"what": each.what, "text": each.text, "line": each.line, "resolved": each.resolved}
            for each in review.flags
        ],
        "replaced": [{"text": text, "by": role} for text, role in review.replaced],
        "dropped": list(review.dropped),
        "destination": review.destination,
        "readers": review.readers,
        "agenda_trouble": review.agenda_trouble or None,
        "is_update": bool(review.before),
    }


def _show(session: Session, review: Review) -> None:
    """Print the exact text on standard output, and what there is to say about it beside it."""
    session.say(f"To {review.place} ({review.destination}): {review.readers}.")
    if session.is_on_terminal:
        session.line(cleaned(review.content).rstrip("\n"))
    else:
        click.echo(review.content.encode("utf-8", "surrogateescape"), nl=False)
    _say_about(session, review)


def _say_about(session: Session, review: Review) -> None:
    for text, role in review.replaced:
        session.say(f"replaced: “{one_line(text)}” by “{role}”")
    if review.dropped:
        session.say(f"left behind: {', '.join(review.dropped)}")
    if review.agenda_trouble:
        session.say(f"to decide: {review.agenda_trouble} --agenda A chooses one there, --agenda none does without.")
    for flag in review.flags:
        session.say(_flag_line(flag))
    if not review.open_flags:
        session.say("No flag is open.")


def _flag_line(flag: Flag) -> str:
    state = "settled" if flag.resolved else "to settle"
    return f"{state}: “{one_line(flag.text)}”, {flag.what}, line {flag.line}"


def _ask(session: Session, review: Review) -> Review:
    """Show what leaves and ask about each flag, then whether to share; raises ReflectError for no."""
    if not session.may_ask:
        if review.open_flags:
            _say_about(session, review)
        raise ReflectError(
            "Nothing was shared, because nobody is here to say yes.", "Look first with --preview; --yes."
        )
    _show(session, review)
    sharing, ref = session.desk.sharing, review.source.ref
    while review.open_flags and not review.agenda_trouble:
        flag = review.open_flags[0]
        answer = click.prompt(
            f"“{one_line(flag.text)}” ({flag.what}): r replace, k keep, I am sure, x remove, q nothing leaves",
            type=click.Choice(["r", "k", "x", "q"]),
            show_choices=False,
            err=True,
        )
        if answer == "q":
            raise ReflectError("Nothing was shared.", "What you settled is kept for the next time.")
        if answer == "r":
            role = click.prompt("In its place", default=flag.suggestion or None, err=True)
            review = sharing.settle(ref, review.place, {flag.text: role})
        else:
            chosen = [flag.text]
            keep, remove = (chosen, []) if answer == "k" else ([], chosen)
            review = sharing.settle(ref, review.place, keep=keep, remove=remove)
    if not review.agenda_trouble:
        session.line(cleaned(review.content).rstrip("\n"))
        if not click.confirm(f"Share exactly this with {review.place}?", err=True):
            raise ReflectError("Nothing was shared.")
    return review


def _answer(session: Session, record: Any) -> None:
    from reflect.cli.shapes import Shapes

    session.answer(
        lambda: Shapes(session.workspace).record(record),
        lambda: session.line(cleaned(f"Shared {record.kind} {record.reference} with {record.place}, not sent yet.")),
    )
    session.say(f"To send it: reflect sync {record.place}")
