"""Answering a peer: what they wrote above, one box for the answer below, and a line to say what one brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from reflect.records.wording import counted
from reflect.tui.keys import bindings
from reflect.tui.pen import Task
from reflect.tui.reading import read
from reflect.tui.screens.fields_screen import FieldsScreen
from reflect.tui.screens.pen_screen import PenScreen
from reflect.tui.shared_page import read_shared
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.field_row import FieldRow
from reflect.tui.widgets.for_whom import ForWhom
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page
from reflect.tui.words import plain_line

# What a short answer says beside its words; the whole form is there when one edits it later.
ASKED = ("kind_of", "speaking_as", "answer")


class RespondingScreen(FieldsScreen):
    """One box. The answer stands below the record for all there once it is written and sent."""

    CSS_PATH = "responding.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("responding")
    place = "responding"
    shows_places = False

    editor = query_one("#editor", Editor)

    class Found(Message):
        """What is answered is here."""

        def __init__(self, title: str, page: Page) -> None:
            super().__init__()
            self.title = title
            self.page = page

    def __init__(self, task: Task, for_meetings: bool = False) -> None:
        super().__init__(task, for_meetings)
        # The heading of the one section, which stands before what is typed.
        self._before = ""
        self._title = ""

    def body(self) -> Iterable[Widget]:
        """Return what is answered, the box, and what goes with it."""
        yield ForWhom(id="for-whom")
        yield MarkdownView(id="answered", measure=int(self.desk.settings.measure))
        yield Vertical(Editor(id="editor"), Horizontal(id="fields"), id="answer")

    def arrive(self) -> None:
        """Begin in the box."""
        self.title_line.note = Content("")
        self.query_one(ForWhom).show(self.community)
        self._show_way()
        self.set_focus(self.editor)

    @on(PenScreen.Ready)
    async def show_sheet(self, event: PenScreen.Ready) -> None:
        """Show the box as it was left, with the cursor at its end, and fetch what is answered."""
        opened, typed = event.opened, self.editor.content_text
        self.opened = opened
        self.query_one(ForWhom).show(self.community)
        text = opened.opened_body
        heading = next((f"## {each.shown_title(opened.sheet.lang)}\n\n" for each in opened.sheet.kind.sections), "")
        self._before = heading if text.startswith(heading) else ""
        with self.prevent(TextArea.Changed):
            self.editor.load(text.removeprefix(self._before))
        self.editor.move_cursor(self.editor.document.end)
        if typed:
            self.editor.insert(typed)
        asked = [each for name in ASKED for each in (*opened.first, *opened.more) if each.name == name]
        await self.query_one("#fields").mount_all(FieldRow(spec, self.texts_of(spec.name)) for spec in asked)
        if opened.note:
            self.show_state("draft")
            self.tell(opened.note)
        self._find(next(iter(opened.sheet.texts_of("to")), ""))

    @work(thread=True, exclusive=True, exit_on_error=False, group="answered")
    def _find(self, record_id: str) -> None:
        workspace = self.workspace
        rows = [row for row in workspace.catalog.with_ids([record_id]) if row.place == self.community]
        for row in rows[:1]:
            if self.for_meetings:
                # What leads to it from one's journal is for one's own eyes.
                page = read_shared(workspace, row).page
            else:
                page = read(workspace, row.ref, self.desk.now().date()).page
            self.post_message(self.Found(row.title, page))

    @on(Found)
    def show_answered(self, event: Found) -> None:
        """Show what is answered."""
        self._title = event.title
        self._show_way()
        self.query_one("#answered", MarkdownView).show(event.page)

    def _show_way(self) -> None:
        title = Content.assemble(" to ", plain_line(f"“{self._title}”")).stylize("not bold") if self._title else ""
        self.title_line.where = Content.assemble("Answer", title)

    # Typing

    def typed(self) -> tuple[str, str]:
        """Return no title, which is made from the words, and the text."""
        return "", self._before + self.editor.content_text

    @on(TextArea.Changed, "Editor")
    def note_typing(self, event: TextArea.Changed) -> None:
        """Note that something was typed."""
        event.stop()
        if self.opened is not None:
            self.changed()
            self.foot_line.note = Content(counted(self.editor.word_count, "word")).stylize("$text-muted")

    def show_state(self, words: str, is_trouble: bool = False) -> None:
        """Show in one corner how safe the text is."""
        if self.is_attached:
            self.title_line.note = plain_line(words, "$text-error" if is_trouble else "")

    def show_settled(self, title: str, body: str) -> None:
        """Show a text in which names gave way to roles; undo leads back."""
        self.show_merged(body)

    def show_merged(self, body: str) -> None:
        """Show a text that holds what another program had written meanwhile; undo leads back."""
        with self.prevent(TextArea.Changed):
            self.editor.replace_all(body.removeprefix(self._before))

    def action_read_on(self, pages: int) -> None:
        """Read on in what is answered, or back, without leaving the box."""
        view = self.query_one("#answered", MarkdownView)
        if pages > 0:
            view.scroll_page_down()
        else:
            view.scroll_page_up()
