"""The list of records: numbers are held, rows are asked for when they come into view."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from reflect.tui.spoken import READER, spoken
from reflect.tui.widgets.columns import Column, cells_line, fitting
from reflect.tui.widgets.groups import Groups
from reflect.tui.widgets.virtual_list import VirtualList, in_two_parts
from reflect.tui.words import plain_line

PAGE = 128
KEPT = 32 * PAGE
DAY_WIDTH = 12
# The margin, the day, the sign: what stands before a title.
BEFORE_TITLE = DAY_WIDTH + 3
MARK = "*"
# Of a note, fewer cells than this say nothing.
LEAST_NOTE = 10
MARK_START, MARK_END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One record as a list shows it; `key` names it to whoever filled the list.

    In `found_title` and `snippet` what was found stands between \\x02 and \\x03; `cells` are for columns.
    """

    rowid: int
    key: str
    day: str
    sign: str
    title: str
    note: str
    problem: str = ""
    snippet: str = ""
    found_title: str = ""
    cells: tuple[str, ...] = ()


class RecordList(VirtualList):
    """Records in any order, under headings or not. It asks with `Wanted` for the rows that it lacks."""

    chooses_on_click = False

    class MarkAsked(Message):
        """The margin of a row was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Wanted(Message):
        """Rows came into view that are not here yet."""

        def __init__(self, rowids: list[int]) -> None:
            super().__init__()
            self.rowids = rowids

    def __init__(self, id: str | None = None, row_height: int = 1) -> None:
        super().__init__(id=id)
        self.row_height = row_height
        self._rowids: Sequence[int] = ()
        self._rows: dict[int, ListRow] = {}
        self._asked: set[int] = set()
        self._groups = Groups()
        self.columns: Sequence[Column] = ()
        self.marked: Container[str] = ()

    @property
    def count(self) -> int:
        """How many records there are."""
        return len(self._rowids)

    @property
    def row(self) -> ListRow | None:
        """The row under the cursor, None where there is none or it is not here yet."""
        return self._rows.get(self._rowids[self.cursor]) if self._rowids else None

    @property
    def rowid(self) -> int | None:
        """The number of the record under the cursor."""
        return self._rowids[self.cursor] if self._rowids else None

    @property
    def lines(self) -> int:
        """How many lines there are, headings included."""
        return super().lines + len(self._groups.headings)

    def row_at(self, index: int) -> ListRow | None:
        """Return a row, None where it is not here."""
        return self._rows.get(self._rowids[index]) if 0 <= index < self.count else None

    def rowids_between(self, one: int, other: int) -> Sequence[int]:
        """Return the numbers of the records from one row to another, both included."""
        return self._rowids[min(one, other) : max(one, other) + 1]

    def show(
        self,
        rowids: Sequence[int],
        rows: Mapping[int, ListRow],
        on: int | None = None,
        headings: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Show these records; the cursor goes to `on`, or stays at its line when that is not among them.

        `headings` are words with the number of rows under each, in the order of the rows.
        """
        cursor = self.cursor
        if on is not None:
            try:
                cursor = rowids.index(on)
            except ValueError:
                cursor = self.cursor
        self._rowids = rowids
        self._rows = dict(rows)
        self._asked.clear()
        groups = Groups(headings, self.row_height)
        # A record may have come between the two questions that rows and headings answer.
        self._groups = groups if sum(number for _, number in groups.headings) == len(rowids) else Groups()
        self.covered = 1 if self._groups else 0
        self.rows_changed(cursor)

    def fill(self, rows: Mapping[int, ListRow], asked: Sequence[int]) -> None:
        """Take the rows that were asked for."""
        if len(self._rows) > KEPT:
            self._rows.clear()
        self._rows.update(rows)
        self._asked.difference_update(asked)
        self.refresh()
        if self.rowid in rows:
            self.post_message(self.Highlighted(self, self.cursor))

    def go_to(self, index: int) -> None:
        """Move the cursor to a row."""
        self.cursor = max(0, min(index, self.count - 1))

    def action_group(self, step: int) -> None:
        """Move the cursor to the first row of the next group, or of this one and those before."""
        if self._groups:
            starts = self._groups.starts
            group = self._groups.of(self.cursor)
            if step > 0 or starts[group] == self.cursor:
                group += step
            self.cursor = starts[max(0, group)] if group < len(starts) else self.count - 1

    def on_click(self, event: events.Click) -> None:
        """Mark a row by its margin; elsewhere take the cursor there."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < self.covered and self.scroll_offset.y:
            # The heading that stays visible lies over a row.
            event.prevent_default()
        elif offset is not None and (offset.x == 0 or event.ctrl):
            index, line = self.at_line(offset.y + self.scroll_offset.y)
            if index < self.count and line >= 0:
                event.prevent_default()
                self.cursor = index
                self.post_message(self.MarkAsked(index))

    def top_of(self, index: int) -> int:
        """Return the first line of a row."""
        return self._groups.top_of(index) if self._groups else super().top_of(index)

    def at_line(self, line: int) -> tuple[int, int]:
        """Return the row that a line belongs to, and which of its lines it is; -1 is the heading above it."""
        if not self._groups:
            return super().at_line(line)
        return self._groups.at_line(line) if line < self.lines else (self.count, 0)

    def line_above(self, index: int, width: int) -> Content:
        """Return the heading of the group that a row is in."""
        words, number = self._groups.headings[self._groups.of(index)]
        heading = Content.assemble((f" {words}", "bold $foreground"), (f" · {number:,}", "$text-muted"))
        return heading.truncate(width, ellipsis=True, pad=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view; in the first one the heading of what follows stays visible."""
        if y or not self._groups or not self.scroll_offset.y:
            return super().render_line(y)
        index, _ = self.at_line(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        style = self.visual_style
        return Strip(self.line_above(index, width).render_segments(style)).extend_cell_length(width, style.rich_style)

    def row_line(self, index: int, line: int, width: int) -> Content:
        """Return one line of a record: its day, sign, title and a note; below it what was found in it."""
        row = self._rows.get(self._rowids[index])
        if row is None:
            self._ask(index)
            return Content("")
        if line:
            snippet = Content(" " * (DAY_WIDTH + 4)).append(marked(row.snippet))
            return snippet.truncate(width, ellipsis=True)
        if READER.is_on:
            marked_as = ["marked"] if row.key in self.marked else []
            says = f"unreadable: {plain_line(row.problem)}" if row.problem else plain_line(row.note).plain
            after = " · ".join([*marked_as, says, row.day])
            return spoken(plain_line(row.title).plain, after).truncate(width, ellipsis=True, pad=True)
        mark = Content(MARK).stylize("bold $text-accent") if row.key in self.marked else Content(" ")
        day = Content.assemble(mark, (f"{row.day:<{DAY_WIDTH}}", "$text-muted"))
        sign = Content(f"{row.sign} ").stylize("$text-accent")
        if row.problem:
            title = Content.assemble(plain_line(row.title), "  ", (f"! unreadable: {row.problem}", "$text-error"))
            return in_two_parts(Content.assemble(day, ("! ", "$text-error"), title), Content(""), width)
        title = marked(row.found_title, "") if row.found_title else plain_line(row.title)
        columns = fitting(self.columns, width - BEFORE_TITLE)
        if columns:
            right = cells_line(columns, row.cells).stylize("$text-muted").append(" ")
        else:
            room = width - 50 if width - 50 >= LEAST_NOTE else 0
            right = plain_line(row.note, "$text-muted").truncate(room, ellipsis=bool(room)).append(" ")
        return in_two_parts(Content.assemble(day, sign, title), right, width)

    def _ask(self, index: int) -> None:
        start = index - index % PAGE
        wanted = [each for each in self._rowids[start : start + PAGE] if each not in self._rows]
        if self._rowids[index] not in self._asked:
            self._asked.update(wanted)
            self.post_message(self.Wanted(wanted))


def marked(snippet: str, rest_style: str = "$text-muted") -> Content:
    """Return a snippet with what matched in it made visible; matches stand between \\x02 and \\x03."""
    parts: list[Content] = []
    for number, part in enumerate(" ".join(snippet.split()).split(MARK_START)):
        hit, _, rest = part.partition(MARK_END) if number else ("", "", part)
        between = Content(one_blank(rest))
        parts += [
            Content(one_blank(hit)).stylize("bold $text-accent"),
            between.stylize(rest_style) if rest_style else between,
        ]
    return Content("").join(parts)


def one_blank(text: str) -> str:
    """Return a piece of a snippet cleaned, with the blanks at its ends kept."""
    return plain_line(f"x{text}x").plain[1:-1]
