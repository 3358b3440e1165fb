"""Reading Markdown: the first lines at once at any size, the rest while one reads."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import get_current_worker

from reflect.tui.keys import bindings
from reflect.tui.widgets.lines_found import Stretch, found_in
from reflect.tui.widgets.markdown_lines import target_of
from reflect.tui.widgets.page import Page

# A text up to this size is laid out before the next frame; it takes some 15 ms.
AT_ONCE = 24_000
# Of shorter ones nobody needs to hear how far they are.
LONG = 200_000
FIRST = 60
BATCH = 400
# After so many lines keys and the screen get their turn.
TURN = 20
REST = 0.001

# (line, what it names) of a link.
Link = tuple[int, str]


class MarkdownView(ScrollView, can_focus=True):
    """A page that scrolls, with links that tab walks and enter follows."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    MarkdownView { height: 1fr; color: $foreground; background: $background; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("page")

    class Followed(Message):
        """A link was chosen; `target` is what it names."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    class Progress(Message):
        """So much of the text is laid out, of 1; the rest follows by itself."""

        def __init__(self, share: float) -> None:
            super().__init__()
            self.share = share

    class _Laid(Message):
        """More lines were worked out."""

        def __init__(self, page: Page, lines: list[Content], links: list[Link], share: float) -> None:
            super().__init__()
            self.page = page
            self.lines = lines
            self.links = links
            self.share = share

    def __init__(self, id: str | None = None, measure: int = 76) -> None:
        super().__init__(id=id)
        self._measure = measure
        self._page = Page()
        self._lines: list[Content] = []
        self._links: list[Link] = []
        self._link = -1
        self._width = 0
        # A line to go to as soon as it is there.
        self._wanted: float | None = None
        self._is_whole = True
        self._words = ""
        self._found: list[list[Stretch]] = []
        self._at = -1

    @property
    def caret(self) -> Offset:
        """Where on this page a caret belongs: at the link one has walked to, else at the first line in view."""
        if not 0 <= self._link < len(self._links):
            return Offset(0, 0)
        number, target = self._links[self._link]
        start = next((span.start for span in self._lines[number].spans if target_of(span.style) == target), 0)
        return Offset(self._lines[number][:start].cell_length, number - self.scroll_offset.y)

    def show(self, page: Page, keeps_place: bool = False) -> None:
        """Show a page from its top, or from where one was in the one before."""
        place = self.scroll_y if keeps_place else 0
        self._page = page
        self._lay_out(place)
        if not keeps_place:
            self.scroll_home(animate=False)

    @property
    def link(self) -> str:
        """What the link one has walked to names, `""` for none."""
        return self._links[self._link][1] if 0 <= self._link < len(self._links) else ""

    def on_resize(self) -> None:
        """Wrap the text to the new width, and stay where one is in it."""
        if self._text_width != self._width:
            share = self.scroll_y / max(1, len(self._lines))
            self._lay_out(0)
            if self._is_whole:
                self.scroll_to(y=round(share * len(self._lines)), animate=False)

    @property
    def _text_width(self) -> int:
        return max(20, min(self._measure, self.scrollable_content_region.width - 1))

    def _lay_out(self, wanted: float) -> None:
        self._lines, self._links, self._link = [], [], -1
        self._found, self._at = [], -1
        self._width = self._text_width
        self._wanted = wanted or None
        self.workers.cancel_group(self, "lay-out")
        if len(self._page.text) <= AT_ONCE:
            lines = [line for line, _ in self._page.lines(self._width)]
            self._add(lines, _links_of(lines, 0), 1)
        else:
            self._add([], [], 0)
            self._lay_out_the_rest(self._page, self._width)

    @work(thread=True, exclusive=True, exit_on_error=False, group="lay-out")
    def _lay_out_the_rest(self, page: Page, width: int) -> None:
        worker = get_current_worker()
        # The first screenful comes alone, so that it is there before the rest is worked out.
        batch: list[Content] = []
        start, limit = 0, FIRST
        for line, done in page.lines(width):
            batch.append(line)
            if len(batch) >= limit:
                if worker.is_cancelled:
                    return
                self.post_message(self._Laid(page, batch, _links_of(batch, start), min(0.99, done / len(page.text))))
                start += len(batch)
                batch, limit = [], BATCH
            if len(batch) % TURN == 0:
                time.sleep(REST)
        self.post_message(self._Laid(page, batch, _links_of(batch, start), 1))

    @on(_Laid)
    def take_lines(self, event: _Laid) -> None:
        """Add lines, unless another page is shown meanwhile."""
        event.stop()
        if event.page is self._page:
            self._add(event.lines, event.links, event.share)

    def _add(self, lines: list[Content], links: list[Link], share: float) -> None:
        start = len(self._lines)
        # Who went to the end of what was there means the end of the text.
        is_at_end = start > 0 and self.scroll_y > 0 and self.scroll_y >= self.max_scroll_y
        self._lines += lines
        self._links += links
        self.virtual_size = Size(0, len(self._lines))
        self._is_whole = share >= 1
        if self._is_whole and self._words:
            self._look_for_words()
        if self._wanted is not None and (self._is_whole or self._wanted + self.size.height < len(self._lines)):
            self.scroll_to(y=self._wanted, animate=False)
            self._wanted = None
        elif is_at_end:
            self.scroll_end(animate=False)
        self.refresh()
        if self._is_whole or len(self._page.text) > LONG:
            self.post_message(self.Progress(share))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        style = self.visual_style
        if number >= len(self._lines):
            return Strip.blank(width, style.rich_style)
        line = self._lines[number]
        if 0 <= self._link < len(self._links):
            at, target = self._links[self._link]
            for span in line.spans if number in (at, at + 1) else ():
                if target_of(span.style) == target:
                    line = line.stylize("reverse", span.start, span.end)
        if self._found:
            line = self._with_words(number, line)
        return Strip(line.render_segments(style)).extend_cell_length(width, style.rich_style).crop(0, width)

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the mouse."""
        target = event.style.meta.get("record", "")
        if target:
            self.post_message(self.Followed(str(target)))

    def action_walk(self, step: int) -> None:
        """Go to the next link, and bring it into view."""
        if self._links:
            count = len(self._links)
            self._link = (self._link + step) % count if self._link >= 0 else (0 if step > 0 else count - 1)
            self._bring_into_view(self._links[self._link][0])
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_follow(self) -> None:
        """Follow the link one has walked to."""
        if self.link:
            self.post_message(self.Followed(self.link))

    def action_scroll_home(self) -> None:
        """Go to the beginning, at once."""
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        """Go to the end, at once; while the text is being laid out, along with it."""
        self.scroll_end(animate=False)

    # Finding in the page

    def find(self, words: str) -> tuple[int, int]:
        """Mark words wherever they stand, go to the first from here on; return which of how many it is, from 1."""
        self._words = words
        self._look_for_words()
        top = self.scroll_offset.y
        after = (number for number, stretches in enumerate(self._found) if stretches[0][0] >= top)
        self._at = next(after, 0) if self._found else -1
        return self._to_found()

    def find_next(self, step: int) -> tuple[int, int]:
        """Go to the next place of the words, or the one before; return which of how many it is, from 1."""
        self._at = (self._at + step) % len(self._found) if self._found else -1
        return self._to_found()

    def _look_for_words(self) -> None:
        self._found = found_in(self._lines, self._words)
        self.refresh()

    def _to_found(self) -> tuple[int, int]:
        if self._found:
            self._bring_into_view(self._found[self._at][0][0])
        return self._at + 1, len(self._found)

    def _with_words(self, number: int, line: Content) -> Content:
        for place, stretches in self._found_on(number):
            for at, start, end in stretches:
                if at == number:
                    line = line.stylize("reverse bold" if place == self._at else "reverse", start, end)
        return line

    def _found_on(self, number: int) -> Sequence[tuple[int, list[Stretch]]]:
        first = bisect_left(self._found, number, key=lambda stretches: stretches[-1][0])
        last = bisect_right(self._found, number, key=lambda stretches: stretches[0][0])
        return [(place, self._found[place]) for place in range(first, last)]

    def _bring_into_view(self, line: int) -> None:
        self.scroll_to_region(Region(0, line, 1, 1), animate=False, force=True)
        self.refresh()


def _links_of(lines: Sequence[Content], start: int) -> list[Link]:
    """Return the links on lines that begin at a number; one that goes on in the next line counts once."""
    links: list[Link] = []
    for number, line in enumerate(lines, start):
        for span in line.spans:
            target = target_of(span.style)
            if target and (number - 1, target) not in links[-1:]:
                links.append((number, target))
    return links
