"""Completion while one writes: what is asked for at the cursor, offered without waiting, and taken over."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.getters import query_one
from textual.message import Message

from reflect.tui.completing import PERSON, RECORD, TAG, Asked, Names, asked_before, named, names_of, records_named
from reflect.tui.screens.fields_screen import FieldsScreen
from reflect.tui.widgets.completion import Candidate, Completion
from reflect.tui.widgets.editor import Editor


class CompletingScreen(FieldsScreen):
    """Offers records, tags and people at the cursor of `editor`, which a subclass has."""

    editor: Editor
    completion = query_one(Completion)

    class Known(Message):
        """The names of the journal are here."""

        def __init__(self, names: Names, generation: int) -> None:
            super().__init__()
            self.names = names
            self.generation = generation

    class Found(Message):
        """Records were found for what was asked."""

        def __init__(self, asked: Asked, candidates: Sequence[Candidate]) -> None:
            super().__init__()
            self.asked = asked
            self.candidates = candidates

    _names = Names()
    _names_of = -1
    # Where it was closed with escape or chosen; there it stays away.
    _done_at: tuple[int, int] | None = None
    # What is written in place of: its sort and where it begins. None while something else is offered.
    _offered: tuple[str, int, int] | None = None

    # Offering

    def offer(self) -> None:
        """Offer what fits what was typed at the cursor, or nothing."""
        asked = self._asked()
        if asked is None or self._done_at == (self.editor.cursor_location[0], asked.start):
            self.completion.close()
        elif asked.sort == RECORD:
            self._find_records(asked)
        else:
            if self._names_of != self.desk.generation:
                self._find_names(self.desk.generation)
            self._show(asked, named(self._names, asked))

    def follow_cursor(self) -> None:
        """Take the list away when the cursor leaves what it was offered for."""
        if self.completion.is_open and self._offered is not None:
            asked = self._asked()
            if asked is None or self._offered != (asked.sort, self.editor.cursor_location[0], asked.start):
                self.completion.close()

    def close_list(self) -> None:
        """Take the list away; it stays away from what is being typed."""
        if self._offered is not None:
            self._done_at = self._offered[1:]
        self.completion.close()

    def _asked(self) -> Asked | None:
        editor = self.editor
        if self.opened is None or not editor.has_focus or not editor.selection.is_empty:
            return None
        return asked_before(editor.before_cursor())

    @work(thread=True, exclusive=True, exit_on_error=False, group="names")
    def _find_names(self, generation: int) -> None:
        self.post_message(self.Known(names_of(self.workspace, self.community), generation))

    @on(Known)
    def _take_names(self, event: Known) -> None:
        self._names, self._names_of = event.names, event.generation
        asked = self._asked()
        if asked is not None and asked.sort != RECORD:
            self._show(asked, named(self._names, asked))

    @work(thread=True, exclusive=True, exit_on_error=False, group="records")
    def _find_records(self, asked: Asked) -> None:
        own = self.opened.sheet.path if self.opened is not None else ""
        self.post_message(self.Found(asked, records_named(self.workspace, asked.words, own, self.community)))

    @on(Found)
    def _take_records(self, event: Found) -> None:
        if event.asked == self._asked():
            self._show(event.asked, event.candidates)

    def _show(self, asked: Asked, candidates: Sequence[Candidate]) -> None:
        row, column = self.editor.cursor_location
        if self._done_at == (row, asked.start):
            return
        self._offered = (asked.sort, row, asked.start)
        # Under the sign that it began with, so that it stays where it is while one types.
        self.completion.show(candidates, self.editor.cursor_screen_offset - (column - asked.start, 0))

    # Taking over

    @on(Completion.Chosen)
    def take_candidate(self, event: Completion.Chosen) -> None:
        """Write what was chosen in place of what was typed, and put it into its field."""
        event.stop()
        offered, asked = self._offered, self._asked()
        if offered is None or asked is None or offered[0] != asked.sort:
            return
        row, end = self.editor.cursor_location
        if asked.sort == RECORD and self.editor.document.get_line(row)[end:].startswith("]]"):
            end += 2
        self._done_at = offered[1:]
        writes = event.candidate.writes
        self.editor.replace(writes, (row, asked.start), (row, end), maintain_selection_offset=False)
        if asked.sort == TAG:
            self.add_to_field("tags", writes.removeprefix("#"))
        elif asked.sort == PERSON and self.opened is not None:
            people = [each.name for each in self.opened.sheet.kind.fields if each.type == "people"]
            if people:
                self.add_to_field(people[0], writes)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take the keys of the list only while it is there."""
        if action in ("choose_from_list", "move_in_list", "leave_list"):
            return bool(self.query(Completion)) and self.completion.is_open and self.editor.has_focus
        return super().check_action(action, parameters)

    def action_move_in_list(self, step: int) -> None:
        """Go up or down in the list."""
        self.completion.move(step)

    def action_choose_from_list(self) -> None:
        """Take what one is at in the list."""
        self.completion.choose()

    def action_leave_list(self) -> None:
        """Close the list and type on."""
        self.close_list()
