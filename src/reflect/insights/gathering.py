"""Gathering the records of a chain from the catalog: up by what their fields name, down by what names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reflect.community.shares import NO_COPIES, Copies
from reflect.insights.chain import PARENTS
from reflect.records.textforms import folded
from reflect.store.catalog import MANY, Catalog, Row

# A chain that is longer was made by a mistake; what stands nearest is gathered first.
MOST = 2_000


def gathered(
    catalog: Catalog, starts: Sequence[Row], copies: Copies = NO_COPIES, goes_up: bool = True
) -> tuple[list[Row], Mapping[str, str]]:
    """Return the records that hang together with some, each once, and the ids of copies with what they are copies of.

    Without `goes_up`, only those that hang on them.
    """
    found: dict[str, Row] = {}
    aliases: dict[str, str] = {}
    places = {"", *(row.place for row in starts)}
    frontier: Sequence[Row] = starts
    while frontier and len(found) < MOST:
        new = []
        for row in frontier:
            own = copies.source_of(row.id) if row.place else row.id
            if row.id and row.id not in found and row.kind in PARENTS and aliases.get(row.id, "") not in found:
                found[row.id] = row
                new.append(row)
            if own != row.id:
                aliases[row.id] = own
        aliases |= {share.id: row.id for row in new for share in copies.of(row.id)}
        places |= {share.community for row in new for share in copies.of(row.id)}
        above = _above(catalog, new, aliases) if goes_up else []
        frontier = [row for row in [*above, *_below(catalog, new, aliases)] if row.place in places]
    return list(found.values()), aliases


def _above(catalog: Catalog, rows: Iterable[Row], aliases: Mapping[str, str]) -> list[Row]:
    named = [each for row in rows for name, _ in PARENTS[row.kind] for each in row.list_of(name)]
    return catalog.with_ids(aliases.get(each, each) for each in named)


def _below(catalog: Catalog, rows: Sequence[Row], aliases: Mapping[str, str]) -> list[Row]:
    ids = {row.id for row in rows}
    names = [folded(each) for each in [*ids, *(copy for copy, own in aliases.items() if own in ids)]]
    numbers = sorted({rowid for _, rowid in catalog.linking_to_names(names)})
    found: list[Row] = []
    for start in range(0, len(numbers), MANY):
        found += catalog.rows_of(numbers[start : start + MANY])
    return [row for row in found if row.kind in PARENTS]
