"""What JSON answers look like. Keys may be added, never renamed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reflect.records.kinds import Kind
from reflect.records.paths import agenda_folder_of
from reflect.records.record import Record, reference_of
from reflect.records.textforms import UNSAFE, one_line
from reflect.records.values import as_json

if TYPE_CHECKING:
    from reflect.community.reading import Beside
    from reflect.insights.agenda import Agenda
    from reflect.insights.loops import OpenLoop
    from reflect.insights.today import Today
    from reflect.records.lenses import Prompt
    from reflect.records.school import Span
    from reflect.store.catalog import Hit, Row
    from reflect.store.drafts import Draft
    from reflect.workspace import Workspace

Shape = dict[str, Any]

AGENDA_LISTS = {
    "question": "questions",
    "activity": "activities",
    "finding": "findings",
    "wondering": "wonderings",
    "decision": "decisions",
}


def json_text(value: Any, is_for_reading: bool = False) -> str:
    """Return one JSON value: a list with one item a line, or indented where a person reads it.

    What could steer a terminal, and bytes that were not UTF-8, are written as escapes.
    """
    if is_for_reading:
        text = json.dumps(value, ensure_ascii=False, indent=2)
    elif isinstance(value, list) and value:
        text = "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n]"
    else:
        text = json.dumps(value, ensure_ascii=False)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Shapes:
    """Shapes of records; the kinds say what type each field has."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kinds: dict[tuple[str, str], Kind | None] = {}
        self._agendas: dict[str, str] = {}

    def listed(self, found: Row | Record) -> Shape:
        """Return a record as lists give it: without sections and body."""
        return {
            "id": found.id or None,
            "kind": found.kind,
            "title": found.title,
            "created": found.created or found.day or None,
            "author": found.author or None,
            "community": found.place or None,
            "agenda": self._agenda(found),
            "lenses": list(found.lenses),
            "tags": list(found.tags),
            "path": found.path,
            "fields": self._fields(found.place, found.kind, found.fields),
            "unreadable": found.problem or None,
            **({"unread": bool(getattr(found, "unread", 0))} if found.place else {}),
        }

    def record(self, record: Record) -> Shape:
        """Return a whole record."""
        unreadable = {"unreadable": record.problem or None}
        sections = [{"title": each.title, "text": each.text} for each in record.sections]
        return {**self.listed(record), "sections": sections, "body": record.body.strip("\r\n"), **unreadable}

    def shared(self, record: Record, beside: Beside) -> Shape:
        """Return a whole record of a community, with what stands beside it."""
        answers = [{"depth": each.depth, **self.listed(each.row)} for each in beside.answers]
        return {
            **self.record(record),
            "unread": beside.was_unread,
            "added_by": beside.row.owner_name or None,
            "says_by": beside.says_by or None,
            "sent": not beside.is_unsent,
            "withdrawn_at_origin": beside.is_withdrawn_at_origin,
            "responses": answers,
        }

    def hit(self, hit: Hit) -> Shape:
        """Return what a search found."""
        return {**self.listed(hit.row), "snippet": one_line(hit.snippet.replace("\x02", "").replace("\x03", ""))}

    def agenda(self, agenda: Agenda) -> Shape:
        """Return an agenda with its records, openness and open loops."""
        record = self._workspace.get(agenda.row.ref)
        lists = {name: [self.listed(row) for row in agenda.of_kind(kind)] for kind, name in AGENDA_LISTS.items()}
        openness = {name: {"met": part.met, "why": part.why} for name, part in agenda.openness.parts()}
        loops = [loop_shape(loop) for loop in agenda.loops]
        tree = [{"depth": depth, **self.listed(row)} for depth, row in agenda.tree().walk()[1:]]
        shape = {**self.record(record), **lists, "tree": tree, "openness": openness, "open_loops": loops}
        return {**shape, "journey": self._journey(agenda)}

    def _journey(self, agenda: Agenda) -> list[Shape]:
        from reflect.cli.practice_shapes import stage_shapes

        found = self._workspace.practice.journey_of(agenda)
        return stage_shapes(found) if found else []

    def today(self, today: Today) -> Shape:
        """Return what a leader meets today."""
        due = [
            {
                "day": each.day,
                "say": each.say,
                "id": each.row.id or None,
                "title": each.row.title,
                "loop": each.loop,
                "kind": each.row.kind,
                "path": each.row.path,
                "in_break": each.is_in_break,
            }
            for each in today.due
        ]
        return {
            "day": today.day,
            "week": today.week or None,
            "break": break_shape(today.pause) if today.pause else None,
            "prompt": prompt_shape(today.prompts[0]) if today.prompts else None,
            "due": due,
            "unread": [self.listed(row) for row in (*today.unread.answers, *today.unread.others)],
            "drafts": [draft_shape(draft) for draft in today.drafts],
            "left_open": [{**self.listed(each.row), "missing": [*each.missing]} for each in today.incomplete],
            "on_this_day": [self.listed(row) for row in today.on_this_day],
            "only_here": today.is_only_here,
        }

    def _fields(self, place: str, kind_name: str, fields: Mapping[str, Any]) -> Shape:
        if (place, kind_name) not in self._kinds:
            self._kinds[place, kind_name] = self._workspace.kinds_of(place).find(kind_name)
        kind = self._kinds[place, kind_name]
        return {name: as_json(kind.field(name) if kind else None, value) for name, value in fields.items()}

    def _agenda(self, found: Row | Record) -> str | None:
        """Return the agenda that a record names, else the one in whose folder it lies."""
        folder = agenda_folder_of(found.path)
        if found.agenda or not folder:
            return found.agenda or None
        named = reference_of(found.place, f"{folder}/agenda.md")
        if named not in self._agendas:
            rows = self._workspace.catalog.at_ref(named)
            self._agendas[named] = rows[0].id if rows else ""
        agenda = self._agendas[named]
        return agenda if agenda and agenda != found.id else None


def break_shape(pause: Span) -> Shape:
    """Return the break that it is."""
    return {"name": pause.name, "start": pause.start.isoformat(), "end": pause.end.isoformat()}


def loop_shape(loop: OpenLoop) -> Shape:
    """Return an open loop."""
    row = loop.row
    what = {"loop": loop.loop, "id": row.id or None, "title": row.title, "since": loop.since, "say": loop.say}
    return {**what, "kind": row.kind, "path": row.path}


def prompt_shape(prompt: Prompt) -> Shape:
    """Return a prompt."""
    lens = prompt.lens
    return {
        "framework": prompt.framework,
        "lens": lens.slug,
        "group": lens.group,
        "number": prompt.number,
        "text": prompt.text,
    }


def draft_shape(draft: Draft) -> Shape:
    """Return a draft; `path` is of the record that it changes, `community` the one that it is for."""
    return {
        "id": draft.id,
        "kind": draft.kind,
        "title": draft.title,
        "saved_at": draft.saved_at,
        "path": draft.path or None,
        "community": draft.place or None,
    }


def kind_shape(kind: Kind) -> Shape:
    """Return a kind of record with its fields and sections."""
    return {
        "name": kind.name,
        "label": kind.label,
        "folder": kind.folder,
        "share": kind.share,
        "columns": list(kind.columns),
        "source": kind.source,
        "purpose": kind.purpose,
        "fields": [
            {
                "name": each.name,
                "type": each.type,
                "label": each.shown_label(),
                "help": each.help,
                "choices": list(each.choices),
                "open": each.open,
                "of": list(each.of),
                "default": each.default or None,
                "needed": each.needed,
                "private": each.private,
            }
            for each in kind.fields
        ],
        "sections": [{"title": each.title, "hint": each.hint, "private": each.private} for each in kind.sections],
    }
