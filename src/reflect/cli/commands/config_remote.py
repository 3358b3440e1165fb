"""`reflect config remote`: copies of the journal elsewhere, for other devices and as a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reflect.cli.group import Command, Group
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import ReflectError
from reflect.records.textforms import cleaned

if TYPE_CHECKING:
    from reflect.community.own_copies import Copy, Looked


@click.group("remote", cls=Group)
def remote() -> None:
    """Keep copies of your journal elsewhere, for other devices and as a backup.

    A copy is whole: everything that you wrote, call-ins and people too, with its history. It is kept
    in step by: reflect sync. A second device begins with: reflect init DIR --from URL

    \b
    Examples:
      reflect config remote add /media/disk/journal.git
      reflect config remote add git@host.org:ana/journal.git --name home
      reflect config remote list
      reflect config remote remove home
    """


@remote.command("add", cls=Command)
@click.argument("url", metavar="URL")
@click.option("--name", default="", metavar="N", help="What it is called here. [the last part of URL]")
@pass_session
def add(session: Session, url: str, name: str) -> int:
    """Keep a copy of your journal at an address or in a folder.

    A path of this computer where nothing is becomes a copy. At a host, make an empty private place
    first, without a readme, and give its address. A place that holds this journal already, from
    another device, is joined; any other is refused. You are asked before anything is sent.

    \b
    Examples:
      reflect config remote add /media/disk/journal.git
      reflect config remote add git@host.org:ana/journal.git --name home
    """
    from reflect.cli.joining import let_in, typed
    from reflect.community.own_words import what_a_copy_means

    place = typed(url)
    copies = session.workspace.own_copies
    looked = let_in(session, place.address(), lambda reach: copies.look_at(place, name, reach))
    _ask(session, what_a_copy_means(looked), "Keep a copy of your journal there?", "nothing was sent")
    with session.progress("Syncing"):
        outcome = copies.add(looked)
    return _answer(session, looked, outcome.error and f"{outcome.error} {outcome.hint}".strip(), outcome)


@remote.command("list", cls=Command)
@pass_session
def list_(session: Session) -> None:
    """List the copies of your journal.

    \b
    Examples:
      reflect config remote list
      reflect config remote list --json
    """
    copies = session.workspace.own_copies.all()

    def as_text() -> None:
        from reflect.cli.text import print_lines, table

        rows = [[each.name, each.shown_url, _state(each)] for each in copies]
        print_lines(session, table(rows, terminal_width(), ["cyan", "", "bright_black"]))
        if not copies:
            session.line("This journal is on this computer only. To keep a copy: reflect config remote add URL")

    session.answer(lambda: [_shape(each) for each in copies], as_text)


@remote.command("remove", cls=Command)
@click.argument("name", metavar="NAME")
@pass_session
def remove(session: Session, name: str) -> None:
    """Disconnect a copy of your journal; what it holds stays there.

    \b
    Examples:
      reflect config remote remove home
    """
    gone = session.workspace.own_copies.remove(name)
    session.answer(
        lambda: {"name": gone.name, "url": gone.url},
        lambda: session.line(cleaned(f"{gone.name} is disconnected. What it holds stays there: {gone.url}")),
    )


@remote.command("replace", cls=Command)
@click.argument("name", metavar="NAME")
@pass_session
def replace(session: Session, name: str) -> None:
    """Put your journal as it is now in the place of a copy that still holds what you erased.

    What your other devices sent there meanwhile is kept. Each of them asks you at its next sync.

    \b
    Examples:
      reflect config remote replace home
      reflect config remote replace home --yes
    """
    from reflect.cli.joining import let_in
    from reflect.community.own_words import what_replacing_means

    copies = session.workspace.own_copies
    _, address = copies.to_replace(name)
    _ask(session, what_replacing_means(name, address), "Replace it?", "nothing was replaced")
    joined = let_in(session, address, lambda reach: copies.replace(name, reach))
    session.workspace.refresh(full=True)
    more = (
        f" {joined:,} of what other devices had sent there {'was' if joined == 1 else 'were'} joined." if joined else ""
    )
    session.answer(
        lambda: {"name": name, "url": address.url, "joined": joined},
        lambda: session.line(cleaned(f"{name} holds your journal as it is now.{more}")),
    )


def _ask(session: Session, sentences: list[str], question: str, otherwise: str) -> None:
    """Say what something means, and ask; raises ReflectError where the answer is no or nobody can give one."""
    from reflect.cli.text import wrapped

    if session.yes:
        return
    for sentence in sentences:
        for line in wrapped(cleaned(sentence), terminal_width()):
            session.say(line)
    if not session.may_ask:
        raise ReflectError(f"This has to be confirmed, so {otherwise}.", "To confirm it, add --yes.")
    if not click.confirm(question, default=False, err=True):
        raise ReflectError(f"As you wish: {otherwise}.")


def _answer(session: Session, looked: Looked, trouble: str, outcome: Any) -> int:
    from reflect.cli.commands.sync import shape

    name, shown = looked.remote.name, looked.address.shown

    def as_text() -> None:
        numbers = [(outcome.received, "received"), (outcome.sent, "sent")]
        says = ", ".join(f"{number:,} {word}" for number, word in numbers if number) or "nothing new"
        session.line(cleaned(f"{name} is a copy of your journal at {shown}: {says}."))
        session.line("It is kept in step by: reflect sync")

    if trouble:
        session.answer(lambda: shape(outcome), lambda: session.line(cleaned(f"{name}: {trouble}")))
        session.say("The copy is noted, and the next sync tries again.")
        return 1
    session.answer(lambda: {**shape(outcome), "url": looked.remote.url}, as_text)
    return 0


def _state(copy: Copy) -> str:
    if copy.is_to_replace:
        return f"holds what you erased: reflect config remote replace {copy.name}"
    return f"{copy.unsent:,} not sent yet" if copy.unsent else "all is sent"


def _shape(copy: Copy) -> dict[str, Any]:
    return {"name": copy.name, "url": copy.shown_url, "unsent": copy.unsent, "to_replace": copy.is_to_replace}
