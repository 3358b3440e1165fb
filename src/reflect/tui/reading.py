"""From a record to the page on which it is read: head, fields, text, and what leads to and from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.records.kinds import Kind
from reflect.records.record import Record, as_list
from reflect.records.textforms import folded
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row
from reflect.tui.spoken import mark
from reflect.tui.widgets.markdown_lines import BLANK, Block, link
from reflect.tui.widgets.markdown_view import Page
from reflect.tui.words import PRIVATE, UNSHARED, long_day, plain_line, sign_of

if TYPE_CHECKING:
    from reflect.workspace import Workspace

LABEL_WIDTH = 18
MANY_LINKS = 200


@dataclass(frozen=True)
class Reading:
    """A record with the page that shows it; `targets` says which file each of its links leads to."""

    path: str
    title: str
    label: str
    problem: str
    record_id: str
    page: Page
    targets: Mapping[str, str]


def read(workspace: Workspace, reference: str, today: dt.date) -> Reading:
    """Return what is read of a record; raises NotFound."""
    record = workspace.get(reference)
    kind = workspace.kinds.find(record.kind)
    label = kind.shown_label(workspace.lang) if kind else record.kind
    rows = workspace.catalog.at_path(record.path)
    if record.problem:
        note = Content(f"! unreadable: {record.problem}. o opens it in an editor.").stylize("$text-error")
        page = Page(record.text, (*_title(record, kind), Block(note), BLANK), is_raw=True)
        return Reading(record.path, record.title, label, record.problem, record.id, page, {})
    named = _named(workspace, rows[0]) if rows else {}
    links = {target: row.path for target, row in named.items()}
    titles = {target: row.title for target, row in named.items()}
    back = workspace.catalog.linking_to(rows[0])[:MANY_LINKS] if rows else []
    above = [*_title(record, kind), *_head(record, kind, workspace, named, workspace.lang), BLANK]
    page = Page(record.body.strip("\n"), above, _leading_here(back), titles)
    return Reading(record.path, record.title, label, "", record.id, page, links)


def _named(workspace: Workspace, row: Row) -> dict[str, Row]:
    """Return the records that one names, by the folded name; the catalog knows them without parsing."""
    found: dict[str, Row] = {}
    for target in [*workspace.catalog.links_of(row), folded(row.agenda)][:MANY_LINKS]:
        rows = workspace.catalog.named(target) if target else []
        if len(rows) == 1:
            found[target] = rows[0]
    return found


def _title(record: Record, kind: Kind | None) -> list[Block]:
    sign = mark(sign_of(record.kind, record.text_of("valence")))
    title = Content.assemble((sign, "$text-accent"), plain_line(record.title, "bold"))
    return [Block(title, "", "  ")]


def _head(record: Record, kind: Kind | None, workspace: Workspace, named: Mapping[str, Row], lang: str) -> list[Block]:
    lenses = {lens.slug: lens.title for each in workspace.frameworks for lens in each.lenses}
    parts = [kind.shown_label(lang) if kind else record.kind, _day(record)]
    parts += [lenses.get(each, each).lower() for each in record.lenses]
    parts += [f"#{tag}" for tag in record.tags]
    blocks = [Block(plain_line(" · ".join(part for part in parts if part), "$text-muted"))]
    if not record.place:
        says = PRIVATE if kind is None or kind.is_private else UNSHARED
        blocks.append(Block(Content(says).stylize("italic $text-muted")))
    if folded(record.agenda) in named:
        blocks.append(Block(Content.assemble(("Agenda  ", "$text-muted"), _linked(record.agenda, named))))
    shown = [_field(name, value, kind, named, lang) for name, value in record.fields.items() if value]
    return [*blocks, *([BLANK] if shown else []), *shown]


def _field(name: str, value: Value, kind: Kind | None, named: Mapping[str, Row], lang: str) -> Block:
    field = kind.field(name) if kind else None
    label = field.shown_label(lang) if field else name
    if isinstance(value, dict):
        texts = [f"{day}: {', '.join(as_list(each))}" for day, each in value.items()]
    else:
        texts = [field.shown_choice(each, lang) if field else each for each in as_list(value)]
    parts = [_linked(each, named) if is_ulid(each) else plain_line(each) for each in texts]
    before = plain_line(label).truncate(LABEL_WIDTH - 2, ellipsis=True, pad=True).plain + "  "
    return Block(Content(", ").join(parts), before, " " * LABEL_WIDTH)


def _linked(target: str, named: Mapping[str, Row]) -> Content:
    row = named.get(folded(target))
    return link(plain_line(row.title), row.path) if row else plain_line(target)


def _leading_here(rows: Iterable[Row]) -> list[Block]:
    lines = [
        Block(
            Content.assemble((mark(sign_of(row.kind, row.text_of("valence"))), "$text-accent"), _to(row)), "  ", "    "
        )
        for row in rows
    ]
    return [BLANK, Block(Content("Records that lead here").stylize("bold $text-muted")), *lines] if lines else []


def _to(row: Row) -> Content:
    return Content.assemble(link(plain_line(row.title), row.path), (f"  {row.kind}, {row.day}", "$text-muted"))


def _day(record: Record) -> str:
    try:
        day = dt.date.fromisoformat(record.day)
    except ValueError:
        return "no date"
    return f"{long_day(day)} {day.year:04}"
