"""What all dialogs have in common: a frame in the middle, escape to leave, failures as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from reflect.tui.keys import bindings
from reflect.tui.troubles import failure_of, sentence_of
from reflect.tui.words import plain

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A question in the middle of the screen; escape answers nothing."""

    DEFAULT_CSS = """
    Dialog > .frame {
        width: 64;
        max-width: 94%;
        height: auto;
        max-height: 90%;
        padding: 1 2;
        background: $surface;
        border: round $border;
        & VirtualList, & VirtualList:focus { background: $surface; }
    }
    Dialog .title { text-style: bold; margin-bottom: 1; height: auto; }
    Dialog .foot { color: $text-muted; margin-top: 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("dialog")
    heading = ""
    # Whether it may stand on a screen that others look at.
    for_meetings = False
    foot = "esc back"

    @property
    def desk(self) -> ReflectApp:
        """The app."""
        return cast("ReflectApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay the dialog out."""
        with Vertical(classes="frame"):
            yield Static(plain(self.heading), classes="title", markup=False)
            yield from self.body()
            yield Static(plain(self.foot), classes="foot", markup=False)

    def body(self) -> Iterable[Widget]:
        """Return what stands between the heading and the foot."""
        return ()

    def action_leave(self) -> None:
        """Answer nothing."""
        self.dismiss(None)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say why a worker failed."""
        error = failure_of(event)
        if error is not None:
            self.desk.tell(sentence_of(error), "error")
