"""What JSON answers on circles, versions, lineages, channels and the travels of findings look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.cli.shapes import Shape

if TYPE_CHECKING:
    from reflect.insights.circles import Circles, Placed
    from reflect.store.catalog import Row


def named(row: Row) -> Shape:
    """Return what a record is called, and where it stands."""
    return {"id": row.id or None, "kind": row.kind, "title": row.title, "community": row.place or None, "day": row.day}


def circles_shape(found: Circles) -> Shape:
    """Return the circles with their records; call-ins are counted, never titled."""
    from reflect.insights.circles import CIRCLES

    return {
        "core": named(found.core) if found.core else None,
        "circles": [
            {
                "circle": circle,
                "records": [_placed(each) for each in found.of(circle) if each.row.kind != "call-in"],
                "call_ins": sum(each.row.kind == "call-in" for each in found.of(circle)),
            }
            for circle in CIRCLES
        ],
    }


def _placed(each: Placed) -> Shape:
    return {
        **named(each.row),
        "belief": each.belief,
        "fit": each.fit or None,
        "open": each.is_open,
        "followed_by": [row.id or None for row in each.followed_by],
    }
