"""`reflect community about`: what a community says of itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import ReflectError, UsageError
from reflect.records.textforms import cleaned

if TYPE_CHECKING:
    from reflect.records.community_file import About


@click.command("about", cls=Command)
@click.argument("name", metavar="NAME")
@click.option("--purpose", default=None, metavar="TEXT", help="What it is for.")
@click.option(
    "--steward", "stewards", multiple=True, metavar="ROLE=REACH", help="Who looks after it, and how to reach them."
)
@click.option("--no-steward", "former", multiple=True, metavar="ROLE", help="Who no longer does.")
@click.option(
    "--key", "keys", multiple=True, metavar="AUTHOR=FILE", help="A member's public key, to know their records by."
)
@click.option("--no-key", "lost", multiple=True, metavar="AUTHOR", help="Whose keys no longer count.")
@pass_session
def about(
    session: Session,
    name: str,
    purpose: str | None,
    stewards: tuple[str, ...],
    former: tuple[str, ...],
    keys: tuple[str, ...],
    lost: tuple[str, ...],
) -> None:
    """Show what a community says of itself, or change it for all.

    A change is sent with the next sync. A role is better than a person's name: all members read it.

    \b
    Examples:
      reflect community about rivertown
      reflect community about rivertown --purpose "How families hear from us."
      reflect community about rivertown --steward "coordinator=coordinator@example.org"
      reflect community about rivertown --key "Ben=~/Downloads/ben.pub"
    """
    from reflect.community.about import changed_about
    from reflect.records.community_file import Steward

    belonging = session.workspace.belonging
    new_stewards = [Steward(*_pair(each, "--steward", "ROLE=REACH")) for each in stewards]
    new_keys = [_key(each) for each in keys]
    has_changes = purpose is not None or any((stewards, former, keys, lost))

    def change(text: str) -> str:
        return changed_about(text, purpose, new_stewards, former, new_keys, lost) if has_changes else text

    found = belonging.change_about(name, change)
    session.answer(lambda: _shape(name, found), lambda: _print(session, name, found))
    for problem in found.problems if not session.as_json else ():
        session.say(problem)
    if has_changes:
        session.say(f"To send it: reflect sync {name}")


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    before, equals, after = text.partition("=")
    if not equals or not before.strip() or not after.strip():
        raise UsageError(f"{option} is “{text}”.", f"It takes {form}.")
    return before.strip(), after.strip()


def _key(text: str) -> Any:
    from reflect.records.community_file import ListedKey

    author, name = _pair(text, "--key", "AUTHOR=FILE")
    path = Path(name).expanduser()
    try:
        return ListedKey(author, path.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ReflectError(
            f"{path} cannot be read: {why}.", "Give the file of a public key, such as ben.pub."
        ) from None


def _print(session: Session, name: str, found: About) -> None:
    from reflect.cli.text import entries, print_lines
    from reflect.community.members import fingerprint

    pairs = [("name", found.name or name), ("purpose", found.purpose or "-")]
    pairs += [("steward", f"{each.role}: {each.reach or '-'}") for each in found.stewards]
    pairs += [("languages", ", ".join(found.languages))]
    pairs += [(f"groups by {each.name}", ", ".join(each.groups)) for each in found.lines]
    pairs += [("term", f"{each.name}: {each.start} to {each.end}") for each in found.terms]
    pairs += [("break", f"{each.name}: {each.start} to {each.end}") for each in found.breaks]
    pairs += [("key", f"{each.author}: {fingerprint(each.ssh)}") for each in found.keys]
    print_lines(session, entries([(key, cleaned(value)) for key, value in pairs], terminal_width()))


def _shape(name: str, found: About) -> dict[str, Any]:
    return {
        "community": name,
        "id": found.id,
        "name": found.name,
        "purpose": found.purpose,
        "languages": list(found.languages),
        "frameworks": list(found.frameworks),
        "journeys": list(found.journeys),
        "stewards": [{"role": each.role, "reach": each.reach} for each in found.stewards],
        "privacy": {"group": found.group, "measure": found.measure},
        "lines": [
            {"name": each.name, "groups": list(each.groups), "in_office": list(each.in_office)} for each in found.lines
        ],
        "keys": [{"author": each.author, "ssh": each.ssh} for each in found.keys],
        "problems": list(found.problems),
    }
