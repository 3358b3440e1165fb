"""What of a kind may stand in a community: nothing private, and nothing that nobody there would see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reflect.records import markdown
from reflect.records.compose import Content
from reflect.records.document import Document
from reflect.records.kinds import COMMON_FIELDS, Field, Kind, SectionSpec
from reflect.records.resolving import CONFLICT_OF
from reflect.records.textforms import folded
from reflect.records.yaml_block import Value

# Written by the program alone: which record a second version is of, and which one was carried here.
CARRIED_FROM, CARRIED_ID = "carried_from", "carried_id"
# They say what a record is and whose; an edit does not change them.
KEPT = ("id", "kind", "author", CONFLICT_OF, CARRIED_FROM, CARRIED_ID)
# What can be told of what never leaves, without a word of it.
DISTILLED = ("finding", "wondering", "policy")
OF_PEOPLE = ("person", "people")
NO_CONSENT = "not asked yet"


def is_private(field: Field) -> bool:
    """Say whether what stands in a field never leaves the vault."""
    return field.private or field.type in OF_PEOPLE


def shareable(kind: Kind) -> Kind:
    """Return a kind without its private fields and sections."""
    fields = tuple(each for each in kind.fields if not is_private(each))
    return replace(kind, fields=fields, sections=tuple(each for each in kind.sections if not each.private))


def private_parts(kind: Kind, content: Content) -> list[str]:
    """Return what of a content never leaves, a sentence each."""
    fields = [field for name in content.fields if (field := kind.field(name)) and is_private(field)]
    sections = [section for title in content.sections if (section := kind.section(title)) and section.private]
    return [_never(each.shown_label()) for each in fields] + [_never(each.title) for each in sections]


def keeps(before: Document, after: Document) -> Document:
    """Return an edited document with what an edit does not change as it was before."""
    for key in KEPT:
        after = after.with_value(key, before.values.get(key))
    return after


def refusals(kind: Kind, before: Document | None, after: Document) -> list[str]:
    """Return why a text may not stand in a community, a sentence each; what stood there before may stay."""
    old: Mapping[str, Value] = before.values if before else {}
    found = []
    for key, value in after.values.items():
        field = kind.field(key)
        if not value or value == old.get(key) or key in COMMON_FIELDS or key in (CONFLICT_OF, CARRIED_ID):
            continue
        if field is None:
            found.append(f"A {kind.name} has no field “{key}”, so nobody there would see that it is sent.")
        elif is_private(field):
            found.append(_never(field.shown_label()))
        elif key == "consent" and value == NO_CONSENT:
            found.append(f"A {kind.name} waits for those it tells of: consent is “{NO_CONSENT}”.")
    for section in kind.sections:
        text = _text_under(after.body, section) if section.private else ""
        if text and text != (_text_under(before.body, section) if before else ""):
            found.append(_never(section.title))
    return found


def _never(label: str) -> str:
    return f"“{label}” is private and never leaves your journal."


def _text_under(body: str, section: SectionSpec) -> str:
    """Return what stands under every heading that means this section."""
    return "\n".join(each.text.strip() for each in markdown.sections(body) if folded(each.title) in section.aliases)
