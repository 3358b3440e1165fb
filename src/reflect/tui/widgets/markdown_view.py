"""Reading Markdown: the first lines at once at any size, the rest while one reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from reflect.tui.widgets.markdown_lines import Block, chunks, markdown_blocks, raw_blocks, target_of, wrapped

# A text up to this size is laid out before the next frame; it takes some 15 ms.
AT_ONCE = 24_000
BATCH = 2_000


@dataclass(frozen=True)
class Page:
    """What a view shows: blocks of ours above and below a text; `titles` of what its links name."""

    text: str = ""
    above: Sequence[Block] = ()
    below: Sequence[Block] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    is_raw: bool = False

    def lines(self, width: int) -> Iterator[Content]:
        """Return the lines at a width, as they are worked out."""
        yield from wrapped(self.above, width)
        for chunk in chunks(self.text):
            blocks = raw_blocks(chunk) if self.is_raw else markdown_blocks(chunk, self.titles)
            yield from wrapped(blocks, width)
        yield from wrapped(self.below, width)


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

    class _Laid(Message):
        """More lines were worked out."""

        def __init__(self, page: Page, lines: list[Content]) -> None:
            super().__init__()
            self.page = page
            self.lines = lines

    def __init__(self, id: str | None = None, measure: int = 76) -> None:
        super().__init__(id=id)
        self._measure = measure
        self._page = Page()
        self._lines: list[Content] = []
        self._links: list[tuple[int, str]] = []
        self._link = -1
        self._width = 0

    @property
    def caret(self) -> Offset:
        """Where on this page a caret belongs: at the link one has walked to, else at the first line in view."""
        if not 0 <= self._link < len(self._links):
            return Offset(0, 0)
        number, target = self._links[self._link]
        start = next((span.start for span in self._lines[number].spans if target_of(span.style) == target), 0)
        return Offset(self._lines[number][:start].cell_length, number - self.scroll_offset.y)

    def show(self, page: Page) -> None:
        """Show a page from its top."""
        self._page = page
        self._lay_out()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Wrap the text to the new width."""
        if self._text_width != self._width:
            self._lay_out()

    @property
    def _text_width(self) -> int:
        return max(20, min(self._measure, self.scrollable_content_region.width - 1))

    def _lay_out(self) -> None:
        self._lines, self._links, self._link = [], [], -1
        self._width = self._text_width
        self.workers.cancel_group(self, "lay-out")
        if len(self._page.text) <= AT_ONCE:
            self._add(list(self._page.lines(self._width)))
        else:
            self._add([])
            self._lay_out_the_rest(self._page, self._width)

    @work(thread=True, exclusive=True, exit_on_error=False, group="lay-out")
    def _lay_out_the_rest(self, page: Page, width: int) -> None:
        worker = get_current_worker()
        # The first screenful comes alone, so that it is there before the rest is worked out.
        batch: list[Content] = []
        limit = 60
        for line in page.lines(width):
            batch.append(line)
            if len(batch) >= limit:
                if worker.is_cancelled:
                    return
                self.post_message(self._Laid(page, batch))
                batch, limit = [], BATCH
        self.post_message(self._Laid(page, batch))

    @on(_Laid)
    def take_lines(self, event: _Laid) -> None:
        """Add lines, unless another page is shown meanwhile."""
        event.stop()
        if event.page is self._page:
            self._add(event.lines)

    def _add(self, lines: list[Content]) -> None:
        start = len(self._lines)
        self._lines += lines
        for number, line in enumerate(lines, start):
            for span in line.spans:
                target = target_of(span.style)
                if target and (number - 1, target) not in self._links[-1:]:
                    self._links.append((number, target))
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

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
            line = self._links[self._link][0]
            self.scroll_to_region(Region(0, line, 1, 1), animate=False, force=True)
            self.refresh()
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_follow(self) -> None:
        """Follow the link one has walked to."""
        if 0 <= self._link < len(self._links):
            self.post_message(self.Followed(self._links[self._link][1]))
