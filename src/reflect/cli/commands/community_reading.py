"""Commands of `reflect community` that read: `follow`, `mute` and `digest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.errors import NotFound, ReflectError
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.store.catalog import Row


@click.command("follow", cls=Command)
@click.argument("reference", metavar="AGENDA")
@pass_session
def follow(session: Session, reference: str) -> None:
    """Follow an agenda: what is new in it stands first. Once more takes it back.

    \b
    Examples:
      reflect community follow what-makes-families-answer
    """
    agenda = _agenda(session, reference)
    is_on = session.desk.reading.follow(agenda)
    says = "You follow" if is_on else "You no longer follow"
    session.answer(
        lambda: {"id": agenda.id, "followed": is_on},
        lambda: session.line(cleaned(f"{says} “{one_line(agenda.title)}”.")),
    )


@click.command("mute", cls=Command)
@click.argument("name", metavar="NAME|AGENDA")
@pass_session
def mute(session: Session, name: str) -> None:
    """Hear nothing more of a community or an agenda. Once more takes it back.

    What is muted is left out of Today, of what is new and of digests; lists and searches still find
    it. Nobody is told.

    \b
    Examples:
      reflect community mute rivertown
      reflect community mute what-makes-families-answer
    """
    reading = session.desk.reading
    if name in [each.name for each in session.desk.communities.all()]:
        is_on, what, shape = reading.mute(name), name, {"community": name}
    else:
        agenda = _agenda(session, name)
        is_on, what, shape = reading.mute(agenda=agenda), f"“{one_line(agenda.title)}”", {"id": agenda.id}
    says = f"You hear nothing more of {what}." if is_on else f"You hear of {what} again."
    session.answer(lambda: {**shape, "muted": is_on}, lambda: session.line(cleaned(says)))


@click.command("digest", cls=Command)
@click.option("--since", default="", metavar="D", help="From this day on. [your last digest or meeting, else a week]")
@click.option("--in", "place", default="", metavar="COMMUNITY", help="Only this community.")
@pass_session
def digest(session: Session, since: str, place: str) -> None:
    """Tell what is new in your communities, as text to paste into a mail.

    Answers to your own records come first, then what is new by agenda, what was changed, and what
    was withdrawn. Without --since it tells what came since your last digest of an earlier day, or
    your last meeting there (a gathering), else in the last seven days.

    \b
    Examples:
      reflect community digest
      reflect community digest --since "3 weeks ago" > digest.md
    """
    from reflect.cli.digest import digest_lines, digest_shape

    desk = session.desk
    if place:
        place = desk.communities.get(place).name
    found = desk.reading.digest(session.day(since), place)
    session.answer(
        lambda: digest_shape(desk, found), lambda: session.line(cleaned("\n".join(digest_lines(desk, found))))
    )
    if not found and not session.as_json:
        session.say("You are in no community yet. To join one: reflect community join URL")


def _agenda(session: Session, reference: str) -> Row:
    """Return the agenda that is meant; one that only oneself sees is refused."""
    desk = session.desk
    row = desk.agenda_row(reference)
    if not row.id:
        raise NotFound(f"The agenda {row.path} has no id yet.", "Run: reflect doctor --fix")
    if not any(each.place for each in desk.finder.agendas_one_with(row)):
        raise ReflectError(f"“{row.title}” is in your journal only, so nobody writes in it but you.")
    return row
