"""Writing the text of a new record, and setting fields and sections of one that exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reflect.errors import UsageError
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.markdown import with_section
from reflect.records.record import as_list
from reflect.records.textforms import cut_at_word, first_sentence, folded, one_line
from reflect.records.values import parse_value
from reflect.records.yaml_block import Value, format_entry

TAG_CHANGE = re.compile(r'([+-]?)#?(?:"([^"]*)"?|([^\s,"+-][^\s,]*))')
SETTABLE = ("title", "created", "agenda", "lenses", "tags", "links")


@dataclass(frozen=True)
class Content:
    """What a person gives for a record: `body` stands under no heading, before the sections."""

    title: str = ""
    body: str = ""
    agenda: str = ""
    lenses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


def compose(kind: Kind, record_id: str, created: str, content: Content, lang: str = "", author: str = "") -> str:
    """Return the text of a new record; empty fields and sections are not written."""
    known: dict[str, Value] = {
        "id": record_id,
        "kind": kind.name,
        "title": title_for(kind, content, created),
        "created": created,
        "author": author,
        "agenda": content.agenda,
        "lenses": list(content.lenses),
        "tags": list(content.tags),
        "links": list(content.links),
        "lang": lang,
    }
    # What most people never look at is not written before they do.
    defaults = {each.name: each.default for each in kind.fields if each.default and not each.more}
    chosen = {**defaults, **content.fields}
    ordered = {each.name: chosen[each.name] for each in kind.fields if each.name in chosen}
    lines = [format_entry(key, value) for key, value in {**known, **ordered}.items() if value]
    return "---\n" + "".join(lines) + "---\n" + new_body(kind, content, lang)


def new_body(kind: Kind, content: Content, lang: str = "") -> str:
    """Return the body: the text under no heading, then the sections in the kind's order."""
    parts = [content.body.strip("\n")] if content.body.strip() else []
    for section in kind.sections:
        text = content.sections.get(section.title, "").strip("\n")
        if text.strip():
            parts.append(f"## {section.shown_title(lang)}\n\n{text}")
    return "".join(f"\n{part}\n" for part in parts)


def title_for(kind: Kind, content: Content, created: str) -> str:
    """Return the title given, else the first sentence, else the kind's label and the day."""
    if content.title.strip():
        return cut_at_word(" ".join(content.title.split()), 300)
    texts = [content.body, *(content.sections.get(each.title, "") for each in kind.sections)]
    sentence = next((found for text in texts if (found := first_sentence(text))), "")
    return sentence or f"{kind.label} {created[:10]}"


def parse_assignments(kind: Kind, assignments: Iterable[str]) -> dict[str, Value | None]:
    """Return `FIELD=VALUE` texts as stored values, None for a field to clear; raises UsageError."""
    gathered: dict[str, list[str]] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise UsageError(f"“{assignment}” is not FIELD=VALUE.")
        if name not in SETTABLE and kind.field(name) is None:
            known = ", ".join([*SETTABLE, *(each.name for each in kind.fields)])
            raise UsageError(f"A {kind.name} has no field “{name}”.", f"It has: {known}.")
        gathered.setdefault(name, []).append(value)
    return {name: _assigned(kind, name, values) for name, values in gathered.items()}


def _assigned(kind: Kind, name: str, values: list[str]) -> Value | None:
    spec = kind.field(name)
    if spec is not None:
        return parse_value(spec, values)
    if name in ("lenses", "tags", "links"):
        parts = [part.strip() for value in values for part in value.split(",")]
        return [part.removeprefix("#") if name == "tags" else part for part in parts if part] or None
    return values[-1].strip() or None


def parse_sections(kind: Kind, assignments: Iterable[str]) -> dict[str, str]:
    """Return `TITLE=TEXT` texts by the kind's own section titles; raises UsageError."""
    sections: dict[str, str] = {}
    for assignment in assignments:
        title, equals, text = assignment.partition("=")
        if not equals:
            raise UsageError(f"“{assignment}” is not TITLE=TEXT.")
        spec = kind.section(title)
        if spec is None:
            known = "; ".join(each.title for each in kind.sections) or "none"
            raise UsageError(f"A {kind.name} has no section “{title.strip()}”.", f"It has: {known}.")
        sections[spec.title] = text
    return sections


def with_changes(
    text: str, kind: Kind, values: Mapping[str, Value | None], sections: Mapping[str, str], lang: str = ""
) -> str:
    """Return a record's text with these fields and sections set; raises Unreadable, UsageError."""
    document = Document.parse(text)
    for name, value in values.items():
        if name in ("title", "created") and not value:
            raise UsageError(f"A record keeps its {name}; give another one instead.")
        document = document.with_value(name, value)
    order = [each.aliases for each in kind.sections]
    body = document.body
    for title, section_text in sections.items():
        spec = kind.section(title)
        aliases = spec.aliases if spec else {folded(title)}
        shown = spec.shown_title(lang) if spec else title
        body = with_section(body, shown, section_text, aliases, order)
    return document.with_body(body).text if body != document.body else document.text


def parse_tag_changes(text: str) -> tuple[list[str], list[str]]:
    """Return the tags to add and to remove that `+word -word` means, a bare word being added; raises UsageError."""
    add: list[str] = []
    remove: list[str] = []
    for sign, phrase, word in TAG_CHANGE.findall(text):
        tag = one_line(phrase or word).strip().removeprefix("#")
        if tag:
            (remove if sign == "-" else add).append(tag)
    if not add and not remove:
        raise UsageError("No tag stands there.", "+word adds a tag, -word takes it away.")
    return add, remove


def with_tags(text: str, add: Sequence[str], remove: Sequence[str]) -> str:
    """Return a record's text with tags added and removed, capitals alike; raises Unreadable."""
    document = Document.parse(text)
    gone = {folded(tag) for tag in remove}
    tags = as_list(document.values.get("tags", ""))
    kept = [tag for tag in tags if folded(tag) not in gone]
    have = {folded(tag) for tag in kept}
    new = [tag for tag in dict.fromkeys(add) if folded(tag) not in have | gone]
    if kept + new == tags:
        return text
    values: list[Value] = [*kept, *new]
    return document.with_value("tags", values or None).text
