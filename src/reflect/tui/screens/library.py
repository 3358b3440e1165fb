"""The library: what to watch, read and act out; ticked off, noted, and tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from reflect.insights.library import Shelf, Shelved
from reflect.records.compose import Content as Beginning
from reflect.records.textforms import one_line
from reflect.records.yaml_block import Value
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.spoken import READER
from reflect.tui.widgets.item_list import NOTHING, SPACE, Item, ItemList, remark
from reflect.tui.words import plain_line

ITEM, SET = "item", "set"
TYPES = {"watch": "▷", "read": "≡", "act": "◇"}


class LibraryScreen(DeskScreen):
    """Sets and their items; enter on a set shows who presented it, on an item begins a note."""

    CSS_PATH = "library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("library")
    place = "library"
    crumb = "Library"

    lines = query_one("#library", ItemList)

    class Loaded(Message):
        """The sets are here, with what is wrong in files of one's own."""

        def __init__(self, shelves: Sequence[Shelf], problems: Sequence[str]) -> None:
            super().__init__()
            self.shelves = shelves
            self.problems = problems

    def __init__(self, agenda_id: str = "") -> None:
        super().__init__()
        self._agenda_id = agenda_id
        self._words = ""
        self._shelves: Sequence[Shelf] = ()
        self._problems: Sequence[str] = ()
        self._opened: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        yield ItemList(id="library")

    def arrive(self) -> None:
        """Give the keys to the list."""
        self.lines.focus()
        self._show()

    def load(self) -> None:
        """Fetch the sets."""
        self._load(self._words)

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self, words: str) -> None:
        library, problems = self.workspace.practice.library()
        self.post_message(self.Loaded(library.shelves(words.split()), problems))

    @on(Loaded)
    def take(self, event: Loaded) -> None:
        """Show the sets."""
        self._shelves, self._problems = event.shelves, event.problems
        self._show()

    def resized(self) -> None:
        """Show them at another width."""
        self._show()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Show what is to be known of a set, or begin a note on an item."""
        key = self.lines.key_of_line(event.index)
        if key and key[0] == SET:
            self._opened ^= {key[1]}
            self._show()
        elif key:
            self.app.call_later(self.action_note)

    def action_tick(self) -> None:
        """Tick the item under the cursor off, on this computer, or take the tick back."""
        found = self._under_cursor()
        if found is None:
            self.tell("Go to an item first.")
        else:
            self._tick(*found)

    @work(thread=True, exclusive=True, exit_on_error=False, group="tick")
    def _tick(self, shelf: Shelf, item: Shelved) -> None:
        library, _ = self.workspace.practice.library()
        is_done = not item.done
        library.tick(shelf, item.item, is_done)

        def take_back() -> str:
            library.tick(shelf, item.item, not is_done)
            return f"“{item.item.title}” is as it was."

        says = "ticked off, on this computer" if is_done else "open again"
        self.post_message(Done(f"“{item.item.title}” is {says}.", take_back))

    async def action_note(self) -> None:
        """Begin a note on the item under the cursor."""
        found = self._under_cursor()
        if found is None:
            self.tell("Go to an item first.")
            return
        shelf, item = found
        fields: dict[str, Value] = {
            "resource": one_line(shelf.named(item)),
            "done_on": item.done or self.desk.now().date().isoformat(),
        }
        content = Beginning(title=one_line(item.item.title), agenda=self._agenda_id, fields=fields)
        await self.app.push_screen(places.writing("resource-note", content))

    async def action_act(self) -> None:
        """Begin an activity with the item under the cursor."""
        found = self._under_cursor()
        if found is None:
            self.tell("Go to an item first.")
            return
        content = Beginning(title=one_line(found[1].item.title), agenda=self._agenda_id, fields={"status": "planned"})
        await self.app.push_screen(places.writing("activity", content))

    def action_find(self) -> None:
        """Ask for words that items have to hold."""

        def answer(words: str | None) -> None:
            if words is not None:
                self._words = words.strip()
                self.load()

        says = "Items in which all these words stand; nothing shows all."
        self.app.push_screen(places.ask_line("Find in the library", says, self._words), answer)

    def _under_cursor(self) -> tuple[Shelf, Shelved] | None:
        key = self.lines.key
        if not key or key[0] != ITEM:
            return None
        shelf = next((each for each in self._shelves if _name(each) == key[1]), None)
        item = next((each for each in shelf.items if str(each.number) == key[2]), None) if shelf else None
        return (shelf, item) if shelf and item else None

    def _show(self) -> None:
        words = Content.assemble(" · with ", plain_line(f"“{self._words}”")) if self._words else NOTHING
        self.title_line.where = Content.assemble("Library", words.stylize("$text-muted"))
        items: list[Item] = []
        for shelf in self._shelves:
            items += [*([SPACE] if items else []), _heading(shelf)]
            if _name(shelf) in self._opened:
                items += _about(shelf, self.room)
            for each in shelf.items:
                items += _item(shelf, each, self.room)
        if not items:
            key = self.desk.key_of("library.find")
            items = [remark(f"No item has these words. {key} asks for others." if self._words else "Reading …")]
        items += [SPACE, *(remark(each) for each in self._problems)] if self._problems else []
        self.lines.show(items)


def _name(shelf: Shelf) -> str:
    return f"{shelf.origin}/{shelf.name}"


def _heading(shelf: Shelf) -> Item:
    left = Content.assemble((f" {shelf.set.set}  ", "$text-accent"), plain_line(shelf.set.title, "bold"))
    done = sum(bool(each.done) for each in shelf.items)
    says = [f"from {shelf.origin}"] * bool(shelf.origin) + [f"{done} of {len(shelf.items)} done"] * bool(done)
    return Item(left, plain_line(" · ".join(says), "$text-muted"), (SET, _name(shelf)))


def _about(shelf: Shelf, width: int) -> list[Item]:
    found = shelf.set
    session = f"{found.event}: {found.session}" if found.event and found.session else found.session
    presenters = f"Presented by {'; '.join(found.presenters)}." if found.presenters else ""
    texts = [each for each in (session, presenters, found.note, found.source) if each]
    lines = [line for each in texts for line in plain_line(each).wrap(max(20, width - 8))]
    return [Item(Content.assemble("     ", each.stylize("$text-muted"))) for each in lines]


def _item(shelf: Shelf, each: Shelved, width: int) -> list[Item]:
    done = "done: " if READER.is_on else "✓ "
    sign = done if each.done else "  "
    left = Content.assemble(
        (f"   {sign}", "$text-success"), ("" if READER.is_on else f"{TYPES.get(each.item.type, '·')} ", "$text-accent"),
        plain_line(each.item.title),
    )  # fmt: skip
    says = [each.item.type, *([each.item.range] if each.item.range else [])]
    items = [Item(left, plain_line(" · ".join(says), "$text-muted"), (ITEM, _name(shelf), str(each.number)))]
    notes = plain_line(each.item.note).wrap(max(20, width - 11)) if each.item.note else []
    return [*items, *(Item(Content.assemble("       ", line.stylize("$text-muted")), NOTHING) for line in notes)]
