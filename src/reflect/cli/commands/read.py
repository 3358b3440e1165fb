"""`reflect read`: mark what peers wrote as read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.errors import ReflectError, UsageError
from reflect.records.query import Filters

if TYPE_CHECKING:
    from reflect.store.catalog import Row


@click.command("read", cls=Command)
@click.argument("references", nargs=-1, metavar="[ID…]")
@click.option("--all", "is_all", is_flag=True, help="Everything in all communities.")
@click.option("--in", "places", multiple=True, metavar="COMMUNITY", help="Everything in this community.")
@click.option("--unread", is_flag=True, help="Mark as unread again.")
@pass_session
def command(session: Session, references: tuple[str, ...], is_all: bool, places: tuple[str, ...], unread: bool) -> None:
    """Mark what peers wrote as read.

    A record is unread until you have met its present text: with show, in the app's reader, or with
    this. A later edit by a peer makes it unread again. What you have read is known on this computer
    only, and told to nobody.

    \b
    Examples:
      reflect read zxyv1 4d8e2k
      reflect read --in rivertown
      reflect read zxyv1 --unread
    """
    rows = _meant(session, references, is_all, places, unread)
    session.desk.communities.mark_read(rows, is_read=not unread)
    ids = [row.id or row.path for row in rows]
    what = f"{len(rows)} record{'s' * (len(rows) != 1)}"
    session.answer(
        lambda: {"ids": ids, "unread": unread},
        lambda: session.line(f"{what} marked as {'unread' if unread else 'read'}."),
    )


def _meant(
    session: Session, references: tuple[str, ...], is_all: bool, places: tuple[str, ...], unread: bool
) -> list[Row]:
    desk = session.desk
    if not references and not is_all and not places:
        raise UsageError("Say which records.", "reflect read ID…, or --all, or --in COMMUNITY")
    rows = [desk.lookup.row(each) for each in references]
    for row in rows:
        if not row.place:
            raise ReflectError(f"“{row.title}” is your own; only what peers wrote is read or unread.")
    if is_all or places:
        names = tuple(desk.communities.get(each).name for each in places)
        rows += desk.catalog.rows(Filters(places=names, is_shared=True, is_unread=not unread))
    return list({row.rowid: row for row in rows}.values())
