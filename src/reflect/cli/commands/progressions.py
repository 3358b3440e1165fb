"""`reflect progressions`: the areas of a rubric as they were rated over time, and rating them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reflect.cli.group import Command, OpenGroup
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import ReflectError, UsageError
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.insights.progressions import Progressions
    from reflect.records.record import Record
    from reflect.records.rubrics import Area, Rubric

FOR = click.option("--for", "agenda", default="", metavar="AGENDA", help="Only what belongs to this agenda.")


@click.group("progressions", cls=OpenGroup, invoke_without_command=True, subcommand_metavar="[RUBRIC] | COMMAND …")
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session) -> None:
    """Show how the areas of a rubric were rated over time, or rate them.

    RUBRIC is a name or a title; without it, the rubrics there are. Ratings of one day stand side by
    side and are never averaged; going down is shown like going up. Your own rubrics go into
    .reflect/rubrics in your journal; those of your communities are listed too.

    \b
    Examples:
      reflect progressions
      reflect progressions partnership
      reflect progressions rate partnership time-to-learn=2,3 leaders-engaged=2 --agenda families
    """
    if ctx.invoked_subcommand is not None:
        return
    from reflect.cli.practice_shapes import rubric_shape
    from reflect.cli.text import entries, print_lines

    found, problems = session.desk.practice.rubrics()
    pairs = []
    for each in found:
        rated = sum(1 for area in session.desk.practice.progressions(each.thing).areas if area.ratings)
        origin = f" From {each.origin}." if each.origin else ""
        pairs.append(
            (each.name, one_line(f"{each.thing.title}: {len(each.thing.areas)} areas, {rated} rated.{origin}"))
        )
    session.answer(
        lambda: [rubric_shape(each) for each in found],
        lambda: print_lines(session, entries(pairs, terminal_width())),
    )
    for problem in problems:
        session.say(problem)


@command.command("show", cls=Command, hidden=True)
@click.argument("name", metavar="RUBRIC")
@FOR
@pass_session
def show(session: Session, name: str, agenda: str) -> None:
    """Show the movement in each area of a rubric."""
    from reflect.cli.practice_shapes import progressions_shape, rubric_shape

    desk = session.desk
    found = desk.practice.rubric(name)
    ids = [row.id for row in desk.finder.agendas_one_with(desk.agenda_row(agenda))] if agenda else []
    rated = desk.practice.progressions(found.thing, ids)
    session.answer(lambda: {**rubric_shape(found), "areas": progressions_shape(rated)}, lambda: _print(session, rated))


def _print(session: Session, found: Progressions) -> None:
    from reflect.cli.text import print_lines, wrapped
    from reflect.exports.figures.progression_lines import movement_line

    rubric, columns, lang = found.rubric, terminal_width(), session.workspace.lang
    session.line(one_line(rubric.shown_title(lang)), bold=True)
    levels = ", ".join(f"{number} {name}" for number, name in enumerate(rubric.shown_levels(lang), 1))
    print_lines(session, wrapped(one_line(levels), columns))
    group = ""
    for each in found.areas:
        if (shown := rubric.shown_group(each.area, lang)) != group:
            print_lines(session, ["", *wrapped(one_line(shown), columns)])
            group = shown
        print_lines(session, wrapped(one_line(f"{each.area.shown_title(lang)} ({each.area.slug})"), columns, "  "))
        session.line(f"    {movement_line(each, columns - 4)}")
        if each.unread:
            print_lines(
                session, wrapped(f"No level of this rubric: {one_line(', '.join(each.unread))}", columns, "    ")
            )
        if each.ratings:
            print_lines(session, wrapped(each.question, columns, "    "))
    print_lines(session, ["", *wrapped(one_line(rubric.source), columns)])


@command.command("rate", cls=Command)
@click.argument("name", metavar="RUBRIC")
@click.argument("ratings", nargs=-1, metavar="[AREA=LEVEL[,LEVEL]]…")
@click.option("--on", "day", default="", metavar="WHEN", help="The day on which it was said. [today]")
@click.option("--note", "notes", multiple=True, metavar="AREA=TEXT", help="What you see there. May be repeated.")
@click.option("--agenda", default="", metavar="AGENDA", help="The learning agenda it belongs to.")
@click.option("--by", "groups", multiple=True, metavar="GROUP", help="A group that rated. May be repeated.")
@pass_session
def rate(
    session: Session,
    name: str,
    ratings: tuple[str, ...],
    day: str,
    notes: tuple[str, ...],
    agenda: str,
    groups: tuple[str, ...],
) -> None:
    """Rate areas of a rubric: one progression each.

    A level is its number; two raters are two levels with a comma between. Without AREA=LEVEL you are
    led through all areas, and enter leaves one out.

    \b
    Examples:
      reflect progressions rate partnership
      reflect progressions rate partnership time-to-learn=2,3 --note "time-to-learn=One team has a slot."
    """
    from reflect.cli.shapes import Shapes
    from reflect.cli.text import short_id
    from reflect.insights.progressions import Rating

    desk = session.desk
    rubric = desk.practice.rubric(name).thing
    agenda_id = desk.agenda_row(agenda).id if agenda else ""
    on = session.day(day) or session.context.now().date().isoformat()
    said = {_area(rubric, each): _levels(rubric, each) for each in ratings}
    evidence = {_area(rubric, each): each.partition("=")[2].strip() for each in notes}
    if not said:
        said = _ask(session, rubric, evidence)
    if unrated := [area.slug for area in evidence if area not in said]:
        raise UsageError(f"{unrated[0]} has a note and no level.", f"Say: {unrated[0]}=2")
    records: list[Record] = []
    for area, levels in said.items():
        rating = Rating(rubric, area, on, levels, evidence.get(area, ""), agenda_id, groups)
        records.append(desk.rate(rating))
    shapes = Shapes(session.workspace)

    def as_text() -> None:
        for record in records:
            session.line(one_line(f"Rated {short_id(record)} {record.title}"))

    session.answer(lambda: [shapes.record(record) for record in records], as_text)


def _area(rubric: Rubric, assignment: str) -> Area:
    name, equals, _ = assignment.partition("=")
    if not equals:
        raise UsageError(
            f"“{assignment}” is not AREA=LEVEL.", f"Areas: {', '.join(area.slug for area in rubric.areas)}."
        )
    return rubric.area(name.strip())


def _levels(rubric: Rubric, assignment: str) -> tuple[int, ...]:
    return levels_in(rubric, assignment.partition("=")[2])


def levels_in(rubric: Rubric, text: str) -> tuple[int, ...]:
    """Return the levels that a person named, by number or by name; raises UsageError."""
    from reflect.records.textforms import folded

    names = {folded(each): number for number, each in enumerate(rubric.levels, 1)}
    names |= {folded(each): number for number, each in enumerate(rubric.levels_es, 1)}
    names |= {str(number): number for number in range(1, len(rubric.levels) + 1)}
    given = [folded(part) for part in text.split(",") if part.strip()]
    wrong = next((part for part in given if part not in names), "" if given else text.strip() or "nothing")
    if wrong:
        allowed = ", ".join(f"{number} {name}" for number, name in enumerate(rubric.levels, 1))
        raise UsageError(f"“{wrong}” is no level.", f"There are: {allowed}.")
    return tuple(names[part] for part in given)


def _ask(session: Session, rubric: Rubric, evidence: dict[Any, str]) -> dict[Area, tuple[int, ...]]:
    """Lead through the areas; what is left empty is left out."""
    if not session.may_ask:
        first = rubric.areas[0].slug
        raise UsageError("No area was rated.", f"Say: reflect progressions rate {rubric.name} {first}=2")
    lang, said = session.workspace.lang, {}
    for number, area in enumerate(rubric.areas, 1):
        session.say("")
        session.say(
            one_line(f"{number} of {len(rubric.areas)}. {area.shown_title(lang)} ({rubric.shown_group(area, lang)})")
        )
        for level, text in enumerate(area.shown_text(lang), 1):
            session.say(one_line(f"  {level}  {rubric.shown_levels(lang)[level - 1]}: {text}"))
        if levels := _asked_level(session, rubric):
            said[area] = levels
            note = click.prompt("What do you see", default="", show_default=False, err=True)
            if note.strip() and area not in evidence:
                evidence[area] = note.strip()
    if not said:
        raise ReflectError("No area was rated, so nothing was written.")
    return said


def _asked_level(session: Session, rubric: Rubric) -> tuple[int, ...]:
    while True:
        answer = click.prompt("Level, or enter to go on", default="", show_default=False, err=True)
        if not answer.strip():
            return ()
        try:
            return levels_in(rubric, answer)
        except UsageError as error:
            session.say(f"{error.message} {error.hint}")
