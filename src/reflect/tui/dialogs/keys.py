"""`?`: what the keys of a screen do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import ActiveBinding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.keys import OF_THE_FRAMEWORK, shown_key
from reflect.tui.widgets.item_list import Item, ItemList

KEY_WIDTH = 18


class KeysDialog(Dialog[None]):
    """The keys that work on a screen, each with what it does; enter does it."""

    DEFAULT_CSS = """
    KeysDialog ItemList { height: auto; max-height: 28; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    heading = "Keys that work here"
    for_meetings = True
    foot = "enter does it   esc back"

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._keys = _rows(screen.active_bindings.values())

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield ItemList(id="keys")

    def on_mount(self) -> None:
        """Show the keys."""
        items = [
            Item(Content.assemble((f" {shown:<{KEY_WIDTH}}", "$text-accent"), says), key=(key,))
            for key, shown, says in self._keys
        ]
        found = self.query_one(ItemList)
        found.styles.height = min(len(items), max(4, self.app.size.height - 10))
        found.show(items)
        found.focus()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Do what the key does."""
        key = self.query_one(ItemList).key_of_line(event.index)[0]
        self.dismiss(None)
        self.app.call_later(self.app.simulate_key, key)


def _rows(bindings: Iterable[ActiveBinding]) -> list[tuple[str, str, str]]:
    """Return (key, how it is shown, what it does) of each action once; those of the screen come first."""
    found: dict[str, tuple[str, list[str], str]] = {}
    for active in sorted(bindings, key=lambda each: 0 if isinstance(each.node, Screen) else 1):
        binding = active.binding
        action = binding.action.rpartition(".")[2].partition("(")[0]
        if not active.enabled or not binding.description or binding.system or action in OF_THE_FRAMEWORK:
            continue
        shown = shown_key(binding.key)
        if binding.action in found:
            found[binding.action][1].append(shown)
        else:
            found[binding.action] = (binding.key, [shown], binding.description)
    return [(key, " ".join(shown[:2]), says[:1].upper() + says[1:]) for key, shown, says in found.values()]
