"""What was said of late: toasts go away, and can be read again here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.words import plain_line

ROOM = 10


class SaidDialog(Dialog[None]):
    """Sentences, the latest first; a caret can go through them."""

    DEFAULT_CSS = """
    SaidDialog ItemList { height: auto; }
    SaidDialog > .frame { width: 100; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    heading = "What was said of late"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__()
        self._sentences = sentences

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield ItemList(id="said", is_menu=False)

    def on_mount(self) -> None:
        """Show the sentences, broken where a line ends."""
        width = max(20, min(94, int(self.app.size.width * 0.94) - 6) - 2)
        items: list[Item] = []
        for number, sentence in enumerate(self._sentences or ["Nothing yet."]):
            lines = plain_line(sentence).wrap(width)
            items += [Item(Content.assemble(" ", line), key=(f"{number}.{at}",)) for at, line in enumerate(lines)]
        found = self.query_one(ItemList)
        found.styles.height = min(len(items), max(3, self.app.size.height - ROOM))
        found.show(items)
        found.focus()
