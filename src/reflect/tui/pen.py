"""What the writing screen does with a journal: open, keep as a draft, save. Every call may take its time."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from reflect.errors import ReflectError
from reflect.records.compose import Content
from reflect.records.kinds import Kind
from reflect.records.moments import written
from reflect.records.record import Record
from reflect.records.review.shareable import shareable
from reflect.records.yaml_block import Value
from reflect.store.drafts import Draft
from reflect.tui.forms import form_of
from reflect.tui.sheet import Sheet, is_blank
from reflect.tui.widgets.field_row import FieldSpec
from reflect.tui.words import clock
from reflect.vault.saving import Saved
from reflect.workspace import Workspace


@dataclass(frozen=True)
class Task:
    """What is to be written: a new record of a kind with what is known of it, a record, or a draft.

    `at` names the section or the field that one begins in, `place` the community that a new record is for,
    `answered` the record there that it answers.
    """

    kind: str = ""
    content: Content = field(default_factory=Content)
    path: str = ""
    draft_id: str = ""
    at: str = ""
    place: str = ""
    answered: str = ""


@dataclass(frozen=True)
class Opened:
    """A sheet with the form that goes with it, and what is said of it."""

    sheet: Sheet
    first: list[FieldSpec]
    more: list[FieldSpec]
    opened_body: str
    agenda_title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Snapshot:
    """The screen at one moment; `number` counts the changes made up to it."""

    sheet: Sheet
    title: str
    changes: Mapping[str, Value | None]
    body: str
    number: int

    def text(self) -> str:
        """Return the record's whole text; raises Unreadable."""
        return self.sheet.text(self.title, self.changes, self.body)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in a new record, beside what it began with."""
        sheet = self.sheet
        if not sheet.is_new or self.changes:
            return False
        if self.title.strip() and (sheet.is_from_draft or self.title != sheet.own_title):
            return False
        return is_blank(self.body, sheet.kind) or (self.body == sheet.opened_body and not sheet.is_from_draft)


class Pen:
    """Writes one sheet, in a journal or into a community. Drafts and saves of it take turns, whatever their thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._turn = threading.Lock()
        # Up to this change all is in a file, or thrown away: a draft that comes late is not kept any more.
        self._settled = -1
        self._kept = -1

    def open(self, task: Task) -> Opened:
        """Return the sheet for a task; raises ReflectError when there is nothing to write on."""
        if task.draft_id:
            return self._open_draft(self._workspace.drafts.get(task.draft_id))
        if task.path:
            left = next((each for each in self._workspace.drafts.all() if each.ref == task.path), None)
            if left is not None:
                return self._open_draft(left)
            return self._open_record(self._workspace.get(task.path))
        workspace, kind = self._workspace, self._kind(task.kind, task.place)
        if task.place:
            content = workspace.responding.begun(workspace.get(task.answered)) if task.answered else task.content
            text = workspace.shared_writing.compose(task.place, kind, content, "", workspace.lang_written)
        else:
            text = workspace.compose(kind, task.content)
        sheet = Sheet.of_new(
            kind, text, workspace.context.new_id(), workspace.lang, task.place, task.content.title
        )  # fmt: skip
        return self._with_form(sheet)

    def keep(self, snapshot: Snapshot) -> str:
        """Put a snapshot among the drafts and return when; raises SaveFailed, Unreadable."""
        now = self._workspace.context.now()
        draft = self.draft_of(snapshot)
        with self._turn:
            if snapshot.number <= self._settled:
                return ""
            self._workspace.drafts.keep(draft)
            self._kept = max(self._kept, snapshot.number)
        return clock(now)

    def draft_of(self, snapshot: Snapshot) -> Draft:
        """Return a snapshot as a draft, which says what it is meant for; raises Unreadable."""
        sheet, now = snapshot.sheet, written(self._workspace.context.now())
        path = sheet.path.removeprefix(f"{sheet.place}:") if sheet.place else sheet.path
        return Draft(sheet.draft_id, sheet.kind.name, snapshot.text(), now, path, sheet.base, sheet.place)

    def save(self, snapshot: Snapshot) -> tuple[Saved, str]:
        """Write a snapshot to its place; return what is there now, and the text sent.

        Raises SaveFailed, Unreadable; for a community FlagsOpen while something in it has to be settled.
        """
        sheet, text = snapshot.sheet, snapshot.text()
        with self._turn:
            if sheet.place:
                return self._workspace.settling.write(self.draft_of(snapshot))[0], text
            if sheet.is_new:
                return self._workspace.save_new(sheet.kind, text), text
            return self._workspace.save(sheet.path, text, sheet.base), text

    def settle(self, snapshot: Snapshot) -> None:
        """Remove the draft of a snapshot that is in a file or holds nothing; one of what was typed since stays."""
        with self._turn:
            self._settled = snapshot.number
            if self._kept <= snapshot.number:
                self._workspace.drafts.discard(snapshot.sheet.draft_id)
                if snapshot.sheet.place:
                    self._workspace.settling.forget(self.draft_of(snapshot))

    def put_in_history(self, saved: Saved, is_new: bool) -> str:
        """Put what was saved into history and the lists; return why history has to wait, if so."""
        workspace = self._workspace
        if saved.record.place:
            # A community has no files beside its history.
            return ""
        is_kept = workspace.record_in_history(saved, f"{'Write' if is_new else 'Edit'} {saved.record.kind}")
        workspace.indexer.refresh_files(saved.paths)
        return "" if is_kept else (workspace.notices.pop() if workspace.notices else "History has to wait.")

    def take_back(self, was: Sheet, ref: str) -> str:
        """Undo what was written into a community over a sheet, and say so; raises ReflectError."""
        workspace, record = self._workspace, self._workspace.get(ref)
        if was.is_new:
            workspace.sharing.withdraw(ref)
            return f"“{record.title}” is taken back out of {was.place}."
        kind = workspace.kinds_of(was.place).get(record.kind)
        # It stood there before, so nobody has to settle it again.
        workspace.shared_writing.put_edit(record, kind, was.base)
        return f"“{record.title}” is in {was.place} as it was."

    def day(self, text: str, is_ahead: bool) -> str:
        """Return the date that words mean, a day to come or one that was; raises UsageError."""
        return self._workspace.when(text, is_ahead).text

    def _open_draft(self, draft: Draft) -> Opened:
        kind = self._kind(draft.kind, draft.place)
        note = f"Your draft of {draft.saved_at[:10]} {draft.saved_at[11:16]} is here, as you left it."
        return self._with_form(Sheet.of_draft(kind, draft, self._workspace.lang), note)

    def _open_record(self, record: Record) -> Opened:
        workspace = self._workspace
        if record.problem:
            raise ReflectError(
                f"This record cannot be edited here: {record.problem}.", "Open it in an editor of your own with o."
            )
        kind = self._kind(record.kind, record.place)
        return self._with_form(Sheet.of_record(kind, record, workspace.context.new_id(), workspace.lang))

    def _with_form(self, sheet: Sheet, note: str = "") -> Opened:
        agenda = next(iter(sheet.texts_of("agenda")), "")
        first, more = form_of(sheet.kind, self._workspace, agenda, sheet.lang, sheet.place)
        rows = self._workspace.catalog.with_id_ending(agenda) if agenda else []
        rows = [row for row in rows if not sheet.place or row.place == sheet.place]
        return Opened(sheet, first, more, sheet.opened_body, rows[0].title if rows else "", note)

    def _kind(self, name: str, place: str) -> Kind:
        """Return a kind as it is written in a place: in a community without what never leaves; raises ReflectError."""
        if not place:
            return self._workspace.kinds.get(name)
        return shareable(self._workspace.shared_writing.kind(place, name))
