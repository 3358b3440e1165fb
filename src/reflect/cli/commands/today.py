"""`reflect today`: the prompt of the day and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.community.reading import Unread
    from reflect.insights.today import Due, Incomplete
    from reflect.records.school import Span
    from reflect.workspace import Workspace

SHOWN = 10
SHOWN_NEW = 5


@click.command("today", cls=Command)
@pass_session
def command(session: Session) -> None:
    """Show today's prompt and what waits for you.

    What waits are dates of the coming week and open loops. Below stand what peers wrote, answers to
    your records first, then drafts and this day in earlier years. In a break only drafts and what you
    dated inside it are shown; reflect config terms and breaks say when there is school.

    \b
    Examples:
      reflect today
      reflect today --json
    """
    from reflect.cli.shapes import Shapes
    from reflect.community.own_words import ONLY_HERE

    desk = session.desk
    today = desk.today()

    def as_text() -> None:
        from reflect.cli.text import print_lines, rows_as_lines, wrapped

        columns = terminal_width()
        session.line(" · ".join(filter(None, (today.day, one_line(today.week)))), fg="cyan")
        if today.pause:
            session.line(in_break_words(today.pause))
        if today.prompts:
            prompt = today.prompts[0]
            print_lines(session, wrapped(one_line(prompt.text), columns))
            session.line(f"{one_line(prompt.lens.title)} · to answer: reflect write --lens {prompt.lens.slug}")
        if today.due:
            session.line("\nWaiting", bold=True)
            print_lines(session, _due(today.due[:SHOWN], columns))
            if len(today.due) > SHOWN:
                session.line(f"… and {len(today.due) - SHOWN} more: reflect today --json")
        if today.unread:
            _show_unread(session, desk, today.unread, columns)
        if today.drafts:
            session.line(f"\nDrafts: {len(today.drafts)}, see: reflect drafts")
        if today.incomplete:
            session.line("\nLeft open", bold=True)
            print_lines(session, _left_open(today.incomplete[:SHOWN], columns))
        if today.on_this_day:
            session.line("\nOn this day", bold=True)
            print_lines(session, rows_as_lines(today.on_this_day, columns))
        if today.is_only_here:
            session.line()
            print_lines(session, wrapped(f"{ONLY_HERE} To keep a copy: reflect config remote add URL", columns))

    session.answer(lambda: Shapes(desk).today(today), as_text)
    if today.is_only_here:
        desk.only_here.note_said()


def in_break_words(pause: Span) -> str:
    """Return what is said in a break: that all else waits, and until when."""
    name = one_line(pause.name)
    return f"It is break{f' ({name})' if name else ''} until {pause.end}. What is not dated inside it waits."


def _show_unread(session: Session, desk: Workspace, unread: Unread, columns: int) -> None:
    from reflect.cli.text import print_lines, rows_as_lines

    left = SHOWN_NEW
    for title, rows in (("Answers to you", unread.answers), ("New from peers", unread.others)):
        shown = rows[:left]
        if shown:
            session.line(f"\n{title}", bold=True)
            print_lines(session, rows_as_lines(shown, columns, says_by=desk.reading.in_others_names(shown)))
        left -= len(shown)
    more = len(unread) - SHOWN_NEW
    if more > 0:
        session.line(f"… and {more} more: reflect list --unread")


def _left_open(incomplete: Sequence[Incomplete], columns: int) -> list[str]:
    from reflect.cli.text import short_id, table

    cells = [
        [
            one_line(each.row.kind),
            short_id(each.row),
            one_line(f"{each.row.title} · still empty: {', '.join(each.missing)}"),
        ]
        for each in incomplete
    ]
    return table(cells, columns, ["", "cyan"])


def _due(due: Sequence[Due], columns: int) -> list[str]:
    from reflect.cli.text import fitted, short_id, table

    heads = table([[each.day, short_id(each.row), one_line(each.row.title)] for each in due], columns, ["", "cyan"])
    lines = []
    for head, each in zip(heads, due, strict=True):
        name = f"{each.loop}: " if each.loop else ""
        says = f"{one_line(each.say)}{' (in the break)' if each.is_in_break else ''}"
        lines += [head, fitted(f"    {name}{says}", columns)]
    return lines
