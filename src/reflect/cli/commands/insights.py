"""`reflect insights`: patterns, each with the question that it leads to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import NotFound, UsageError

if TYPE_CHECKING:
    from reflect.exports.figures.pictures import Picture
    from reflect.insights.patterns.figures import Pattern
    from reflect.store.catalog import Row


@click.command("insights", cls=Command)
@click.argument("name", default="", metavar="[NAME]")
@click.option("--for", "about", default="", metavar="ID", help="Only for this record, such as an agenda.")
@click.option("--since", default="", metavar="WHEN", help="From this day on. [a year ago]")
@click.option("--until", default="", metavar="WHEN", help="Up to this day, included. [today]")
@click.option("-o", "output", default="", metavar="FILE.svg", help="Write it as a picture; with --for.")
@click.option("--force", "replaces", is_flag=True, help="Replace the file if it is there already.")
@pass_session
def command(session: Session, name: str, about: str, since: str, until: str, output: str, replaces: bool) -> None:
    """Show patterns in what you wrote, and what they ask.

    Without NAME, all of them, a sentence and a question each; with NAME, its figure, what exactly is
    counted, and how to begin. They are counted on this computer, for you alone; nothing is scored or
    sent. A measure (run-chart) and a driver diagram are drawn when you ask for one of them.
    These are drawn from the records as they stand:

    \b
      circles     the three circles, and what pulls against our core
      channels    channels of learning, the stuck ones first
      movement    findings carried from one community to another
      versions    how a core or a definition of leadership changed (--for)
      lineage     an example and the versions made of it (--for)
      spiral      a finding level by level, and what came of it (--for)

    \b
    Examples:
      reflect insights
      reflect insights practice-balance
      reflect insights open-loops --for what-makes-families-answer
      reflect insights words --json
      reflect insights run-chart --for q3m8zr -o chart.svg
      reflect insights circles -o circles.svg
      reflect insights lineage --for 4d8e2k
    """
    from reflect.cli.patterns import listed_lines, pattern_shape, whole_lines
    from reflect.cli.text import print_lines
    from reflect.cli.views import show
    from reflect.exports.figures.drawings import DRAWINGS
    from reflect.exports.figures.pictures import picture_of
    from reflect.insights.patterns.period import between
    from reflect.insights.patterns.registry import find_pattern

    if name in DRAWINGS:
        show(session, DRAWINGS[name], session.desk.lookup.row(about) if about else None, output, replaces)
        return
    pattern = find_pattern(name, list(DRAWINGS)) if name else None
    desk = session.desk
    first, last = session.day(since), session.day(until)
    if first and last and last < first:
        raise UsageError(f"--since {first} is after --until {last}.", "Give the earlier day first.")
    period = between(first, last, session.context.now().date())
    row = _meant(session, about, pattern) if about else None
    picture = picture_of(desk.practice, row) if row is not None and pattern is not None else None
    if output:
        _save(session, picture, output, replaces)
    found = desk.patterns([pattern] if pattern else [], period, row)
    if pattern is not None:
        session.answer(
            lambda: pattern_shape(desk, found[0], period),
            lambda: print_lines(session, whole_lines(desk, found[0], period, terminal_width(), picture)),
        )
        return
    session.answer(
        lambda: [pattern_shape(desk, seen, period, with_ids=False) for seen in found],
        lambda: print_lines(session, listed_lines(found, terminal_width())),
    )


def _meant(session: Session, reference: str, pattern: Pattern | None) -> Row:
    """Return the record that is asked for; raises UsageError for one that this pattern cannot be asked for."""
    about = pattern.about if pattern else ("agenda",)
    row = _row(session, reference, about)
    if row.kind not in about:
        raise UsageError(f"“{row.title}” is a {row.kind}.", f"This can be asked for: {', '.join(about)}.")
    return row


def _row(session: Session, reference: str, about: tuple[str, ...]) -> Row:
    desk = session.desk
    if about == ("agenda",):
        return desk.agenda_row(reference)
    try:
        return desk.lookup.row(reference)
    except NotFound:
        if "agenda" not in about:
            raise
        # An agenda is known by its title and its folder, too.
        return desk.agenda_row(reference)


def _save(session: Session, picture: Picture | None, output: str, replaces: bool) -> None:
    from reflect.exports.figures.saving import save_picture

    if picture is None:
        raise UsageError(
            "There is no picture of this.",
            "Name one: reflect insights run-chart --for MEASURE -o FILE.svg; or driver-diagram, for a diagram.",
        )
    session.say(f"Drawn: {save_picture(Path(output), picture.svg(), replaces)}")
