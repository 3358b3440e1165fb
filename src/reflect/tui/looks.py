"""How the app looks on this terminal: its theme, whether anything moves, and reader mode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from textual.events import Resize

from reflect.store.theme_files import ThemeFile, theme_files, theme_folders
from reflect.tui.spoken import READER
from reflect.tui.themes import FEW_COLORS, choose, shipped_theme, theme_of, usual_theme

if TYPE_CHECKING:
    from textual.widgets import Input

    from reflect.tui.app import ReflectApp

ANIMATIONS = "TEXTUAL_ANIMATIONS"
# One that stays, and does not blink; at the end, the terminal's usual one again.
SHOW_CARET, HIDE_CARET = "\x1b[2 q\x1b[?25h", "\x1b[?25l\x1b[0 q"


# Classes of a screen by its width; under the second it says what it needs.
WIDTHS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide"), (140, "-huge")]
# In reader mode one pane stands at a time, however wide the terminal is.
ONE_PANE = [*WIDTHS[:2], *((10_000, name) for _, name in WIDTHS[2:])]


class Looks:
    """Dresses the app. `is_dark` is what the terminal said of its page; where it says nothing, it is taken for dark."""

    def __init__(self, app: ReflectApp, is_dark: bool | None) -> None:
        self._app = app
        self.is_dark = is_dark is not False
        self.wanted = app.settings.theme

    @property
    def has_few_colors(self) -> bool:
        """Whether this terminal has sixteen colors or fewer, or is to be used without."""
        return "NO_COLOR" in self._app.context.environment or self._app.console.color_system in FEW_COLORS

    def begin(self) -> list[str]:
        """Put the first theme on, and return what is to be told; of our own files only the one needed is read."""
        own = theme_files(theme_folders(self._app.context.places.config)[1:])
        self.take(own)
        problem = self.wear()
        return [*(f"A theme was left out. {each.problem}" for each in own if each.problem), problem]

    def wear(self) -> str:
        """Put on what is wanted here, and return a sentence when there is something to say of it."""
        usual = usual_theme(self.is_dark, self.has_few_colors)
        for name in (self.wanted, usual):
            theme = shipped_theme(name) if name and name not in self._app.available_themes else None
            if theme is not None:
                self._app.register_theme(theme)
        name, problem = choose(self._app.available_themes, self.wanted, self.is_dark, self.has_few_colors)
        self._app.theme = name
        return problem

    def follow(self, is_dark: bool) -> None:
        """Go with the terminal, which has turned light or dark."""
        if is_dark != self.is_dark:
            self.is_dark = is_dark
            self.wear()

    def all(self) -> list[ThemeFile]:
        """Read every theme file, and return them; it takes some milliseconds."""
        return theme_files(theme_folders(self._app.context.places.config))

    def take(self, files: list[ThemeFile]) -> None:
        """Make themes known to the app, so that they can be put on."""
        for each in files:
            if not each.problem:
                self._app.register_theme(theme_of(each))

    @property
    def has_caret(self) -> bool:
        """Whether the terminal's own cursor is seen: a Braille display follows it, and it needs no color."""
        return READER.is_on or self.has_few_colors

    def show_movement(self) -> None:
        """Let things move on the screen, or not; what Textual is told in the environment goes before."""
        environment, wanted = self._app.context.environment, self._app.settings.animations
        if ANIMATIONS not in environment:
            self._app.animation_level = "full" if moves(environment, wanted) and not READER.is_on else "none"

    def turn_reader(self, is_on: bool) -> None:
        """Turn reader mode on or off, on every screen, and keep it so."""
        READER.is_on = is_on
        self._keep("reader", "yes" if is_on else "no")
        self.show_movement()
        self.show_caret()
        self.show_panes()
        self._app.refresh_css(animate=False)
        for stack in self._app._screen_stacks.values():
            for screen in stack:
                screen.post_message(Resize(self._app.size, self._app.size))
                for widget in screen.walk_children():
                    widget.refresh(layout=True)
        self._app.changed()

    def show_panes(self) -> None:
        """Let panes stand side by side where there is room, or one at a time."""
        self._app.HORIZONTAL_BREAKPOINTS = ONE_PANE if READER.is_on else WIDTHS

    def keep(self, theme: str | None) -> None:
        """Keep a theme in the settings, `""` for that of the terminal; None changes nothing."""
        if theme is not None:
            self._keep("theme", theme)

    def stop_blinking(self) -> None:
        """Let no line on the screen blink; those that come with Textual do."""
        for line in self._app.screen.query("Input"):
            cast("Input", line).cursor_blink = False

    def _keep(self, name: str, value: str) -> None:
        def write() -> None:
            # What writes the settings takes 30 ms to load.
            from reflect.settings import write_setting

            write_setting(self._app.context.places.settings, name, value)

        self._app.run_worker(write, thread=True, exit_on_error=False, group="settings")

    def show_caret(self) -> None:
        """Show the terminal's own cursor, or hide it."""
        driver = self._app._driver
        if driver is not None and not driver.is_headless:
            driver.write(SHOW_CARET if self.has_caret else HIDE_CARET)
            driver.flush()


def moves(environment: Mapping[str, str], wanted: str) -> bool:
    """Say whether things move on the screen: as the setting says, else not over ssh."""
    if wanted:
        return wanted == "yes"
    return not (environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
