"""The meeting view: for a projector and a shared screen; nothing private shows until it is left."""

from __future__ import annotations

from dataclasses import dataclass, field

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

    def end(self) -> list[tuple[str, str]]:
        """Leave the view, and return what was held."""
        self.is_on = False
        held, self.held = self.held, []
        return held
