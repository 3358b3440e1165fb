"""The page of a record that a community holds, made from what is shared alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.records.record import as_list
from reflect.records.textforms import folded
from reflect.store.catalog import Row
from reflect.tui.widgets.markdown_lines import BLANK, Block, Names
from reflect.tui.widgets.page import Page
from reflect.tui.words import plain_line, sign_of

if TYPE_CHECKING:
    from reflect.workspace import Workspace

LABEL_WIDTH = 18
MANY_LINKS = 200


@dataclass(frozen=True)
class SharedReading:
    """A shared record with its page; `targets` says which shared record each of its links leads to."""

    row: Row
    page: Page
    targets: dict[str, Row]


def read_shared(workspace: Workspace, row: Row) -> SharedReading:
    """Return what is read of a shared record. A link to anything private stays as it was written."""
    targets: dict[str, Row] = {}
    for name in workspace.catalog.links_of(row)[:MANY_LINKS]:
        found = [each for each in workspace.catalog.named(name, row.place) if each.place == row.place]
        if len(found) == 1:
            targets[folded(name)] = found[0]
    body = workspace.catalog.bodies([row.rowid]).get(row.rowid, "")
    titles = {name: each.title for name, each in targets.items()}
    return SharedReading(row, Page(body.strip("\n"), [*_head(workspace, row), BLANK], names=Names(titles)), targets)


def _head(workspace: Workspace, row: Row) -> list[Block]:
    kind = workspace.kinds_in([row.place])[row.place].find(row.kind)
    sign = sign_of(row.kind, row.text_of("valence"))
    title = Block(Content.assemble((f"{sign} ", "$text-accent"), plain_line(row.title, "bold")), "", "  ")
    who = workspace.reading.in_others_names([row]).get(row.rowid) or row.author or row.owner_name
    says = [row.place, kind.shown_label(workspace.lang) if kind else row.kind, who, row.day]
    head = Block(plain_line(" · ".join(part for part in says if part), "$text-muted"))
    fields = []
    for field in kind.fields if kind else ():
        texts = [field.shown_choice(each, workspace.lang) for each in as_list(row.fields.get(field.name, ""))]
        # What links by id alone says nothing to those who look on.
        if any(texts) and not field.private and field.type not in ("record", "records", "person", "people"):
            label = plain_line(field.shown_label(workspace.lang)).truncate(LABEL_WIDTH - 2, ellipsis=True, pad=True)
            fields.append(Block(plain_line(", ".join(texts)), label.plain + "  ", " " * LABEL_WIDTH))
    return [title, head, *([BLANK, *fields] if fields else [])]
