"""`reflect show`: one record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.record import Record, encoded
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.community.reading import Beside
    from reflect.workspace import Workspace


@click.command("show", cls=Command)
@click.argument("reference", metavar="ID")
@click.option("--raw", is_flag=True, help="The file as it is, byte for byte (to a terminal: cleaned).")
@click.option("--at", "rev", default="", metavar="REV", help="An earlier state; see: reflect history ID")
@pass_session
def command(session: Session, reference: str, raw: bool, rev: str) -> None:
    """Show one record.

    ID is the end of its id, four letters or more, or its path. A record of a community counts as
    read from then on, and the answers to it stand below.

    \b
    Examples:
      reflect show x6sq7a
      reflect show x6sq7a --raw > copy.md
      reflect show x6sq7a --at f27e9af --json
    """
    from reflect.cli.shapes import Shapes

    desk = session.desk
    record = desk.get_at(reference, rev) if rev else desk.get(reference)
    rows = desk.catalog.at_ref(record.ref) if record.place else []
    beside = desk.reading.beside(rows[0]) if rows and not rev else None
    if raw and not session.as_json:
        _print_raw(session, record)
    elif beside is not None:
        signature = desk.signature(record)
        words = signature.words if signature else None
        session.answer(
            lambda: {**Shapes(desk).shared(record, beside), "signature": words},
            lambda: _print(session, desk, record, beside, words or ""),
        )
    else:
        session.answer(lambda: Shapes(desk).record(record), lambda: _print(session, desk, record))
    if beside is not None:
        desk.communities.mark_read(rows)


def _print_raw(session: Session, record: Record) -> None:
    if session.is_on_terminal:
        session.line(cleaned(record.text).rstrip("\n"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded(record.text))


def _print(
    session: Session, desk: Workspace, record: Record, beside: Beside | None = None, signature: str = ""
) -> None:
    from reflect.cli.text import answer_lines, beside_lines, entries, print_lines, rows_as_lines, short_id, value_text

    columns = terminal_width()
    kind = desk.kinds_of(record.place).find(record.kind)
    label = kind.label if kind else record.kind
    session.line(one_line(record.title), bold=True)
    session.line(cleaned(f"{label} · {one_line(record.day) or 'no date'} · {short_id(record)}"), fg="cyan")
    if beside is not None:
        print_lines(session, beside_lines(beside))
        print_lines(session, [one_line(signature)] if signature else [])
    if record.problem:
        session.line(cleaned(f"unreadable: {record.problem}"), fg="yellow")
    pairs = [("agenda", _title_of(desk, record.agenda))] if record.agenda else []
    pairs += [(name, ", ".join(map(one_line, getattr(record, name)))) for name in ("lenses", "tags")]
    pairs += [(one_line(name), value_text(value)) for name, value in record.fields.items()]
    print_lines(session, ["", *entries([(name, text) for name, text in pairs if text], columns)])
    if record.body.strip():
        session.line("\n" + cleaned(record.body).strip("\n"))
    rows = desk.catalog.at_ref(record.ref)
    answers = beside.answers if beside else ()
    if answers:
        session.line("\nAnswers", bold=True)
        print_lines(session, answer_lines(answers, desk.reading.in_others_names(each.row for each in answers), columns))
    told = {each.row.rowid for each in answers}
    linking = [row for row in desk.catalog.linking_to(rows[0]) if row.rowid not in told] if rows else []
    if linking:
        session.line("\nLinked from", bold=True)
        print_lines(session, rows_as_lines(linking, columns))


def _title_of(desk: Workspace, agenda: str) -> str:
    rows = desk.catalog.with_id_ending(agenda) if len(agenda) == 26 else []
    return one_line(rows[0].title if rows else agenda)
