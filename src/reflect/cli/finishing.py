"""The text that an editor opens for a record, and what it becomes when the editor has closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reflect.cli.inputs import refuse_other_bytes
from reflect.errors import ReflectError, Unreadable
from reflect.records import markdown
from reflect.records.compose import Content, title_for
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.record import Record, encoded, read_record
from reflect.records.ulid import is_ulid
from reflect.records.values import mistakes

if TYPE_CHECKING:
    from reflect.workspace import Workspace


def template(text: str, kind: Kind, content: Content, lang: str) -> str:
    """Return the text of a new record with all headings of its kind, and the title left open if none was given."""
    document = Document.parse(text)
    if not content.title.strip():
        document = document.with_value("title", "")
    parts = [content.body.strip("\n")]
    for section in kind.sections:
        parts.append(f"## {section.shown_title(lang)}\n\n{content.sections.get(section.title, '').strip()}")
    return document.with_body("\n" + "\n\n".join(parts) + "\n").text


def finished(
    workspace: Workspace, kind: Kind, text: str, compose: Callable[[Kind, Content, str], str] | None = None
) -> str:
    """Return a text that was written in an editor as a new record's; raises ReflectError for what is wrong in it.

    Empty sections are left out; a title, an id and a date are given where they are missing. `compose`
    makes the text of a new record, that of the vault without it.
    """
    compose = compose or workspace.compose
    refuse_other_bytes(text, "The text")
    document = _parsed(text)
    if not document.opening:
        return compose(kind, Content(body=text), "")
    body = without_empty_sections(document.body, kind)
    document = document.with_body(body)
    values = document.values
    fresh = Document.parse(compose(kind, Content(), str(values.get("created", "")))).values
    for key in ("id", "kind", "created"):
        if not values.get(key) or (key == "id" and not is_ulid(str(values["id"]))):
            document = document.with_value(key, fresh[key])
    if not document.values.get("title"):
        document = document.with_value("title", made_title(kind, body, str(document.values["created"])))
    document = _without_empty(document)
    _refuse_mistakes(_record(workspace, document.text), kind)
    return document.text


def changed(workspace: Workspace, record: Record, text: str) -> str:
    """Return an edited record's text; raises ReflectError when it can no longer be read, or has new mistakes."""
    if record.problem:
        return text
    refuse_other_bytes(text, "The text")
    document = _parsed(text)
    for key in ("id", "kind"):
        before = getattr(record, key)
        if before and document.opening and document.values.get(key) != before:
            # They are its identity; without them its history and links would be lost.
            document = document.with_value(key, before)
    kind = workspace.kinds_of(record.place).find(record.kind)
    if kind is not None:
        known = mistakes(record.created, record.fields, kind)
        _refuse_mistakes(_record(workspace, document.text), kind, known)
    return document.text


def without_empty_sections(body: str, kind: Kind) -> str:
    """Return the body without those headings of the kind under which nothing stands."""
    lines = markdown.lines_of(body)
    for section in reversed(markdown.sections(body)):
        if kind.section(section.title) is not None and not section.text.strip():
            del lines[section.start : section.end]
    kept = "".join(lines).strip("\n")
    return f"\n{kept}\n" if kept.strip() else ""


def _parsed(text: str) -> Document:
    try:
        return Document.parse(text)
    except Unreadable as error:
        raise ReflectError(f"The text cannot be read: {error.message}, so nothing was saved.") from None


def _without_empty(document: Document) -> Document:
    for key, value in document.values.items():
        if not value:
            document = document.with_value(key, None)
    return document


def made_title(kind: Kind, body: str, created: str) -> str:
    """Return the title that a text gets when none is given."""
    sections = {spec.title: each.text for each in markdown.sections(body) if (spec := kind.section(each.title))}
    return title_for(kind, Content(body=markdown.preface(body), sections=sections), created)


def _record(workspace: Workspace, text: str) -> Record:
    return read_record(encoded(text), "", workspace.kinds.folders)


def _refuse_mistakes(record: Record, kind: Kind, known: list[str] | None = None) -> None:
    new = [each for each in mistakes(record.created, record.fields, kind) if each not in (known or [])]
    if new:
        raise ReflectError(f"Nothing was saved: {new[0]}")
