"""`reflect loop`: let an open loop rest, or hide it for a while."""

from __future__ import annotations

import datetime as dt

import click

from reflect.cli.group import Group
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.cli.shapes import loop_shape
from reflect.errors import UsageError
from reflect.records.textforms import cleaned

DAYS = 7


@click.group("loop", cls=Group, invoke_without_command=True)
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session) -> None:
    """Let an open loop rest, or hide it for a while.

    A loop is what a record still waits for, such as finding-without-decision. Without a command,
    all that are open are listed, the longest open first.

    \b
    Examples:
      reflect loop
      reflect loop rest x6sq7a finding-without-decision --reason "The pilot ended."
      reflect loop snooze x6sq7a finding-without-decision --until "in 2 weeks"
    """
    if ctx.invoked_subcommand is not None:
        return
    from reflect.cli.text import loop_lines, print_lines

    loops = session.desk.open_loops()
    session.answer(
        lambda: [loop_shape(loop) for loop in loops],
        lambda: print_lines(session, loop_lines(loops, terminal_width())),
    )
    if not loops and not session.as_json:
        session.say("No loop is open.")


@command.command("rest")
@click.argument("reference", metavar="ID")
@click.argument("name", metavar="LOOP")
@click.option("--reason", default="", metavar="T", help="Why; kept in your journal only.")
@pass_session
def rest(session: Session, reference: str, name: str, reason: str) -> None:
    """Close a loop for good, with a word of reason."""
    desk = session.desk
    loop = desk.open_loop(reference, name)
    desk.let_rest(loop, reason.strip())
    session.answer(
        lambda: {**loop_shape(loop), "reason": reason.strip()},
        lambda: session.line(cleaned(f"{name} rests. To have it back: reflect undo")),
    )


@command.command("snooze")
@click.argument("reference", metavar="ID")
@click.argument("name", metavar="LOOP")
@click.option("--until", default="", metavar="D", help="The day it comes back. [in a week]")
@pass_session
def snooze(session: Session, reference: str, name: str, until: str) -> None:
    """Hide a loop on this computer until a day."""
    today = session.context.now().date()
    day = session.moment(until, is_ahead=True)[:10] or (today + dt.timedelta(days=DAYS)).isoformat()
    if day <= today.isoformat():
        raise UsageError(f"--until is {day}, which is not after today.", "Give a later day, such as: in 2 weeks")
    desk = session.desk
    loop = desk.open_loop(reference, name)
    desk.snooze(loop, day)
    session.answer(
        lambda: {**loop_shape(loop), "until": day},
        lambda: session.line(cleaned(f"{name} is hidden until {day}.")),
    )
