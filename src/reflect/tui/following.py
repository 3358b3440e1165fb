"""What one wants to hear of: an agenda is followed or muted, a community muted; each is taken back as it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.tui.messages import Done

if TYPE_CHECKING:
    from reflect.workspace import Workspace


def follow(workspace: Workspace, agenda: str) -> Done:
    """Follow an agenda, or no longer, and say so."""
    row = workspace.agenda_row(agenda)

    def turn() -> str:
        is_on = workspace.reading.follow(row)
        return f"You follow “{row.title}”: it stands first." if is_on else f"“{row.title}” is no longer followed."

    return Done(turn(), turn)


def mute_agenda(workspace: Workspace, agenda: str) -> Done:
    """Hear no more of an agenda, or hear of it again, and say so."""
    row = workspace.agenda_row(agenda)

    def turn() -> str:
        is_on = workspace.reading.mute(agenda=row)
        return f"“{row.title}” is muted: what is new in it is not listed." if is_on else f"“{row.title}” is back."

    return Done(turn(), turn)


def mute_community(workspace: Workspace, name: str) -> Done:
    """Hear no more of a community, or hear of it again, and say so."""

    def turn() -> str:
        is_on = workspace.reading.mute(name)
        return f"{name} is muted: it is kept in step, and what is new is not listed." if is_on else f"{name} is back."

    return Done(turn(), turn)
