"""From what is still open to the doing of it: which record to write, and where in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reflect.insights.agenda import Agenda
from reflect.insights.loops import OpenLoop
from reflect.records.kinds import Kind, LoopSpec
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row

if TYPE_CHECKING:
    from reflect.workspace import Workspace


@dataclass(frozen=True)
class Doing:
    """A new record of a `kind` with some `fields`, or the record at `path`: to write on, from `at` on, or to read."""

    kind: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    path: str = ""
    at: str = ""
    is_reading: bool = False


def hung_on(kind: Kind | None, row: Row) -> Mapping[str, Value]:
    """Return the field by which a new record of a kind hangs on another, `{}` where it has none."""
    for spec in kind.fields if kind and row.id else ():
        if row.kind in spec.of:
            return {spec.name: [row.id] if spec.is_list else row.id}
    return {}


def doing_of(workspace: Workspace, loop: OpenLoop) -> Doing:
    """Return what closes an open loop: an answer of the kind it waits for, else the place that is empty in it."""
    kind = workspace.kinds_in([loop.row.place])[loop.row.place].find(loop.row.kind)
    specs = [spec for spec in kind.loops if spec.name == loop.loop] if kind else []
    for spec in specs:
        for name in spec.by if spec.shape == "unlinked" else ():
            fields = hung_on(workspace.kinds.find(name), loop.row)
            if fields:
                return Doing(name, fields)
    empty = next((spec for spec in specs if spec.shape == "empty" and _is_empty(workspace, kind, spec, loop.row)), None)
    if empty is not None:
        return Doing(path=loop.row.ref, at=empty.section or empty.empty_field)
    dated = next((spec.field for spec in specs if spec.shape == "date"), "")
    return Doing(path=loop.row.ref, at=dated) if dated else Doing(path=loop.row.ref, is_reading=True)


def doing_for_part(workspace: Workspace, agenda: Agenda, name: str) -> Doing:
    """Return what would bring a part of the openness check nearer; a part that is met leads to its evidence."""
    part = dict(agenda.openness.parts())[name]
    by_id = {row.id: row for row in [agenda.row, *agenda.rows] if row.id}
    if part.met:
        shown = next((by_id[each] for each in part.evidence if each in by_id), agenda.row)
        return Doing(path=shown.ref, is_reading=True)
    waiting = [by_id[each] for each in part.missing if each in by_id]
    if name == "known":
        return Doing(path=agenda.row.ref, at="made_known")
    if name == "engaged":
        asks_whose = not agenda.row.list_of("voices_needed")
        return Doing(path=agenda.row.ref, at="voices_needed") if asks_whose else Doing("activity")
    if not waiting:
        return Doing("finding" if name == "shared" else "decision")
    first = waiting[0]
    if name == "shared":
        return Doing(path=first.ref, is_reading=True)
    kind = workspace.kinds.find("decision")
    if first.kind == "finding":
        return Doing("decision", hung_on(kind, first))
    has_why = not _is_empty(workspace, kind, LoopSpec("", "empty", "", section="Why"), first)
    return Doing(path=first.ref, at="explained_to" if has_why else "Why")


def _is_empty(workspace: Workspace, kind: Kind | None, spec: LoopSpec, row: Row) -> bool:
    if spec.empty_field:
        return not row.text_of(spec.empty_field)
    section = kind.section(spec.section) if kind else None
    return section is None or not workspace.get(row.ref).section_text(section.aliases).strip()
