"""From what a person gives to a record's text and the file where it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import NotFound
from reflect.records.compose import Content, compose
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.moments import day_of, written
from reflect.records.paths import agenda_folder_of, agenda_path, record_path
from reflect.records.record import AGENDA_FOLDER, as_list
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value

if TYPE_CHECKING:
    from reflect.store.catalog import Row


class Composer:
    """Composes new records; `find` and `find_agenda` turn a person's words into a record, or raise NotFound."""

    def __init__(
        self,
        root: Path,
        find: Callable[[str], Row],
        find_agenda: Callable[[str], Row],
        now: Callable[[], dt.datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._root = root
        self._find = find
        self._find_agenda = find_agenda
        self._now = now
        self._new_id = new_id

    def text(self, kind: Kind, content: Content, created: str, lang: str) -> str:
        """Return the text of a new record with an id of its own; raises NotFound for what it names."""
        agenda = self.agenda_id(content.agenda) if content.agenda else ""
        fields = {name: self.value(kind, name, value) for name, value in content.fields.items()}
        resolved = replace(content, agenda=agenda, fields={k: v for k, v in fields.items() if v is not None})
        return compose(kind, self._new_id(), created or written(self._now()), resolved, lang)

    def value(self, kind: Kind, name: str, value: Value | None) -> Value | None:
        """Return a field's value as it is stored: what names a record becomes its id."""
        if value is None:
            return None
        if name == "agenda" and isinstance(value, str):
            return self.agenda_id(value)
        field = kind.field(name)
        if field is None or field.type not in ("record", "records"):
            return value
        ids: list[Value] = [record_id_of(self._find, name, each, field.of) for each in as_list(value)]
        return ids if field.is_list else ids[0]

    def agenda_id(self, reference: str) -> str:
        """Return the id of the agenda that is meant."""
        if is_ulid(reference):
            return reference
        row = self._find_agenda(reference)
        if not row.id:
            raise NotFound(f"The agenda {row.path} has no id yet.", "Run: reflect doctor --fix")
        return row.id

    def path(self, kind: Kind, text: str) -> str:
        """Return the path of a new record from its text."""
        values = Document.parse(text).values
        record_id, title, created = (str(values.get(key, "")) for key in ("id", "title", "created"))
        if kind.name == "agenda":
            folder = self._root / AGENDA_FOLDER
            return agenda_path(title, record_id, {each.name for each in folder.iterdir()} if folder.is_dir() else set())
        agenda = str(values.get("agenda", ""))
        folder_of = agenda_folder_of(self._find_agenda(agenda).path) if agenda else ""
        day = day_of(created) or written(self._now())[:10]
        return record_path(kind, day, title, record_id, folder_of)


def record_id_of(find: Callable[[str], Row], field: str, reference: str, of: Sequence[str]) -> str:
    """Return the id of the record that a person named for a field, which takes the kinds `of`; raises NotFound."""
    if is_ulid(reference):
        # It may be a record of another device that has not arrived yet.
        return reference
    try:
        row = find(reference)
    except NotFound as error:
        raise NotFound(f"{field}: {error.message}", "Give the end of its id, as reflect list shows it.") from error
    if of and row.kind not in of:
        raise NotFound(f"{field} takes a {' or '.join(of)}; “{row.title}” is a {row.kind}.")
    return row.id or reference
