"""What kinds of record are called on screen: each place may have kinds of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace


@dataclass(frozen=True)
class Labels:
    """The labels of the kinds of some places, by place and by the kind's name; of any other the name stands."""

    by_place: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, row: Row) -> str:
        """Return what the kind of a record is called, inside a line."""
        return self.named(row.kind, row.place)

    def named(self, kind: str, place: str = "") -> str:
        """Return what a kind is called, inside a line."""
        return self.by_place.get(place, {}).get(kind, kind).lower()


def labels_of(workspace: Workspace, places: Iterable[str]) -> Labels:
    """Return the labels of the kinds in these places, and in the journal."""
    lang = workspace.lang
    kinds = workspace.kinds_in(["", *places])
    return Labels({place: {each.name: each.shown_label(lang) for each in of.all()} for place, of in kinds.items()})
