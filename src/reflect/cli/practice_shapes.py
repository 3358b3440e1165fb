"""What JSON answers on journeys, chains, maps, pilots and the library look like. Keys may be added, never renamed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reflect.records.journeys import Clause, Journey
from reflect.store.data_files import Found

if TYPE_CHECKING:
    from reflect.insights.chain import Chain, Step
    from reflect.insights.conditions import ConditionsMap, MapsBeside
    from reflect.insights.journey import JourneyNow, StageNow
    from reflect.insights.library import Shelf
    from reflect.insights.progressions import Progressions
    from reflect.insights.tracking import Tracking
    from reflect.records.rubrics import Rubric
    from reflect.store.catalog import Row

Shape = dict[str, Any]


def journey_shape(found: Found[Journey]) -> Shape:
    """Return a journey with its stages; `origin` is null for the program's own."""
    journey = found.thing
    return {
        "name": journey.name,
        "title": journey.title,
        "source": journey.source,
        "about": journey.about,
        "origin": found.origin or None,
        "stages": [
            {
                "slug": stage.slug,
                "title": stage.title,
                "ask": stage.ask,
                "from_month": stage.from_month or None,
                "to_month": stage.to_month or None,
                "entry": [_clause_shape(each) for each in stage.entry],
                "exit": [_clause_shape(each) for each in stage.exit],
            }
            for stage in journey.stages
        ],
    }


def _clause_shape(clause: Clause) -> Shape:
    """Return what a clause says, without what it leaves open."""
    given = {name: value for name, value in vars(clause).items() if value}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}


def stage_shapes(found: JourneyNow) -> list[Shape]:
    """Return the stages of an agenda's journey as they are now."""
    return [_stage_shape(stage) for stage in found.stages]


def _stage_shape(stage: StageNow) -> Shape:
    return {
        "slug": stage.stage.slug,
        "title": stage.stage.title,
        "state": stage.state,
        "missing": [each.text for each in stage.missing],
        "ask": stage.stage.ask,
        "half": stage.is_half,
        "before_it": [each.text for each in stage.waits_for],
        "evidence": [row.id or row.path for row in stage.evidence],
        "months": list(stage.months) if stage.months else None,
    }


def chain_shape(found: Chain) -> Shape:
    """Return a chain as its steps from the beginning down."""
    return {"id": found.asked.id or None, "steps": [_step_shape(step) for step in found.steps], "says": [*found.says]}


def _step_shape(step: Step) -> Shape:
    row = step.row
    start = {"kind": step.kind, "fields": dict(step.fields)} if step.state == "missing" else None
    under = {"id": step.under[0].id or None, "field": step.under[1]} if step.under else None
    return {
        "depth": step.depth,
        "kind": step.kind,
        "state": step.state,
        "id": (row.id or None) if row else None,
        "title": row.title if row else None,
        "path": row.path if row else None,
        "community": (row.place or None) if row else None,
        "start": start,
        "then_name_it_in": under,
    }


def tracking_shape(found: Tracking) -> Shape:
    """Return the turns of a pilot, ramp after ramp."""
    ramps = [
        [
            {
                **_named(turn.row),
                "number": turn.number or None,
                "prediction": turn.prediction or None,
                "result": turn.result or None,
                "next": turn.next or None,
                "decisions": [_named(row) for row in turn.decisions],
            }
            for turn in ramp
        ]
        for ramp in found.ramps
    ]
    decisions = [_named(row) for row in found.decisions]
    return {
        "pilot": _named(found.pilot),
        "ramps": ramps,
        "decisions": decisions,
        "asks": found.asks,
        "says": [*found.says],
    }


def maps_shape(found: MapsBeside) -> Shape:
    """Return a conditions map, the one before it or null, and the conditions whose text changed."""
    older = _map_shape(found.older) if found.older is not None else None
    return {"map": _map_shape(found.newer), "before": older, "changed": [*found.changed], "asks": found.asks}


def _map_shape(found: ConditionsMap) -> Shape:
    conditions = [
        {
            "slug": each.slug,
            "level": each.level,
            "holds_it": each.holds,
            "we_want": each.want,
            "other": each.other,
            "strongest": each.is_strongest,
            "working_on": each.is_worked_on,
        }
        for each in found.conditions
    ]
    return {**_named(found.row), "as_of": found.as_of or None, "conditions": conditions}


def shelf_shapes(shelves: Sequence[Shelf]) -> list[Shape]:
    """Return sets of resources; `done` says whether an item was ticked off on this computer, `done_on` the day."""
    return [
        {
            "set": shelf.set.set,
            "name": shelf.name,
            "title": shelf.set.title,
            "session": shelf.set.session,
            "event": shelf.set.event or None,
            "presenters": list(shelf.set.presenters),
            "source": shelf.set.source,
            "origin": shelf.origin or None,
            "items": [
                {
                    "number": each.number,
                    "type": each.item.type,
                    "title": each.item.title,
                    "range": each.item.range or None,
                    "note": each.item.note or None,
                    "done": bool(each.done),
                    "done_on": each.done or None,
                }
                for each in shelf.items
            ],
        }
        for shelf in shelves
    ]


def _named(row: Row) -> Shape:
    return {"id": row.id or None, "title": row.title, "path": row.path}


def rubric_shape(found: Found[Rubric]) -> Shape:
    """Return a rubric with its areas; `origin` is null for the program's own."""
    rubric = found.thing
    return {
        "name": rubric.name,
        "title": rubric.title,
        "source": rubric.source,
        "origin": found.origin or None,
        "levels": list(rubric.levels),
        "areas": [
            {"slug": area.slug, "group": area.group, "title": area.title, "text": list(area.text)}
            for area in rubric.areas
        ],
    }


def progressions_shape(found: Progressions) -> list[Shape]:
    """Return the areas of a rubric with all their ratings in order, and how the last day lies beside the one before."""
    return [
        {
            "slug": each.area.slug,
            "group": each.area.group,
            "title": each.area.title,
            "text": list(each.area.text),
            "ids": [row.id for row in each.rows],
            "ratings": [[rated.day, int(level)] for rated in each.ratings for level in rated.levels],
            "movement": each.movement or None,
            "question": each.question,
            "not_levels": list(each.unread),
        }
        for each in found.areas
    ]
