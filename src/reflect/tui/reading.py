"""From a record to the page on which it is read: head, fields, text, and what leads to and from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.insights.lineage import KIND as APPROXIMATION
from reflect.records.document import MAX_RECORD
from reflect.records.kinds import Kind
from reflect.records.record import Record, as_list
from reflect.records.resolving import CONFLICT_OF
from reflect.records.textforms import folded
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row
from reflect.tui.places import DRAWN
from reflect.tui.spoken import mark
from reflect.tui.widgets.markdown_lines import BLANK, NO_RECORD, Block, Names, link
from reflect.tui.widgets.page import Page
from reflect.tui.words import PRIVATE, UNSHARED, long_day, plain_line, sign_of

if TYPE_CHECKING:
    from reflect.community.reading import Beside
    from reflect.community.signatures import Signature
    from reflect.workspace import Workspace

LABEL_WIDTH = 18
TWO_VERSIONS = Block(Content("! This has two versions. V shows both.").stylize("$text-warning"))
MANY_LINKS = 200
# A file of one's own may be any size; so much of it is shown.
MOST_SHOWN = 16 * 1024 * 1024


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
    record: Record
    links: int = 0
    leading_here: int = 0
    can_be_shared: bool = False
    has_two_versions: bool = False
    is_example: bool = False
    has_versions: bool = False

    @property
    def is_drawn(self) -> bool:
        """Whether there is more to see of it than its text."""
        kind = self.record.kind
        is_part = kind in (APPROXIMATION, "finding") or self.is_example or self.has_versions
        return kind in DRAWN or (is_part and bool(self.record_id))


@dataclass(frozen=True)
class Links:
    """What a record names: the records by the folded name, and the names of none, or of several."""

    rows: Mapping[str, Row]
    missing: frozenset[str] = frozenset()

    def names(self, with_notes: bool = False) -> Names:
        """Return the links as a text shows them; with notes, where each leads to in full."""
        titles = {target: row.title for target, row in self.rows.items()}
        notes = {target: f"{row.title} ({row.kind}, {row.day}; {row.ref})" for target, row in self.rows.items()}
        return Names(titles, self.missing, notes if with_notes else {})


def read(workspace: Workspace, reference: str, today: dt.date) -> Reading:
    """Return what is read of a record; raises NotFound."""
    record = workspace.get(reference)
    kind = _kind_of(workspace, record)
    label = kind.shown_label(workspace.lang) if kind else record.kind
    if record.problem:
        page = _raw_page(record, kind)
        return Reading(record.ref, record.title, label, record.problem, record.id, page, {}, record)
    rows = workspace.catalog.at_ref(record.ref)
    names = [*workspace.catalog.links_of(rows[0]), folded(rows[0].agenda)] if rows else []
    links = _links(workspace, names, record.place)
    targets = {target: row.ref for target, row in links.rows.items()}
    back = workspace.catalog.linking_to(rows[0])[:MANY_LINKS] if rows else []
    beside = workspace.reading.beside(rows[0]) if rows and record.place else None
    answers = {each.row.rowid for each in beside.answers} if beside else set()
    below = [*_thread(beside), *_leading_here(each for each in back if each.rowid not in answers)]
    page = _page(workspace, record, kind, links, below, beside)
    has_two = bool(rows) and _has_two_versions(rows[0], back)
    if has_two:
        page = replace(page, above=(TWO_VERSIONS, BLANK, *page.above))
    leads_to = len(set(targets.values()))
    can_be_shared = kind is not None and not kind.is_private and not record.place
    return Reading(
        record.ref, record.title, label, "", record.id, page, targets, record, leads_to, len(back), can_be_shared,
        has_two, any(each.kind == APPROXIMATION for each in back), kind is not None and kind.has_versions,
    )  # fmt: skip


def _has_two_versions(row: Row, leading_here: Sequence[Row]) -> bool:
    """Say whether a record has a second version, or is one."""
    return bool(row.text_of(CONFLICT_OF)) or any(
        row.id and each.text_of(CONFLICT_OF) == row.id and each.place == row.place for each in leading_here
    )


def with_signature(reading: Reading, signature: Signature) -> Reading:
    """Return a reading of a community's record that says how its last change is signed."""
    from reflect.community.signatures import DOES_NOT_FIT, SIGNED

    # Below whose it is.
    title, whose, *rest = reading.page.above
    if signature.state == DOES_NOT_FIT:
        says = Block(plain_line("! its signature does not fit: it may not be by whom it says", "$text-warning"))
    else:
        sign = mark("✓ ") if signature.state == SIGNED else ""
        says = Block(plain_line(f"{sign}{signature.words}", "$text-muted"))
    return replace(reading, page=replace(reading.page, above=[title, whose, says, *rest]))


def _kind_of(workspace: Workspace, record: Record) -> Kind | None:
    return workspace.kinds_in([record.place])[record.place].find(record.kind)


def page_at(workspace: Workspace, path: str, rev: str) -> Page:
    """Return the page of a record as it was at a state of history; raises NotFound."""
    record = workspace.get_at(path, rev)
    kind = _kind_of(workspace, record)
    if record.problem:
        return _raw_page(record, kind)
    return _page(workspace, record, kind, _links(workspace, _named_in(record), record.place))


def paper(workspace: Workspace, reference: str) -> Page:
    """Return a record as it would stand on paper: where its links lead is told at the end; raises NotFound."""
    record = workspace.get(reference)
    kind = _kind_of(workspace, record)
    label = kind.shown_label(workspace.lang) if kind else record.kind
    above = [
        Block(plain_line(record.title, "bold")),
        Block(plain_line(f"{label} · {_day(record)}")),
        BLANK,
    ]
    if record.problem:
        return Page(record.text[:MOST_SHOWN], above, is_raw=True, is_paper=True)
    rows = workspace.catalog.at_ref(record.ref)
    targets = workspace.catalog.links_of(rows[0]) if rows else ()
    names = _links(workspace, targets, record.place).names(with_notes=True)
    return Page(record.body.strip("\n"), above, names=names, is_paper=True)


def _page(
    workspace: Workspace,
    record: Record,
    kind: Kind | None,
    links: Links,
    below: Sequence[Block] = (),
    beside: Beside | None = None,
) -> Page:
    shared = [_beside(beside)] if beside else []
    above = [*_title(record, kind), *shared, *_head(record, kind, workspace, links.rows, workspace.lang), BLANK]
    return Page(record.body.strip("\n"), above, below, links.names())


def _raw_page(record: Record, kind: Kind | None) -> Page:
    if len(record.text) > MAX_RECORD or "larger than" in record.problem:
        size = len(record.text) / 1024 / 1024
        says = (
            f"! This file has {size:,.1f} MiB. Up to {MAX_RECORD // 1024 // 1024} can be a record, so it is shown as it"
        )
        says += " is written, without links. o opens it in an editor of your own."
        if len(record.text) > MOST_SHOWN:
            says += f" The first {MOST_SHOWN // 1024 // 1024} MiB are here."
    else:
        says = f"! unreadable: {record.problem}. o opens it in an editor."
    note = Block(plain_line(says, "$text-error"))
    return Page(record.text[:MOST_SHOWN], (*_title(record, kind), note, BLANK), is_raw=True)


def _named_in(record: Record) -> list[str]:
    return [folded(each) for each in [*record.references(), record.agenda] if each]


def _links(workspace: Workspace, targets: Iterable[str], place: str) -> Links:
    """Return the records that some folded names mean in a place; the catalog knows them without parsing."""
    found: dict[str, Row] = {}
    missing: set[str] = set()
    for target in [each for each in dict.fromkeys(targets) if each][:MANY_LINKS]:
        rows = workspace.catalog.named(target, place)
        if len(rows) == 1:
            found[target] = rows[0]
        else:
            missing.add(target)
    return Links(found, frozenset(missing))


def _title(record: Record, kind: Kind | None) -> list[Block]:
    sign = mark(sign_of(record.kind, record.text_of("valence")))
    title = Content.assemble((sign, "$text-accent"), plain_line(record.title, "bold"))
    return [Block(title, "", "  ")]


def _head(record: Record, kind: Kind | None, workspace: Workspace, named: Mapping[str, Row], lang: str) -> list[Block]:
    lenses = {lens.slug: lens.title for each in workspace.frameworks_of(record.place) for lens in each.lenses}
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


def _beside(beside: Beside) -> Block:
    """Return whose a record of a community is, and what is to be known of it."""
    row = beside.row
    who = beside.says_by or (f"by {row.author or row.owner_name}" if row.author or row.owner_name else "")
    says = [
        row.place,
        who,
        "not sent yet" * beside.is_unsent,
        "withdrawn at its origin" * beside.is_withdrawn_at_origin,
    ]
    return Block(plain_line(" · ".join(filter(None, says)), "$text-warning" if beside.says_by else "$text-muted"))


def _thread(beside: Beside | None) -> list[Block]:
    """Return the answers to a record, oldest first, each deeper the deeper it stands."""
    if beside is None or not beside.answers:
        return []
    lines = []
    for each in beside.answers:
        who = plain_line(f"{each.row.author or each.row.owner_name}, {each.row.day}", "$text-muted")
        title = Content.assemble(link(plain_line(each.row.title), each.row.ref), "  ", who)
        lines.append(Block(title, "  " + "  " * each.depth, "    " + "  " * each.depth))
    return [BLANK, Block(Content("Answers").stylize("bold $text-muted")), *lines]


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
    return link(plain_line(row.title), row.ref) if row else Content.assemble(plain_line(target), NO_RECORD)


def _leading_here(rows: Iterable[Row]) -> list[Block]:
    lines = [
        Block(
            Content.assemble((mark(sign_of(row.kind, row.text_of("valence"))), "$text-accent"), _to(row)), "  ", "    "
        )
        for row in rows
    ]
    return [BLANK, Block(Content("Records that lead here").stylize("bold $text-muted")), *lines] if lines else []


def _to(row: Row) -> Content:
    return Content.assemble(link(plain_line(row.title), row.ref), (f"  {row.kind}, {row.day}", "$text-muted"))


def _day(record: Record) -> str:
    try:
        day = dt.date.fromisoformat(record.day)
    except ValueError:
        return "no date"
    return f"{long_day(day)} {day.year:04}"
