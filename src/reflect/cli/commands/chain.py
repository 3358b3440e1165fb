"""`reflect chain`: from a problem of practice to what became of it, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width

if TYPE_CHECKING:
    from reflect.insights.chain import Chain, Step
    from reflect.insights.tracking import Tracking


@click.command("chain", cls=Command)
@click.argument("reference", metavar="ID")
@pass_session
def command(session: Session, reference: str) -> None:
    """Show what a record came from, and what came of it.

    Problem of practice, use case, theory of action, design studio, pilot, cycles, findings,
    decisions, responses: each hangs on the one before by a field. Where one is missing, it says so,
    with the command that begins it. Of a pilot or a cycle the turns follow, with what was predicted.

    \b
    Examples:
      reflect chain zxyv1
      reflect chain zxyv1 --json
    """
    from reflect.cli.practice_shapes import chain_shape, tracking_shape

    desk = session.desk
    row = desk.lookup.row(reference)
    found = desk.practice.chain(row)
    turns = desk.practice.tracking(row) if row.kind in ("pilot", "cycle") else None

    def as_text() -> None:
        print_chain(session, found)
        if turns is not None:
            print_tracking(session, turns)

    session.answer(lambda: {**chain_shape(found), "tracking": tracking_shape(turns) if turns else None}, as_text)


def print_chain(session: Session, found: Chain) -> None:
    """Print a chain, each step with what names it or begins it."""
    from reflect.cli.beginning import begin_command
    from reflect.cli.text import fitted, print_lines, short_id
    from reflect.exports.figures.chain_lines import chain_lines
    from reflect.insights.chain import MISSING

    kinds, columns = session.workspace.kinds, terminal_width()

    def label_of(name: str) -> str:
        kind = kinds.find(name)
        return kind.shown_label() if kind else name

    def name_of(step: Step) -> str:
        return "" if step.state == MISSING or step.row is None else short_id(step.row)

    if not found.steps:
        session.say("Nothing hangs on this record, and it hangs on nothing.")
    print_lines(session, [fitted(line, columns) for line in chain_lines(found, label_of, name_of)])
    missing = [step for step in found.steps if step.state == MISSING]
    if missing:
        lines = [begin_command(step.kind, step.fields) for step in missing[:3]]
        print_lines(session, ["", "To begin what is missing:", *(f"  {each}" for each in lines)])


def print_tracking(session: Session, found: Tracking) -> None:
    """Print the turns of a pilot."""
    from reflect.cli.text import print_lines, wrapped
    from reflect.exports.figures.tracking_lines import tracking_lines

    columns = terminal_width()
    session.line("\nImplementation and iteration tracking", bold=True)
    for line in [*tracking_lines(found), found.asks]:
        print_lines(session, wrapped(line, columns, " " * (len(line) - len(line.lstrip()))) or [""])
