"""The searches that were kept under a name, and the last ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from reflect.tui.keys import bindings
from reflect.tui.widgets.item_list import SPACE, Item, ItemList, heading
from reflect.tui.words import plain_line

SAVED, RECENT = "saved", "recent"


class RememberedList(ItemList):
    """Searches that were kept, and the last ones; their keys work only here, since letters go into the box."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("searches")

    class Forgotten(Message):
        """A search is to be forgotten; without a key, all that have no name."""

        def __init__(self, key: tuple[str, ...] = ()) -> None:
            super().__init__()
            self.key = key

    def remember(self, saved: Mapping[str, str], recent: Sequence[str]) -> None:
        """Show these searches, those that have a name first."""
        kept = [_remembered(name, text if text != name else "", (SAVED, name, text)) for name, text in saved.items()]
        last = [_remembered(text, "", (RECENT, text, text)) for text in recent]
        gap = [SPACE] if kept and last else []
        self.show([*([heading("Kept"), *kept] if kept else []), *gap, *([heading("Recent"), *last] if last else [])])

    def action_forget(self) -> None:
        """Forget the search under the cursor."""
        if self.key:
            self.post_message(self.Forgotten(self.key))

    def action_forget_all(self) -> None:
        """Forget the last searches; those with a name stay."""
        self.post_message(self.Forgotten())


def _remembered(name: str, text: str, key: tuple[str, ...]) -> Item:
    return Item(Content.assemble("   ", plain_line(name)), plain_line(text, "$text-muted"), key)
