"""Today: a question to start from, what is due, what was left open, and the last twelve weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.calendar_strip import CalendarStrip, days_of
from reflect.tui.widgets.item_list import SPACE, Item, ItemList, heading, remark
from reflect.tui.words import counted, near_day, plain, plain_line

if TYPE_CHECKING:
    # The first frame waits for none of these.
    from reflect.insights.today import Due, Today
    from reflect.records.lenses import Prompt
    from reflect.store.catalog import Row
    from reflect.store.drafts import Draft

LONGEST = 12


@dataclass(frozen=True)
class Board:
    """What Today shows; `last_used` is the day of the newest record of the prompt's lens, by lens."""

    today: Today
    last_used: dict[str, str]
    labels: dict[str, str]
    total: int
    kinds: dict[str, int]


class TodayScreen(DeskScreen):
    """The place that the app opens on."""

    CSS_PATH = "today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("today")
    place = "today"

    class Loaded(Message):
        """The board is here."""

        def __init__(self, board: Board) -> None:
            super().__init__()
            self.board = board

    def __init__(self) -> None:
        super().__init__()
        self._prompts: list[Prompt] = []
        self._prompt = 0
        self._last_used: dict[str, str] = {}

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        page = Vertical(
            Static("", id="prompt", markup=False),
            Static("", id="lens", markup=False),
            ItemList(id="waiting"),
            CalendarStrip(id="calendar"),
            id="page",
        )
        yield Horizontal(page, id="middle")

    def arrive(self) -> None:
        """Say where one is."""
        self.title_line.where = Content("Today")
        self.query_one(ItemList).focus()

    def load(self) -> None:
        """Fetch the board."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace = self.workspace
        today = workspace.today()
        since = dt.date.fromisoformat(today.day) - dt.timedelta(weeks=12)
        recent = workspace.filters(since=since.isoformat())
        kinds: dict[str, int] = {}
        rows = workspace.catalog.rows(recent, limit=2000)
        for row in rows:
            kinds[row.kind] = kinds.get(row.kind, 0) + 1
        labels = {kind.name: kind.shown_label(workspace.lang) for kind in workspace.kinds.all()}
        last_used = workspace.catalog.last_days_of_lenses()
        self.post_message(self.Loaded(Board(today, last_used, labels, workspace.catalog.count(), kinds)))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the board."""
        board, day = event.board, self.desk.now().date()
        self._prompts, self._last_used = list(board.today.prompts), board.last_used
        self._prompt = min(self._prompt, max(0, len(self._prompts) - 1))
        self._show_prompt()
        self.query_one(ItemList).show(_items(board, day, self.desk.refresher.has_read))
        strip = self.query_one(CalendarStrip)
        strip.days = days_of(board.today.counts, day)
        strip.words = _words(board)
        strip.display = bool(board.total)

    def action_another(self) -> None:
        """Show the next prompt."""
        if self._prompts:
            self._prompt = (self._prompt + 1) % len(self._prompts)
            self._show_prompt()

    async def action_write(self) -> None:
        """Write a reflection that starts from the prompt, with its lens."""
        from reflect.records.compose import Content as Beginning

        beginning = Beginning()
        if self._prompts:
            prompt = self._prompts[self._prompt]
            beginning = Beginning(lenses=(prompt.lens.slug,), fields={"prompt": prompt.text})
        await self.app.push_screen(places.writing("reflection", beginning))

    def action_discard(self) -> None:
        """Ask whether the draft under the cursor may go."""
        waiting = self.query_one(ItemList)
        what, *rest = waiting.key or ("",)
        if what == "draft":
            self.app.push_screen(places.discard_draft(rest[1]), lambda answer: self._discard(rest[0], answer))

    def _discard(self, draft_id: str, answer: str | None) -> None:
        if answer == "x":
            self._remove_draft(draft_id)

    @work(thread=True, exclusive=True, exit_on_error=False, group="discard")
    def _remove_draft(self, draft_id: str) -> None:
        self.workspace.drafts.discard(draft_id)
        self.app.call_from_thread(self.load)

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Open what was chosen."""
        what, *rest = self.query_one(ItemList).key_at(event.index)
        if what == "open":
            self.app.push_screen(places.reader(rest[0]))
        elif what == "draft":
            self.app.push_screen(places.writing(draft_id=rest[0]))
        elif what == "new":
            self.app.push_screen(places.writing(rest[0]))
        elif what == "press":
            self.app.simulate_key(rest[0])

    @on(ItemList.Highlighted)
    def forget(self, event: ItemList.Highlighted) -> None:
        """Do nothing: what is under the cursor is not shown elsewhere."""
        event.stop()

    def _show_prompt(self) -> None:
        if not self._prompts:
            return
        prompt = self._prompts[self._prompt]
        self.query_one("#prompt", Static).update(plain(prompt.text))
        used = self._last_used.get(prompt.lens.slug, "")
        says = f"{prompt.lens.title} · {_since(used, self.desk.now().date())}"
        self.query_one("#lens", Static).update(plain_line(says.lower()))


def _items(board: Board, day: dt.date, is_read: bool) -> list[Item]:
    today = board.today
    if not board.total and not today.drafts:
        return _first_steps() if is_read else [SPACE, remark("Reading your journal …")]
    items: list[Item] = []
    for title, found in (
        ("Due", [_due(each, board, day) for each in today.due[:LONGEST]]),
        ("Left open", [_draft(each, board) for each in today.drafts[:LONGEST]]),
        ("On this day", [_earlier(each, board, day) for each in today.on_this_day]),
    ):
        if found:
            items += [*([SPACE] if items else []), heading(title), *found]
    if len(today.due) > LONGEST:
        items.append(remark(f"and {len(today.due) - LONGEST} more that wait, with the records they belong to"))
    return items or [remark("Nothing waits for you today.")]


def _due(due: Due, board: Board, day: dt.date) -> Item:
    when = near_day(due.day, day)
    is_coming = not due.loop
    sign = Content("● ").stylize("$text-accent") if not is_coming else Content("○ ").stylize("$text-accent")
    left = Content.assemble("   ", sign, f"{when:<14}", plain_line(due.row.title))
    says = f"{due.say.lower()} ({_label(due.row, board)})" if is_coming else due.say
    return Item(left, plain_line(says, "$text-muted"), ("open", due.row.path, due.loop))


def _draft(draft: Draft, board: Board) -> Item:
    words = counted(len(draft.text.split("---", 2)[-1].split()), "word")
    label = board.labels.get(draft.kind, draft.kind).lower()
    left = Content.assemble(("   ✎ ", "$text-accent"), plain_line(draft.title))
    return Item(
        left, plain_line(f"draft of a {label}, {words} · x discards", "$text-muted"), ("draft", draft.id, draft.title)
    )


def _earlier(row: Row, board: Board, day: dt.date) -> Item:
    years = day.year - int(row.day[:4]) if row.day[:4].isdigit() else 0
    ago = "a year ago" if years == 1 else f"{years} years ago"
    left = Content.assemble("     ", f"{ago:<14}", plain_line(row.title))
    return Item(left, plain_line(_label(row, board), "$text-muted"), ("open", row.path, "earlier"))


def _first_steps() -> list[Item]:
    steps = (
        ("w", "Write about one moment of today", "from the question above"),
        ("n", "Begin a learning agenda, or prepare a call-in", "n lists what there is"),
        ("question_mark", "See what the keys do", "? works on every screen"),
    )
    shown = {"question_mark": "?"}
    lines = [
        Item(
            Content.assemble((f"   {shown.get(key, key)}  ", "$text-accent"), says),
            plain_line(why, "$text-muted"),
            ("press", key),
        )
        for key, says, why in steps
    ]
    return [heading("Three things to try first"), *lines]


def _words(board: Board) -> str:
    most = sorted(board.kinds.items(), key=lambda each: -each[1])[:3]
    parts = [counted(number, board.labels.get(kind, kind).lower()) for kind, number in most]
    return " · ".join(["twelve weeks", ", ".join(parts) or "nothing written yet"])


def _label(row: Row, board: Board) -> str:
    return board.labels.get(row.kind, row.kind).lower()


def _since(used: str, today: dt.date) -> str:
    try:
        days = (today - dt.date.fromisoformat(used)).days
    except ValueError:
        return "not reflected on yet"
    if days < 14:
        return "last reflected on " + ("today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago")
    return f"last reflected on {days // 7} weeks ago"
