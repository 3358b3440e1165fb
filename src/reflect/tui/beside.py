"""What leads from a record and to it, and its last states: for the pane beside the text where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from reflect.records.textforms import folded
from reflect.store.catalog import Row
from reflect.tui.widgets.item_list import SPACE, Item, heading, remark
from reflect.tui.words import in_words, plain_line, sign_of

if TYPE_CHECKING:
    from reflect.vault.history import Version
    from reflect.workspace import Workspace

MOST_LINKS = 12
MOST_STATES = 6
RECORD, HISTORY = "record", "history"


def links_of(workspace: Workspace, path: str) -> list[Item]:
    """Return what a record leads to, and what leads to it."""
    rows = workspace.catalog.at_ref(path)
    if not rows:
        return []
    row = rows[0]
    names = [each for each in [*workspace.catalog.links_of(row), folded(row.agenda)] if each]
    named = [workspace.catalog.named(each, row.place) for each in names]
    leads_to = {found[0].ref: found[0] for found in named if len(found) == 1}
    items = _records("Leads to", list(leads_to.values()))
    items += _records("Records that lead here", workspace.catalog.linking_to(row))
    return items or [heading("Links"), remark("None yet. [[ in the text makes one."), SPACE]


def states_of(workspace: Workspace, path: str) -> list[Item]:
    """Return the last states of a record; one that is not in history yet has none."""
    versions = workspace.past.last_versions(path, MOST_STATES)
    shown = [_state(each) for each in versions] or [remark("Not in history yet.")]
    return [heading("Last states"), *shown]


def _records(words: str, rows: list[Row]) -> list[Item]:
    if not rows:
        return []
    more = [remark(f"and {len(rows) - MOST_LINKS} more")] if len(rows) > MOST_LINKS else []
    return [heading(f"{words} · {len(rows)}"), *(_record(row) for row in rows[:MOST_LINKS]), *more, SPACE]


def _record(row: Row) -> Item:
    sign = Content(f" {sign_of(row.kind, row.text_of('valence'))} ").stylize("$text-accent")
    return Item(Content.assemble(sign, plain_line(row.title)), key=(RECORD, row.ref))


def _state(version: Version) -> Item:
    left = Content.assemble((f"   {version.at[:10]} ", "$text-muted"), plain_line(in_words(version.message)))
    return Item(left, key=(HISTORY, version.rev))
