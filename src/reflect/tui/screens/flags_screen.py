"""A text before it may stand before others: what one wrote at the left, what is sent at the right, flags below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.records.review.flag import KNOWN, NAME, Flag
from reflect.records.wording import counted
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import WIDE, DeskScreen
from reflect.tui.widgets.item_list import ArrowList, Item, ItemList, remark
from reflect.tui.widgets.markdown_lines import BLANK, Block
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page
from reflect.tui.words import plain_line

if TYPE_CHECKING:
    from reflect.community.review import Flagged

# What can be done with the flag under the cursor only.
ON_OPEN = ("replace", "keep", "remove")
NOTHING_FLAGGED = "Nothing in it looks like a name, an address or a number."


class FlagsScreen(DeskScreen):
    """Two texts and the flags of the second; nothing is done with it while one is open, and then by one key."""

    CSS_PATH = "share.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("share")
    shows_places = False

    class Looked(Message):
        """The text is here as it would be sent, with its flags."""

        def __init__(self, flagged: Flagged) -> None:
            super().__init__()
            self.flagged = flagged

    def __init__(self) -> None:
        super().__init__()
        self.flagged: Flagged | None = None

    # What a subclass says and does

    left_heading = ""
    right_heading = ""
    # What the one key does, once no flag is open.
    sends = ""

    @property
    def left_text(self) -> str:
        """What one wrote."""
        raise NotImplementedError

    def look(self) -> Flagged:
        """Return the text as it would be sent, as far as it is settled; it may take its time."""
        raise NotImplementedError

    def settled(
        self, replaced: dict[str, str], keep: Sequence[str], remove: Sequence[str], open_again: Sequence[str]
    ) -> Flagged:
        """Settle flags, or let settled ones stand again, and return the text as it would be sent then."""
        raise NotImplementedError

    def remarks(self) -> list[Item]:
        """Return what was done without asking."""
        return []

    @property
    def changes(self) -> str:
        """Say that something that stands there already is changed, `""` where it is new."""
        return ""

    # The screen

    def body(self) -> Iterable[Widget]:
        """Return where it goes, both texts, and the flags."""
        yield Static(id="destination", markup=False)
        yield Horizontal(MarkdownView(id="yours"), MarkdownView(id="leaves"), id="texts")
        yield Static(id="settled", markup=False)
        yield ArrowList(id="flags", is_menu=False)

    def load(self) -> None:
        """Work out what would be sent."""
        self._look()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _look(self) -> None:
        self.post_message(self.Looked(self.look()))

    def failed(self, group: str, sentence: str) -> None:
        """Leave where nothing can be sent; what failed later can be tried again."""
        super().failed(group, sentence)
        if group == "load" and self.flagged is None and self.is_current:
            self.action_back()

    @on(Looked)
    def show(self, event: Looked) -> None:
        """Show both texts and the flags."""
        first, self.flagged = self.flagged is None, event.flagged
        flagged = event.flagged
        self.query_one("#destination", Static).update(self._destination(flagged))
        self.query_one("#yours", MarkdownView).show(self._yours(), keeps_place=not first)
        self.query_one("#leaves", MarkdownView).show(self._leaves(flagged), keeps_place=not first)
        count = len(flagged.open_flags)
        says = f"{counted(count, 'flag')} to settle" if count else f"No flag is open. {self._send_key} {self.sends}."
        self.query_one("#settled", Static).update(
            Content(f" {says}").stylize("bold $text-warning" if count else "bold")
        )
        items, remarks = [_flag_item(each) for each in self._flags()], self.remarks()
        flags = self.query_one("#flags", ItemList)
        flags.show([*items, *remarks] or [remark(NOTHING_FLAGGED)])
        flags.styles.height = min(max(len(items) + len(remarks), 1), 8 if self.app.size.height > 30 else 5)
        flag = self._flag()
        if flag is not None and flag.resolved and flagged.open_flags:
            flags.action_first()
        self.refresh_bindings()

    @property
    def _send_key(self) -> str:
        return self.desk.key_of("share.send")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what settles a flag on an open one, and sending when none is open."""
        is_allowed = super().check_action(action, parameters)
        if action == "send":
            return is_allowed and self.flagged is not None and not self.flagged.open_flags
        if action in ON_OPEN or action == "take_back":
            flag = self._flag()
            return is_allowed and flag is not None and flag.resolved == (action == "take_back")
        return is_allowed

    @on(ItemList.Highlighted)
    def offer_keys(self, event: ItemList.Highlighted) -> None:
        """Offer what can be done with the flag under the cursor."""
        event.stop()
        self.refresh_bindings()

    def action_replace(self) -> None:
        """Ask what is to stand in its place."""
        flag = self._flag()
        if flag is None:
            return
        sentence = "A role says what matters and names nobody: a student, a teacher, a parent, a colleague, our school."
        question = places.ask_line(
            f"In place of “{flag.text}”", sentence, flag.suggestion, for_meetings=self.for_meetings
        )

        def settle(answer: str | None) -> None:
            if answer:
                self._settle({flag.text: answer})

        self.app.push_screen(question, settle)

    def action_keep(self) -> None:
        """Leave it as it is, knowingly."""
        flag = self._flag()
        if flag is not None:
            self._settle(keep=[flag.text])

    def action_remove(self) -> None:
        """Take it out."""
        flag = self._flag()
        if flag is not None:
            self._settle(remove=[flag.text])

    def action_take_back(self) -> None:
        """Let a settled flag stand again."""
        flag = self._flag()
        if flag is not None:
            self._settle(open_again=[flag.text])

    @work(thread=True, exclusive=True, exit_on_error=False, group="settle")
    def _settle(
        self,
        replaced: dict[str, str] | None = None,
        keep: Sequence[str] = (),
        remove: Sequence[str] = (),
        open_again: Sequence[str] = (),
    ) -> None:
        self.post_message(self.Looked(self.settled(replaced or {}, keep, remove, open_again)))

    @on(Done)
    def leave(self) -> None:
        """Go back; the app says what was done."""
        self.action_back()

    def action_pane(self) -> None:
        """Go to the other text, on a narrow screen in place of the first."""
        order = [self.query_one(f"#{each}") for each in ("flags", "leaves", "yours")]
        at = order.index(self.focused) if self.focused in order else 0
        following = order[(at + 1) % len(order)]
        self.query_one("#texts").set_class(following.id == "yours", "-yours")
        following.focus()

    def resized(self) -> None:
        """Put both texts side by side where there is room."""
        self.query_one("#texts").set_class(self.room < WIDE, "-one")

    # What is shown

    def _flags(self) -> list[Flag]:
        flagged = self.flagged
        found = [*flagged.open_flags, *flagged.settled_flags] if flagged is not None else []
        if not self.for_meetings:
            return found
        # Whom one knows, and as what, is private.
        return [replace(each, what=NAME if each.what == KNOWN else each.what, suggestion="") for each in found]

    def _flag(self) -> Flag | None:
        key = self.query_one("#flags", ItemList).key if self.is_mounted else ()
        return next((each for each in self._flags() if (each.what, each.text) == key), None) if key else None

    def _destination(self, flagged: Flagged) -> Content:
        parts = [plain_line(flagged.destination, "$text-muted"), plain_line(flagged.readers)]
        parts += [Content(self.changes).stylize("$text-warning")] * bool(flagged.before and self.changes)
        return Content.assemble(" ", Content(" · ").join(parts))

    def _yours(self) -> Page:
        head = Block(Content(self.left_heading).stylize("bold $text-muted"))
        return Page(self.left_text, [head, BLANK], is_raw=True)

    def _leaves(self, flagged: Flagged) -> Page:
        size = len(flagged.content.encode("utf-8", "surrogateescape"))
        head = Block(plain_line(f"{self.right_heading}, exactly ({size:,} bytes)", "bold $text-accent"))
        return Page(flagged.content, [head, BLANK], is_raw=True)


def _flag_item(flag: Flag) -> Item:
    key = (flag.what, flag.text)
    if flag.resolved:
        left = Content.assemble((" ✓ ", "$text-success"), plain_line(f"“{flag.text}”"), " ", plain_line(flag.how))
        return Item(left.stylize("$text-muted"), key=key)
    left = Content.assemble((" ▸ ", "$text-warning"), plain_line(f"“{flag.text}”"), ("  ", ""), plain_line(flag.what))
    return Item(left, plain_line(f"line {flag.line}", "$text-muted"), key)
