"""Columns at the right of a list: how wide each is, how many there is room for, and their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.widget import Widget

from reflect.tui.words import plain_line

GAP = 2
# A title is what one looks for; columns have to leave it this much.
TITLE_WIDTH = 28
NONE: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Column:
    """What stands over a column, and how many cells wide it is."""

    label: str
    width: int


def fitting(columns: Sequence[Column], room: int) -> Sequence[Column]:
    """Return the columns that there is room for; those at the right go first."""
    shown = list(columns)
    while shown and sum(each.width + GAP for each in shown) > room - TITLE_WIDTH:
        shown.pop()
    return shown


def cells_line(columns: Sequence[Column], cells: Sequence[str]) -> Content:
    """Return the texts of these columns side by side."""
    padded = [
        plain_line(cell).truncate(column.width, ellipsis=True, pad=True)
        for column, cell in zip(columns, cells, strict=False)
    ]
    return Content(" " * GAP).join(padded)


class ColumnHeads(Widget):
    """The line over a list that names its columns."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ColumnHeads { height: 1; color: $text-muted; background: $background; text-style: italic; }
    """
    columns: reactive[Sequence[Column]] = reactive(NONE)

    def __init__(self, beside: ScrollView, before: int, id: str | None = None) -> None:
        super().__init__(id=id)
        self._list = beside
        self._before = before
        self.display = False

    def watch_columns(self) -> None:
        """Take room only where there are columns."""
        self.display = bool(self.columns)

    def render(self) -> Content:
        """Return the heads, each over its column."""
        width = self._list.scrollable_content_region.width or self.size.width
        shown = fitting(self.columns, width - self._before)
        heads = cells_line(shown, [column.label for column in shown]).append(" ")
        left = Content(" " * self._before + "Title")
        return Content.assemble(left.truncate(max(0, width - heads.cell_length), pad=True), heads)
