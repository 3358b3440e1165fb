"""The fields of what is being written: taken as they are typed, and filled in by what is written in the text."""

from __future__ import annotations

from textual import on, work
from textual.message import Message

from reflect.errors import ReflectError
from reflect.records.record import as_list
from reflect.records.textforms import folded
from reflect.records.values import BadValue
from reflect.tui.forms import field_of, parsed
from reflect.tui.screens.pen_screen import PenScreen
from reflect.tui.widgets.field_row import FieldRow


class FieldsScreen(PenScreen):
    """Takes what is typed into the rows of a form, wherever on the screen they stand."""

    class Understood(Message):
        """Words for a date were understood, or not."""

        def __init__(self, field: str, day: str, trouble: str) -> None:
            super().__init__()
            self.field = field
            self.day = day
            self.trouble = trouble

    @on(FieldRow.Edited)
    def take_field(self, event: FieldRow.Edited) -> None:
        """Take a field as it was typed; what is wrong with it is said below it and does not stop saving."""
        event.stop()
        if self.opened is None:
            return
        row, kind = event.row, self.opened.sheet.kind
        name = row.spec.name
        row.show_guess("")
        try:
            self.changes[name] = parsed(kind, name, event.texts)
            row.show_trouble("")
            if field_of(kind, name).check:
                self.look_at(name, event.texts)
        except BadValue as error:
            self.changes[name] = event.texts[-1]
            row.show_trouble(str(error))
            if field_of(kind, name).type == "date":
                self.understand(name, event.texts[-1])
        self.changed()

    @work(thread=True, exclusive=True, exit_on_error=False, group="understand")
    def understand(self, field: str, words: str) -> None:
        """Work out which day is meant by words."""
        try:
            is_ahead = self.opened is not None and self.opened.sheet.kind.looks_ahead(field)
            self.post_message(self.Understood(field, self.pen.day(words, is_ahead), ""))
        except ReflectError as error:
            self.post_message(self.Understood(field, "", str(error)))

    @work(thread=True, exclusive=True, exit_on_error=False, group="look-at")
    def look_at(self, name: str, texts: list[str]) -> None:
        """Say below a field what in it is not counted, or not known to the community; it is kept as it is."""
        from reflect.records.remarks import of_field

        opened = self.opened
        if opened is not None:
            lines = self.workspace.lines_of(opened.sheet.place)
            said = "\n".join(of_field(opened.sheet.kind, name, {name: "\n".join(texts)}, lines))
            self.post_message(self.Understood(name, "", said))

    @on(Understood)
    def take_day(self, event: Understood) -> None:
        """Take the day that was meant, and echo it."""
        row = self.row_of(event.field)
        if row is None:
            return
        row.show_trouble(event.trouble)
        row.show_guess(event.day)
        if event.day:
            self.changes[event.field] = event.day
            self.changed()

    def add_to_field(self, name: str, text: str) -> None:
        """Put a text into a list field that does not hold it yet; one with a comma would be two there."""
        texts = self.texts_of(name)
        if "," in text or folded(text) in [folded(each) for each in texts]:
            return
        self.changes[name] = [*texts, text]
        row = self.row_of(name)
        if row is not None:
            row.put(self.texts_of(name))
        self.changed()

    def texts_of(self, name: str) -> list[str]:
        """Return what stands in a field by now, saved or not."""
        if self.opened is None:
            return []
        return as_list(self.changes[name] or "") if name in self.changes else self.opened.sheet.texts_of(name)

    def row_of(self, name: str) -> FieldRow | None:
        """Return the row of a field, None while it is not there."""
        return next((each for each in self.query(FieldRow) if each.spec.name == name), None)
