"""The leader's desk: one object through which the terminal app and the command line do everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from reflect.context import Context
from reflect.errors import GitFailed, ReflectError, UsageError
from reflect.records.compose import Content, with_changes
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.moments import written
from reflect.records.query import EVERYTHING, Filters, Query
from reflect.records.record import Record
from reflect.records.textforms import folded
from reflect.records.yaml_block import Value
from reflect.store.files import remove_durably
from reflect.store.kind_files import Kinds
from reflect.vault.commits import HistoryWaits
from reflect.vault.composing import Composer
from reflect.vault.saving import Saved, Saver
from reflect.vault.vault import Vault

if TYPE_CHECKING:
    # A command that only writes needs none of these, and waits for none of them.
    from reflect.exports.copying import Exported
    from reflect.imports.report import ImportReport
    from reflect.insights.agenda import Agenda
    from reflect.insights.desk import Desk
    from reflect.insights.loops import OpenLoop
    from reflect.insights.resting import Loops
    from reflect.insights.today import Today
    from reflect.records.lenses import Framework
    from reflect.store.catalog import Catalog, Hit, Row
    from reflect.store.database import Database
    from reflect.store.drafts import Draft, Drafts
    from reflect.store.finder import Finder, Wanted
    from reflect.store.indexing import Changes, Indexer, Progress
    from reflect.store.lookup import Lookup
    from reflect.store.searches import Searches
    from reflect.store.state import LocalState
    from reflect.vault.batch import Batch, Going
    from reflect.vault.checkup import Check
    from reflect.vault.history import History, Version
    from reflect.vault.outside import Outside
    from reflect.vault.past import Past
    from reflect.when import When

# A note in the catalog: some files could not be put into history yet.
LEFT_OVER = "left over"
# A group of what is remembered on this computer.
PROMPT = "prompt"


class Workspace:
    """An open vault with everything that can be done in it. Parts are built when first used."""

    def __init__(self, context: Context, vault: Vault) -> None:
        self.context = context
        self.vault = vault
        self.kinds = Kinds(vault.root / ".reflect" / "kinds")
        self.places = context.places.of_vault(vault.marker.id, vault.root)
        # What a person should be told that is no failure: history waits, a file was taken up.
        self.notices: list[str] = []
        # What git itself said when it failed, for those who ask for it.
        self.git_words: list[str] = []

    @classmethod
    def open(cls, context: Context, root: Path) -> Workspace:
        """Open the vault in a folder; raises NoVault, ReflectError."""
        return cls(context, Vault.open(root))

    # What is built late, because many commands need none of it.

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog; use `refresh` before you rely on it."""
        from reflect.store.catalog import Catalog

        return Catalog(self._database)

    @cached_property
    def lookup(self) -> Lookup:
        """From what a person typed to a record."""
        from reflect.store.lookup import Lookup

        return Lookup(self.catalog, self.indexer, self.vault.root, self._kind_folders, lambda: self.refresh(full=True))

    @cached_property
    def indexer(self) -> Indexer:
        """Keeps the catalog in step with the files."""
        from reflect.store.indexing import Indexer

        return Indexer(self._database, self.vault.root, self._kind_folders)

    @cached_property
    def past(self) -> Past:
        """The earlier states of records."""
        from reflect.vault.past import Past

        return Past(self._history, self.lookup, self._kind_folders)

    @cached_property
    def _history(self) -> History:
        from reflect.vault.history import History

        return History(self.vault)

    @cached_property
    def _finder(self) -> Finder:
        from reflect.store.finder import Finder

        return Finder(self.catalog, self.lookup, self.kinds, lambda text: self.when(text).day, self.take_up)

    @cached_property
    def _loops(self) -> Loops:
        from reflect.insights.resting import Loops

        return Loops(self.vault, self.state, self._desk, lambda: self.context.now().date())

    @cached_property
    def drafts(self) -> Drafts:
        """The texts that were typed and not yet saved."""
        from reflect.store.drafts import Drafts

        return Drafts(self.places.drafts)

    @cached_property
    def _database(self) -> Database:
        from reflect.store.database import Database

        return Database(self.places.catalog)

    @cached_property
    def frameworks(self) -> list[Framework]:
        """The frameworks whose lenses prompt here."""
        from reflect.store.kind_files import frameworks

        return frameworks(self.vault.root / ".reflect" / "frameworks")[0]

    @cached_property
    def state(self) -> LocalState:
        """What is remembered on this computer only."""
        from reflect.store.state import LocalState

        return LocalState(self.places.local_state)

    @cached_property
    def searches(self) -> Searches:
        """What was searched for on this computer."""
        from reflect.store.searches import Searches

        return Searches(self.state)

    @cached_property
    def batch(self) -> Batch:
        """One change to many records."""
        from reflect.vault.batch import Batch

        return Batch(self.vault, self.indexer, self._saver, self._commit, self.take_up)

    @cached_property
    def _composer(self) -> Composer:
        context = self.context
        return Composer(
            self.vault.root, lambda name: self.lookup.row(name), self.agenda_row, context.now, context.new_id
        )

    @cached_property
    def _saver(self) -> Saver:
        return Saver(self.vault, self._kind_folders, self.context.new_id)

    def _kind_folders(self) -> Mapping[str, str]:
        return self.kinds.folders

    @property
    def lang(self) -> str:
        """The language new records are written in."""
        return self.vault.marker.lang

    def when(self, text: str, is_ahead: bool = False) -> When:
        """Return what a date or words for one mean, seen from now; `is_ahead` for a day to come."""
        from reflect.when import parse_when

        return parse_when(text, self.context.now(), is_ahead)

    # Keeping in step with the disk

    def refresh(self, full: bool = False, progress: Progress | None = None) -> Changes:
        """Bring the catalog in step with the files, and put into history what others changed.

        Without `full`, only what folders tell: a file edited in place is then seen when it is read.
        """
        from reflect.store.database import CatalogBusy
        from reflect.store.indexing import Changes

        try:
            changes = self.indexer.refresh_all(progress) if full else self.indexer.refresh_folders(progress)
        except CatalogBusy:
            # Another process is filling it; what it knew so far can still be read.
            self._tell("Another reflect is reading your journal in; the newest changes may be missing here.")
            return Changes()
        was_left = bool(self.catalog.note(LEFT_OVER))
        if changes or was_left:
            self.take_up(None if was_left else changes.paths)
        return changes

    def take_up(self, paths: Sequence[str] | None = None) -> Outside:
        """Put into history what changed without us, among these files or in all; never fails for git's sake."""
        from reflect.vault.outside import Outside, uncommitted

        try:
            outside = uncommitted(self.vault, self.is_record, list(paths) if paths is not None else None)
            if outside.ours:
                count = len(outside.ours)
                self.vault.commit(outside.ours, f"Take up {count} changed file{'s' * (count > 1)}", self.context.now())
            if paths is None and self.catalog.note(LEFT_OVER):
                self.catalog.set_note(LEFT_OVER, "")
            return outside
        except (GitFailed, HistoryWaits) as error:
            self._notice(error)
            # The catalog knows these files now, so the next look would find nothing to take up.
            self.catalog.set_note(LEFT_OVER, "yes")
            return Outside()

    def is_record(self, path: str) -> bool:
        """Say whether a file at this path is a record, or would be."""
        return any(part in self.kinds.folders for part in path.split("/")[:-1]) or bool(self.catalog.at_path(path))

    def reindex(self, progress: Progress | None = None) -> int:
        """Throw the catalog away, read everything again, and return how many records there are."""
        self.indexer.rebuild(progress)
        return self.catalog.count()

    def doctor(self, fix: bool = False, progress: Progress | None = None) -> list[Check]:
        """Look the vault over and return what was found; with `fix`, mend what is safe to mend."""
        from reflect.vault.doctor import Doctor

        doctor = Doctor(
            vault=self.vault,
            catalog=self.catalog,
            indexer=self.indexer,
            kinds=self.kinds,
            is_sound=self._database.is_sound,
            take_up=self.take_up,
            keep=lambda text: self.new_draft("reflection", text),
            new_id=self.context.new_id,
        )
        return doctor.examine(fix, progress)

    def upkeep(self) -> bool:
        """Pack the history when many saves have left it loose; for idle time, says whether it did."""
        from reflect.vault.upkeep import pack_history

        return pack_history(self.vault.git)

    # Finding

    def rows(self, filters: Filters = EVERYTHING, limit: int = -1, offset: int = 0, order: str = "newest") -> list[Row]:
        """Return records, newest first or in another of the `ORDERS`, each as its file is now."""
        return self._finder.rows(filters, limit, offset, order)

    def search(
        self, text: str, filters: Filters = EVERYTHING, limit: int = 50, offset: int = 0, typing: bool = False
    ) -> list[Hit]:
        """Return what matches, the best of the newest first; `typing` matches the last word's beginning."""
        return self._finder.search(self.query(text, filters, typing), limit, offset)

    def query(self, text: str, filters: Filters = EVERYTHING, typing: bool = False) -> Query:
        """Return what a typed search means here: its dates, agendas and kinds as they are stored."""
        return self._finder.query(text, filters, typing)

    def filters(self, **wanted: Unpack[Wanted]) -> Filters:
        """Return filters from what a person typed; raises NotFound, UsageError for what does not exist."""
        return self._finder.filters(**wanted)

    def lens(self, name: str) -> str:
        """Return the slug of the lens that is meant; raises UsageError, unless some record uses that name."""
        from difflib import get_close_matches

        from reflect.records.lenses import find_lens

        found = find_lens(self.frameworks, name)
        if found is not None:
            return found.slug
        self.refresh()
        if folded(name) in dict(self.catalog.labels("lens")):
            return name
        slugs = [lens.slug for framework in self.frameworks for lens in framework.lenses]
        near = get_close_matches(folded(name), slugs, 3, 0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "See: reflect frameworks"
        raise UsageError(f"There is no lens “{name}”.", hint)

    def get(self, reference: str) -> Record:
        """Return the record that an id, the end of one, or a path names; raises NotFound."""
        return self.lookup.record(reference)

    def agenda_row(self, reference: str) -> Row:
        """Return the agenda that an id, a path, a folder's name or a title names; raises NotFound."""
        return self._finder.agenda(reference)

    def agenda(self, reference: str) -> Agenda:
        """Return one agenda with its records, openness and open loops."""
        return self._desk().agenda(self.agenda_row(reference), self._loops.left_out())

    def today(self) -> Today:
        """Return what a leader meets today: a prompt, what is due, drafts, this day in other years."""
        return self._desk().today(self.frameworks, self.drafts.all(), self._loops.left_out())

    def prompt_is_set_aside(self) -> bool:
        """Say whether the prompt of the day was put away, on this computer and for this day."""
        return self.state.get(PROMPT, "set aside") == self.context.now().date().isoformat()

    def set_prompt_aside(self, is_set_aside: bool) -> None:
        """Put the prompt of the day away until tomorrow, or bring it back."""
        self.state.put(PROMPT, "set aside", self.context.now().date().isoformat() if is_set_aside else "")

    def open_loops(self, rows: Sequence[Row] | None = None) -> list[OpenLoop]:
        """Return what is open, in these records or in all, but for what was snoozed or let rest."""
        return self._loops.open(rows)

    def open_loop(self, reference: str, name: str) -> OpenLoop:
        """Return one open loop of a record; raises NotFound with those that are open."""
        return self._loops.one(self.lookup.row(reference), name)

    def let_rest(self, loop: OpenLoop, reason: str) -> None:
        """Close an open loop for good, with a word of reason that stays in the vault."""
        with self.vault.lock.held():
            self._commit([self._loops.let_rest(loop, reason)], f"Let rest {loop.row.id[-8:].lower()}")

    def snooze(self, loop: OpenLoop, until: str) -> None:
        """Hide an open loop on this computer until a day."""
        self._loops.snooze(loop, until)

    def wake(self, loop: OpenLoop) -> None:
        """Let a loop be open again that was snoozed or let rest."""
        with self.vault.lock.held():
            path = self._loops.wake(loop)
            if path:
                self._commit([path], f"Open again {loop.row.id[-8:].lower()}")

    def move_question(self, agenda: str, path: str, step: int) -> list[Record]:
        """Put a question one place further down or up; returns what was written, as it was before."""
        from reflect.insights.agenda import questions_beside
        from reflect.insights.ordering import FIELD, moved

        with self.vault.lock.held():
            tree = self.agenda(agenda).tree()
            row = self.lookup.row(path)
            positions = moved(questions_beside(tree, row), row, step)
            return self.change_together({each: {FIELD: to} for each, to in positions.items()}, "Order questions")

    def _desk(self) -> Desk:
        from reflect.insights.desk import Desk

        return Desk(self.catalog, self.kinds, self.context.now().date())

    # Writing

    def new(self, kind_name: str, content: Content, created: str = "") -> Saved:
        """Write a new record and put it into history; raises ReflectError, with nothing written."""
        kind = self.kinds.get(kind_name)
        text = self.compose(kind, content, created)
        saved = self.save_new(kind, text)
        self.record_in_history(saved, f"Write {kind.name}")
        return saved

    def compose(self, kind: Kind, content: Content, created: str = "") -> str:
        """Return the text of a new record, with its id, not yet on disk."""
        return self._composer.text(kind, content, created, self.lang if self.lang != "en" else "")

    def save_new(self, kind: Kind, text: str) -> Saved:
        """Write a new record's text to the file where it belongs; raises SaveFailed."""
        return self._saver.save(self._composer.path(kind, text), text, None)

    def save(self, path: str, text: str, base: str) -> Saved:
        """Write a record that was opened as `base`; what changed meanwhile is merged or kept beside."""
        present = path
        if not (self.vault.root / path).exists():
            # Moved by hand while it was open: it is written where it is now.
            record_id = str(Document.parse(base).values.get("id", "")) if base.startswith("---") else ""
            self.indexer.refresh_all()
            moved = self.catalog.with_id_ending(record_id) if len(record_id) == 26 else []
            present = moved[0].path if len(moved) == 1 else path
        return self._saver.save(present, text, base)

    def record_in_history(self, saved: Saved, message: str) -> bool:
        """Commit what a save wrote; False when history has to wait, which is said in `notices`."""
        return self._commit(saved.paths, f"{message} {saved.record.id[-8:].lower()}".strip())

    def change(self, reference: str, values: Mapping[str, Value | None], sections: Mapping[str, str]) -> Saved:
        """Set fields and sections of a record and put it into history; raises ReflectError."""
        record = self.get(reference)
        kind = self.kinds.get(record.kind)
        if record.problem:
            raise ReflectError(f"{record.path} cannot be read ({record.problem}).", "Mend it in an editor first.")
        resolved = {name: self._composer.value(kind, name, value) for name, value in values.items()}
        text = with_changes(record.text, kind, resolved, sections, record.lang or self.lang)
        return self.save_change(record, text)

    def change_together(self, changes: Mapping[str, Mapping[str, Value | None]], message: str) -> list[Record]:
        """Set fields of several records as one step in history; returns them as they were before."""
        before: list[Record] = []
        paths: list[str] = []
        with self.vault.lock.held():
            for reference, values in changes.items():
                record = self.get(reference)
                if record.problem:
                    raise ReflectError(
                        f"{record.path} cannot be read ({record.problem}).", "Mend it in an editor first."
                    )
                text = with_changes(record.text, self.kinds.get(record.kind), values, {})
                paths += self.save(record.path, text, record.text).paths
                before.append(record)
            if paths:
                self._commit(paths, message)
        self.indexer.refresh_files(paths)
        return before

    def starters(self) -> list[tuple[str, str]]:
        """Return (name, title) of the example agendas that one can begin from."""
        from reflect.vault.starters import starter_slugs, starter_title

        return [(slug, starter_title(slug)) for slug in starter_slugs()]

    def begin_from(self, starter: str) -> str:
        """Make a copy of an example agenda under new ids, as one step in history; returns the agenda's path."""
        from reflect.vault.starters import begin_from

        context = self.context
        with self.vault.lock.held():
            paths = begin_from(self.vault.root, starter, written(context.now())[:10], context.new_id)
            self._commit(paths, f"Begin from the starter agenda {starter}")
        self.indexer.refresh_files(paths)
        return next(path for path in paths if path.endswith("/agenda.md"))

    def save_change(self, record: Record, text: str) -> Saved:
        """Write a changed text of a record and put it into history; an unchanged one writes nothing."""
        if text == record.text:
            return Saved(record)
        saved = self.save(record.path, text, record.text)
        self.record_in_history(saved, f"Edit {record.kind}")
        return saved

    def delete(self, reference: str) -> Record:
        """Remove a record; its states stay in history, and `undo` or `restore` bring it back.

        Raises ReflectError, with nothing removed, while its last text cannot be put into history.
        """
        from reflect.vault.batch import NOT_SAFE
        from reflect.vault.blobs import agrees, blobs_at

        record = self.get(reference)
        file = self.vault.root / record.path
        with self.vault.lock.held():
            # What another editor wrote last is in history before the file goes.
            self.take_up([record.path])
            if not agrees(file.read_bytes(), (blobs_at(self.vault.git, [record.path]) or {}).get(record.path)):
                raise ReflectError(f"“{record.title}” stays: {NOT_SAFE}.", "See: reflect doctor")
            remove_durably(file)
            self.record_in_history(Saved(record), f"Delete {record.kind}")
        self.indexer.refresh_files([record.path])
        return record

    def restore(self, reference: str, rev: str = "") -> Saved:
        """Bring back a deleted record, or an earlier state of one that is there; raises NotFound."""
        if rev:
            record = self.get(reference)
            saved = self.save(record.path, self.past.text_at(record.path, rev), record.text)
        else:
            saved = self._saver.save(*self.past.last_of_deleted(reference), None)
        self.record_in_history(saved, f"Restore {saved.record.kind}")
        self.indexer.refresh_files(saved.paths)
        return saved

    def deleted(self) -> list[Record]:
        """Return the records that were deleted, the latest first, as they were."""
        return [record for record in self.past.deleted() if self.is_record(record.path)]

    def undo(self) -> list[str]:
        """Take back the last change of history, as a new change; returns the files. Undo again to redo."""
        from reflect.vault.undoing import undo

        paths = undo(self.vault, self._history, self.context.now())
        self.indexer.refresh_files(paths)
        return paths

    def history(self, reference: str) -> list[Version]:
        """Return the states of a record, newest first, also of a deleted one."""
        return self.past.versions(reference)

    def text_at(self, reference: str, rev: str) -> str:
        """Return a record's text at a state of history; raises NotFound."""
        return self.past.text_at(reference, rev)

    def get_at(self, reference: str, rev: str) -> Record:
        """Return a record as it was at a state of history, also a deleted one; raises NotFound."""
        return self.past.record_at(reference, rev)

    def diff(self, reference: str, rev: str = "", by_words: bool = False) -> list[str]:
        """Return the lines by which a record differs from an earlier state: `rev`, else the one before.

        With `by_words` they are its text as it runs, with marks at what went and what came.
        """
        return self.past.diff(self.get(reference), rev, by_words)

    def new_draft(self, kind: str, text: str, record: Record | None = None) -> Draft:
        """Keep a text as a draft and return it; `record` is the one that it changes."""
        from reflect.store.drafts import Draft

        path, base = (record.path, record.text) if record else ("", "")
        draft = Draft(self.context.new_id(), kind, text, written(self.context.now()), path, base)
        self.drafts.keep(draft)
        return draft

    def import_records(
        self, format: str, path: Path, dry_run: bool = False, progress: Progress | None = None
    ) -> ImportReport:
        """Bring in what was written elsewhere; what is in already stays as it is. Raises ReflectError."""
        from reflect.imports.importing import Importer

        importer = Importer(
            vault=self.vault,
            catalog=self.catalog,
            kinds=self.kinds,
            lang=self.lang if self.lang != "en" else "",
            refresh=self.refresh,
            commit=self._commit,
        )
        return importer.run(format, path, dry_run, progress)

    def export_files(self, paths: Sequence[str], folder: Path, going: Going) -> Exported:
        """Copy records, as their files are, into a new folder; raises ReflectError for one that is not."""
        from reflect.exports.copying import copy_files

        return copy_files(self.vault.root, paths, folder, going)

    # What the above share

    def _commit(self, paths: Sequence[str], message: str) -> bool:
        try:
            self.vault.commit(paths, message, self.context.now())
        except (GitFailed, HistoryWaits) as error:
            self._notice(error)
            return False
        return True

    def _notice(self, error: ReflectError) -> None:
        self._tell(f"Not yet in history: {error}" if isinstance(error, GitFailed) else str(error))
        if isinstance(error, GitFailed) and error.detail:
            self.git_words.append(error.detail)

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)
