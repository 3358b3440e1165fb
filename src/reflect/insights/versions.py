"""What a community stands on, version by version: a new one is a new record, and the old one stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reflect.insights.circles import versions
from reflect.insights.patterns.figures import Offer
from reflect.records import markdown
from reflect.records.kinds import REPLACES, Kind
from reflect.records.textforms import folded
from reflect.records.word_diff import Piece, word_diff
from reflect.store.catalog import Row

# Sections that tell of one change; the next version begins without them.
OF_THE_CHANGE = ("What changed", "What made us change it")
QUESTION = "What would those it touches change today?"


@dataclass(frozen=True)
class Change:
    """A section whose text is not that of the version before."""

    title: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Stand:
    """One version: what it says of its own change (section, text), and what is changed in it; the first has neither."""

    row: Row
    number: int
    told: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Versions:
    """All versions, the newest first. `beside` are others that replace one of these, too; `is_cut`: they go round."""

    kind: Kind
    stands: tuple[Stand, ...]
    beside: tuple[Row, ...] = ()
    is_cut: bool = False


def versions_of(asked: Row, rows: Sequence[Row], kind: Kind, section: Callable[[Row, str], str]) -> Versions:
    """Return the versions that a record is one of; `rows` are all of its kind."""
    newest = _newest(asked, rows)
    chain = versions(rows, newest)
    known = {row.rowid for row in chain}
    ids = {row.id for row in chain if row.id}
    beside = [row for row in rows if row.rowid not in known and row.text_of(REPLACES) in ids]
    stands = []
    for number, row in enumerate(chain):
        before = chain[number + 1] if number + 1 < len(chain) else None
        told = tuple((title, text) for title in OF_THE_CHANGE if kind.section(title) and (text := section(row, title)))
        changes = _changes(before, row, kind, section) if before is not None else ()
        stands.append(Stand(row, len(chain) - number, told, changes))
    return Versions(kind, tuple(stands), tuple(beside), chain[-1].text_of(REPLACES) in ids)


def new_version(row: Row, kind: Kind, body: str) -> Offer:
    """Return the beginning of the next version: what this one says, but for what it says of its own change."""
    order = [each.aliases for each in kind.sections]
    for each in kind.sections:
        if each.title in OF_THE_CHANGE:
            body = markdown.with_section(body, each.title, "", each.aliases, order)
    return Offer(
        "a new version", row.kind, fields={REPLACES: row.id}, agenda=row.agenda, place=row.place, title=row.title,
        tags=row.tags, body=body.strip("\r\n"),
    )  # fmt: skip


def _newest(asked: Row, rows: Sequence[Row]) -> Row:
    """Return the newest version that goes back to a record; where they go in a circle, the last before it closes."""
    seen = [asked]
    while after := [row for row in rows if seen[-1].id and row.text_of(REPLACES) == seen[-1].id and row not in seen]:
        seen.append(max(after, key=lambda row: (row.sort, row.id)))
    return seen[-1]


def _changes(before: Row, row: Row, kind: Kind, section: Callable[[Row, str], str]) -> tuple[Change, ...]:
    titles = [each.title for each in kind.sections if each.title not in OF_THE_CHANGE]
    pairs = [(title, section(before, title), section(row, title)) for title in titles]
    renamed = [("Title", before.title, row.title)]
    changed = [each for each in [*renamed, *pairs] if folded(each[1]) != folded(each[2])]
    return tuple(Change(title, word_diff(old, new)) for title, old, new in changed)
