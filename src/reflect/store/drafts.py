"""Drafts: text that was typed and not yet saved, one file each, on this computer only."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from reflect.errors import NotFound, Unreadable
from reflect.paths import private_folder
from reflect.records.document import Document
from reflect.records.record import reference_of
from reflect.records.textforms import one_line
from reflect.store.files import remove_durably, write_durably


@dataclass(frozen=True)
class Draft:
    """An unsaved text; `path` and `base` are of the record it changes, `""` for a new one.

    `place` is the community that it is meant for, `""` for the vault.
    """

    id: str
    kind: str
    text: str
    saved_at: str
    path: str = ""
    base: str = ""
    place: str = ""

    @property
    def ref(self) -> str:
        """What names the record that it changes, `""` for a new one."""
        return reference_of(self.place, self.path) if self.path else ""

    @property
    def title(self) -> str:
        """A line by which a person knows it again."""
        try:
            document = Document.parse(self.text)
        except Unreadable:
            return one_line(self.text)[:60]
        title = document.values.get("title", "")
        body = next((line for line in map(one_line, document.body.splitlines()) if line and line[0] != "#"), "")
        return (title if isinstance(title, str) else "") or body[:60] or "(no words yet)"


class Drafts:
    """The drafts of one vault."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, draft: Draft) -> None:
        """Put a draft on disk, in place of its earlier state; raises SaveFailed."""
        private_folder(self._folder)
        write_durably(self._path(draft.id), json.dumps(asdict(draft), ensure_ascii=True).encode())

    def keep_once(self, draft: Draft) -> Draft:
        """Put a draft on disk, unless one of the same kind with the same text is there; returns the one that is."""
        for each in self.all():
            if (each.kind, each.text, each.path) == (draft.kind, draft.text, draft.path):
                return each
        self.keep(draft)
        return draft

    def all(self) -> list[Draft]:
        """Return the drafts, the latest first; a file that is not one is left alone."""
        found = []
        for path in self._folder.glob("*.json") if self._folder.is_dir() else []:
            draft = _read(path)
            if draft is not None:
                found.append(draft)
        return sorted(found, key=lambda draft: draft.saved_at, reverse=True)

    def get(self, draft_id: str) -> Draft:
        """Return the draft whose id ends so; raises NotFound."""
        found = [draft for draft in self.all() if draft.id.lower().endswith(draft_id.lower())]
        if len(found) != 1:
            raise NotFound(f"There is no draft {draft_id}.", "See: reflect drafts")
        return found[0]

    def discard(self, draft_id: str) -> None:
        """Remove a draft; it is no error when it is gone."""
        if self._path(draft_id).exists():
            remove_durably(self._path(draft_id))

    def _path(self, draft_id: str) -> Path:
        return self._folder / f"{draft_id}.json"


def _read(path: Path) -> Draft | None:
    try:
        raw = json.loads(path.read_text("utf-8"))
        return Draft(**{each.name: str(raw.get(each.name, "")) for each in fields(Draft)})
    except (OSError, ValueError, AttributeError):
        return None
