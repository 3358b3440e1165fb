"""Beginning an agenda from an example: a copy of it, to be made one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.errors import ReflectError
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.messages import Done
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.words import plain_line

WORDS = "A copy with questions, things to try and wonderings is put into your journal. Change in it whatever you like."


class StartersDialog(Dialog[str]):
    """The example agendas; enter makes a copy and returns its path."""

    DEFAULT_CSS = """
    StartersDialog ItemList { height: auto; margin-top: 1; }
    StartersDialog .sentence { height: auto; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    heading = "Start from an example"
    foot = "enter begin   esc back"

    class Loaded(Message):
        """The examples are here."""

        def __init__(self, starters: list[tuple[str, str]]) -> None:
            super().__init__()
            self.starters = starters

    class Begun(Message):
        """A copy is in the journal."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield Static(WORDS, classes="sentence", markup=False)
        yield ItemList(id="starters")

    def on_mount(self) -> None:
        """Fetch the examples."""
        self.query_one(ItemList).focus()
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        self.post_message(self.Loaded(self.desk.workspace.starters()))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the examples."""
        items = [
            Item(Content.assemble((" ▣ ", "$text-accent"), plain_line(title)), key=(slug,))
            for slug, title in event.starters
        ]
        found = self.query_one(ItemList)
        found.styles.height = max(1, min(len(items), self.app.size.height - 12))
        found.show(items)

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Begin from the example under the cursor."""
        self._begin(self.query_one(ItemList).key_of_line(event.index)[0])

    @work(thread=True, exclusive=True, exit_on_error=False, group="begin")
    def _begin(self, slug: str) -> None:
        workspace = self.desk.workspace
        path = workspace.begin_from(slug)
        begun = workspace.vault.tip()

        def take_out() -> str:
            if workspace.vault.tip() != begun:
                raise ReflectError(
                    "Something was written since, so the example is not taken out.", "Delete what you do not want."
                )
            workspace.undo()
            return "The example is taken out again."

        self.app.post_message(Done("The example is in your journal now, as an agenda of yours.", take_out))
        self.post_message(self.Begun(path))

    @on(Begun)
    def leave(self, event: Begun) -> None:
        """Answer with the agenda's path."""
        self.dismiss(event.path)
