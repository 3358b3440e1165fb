"""`reflect journeys`: paths that an agenda may follow, and where one stands on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import NotFound
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.insights.journey import JourneyNow
    from reflect.records.journeys import Journey
    from reflect.store.data_files import Found


@click.command("journeys", cls=Command)
@click.argument("name", metavar="[NAME]", default="")
@click.option("--for", "agenda", default="", metavar="AGENDA", help="Where this agenda stands: done, now, next.")
@click.option("--in", "place", default="", metavar="COMMUNITY", help="Those that hold in this community.")
@pass_session
def command(session: Session, name: str, agenda: str, place: str) -> None:
    """List the journeys, or show where an agenda stands on its own.

    A journey is a path of stages; NAME shows the questions of one. What is done is read from the
    records that exist. An agenda follows one when its field journey names it. To add one, or change
    one, put a file into .reflect/journeys in your journal.

    \b
    Examples:
      reflect journeys
      reflect journeys equitable-systems
      reflect edit graduating-multilingual-learners --set journey=equitable-systems
      reflect journeys --for graduating-multilingual-learners
    """
    if agenda:
        _show_for(session, agenda, name)
        return
    practice, place = session.workspace.practice, "" if place == "vault" else place
    if name:
        _show(session, practice.journey(name, place))
        return
    from reflect.cli.practice_shapes import journey_shape
    from reflect.cli.text import entries, print_lines

    found, problems = practice.journeys(place)
    pairs = [(each.name, _about(each)) for each in found]
    session.answer(
        lambda: [journey_shape(each) for each in found],
        lambda: print_lines(session, entries(pairs, terminal_width())),
    )
    for problem in problems:
        session.say(problem)


def _about(found: Found[Journey]) -> str:
    journey = found.thing
    from_where = f" From {found.origin}." if found.origin else ""
    return one_line(f"{journey.title}: {len(journey.stages)} stages. {journey.about}{from_where}")


def _show(session: Session, found: Found[Journey]) -> None:
    from reflect.cli.practice_shapes import journey_shape
    from reflect.cli.text import print_lines, wrapped

    journey, columns = found.thing, terminal_width()

    def as_text() -> None:
        session.line(one_line(journey.title), bold=True)
        for number, stage in enumerate(journey.stages, 1):
            months = f" (months {stage.from_month} to {stage.to_month})" if stage.from_month else ""
            session.line(one_line(f"{number:>2}  {stage.slug}  {stage.title}{months}"))
            print_lines(session, wrapped(one_line(stage.ask), columns, "    "))
        print_lines(session, ["", *wrapped(one_line(journey.source), columns)])

    session.answer(lambda: journey_shape(found), as_text)


def _show_for(session: Session, agenda: str, name: str) -> None:
    from reflect.cli.practice_shapes import stage_shapes

    desk = session.desk
    found = desk.agenda(agenda)
    journey = desk.practice.journey_of(found, name)
    if journey is None:
        first = found.row.id[-6:].lower() or found.row.path
        raise NotFound(
            f"“{found.row.title}” follows no journey yet.",
            f"To choose one: reflect edit {first} --set journey=equitable-systems",
        )
    session.answer(
        lambda: {
            "agenda": found.row.id or None,
            "journey": journey.journey.name,
            "stages": stage_shapes(journey),
            "says": [*journey.says],
        },
        lambda: print_journey(session, journey),
    )


def print_journey(session: Session, found: JourneyNow) -> None:
    """Print where an agenda stands, and how to begin what is missing."""
    from reflect.cli.beginning import begin_line
    from reflect.cli.text import fitted, print_lines, wrapped
    from reflect.exports.figures.journey_lines import journey_lines

    columns = terminal_width()
    session.line(one_line(found.journey.shown_title(session.workspace.lang)), bold=True)
    for line in journey_lines(found, session.workspace.lang):
        print_lines(session, [fitted(line, columns)])
    now = found.now
    first = now.missing[0] if now and now.missing else None
    if first is not None:
        # A command stays on one line, so that it can be copied.
        print_lines(session, ["", "To go on:", f"  {begin_line(first, found.agenda)}"])
    if found.journey.source:
        print_lines(session, ["", *wrapped(one_line(found.journey.source), columns)])
