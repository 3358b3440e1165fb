"""The system around the records: circles, versions, lineage, channels and how findings travel, from the catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from reflect.errors import NotFound
from reflect.insights.channels import KIND as CHANNEL
from reflect.insights.channels import NAMED_IN, Channels, channels
from reflect.insights.circles import BELIEFS, BY_KIND, Circles, circles
from reflect.insights.lineage import KIND as APPROXIMATION
from reflect.insights.lineage import Version, lineage
from reflect.insights.patterns.figures import Offer
from reflect.insights.patterns.material import Material
from reflect.insights.travels import Move, Spiral, movement, spiral
from reflect.insights.versions import Versions, new_version, versions_of
from reflect.records.kinds import REPLACES, Kind
from reflect.records.review.shareable import CARRIED_ID
from reflect.store.catalog import Catalog, Row

FINDING = "finding"


class System:
    """What can be drawn of a system; make a new one for each look.

    `is_withdrawn` says whether the original of a copy is gone, `places` gives the community that calls itself so,
    `kind_of` the kind of a record as its place has it.
    """

    def __init__(
        self,
        material: Material,
        catalog: Catalog,
        kind_of: Callable[[Row], Kind | None],
        is_withdrawn: Callable[[Row], bool],
        places: Mapping[str, str],
    ) -> None:
        self._material = material
        self._catalog = catalog
        self._kind_of = kind_of
        self._is_withdrawn = is_withdrawn
        self._places = places

    @property
    def season_began(self) -> str:
        """The first day of this season."""
        return self._material.school.season_of(self._material.today).start.isoformat()

    def circles(self) -> Circles:
        """Return the three circles, with all records that fall in one."""
        counts, everything = self._material.counts, self._material.all()
        rows = [*counts.rows(everything.of(*BY_KIND)), *counts.filled(everything, "circle")]
        rows = [self._material.as_known(each, REPLACES) for each in rows]
        named: dict[str, set[int]] = {}
        for belief, rowid in self._catalog.linking_to_names(BELIEFS[:-1]):
            named.setdefault(belief, set()).add(rowid)
        return circles({row.rowid: row for row in rows}.values(), self._material.linking_to, named)

    def versions(self, row: Row) -> Versions:
        """Return the versions that a record is one of; raises NotFound for a kind that has none."""
        kind = self._versioned(row)
        rows = self._material.rows(self._material.all(row.kind))
        rows = [self._material.as_known(each, REPLACES) for each in rows]
        self._material.read_ahead(rows)
        asked = next((each for each in rows if each.id and each.id == self._material.source_of(row.id)), row)
        return versions_of(asked, rows, kind, self._material.section)

    def new_version(self, row: Row) -> Offer:
        """Return the beginning of the next version of a record; raises NotFound for a kind that has none."""
        kind = self._versioned(row)
        return new_version(row, kind, self._catalog.bodies([row.rowid]).get(row.rowid, ""))

    def lineage(self, row: Row) -> Version:
        """Return the tree of an approximation, or of what it was made of; what was shared stands there once."""
        copies = self._material.rows(self._material.all(APPROXIMATION))
        self._material.read_ahead(copies)
        known = [self._material.as_known(each, "example") for each in copies]
        return lineage(self._own(row), known, self._find, self._material.section)

    def channels(self) -> Channels:
        """Return the channels of learning, and who shares an agenda without one."""
        counts, everything = self._material.counts, self._material.all()
        rows = counts.rows(everything.of(CHANNEL))
        rows += [row for name in NAMED_IN for row in counts.filled(everything, name) if row.kind != CHANNEL]
        own = self._material.source_of
        return channels(replace(row, agenda=own(row.agenda)) if row.agenda else row for row in rows)

    def spiral(self, row: Row) -> Spiral:
        """Return a finding level by level; raises NotFound for another record."""
        if row.kind != FINDING:
            raise NotFound(f"“{row.title}” is no finding.", "See: reflect list --kind finding")
        return spiral(self._own(row), self._carried(), self._find, self._material.linking_to, self._is_withdrawn)

    def movement(self) -> tuple[Move, ...]:
        """Return from where to where findings were carried."""
        return movement(self._carried(), self._find, self._places)

    def newest_shared(self) -> Row | None:
        """Return the newest finding of one's own that stands in a community."""
        return next(iter(self._material.sent_findings), None)

    def copy_of(self, row: Row) -> Row:
        """Return the copy of a record that others can read, the record itself where there is none."""
        found = self._catalog.with_ids(self._material.one_with(row.id)) if row.id and not row.place else []
        return next((each for each in found if each.place), row)

    def _versioned(self, row: Row) -> Kind:
        kind = self._kind_of(row)
        if kind is None or not kind.has_versions:
            raise NotFound(f"“{row.title}” is a {row.kind}, which has no versions.", "See: reflect history ID")
        return kind

    def _carried(self) -> list[Row]:
        return self._material.counts.filled(self._material.all(FINDING), CARRIED_ID)

    def _find(self, record_id: str) -> Row | None:
        if not record_id:
            return None
        wanted = self._material.one_with(record_id)
        found = {row.id: row for row in self._catalog.with_ids(wanted)}
        row = found.get(self._material.source_of(record_id)) or next(iter(found.values()), None)
        return self._material.as_known(row, "example") if row is not None and row.kind == APPROXIMATION else row

    def _own(self, row: Row) -> Row:
        return self._find(row.id) or row
