"""A list that draws only the lines in view, so that a hundred thousand rows cost what forty do."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from reflect.tui.keys import bindings
from reflect.tui.spoken import READER

BAR = "▎"


class VirtualList(ScrollView, can_focus=True):
    """Rows with a cursor; subclasses say how many there are, how each looks, and which can be chosen."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--cursor", "list--blurred"}
    DEFAULT_CSS = """
    VirtualList {
        height: 1fr;
        color: $foreground;
        background: $background;
        scrollbar-size-vertical: 1;
        & .list--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & .list--blurred {
            color: $block-cursor-blurred-foreground;
            background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    row_height = 1
    # A menu is chosen from with one click; a list whose rows are looked at first with two.
    chooses_on_click = True
    # So many lines at the top of the view may be drawn over.
    covered = 0

    cursor: reactive[int] = reactive(0, repaint=False)

    class Highlighted(Message):
        """The cursor stands on another row."""

        def __init__(self, sender: VirtualList, index: int) -> None:
            super().__init__()
            self.list = sender
            self.index = index

        @property
        def control(self) -> VirtualList:
            """The list."""
            return self.list

    class Chosen(Highlighted):
        """A row was chosen, with enter or the mouse."""

    class LeftAtTop(Message):
        """The cursor was moved up from the first row."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def caret(self) -> Offset:
        """Where on this list a caret belongs: at the first letter of the row under the cursor."""
        return Offset(0, self.top_of(self.cursor) - self.scroll_offset.y)

    def is_choosable(self, index: int) -> bool:
        """Say whether the cursor may stand on a row."""
        return True

    def row_line(self, index: int, line: int, width: int) -> Content:
        """Return one line of a row, at most this wide."""
        raise NotImplementedError

    @property
    def lines(self) -> int:
        """How many lines all rows take, with what stands between them."""
        return self.count * self.row_height

    def top_of(self, index: int) -> int:
        """Return the first line of a row."""
        return index * self.row_height

    def at_line(self, line: int) -> tuple[int, int]:
        """Return the row that a line belongs to, and which of its lines it is; below 0 it stands above the row."""
        return divmod(line, self.row_height)

    def line_above(self, index: int, width: int) -> Content:
        """Return what stands above a row, where `at_line` says that something does."""
        return Content("")

    def rows_changed(self, cursor: int) -> None:
        """Draw anew after the rows changed, with the cursor on this one or the nearest that can be chosen."""
        self.virtual_size = Size(0, self.lines)
        place = self._nearest(max(0, min(cursor, self.count - 1)), 1)
        if place is None:
            place = self._nearest(max(0, self.count - 1), -1)
        self.set_reactive(VirtualList.cursor, place or 0)
        self.refresh()
        self.call_after_refresh(self._show_cursor)
        if place is not None:
            self.post_message(self.Highlighted(self, place))

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two rows and keep the cursor in view."""
        for index in (before, now):
            self.refresh_lines(self.top_of(index) - self.scroll_offset.y, self.row_height)
        self._show_cursor()
        self.post_message(self.Highlighted(self, now))

    def on_focus(self) -> None:
        """Show that keys go here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take the cursor to the row under the mouse, and choose it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index, line = self.at_line(offset.y + self.scroll_offset.y)
        if index < self.count and line >= 0 and self.is_choosable(index):
            was_there = index == self.cursor
            self.cursor = index
            if self.chooses_on_click or event.chain == 2 or (was_there and event.chain == 1):
                self.post_message(self.Chosen(self, index))

    def action_move(self, step: int) -> None:
        """Move the cursor to the next row that can be chosen."""
        there = self._nearest(self.cursor + step, step)
        if there is not None:
            self.cursor = there
        elif step < 0:
            self.scroll_home(animate=False)
            self.post_message(self.LeftAtTop())
        else:
            self.scroll_end(animate=False)

    def action_page(self, step: int) -> None:
        """Move the cursor by as many rows as are in view."""
        rows = max(1, self.size.height // self.row_height - 1)
        there = max(0, min(self.count - 1, self.cursor + step * rows))
        found = self._nearest(there, step)
        if found is None:
            found = self._nearest(there, -step)
        self.cursor = self.cursor if found is None else found

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        found = self._nearest(0, 1)
        self.cursor = self.cursor if found is None else found

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        found = self._nearest(self.count - 1, -1)
        self.cursor = self.cursor if found is None else found

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.count and self.is_choosable(self.cursor):
            self.post_message(self.Chosen(self, self.cursor))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        index, line = self.at_line(y + self.scroll_offset.y)
        width = self.scrollable_content_region.width
        if index >= self.count:
            return Strip.blank(width, self.rich_style)
        style = self.visual_style
        if line >= 0 and index == self.cursor and self.is_choosable(index):
            style = style + self._cursor_style()
        content = self.row_line(index, line, width) if line >= 0 else self.line_above(index, width)
        if line >= 0 and index == self.cursor and self.has_focus and self.is_choosable(index) and not style.reverse:
            content = _with_bar(content)
        return Strip(content.render_segments(style)).extend_cell_length(width, style.rich_style).crop(0, width)

    def _cursor_style(self) -> Style:
        name = "list--cursor" if self.has_focus else "list--blurred"
        # Textual's visual style leaves this one out, and without colors it is all there is.
        is_reverse = bool(self.get_component_styles(name).text_style.reverse)
        return self.get_visual_style(name) + Style(reverse=is_reverse or None)

    def _nearest(self, start: int, step: int) -> int | None:
        index = start
        while 0 <= index < self.count:
            if self.is_choosable(index):
                return index
            index += 1 if step > 0 else -1
        return None

    def _show_cursor(self) -> None:
        if self.count:
            top, height = self.top_of(self.cursor), self.row_height
            above = min(top, self.covered)
            region = Region(0, top - above, 1, height + above)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)


def _with_bar(content: Content) -> Content:
    """Return a line with a bar in its first cell where that is empty, so that not only a color says where one is."""
    if READER.is_on or not content.plain.startswith(" "):
        return content
    return Content(BAR).stylize("$text-accent").append(content[1:])


def in_two_parts(left: Content, right: Content, width: int) -> Content:
    """Return a line with one part at its left and one at its right; the left one is cut if it must."""
    gap = 2 if right.cell_length else 0
    room = max(0, width - right.cell_length - gap)
    if room < 12 and gap:
        return left.truncate(width, ellipsis=True, pad=True)
    return Content.assemble(left.truncate(room, ellipsis=True, pad=True), " " * gap, right)
