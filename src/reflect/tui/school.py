"""Asking for the school calendar in the app: terms, then breaks, each as one line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reflect.tui import places
from reflect.tui.messages import Done

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp

NONE = "no"
ASKED = {
    "terms": (
        "Your terms",
        "With commas between them, such as: Fall 2026-08-31 to 2026-12-18, Spring 2027-01-11 to 2027-06-04",
    ),
    "breaks": (
        "Your breaks",
        "Their weeks are not counted, and nothing waits in them: Thanksgiving 2026-11-23 to 2026-11-27",
    ),
}


def ask_for_school(app: ReflectApp) -> None:
    """Ask for terms and breaks, each with what is set now; escape leaves things as they are."""
    _ask(app, "terms")


def _ask(app: ReflectApp, name: str, typed: str = "", trouble: str = "") -> None:
    heading, sentence = ASKED[name]
    value = typed or places.settings(app.context).text_of(name)
    asked = places.ask_line(heading, f"{sentence}\n“{NONE}” stands for none.", value, trouble)
    app.push_screen(asked, partial(_take, app, name))


def _take(app: ReflectApp, name: str, answer: str | None) -> None:
    from reflect.settings import find_setting

    if answer is None:
        return
    value = "" if answer.lower() == NONE else answer
    if value and not find_setting(name).check(value):
        _ask(app, name, answer, f"That is not understood. It takes {find_setting(name).allowed}.")
        return
    app.run_worker(partial(_keep, app, name, value), thread=True, exit_on_error=False, group="settings")
    if name == "terms":
        _ask(app, "breaks")


def _keep(app: ReflectApp, name: str, value: str) -> None:
    from reflect.settings import read_settings, write_setting

    path = app.context.places.settings
    before = read_settings(path).text_of(name)
    write_setting(path, name, value)

    def take_back() -> str:
        write_setting(path, name, before)
        return f"Your {name} are as they were."

    app.post_message(Done(f"Your {name} are kept." if value else f"There are no {name} now.", take_back))
