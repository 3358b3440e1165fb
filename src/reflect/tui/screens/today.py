"""Today: a question to start from, what is due, what was left open, and the last twelve weeks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui import places
from reflect.tui.board import (
    CONFLICT,
    DRAFT,
    DUE,
    EARLIER,
    ONLY,
    PEER,
    PRESS,
    Board,
    board_items,
    board_of,
    break_in_words,
    since_in_words,
    weeks_in_words,
)
from reflect.tui.keys import KEYS, bindings, shown_key
from reflect.tui.messages import Done
from reflect.tui.screens.loop_screen import LoopScreen
from reflect.tui.widgets.calendar_strip import CalendarStrip, first_day
from reflect.tui.widgets.foot_line import KEY, Hint
from reflect.tui.widgets.item_list import ItemList
from reflect.tui.words import long_day, plain, plain_line

if TYPE_CHECKING:
    from reflect.records.lenses import Prompt

# The page is never wider than this, and has so much room at its sides.
WIDEST, MARGINS = 112, 8
# What can be done with a line, by what it is; the keys of the others are not shown there.
ONLY_ON = {"discard": (DRAFT,), "edit": (DUE, EARLIER), "read": (DUE, EARLIER, PEER), "put_aside": (DUE, ONLY)}


class TodayScreen(LoopScreen):
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
        self._board: Board | None = None
        self._prompt = 0

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
        self.post_message(self.Loaded(board_of(self.workspace)))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the board."""
        board, day = event.board, self.desk.now().date()
        self._board = board
        self._prompt = min(self._prompt, max(0, len(board.today.prompts) - 1))
        self._show_prompt()
        self.query_one(ItemList).show(board_items(board, day, self.desk.refresher.has_read))
        strip = self.query_one(CalendarStrip)
        strip.show(board.today.counts, first_day(day), day, weeks_in_words(board))
        strip.display = bool(board.total) and board.today.pause is None
        if board.today.week:
            note = f"{long_day(day)} · {board.today.week}"
            self.title_line.note = plain_line(note)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with the line under the cursor."""
        if action in ONLY_ON and self.is_mounted:
            return self._key()[0] in ONLY_ON[action]
        return super().check_action(action, parameters)

    def action_another(self) -> None:
        """Show the next prompt; after *not today*, the one that was there."""
        board = self._board
        if board is None or not board.today.prompts:
            return
        if board.is_set_aside:
            self._set_aside(False)
        else:
            self._prompt = (self._prompt + 1) % len(board.today.prompts)
            self._show_prompt()

    def action_not_today(self) -> None:
        """Put the prompt away until tomorrow."""
        if self._board is not None and not self._board.is_set_aside:
            self._set_aside(True)

    @work(thread=True, exclusive=True, exit_on_error=False, group="set-aside")
    def _set_aside(self, is_set_aside: bool) -> None:
        workspace = self.workspace
        workspace.set_prompt_aside(is_set_aside)
        self.post_message(self.Loaded(board_of(workspace)))

    async def action_write(self) -> None:
        """Write a reflection that starts from the prompt, with its lens; without one when it was set aside."""
        from reflect.records.compose import Content as Beginning

        prompt = self._shown_prompt()
        beginning = Beginning()
        if prompt is not None:
            beginning = Beginning(lenses=(prompt.lens.slug,), fields={"prompt": prompt.text})
        await self.app.push_screen(places.writing("reflection", beginning))

    async def action_edit(self) -> None:
        """Write on the record under the cursor."""
        await self.app.push_screen(places.writing(path=self._key()[1]))

    def action_discard(self) -> None:
        """Ask whether the draft under the cursor may go."""
        _, draft_id, title, _ = self._key()
        self.app.push_screen(places.discard_draft(title), lambda answer: self._discard(draft_id, answer))

    def _discard(self, draft_id: str, answer: str | None) -> None:
        if answer == "x":
            self._remove_draft(draft_id)

    @work(thread=True, exclusive=True, exit_on_error=False, group="discard")
    def _remove_draft(self, draft_id: str) -> None:
        workspace = self.workspace
        draft = workspace.drafts.get(draft_id)
        workspace.drafts.discard(draft_id)

        def bring_back() -> str:
            workspace.drafts.keep(draft)
            return "The draft is back."

        self.post_message(Done("The draft is discarded.", bring_back))

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Open what was chosen."""
        what, *rest = self.query_one(ItemList).key_of_line(event.index)
        if what == DUE and rest[1]:
            self._find_doing(rest[0], rest[1])
        elif what in (DUE, EARLIER, PEER):
            self.app.push_screen(places.reader(rest[0]))
        elif what == CONFLICT:
            self.app.push_screen(places.two_versions(rest[0]))
        elif what == DRAFT and rest[2]:
            self._open_shared_draft(rest[0])
        elif what == DRAFT:
            self.app.push_screen(places.writing(draft_id=rest[0]))
        elif what == PRESS:
            self.app.simulate_key(rest[0])
        elif what == ONLY:
            self.desk.action_keep_copy()

    @work(thread=True, exclusive=True, exit_on_error=False, group="draft")
    def _open_shared_draft(self, draft_id: str) -> None:
        """Go on with what is meant for a community, where it was left; a copy is only looked through."""
        workspace = self.workspace
        draft = workspace.drafts.get(draft_id)
        origin = workspace.settling.origin(draft)
        if origin is not None:
            screen = places.copy(self.desk, draft, origin)
        elif draft.kind == "response" and not draft.path:
            screen = places.responding(draft_id=draft_id)
        else:
            screen = places.writing(draft_id=draft_id)
        self.app.call_from_thread(self.app.push_screen, screen)

    @work(thread=True, exclusive=True, exit_on_error=False, group="doing")
    def _find_doing(self, path: str, name: str) -> None:
        from reflect.tui.doing import doing_of

        loop = self.workspace.open_loop(path, name)
        self.post_message(self.Found(doing_of(self.workspace, loop), loop.row.agenda))

    def action_read(self) -> None:
        """Read the record under the cursor."""
        self.app.push_screen(places.reader(self._key()[1]))

    def action_put_aside(self) -> None:
        """Ask whether what is due is put off, or rests; that there is no copy is said again in a month."""
        if self._key()[0] == ONLY:
            self._put_off_copy()
            return
        _, path, name = self._key()
        if name:
            self._find_loop(path, name)
        else:
            self.tell("That day is still to come. Its record says when; e changes it.")

    @work(thread=True, exclusive=True, exit_on_error=False, group="put-off")
    def _put_off_copy(self) -> None:
        only_here = self.workspace.only_here
        only_here.put_off()

        def say_again() -> str:
            only_here.put_off(False)
            return "It is said again."

        self.post_message(Done("You hear of it again in a month.", say_again))

    @work(thread=True, exclusive=True, exit_on_error=False, group="find-loop")
    def _find_loop(self, path: str, name: str) -> None:
        self.app.call_from_thread(self.ask_to_put_aside, self.workspace.open_loop(path, name))

    @on(CalendarStrip.Chosen)
    async def show_day(self, event: CalendarStrip.Chosen) -> None:
        """Show what was written on a day."""
        day = event.day.isoformat()
        await self.app.push_screen(places.search(f"since:{day} until:{day} "))

    @on(ItemList.Highlighted)
    def offer_keys(self, event: ItemList.Highlighted) -> None:
        """Offer what can be done with the line under the cursor."""
        event.stop()
        self.refresh_bindings()

    def _key(self) -> tuple[str, ...]:
        return self.query_one(ItemList).key or ("",)

    def _shown_prompt(self) -> Prompt | None:
        board = self._board
        if board is None or board.is_set_aside or not board.today.prompts:
            return None
        return board.today.prompts[self._prompt]

    def _show_prompt(self) -> None:
        if self._board is None:
            return
        prompt = self._shown_prompt()
        says, lens = "", ""
        hints = [self._hint("write"), self._hint("another"), self._hint("not-today")]
        if prompt is not None:
            used = self._board.last_used.get(prompt.lens.slug, "")
            says = prompt.text
            lens = f"{prompt.lens.title} · {since_in_words(used, self.desk.now().date())}".lower()
        elif self._board.today.pause is not None:
            lens, hints = break_in_words(self._board.today.pause), hints[:1]
        elif self._board.is_set_aside:
            lens, hints = f"No prompt today. {self.desk.key_of('today.another')} brings it back.", hints[:1]
        self.query_one("#prompt", Static).update(plain(says))
        self.query_one("#prompt").display = bool(says)
        self.query_one("#lens", Static).update(self._beside(plain_line(lens), Content("  ").join(hints)))

    def on_click(self, event: events.Click) -> None:
        """Press the key that stands beside the prompt."""
        key = event.style.meta.get(KEY)
        if key:
            self.app.simulate_key(str(key))

    def resized(self) -> None:
        """Put the keys of the prompt where there is room."""
        self._show_prompt()

    def _hint(self, name: str) -> Content:
        says = next(key.says for key in KEYS["today"] if key.name == name)
        key = self.desk.keys_of(f"today.{name}")[0]
        return Hint(key, shown_key(key), says).content()

    def _beside(self, lens: Content, hints: Content) -> Content:
        """Return the line below the prompt with its keys at the right, or below where that is too narrow."""
        width = min(self.app.size.width, WIDEST) - MARGINS
        gap = width - lens.cell_length - hints.cell_length
        return Content.assemble(lens, " " * gap if gap > 2 else "\n", hints)
