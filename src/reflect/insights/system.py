"""The system around the records: circles, versions, lineage, channels and how findings travel, from the catalog."""

from __future__ import annotations

from dataclasses import replace

from reflect.insights.channels import KIND as CHANNEL
from reflect.insights.channels import NAMED_IN, Channels, channels
from reflect.insights.circles import BELIEFS, BY_KIND, Circles, circles
from reflect.insights.lineage import KIND as APPROXIMATION
from reflect.insights.lineage import Version, lineage
from reflect.insights.patterns.material import Material
from reflect.records.yaml_block import Value
from reflect.store.catalog import Catalog, Row


class System:
    """What can be drawn of a system; make a new one for each look."""

    def __init__(self, material: Material, catalog: Catalog) -> None:
        self._material = material
        self._catalog = catalog

    def circles(self) -> Circles:
        """Return the three circles, with all records that fall in one."""
        counts, everything = self._material.counts, self._material.all()
        rows = [*counts.rows(everything.of(*BY_KIND)), *counts.filled(everything, "circle")]
        named: dict[str, set[int]] = {}
        for belief, rowid in self._catalog.linking_to_names(BELIEFS[:-1]):
            named.setdefault(belief, set()).add(rowid)
        return circles({row.rowid: row for row in rows}.values(), self._material.linking_to, named)

    def channels(self) -> Channels:
        """Return the channels of learning, and who shares an agenda without one."""
        counts, everything = self._material.counts, self._material.all()
        rows = counts.rows(everything.of(CHANNEL))
        rows += [row for name in NAMED_IN for row in counts.filled(everything, name) if row.kind != CHANNEL]
        own = self._material.source_of
        return channels(replace(row, agenda=own(row.agenda)) if row.agenda else row for row in rows)

    def lineage(self, row: Row) -> Version:
        """Return the tree of an approximation, or of what it was made of; what was shared stands there once."""
        copies = self._material.rows(self._material.all(APPROXIMATION))
        self._material.read_ahead(copies)
        return lineage(self._own(row), [self._of_own(each) for each in copies], self._find, self._material.section)

    def _of_own(self, row: Row) -> Row:
        """Return an approximation that names its example as the vault knows it."""
        named: list[Value] = [self._material.source_of(each) for each in row.list_of("example")]
        return replace(row, fields={**row.fields, "example": named})

    def _find(self, record_id: str) -> Row | None:
        found = {row.id: row for row in self._catalog.with_ids(self._material.one_with(record_id))}
        row = found.get(self._material.source_of(record_id)) or next(iter(found.values()), None)
        return self._of_own(row) if row is not None else None

    def _own(self, row: Row) -> Row:
        return (self._find(row.id) if row.id else None) or row
