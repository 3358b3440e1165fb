"""The list of records: numbers are held, rows are asked for when they come into view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message

from reflect.tui.spoken import READER, spoken
from reflect.tui.widgets.virtual_list import VirtualList, in_two_parts
from reflect.tui.words import plain_line

PAGE = 128
KEPT = 32 * PAGE
DAY_WIDTH = 12
MARK_START, MARK_END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One record as a list shows it; `key` names it to whoever filled the list."""

    rowid: int
    key: str
    day: str
    sign: str
    title: str
    note: str
    problem: str = ""
    snippet: str = ""


class RecordList(VirtualList):
    """Records, newest first. It asks with `Wanted` for the rows that it lacks."""

    chooses_on_click = False

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

    def show(self, rowids: Sequence[int], rows: Mapping[int, ListRow], on: int | None = None) -> None:
        """Show these records; the cursor goes to `on`, or stays at its line when that is not among them."""
        cursor = self.cursor
        if on is not None:
            cursor = next((index for index, rowid in enumerate(rowids) if rowid == on), cursor)
        self._rowids = rowids
        self._rows = dict(rows)
        self._asked.clear()
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
            says = f"unreadable: {plain_line(row.problem)}" if row.problem else plain_line(row.note).plain
            return spoken(plain_line(row.title).plain, f"{says} · {row.day}").truncate(width, ellipsis=True, pad=True)
        day = Content(f" {row.day:<{DAY_WIDTH}}").stylize("$text-muted")
        sign = Content(f"{row.sign} ").stylize("$text-accent")
        if row.problem:
            title = Content.assemble(plain_line(row.title), "  ", (f"! unreadable: {row.problem}", "$text-error"))
            return in_two_parts(Content.assemble(day, ("! ", "$text-error"), title), Content(""), width)
        note = plain_line(row.note, "$text-muted").truncate(max(0, width - 50), ellipsis=True).append(" ")
        return in_two_parts(Content.assemble(day, sign, plain_line(row.title)), note, width)

    def _ask(self, index: int) -> None:
        start = index - index % PAGE
        wanted = [each for each in self._rowids[start : start + PAGE] if each not in self._rows]
        if self._rowids[index] not in self._asked:
            self._asked.update(wanted)
            self.post_message(self.Wanted(wanted))


def marked(snippet: str) -> Content:
    """Return a snippet with what matched in it made visible; matches stand between \\x02 and \\x03."""
    parts: list[Content] = []
    for number, part in enumerate(" ".join(snippet.split()).split(MARK_START)):
        hit, _, rest = part.partition(MARK_END) if number else ("", "", part)
        parts += [Content(one_blank(hit)).stylize("bold $text-accent"), Content(one_blank(rest)).stylize("$text-muted")]
    return Content("").join(parts)


def one_blank(text: str) -> str:
    """Return a piece of a snippet cleaned, with the blanks at its ends kept."""
    return plain_line(f"x{text}x").plain[1:-1]
