"""`reflect edit`: change a record, by options or in the person's editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.cli.settling import SettlingOptions, settled, settling_options
from reflect.errors import ReflectError
from reflect.records.record import Record
from reflect.vault.saving import Saved

if TYPE_CHECKING:
    from reflect.records.review.substitution import Settled


@click.command("edit", cls=Command)
@click.argument("reference", metavar="ID")
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Set a field, or title, created, agenda, lenses, tags; FIELD= clears it. May be repeated.",
)
@click.option("--section", "sections", multiple=True, metavar="TITLE=TEXT", help="Write a section; TITLE= removes it.")
@settling_options
@pass_session
def command(
    session: Session,
    reference: str,
    assignments: tuple[str, ...],
    sections: tuple[str, ...],
    **settling: Unpack[SettlingOptions],
) -> None:
    """Change a record, in your editor or by options.

    Without options your editor opens on the whole record; closed without a change, nothing is
    saved. With options, only those lines change. A record of a community may be changed by anyone in
    it; what you add there is looked through for names first.

    \b
    Examples:
      reflect edit x6sq7a
      reflect edit x6sq7a --set valence=mixed --set tags=texting,attendance
      reflect edit x6sq7a --section "What we saw=14 of 31 answered." --set strength=
    """
    from reflect.cli import shared_writing, writing

    record = session.desk.get(reference)
    by_options = assignments or sections
    if not by_options and not record.place and session.asks_for_changes(record):
        return
    how = settled(settling) if record.place else None
    saved = _by_options(session, record, assignments, sections, how) if by_options else _in_editor(session, record, how)
    if saved.record.text == record.text:
        session.say("Nothing changed, so nothing was saved.")
    answer = shared_writing.answer if record.place else writing.answer
    answer(session, saved, verb="Saved" if saved.record.text != record.text else "Unchanged:")


def _by_options(
    session: Session, record: Record, assignments: tuple[str, ...], sections: tuple[str, ...], how: Settled | None
) -> Saved:
    from reflect.cli.inputs import assigned_values, refuse_other_bytes
    from reflect.cli.writing import add_draft_hint
    from reflect.records.compose import parse_sections

    kind = session.desk.kinds_of(record.place).get(record.kind)
    for text in (*assignments, *sections):
        refuse_other_bytes(text, "What you gave")
    values = assigned_values(session, kind, assignments)
    try:
        return session.desk.change(record.ref, values, parse_sections(kind, sections), how)
    except ReflectError as error:
        text = getattr(error, "text", "")
        if text:
            add_draft_hint(error, lambda: session.desk.new_draft(record.kind, text, record))
        raise


def _in_editor(session: Session, record: Record, how: Settled | None) -> Saved:
    from reflect.cli import finishing
    from reflect.cli.editor import edit_text
    from reflect.cli.writing import add_draft_hint

    desk = session.desk
    after = edit_text(session, record.text, (record.id or "record").lower())
    try:
        if after.code:
            raise ReflectError(f"The editor ended with code {after.code}, so nothing was saved.")
        if after.text == record.text:
            return Saved(record)
        return desk.save_change(record, finishing.changed(desk, record, after.text), how)
    except ReflectError as error:
        if after.text != record.text:
            add_draft_hint(error, lambda: desk.new_draft(record.kind, after.text, record))
        raise
