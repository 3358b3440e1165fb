"""The review before something leaves: what is private at the left, the exact text that leaves at the right.

Nothing is sent while a flag stands, and nothing but by one deliberate key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import WIDE, DeskScreen
from reflect.tui.widgets.item_list import Item, ItemList, remark
from reflect.tui.widgets.markdown_lines import BLANK, Block
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page
from reflect.tui.words import counted, plain_line

if TYPE_CHECKING:
    from reflect.community.review import Review
    from reflect.records.flags import Flag

# What can be done with the flag under the cursor only.
ON_OPEN = ("replace", "keep", "remove")
MOST_NAMED = 4


class ShareScreen(DeskScreen):
    """A private record beside what of it would leave, with each flag to settle below."""

    CSS_PATH = "share.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("share")
    place = "share"
    shows_places = False

    class Looked(Message):
        """What would leave is here."""

        def __init__(self, review: Review) -> None:
            super().__init__()
            self.review = review

    def __init__(self, ref: str, community: str) -> None:
        super().__init__()
        self._ref = ref
        self._community = community
        self._review: Review | None = None

    def body(self) -> Iterable[Widget]:
        """Return where it goes, both texts, and the flags."""
        yield Static(id="destination", markup=False)
        yield Horizontal(MarkdownView(id="yours"), MarkdownView(id="leaves"), id="texts")
        yield Static(id="settled", markup=False)
        yield ItemList(id="flags", is_menu=False)

    def arrive(self) -> None:
        """Give the keys to the flags."""
        self.title_line.where = Content.assemble("Share with ", plain_line(self._community, "bold"))
        self.title_line.note = Content("nothing has left")
        self.query_one("#flags", ItemList).focus()

    def load(self) -> None:
        """Work out what would leave."""
        self._look()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _look(self) -> None:
        self.post_message(self.Looked(self.workspace.sharing.review_again(self._ref, self._community)))

    def failed(self, group: str, sentence: str) -> None:
        """Leave where nothing can be shared; a send that failed can be tried again."""
        super().failed(group, sentence)
        if group == "load" and self._review is None and self.is_current:
            self.action_back()

    @on(Looked)
    def show(self, event: Looked) -> None:
        """Show both texts and the flags."""
        first, self._review = self._review is None, event.review
        review = event.review
        self.query_one("#destination", Static).update(_destination(review))
        self.query_one("#yours", MarkdownView).show(_yours(review), keeps_place=not first)
        self.query_one("#leaves", MarkdownView).show(_leaves(review), keeps_place=not first)
        count = len(review.open_flags)
        says = (
            f"{counted(count, 'flag')} to settle"
            if count
            else f"No flag is open. {self._send_key} shares exactly this."
        )
        self.query_one("#settled", Static).update(
            Content(f" {says}").stylize("bold $text-warning" if count else "bold")
        )
        items = [_flag_item(each) for each in [*review.open_flags, *review.settled_flags]]
        flags = self.query_one("#flags", ItemList)
        flags.show([*items, *_remarks(review)] or [remark("Nothing in it looks like a name, an address or a number.")])
        flags.styles.height = min(max(len(items) + len(_remarks(review)), 1), 8 if self.app.size.height > 30 else 5)
        flag = self._flag()
        if flag is not None and flag.resolved and review.open_flags:
            flags.action_first()
        self.refresh_bindings()

    @property
    def _send_key(self) -> str:
        return self.desk.key_of("share.send")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what settles a flag on an open one, and sending when none is open."""
        if action == "send":
            return self._review is not None and not self._review.open_flags
        if action in ON_OPEN or action == "take_back":
            flag = self._flag()
            return flag is not None and flag.resolved == (action == "take_back")
        return super().check_action(action, parameters)

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
        question = places.ask_line(f"In place of “{flag.text}”", sentence, flag.suggestion)

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
        sharing = self.workspace.sharing
        self.post_message(self.Looked(sharing.settle(self._ref, self._community, replaced, keep, remove, open_again)))

    def action_send(self) -> None:
        """Let exactly what is at the right leave, with the next sync."""
        review = self._review
        if review is not None and not review.open_flags:
            self._send(review)

    @work(thread=True, exclusive=True, exit_on_error=False, group="send")
    def _send(self, review: Review) -> None:
        workspace = self.workspace
        record = workspace.sharing.send(review).record

        def withdraw() -> str:
            workspace.sharing.withdraw(record.ref)
            return f"“{record.title}” is withdrawn from {record.place}; it had not been sent."

        key = self.desk.key_of("everywhere.sync")
        self.post_message(Done(f"“{record.title}” is in {record.place}. {key} sends it.", withdraw))

    @on(Done)
    def leave(self) -> None:
        """Go back; the app says what was shared."""
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

    def _flag(self) -> Flag | None:
        review, key = self._review, self.query_one("#flags", ItemList).key if self.is_mounted else ()
        if review is None or not key:
            return None
        flags = [*review.open_flags, *review.settled_flags]
        return next((each for each in flags if (each.what, each.text) == key), None)


def _destination(review: Review) -> Content:
    parts = [plain_line(review.destination, "$text-muted"), plain_line(review.readers)]
    line = Content(" · ").join(parts)
    if review.before:
        line = Content.assemble(line, " · ", ("this changes what you shared before", "$text-warning"))
    return Content.assemble(" ", line)


def _yours(review: Review) -> Page:
    head = Block(Content("Yours (private)").stylize("bold $text-muted"))
    return Page(review.source.text, [head, BLANK], is_raw=True)


def _leaves(review: Review) -> Page:
    size = len(review.content.encode())
    head = Block(Content(f"What leaves, exactly ({size:,} bytes)").stylize("bold $text-accent"))
    return Page(review.content, [head, BLANK], is_raw=True)


def _flag_item(flag: Flag) -> Item:
    key = (flag.what, flag.text)
    if flag.resolved:
        left = Content.assemble((" ✓ ", "$text-success"), plain_line(f"“{flag.text}”"), " ", plain_line(flag.how))
        return Item(left.stylize("$text-muted"), key=key)
    left = Content.assemble((" ▸ ", "$text-warning"), plain_line(f"“{flag.text}”"), ("  ", ""), plain_line(flag.what))
    return Item(left, plain_line(f"line {flag.line}", "$text-muted"), key)


def _remarks(review: Review) -> list[Item]:
    """Return what was done without asking: names that gave way to roles, and what was left behind."""
    found = []
    if review.replaced:
        pairs = ", ".join(f"“{text}” → {role}" for text, role in review.replaced[:MOST_NAMED])
        found.append(remark(plain_line(f"✓ {pairs}{' …' * (len(review.replaced) > MOST_NAMED)}")))
    if review.dropped:
        found.append(remark(plain_line(f"✓ left behind: {', '.join(review.dropped)}")))
    return found
