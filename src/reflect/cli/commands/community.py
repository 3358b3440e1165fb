"""`reflect community`: the communities that one is in."""

from __future__ import annotations

import click

from reflect.cli.commands.community_reading import digest, follow, mute
from reflect.cli.group import Group


@click.group("community", cls=Group)
def command() -> None:
    """Read what is new in your communities, and say of what you want to hear.

    \b
    Examples:
      reflect community digest
      reflect community follow what-makes-families-answer
    """


command.add_command(follow)
command.add_command(mute)
command.add_command(digest)
