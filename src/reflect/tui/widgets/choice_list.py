"""Several of a few: each choice with a box that is crossed or empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from reflect.tui.keys import bindings
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.words import plain_line

TALLEST = 6


class ChoiceList(ItemList):
    """A list whose lines are crossed with space, enter or the mouse."""

    DEFAULT_CSS = """
    ChoiceList { height: auto; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("choices")

    class Changed(Message):
        """Other choices are crossed now."""

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__()
        self._choices = choices
        self._chosen = set(chosen)
        self.styles.height = max(1, min(TALLEST, len(choices)))

    @property
    def chosen(self) -> set[str]:
        """The values that are crossed."""
        return set(self._chosen)

    def on_mount(self) -> None:
        """Show the choices."""
        self._show_choices()

    def on_click(self, event: events.Click) -> None:
        """Take the keys here."""
        self.focus()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Cross a choice, or clear it."""
        event.stop()
        self._chosen ^= {self.key_of_line(event.index)[0]}
        self._show_choices()
        self.post_message(self.Changed())

    def _show_choices(self) -> None:
        self.show([self._line(label, value) for label, value in self._choices])

    def _line(self, label: str, value: str) -> Item:
        box = Content("[x] ").stylize("$text-accent") if value in self._chosen else Content("[ ] ")
        return Item(Content.assemble(" ", box, plain_line(label)), key=(value,))
