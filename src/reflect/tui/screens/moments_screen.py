"""A sheet that is written moment by moment, as its kind has them; a kind without moments is a plain sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import events, on
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import TextArea

from reflect.records.guidance import opening_moment
from reflect.records.kinds import Kind
from reflect.records.pieces import Pieces, pieces_of
from reflect.records.values import BadValue
from reflect.records.yaml_block import Value
from reflect.tui.forms import parsed
from reflect.tui.guide import MOMENT, has_text, path_line
from reflect.tui.keys import KEYS
from reflect.tui.pen import Opened, Task
from reflect.tui.screens.pen_screen import PenScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.sheet import texts_in_form
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.field_row import FieldRow, FieldSpec
from reflect.tui.words import PRIVATE, UNSHARED, for_all_in, plain_line

HERE = "-here"
FIRST_HINTS = 3


class MomentsScreen(WritingScreen):
    """One editor and some fields for each moment, and a path that says where one is."""

    # The one in view; each keeps its own undo.
    editor = query_one(f"Editor.{HERE}", Editor)

    def __init__(self, task: Task, for_meetings: bool = False) -> None:
        super().__init__(task, for_meetings)
        # One for each moment; none while the text is shown as a whole.
        self._editors: list[Editor] = []
        self._pieces = Pieces(("",))
        self._filled: list[bool] = []
        self._at = 0
        self._wants_whole = False

    def arrive(self) -> None:
        """Take keys at once, in the one editor that is there."""
        self.query_one("#editor").add_class(HERE)
        super().arrive()

    # What stands where

    @property
    def kind(self) -> Kind | None:
        """The kind that is written, None before the sheet is there."""
        return self.opened.sheet.kind if self.opened else None

    @property
    def lang(self) -> str:
        """The language of the record."""
        return self.opened.sheet.lang if self.opened else "en"

    @property
    def editors(self) -> list[Editor]:
        """All editors, in the order of their text."""
        return self._editors or [self.editor]

    def values(self) -> Mapping[str, Value | None]:
        """Return the fields as they stand on the screen."""
        return {**self.opened.sheet.values, **self.changes} if self.opened else {}

    def texts_of(self, name: str) -> list[str]:
        """Return a field as the form shows it now."""
        return texts_in_form(self.values().get(name) or "")

    def typed(self) -> tuple[str, str]:
        """Return the title and the whole text as they stand on the screen."""
        if not self._editors:
            return super().typed()
        return self.title_box.value, self._pieces.joined([each.content_text for each in self._editors])

    def set_fields(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Fill in fields, as if they had been typed into the form."""
        kind = self.kind
        if kind is not None:
            for name, each in texts.items():
                try:
                    self.changes[name] = parsed(kind, name, each)
                except BadValue:
                    # What was written by hand comes back as it was.
                    self.changes[name] = ", ".join(each)
            self.changed()
            self._show_form_again()

    # Opening

    @on(PenScreen.Ready)
    async def show_moments(self, event: PenScreen.Ready) -> None:
        """Show the sheet at the moment that its fields suggest."""
        event.prevent_default()
        opened = event.opened
        shown, kind = opened.opened_body, opened.sheet.kind
        pieces = pieces_of(shown, kind)
        if pieces is not None:
            filled = [has_text(each.split("\n")) for each in pieces.shown]
            at = opening_moment(kind, opened.sheet.values, filled, self.desk.now().date().isoformat())
            self._take_pieces(await self._more_editors(kind, at), pieces, at)
            shown = pieces.shown[at]
        # The sheet beneath shows in its editor what it is given.
        self.show_sheet(PenScreen.Ready(replace(opened, opened_body=shown)))
        self.opened = opened
        if pieces is not None and not opened.sheet.is_new:
            self._to_first_empty(self.editor)
        self.refresh_bindings()
        self.opened_up()

    def opened_up(self) -> None:
        """Do what follows once the sheet is shown."""

    async def _more_editors(self, kind: Kind, at: int) -> list[Editor]:
        """Return an editor for each moment; the one in view is that of the moment `at`."""
        here = self.editor
        editors = [here if number == at else Editor() for number in range(len(kind.moments))]
        await self.query_one("#sheet").mount_all([each for each in editors if each is not here], after=here)
        return editors

    def _take_pieces(self, editors: list[Editor], pieces: Pieces, at: int) -> None:
        """Give each moment its text; that of the one in view is for others to show."""
        with self.prevent(TextArea.Changed):
            for number, editor in enumerate(editors):
                if number != at:
                    editor.load(pieces.shown[number])
                    self._to_first_empty(editor)
        self._editors, self._pieces, self._at = editors, pieces, at
        self._filled = [has_text(each.split("\n")) for each in pieces.shown]

    @staticmethod
    def _to_first_empty(editor: Editor) -> None:
        """Put the cursor where the first section begins that has no text, else at the end."""
        lines = editor.document.lines
        heads = [number for number, line in enumerate(lines) if line.startswith("## ")]
        for head, end in zip(heads, [*heads[1:], len(lines)], strict=True):
            if not has_text(lines[head:end]):
                editor.move_cursor((min(head + 2, len(lines) - 1), 0))
                return
        editor.move_cursor(editor.document.end)

    # Going through the moments

    def action_moment(self, by: int) -> None:
        """Go to the next moment, or to the one before."""
        self.go_to(self._at + by)

    def on_click(self, event: events.Click) -> None:
        """Go to the moment in the path that was clicked."""
        at = event.style.meta.get(MOMENT)
        if isinstance(at, int):
            self.go_to(at)

    def go_to(self, at: int) -> None:
        """Show the text and the fields of a moment."""
        if not self._editors or not 0 <= at < len(self._editors):
            return
        self.editor.remove_class(HERE)
        self._editors[at].add_class(HERE)
        self._at = at
        self._show_here()

    async def action_whole(self) -> None:
        """Show the whole text in one editor, or the moments again."""
        if self.opened is None:
            return
        if self._editors:
            self._wants_whole = True
            self._show_whole(self.typed()[1])
        else:
            await self._show_pieces(self.opened.sheet.kind)
        self._show_here()

    async def _show_pieces(self, kind: Kind) -> None:
        editors = await self._more_editors(kind, self._at)
        # Only now: a key may have come in between.
        pieces = pieces_of(self.typed()[1], kind)
        if pieces is None:
            self._remove_others()
            self.tell("Its headings stand in an order of their own, so the text is shown as a whole.")
            return
        self._take_pieces(editors, pieces, self._at)
        with self.prevent(TextArea.Changed):
            self.editor.load(pieces.shown[self._at])
        self._to_first_empty(self.editor)

    def _show_whole(self, body: str) -> None:
        with self.prevent(TextArea.Changed):
            self.editor.load(body)
        self._editors = []
        self._remove_others()

    def _remove_others(self) -> None:
        self.query("#sheet Editor").exclude(f".{HERE}").remove()

    def _show_here(self) -> None:
        """Show all that belongs to the text in view."""
        self._close_panel()
        self._show_form_again()
        self._show_words()
        self.show_saved()
        self.show_hint()

    def show_merged(self, body: str) -> None:
        """Show a text that holds what another program had written meanwhile; undo leads back."""
        kind = self.kind
        pieces = pieces_of(body, kind) if kind and self._editors else None
        if not self._editors:
            super().show_merged(body)
        elif pieces is None:
            self._show_whole(body)
            self._show_here()
        else:
            with self.prevent(TextArea.Changed):
                for editor, text in zip(self._editors, pieces.shown, strict=True):
                    if editor.content_text != text:
                        editor.replace_all(text)
            self._pieces = pieces
            self._filled = [has_text(each.split("\n")) for each in pieces.shown]
            self.show_saved()

    # What is shown

    @on(TextArea.Changed, "Editor")
    def note_filled(self, event: TextArea.Changed) -> None:
        """Mark in the path which moments have text."""
        at = next((at for at, each in enumerate(self._editors) if each is event.text_area), None)
        if at is not None and has_text(event.text_area.document.lines) != self._filled[at]:
            self._filled[at] = not self._filled[at]
            self.show_saved()

    def action_calm(self) -> None:
        """Show nothing but the text, or everything again."""
        super().action_calm()
        self.show_saved()

    def show_saved(self) -> None:
        """Show what is being written, and where in it one is; nothing of it while it is calm."""
        super().show_saved()
        if self.kind is not None and self.kind.moments:
            self._show_path(self.kind)
        if self.has_class("-calm"):
            self.title_line.where = Content(self.title_line.where.plain)

    def _show_path(self, kind: Kind) -> None:
        if self._editors:
            where = path_line(kind.moments, self._at, self._filled, self.lang)
        else:
            says = "the whole text" if self._wants_whole else "one text: its headings stand in another order"
            where = Content(says).stylize("not bold $text-muted")
        self.title_line.where = Content.assemble(
            plain_line(kind.shown_label(self.lang)), (" · ", "not bold $text-muted"), where, self.whose(kind)
        )

    def _show_keys(self, screen: Screen[object]) -> None:
        super()._show_keys(screen)
        # What is of use at each moment comes before what is of use now and then; a narrow line drops the last.
        own = {key.says for key in KEYS["call-in"]}
        first = [*self.foot_line.here[:FIRST_HINTS], *(each for each in self.foot_line.here if each.label in own)]
        self.foot_line.here = [*first, *(each for each in self.foot_line.here if each not in first)]

    @on(FieldRow.Edited)
    def note_field(self) -> None:
        """Show the hint anew, for it may hang on a field."""
        self.call_later(self.show_hint)

    def _show_form_again(self) -> None:
        self._has_form = False
        if self._form_is_seen():
            self.call_after_refresh(self._fill_form)

    async def _fill_form(self) -> None:
        opened = self.opened
        if opened is None or self._has_form:
            return
        self._has_form = True
        first, more = self._fields_here(opened)
        await self.form.show(first, more, self.texts_of, self.words_below())

    def words_below(self) -> str:
        """Return what stands below the fields."""
        if self.community:
            return for_all_in(self.community)
        return PRIVATE if self.kind and self.kind.is_private else UNSHARED

    def _fields_here(self, opened: Opened) -> tuple[Sequence[FieldSpec], Sequence[FieldSpec]]:
        """Return the fields of this moment; what is common to all moments comes under *more*."""
        if not self._editors:
            return opened.first, opened.more
        kind = opened.sheet.kind
        moment = kind.moments[self._at].name
        own: list[FieldSpec] = []
        more: list[FieldSpec] = []
        common: list[FieldSpec] = []
        for spec in (*opened.first, *opened.more):
            field = kind.field(spec.name)
            if field is None or not field.moment:
                common.append(spec)
            elif moment in (field.moment, *field.again):
                (more if field.more else own).append(spec)
        return own, [*more, *common]
