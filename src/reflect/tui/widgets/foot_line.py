"""The bottom lines: the places of the app, and the keys that work here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

NOTHING = Content("")
KEY = "key"


@dataclass(frozen=True)
class Hint:
    """A key and what it does; `is_here` marks the place one is at."""

    key: str
    shown: str
    label: str
    is_here: bool = False

    def content(self, with_label: bool = True) -> Content:
        """Return the hint, to be pressed with the mouse too."""
        click = Style.from_meta({KEY: self.key})
        label = "bold $foreground" if self.is_here else "$text-muted"
        words = f" {self.label}" if with_label else ""
        return Content.assemble((self.shown, "$text-accent"), (words, label)).stylize(click)


class FootLine(Widget):
    """Keys of this screen first; places and what works everywhere on the last line."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FootLine { height: auto; color: $footer-foreground; background: $footer-background; padding: 0 1; }
    """
    places: reactive[Sequence[Hint]] = reactive((), layout=True)
    here: reactive[Sequence[Hint]] = reactive((), layout=True)
    everywhere: reactive[Sequence[Hint]] = reactive((), layout=True)
    note: reactive[Content] = reactive(NOTHING)

    def watch_note(self) -> None:
        """Lay the screen out anew only where the note takes another line; it changes while one types."""
        if len(self._lines(self.size.width)) != self.size.height:
            self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        key = event.style.meta.get(KEY)
        if key:
            self.app.simulate_key(str(key))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a second line only where one is too short."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        places, here, everywhere = (_joined(each) for each in (self.places, self.here, self.everywhere))
        right = Content("   ").join([each for each in (everywhere, self.note) if each])
        left = Content("    ").join([each for each in (places, here) if each])
        if left.cell_length + right.cell_length + 3 <= width:
            return [_spread(left, right, width)]
        if not places:
            return [_spread(_fitting(self.here, width - right.cell_length - 3), right, width)]
        if places.cell_length + right.cell_length + 3 > width:
            right = Content("   ").join([each for each in (_brief(self.everywhere), self.note) if each])
        return [_fitting(self.here, width), _spread(places, right, width)]


def _joined(hints: Sequence[Hint]) -> Content:
    return Content("  ").join([hint.content() for hint in hints])


def _fitting(hints: Sequence[Hint], width: int) -> Content:
    """Return as many hints as fit; the rest is found with `?`."""
    shown = list(hints)
    while shown and _joined(shown).cell_length > width:
        shown.pop()
    return _joined(shown)


def _brief(hints: Sequence[Hint]) -> Content:
    """Return the most needed of what works everywhere: the first two, and the sign of the last, which shows all."""
    if len(hints) < 3:
        return _joined(hints)
    return Content("  ").join([*(hint.content() for hint in hints[:2]), hints[-1].content(with_label=False)])


def _spread(left: Content, right: Content, width: int) -> Content:
    gap = max(1, width - left.cell_length - right.cell_length)
    return Content.assemble(left, " " * gap, right)
