"""`reflect community`: the communities that one is in."""

from __future__ import annotations

import click

from reflect.cli.commands.community_about import about
from reflect.cli.commands.community_membership import create, invite, join, leave, list_, people
from reflect.cli.commands.community_reading import digest, follow, mute
from reflect.cli.group import Group


@click.group("community", cls=Group)
def command() -> None:
    """Begin, join and leave communities, and say of what you want to hear.

    \b
    Examples:
      reflect community join git@host.org:team/rivertown.git
      reflect community list
      reflect community digest
      reflect community follow what-makes-families-answer
    """


for each in (create, join, list_, leave, invite, people, about):
    command.add_command(each)
command.add_command(follow)
command.add_command(mute)
command.add_command(digest)
