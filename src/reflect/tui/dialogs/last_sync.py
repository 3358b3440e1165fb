"""While what waits is sent, right before the app ends: a line, and the key to leave now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.words import plain_line


class LastSyncDialog(Dialog[None]):
    """Names where something is sent to; whatever key leaves it means that one does not want to wait."""

    BINDINGS: ClassVar[list[BindingType]] = []
    heading = "Sending what waits …"
    for_meetings = True
    foot = "esc leave now; what is not sent stays here for the next time"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names

    def body(self) -> Iterable[Widget]:
        """Return where it goes."""
        yield Static(plain_line(f"to {', '.join(self._names)}"), markup=False)
