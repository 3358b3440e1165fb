"""The top line: where one is, and what day it is or how far long work has come."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reflect.tui.spoken import READER
from reflect.tui.widgets.virtual_list import in_two_parts

BAR_WIDTH = 12
# So much of where one is stays readable beside a long note, such as why a text is not saved.
LEAST = 15
NOTHING = Content("")


class TitleLine(Widget):
    """Where one is at the left; at the right a note, or the progress of long work."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TitleLine { height: 1; color: $foreground; background: $background; text-style: bold; }
    """
    where: reactive[Content] = reactive(NOTHING, layout=False)
    note: reactive[Content] = reactive(NOTHING, layout=False)
    progress: reactive[tuple[str, int, int] | None] = reactive(None, layout=False)
    # A quiet word beside the note, on what went wrong behind the screens.
    aside: reactive[Content] = reactive(NOTHING, layout=False)

    def render(self) -> Content:
        """Return the line."""
        notes = [each for each in (self.aside, self.note) if each]
        right = Content(" · ").join(notes).stylize_before("not bold $text-muted") if notes else NOTHING
        if self.progress is not None:
            right = bar(*self.progress)
        room = max(0, self.size.width - LEAST)
        if right.cell_length > room:
            right = right.truncate(room, ellipsis=True)
        return in_two_parts(Content.assemble(" ", self.where), Content.assemble(right, " "), self.size.width)


def bar(word: str, done: int, total: int) -> Content:
    """Return a thin bar with what is being done, and how far it has come."""
    if READER.is_on:
        return Content(f"{word}, {done:,} of {total:,}, esc stops")
    filled = BAR_WIDTH * done // total if total else 0
    return Content.assemble(
        (f"{word} ", "not bold $text-muted"),
        ("━" * filled, "not bold $text-accent"),
        ("─" * (BAR_WIDTH - filled), "not bold $text-muted"),
        (f" {done:,} of {total:,}   esc stops", "not bold $text-muted"),
    )
