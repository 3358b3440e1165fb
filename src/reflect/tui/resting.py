"""Putting an open loop aside, whichever screen it stands on: in a worker, and with a way back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reflect.insights.loops import OpenLoop
from reflect.tui.messages import Done
from reflect.tui.words import near_day

if TYPE_CHECKING:
    from reflect.tui.dialogs.rest import Aside
    from reflect.workspace import Workspace


def put_aside(workspace: Workspace, loop: OpenLoop, answer: Aside, today: dt.date) -> Done:
    """Do what was answered and return what to tell; raises ReflectError."""
    if answer.until:
        workspace.snooze(loop, answer.until)
        says = f"Put off: “{loop.say}” comes back {near_day(answer.until, today)}."
    else:
        workspace.let_rest(loop, answer.reason)
        says = f"It rests: “{loop.say}”"

    def open_again() -> str:
        workspace.wake(loop)
        return f"Open again: “{loop.say}”"

    return Done(says, open_again)
