"""A line to type in, with a small list below it of what may come next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from reflect.tui.keys import bindings
from reflect.tui.offering import Completion, Vocabulary, complete
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.widgets.line import Line
from reflect.tui.words import plain_line

NOTHING = Completion()


class CompletedLine(Vertical):
    """The line and its list. Down and up choose in the list, tab and enter take, escape closes it."""

    DEFAULT_CSS = """
    CompletedLine { height: auto; & OfferingLine { padding: 0 1; } }
    """

    def __init__(
        self, value: str = "", placeholder: str = "", line_id: str | None = None, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._line = OfferingLine(value, placeholder, line_id)
        self.offers = OfferList()

    def compose(self) -> ComposeResult:
        """Lay the line and its list out."""
        yield self._line
        yield self.offers

    @property
    def line(self) -> Line:
        """The line itself."""
        return self._line

    def know(self, vocabulary: Vocabulary) -> None:
        """Take what may be offered."""
        self._line.vocabulary = vocabulary
        self._line.look()

    @on(ItemList.Chosen)
    def take_clicked(self, event: ItemList.Chosen) -> None:
        """Take the offer that was clicked."""
        event.stop()
        self._line.take(event.index)

    @on(ItemList.Highlighted)
    def keep_to_itself(self, event: ItemList.Highlighted) -> None:
        """Tell nobody where in the list one is."""
        event.stop()


class OfferList(ItemList):
    """What may come next, over what stands below the line."""

    can_focus = False
    DEFAULT_CSS = """
    OfferList {
        display: none;
        overlay: screen;
        constrain: none inside;
        width: 1fr;
        height: auto;
        background: $surface;
        border-left: vkey $border;
        & .list--blurred { color: $block-cursor-foreground; background: $block-cursor-background; }
    }
    """

    def offer(self, items: Iterable[Item]) -> None:
        """Show these offers, none of them chosen yet."""
        rows = list(items)
        self.show([])
        self.styles.height = max(1, len(rows))
        self.show(rows)
        self.set_reactive(OfferList.cursor, -1)
        self.display = bool(rows)
        self.refresh()

    def step(self, step: int) -> bool:
        """Choose the next offer; says whether there is one."""
        there = self.cursor + step
        if not 0 <= there < self.count:
            return False
        self.cursor = there
        return True


class OfferingLine(Line):
    """The line of a `CompletedLine`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("offers")

    def __init__(self, value: str, placeholder: str, id: str | None) -> None:
        super().__init__(value, placeholder, id=id)
        self.vocabulary = Vocabulary()
        self._found: Completion = NOTHING
        # What was taken or closed is not offered again before the next key.
        self._is_quiet_at: tuple[str, int] | None = None

    @property
    def _offers(self) -> OfferList:
        parent = self.parent
        assert isinstance(parent, CompletedLine)
        return parent.offers

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to others while nothing is offered."""
        if action in ("choose_offer", "take_offer", "close_offers"):
            return bool(self._found.offers)
        return True

    def watch_value(self, value: str) -> None:
        """Offer what fits what stands there now."""
        if self.is_attached:
            self.call_later(self.look)

    def look(self) -> None:
        """Offer what may come next at the cursor."""
        at = (self.value, self.cursor_position)
        is_quiet = self._is_quiet_at == at or not self.has_focus
        self._show(NOTHING if is_quiet else complete(self.value[: self.cursor_position], self.vocabulary))

    def on_blur(self) -> None:
        """Offer nothing while one is elsewhere."""
        self._show(NOTHING)

    def action_choose_offer(self, step: int) -> None:
        """Go down or up in the offers."""
        self._offers.step(step)

    def action_take_offer(self) -> None:
        """Take the offer that was chosen, else the first."""
        self.take(max(0, self._offers.cursor))

    async def action_take_or_submit(self) -> None:
        """Take the offer that was chosen; with none chosen, the line is done."""
        if self._found.offers and self._offers.cursor >= 0:
            self.take(self._offers.cursor)
        else:
            self._show(NOTHING)
            await self.action_submit()

    def action_close_offers(self) -> None:
        """Close the list."""
        self._is_quiet_at = (self.value, self.cursor_position)
        self._show(NOTHING)

    def take(self, index: int) -> None:
        """Put an offer where the word stands that is being typed."""
        if index >= len(self._found.texts):
            return
        text, start = self._found.texts[index], self._found.start
        rest = self.value[self.cursor_position :]
        text = text.rstrip() if rest.startswith(" ") else text
        self.value = self.value[:start] + text + rest
        self.cursor_position = start + len(text)

    def _show(self, found: Completion) -> None:
        if found != self._found:
            self._found = found
            self._offers.offer(_item(offer.text, offer.note) for offer in found.offers)


def _item(text: str, note: str) -> Item:
    left = Content.assemble(" ", plain_line(text))
    return Item(left, plain_line(note, "$text-muted"), key=(text,))
