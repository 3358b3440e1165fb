"""A question before something is lost; it names what, and escape is always the safe answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.widgets.item_list import ArrowList, Item, ItemList
from reflect.tui.words import plain


class AskDialog(Dialog[str]):
    """A sentence and a few answers, each with its key; returns the key."""

    DEFAULT_CSS = """
    AskDialog ItemList { height: auto; margin-top: 1; }
    AskDialog .sentence { height: auto; max-height: 20; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        heading: str,
        sentence: str | Content,
        answers: Sequence[tuple[str, str]],
        for_meetings: bool = False,
    ) -> None:
        super().__init__()
        self.for_meetings = for_meetings
        self.heading = heading
        self._sentence = sentence if isinstance(sentence, Content) else plain(sentence)
        self._answers = answers

    def body(self) -> Iterable[Widget]:
        """Return the sentence and the answers."""
        yield Static(self._sentence, classes="sentence", markup=False)
        yield ArrowList(id="answers")

    def on_mount(self) -> None:
        """Show the answers."""
        items = [Item(Content.assemble((f" {key}  ", "$text-accent"), says), key=(key,)) for key, says in self._answers]
        answers = self.query_one(ItemList)
        answers.styles.height = len(items)
        answers.show(items)
        answers.focus()

    def on_key(self, event: events.Key) -> None:
        """Take an answer by its key."""
        if event.key in [key for key, _ in self._answers]:
            event.stop()
            self.dismiss(event.key)

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Take the answer under the cursor."""
        self.dismiss(self.query_one(ItemList).key_of_line(event.index)[0])
