"""The states of a record: when each was kept, what it changed, and the way back to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from reflect.community.writing import FlagsOpen
from reflect.errors import ReflectError
from reflect.records.comparing import compared
from reflect.tui.differing import Told, difference_blocks, told
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.reading import page_at
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.states import Size, state_items
from reflect.tui.widgets.item_list import ItemList
from reflect.tui.widgets.markdown_lines import BLANK, Block
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page
from reflect.tui.words import in_words, plain_line
from reflect.vault.history import Version, shown_time

# So many sizes are worked out before the list shows them.
BATCH = 8
RULE = Block(Content("─" * 12).stylize("$text-muted"))


@dataclass(frozen=True)
class Change:
    """What a state changed, how the present one differs from it, the record as it was, and a look before restoring.

    The first state changed nothing: `made` is None.
    """

    rev: str
    made: Told | None
    since: Told
    page: Page
    preview: Page


class HistoryScreen(DeskScreen):
    """The states at the left, what one of them changed at the right."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("history")
    place = "reader"
    is_left_when_gone = True

    class Loaded(Message):
        """The states are here, and the name of whom they are when nothing is said."""

        def __init__(self, versions: list[Version], own_name: str) -> None:
            super().__init__()
            self.versions = versions
            self.own_name = own_name

    class Measured(Message):
        """What some states changed is known."""

        def __init__(self, sizes: Mapping[str, Size]) -> None:
            super().__init__()
            self.sizes = sizes

    class Compared(Message):
        """What one state changed is here."""

        def __init__(self, change: Change) -> None:
            super().__init__()
            self.change = change

    def __init__(self, path: str, title: str) -> None:
        super().__init__()
        self._path = path
        self._title = title
        self._versions: list[Version] = []
        self._own_name = ""
        self._sizes: dict[str, Size] = {}
        self._change: Change | None = None
        self._is_against_now = False

    def body(self) -> Iterable[Widget]:
        """Return the states and the difference."""
        yield Horizontal(ItemList(id="states", is_menu=False), MarkdownView(id="difference"), id="columns")

    def arrive(self) -> None:
        """Say where one is."""
        where = Content.assemble(("‹ ", "$text-muted"), plain_line(self._title), (" › history", "$text-muted"))
        self.title_line.where = where
        self.query_one(ItemList).focus()

    def load(self) -> None:
        """Fetch the states."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace, worker = self.workspace, get_current_worker()
        versions = workspace.history(self._path)
        place = workspace.get(self._path).place
        own = workspace.communities.get(place).membership.author if place else workspace.vault.marker.name
        self.post_message(self.Loaded(versions, own))
        later, sizes = "", {}
        for number, version in enumerate([*versions, None]):
            text = workspace.text_at(self._path, version.rev) if version else ""
            if number:
                sizes[versions[number - 1].rev] = Size.of(compared(text, later))
            if worker.is_cancelled:
                return
            if sizes and (version is None or number % BATCH == 0):
                self.post_message(self.Measured(sizes))
                sizes = {}
            later = text

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the states, the newest first."""
        self._versions, self._own_name, self._change = event.versions, event.own_name, None
        self._show_states()

    @on(Measured)
    def take_sizes(self, event: Measured) -> None:
        """Show how much some states changed."""
        self._sizes |= event.sizes
        self._show_states()

    def _show_states(self) -> None:
        today = self.desk.now().date()
        self.query_one(ItemList).show(state_items(self._versions, self._sizes, self._own_name, today))

    @on(ItemList.Highlighted)
    def look(self) -> None:
        """Show what the state under the cursor changed."""
        key = self.query_one(ItemList).key
        if key and (self._change is None or self._change.rev != key[0]):
            revs = [each.rev for each in self._versions]
            at = revs.index(key[0])
            self.compare(key[0], revs[at + 1] if at + 1 < len(revs) else "")

    @work(thread=True, exclusive=True, exit_on_error=False, group="compare")
    def compare(self, rev: str, before: str) -> None:
        """Work out what a state changed."""
        workspace = self.workspace
        text, now = workspace.text_at(self._path, rev), workspace.get(self._path)
        earlier = workspace.text_at(self._path, before) if before else ""
        made = told(workspace, now.kind, earlier, text) if before else None
        since = told(workspace, now.kind, text, now.text)
        back = difference_blocks(told(workspace, now.kind, now.text, text))
        page = page_at(workspace, now.ref, rev)
        above = [Block(Content("What going back changes").stylize("bold $text-accent")), BLANK, *back, RULE, BLANK]
        preview = dataclasses.replace(page, above=(*above, *page.above))
        self.post_message(self.Compared(Change(rev, made, since, page, preview)))

    @on(Compared)
    def show_change(self, event: Compared) -> None:
        """Show what a state changed, or what was changed since."""
        self._change = event.change
        self._show_change()

    def _show_change(self) -> None:
        change = self._change
        version = next((each for each in self._versions if change and each.rev == change.rev), None)
        if change is None or version is None:
            return
        difference = change.since if self._is_against_now else change.made
        says = "From this state to now" if self._is_against_now else f"What was {in_words(version.message)}"
        head = [Block(Content.assemble((says, "bold"), (f"  {shown_time(version.at)}", "$text-muted"))), BLANK]
        if difference is None:
            page = dataclasses.replace(change.page, above=(*head, *change.page.above))
        elif difference.is_empty:
            is_now = self._is_against_now and version is self._versions[0]
            words = "This is the record as it is now." if is_now else "Nothing differs."
            page = Page(above=[*head, Block(Content(words))])
        else:
            page = Page(above=[*head, *difference_blocks(difference)])
        self.query_one(MarkdownView).show(page)

    def action_against(self) -> None:
        """Compare with the record as it is now, or again with the state before."""
        self._is_against_now = not self._is_against_now
        self._show_change()

    def action_restore(self) -> None:
        """Show the record as it would be and what going back would change, and ask."""
        change = self._change
        if change is None:
            return
        if change.since.is_empty:
            self.tell("The record is in this state now.")
            return

        from reflect.tui.dialogs.restore import RestoreDialog

        def restore(is_wanted: bool | None) -> None:
            if is_wanted:
                self._restore(change.rev)

        self.app.push_screen(RestoreDialog(change.preview), restore)

    def on_virtual_list_chosen(self) -> None:
        """Ask whether to go back to the state under the cursor."""
        self.action_restore()

    @work(thread=True, exclusive=True, exit_on_error=False, group="restore")
    def _restore(self, rev: str) -> None:
        workspace = self.workspace
        before = workspace.get(self._path)
        try:
            saved = workspace.restore(self._path, rev)
        except FlagsOpen as error:
            workspace.new_draft(before.kind, error.text, before)
            raise ReflectError(
                "That state may name someone, and since then more is looked at before anything leaves.",
                "It is kept as a draft: open it to settle that.",
            ) from None

        def go_forward() -> str:
            workspace.save_change(workspace.get(saved.record.ref), before.text)
            workspace.indexer.refresh_files([saved.record.path])
            return f"“{before.title}” is again as it was before."

        self.post_message(Done(f"“{saved.record.title}” is as it was.", go_forward))
