"""`reflect drafts`: text that was typed and not saved."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Unpack

import click

from reflect.cli.group import Group
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.cli.settling import SettlingOptions, settled, settling_options
from reflect.errors import ReflectError
from reflect.records.record import encoded, read_record
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.records.review.substitution import Settled
    from reflect.store.drafts import Draft
    from reflect.vault.saving import Saved


@click.group("drafts", cls=Group, invoke_without_command=True)
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session) -> None:
    """List, open or discard text that was not saved.

    Drafts are on this computer only, not in your journal.

    \b
    Examples:
      reflect drafts
      reflect drafts open 8s5gmr
      reflect drafts discard 8s5gmr
    """
    if ctx.invoked_subcommand is not None:
        return
    from reflect.cli.shapes import draft_shape
    from reflect.cli.text import print_lines, table

    drafts = session.workspace.drafts.all()
    rows = [
        [
            one_line(each.saved_at[:16]).replace("T", " "),
            one_line(f"{each.kind} for {each.place}" if each.place else each.kind),
            each.id[-6:].lower(),
            _title(each.title),
        ]
        for each in drafts
    ]
    session.answer(
        lambda: [draft_shape(each) for each in drafts],
        lambda: print_lines(session, table(rows, terminal_width(), ["bright_black", "", "cyan"])),
    )
    if not drafts and not session.as_json:
        session.say("There are no drafts: all you wrote is saved.")


def _title(title: str) -> str:
    return one_line(title) or "(no words yet)"


@command.command("open")
@click.argument("draft_id", metavar="ID")
@settling_options
@pass_session
def open_draft(session: Session, draft_id: str, **settling: Unpack[SettlingOptions]) -> None:
    """Go on with a draft in your editor, then save it.

    When the editor closes well, the draft becomes the record, also when you changed nothing.
    """
    from reflect.cli import shared_writing
    from reflect.cli.editor import edit_text
    from reflect.cli.writing import answer

    workspace = session.desk
    draft = workspace.drafts.get(draft_id)
    if not draft.place and session.asks_for_rest(draft):
        return
    after = edit_text(session, draft.text, f"draft-{draft.id.lower()}")
    if after.text != draft.text:
        # Whatever happens next, what was typed now is on disk.
        draft = dataclasses.replace(draft, text=after.text)
        workspace.drafts.keep(draft)
    name = draft.id[-6:].lower()
    if after.code:
        raise ReflectError(f"The editor ended with code {after.code}; draft {name} is kept.")
    try:
        saved = (
            _save_shared(session, draft, after.text, settled(settling))
            if draft.place
            else _save(session, draft, after.text)
        )
    except ReflectError as error:
        error.hint = f"{error.hint} Draft {name} is kept.".strip()
        raise
    workspace.drafts.discard(draft.id)
    if draft.place:
        shared_writing.answer(session, saved)
    else:
        answer(session, saved)


def _save_shared(session: Session, draft: Draft, text: str, how: Settled) -> Saved:
    """Write a draft into the community that it is for."""
    from reflect.cli import finishing
    from reflect.cli.shared_writing import finished

    desk = session.desk
    before = desk.settling.record_of(draft)
    if before is None:
        kind = desk.shared_writing.kind(draft.place, draft.kind)
        whole = finished(session, draft.place, kind, text)
    else:
        whole = finishing.changed(desk, before, text)
    return desk.settling.write(dataclasses.replace(draft, text=whole), how)[0]


def _save(session: Session, draft: Draft, text: str) -> Saved:
    from reflect.cli import finishing
    from reflect.cli.writing import save_text

    workspace = session.desk
    if not draft.path:
        kind = workspace.kinds.get(draft.kind or "reflection")
        return save_text(workspace, kind, finishing.finished(workspace, kind, text))
    before = read_record(encoded(draft.base), draft.path, workspace.kinds.folders)
    saved = workspace.save(draft.path, finishing.changed(workspace, before, text), draft.base)
    workspace.record_in_history(saved, f"Edit {saved.record.kind}")
    return saved


@command.command("discard")
@click.argument("draft_id", metavar="ID")
@pass_session
def discard(session: Session, draft_id: str) -> None:
    """Throw a draft away.

    It is not in your history, so it cannot be brought back.
    """
    drafts = session.workspace.drafts
    draft = drafts.get(draft_id)
    drafts.discard(draft.id)
    session.answer(
        lambda: {"id": draft.id},
        lambda: session.line(cleaned(f"Discarded draft {draft.id[-6:].lower()}: {_title(draft.title)}")),
    )
