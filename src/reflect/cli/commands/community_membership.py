"""Commands of `reflect community` about being in one: `create`, `join`, `list`, `leave`, `invite`, `people`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import ReflectError
from reflect.records.addresses import without_secrets
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.community.belonging import Standing
    from reflect.community.joining import Joined
    from reflect.community.members import Member

AUTHOR = click.option("--as", "author", default="", metavar="AUTHOR", help="The name that all members will see.")


@click.command("create", cls=Command)
@click.argument("name", metavar="NAME")
@click.option("--at", "url", required=True, metavar="URL", help="Where it will be: an address, or a path.")
@AUTHOR
@click.option("--steward", default="", metavar="ROLE=REACH", help="Who looks after it, and how to reach them.")
@pass_session
def create(session: Session, name: str, url: str, author: str, steward: str) -> None:
    """Begin a community, and send what it says of itself.

    A path of this computer where nothing is becomes a shared place. At a host, make an empty
    repository first, without a readme, and give its address.

    \b
    Examples:
      reflect community create rivertown --at git@host.org:team/rivertown.git
      reflect community create rivertown --at /mnt/shared/rivertown.git --as "Ana Ruiz"
      reflect community create rivertown --at URL --steward "coordinator=coordinator@example.org"
    """
    from reflect.cli.joining import asked_name, let_in, typed
    from reflect.records.community_file import Steward

    place = typed(url)
    address = place.address()
    role, _, contact = steward.partition("=")
    keeper = Steward(one_line(role), one_line(contact)) if role.strip() else None
    joining = session.workspace.belonging.joining
    chosen = asked_name(session, author, "")
    joined = let_in(session, address, lambda reach: joining.create(name, place, chosen, keeper, reach))
    _answer(session, joined, f"To invite others: reflect community invite {name}")


@click.command("join", cls=Command)
@click.argument("url", metavar="URL")
@click.option("--name", default="", metavar="N", help="What to call it here. [the last part of the address]")
@AUTHOR
@pass_session
def join(session: Session, url: str, name: str, author: str) -> None:
    """Join a community: the line that you were sent.

    It is fetched whole, so that you can read it without a connection. Where the place does not know
    this computer yet, you are shown a key to add there; then say the same again.

    \b
    Examples:
      reflect community join git@host.org:team/rivertown.git
      reflect community join https://host.org/team/rivertown.git --name river --as "Ana Ruiz"
    """
    from reflect.cli.joining import asked_name, let_in, typed

    place = typed(url)
    address = place.address()
    joining = session.workspace.belonging.joining
    former = joining.former(address)
    chosen = asked_name(session, author, former.author if former else "")
    joined = let_in(session, address, lambda reach: joining.join(place, name, chosen, reach))
    _answer(session, joined, f"To see what is there: reflect list --in {joined.community.name}")


def _answer(session: Session, joined: Joined, next_step: str) -> None:
    name = joined.community.name
    with session.progress("Reading it in") as progress:
        session.workspace.refresh(progress=progress)
    standing = next(each for each in session.workspace.belonging.standings() if each.community.name == name)

    def as_text() -> None:
        author = joined.community.membership.author
        session.line(cleaned(f"You are in “{name}” as {author}: {_records(standing.records)}. {next_step}"))
        if joined.not_shown:
            files = "file of it is" if joined.not_shown == 1 else "files of it are"
            session.say(f"{joined.not_shown} {files} not shown, because of name, size or sort.")

    session.answer(lambda: {**_shape(standing), "not_shown": joined.not_shown}, as_text)


@click.command("list", cls=Command)
@pass_session
def list_(session: Session) -> None:
    """List the communities that you are in.

    \b
    Examples:
      reflect community list
      reflect community list --json
    """
    from reflect.cli.text import print_lines, table

    standings = session.desk.belonging.standings()
    rows = [[each.community.name, *_counts(each), one_line(each.community.shown_url)] for each in standings]
    session.answer(
        lambda: [_shape(each) for each in standings],
        lambda: print_lines(session, table(rows, terminal_width(), ["cyan"])),
    )
    if session.as_json:
        return
    if not standings:
        session.say("You are in no community. To join one: reflect community join URL")
    for each in standings:
        if not each.community.is_here:
            session.say(f"{each.community.name} is not on this computer yet; reflect sync fetches it.")
        for problem in each.community.own_data.problems:
            session.say(f"{each.community.name}: {problem}")


def _counts(standing: Standing) -> list[str]:
    if not standing.community.is_here:
        return ["not here yet", "", ""]
    unsent = f"{standing.ahead:,} not sent" if standing.ahead else "all sent"
    return [_records(standing.records), f"{standing.unread:,} unread", unsent]


def _records(count: int) -> str:
    return f"{count:,} record{'s' * (count != 1)}"


def _shape(standing: Standing) -> dict[str, Any]:
    membership = standing.community.membership
    return {
        "name": membership.name,
        # Without what someone may have written into the journal's own file of it.
        "url": without_secrets(membership.url),
        "author": membership.author,
        "records": standing.records,
        "unread": standing.unread,
        "ahead": standing.ahead,
        "behind": standing.behind,
        "here": standing.community.is_here,
    }


@click.command("leave", cls=Command)
@click.argument("name", metavar="NAME")
@pass_session
def leave(session: Session, name: str) -> None:
    """Leave a community.

    What you wrote is sent first; what cannot be sent becomes private drafts. What you shared before
    stays with the others. A later join is as the same person.

    \b
    Examples:
      reflect community leave rivertown
    """
    leaving = session.workspace.belonging.leaving
    why = leaving.send(name)
    unsent = leaving.unsent(name)
    if unsent:
        session.say(f"Not sent: {why}" if why else "Not sent yet:")
        for each in unsent:
            session.say(f"  {one_line(each.words)}")
        session.say("Texts among these become private drafts, on this computer only.")
    question = f"Leave {name}? What you shared stays with the others; this computer keeps nothing of the community."
    if not session.yes:
        if not session.may_ask:
            raise ReflectError(question, "To leave, add --yes.")
        if not click.confirm(question, err=True):
            raise ReflectError("You are still in it; nothing was removed.")
    drafts = leaving.leave(name)
    session.workspace.refresh()
    kept = f" {len(drafts)} draft{'s' * (len(drafts) != 1)} kept; see: reflect drafts" if drafts else ""
    session.answer(
        lambda: {"name": name, "drafts": [{"id": each.id, "title": each.title} for each in drafts]},
        lambda: session.line(cleaned(f"You left {name}.{kept}")),
    )


@click.command("invite", cls=Command)
@click.argument("name", metavar="NAME")
@pass_session
def invite(session: Session, name: str) -> None:
    """Print the line that invites someone to a community.

    Send it by mail or chat; it holds no secret. Below it stands what whoever gets it needs.

    \b
    Examples:
      reflect community invite rivertown
    """
    found = session.workspace.belonging.invitation(name)

    def as_text() -> None:
        session.line(cleaned(found.line))
        for sentence in found.needs:
            session.say(sentence)

    session.answer(
        lambda: {"name": found.name, "url": found.url, "line": found.line, "needs": list(found.needs)}, as_text
    )


@click.command("people", cls=Command)
@click.argument("name", metavar="NAME")
@pass_session
def people(session: Session, name: str) -> None:
    """Show who writes in a community, and who can send to it as far as known.

    A name that two people use is marked: the part behind it tells them apart.

    \b
    Examples:
      reflect community people rivertown
    """
    from reflect.cli.text import print_lines, table
    from reflect.community.members import how_to_take_away, who_can_send

    belonging = session.desk.belonging
    found, address = belonging.members(name), belonging.address(name)
    can_send, take_away = who_can_send(address), how_to_take_away(address)

    def as_text() -> None:
        print_lines(session, table([_person(each) for each in found], terminal_width(), ["cyan"]))
        for each in found:
            if each.is_doubtful:
                session.line(
                    cleaned(f"! Someone else writes as {each.names[0]}, too: this one is {each.short_address}.")
                )
        session.say(can_send)
        session.say(take_away)

    session.answer(
        lambda: {"people": [_person_shape(each) for each in found], "can_send": can_send, "take_away": take_away},
        as_text,
    )
    if not found and not session.as_json:
        session.say(f"Nobody has written in {name} yet, as far as this computer knows.")


def _person(member: Member) -> list[str]:
    name = member.names[0] + (" (you)" if member.is_self else "") + (" !" if member.is_doubtful else "")
    also = f"also {', '.join(member.names[1:4])}" if member.names[1:] else ""
    keys = ", ".join(member.keys)
    days = member.first if member.first == member.last else f"{member.first} to {member.last}"
    return [
        name,
        member.short_address,
        days,
        _records(member.records),
        " · ".join(filter(None, (also, keys))) or "-",
    ]


def _person_shape(member: Member) -> dict[str, Any]:
    return {
        "names": list(member.names),
        "address": member.address,
        "first": member.first,
        "last": member.last,
        "records": member.records,
        "keys": list(member.keys),
        "you": member.is_self,
        "doubtful": member.is_doubtful,
    }
