"""The meeting view: for a projector and a shared screen; nothing private shows until it is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reflect.tui import places

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp

MODE = "meeting"
# What is written in this view goes into a community; the screens for that show nothing else of anyone.
WRITING = {
    "begin",
    "calm",
    "fields",
    "find_next",
    "keep",
    "new",
    "panel",
    "pane",
    "read_on",
    "remove",
    "replace",
    "respond",
    "save",
    "send",
    "take_back",
}
# What may be done while others look on; all else leads to, or shows, what is private.
ALLOWED = WRITING | {
    "ask_to_leave_meeting",
    "back",
    "change_theme",
    "command_palette",
    "copy_text",
    "find",
    "focus_next",
    "focus_previous",
    "keys",
    "leave",
    "open",
    "quit",
    "results",
    "suspend_process",
}


@dataclass
class Meeting:
    """Whether the view is on, where one was before, and what is to be said only after it."""

    is_on: bool = False
    mode_before: str = "today"
    held: list[tuple[str, str]] = field(default_factory=list)

    def allows(self, action: str) -> bool:
        """Say whether an action of the app or of a screen may run now."""
        return not self.is_on or action in ALLOWED

    def hold(self, sentence: str, severity: str) -> None:
        """Keep a sentence that may name something private."""
        self.held.append((sentence, severity))

    def begin(self, app: ReflectApp) -> None:
        """Show only what communities hold, until that is left."""
        if app.current_mode == "welcome":
            return
        app.keep_drafts()
        app.clear_notifications()
        self.mode_before = app.current_mode
        self.is_on = True
        app.switch_mode(MODE)

    def ask_to_leave(self, app: ReflectApp) -> None:
        """Ask before what is private is shown again; then say what was held."""

        def answered(answer: str | None) -> None:
            if answer == "l":
                self.is_on = False
                held, self.held = self.held, []
                app.switch_mode(self.mode_before)
                for sentence, severity in held:
                    app.tell(sentence, severity)

        app.push_screen(places.leave_meeting(), answered)
