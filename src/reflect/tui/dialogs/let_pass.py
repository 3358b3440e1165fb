"""An outcome of its own: the honest reasons, then one question that need not be answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.widgets.line import Line
from reflect.tui.words import plain, plain_line

FIRST_FOOT = "enter choose   esc back"
SECOND_FOOT = "enter done, with an answer or without   esc back"


class LetPassDialog(Dialog[tuple[str, str]]):
    """Asks for a reason and offers a question; returns both."""

    DEFAULT_CSS = """
    LetPassDialog ItemList { height: auto; }
    LetPassDialog .question { height: auto; margin-bottom: 1; }
    LetPassDialog #next-time { display: none; height: auto; }
    LetPassDialog.-why #next-time { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    foot = FIRST_FOOT

    def __init__(self, heading: str, reasons: Sequence[tuple[str, str]], question: str) -> None:
        super().__init__()
        self.heading = heading
        self._reasons = reasons
        self._question = question
        self._reason = ""

    def body(self) -> Iterable[Widget]:
        """Return the reasons and the question."""
        yield ItemList(id="reasons")
        yield Static(plain(self._question), classes="question", id="next-time", markup=False)
        yield Line(id="answer")

    def on_mount(self) -> None:
        """Show the reasons."""
        self.query_one(Line).display = False
        reasons = self.query_one(ItemList)
        items = [
            Item(Content.assemble((f" {number}  ", "$text-accent"), plain_line(label)), key=(value,))
            for number, (label, value) in enumerate(self._reasons, 1)
        ]
        reasons.styles.height = len(items)
        reasons.show(items)
        reasons.focus()

    def on_key(self, event: events.Key) -> None:
        """Take a reason by its number."""
        number = int(event.key) if event.key.isascii() and event.key.isdigit() else 0
        if not self._reason and 0 < number <= len(self._reasons):
            event.stop()
            self._take(self._reasons[number - 1][1])

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Take the reason under the cursor."""
        self._take(self.query_one(ItemList).key_of_line(event.index)[0])

    @on(Line.Submitted, "#answer")
    def finish(self, event: Line.Submitted) -> None:
        """Answer with the reason, and with what was written or nothing."""
        event.stop()
        self.dismiss((self._reason, " ".join(event.value.split())))

    def _take(self, reason: str) -> None:
        self._reason = reason
        if not self._question:
            self.dismiss((reason, ""))
            return
        self.add_class("-why")
        self.query_one(ItemList).display = False
        self.query_one(Line).display = True
        self.query_one(Line).focus()
        self.query_one(".foot", Static).update(plain(SECOND_FOOT))
