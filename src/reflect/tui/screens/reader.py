"""Reading one record: its text, what leads to and from it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reflect.insights.chain import PARENTS
from reflect.records.textforms import folded, one_line
from reflect.records.wording import counted
from reflect.tui import places
from reflect.tui.clipboard import copy, text_to_copy
from reflect.tui.keys import bindings
from reflect.tui.messages import Done, ReadingOn, Refreshed
from reflect.tui.outside_editor import edit_file
from reflect.tui.reading import Reading, read, with_signature
from reflect.tui.screens.drawn_reader import DrawnReader
from reflect.tui.trail import names_of, trail
from reflect.tui.widgets.find_in_page import FindInPage
from reflect.tui.widgets.markdown_view import MarkdownView

if TYPE_CHECKING:
    from reflect.community.signatures import Signature
    from reflect.records.record import Record
    from reflect.vault.erasure import Erasure

# So much of the title line is left to the note at its right.
NOTE_WIDTH = 26

# What is done with a file of the journal.
OF_ONES_OWN = ("delete", "erase", "open_outside", "share")

# Kinds that hang on one another, from a problem to what became of it.
LINKED = tuple(PARENTS)

# The margins of the page.
AROUND = 6


class ReaderScreen(DrawnReader):
    """One record; links lead on, escape leads back."""

    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("reader")
    place = "reader"
    is_left_when_gone = True

    class Read(Message):
        """The record is here."""

        def __init__(self, reading: Reading) -> None:
            super().__init__()
            self.reading = reading

    class Signed(Message):
        """How the last change of this text is signed, None where the community lists no keys."""

        def __init__(self, text: str, signature: Signature | None) -> None:
            super().__init__()
            self.text = text
            self.signature = signature

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self._title = ""
        self._problem = ""
        self._targets: Mapping[str, str] = {}
        # Of which text the signature is known, and what it says.
        self._signed: tuple[str, Signature | None] | None = None

    @property
    def record(self) -> Record | None:
        """The record, None before it is here."""
        return self._shown.record if self._shown is not None else None

    @property
    def community(self) -> str:
        """Where something new would stand: beside the record."""
        return self.record.place if self.record is not None else ""

    @property
    def agenda_id(self) -> str:
        """The agenda that something new for the community would belong to."""
        record = self.record
        if record is None or not record.place:
            return ""
        if record.kind == "agenda":
            return record.id
        return record.agenda if folded(record.agenda) in self._targets else ""

    @property
    def crumb(self) -> str:
        """What this record is called on the way back to it."""
        return self._title

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        view = MarkdownView(id="text", measure=int(self.desk.settings.measure))
        view.styles.max_width = int(self.desk.settings.measure) + AROUND
        yield Horizontal(view, id="page")
        yield FindInPage(view)

    def arrive(self) -> None:
        """Give the keys to the page."""
        self.title_line.note = Content("")
        self.query_one(MarkdownView).focus()

    def load(self) -> None:
        """Read the record."""
        self._load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self) -> None:
        workspace = self.workspace
        reading = read(workspace, self.path, self.desk.now().date())
        self.post_message(self.Read(reading))
        self.find_refusals(reading.record)
        unread = [row for row in workspace.catalog.at_ref(reading.path) if row.unread]
        if unread:
            workspace.communities.mark_read(unread)
            # The lists that were left say anew what is new when one comes back to them.
            self.desk.generation += 1

    @on(Read)
    def show(self, event: Read) -> None:
        """Show the record; where it did not change, one stays at one's line."""
        reading = event.reading
        text = reading.record.text
        if reading.record.place and (self._signed is None or self._signed[0] != text):
            self._look_at_signature(reading.record)
        elif self._signed is not None and self._signed[1] is not None:
            reading = with_signature(reading, self._signed[1])
        self.path, self._title, self._problem = reading.path, reading.title, reading.problem
        self._targets = reading.targets
        self._show_way(reading.label)
        if reading != self._shown:
            is_same = self._shown is not None
            self._shown = reading
            self.query_one(MarkdownView).show(reading.page, keeps_place=is_same)
            self.refresh_bindings()

    @work(thread=True, exclusive=True, exit_on_error=False, group="signature")
    def _look_at_signature(self, record: Record) -> None:
        # The page does not wait for it: git looks through history for who changed it last.
        self.post_message(self.Signed(record.text, self.workspace.signature(record)))

    @on(Signed)
    def show_signature(self, event: Signed) -> None:
        """Say how the record is signed."""
        self._signed = (event.text, event.signature)
        if self._shown is not None and self._shown.record.text == event.text and event.signature is not None:
            self._shown = with_signature(self._shown, event.signature)
            self.query_one(MarkdownView).show(self._shown.page, keeps_place=True)

    def resized(self) -> None:
        """Say the way here as far as there is room."""
        if self._shown is not None:
            self._show_way(self._shown.label)

    @on(MarkdownView.Progress)
    def show_progress(self, event: MarkdownView.Progress) -> None:
        """Say how much of a long text is laid out; of a whole one, how many links it has."""
        if event.share < 1:
            self.title_line.note = Content(f"{event.share:.0%} laid out")
        elif self._shown is not None:
            parts = [counted(self._shown.links, "link")] * bool(self._shown.links)
            parts += [f"{self._shown.leading_here} lead here"] * bool(self._shown.leading_here)
            self.title_line.note = Content(" · ".join(parts))

    def _show_way(self, label: str) -> None:
        names = names_of(self.app.screen_stack[:-1])
        self.title_line.where = trail(names, label, self.app.size.width - NOTE_WIDTH)

    @on(MarkdownView.Followed)
    def follow(self, event: MarkdownView.Followed) -> None:
        """Open what a link names."""
        target = self._targets.get(folded(event.target)) or (event.target if event.target.endswith(".md") else "")
        if target:
            self.app.push_screen(places.reader(target))
        else:
            self.tell(f"No record, or more than one, is called “{event.target}”. Search finds by words, with /.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what changes a file of the journal for records of the journal alone."""
        if action == "versions":
            return self._shown is not None and self._shown.has_two_versions
        if action == "chain":
            return self._shown is not None and self._shown.record.kind in LINKED
        if action == "share":
            return self._shown is not None and self._shown.can_be_shared
        if action in OF_ONES_OWN and self._shown is not None and self._shown.record.place:
            return False
        return super().check_action(action, parameters)

    async def action_edit(self) -> None:
        """Write on the record."""
        if self._problem:
            self.tell("This record cannot be read, so it has no form. o opens it in an editor of your own.")
        else:
            await self.app.push_screen(places.writing(path=self.path))

    def action_share(self) -> None:
        """Choose a community, and see exactly what would leave."""
        self._find_communities()

    @work(thread=True, exclusive=True, exit_on_error=False, group="communities")
    def _find_communities(self) -> None:
        names = [each.name for each in self.workspace.communities.here()]
        self.app.call_from_thread(self._choose_community, names)

    def _choose_community(self, names: list[str]) -> None:
        if not names:
            self.tell("There is no community to share with yet. 4 says how to join or begin one.")
        elif len(names) == 1:
            self.app.push_screen(places.share(self.path, names[0]))
        else:

            def review(answer: str | None) -> None:
                if answer is not None:
                    self.app.push_screen(places.share(self.path, names[int(answer) - 1]))

            self.app.push_screen(places.choose_community(names[:9]), review)

    def action_versions(self) -> None:
        """Show the two versions of the record, to make one of them again."""
        self.app.push_screen(places.two_versions(self.path))

    def action_history(self) -> None:
        """Show the states of the record."""
        self.app.push_screen(places.history(self.path, self._title))

    def action_find(self) -> None:
        """Find words in this record."""
        self.query_one(FindInPage).open()

    def action_paper(self) -> None:
        """Show the record as it would stand on paper."""
        self.app.push_screen(places.paper(self.path))

    def action_chain(self) -> None:
        """Show what the record came from, and what came of it."""
        self.app.push_screen(places.chain(self.path))

    def action_copy(self) -> None:
        """Copy the text, without its fields."""
        if self._shown is not None:
            copy(self.desk, text_to_copy(self._shown.record), "The text", self._shown.record)

    def action_copy_file(self) -> None:
        """Copy the whole file."""
        if self._shown is not None:
            copy(self.desk, self._shown.record.text, "The whole file", self._shown.record)

    def action_copy_link(self) -> None:
        """Copy the link one has walked to, or one to this record."""
        target = self.query_one(MarkdownView).link or (self._shown.record_id if self._shown else "") or self._title
        copy(self.desk, f"[[{target}]]", f"[[{one_line(target)}]]")

    def action_open_outside(self) -> None:
        """Open the file in an editor of one's own, and take up what was changed."""
        if edit_file(self.desk, self.workspace.vault.root / self.path):
            self._take_up()

    def action_delete(self) -> None:
        """Delete the record; a toast says how to have it back."""
        self._delete()

    def action_erase(self) -> None:
        """Look at what erasing the record means, and ask."""
        self._look_at_erasing()

    @work(thread=True, exclusive=True, exit_on_error=False, group="erase")
    def _look_at_erasing(self) -> None:
        from reflect.vault.erasure_words import what_goes, what_stays

        erasure = self.workspace.eraser.look(self.path)
        sentences = [*what_goes(erasure), *what_stays(erasure)]
        self.app.call_from_thread(self._ask_to_erase, erasure, sentences)

    def _ask_to_erase(self, erasure: Erasure, sentences: list[str]) -> None:
        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self._erase(erasure)

        if self.is_current:
            self.app.push_screen(places.erase(erasure.record.title, sentences), answered)

    @work(thread=True, exclusive=True, exit_on_error=False, group="erase")
    def _erase(self, erasure: Erasure) -> None:
        from reflect.vault.erasure_words import what_was_done

        def progress(done: int, total: int) -> None:
            self.desk.post_message(ReadingOn(done, total, "erasing"))

        try:
            erased = self.workspace.eraser.erase(erasure, progress)
        finally:
            self.desk.post_message(ReadingOn(0, 0))
        self.post_message(Done(" ".join(["It is erased.", *what_was_done(erased)])))

    @work(thread=True, exclusive=True, exit_on_error=False, group="take-up")
    def _take_up(self) -> None:
        self.workspace.indexer.refresh_files([self.path])
        self.workspace.take_up([self.path])
        self.post_message(Refreshed(True, [], is_full=False))

    @work(thread=True, exclusive=True, exit_on_error=False, group="delete")
    def _delete(self) -> None:
        workspace = self.workspace
        record = workspace.delete(self.path)

        def bring_back() -> str:
            return f"“{workspace.restore(record.path).record.title}” is back."

        self.post_message(Done(f"“{record.title}” is deleted.", bring_back))

    @on(Done)
    def leave(self) -> None:
        """Go back to where one was; the app says what was deleted."""
        self.action_back()
