"""`reflect import`: bring in what was written elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import ReflectError
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.imports.report import ImportReport

FORMATS = ("jrnl", "markdown")
SHOWN = 20


@click.command("import", cls=Command)
@click.argument("format", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("path", metavar="PATH")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and change nothing.")
@pass_session
def command(session: Session, format: str, path: str, dry_run: bool) -> None:
    """Bring in what you wrote elsewhere.

    FORMAT is jrnl (a journal file, a folder of them, or its JSON export) or markdown (a folder of
    Markdown files). What is in already is left out, so the same PATH twice adds nothing.

    \b
    Examples:
      reflect import jrnl ~/journal.txt --dry-run
      reflect import jrnl ~/journal.txt
      reflect import markdown ~/Notes --json
    """
    source = Path(path).expanduser()
    if not source.exists():
        raise ReflectError(f"There is nothing at {source}.", "Give the file or folder that holds what you wrote.")
    desk = session.desk
    with session.progress("Reading") as progress:
        report = desk.import_records(format, source, dry_run, progress)
    session.answer(
        lambda: {
            "added": report.added,
            "unchanged": report.unchanged,
            "skipped": [{"where": each.where, "why": each.why} for each in report.skipped],
            "noted": [{"where": each.where, "why": each.why} for each in report.noted],
        },
        lambda: _print(session, report, dry_run),
    )


def _print(session: Session, report: ImportReport, dry_run: bool) -> None:
    from reflect.cli.text import fitted

    columns = terminal_width()
    if dry_run:
        for title in report.titles[:SHOWN]:
            session.line(fitted(f"  {one_line(title)}", columns))
        if len(report.titles) > SHOWN:
            session.line(f"  … and {len(report.titles) - SHOWN:,} more")
    verb = "Would add" if dry_run else "Added"
    already = f", {report.unchanged:,} were in already" if report.unchanged else ""
    session.line(f"{verb} {report.added:,} record{'s' * (report.added != 1)}{already}.")
    for heading, remarks in (("Skipped", report.skipped), ("To look at", report.noted)):
        if remarks:
            session.line(f"{heading}, {len(remarks):,}:")
        for each in remarks:
            session.line(f"  {one_line(each.where)}: {one_line(each.why)}")
