"""The app: its places, its keys, and the work that goes on behind every screen."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.screen import Screen

from reflect.context import Context
from reflect.paths import MARKER
from reflect.records.textforms import cleaned
from reflect.tui import places
from reflect.tui.caret import caret_of
from reflect.tui.commands import KindCommands, commands
from reflect.tui.ending import at_the_end
from reflect.tui.keys import KEYS, bindings, keymap, shown_key
from reflect.tui.looks import Looks
from reflect.tui.meeting import MODE, Meeting
from reflect.tui.messages import Done, Lightness
from reflect.tui.safety import NoControls
from reflect.tui.spoken import READER, NoDrawing
from reflect.tui.terminal import Terminal, by_environment
from reflect.tui.working_app import WorkingApp

if TYPE_CHECKING:
    from reflect.tui.screens.desk_screen import DeskScreen
    from reflect.workspace import Workspace

# Classes of a screen by its height; under the second it says what it needs.
HEIGHTS = [(0, "-flat"), (15, "-high")]
# A catalog that is being filled holds its readers up; saving and drafts must find a thread all the same.
THREADS = 32
# So many sentences of toasts can be read again.
MOST_TOLD = 20

# A full collection takes 40 ms, and by default there would be one each second while one types; those of young
# objects find nearly all.
COLLECTING = (2_000, 10, 100)


class ReflectApp(WorkingApp):
    """One journal on the screen."""

    TITLE = "reflect"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    VERTICAL_BREAKPOINTS = HEIGHTS
    COMMANDS = App.COMMANDS | {KindCommands}
    MODES = places.MODES
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")

    def __init__(
        self, context: Context, root: Path, terminal: Terminal | None = None, in_meeting: bool = False
    ) -> None:
        # Known before anything is built, so that one screen is made and styled, and not two.
        first = MODE if in_meeting else "today"
        self.DEFAULT_MODE = first if (root / MARKER).exists() else "welcome"  # type: ignore[misc]
        self.meeting = Meeting(is_on=self.DEFAULT_MODE == MODE)
        super().__init__(ansi_color=True if "NO_COLOR" in context.environment else None)
        self.context = context
        self.root = root
        self.generation = 0
        self.has_drawn = False
        self.settings = places.settings(context)
        # Whether the fields beside a text are put away; it stays so while the app runs.
        self.hides_panel = False
        self._told: deque[str] = deque(maxlen=MOST_TOLD)
        self.terminal = terminal or Terminal(by_environment(context.environment))
        READER.is_on = context.environment.get("REFLECT_READER", "") == "1" or self.settings.reader == "yes"
        self.looks = Looks(self, self.terminal.is_dark)
        theme_problems = self.looks.begin()
        self.looks.show_movement()
        self.looks.show_panes()
        own_keys, key_problems = keymap(self.settings.keys)
        self.set_keymap(own_keys)
        told = [*self.settings.problems, *theme_problems, *key_problems]
        self._problems = [problem for problem in told if problem]

    @cached_property
    def workspace(self) -> Workspace:
        """The journal, opened by the first worker that needs it; raises NoVault, ReflectError."""
        from reflect.workspace import Workspace

        return Workspace.open(self.context, self.root)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor is put after every change; what has a caret says where."""
        caret = caret_of(self.focused) if self.screen_stack else None
        return self._typing_at if caret is None else caret

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._typing_at = place

    def now(self) -> dt.datetime:
        """Return the time."""
        return self.context.now()

    def get_driver_class(self) -> type[Driver]:
        """Return what drives the terminal: ours in place of Textual's own for terminals."""
        driver = super().get_driver_class()
        if driver.__name__ != "LinuxDriver":
            return driver
        from reflect.tui.driver import TerminalDriver

        return TerminalDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that every line passes on its way to the terminal."""
        return [*super().get_line_filters(), NoControls(), *([NoDrawing()] if READER.is_on else [])]

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
        self.app_resume_signal.subscribe(self, lambda _: self.screen.refresh(layout=True))
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

    def tell(self, sentence: str, severity: str = "information", is_shared: bool = False) -> None:
        """Show a toast; in the meeting view only what names nothing private, the rest after it."""
        if self.meeting.is_on and not is_shared:
            self.meeting.hold(sentence, severity)
            return
        kind = cast('Literal["information", "warning", "error"]', severity)
        self._told.appendleft(sentence)
        self.notify(cleaned(sentence), severity=kind, timeout=8 if severity != "information" else 5, markup=False)

    def keep_drafts(self) -> None:
        """Put what is being written among the drafts, at once."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                keep = getattr(screen, "keep_now", None)
                if keep is not None:
                    keep()

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that show through the one in front: none where its ground is opaque.

        Textual takes the next one for visible all the same, lays it out and draws the whole screen again whenever
        something in it changes; opening a record then took twice as long.
        """
        is_opaque = self.screen_stack and self.screen.styles.background.a == 1
        return [] if is_opaque else super()._background_screens

    def push_screen(self, screen: Any, *args: Any, **options: Any) -> Any:
        """Show a screen; in the meeting view a private one waits where it belongs."""
        is_shown = isinstance(screen, CommandPalette) or getattr(screen, "for_meetings", False)
        if self.meeting.is_on and not is_shown:
            options["mode"] = self.meeting.mode_before
        return super().push_screen(screen, *args, **options)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow in the meeting view only what shows nothing private."""
        return self.meeting.allows(action) and super().check_action(action, parameters)

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
            place, agenda_id, community = (getattr(screen, name, "") for name in ("place", "agenda_id", "community"))
            if self.meeting.is_on and not community:
                self.tell("In this view one writes for a community only, and there is none here.", is_shared=True)
                return
            await self.push_screen(places.new(place, agenda_id, community, self.meeting.is_on))

    async def action_search(self) -> None:
        """Search the whole journal; the next key is already typed into its box."""
        if self.current_mode != "welcome":
            await self.push_screen(places.search())

    def action_meeting(self) -> None:
        """Show only what communities hold, until that is left."""
        self.meeting.begin(self)

    def action_ask_to_leave_meeting(self) -> None:
        """Ask before what is private is shown again."""
        self.meeting.ask_to_leave(self)

    def action_keys(self) -> None:
        """Show what the keys of this screen do."""
        self.push_screen(places.keys(self.screen))

    def action_command_palette(self) -> None:
        """Open the palette; its line does not blink either."""
        super().action_command_palette()
        self.call_after_refresh(self.looks.stop_blinking)

    def action_said(self) -> None:
        """Show again what was said of late."""
        self.push_screen(places.said(list(self._told)))

    def action_colors(self) -> None:
        """Choose a theme; it is put on at once, and kept when one says so."""
        self.push_screen(places.colors(), self.looks.keep)

    def action_library(self, agenda_id: str = "") -> None:
        """Look through what there is to watch, read and act out."""
        if self.current_mode != "welcome":
            self.push_screen(places.library(agenda_id))

    def action_progressions(self) -> None:
        """Look at how the areas of a rubric were rated over time."""
        if self.current_mode != "welcome":
            self.push_screen(places.progressions())

    def action_reader(self) -> None:
        """Turn reader mode on or off, and keep it so."""
        self.looks.turn_reader(not READER.is_on)

    def action_school(self) -> None:
        """Ask for terms and breaks."""
        from reflect.tui.school import ask_for_school

        ask_for_school(self)

    def action_undo(self) -> None:
        """Take back what was done last."""
        if self._undo is None:
            self.tell("There is nothing to undo here. The states of a record are in its history.")
        else:
            undo, self._undo = self._undo, None
            self._take_back(undo)

    def keys_of(self, name: str) -> list[str]:
        """Return the keys of an action, by its name in the settings."""
        place, _, own = name.partition(".")
        usual = next(key.keys for key in KEYS[place] if key.name == own)
        return self._keymap.get(name, usual).split(",")

    def key_of(self, name: str) -> str:
        """Return a key as people read it, by its name in the settings; of several the last."""
        return shown_key(self.keys_of(name)[-1])

    def action_suspend_process(self) -> None:
        """Set the app aside; in a browser there is no terminal to go back to."""
        if self.is_web:
            self.tell("In a browser the app cannot be set aside. Your text is kept as you write.")
        super().action_suspend_process()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return every action that works here, for the palette."""
        yield from commands(self, screen)

    # What workers tell

    @work(thread=True, exclusive=True, exit_on_error=False, group="undo")
    def _take_back(self, undo: Callable[[], str]) -> None:
        self.post_message(Done(undo()))

    @on(Lightness)
    def follow_terminal(self, event: Lightness) -> None:
        """Turn light or dark with the terminal."""
        self.looks.follow(event.is_dark)

    @on(Done)
    def take_done(self, event: Done) -> None:
        """Say what was done, and that it can be undone."""
        self._undo = event.undo
        self.changed()
        can_undo = event.undo is not None and self.meeting.allows("undo")
        says = f"{event.says} {self.key_of('everywhere.undo')} undoes it." if can_undo else event.says
        self.tell(says, is_shared=event.is_shared)

    def on_app_blur(self) -> None:
        """Keep what is being written: the person has gone elsewhere."""
        self.keep_drafts()

    def _after_first_frame(self) -> None:
        self.has_drawn = True
        self.changed()
        gc.freeze()
        gc.set_threshold(*COLLECTING)
        gc.enable()
        for problem in self._problems:
            self.tell(problem, "warning")
        if self.current_mode != "welcome":
            self.refresher.begin()

    def _end(self) -> None:
        self.keep_drafts()
        self.exit(0)


def run(context: Context, root: Path | None = None, terminal: Terminal | None = None, in_meeting: bool = False) -> int:
    """Open the app on the journal in a folder, the welcome where there is none, and return the exit code."""
    # Collecting garbage while modules load costs more than it frees; it begins after the first frame.
    gc.disable()
    if terminal is not None:
        terminal.listen()
    app = ReflectApp(context, (root or context.vault_root()).expanduser().absolute(), terminal, in_meeting)
    result = app.run()
    return result if result is not None else app.return_code or 0
