"""Writing: the heart. A text with the headings of its kind, its fields beside it, and one word on its state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from reflect.records.kinds import Kind
from reflect.records.textforms import folded
from reflect.records.wording import counted
from reflect.tui.keys import bindings
from reflect.tui.outside_editor import edit_text
from reflect.tui.pen import Task
from reflect.tui.screens.desk_screen import WIDE
from reflect.tui.screens.pen_screen import PenScreen
from reflect.tui.screens.spelling_screen import SpellingScreen
from reflect.tui.sheet import Sheet
from reflect.tui.widgets.completion import Completion
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.find_bar import FindBar
from reflect.tui.widgets.foot_line import FootLine
from reflect.tui.widgets.for_whom import ForWhom
from reflect.tui.widgets.form import Form
from reflect.tui.widgets.line import Line
from reflect.tui.words import PRIVATE, UNSHARED, for_all_in, plain, plain_line

# What stands beside the text in its column: padding, the bar that scrolls, room for the cursor.
AROUND = 6
CALM = 72
# Of these the title is the thing itself, so one begins there.
TITLED_FIRST = {
    "agenda": "The question, as you would ask it",
    "question": "The question, as you would ask it",
    "person": "The name you use here",
}


class WritingScreen(SpellingScreen):
    """One sheet. What is typed is a draft within two seconds, and a record when one saves or leaves."""

    CSS_PATH = "writing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("writing"), *bindings("completion")]
    place = "writing"
    shows_places = False

    editor = query_one("#editor", Editor)
    title_box = query_one("#title", Line)
    form = query_one("#form", Form)
    find_bar = query_one(FindBar)
    section_hint = query_one("#section-hint", Static)

    def __init__(self, task: Task, for_meetings: bool = False) -> None:
        super().__init__(task, for_meetings)
        self._has_form = False
        self._hint = ""

    def compose(self) -> ComposeResult:
        """Lay the screen out: under what a body is, the line to find in, and the hint."""
        for widget in super().compose():
            if isinstance(widget, FootLine):
                yield FindBar()
                yield Static("", id="section-hint", markup=False)
            yield widget
        yield Completion()

    def body(self) -> Iterable[Widget]:
        """Return for whom it is, the sheet and the panel."""
        yield ForWhom(id="for-whom")
        title = Line(placeholder="Title; without one, the first sentence", id="title")
        sheet = Vertical(title, Static("", id="prompt", markup=False), Editor(id="editor"), id="sheet")
        yield Horizontal(sheet, Form(id="form"), id="columns")

    def arrive(self) -> None:
        """Take keys at once: what is typed before the sheet is there goes where the cursor will be."""
        self.title_line.note = Content("")
        self.show_for_whom()
        self._set_measure()
        self.set_class(self.desk.hides_panel, "-no-panel")
        self.set_focus(self.editor)

    @on(PenScreen.Ready)
    def show_sheet(self, event: PenScreen.Ready) -> None:
        """Show the sheet, with the cursor where one writes."""
        opened = self.opened = event.opened
        self.show_for_whom()
        sheet, typed = opened.sheet, self.editor.content_text
        with self.prevent(Line.Changed, TextArea.Changed):
            self.title_box.value = sheet.own_title
            self.editor.load(opened.opened_body)
        self.editor.move_cursor((_first_line(self.editor, sheet, self._what.at), 0))
        if sheet.is_new and sheet.kind.name in TITLED_FIRST:
            self.title_box.placeholder = TITLED_FIRST[sheet.kind.name]
            self.set_focus(self.title_box)
            self.title_box.insert_text_at_cursor(typed)
        elif typed:
            self.editor.insert(typed)
        prompt = sheet.texts_of("prompt") if sheet.is_new else []
        self.query_one("#prompt", Static).update(plain(prompt[0] if prompt else ""))
        self.query_one("#prompt").set_class(bool(prompt), "-shown")
        if opened.note:
            self.show_state("draft")
            self.tell(opened.note)
        self.show_saved()
        self.show_hint()
        self._show_words()
        if sheet.kind.field(self._what.at) is not None:
            self.action_fields()
        elif self._form_is_seen():
            self.call_after_refresh(self._fill_form)

    def show_for_whom(self) -> None:
        """Say in plain sight that this text is for a community, and which."""
        self.query_one(ForWhom).show(self.community)
        self.set_class(bool(self.community), "-shared")

    # Typing

    def typed(self) -> tuple[str, str]:
        """Return the title and the text as they stand on the screen."""
        return self.title_box.value, self.editor.content_text

    @on(TextArea.Changed, "Editor")
    @on(Line.Changed, "#title")
    def note_typing(self, event: Message) -> None:
        """Note that something was typed."""
        event.stop()
        if self.opened is not None:
            self.changed()
            if isinstance(event, TextArea.Changed):
                self.offer()
                self._show_words()
                self.find_bar.find()

    def _show_words(self) -> None:
        count = sum(editor.word_count for editor in self.query(Editor))
        self.foot_line.note = Content(counted(count, "word")).stylize("$text-muted")

    @on(TextArea.SelectionChanged, "Editor")
    def show_hint(self) -> None:
        """Show what is meant by the section that the cursor is in."""
        self.follow_cursor()
        if self.opened is None:
            return
        sheet = self.opened.sheet
        spec = sheet.kind.section(self.editor.heading_above() or " ")
        values = {**sheet.values, **self.changes}
        hint = sheet.kind.hint_of(spec, sheet.lang, values) if spec else sheet.kind.purpose
        # The cursor moves with each key, the section seldom; a text that is shown anew is laid out anew.
        if hint != self._hint:
            self._hint = hint
            self.form.show_hint(hint)
            self.section_hint.update(plain_line(hint))

    @on(events.DescendantBlur)
    def leave_text(self) -> None:
        """Take the list away when one goes elsewhere."""
        if not self.editor.has_focus:
            self.completion.close()

    @on(Line.Submitted, "#title")
    def to_the_text(self, event: Line.Submitted) -> None:
        """Go on in the text."""
        event.stop()
        self.editor.focus()

    # What is shown

    def show_state(self, words: str, is_trouble: bool = False) -> None:
        """Show in one corner how safe the text is."""
        if self.is_attached:
            self.title_line.note = plain_line(words, "$text-error" if is_trouble else "")

    def show_saved(self) -> None:
        """Show what is being written, and whether it is private."""
        if self.opened is None or self.has_class("-calm"):
            return
        sheet = self.opened.sheet
        parts = [Content(sheet.kind.shown_label(sheet.lang))]
        if self.opened.agenda_title:
            agenda = Content.assemble(" · ", plain_line(self.opened.agenda_title))
            parts.append(agenda.stylize("not bold $text-muted"))
        parts.append(self.whose(sheet.kind))
        self.title_line.where = Content("").join(parts)

    def whose(self, kind: Kind) -> Content:
        """Return for whom it is written, or that it is for nobody else."""
        if self.community:
            return Content.assemble((" · for ", "not bold $text-muted"), plain_line(self.community, "$text-warning"))
        return Content(" · private" if kind.is_private else "").stylize("not bold $text-muted")

    def show_settled(self, title: str, body: str) -> None:
        """Show a title and a text in which names gave way to roles; undo leads back."""
        with self.prevent(Line.Changed):
            self.title_box.value = title
        self.show_merged(body)

    def show_merged(self, body: str) -> None:
        """Show a text that holds what another program had written meanwhile; undo leads back."""
        with self.prevent(TextArea.Changed):
            self.editor.replace_all(body)
        self._show_words()
        self.find_bar.find()

    # The panel, and other ways to write

    def action_back(self) -> None:
        """Close what lies over the text, else leave."""
        if self.find_bar.is_open:
            self.find_bar.close()
        elif self.form.has_class("-open"):
            self._close_panel()
        else:
            super().action_back()

    def action_calm(self) -> None:
        """Show nothing but the text, or everything again."""
        self._close_panel()
        self.toggle_class("-calm")
        self._set_measure()
        self.title_line.where = Content("")
        self.show_saved()

    def action_panel(self) -> None:
        """Put the fields beside the text away, or bring them back."""
        self.desk.hides_panel = not self.desk.hides_panel
        self.set_class(self.desk.hides_panel, "-no-panel")
        self._close_panel()
        self.resized()

    def action_find(self) -> None:
        """Find in the text."""
        if self.opened is not None:
            self.completion.close()
            self.find_bar.open(self.editor)

    def action_find_next(self, step: int) -> None:
        """Go to the next place where it is, or the one before."""
        if self.find_bar.is_open:
            self.find_bar.step(step)
        else:
            self.action_find()

    def action_fields(self) -> None:
        """Go to the fields, or back to the text."""
        if self.form.has_class("-open") or self.form.has_focus_within:
            self._close_panel()
            return
        if self.has_class("-calm"):
            self.action_calm()
        if not self._form_is_seen():
            self.form.add_class("-open")
            self.add_class("-fields")
            # Where there is room, both are seen.
            self.query_one("#sheet").display = self.room >= WIDE
        self.call_after_refresh(self._to_the_form)

    def action_open_outside(self) -> None:
        """Write on in an editor of one's own, and come back with the text."""
        if self.opened is not None:
            self.keep_now()
            before = self.editor.content_text
            after = edit_text(self.desk, self.workspace.places.state, before)
            if after.rstrip("\n") != before.rstrip("\n"):
                self.editor.replace_all(after)

    def resized(self) -> None:
        """Fill the panel when it comes into view."""
        self.completion.close()
        if self.form.has_class("-open"):
            self.query_one("#sheet").display = self.room >= WIDE
        if self._form_is_seen():
            self.call_after_refresh(self._fill_form)

    async def _to_the_form(self) -> None:
        await self._fill_form()
        row = self.form.row(self._what.at)
        inside = row.query("Input, Select, ChoiceList, TextArea") if row is not None else ()
        first = next(iter(inside or self.form.query("#first Input, #first Select, #first ChoiceList")), None)
        if first is not None:
            first.focus()

    def _close_panel(self) -> None:
        self.form.remove_class("-open")
        self.remove_class("-fields")
        self.query_one("#sheet").display = True
        self.editor.focus()

    def _form_is_seen(self) -> bool:
        is_beside = self.room >= WIDE and not self.desk.hides_panel
        return is_beside or self.form.has_class("-open")

    def _set_measure(self) -> None:
        measure = int(self.desk.settings.measure)
        if self.has_class("-calm"):
            measure = min(measure, CALM)
        for sheet in self.query("#sheet"):
            sheet.styles.max_width = measure + AROUND

    async def _fill_form(self) -> None:
        opened = self.opened
        if opened is None or self._has_form:
            return
        self._has_form = True
        private = PRIVATE if opened.sheet.kind.is_private else UNSHARED
        below = for_all_in(self.community) if self.community else private
        await self.form.show(opened.first, opened.more, self.texts_of, below)


def _first_line(editor: Editor, sheet: Sheet, at: str) -> int:
    """Return the line to begin in: that of a section, the first to write in of a new record, else the first."""
    lines = editor.document.lines
    spec = sheet.kind.section(at) if at else None
    headings = [number for number, line in enumerate(lines) if line.startswith("## ")]
    wanted = [number for number in headings if spec is not None and folded(lines[number][3:]) in spec.aliases]
    place = next((number + 2 for number in wanted or headings), 0)
    return min(place, len(lines) - 1) if sheet.is_new or wanted else 0
