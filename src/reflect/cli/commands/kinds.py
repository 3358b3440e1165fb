"""`reflect kinds`: the kinds of record."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.kinds import Kind
from reflect.records.textforms import cleaned, one_line


@click.command("kinds", cls=Command)
@click.option(
    "--check",
    "path",
    default="",
    metavar="PATH",
    help="Check a kind, journey or other data file of your own.",
)
@click.option("--in", "place", default="", metavar="COMMUNITY", help="Those that hold in this community.")
@pass_session
def command(session: Session, path: str, place: str) -> None:
    """List the kinds of record.

    The fields and sections of one: reflect new KIND --help. To add a kind, or change one, put a
    file for it into .reflect/kinds in your journal. --check takes files of journeys, resources,
    rubrics and frameworks too: it looks at the folder that they lie in, else at what they hold.

    \b
    Examples:
      reflect kinds
      reflect kinds --in rivertown --json
      reflect kinds --check .reflect/kinds/walk.toml
      reflect kinds --check .reflect/journeys/our-path.toml
    """
    from reflect.cli.shapes import kind_shape

    if path:
        _check(session, Path(path))
        return
    from reflect.cli.text import print_lines, table

    kinds = session.workspace.kinds_of(place) if place not in ("", "vault") else session.kinds
    found = kinds.all()
    rows = [[each.name, one_line(each.purpose or each.label)] for each in found]
    session.answer(
        lambda: [kind_shape(each) for each in found],
        lambda: print_lines(session, table(rows, terminal_width(), ["cyan"])),
    )
    for problem in kinds.problems:
        session.say(problem)


def _check(session: Session, path: Path) -> None:
    from reflect.cli.shapes import kind_shape
    from reflect.store.data_check import check_data_file

    sort, found = check_data_file(path.expanduser(), session.kinds.find)
    if isinstance(found, Kind):
        what = f"{found.name}, {len(found.fields)} fields, {len(found.sections)} sections"
    else:
        parts = {"journeys": "stages", "resources": "items", "frameworks": "lenses", "rubrics": "areas"}[sort]
        number = len(getattr(found, parts))
        what = f"{sort.removesuffix('s') if sort != 'resources' else 'a set of resources'}, {number} {parts}"
    session.answer(
        lambda: kind_shape(found) if isinstance(found, Kind) else {"sort": sort, "title": found.title},
        lambda: session.line(cleaned(f"{path} is well formed: {what}.")),
    )
