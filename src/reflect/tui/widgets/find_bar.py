"""One line below the text: what to find in it, how often it is there, and where one is."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from reflect.tui.finding import MOST, places_of
from reflect.tui.keys import bindings
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.line import Line


class FindBar(Horizontal):
    """Finds in an editor while one types, from where the cursor was."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("find")
    DEFAULT_CSS = """
    FindBar {
        display: none; height: 1; padding: 0 1;
        & > #find-label { width: auto; color: $text-muted; padding: 0 1 0 0; }
        & > #find-words { width: 1fr; max-width: 48; }
        & > #find-count { width: auto; color: $text-muted; padding: 0 1 0 2; }
    }
    """

    box = query_one("#find-words", Line)

    def __init__(self) -> None:
        super().__init__(id="find-bar")
        self._editor: Editor | None = None
        self._places: list[tuple[int, int, int]] = []
        self._at = 0
        self._from = (0, 0)

    def compose(self) -> ComposeResult:
        """Lay the bar out."""
        yield Static("find", id="find-label", markup=False)
        yield Line(id="find-words")
        yield Static("", id="find-count", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether something is being looked for."""
        return self._editor is not None

    def open(self, editor: Editor) -> None:
        """Look for something in an editor: first of all for what is selected there."""
        if self._editor is not None and self._editor is not editor:
            self._editor.show_found({})
        start = min(editor.selection)
        selected = editor.selected_text
        self._editor, self._from, self.display = editor, start, True
        if selected and "\n" not in selected:
            self.box.value = selected
        self.box.focus()
        self.box.action_select_all()
        self.find(is_new=True)

    def close(self) -> None:
        """Go away, and leave the cursor where it is."""
        if self._editor is not None:
            editor, self._editor = self._editor, None
            self.display = False
            editor.show_found({})
            editor.focus()

    @on(Line.Changed, "#find-words")
    def take_words(self, event: Line.Changed) -> None:
        """Find what is typed."""
        event.stop()
        self.find(is_new=True)

    @on(Line.Submitted, "#find-words")
    def take_enter(self, event: Line.Submitted) -> None:
        """Go to the next place."""
        event.stop()
        self.step(1)

    def find(self, is_new: bool = False) -> None:
        """Find again: `is_new` words from where one began, else in a text that has changed."""
        if self._editor is None:
            return
        self._places = places_of(self.box.value, self._editor.document.lines)
        begin = self._from if is_new else min(self._editor.selection)
        after = bisect_left(self._places, (*begin, 0))
        self._at = after if after < len(self._places) else 0
        if is_new and self._places:
            self._go()
        self._show()

    def step(self, step: int) -> None:
        """Go to the next place or the one before, round the ends of the text."""
        if not self._places:
            return
        self._at = (self._at + step) % len(self._places)
        self._from = self._places[self._at][:2]
        self._go()
        self._show()

    def action_step(self, step: int) -> None:
        """Go to the next place or the one before."""
        self.step(step)

    def action_leave(self) -> None:
        """Go back to the text, with the cursor at the place found."""
        self.close()

    def _go(self) -> None:
        if self._editor is not None:
            self._editor.move_cursor(self._places[self._at][:2], center=True)

    def _show(self) -> None:
        if self._editor is None:
            return
        by_line: dict[int, list[tuple[int, int]]] = {}
        for row, start, end in self._places:
            by_line.setdefault(row, []).append((start, end))
        self._editor.show_found(by_line, self._places[self._at] if self._places else None)
        self.query_one("#find-count", Static).update(Content(self._count()))

    def _count(self) -> str:
        if not self.box.value:
            return ""
        if not self._places:
            return "not found"
        more = "+" if len(self._places) == MOST else ""
        return f"{self._at + 1:,} of {len(self._places):,}{more}"
