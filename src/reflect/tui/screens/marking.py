"""Marking records in a list, and what is done with all that are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from textual import on, work
from textual.message import Message
from textual.worker import Worker, WorkerState, get_current_worker

from reflect.errors import ReflectError
from reflect.records.compose import parse_tag_changes
from reflect.records.query import Filters
from reflect.records.wording import counted
from reflect.tui import places
from reflect.tui.batches import says_exported, says_outcome
from reflect.tui.marks import Marks
from reflect.tui.messages import Done, ReadingOn
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.record_list import RecordList

ON_MARKS = ("tag", "export", "delete")
BATCH = "batch"
# Often enough for a bar that moves.
TELL_EVERY = 10
NAMED = 5


class MarkingScreen(DeskScreen):
    """A screen with a list of records that can be marked; `marks_changed` shows how many are."""

    class Marked(Message):
        """The names of the records to mark are here."""

        def __init__(self, paths: Sequence[str]) -> None:
            super().__init__()
            self.paths = paths

    class Asked(Message):
        """Something is asked before, or again: an answer that was of no use comes with what is wrong with it."""

        def __init__(self, about: str, value: str = "", trouble: str = "", titles: Sequence[str] = ()) -> None:
            super().__init__()
            self.about = about
            self.value = value
            self.trouble = trouble
            self.titles = titles

    class Copied(Message):
        """Records were copied."""

        def __init__(self, says: str) -> None:
            super().__init__()
            self.says = says

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks()
        self._batch: Worker[None] | None = None
        # Set to end the work; it then puts into history what is done, so it is not cut off as a worker is.
        self._stop = Event()

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one("#records", RecordList)

    def matching(self) -> tuple[Filters, Sequence[tuple[str, bool]]]:
        """Return what is shown: the filters, and the words that have to occur."""
        raise NotImplementedError

    def marks_changed(self) -> None:
        """Show which records are marked, and how many."""
        self.records.marked = self.marks
        self.records.refresh()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with marks only while there are some."""
        return bool(self.marks) if action in ON_MARKS else super().check_action(action, parameters)

    # Marking

    def action_mark(self) -> None:
        """Mark the record under the cursor, or take its mark away, and go on to the next."""
        self.mark_at(self.records.cursor)
        if self.records.cursor + 1 < self.records.count:
            self.records.action_move(1)

    @on(RecordList.MarkAsked)
    def mark_clicked(self, event: RecordList.MarkAsked) -> None:
        """Mark the record whose margin was clicked, or take its mark away."""
        self.mark_at(event.index)

    def mark_at(self, index: int) -> None:
        """Mark a record of the list, or take its mark away."""
        row = self.records.row_at(index)
        if row is not None:
            self.marks.toggle(row.key)
            self.marks.anchor = index
            self.marks_changed()

    def action_mark_on(self, step: int) -> None:
        """Mark the record under the cursor and the next one."""
        start = self.records.cursor
        self.records.action_move(step)
        rows = [self.records.row_at(index) for index in (start, self.records.cursor)]
        self.marks.add(row.key for row in rows if row is not None)
        self.marks.anchor = self.records.cursor
        self.marks_changed()

    def action_mark_to(self) -> None:
        """Mark all from the one that was marked last up to the cursor."""
        anchor = self.marks.anchor if self.marks.anchor is not None else self.records.cursor
        self._fetch_marked(self.records.rowids_between(anchor, self.records.cursor))
        self.marks.anchor = self.records.cursor

    def action_mark_all(self) -> None:
        """Mark all that are shown."""
        self._fetch_marked(None)

    @work(thread=True, exclusive=True, exit_on_error=False, group="marks")
    def _fetch_marked(self, rowids: Sequence[int] | None) -> None:
        catalog = self.workspace.catalog
        paths = catalog.refs(*self.matching()) if rowids is None else catalog.refs_of(rowids)
        self.post_message(self.Marked(paths))

    @on(Marked)
    def take_marked(self, event: Marked) -> None:
        """Mark these records."""
        self.marks.add(event.paths)
        self.marks_changed()

    def let_go(self) -> bool:
        """Stop what is being done with many records, or take the marks away; says whether there was anything."""
        if self._batch is not None:
            self._stop.set()
            return True
        had_marks = bool(self.marks)
        self.marks.clear()
        self.marks_changed()
        return had_marks

    # What is done with them

    def action_tag(self) -> None:
        """Ask which tags to add and to take away."""
        self.ask(self.Asked("tag"))

    def action_export(self) -> None:
        """Ask for the folder to copy to."""
        self.ask(self.Asked("export", f"~/reflect-export-{self.desk.now():%Y-%m-%d}"))

    def action_delete(self) -> None:
        """Ask before many records are deleted."""
        self._name_marked(list(self.marks)[:NAMED])

    @work(thread=True, exclusive=True, exit_on_error=False, group="name")
    def _name_marked(self, paths: list[str]) -> None:
        titles = [row.title for path in paths for row in self.workspace.catalog.at_ref(path)]
        self.post_message(self.Asked("delete", titles=titles))

    @on(Asked)
    def ask(self, event: Asked) -> None:
        """Ask what is needed to begin."""
        if self._batch is not None and not event.trouble:
            self.tell("One thing at a time: esc stops what is going on.")
            return
        paths, count = list(self.marks), counted(len(self.marks), "record")
        if event.about == "delete":
            dialog = places.delete_many(count, event.titles, len(paths))
            self.app.push_screen(dialog, lambda answer: self._begin(self._delete(paths)) if answer == "d" else None)
        elif event.about == "tag":
            dialog = places.ask_line(
                f"Tag {count}", "word or +word adds a tag, -word takes it away.", event.value, event.trouble, True
            )
            self.app.push_screen(dialog, lambda text: self._begin(self._tag(paths, text)) if text else None)
        elif event.about == "export":
            says = "A new folder for the copies. They are plain files there, which reflect does not keep private."
            dialog = places.ask_line(f"Copy {count} to a folder", says, event.value, event.trouble)
            self.app.push_screen(dialog, lambda text: self._begin(self._export(paths, text)) if text else None)

    def _begin(self, worker: Worker[None]) -> None:
        self._batch = worker
        self.desk.refresher.is_held = True

    @work(thread=True, exit_on_error=False, group=BATCH)
    def _tag(self, paths: list[str], text: str) -> None:
        try:
            add, remove = parse_tag_changes(text)
        except ReflectError as error:
            self.post_message(self.Asked("tag", text, str(error)))
            return
        batch = self.workspace.batch
        outcome = batch.tag(paths, add, remove, self._going("tagging"))
        says = says_outcome(outcome, "tagged", "All of them have these tags already.")

        def untag() -> str:
            return says_outcome(batch.take_back(outcome, lambda *_: True), "as before", "")

        self.post_message(Done(says, untag if outcome.can_be_undone else None))

    @work(thread=True, exit_on_error=False, group=BATCH)
    def _delete(self, paths: list[str]) -> None:
        batch = self.workspace.batch
        outcome = batch.delete(paths, self._going("deleting"))

        def bring_back() -> str:
            return says_outcome(batch.take_back(outcome, lambda *_: True), "back", "")

        undo = bring_back if outcome.can_be_undone else None
        self.post_message(Done(says_outcome(outcome, "deleted", "Nothing was deleted."), undo))

    @work(thread=True, exit_on_error=False, group=BATCH)
    def _export(self, paths: list[str], text: str) -> None:
        try:
            exported = self.workspace.export_files(paths, Path(text), self._going("copying"))
        except ReflectError as error:
            self.post_message(ReadingOn(0, 0))
            self.post_message(self.Asked("export", text, str(error)))
            return
        self.post_message(self.Copied(says_exported(exported)))

    def _going(self, word: str) -> Callable[[int, int], bool]:
        """Return what shows how far it has come, and ends the work when it was told to stop."""
        worker = get_current_worker()

        def going(done: int, total: int) -> bool:
            if done % TELL_EVERY == 0 or done == total:
                self.post_message(ReadingOn(done, total, word))
            return not (self._stop.is_set() or worker.is_cancelled)

        return going

    @on(Done)
    def done_with_marks(self) -> None:
        """Take the marks away when all is done; the app says what was."""
        self.marks.clear()
        self.marks_changed()

    @on(Copied)
    def say_copied(self, event: Copied) -> None:
        """Say where the copies are."""
        self.tell(event.says)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Look at the files again when many have been changed."""
        ended = event.state in (WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED)
        if event.worker.group == BATCH and ended:
            self._batch = None
            self._stop.clear()
            self.desk.refresher.is_held = False
            self.desk.post_message(ReadingOn(0, 0))
