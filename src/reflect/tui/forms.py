"""The form of a kind: its fields as specs, filled from what the journal knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.records.kinds import Field, Kind
from reflect.records.query import Filters
from reflect.records.review.shareable import CARRIED_FROM
from reflect.records.values import parse_value
from reflect.records.yaml_block import Value
from reflect.tui.widgets.field_row import FieldSpec

if TYPE_CHECKING:
    from reflect.workspace import Workspace

FIRST = 6
MANY = 200
# Known to every kind, and written as plain lists.
COMMON = {
    "tags": Field("tags", "choices", "Tags", help="Words of your own, with commas between.", open=True),
    "lenses": Field("lenses", "choices", "Lenses", help="Ways of looking at it, with commas between.", open=True),
    "created": Field("created", "date", "Day", help="When it happened. Words like yesterday do."),
}


def form_of(
    kind: Kind, workspace: Workspace, agenda: str, lang: str, place: str = ""
) -> tuple[list[FieldSpec], list[FieldSpec]]:
    """Return the fields that a form shows first, and those under *more*.

    What is written into a community, `place`, is filled from what that community knows, and from nothing else.
    """
    # There it stands by the word of whoever carried it, and no edit changes it.
    fields = [each for each in kind.fields if not place or each.name != CARRIED_FROM]
    shown = [each for each in fields if not each.more]
    rest = [each for each in fields if each.more]
    first = [_spec(each, workspace, agenda, lang, place) for each in shown[:FIRST]]
    more = [_spec(each, workspace, agenda, lang, place) for each in [*shown[FIRST:], *rest]]
    common = [_common(name, workspace, place) for name in ("tags", "lenses", "created")]
    may_have_agenda = kind.name not in ("agenda", "person") and not kind.is_private
    agendas = _agendas(workspace, place) if may_have_agenda else []
    if agendas:
        common.append(FieldSpec("agenda", "Agenda", "choice", "The learning agenda it belongs to.", tuple(agendas)))
    return first, more + common


def field_of(kind: Kind, name: str) -> Field:
    """Return the field of a form by its name."""
    return kind.field(name) or COMMON.get(name) or Field(name, "text")


def parsed(kind: Kind, name: str, texts: Sequence[str]) -> Value | None:
    """Return what stands in a field as it is stored; raises BadValue."""
    value = parse_value(field_of(kind, name), texts)
    if name == "tags" and isinstance(value, list):
        return [each.removeprefix("#") if isinstance(each, str) else each for each in value]
    return value


def _spec(field: Field, workspace: Workspace, agenda: str, lang: str, place: str) -> FieldSpec:
    label, help_text = field.shown_label(lang), field.help
    choices = tuple((field.shown_choice(each, lang), each) for each in field.choices)
    if field.type in ("record", "records"):
        found = _candidates(field, workspace, agenda, place)
        if found:
            shape = "choices" if field.is_list else "choice"
            return FieldSpec(field.name, label, shape, help_text, found)
    if field.type in ("choice", "choices") and choices and not field.open:
        return FieldSpec(field.name, label, field.type, help_text, choices)
    if field.type == "long-text":
        return FieldSpec(field.name, label, "long-text", help_text)
    people = _people(workspace) if field.type in ("person", "people") and not place else ()
    suggestions = people or tuple(value for _, value in choices)
    return FieldSpec(field.name, label, "text", help_text, suggestions=suggestions)


def _candidates(field: Field, workspace: Workspace, agenda: str, place: str) -> tuple[tuple[str, str], ...]:
    filters = Filters(kinds=field.of, agendas=(agenda,) if agenda else (), places=(place,) if place else ())
    return tuple((row.title, row.id) for row in workspace.catalog.rows(filters, limit=MANY) if row.id)


def _people(workspace: Workspace) -> tuple[str, ...]:
    return tuple(row.title for row in workspace.catalog.rows(Filters(kinds=("person",), places=("",)), limit=MANY))


def _agendas(workspace: Workspace, place: str) -> list[tuple[str, str]]:
    rows = workspace.catalog.rows(Filters(kinds=("agenda",), places=(place,) if place else ()), limit=MANY)
    return [(row.title, row.id) for row in rows if row.id]


def _common(name: str, workspace: Workspace, place: str) -> FieldSpec:
    field = COMMON[name]
    suggestions: tuple[str, ...] = ()
    if name == "lenses":
        suggestions = tuple(lens.slug for each in workspace.frameworks_of(place) for lens in each.lenses)
    elif name == "tags":
        suggestions = tuple(tag for tag, _ in workspace.catalog.labels("tag", place or None))
    return FieldSpec(name, field.label, "text", field.help, suggestions=suggestions)
