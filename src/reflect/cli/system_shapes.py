"""What JSON answers on circles, versions, lineages, channels and the travels of findings look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.cli.shapes import Shape

if TYPE_CHECKING:
    from reflect.insights.channels import Channels
    from reflect.insights.circles import Circles, Placed
    from reflect.insights.lineage import Version
    from reflect.insights.travels import Place, Spiral
    from reflect.insights.versions import Stand, Versions
    from reflect.store.catalog import Row


def found_shape(found: object) -> Shape:
    """Return what a drawing shows, as JSON has it."""
    from reflect.insights.channels import Channels
    from reflect.insights.circles import Circles
    from reflect.insights.lineage import Version
    from reflect.insights.travels import Move, Spiral
    from reflect.insights.versions import Versions

    if isinstance(found, Circles):
        return _circles(found)
    if isinstance(found, Versions):
        return _versions(found)
    if isinstance(found, Version):
        return {"tree": _version(found)}
    if isinstance(found, Channels):
        return _channels(found)
    if isinstance(found, Spiral):
        return _spiral(found)
    moves = [each for each in found if isinstance(each, Move)] if isinstance(found, tuple) else []
    return {
        "moves": [
            {
                "from": each.start,
                "to": each.end,
                "count": len(each.rows),
                "findings": [_named(row) for row in each.rows],
            }
            for each in moves
        ]
    }


def _named(row: Row) -> Shape:
    return {"id": row.id or None, "kind": row.kind, "title": row.title, "community": row.place or None, "day": row.day}


def _circles(found: Circles) -> Shape:
    """Call-ins are counted, never titled."""
    from reflect.insights.circles import CIRCLES

    return {
        "core": _named(found.core) if found.core else None,
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
        **_named(each.row),
        "belief": each.belief,
        "fit": each.fit or None,
        "open": each.is_open,
        "followed_by": [row.id or None for row in each.followed_by],
    }


def _versions(found: Versions) -> Shape:
    return {
        "versions": [_stand(each) for each in found.stands],
        "beside": [_named(row) for row in found.beside],
        "cut": found.is_cut,
    }


def _stand(each: Stand) -> Shape:
    return {
        **_named(each.row),
        "number": each.number,
        "told": dict(each.told),
        "changes": [
            {"section": change.title, "pieces": [[piece.sign, piece.text] for piece in change.pieces]}
            for change in each.changes
        ],
    }


def _version(each: Version) -> Shape:
    return {
        **_named(each.row),
        "status": each.row.text_of("status") or None,
        "heart": each.heart or None,
        "changes": each.changes or None,
        "ours": each.is_ours,
        "cut": each.is_cut,
        "versions": [_version(below) for below in each.versions],
    }


def _channels(found: Channels) -> Shape:
    paths = [
        {
            "id": path.row.id or None,
            "from": path.start,
            "to": path.end,
            "both_ways": path.goes_both_ways,
            "moves": path.row.text_of("moves") or "unknown",
        }
        for path in found.paths
    ]
    return {"paths": paths, "no_path_yet": [list(pair) for pair in found.no_path_yet]}


def _spiral(found: Spiral) -> Shape:
    return {"places": [_place(each) for each in found.places], "cut": found.is_cut}


def _place(each: Place) -> Shape:
    return {
        **_named(each.row),
        "level": each.level or None,
        "agenda": _named(each.agenda) if each.agenda else None,
        "carried_from": (each.before.id or None) if each.before else None,
        "raised": each.is_raised,
        "withdrawn_at_origin": each.is_withdrawn,
        "came": [_named(row) for row in each.came],
        "answered": bool(each.answers),
    }
