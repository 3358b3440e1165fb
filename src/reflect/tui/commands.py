"""The palette: every action that works on a screen, by its words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen

from reflect.tui.keys import shown_key

# Done so seldom that they have no key.
OTHERS = (
    ("Colors", "Try themes on, and choose one", "colors"),
    ("Reader mode", "On or off: for screen readers and Braille displays", "reader"),
)


def commands(app: App[int], screen: Screen[object]) -> Iterable[SystemCommand]:
    """Return the actions of a screen and of the app, each once."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        # What moves a cursor is found on the keyboard, not in a list.
        is_action = isinstance(active.node, (Screen, App)) and not binding.system
        if is_action and binding.description and binding.action not in seen:
            seen.add(binding.action)
            run = partial(app.call_later, app.run_action, binding.action, active.node)
            yield SystemCommand(binding.description.capitalize(), f"Key: {shown_key(binding.key)}", run)
    for title, says, action in OTHERS:
        yield SystemCommand(title, says, partial(app.call_later, app.run_action, f"app.{action}"))
