"""Colors: the themes, each put on while the cursor stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reflect.store.theme_files import ThemeFile
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.spoken import READER
from reflect.tui.widgets.item_list import SPACE, Item, ItemList, heading, remark
from reflect.tui.words import plain_line

NAME_WIDTH = 20
FOLLOW = ""


class ColorsDialog(Dialog[str]):
    """Returns the name of the theme to keep, `""` to follow the terminal; escape brings the old one back."""

    DEFAULT_CSS = """
    ColorsDialog ItemList { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    heading = "Colors"
    foot = "up down try on   enter keep   esc as it was"

    class Loaded(Message):
        """The themes are here."""

        def __init__(self, files: list[ThemeFile]) -> None:
            super().__init__()
            self.files = files

    def __init__(self) -> None:
        super().__init__()
        self._before = ""

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield ItemList(id="themes", is_menu=False)

    def on_mount(self) -> None:
        """Read the themes."""
        self._before = self.desk.looks.wanted
        self.set_focus(self.query_one(ItemList))
        self.load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="themes")
    def load(self) -> None:
        """Read every theme file, one's own too."""
        self.post_message(self.Loaded(self.desk.looks.all()))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the themes; the cursor stands on the one in use."""
        self.desk.looks.take(event.files)
        good = [each for each in event.files if not each.problem]
        rows = [_row("as the terminal", "evening or paper, as it is dark or light", FOLLOW)]
        rows += [self._item(each) for each in sorted(good, key=lambda each: (not each.is_dark, each.name))]
        broken = [remark(plain_line(each.problem, "$text-error")) for each in event.files if each.problem]
        if broken:
            rows += [SPACE, heading("Left out"), *broken]
        found = self.query_one(ItemList)
        found.styles.height = min(len(rows), max(5, self.app.size.height - 10))
        keys = [row.key for row in rows]
        with found.prevent(ItemList.Highlighted):
            found.show(rows)
            found.cursor = keys.index((self._before,)) if (self._before,) in keys else 0

    @on(ItemList.Highlighted)
    def try_on(self) -> None:
        """Put on the theme under the cursor."""
        key = self.query_one(ItemList).key
        if key:
            self.desk.looks.wanted = key[0]
            self.desk.looks.wear()

    @on(ItemList.Chosen)
    def keep(self) -> None:
        """Keep the theme under the cursor."""
        self.dismiss(self.query_one(ItemList).key[0])

    def action_leave(self) -> None:
        """Put the old theme on again."""
        self.desk.looks.wanted = self._before
        self.desk.looks.wear()
        self.dismiss(None)

    def _item(self, each: ThemeFile) -> Item:
        is_of_use = each.is_of_terminal or not self.desk.looks.has_few_colors
        return _row(each.name, each.word if is_of_use else "needs more than 16 colors", each.name)


def _row(name: str, says: str, key: str) -> Item:
    if READER.is_on:
        return Item(plain_line(name), plain_line(says), (key,))
    return Item(Content.assemble(f"  {name:<{NAME_WIDTH}}", plain_line(says, "$text-muted")), key=(key,))
