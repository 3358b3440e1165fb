"""The states of a record: when each was kept, what it changed, and the way back to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.item_list import Item, ItemList
from reflect.tui.widgets.markdown_lines import Block
from reflect.tui.widgets.markdown_view import MarkdownView, Page
from reflect.tui.words import in_words, plain, plain_line
from reflect.vault.history import Version, difference, shown_time

PREVIEW = 14


@dataclass(frozen=True)
class Change:
    """What a state changed, and what going back to it would change now; both as lines of a difference."""

    rev: str
    lines: Sequence[str]
    to_restore: Sequence[str]


class HistoryScreen(DeskScreen):
    """The states at the left, what one of them changed at the right."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("history")
    place = "reader"

    class Loaded(Message):
        """The states are here."""

        def __init__(self, versions: list[Version]) -> None:
            super().__init__()
            self.versions = versions

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
        self._change: Change | None = None

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
        self.post_message(self.Loaded(self.workspace.history(self._path)))

    def failed(self, group: str, sentence: str) -> None:
        """Leave when there is no history to show."""
        super().failed(group, sentence)
        if group == "load" and self.is_current:
            self.action_back()

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the states, the newest first."""
        self._versions = event.versions
        items = [
            Item(
                Content.assemble(f" {shown_time(each.at)}  ", plain_line(in_words(each.message), "$text-muted")),
                key=(each.rev,),
            )
            for each in event.versions
        ]
        self.query_one(ItemList).show(items)

    @on(ItemList.Highlighted)
    def look(self) -> None:
        """Show what the state under the cursor changed."""
        key = self.query_one(ItemList).key
        if key:
            revs = [each.rev for each in self._versions]
            at = revs.index(key[0])
            self.compare(key[0], revs[at + 1] if at + 1 < len(revs) else "")

    @work(thread=True, exclusive=True, exit_on_error=False, group="compare")
    def compare(self, rev: str, before: str) -> None:
        """Work out what a state changed."""
        text = self.workspace.text_at(self._path, rev)
        earlier = self.workspace.text_at(self._path, before) if before else ""
        now = self.workspace.get(self._path).text
        change = Change(rev, difference(earlier, text, ""), difference(now, text, ""))
        self.post_message(self.Compared(change))

    @on(Compared)
    def show_change(self, event: Compared) -> None:
        """Show what a state changed."""
        self._change = event.change
        blocks = [Block(line) for line in _colored(event.change.lines)] or [Block(Content("Nothing changed."))]
        self.query_one(MarkdownView).show(Page(above=blocks))

    def action_restore(self) -> None:
        """Show what going back would change, and ask."""
        change = self._change
        if change is None:
            return
        if not change.to_restore:
            self.tell("The record is in this state now.")
            return
        lines = _colored(change.to_restore)
        preview = Content("\n").join(lines[:PREVIEW])
        rest = len(lines) - PREVIEW
        more = Content(f"\n… and {rest} more lines" if rest > 0 else "").stylize("$text-muted")
        answers = (("r", "Restore it; the present state stays in history"), ("escape", "Leave it as it is"))

        def restore(answer: str | None) -> None:
            if answer == "r":
                self._restore(change.rev)

        self.app.push_screen(AskDialog("Go back to this state?", Content.assemble(preview, more), answers), restore)

    def on_virtual_list_chosen(self) -> None:
        """Ask whether to go back to the state under the cursor."""
        self.action_restore()

    @work(thread=True, exclusive=True, exit_on_error=False, group="restore")
    def _restore(self, rev: str) -> None:
        workspace = self.workspace
        before = workspace.get(self._path)
        saved = workspace.restore(self._path, rev)

        def go_forward() -> str:
            workspace.save_change(workspace.get(saved.record.path), before.text)
            workspace.indexer.refresh_files([saved.record.path])
            return f"“{before.title}” is again as it was before."

        self.post_message(Done(f"“{saved.record.title}” is as it was.", go_forward))


def _colored(lines: Sequence[str]) -> list[Content]:
    """Return the lines of a difference as people read them: a sign, and a color that says the same."""
    found: list[Content] = []
    for line in lines:
        if line.startswith("@@"):
            if found:
                found.append(Content("⋯").stylize("$text-muted"))
        elif line.startswith("+"):
            found.append(Content.assemble("+ ", plain(line[1:])).stylize("$text-success"))
        elif line.startswith("-"):
            found.append(Content.assemble("− ", plain(line[1:])).stylize("$text-error"))
        else:
            found.append(Content.assemble("  ", plain(line[1:])).stylize("$text-muted"))
    return found
