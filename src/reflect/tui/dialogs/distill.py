"""What to begin from what a private record taught: it starts empty, and only in the journal a link leads back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reflect.records.review.shareable import DISTILLED
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.words import plain, sign_of

SAYS = (
    "It starts empty: not a word of this goes along. The link back to it stays in your journal. Once it says what you "
    "learned, it can be shared like any other."
)


class DistillDialog(Dialog[str]):
    """Asks for a kind and returns it."""

    DEFAULT_CSS = """
    DistillDialog ItemList { height: auto; margin-top: 1; }
    DistillDialog .sentence { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    heading = "Begin something new from what this taught"
    foot = "enter begin   esc back"

    def body(self) -> Iterable[Widget]:
        """Return what happens, and the kinds."""
        yield Static(plain(SAYS), classes="sentence", markup=False)
        yield ItemList(id="kinds")

    def on_mount(self) -> None:
        """Show the kinds."""
        kinds = self.query_one(ItemList)
        kinds.styles.height = len(DISTILLED)
        kinds.show(
            [
                Item(Content.assemble((f" {sign_of(name)}  ", "$text-accent"), f"A {name}"), key=(name,))
                for name in DISTILLED
            ]
        )
        kinds.focus()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Take the kind under the cursor."""
        self.dismiss(self.query_one(ItemList).key_of_line(event.index)[0])
