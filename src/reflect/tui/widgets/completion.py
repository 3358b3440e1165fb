"""A small list beside the cursor, to choose from while one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import OptionList

from reflect.tui.widgets.virtual_list import in_two_parts
from reflect.tui.words import plain_line

WIDTH = 56
# Between a label and its note, and at both ends.
GAP = 6
LEAST = 14
HEIGHT = 8


@dataclass(frozen=True)
class Candidate:
    """What can be chosen: what it writes, how it is shown, and a note at its right."""

    writes: str
    label: str
    note: str = ""


class Completion(OptionList):
    """Shows candidates; it never has the focus, so that one can type on."""

    can_focus = False
    DEFAULT_CSS = """
    Completion {
        display: none; position: absolute; layer: over; height: auto; border: none; padding: 0;
        background: $panel; color: $foreground; scrollbar-size-vertical: 1;
        & > .option-list--option-highlighted {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    """

    class Chosen(Message):
        """A candidate was chosen."""

        def __init__(self, candidate: Candidate) -> None:
            super().__init__()
            self.candidate = candidate

    def __init__(self) -> None:
        super().__init__(id="completion", markup=False, compact=True)
        self._candidates: Sequence[Candidate] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is there to choose from."""
        return bool(self._candidates)

    def show(self, candidates: Sequence[Candidate], place: Offset) -> None:
        """Show candidates under a place on the screen, above it where there is no room."""
        if not candidates:
            self.close()
            return
        screen = self.app.size
        longest = max(max(len(each.label), LEAST) + len(each.note) for each in candidates) + GAP
        width = min(longest, WIDTH, screen.width - 2)
        self._candidates = candidates
        self.set_options(_line(each, width - 2) for each in candidates)
        height = min(HEIGHT, len(candidates))
        x = max(0, min(place.x - 1, screen.width - width - 1))
        y = place.y + 1 if place.y + 1 + height < screen.height else place.y - height
        self.styles.width, self.styles.height = width, height
        self.styles.offset = (x, max(0, y))
        self.display = True
        self.highlighted = 0

    def close(self) -> None:
        """Go away; from now on no key is taken."""
        if self.is_open:
            self._candidates = ()
            self.display = False

    def move(self, step: int) -> None:
        """Go up or down, from one end to the other."""
        self.highlighted = ((self.highlighted or 0) + step) % len(self._candidates)

    def choose(self) -> None:
        """Take the candidate that one is at."""
        if self.is_open:
            candidate = self._candidates[self.highlighted or 0]
            self.close()
            self.post_message(self.Chosen(candidate))

    @on(OptionList.OptionSelected)
    def take_click(self, event: OptionList.OptionSelected) -> None:
        """Take the candidate under the mouse."""
        event.stop()
        self.highlighted = event.option_index
        self.choose()


def _line(candidate: Candidate, width: int) -> Content:
    return Content.assemble(" ", in_two_parts(plain_line(candidate.label), plain_line(candidate.note), width), " ")
