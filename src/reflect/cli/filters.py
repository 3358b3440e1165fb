"""The filters that `list` and `search` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict

import click

from reflect.errors import UsageError
from reflect.records.query import Filters
from reflect.records.textforms import folded

if TYPE_CHECKING:
    from reflect.cli.session import Session
    from reflect.records.record import Record

ON_TERMINAL = 50
EVERY = -1


class FilterOptions(TypedDict):
    """What stands behind the filter options."""

    kind: tuple[str, ...]
    agenda: tuple[str, ...]
    lens: tuple[str, ...]
    tag: tuple[str, ...]
    since: str
    until: str
    place: tuple[str, ...]
    unread: bool


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filter options and `--limit` and `--offset` to a command."""
    options = [
        click.option("--kind", "-k", multiple=True, metavar="KIND", help="Only this kind, such as finding."),
        click.option("--agenda", "-a", multiple=True, metavar="A", help="Only of this agenda: id, folder or title."),
        click.option("--lens", multiple=True, metavar="LENS", help="Only with this lens; see: reflect frameworks."),
        click.option("--tag", "-t", multiple=True, metavar="TAG", help="Only with this tag."),
        click.option("--since", default="", metavar="WHEN", help="From this day on: 2026-11-01, last monday."),
        click.option("--until", default="", metavar="WHEN", help="Up to this day, included."),
        click.option(
            "--in", "place", multiple=True, metavar="PLACE", help="Only in this place: vault, or a community."
        ),
        click.option("--unread", is_flag=True, help="Only what you have not read yet of your communities."),
        click.option("--limit", "-n", type=click.IntRange(min=0), help="At most so many. [50 on a terminal]"),
        click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def chosen_filters(session: Session, options: FilterOptions) -> Filters:
    """Return the filters that the options mean; raises UsageError, NotFound."""
    desk = session.desk
    known = ["vault", *(each.name for each in desk.communities.all())]
    for place in options["place"]:
        if place not in known:
            raise UsageError(f"There is no community called “{place}” here.", f"There is: {', '.join(known)}.")
    return desk.filters(
        kinds=options["kind"],
        agendas=options["agenda"],
        lenses=[desk.lens(each) for each in options["lens"]],
        tags=options["tag"],
        since=session.day(options["since"]),
        until=session.day(options["until"]),
        places=options["place"],
        is_unread=options["unread"],
    )


def chosen_limit(session: Session, limit: int | None) -> int:
    """Return how many are wanted, -1 for all: as given, else a screenful on a terminal."""
    if limit is not None:
        return limit
    return ON_TERMINAL if session.is_on_terminal and not session.as_json else EVERY


def matches(record: Record, filters: Filters) -> bool:
    """Say whether a record that is not in the catalog is wanted; its place is the vault."""
    tags = [folded(tag) for tag in record.tags]
    lenses = [folded(lens) for lens in record.lenses]
    in_agenda = record.agenda in filters.agendas or any(
        record.path.startswith(f"{folder}/") for folder in filters.agenda_folders if not record.agenda
    )
    return all(
        [
            not filters.kinds or record.kind in filters.kinds,
            not filters.agendas or in_agenda,
            not filters.is_unread,
            all(folded(tag) in tags for tag in filters.tags),
            all(folded(lens) in lenses for lens in filters.lenses),
            not filters.since or record.day >= filters.since,
            not filters.until or record.day <= filters.until,
        ]
    )


def say_how_many_more(session: Session, shown: int, total: int, offset: int) -> None:
    """Say on a terminal that the list goes on."""
    more = total - offset - shown
    if more > 0:
        session.say_more(f"… and {more:,} more: add --offset {offset + shown}, or --limit {total}.")
