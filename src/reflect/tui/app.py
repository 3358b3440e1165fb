"""The app: its places, its keys, and the work that goes on behind every screen."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import Worker

from reflect.context import Context
from reflect.paths import MARKER
from reflect.records.textforms import cleaned
from reflect.tui import places
from reflect.tui.commands import commands
from reflect.tui.ending import at_the_end
from reflect.tui.keys import KEYS, bindings, keymap, shown_key
from reflect.tui.messages import Done, ReadingOn, Refreshed
from reflect.tui.refresher import GROUP, Refresher
from reflect.tui.safety import NoControls
from reflect.tui.themes import choose, load_themes
from reflect.tui.troubles import failure_of, sentence_of

if TYPE_CHECKING:
    from reflect.tui.screens.desk_screen import DeskScreen
    from reflect.workspace import Workspace

# Classes of a screen by its size; under the second of each it says what it needs.
WIDTHS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (140, "-huge")]
HEIGHTS = [(0, "-flat"), (15, "-high")]
# A catalog that is being filled holds its readers up; saving and drafts must find a thread all the same.
THREADS = 32

# A full collection takes 40 ms, and by default there would be one each second while one types; those of young
# objects find nearly all.
COLLECTING = (2_000, 10, 100)


class ReflectApp(App[int]):
    """One journal on the screen."""

    TITLE = "reflect"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    MODES = places.MODES
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")

    def __init__(self, context: Context, root: Path) -> None:
        # Known before anything is built, so that one screen is made and styled, and not two.
        self.DEFAULT_MODE = "today" if (root / MARKER).exists() else "welcome"  # type: ignore[misc]
        super().__init__(ansi_color=bool(context.environment.get("NO_COLOR")))
        self.context = context
        self.root = root
        self.generation = 0
        self.reading: tuple[int, int] | None = None
        self.refresher = Refresher(self)
        self.settings = places.settings(context)
        # Whether the fields beside a text are put away; it stays so while the app runs.
        self.hides_panel = False
        self._undo: Callable[[], str] | None = None
        themes, theme_problems = load_themes(places.theme_folders(context))
        for theme in themes:
            self.register_theme(theme)
        self.theme, theme_problem = choose(set(self.available_themes), places.wanted_theme(context, self.settings))
        own_keys, key_problems = keymap(self.settings.keys)
        self.set_keymap(own_keys)
        told = [*self.settings.problems, *theme_problems, theme_problem, *key_problems]
        self._problems = [problem for problem in told if problem]

    @cached_property
    def workspace(self) -> Workspace:
        """The journal, opened by the first worker that needs it; raises NoVault, ReflectError."""
        from reflect.workspace import Workspace

        return Workspace.open(self.context, self.root)

    def now(self) -> dt.datetime:
        """Return the time."""
        return self.context.now()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that every line passes on its way to the terminal."""
        return [*super().get_line_filters(), NoControls()]

    def clear_selection(self) -> None:
        """Clear what is selected; a line to type in asks for it while the very first screen is being made."""
        # From Python 3.12 on, tasks of Textual begin at once, and that screen is not on the stack yet.
        if self.screen_stack:
            super().clear_selection()

    def on_mount(self) -> None:
        """Open the first place; everything that takes time begins after its first frame."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        at_the_end(self._end)
        self.app_suspend_signal.subscribe(self, lambda _: self.keep_drafts())
        self.call_after_refresh(self._after_first_frame)

    def begin(self, root: Path) -> None:
        """Go on with a journal that was made just now."""
        self.root = root
        self.switch_mode("today")
        self.refresher.begin()

    def changed(self) -> None:
        """Let every screen show anew what it shows: this one now, the others when they come to the front."""
        self.generation += 1
        for screen in self.screen_stack:
            if hasattr(screen, "reload") and screen.is_current:
                cast("DeskScreen", screen).reload()

    def tell(self, sentence: str, severity: str = "information") -> None:
        """Show a toast."""
        kind = cast('Literal["information", "warning", "error"]', severity)
        self.notify(cleaned(sentence), severity=kind, timeout=8 if severity != "information" else 5, markup=False)

    def keep_drafts(self) -> None:
        """Put what is being written among the drafts, at once."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                keep = getattr(screen, "keep_now", None)
                if keep is not None:
                    keep()

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Do what a key does before the next key is looked at, so that fast typing lands on the screen it opens."""
        if isinstance(event, events.Key) and not event.is_forwarded and self.app_focus:
            takes_text = self.focused is not None and self.focused.check_consume_key("a", "a")
            active = None if takes_text else self.screen.active_bindings.get(event.key)
            is_ours = active is not None and active.enabled and not active.binding.priority
            if active is not None and is_ours and await self.run_action(active.binding.action, active.node):
                return
        await super().on_event(event)

    def action_place(self, name: str) -> None:
        """Go to a place, or to its first screen when one is in it."""
        if not (self.root / MARKER).exists():
            return
        if self.current_mode == name:
            while len(self.screen_stack) > 1 and not self.screen.is_modal:
                self.pop_screen()
        else:
            self.switch_mode(name)

    async def action_new(self) -> None:
        """Choose what to write; the next key already goes to the choice."""
        if self.current_mode != "welcome":
            screen = self.screen
            await self.push_screen(places.new(getattr(screen, "place", ""), getattr(screen, "agenda_id", "")))

    async def action_search(self) -> None:
        """Search the whole journal; the next key is already typed into its box."""
        if self.current_mode != "welcome":
            await self.push_screen(places.search())

    def action_keys(self) -> None:
        """Show what the keys of this screen do."""
        self.push_screen(places.keys(self.screen))

    def action_undo(self) -> None:
        """Take back what was done last."""
        if self._undo is None:
            self.tell("There is nothing to undo here. The states of a record are in its history.")
        else:
            undo, self._undo = self._undo, None
            self._take_back(undo)

    def key_of(self, name: str) -> str:
        """Return a key as people read it, by its name in the settings; of several the last."""
        place, _, own = name.partition(".")
        usual = next(key.keys for key in KEYS[place] if key.name == own)
        return shown_key(self._keymap.get(name, usual).split(",")[-1])

    async def action_quit(self) -> None:
        """Leave; what is being written stays among the drafts."""
        self.keep_drafts()
        self.workers.cancel_all()
        self.exit(0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return every action that works here, for the palette."""
        yield from commands(self, screen)

    # What workers tell

    @work(thread=True, exclusive=True, exit_on_error=False, group="undo")
    def _take_back(self, undo: Callable[[], str]) -> None:
        self.post_message(Done(undo()))

    @on(ReadingOn)
    def show_reading(self, event: ReadingOn) -> None:
        """Show how far the reading has come; what is quickly done is not worth a bar."""
        self.reading = (event.done, event.total) if event.done < event.total and event.total > 1000 else None
        self._show_progress()

    @on(Refreshed)
    def take_refreshed(self, event: Refreshed) -> None:
        """Show what changed."""
        self.reading = None
        self._show_progress()
        for notice in event.notices:
            self.tell(notice)
        if event.has_changes or event.is_full:
            self.changed()

    @on(Done)
    def take_done(self, event: Done) -> None:
        """Say what was done, and that it can be undone."""
        self._undo = event.undo
        self.changed()
        self.tell(f"{event.says} {self.key_of('everywhere.undo')} undoes it." if event.undo else event.says)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say why a worker of the app failed."""
        error = failure_of(event)
        had_read = self.refresher.has_read
        if event.worker.group == GROUP:
            self.refresher.ended(event.state)
            if event.worker.is_cancelled:
                self.reading = None
                self._show_progress()
        if error is not None and event.worker.group == GROUP and not had_read:
            self.push_screen(places.cannot_open(sentence_of(error)), lambda _: self.exit(1))
        elif error is not None:
            self.tell(sentence_of(error), "error")

    def on_app_focus(self) -> None:
        """Look for what another program wrote meanwhile."""
        self.refresher.look_again()

    def on_app_blur(self) -> None:
        """Keep what is being written: the person has gone elsewhere."""
        self.keep_drafts()

    def _after_first_frame(self) -> None:
        gc.freeze()
        gc.set_threshold(*COLLECTING)
        gc.enable()
        for problem in self._problems:
            self.tell(problem, "warning")
        if self.current_mode == "today":
            self.refresher.begin()

    def _show_progress(self) -> None:
        line = getattr(self.screen, "title_line", None)
        if line is not None:
            line.progress = self.reading

    def _end(self) -> None:
        self.keep_drafts()
        self.exit(0)


def run(context: Context, root: Path | None = None) -> int:
    """Open the app on the journal in a folder, the welcome where there is none, and return the exit code."""
    # Collecting garbage while modules load costs more than it frees; it begins after the first frame.
    gc.disable()
    app = ReflectApp(context, (root or context.vault_root()).expanduser().absolute())
    result = app.run()
    return result if result is not None else app.return_code or 0
