"""The line that invites someone to a community, to be copied, and what whoever gets it needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from reflect.community.inviting import Invitation
from reflect.tui.clipboard import copy
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.keys import bindings
from reflect.tui.words import plain, plain_line


class InvitationDialog(Dialog[None]):
    """Shows the line; a key copies it."""

    DEFAULT_CSS = """
    InvitationDialog { & .line, & .needs { height: auto; } & .needs { margin-top: 1; color: $text-muted; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("invitation")
    foot = "c copy the line   esc back"

    def __init__(self, invitation: Invitation) -> None:
        super().__init__()
        self.heading = f"Invite someone to {invitation.name}"
        self._invitation = invitation

    def body(self) -> Iterable[Widget]:
        """Return the line and what is needed."""
        yield Static("Send this line by mail or chat. In the app, 4 and then J takes it as it is.", classes="needs")
        yield Static(plain_line(self._invitation.line, "$text-accent"), classes="line needs", markup=False)
        for each in self._invitation.needs:
            yield Static(plain(each), classes="needs", markup=False)

    def action_copy(self) -> None:
        """Copy the line."""
        copy(self.desk, self._invitation.line, "The line")
