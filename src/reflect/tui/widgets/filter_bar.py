"""The line over a list that says what is shown: what narrows it, how many there are, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from reflect.records.wording import counted
from reflect.tui.widgets.virtual_list import in_two_parts
from reflect.tui.words import plain_line

PART = "part"
GAP = 2
BETWEEN = Content(" · ").stylize("$text-muted")


@dataclass(frozen=True)
class Shown:
    """What a list shows. `parts` are the filters as they were typed; each can be taken away."""

    base: str = ""
    parts: Sequence[str] = ()
    count: int = 0
    marked: int = 0
    order: str = ""


class FilterBar(Widget):
    """Says what is shown; a click on a filter takes it away."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FilterBar { height: 1; padding: 0 1; color: $text-muted; background: $background; }
    """
    shown: reactive[Shown] = reactive(Shown())

    class Removed(Message):
        """A filter was clicked away; `index` is its place among the parts."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def on_click(self, event: events.Click) -> None:
        """Take away the filter under the mouse."""
        part = event.style.meta.get(PART)
        if part is not None:
            self.post_message(self.Removed(int(part)))

    def render(self) -> Content:
        """Return the line: where it is too narrow, the filters are cut, and never the numbers."""
        shown = self.shown
        width = self.size.width
        number = Content.assemble(BETWEEN, counted(shown.count, "record"))
        marked = Content(f"* {shown.marked:,} marked").stylize("bold $text-accent") if shown.marked else Content("")
        order = Content(shown.order)
        filters = BETWEEN.join([part for part in (marked, Content(shown.base), *self._parts()) if part])
        room = width - number.cell_length - order.cell_length - GAP
        if filters.cell_length > room:
            order = Content("")
            room = max(0, width - number.cell_length)
        return in_two_parts(Content.assemble(filters.truncate(room, ellipsis=True), number), order, width)

    def _parts(self) -> list[Content]:
        return [
            Content.assemble(plain_line(part, "$foreground"), (" ×", "$text-accent")).stylize(
                Style.from_meta({PART: index})
            )
            for index, part in enumerate(self.shown.parts)
        ]
