"""The leader's desk: one object through which the terminal app and the command line do everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from reflect.errors import ReflectError, UsageError
from reflect.records.compose import Content, with_changes
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.moments import written
from reflect.records.query import EVERYTHING, Filters, Query
from reflect.records.record import Record
from reflect.records.textforms import folded
from reflect.records.yaml_block import Value
from reflect.shared_parts import SharedParts
from reflect.store.files import remove_durably
from reflect.vault.saving import Saved

if TYPE_CHECKING:
    # A command that only writes needs none of these, and waits for none of them.
    from reflect.community.outcome import Outcome
    from reflect.community.resolving import Resolving
    from reflect.community.rounds import Progress as SyncProgress
    from reflect.community.signatures import Signature
    from reflect.exports.copying import Exported
    from reflect.imports.report import ImportReport
    from reflect.insights.agenda import Agenda
    from reflect.insights.loops import OpenLoop
    from reflect.insights.patterns.figures import Pattern, Seen
    from reflect.insights.patterns.material import Material
    from reflect.insights.patterns.period import Period
    from reflect.insights.progressions import Rating
    from reflect.insights.system import System
    from reflect.insights.today import Today
    from reflect.records.review.substitution import Settled
    from reflect.store.catalog import Hit, Row
    from reflect.store.drafts import Draft
    from reflect.store.finder import Wanted
    from reflect.store.indexing import Progress
    from reflect.vault.batch import Going
    from reflect.vault.checkup import Check
    from reflect.vault.history import Version

# A group of what is remembered on this computer.
PROMPT = "prompt"


class Workspace(SharedParts):
    """An open vault with everything that can be done in it."""

    def doctor(self, fix: bool = False, progress: Progress | None = None) -> list[Check]:
        """Look the vault over and return what was found; with `fix`, mend what is safe to mend."""
        from reflect.vault.doctor import Doctor

        self.finish_begun(progress)
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
        # After the journal's: places are asked, and no save waits for them.
        return [*doctor.examine(fix, progress), *self.check_copies(fix), *self.belonging.checks(fix)]

    def sync(
        self,
        names: Sequence[str] = (),
        sends: bool = True,
        take: str = "",
        going: Going = lambda done, total: True,
        progress: SyncProgress | None = None,
    ) -> list[Outcome]:
        """Bring communities in step with their shared places, these or all; each has an outcome of its own.

        `going` is told how many are done of how many and says whether to go on; `progress` is told (name, done,
        total or 0, word) while something is fetched or sent; `take` answers a question that an earlier sync of
        one place asked: `theirs` or `mine`. Raises NotFound, UsageError.
        """
        return self.rounds.sync(names, sends, take, going, progress)

    @cached_property
    def resolving(self) -> Resolving:
        """Making one record of two texts."""
        from reflect.community.resolving import Resolving

        return Resolving(
            lambda: self.catalog, self.communities, self.get, self.save_change, self.delete, self.restore,
            self.context.now,
        )  # fmt: skip

    # Finding

    def rows(self, filters: Filters = EVERYTHING, limit: int = -1, offset: int = 0, order: str = "newest") -> list[Row]:
        """Return records, newest first or in another of the `ORDERS`, each as its file is now."""
        return self.finder.rows(filters, limit, offset, order)

    def search(
        self, text: str, filters: Filters = EVERYTHING, limit: int = 50, offset: int = 0, typing: bool = False
    ) -> list[Hit]:
        """Return what matches, the best of the newest first; `typing` matches the last word's beginning."""
        return self.finder.search(self.query(text, filters, typing), limit, offset)

    def query(self, text: str, filters: Filters = EVERYTHING, typing: bool = False) -> Query:
        """Return what a typed search means here: its dates, agendas and kinds as they are stored."""
        return self.finder.query(text, filters, typing)

    def filters(self, **wanted: Unpack[Wanted]) -> Filters:
        """Return filters from what a person typed; raises NotFound, UsageError for what does not exist."""
        return self.finder.filters(**wanted)

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

    def own(self, reference: str) -> Record:
        """Return a record of the vault; raises NotFound, or ReflectError for one that is in a community."""
        record = self.get(reference)
        if record.place:
            raise ReflectError(
                f"“{record.title}” belongs to the community {record.place}; this changes only your own journal.",
                "See: reflect --help, for what can be done with shared records.",
            )
        return record

    def signature(self, record: Record) -> Signature | None:
        """Return how the last change of a community's record is signed, None where no keys are listed."""
        from reflect.community.signatures import signature_of

        return signature_of(self.communities.get(record.place).repository, record.path) if record.place else None

    def agenda_row(self, reference: str) -> Row:
        """Return the agenda that an id, a path, a folder's name or a title names; raises NotFound."""
        return self.finder.agenda(reference)

    def agenda(self, reference: str) -> Agenda:
        """Return one agenda with its records, openness and open loops."""
        return self.desk().agenda(self.agenda_row(reference), self.loops.left_out())

    def today(self) -> Today:
        """Return what a leader meets today: a prompt, what is due, what peers wrote, drafts, earlier years."""
        today = self.desk().today(self.frameworks, self.drafts.all(), self.loops.left_out())
        if today.pause:
            return today
        return replace(today, unread=self.reading.unread(), is_only_here=self.only_here.is_to_be_said())

    def prompt_is_set_aside(self) -> bool:
        """Say whether the prompt of the day was put away, on this computer and for this day."""
        return self.state.get(PROMPT, "set aside") == self.context.now().date().isoformat()

    def set_prompt_aside(self, is_set_aside: bool) -> None:
        """Put the prompt of the day away until tomorrow, or bring it back."""
        self.state.put(PROMPT, "set aside", self.context.now().date().isoformat() if is_set_aside else "")

    def open_loops(self, rows: Sequence[Row] | None = None) -> list[OpenLoop]:
        """Return what is open, in these records or in all, but for what was snoozed or let rest."""
        return self.loops.open(rows)

    def open_loop(self, reference: str, name: str) -> OpenLoop:
        """Return one open loop of a record; raises NotFound with those that are open."""
        return self.loops.one(self.lookup.row(reference), name)

    def patterns(
        self, asked: Sequence[Pattern] = (), period: Period | None = None, about: Row | None = None
    ) -> list[Seen]:
        """Return what these patterns show, or all: over a period, and for one record where they can be asked so."""
        from reflect.insights.patterns.registry import seen

        return seen(self._material(period, about), asked)

    def system(self) -> System:
        """Return what can be drawn of the system around the records, for one look."""
        from reflect.insights.system import System

        return System(
            self._material(None, None),
            self.catalog,
            kind_of=lambda row: self.kinds_of(row.place).find(row.kind),
            is_withdrawn=self.reading.is_withdrawn_at_origin,
            places={self.responding.known_as(each.name): each.name for each in self.communities.here()},
        )

    def _material(self, period: Period | None, about: Row | None) -> Material:
        from reflect.insights.patterns.material import Material
        from reflect.insights.patterns.period import between
        from reflect.records.paths import agenda_folder_named
        from reflect.store.counts import Scope

        today, copies = self.context.now().date(), self.copies()
        agendas = self.finder.agendas_one_with(about) if about and about.kind == "agenda" else []
        filters = Filters(
            agendas=tuple(row.id for row in agendas if row.id) or ("-",) * bool(agendas),
            agenda_folders=tuple(filter(None, (agenda_folder_named(row.place, row.path) for row in agendas))),
        )
        own = {row.id for row in self.catalog.with_ids(share.source for share in copies.all) if not row.place}
        addresses = tuple((each.name, each.membership.address) for each in self.communities.here())
        return Material(
            counts=self.counts,
            desk=self.desk(),
            # What was shared is counted once, as the person's own.
            scope=Scope(filters, tuple(share.id for share in copies.all if share.source in own), addresses),
            left_out=self.loops.left_out(),
            kinds=self.kinds.all(),
            frameworks=self.frameworks,
            copies=copies,
            school=self.school(),
            today=today,
            period=period or between("", "", today),
            about=about,
            lines_of=self.lines_of,
        )

    def let_rest(self, loop: OpenLoop, reason: str) -> None:
        """Close an open loop for good, with a word of reason that stays in the vault."""
        with self.vault.lock.held():
            self.commit([self.loops.let_rest(loop, reason)], f"Let rest {loop.row.id[-8:].lower()}")

    def snooze(self, loop: OpenLoop, until: str) -> None:
        """Hide an open loop on this computer until a day."""
        self.loops.snooze(loop, until)

    def wake(self, loop: OpenLoop) -> None:
        """Let a loop be open again that was snoozed or let rest."""
        with self.vault.lock.held():
            path = self.loops.wake(loop)
            if path:
                self.commit([path], f"Open again {loop.row.id[-8:].lower()}")

    def move_question(self, agenda: str, path: str, step: int) -> list[Record]:
        """Put a question one place further down or up; returns what was written, as it was before."""
        from reflect.insights.agenda import questions_beside
        from reflect.insights.ordering import FIELD, moved

        with self.vault.lock.held():
            tree = self.agenda(agenda).tree()
            row = self.lookup.row(path)
            positions = moved(questions_beside(tree, row), row, step)
            return self.change_together({each: {FIELD: to} for each, to in positions.items()}, "Order questions")

    # Writing

    def new(self, kind_name: str, content: Content, created: str = "") -> Saved:
        """Write a new record and put it into history; raises ReflectError, with nothing written."""
        kind = self.kinds.get(kind_name)
        text = self.compose(kind, content, created)
        saved = self.save_new(kind, text)
        self.record_in_history(saved, f"Write {kind.name}")
        return saved

    def rate(self, rating: Rating) -> Record:
        """Write what was said of an area into its progression, a new one where there is none; returns it.

        Raises ReflectError, with nothing written.
        """
        from reflect.insights.progressions import KIND, SEEN, changes_of, content_of, is_of

        rows = [row for row in self.rows(Filters(kinds=(KIND,), places=("",))) if row.agenda == rating.agenda]
        row = next((row for row in rows if is_of(row, rating.rubric, rating.area) and not row.problem), None)
        if row is None:
            saved = self.new(KIND, content_of(rating, self.lang))
        else:
            record = self.own(row.path)
            section = self.kinds.get(KIND).section(SEEN)
            seen = record.section_text(section.aliases) if section else ""
            saved = self.change(row.path, *changes_of(rating, record.fields, seen))
        self.indexer.refresh_files(saved.paths)
        return saved.record

    def compose(self, kind: Kind, content: Content, created: str = "") -> str:
        """Return the text of a new record, with its id, not yet on disk."""
        return self.composer.text(kind, content, created, self.lang_written)

    def save_new(self, kind: Kind, text: str) -> Saved:
        """Write a new record's text to the file where it belongs; raises SaveFailed."""
        return self.saver.save(self.composer.path(kind, text), text, None)

    def save(self, path: str, text: str, base: str) -> Saved:
        """Write a record that was opened as `base`; what changed meanwhile is merged or kept beside."""
        if not (self.vault.root / path).exists() and any(row.place for row in self.catalog.at_ref(path)):
            raise ReflectError(f"{path} belongs to a community; this changes only your own journal.")
        present = path
        if not (self.vault.root / path).exists():
            # Moved by hand while it was open: it is written where it is now.
            record_id = str(Document.parse(base).values.get("id", "")) if base.startswith("---") else ""
            self.indexer.refresh_all()
            moved = self.catalog.with_id_ending(record_id) if len(record_id) == 26 else []
            present = moved[0].path if len(moved) == 1 else path
        return self.saver.save(present, text, base)

    def record_in_history(self, saved: Saved, message: str) -> bool:
        """Commit what a save wrote; False when history has to wait, which is said in `notices`."""
        return self.commit(saved.paths, f"{message} {saved.record.id[-8:].lower()}".strip())

    def change(
        self,
        reference: str,
        values: Mapping[str, Value | None],
        sections: Mapping[str, str],
        settled: Settled | None = None,
    ) -> Saved:
        """Set fields and sections of a record and put it into history; raises ReflectError.

        In a community it passes the flags, which `settled` answers; raises FlagsOpen.
        """
        record = self.get(reference)
        if record.place:
            from reflect.records.review.substitution import NOTHING_SETTLED

            return self.shared_writing.change(record, values, sections, settled or NOTHING_SETTLED)
        kind = self.kinds.get(record.kind)
        if record.problem:
            raise ReflectError(f"{record.path} cannot be read ({record.problem}).", "Mend it in an editor first.")
        resolved = {name: self.composer.value(kind, name, value) for name, value in values.items()}
        text = with_changes(record.text, kind, resolved, sections, record.lang or self.lang)
        return self.save_change(record, text)

    def change_together(self, changes: Mapping[str, Mapping[str, Value | None]], message: str) -> list[Record]:
        """Set fields of several records as one step in history; returns them as they were before."""
        before: list[Record] = []
        paths: list[str] = []
        with self.vault.lock.held():
            for reference, values in changes.items():
                record = self.own(reference)
                if record.problem:
                    raise ReflectError(
                        f"{record.path} cannot be read ({record.problem}).", "Mend it in an editor first."
                    )
                text = with_changes(record.text, self.kinds.get(record.kind), values, {})
                paths += self.save(record.path, text, record.text).paths
                before.append(record)
            if paths:
                self.commit(paths, message)
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
            self.commit(paths, f"Begin from the starter agenda {starter}")
        self.indexer.refresh_files(paths)
        return next(path for path in paths if path.endswith("/agenda.md"))

    def save_change(self, record: Record, text: str, settled: Settled | None = None) -> Saved:
        """Write a changed text of a record and put it into history; an unchanged one writes nothing.

        In a community it passes the flags, which `settled` answers; raises FlagsOpen.
        """
        if text == record.text:
            return Saved(record)
        if record.place:
            from reflect.records.review.substitution import NOTHING_SETTLED

            return self.shared_writing.edit(record, text, settled or NOTHING_SETTLED)
        saved = self.save(record.path, text, record.text)
        self.record_in_history(saved, f"Edit {record.kind}")
        return saved

    def delete(self, reference: str) -> Record:
        """Remove a record; its states stay in history, and `undo` or `restore` bring it back.

        Raises ReflectError, with nothing removed, while its last text cannot be put into history.
        """
        from reflect.store.objects import agrees, blobs_at
        from reflect.vault.batch import NOT_SAFE

        record = self.get(reference)
        if record.place:
            raise ReflectError(
                f"“{record.title}” stands in the community {record.place}; there a record is withdrawn, not deleted.",
                f"To take it back: reflect withdraw {record.reference}. Peers who have it, and its history, keep it.",
            )
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

    def restore(self, reference: str, rev: str = "", settled: Settled | None = None) -> Saved:
        """Bring back a deleted record, or an earlier state of one that is there; raises NotFound.

        In a community an earlier state passes the flags as an edit does, which `settled` answers; raises FlagsOpen.
        """
        if rev:
            record = self.get(reference)
            text = self.past.text_at(record.ref, rev)
            if record.place:
                from reflect.records.review.substitution import NOTHING_SETTLED

                return self.shared_writing.edit(record, text, settled or NOTHING_SETTLED, verb="Restore")
            saved = self.save(record.path, text, record.text)
        else:
            saved = self.saver.save(*self.past.last_of_deleted(reference), None)
        self.record_in_history(saved, f"Restore {saved.record.kind}")
        self.indexer.refresh_files(saved.paths)
        return saved

    def deleted(self) -> list[Record]:
        """Return the records that were deleted, the latest first, as they were."""
        return [record for record in self.past.deleted() if self.is_record(record.path)]

    def undo(self) -> list[str]:
        """Take back the last change of history, as a new change; returns the files. Undo again to redo."""
        from reflect.vault.undoing import undo

        paths = undo(self.vault, self._history, self.state, self.context.now())
        self.indexer.refresh_files(paths)
        return paths

    def undo_sync(self) -> list[str]:
        """Take back all that the last sync brought from other devices, as a new change; returns the files."""
        from reflect.vault.undoing import undo_sync

        paths = undo_sync(self.vault, self.state, self.context.now())
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

    def new_draft(self, kind: str, text: str, record: Record | None = None, place: str = "") -> Draft:
        """Keep a text as a draft and return it; `record` is the one it changes, `place` the community it is for."""
        from reflect.store.drafts import Draft

        path, base, place = (record.path, record.text, record.place) if record else ("", "", place)
        draft = Draft(self.context.new_id(), kind, text, written(self.context.now()), path, base, place)
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
            lang=self.lang_written,
            refresh=self.refresh,
            commit=self.commit,
        )
        return importer.run(format, path, dry_run, progress)

    def export_files(self, paths: Sequence[str], folder: Path, going: Going) -> Exported:
        """Copy records, as their files are, into a new folder; raises ReflectError for one that is not."""
        from reflect.exports.copying import copy_files

        return copy_files(self.vault.root, paths, folder, going)
