"""A conversation that is prepared, had, looked at and followed up: what the screen offers beside the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from reflect.records.guidance import (
    TODAY,
    OfferSpec,
    OutcomeSpec,
    StartSpec,
    date_to_ask,
    holds,
    offer_of,
)
from reflect.tui import places
from reflect.tui.guide import end_of, written_sections
from reflect.tui.keys import bindings
from reflect.tui.pen import Task
from reflect.tui.screens.moments_screen import MomentsScreen
from reflect.tui.screens.pen_screen import PenScreen
from reflect.tui.widgets.field_row import FieldRow
from reflect.tui.words import near_day, plain_line


class CallInScreen(MomentsScreen):
    """Offers what the kind file says: a status, a date, an outcome of its own. Nothing moves by itself."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["writing.tcss", "call_in.tcss"]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = bindings("call-in")

    def __init__(self, task: Task, for_meetings: bool = False) -> None:
        super().__init__(task, for_meetings)
        self._offer: OfferSpec | None = None
        self._shows_caution = False
        self._has_asked = False
        # What letting it pass changed, for taking it back.
        self._before: Mapping[str, Sequence[str]] = {}
        self._answer = ""
        self._started: PenScreen | None = None

    def arrive(self) -> None:
        """Take keys at once; below the text there is room for what is offered."""
        self.query_one("#sheet").mount(Static("", id="offer", markup=False))
        super().arrive()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let only those keys work that the kind has a use for."""
        kind = self.kind
        uses = {
            "moment": bool(self._editors),
            "whole": bool(kind and kind.moments),
            "take": self._offer is not None,
            "let_pass": bool(kind and kind.outcomes),
            "start": bool(kind and kind.starts),
            "page": bool(kind and kind.caution),
        }
        return uses[action] if action in uses else super().check_action(action, parameters)

    # Offers

    @on(PenScreen.Kept)
    @on(PenScreen.Written)
    @on(FieldRow.Edited)
    def look_for_offers(self) -> None:
        """Look whether what was written suggests something, once it is taken up."""
        self.call_later(self._show_offer)

    def opened_up(self) -> None:
        """Show what is offered where one begins."""
        self._show_offer()

    def go_to(self, at: int) -> None:
        """Show a moment, and what is offered there."""
        super().go_to(at)
        self._show_offer()

    def action_take(self) -> None:
        """Take what is offered."""
        if self._offer is not None:
            today = self.desk.now().date().isoformat()
            offered = self._offer.set.items()
            self.set_fields({name: [today if text == TODAY else text for text in texts] for name, texts in offered})
            self._show_offer()

    def _show_offer(self) -> None:
        kind = self.kind
        if kind is None or not self.is_attached:
            return
        lines = (line for editor in self.editors for line in editor.document.lines)
        self._offer = offer_of(kind, self.values(), written_sections(lines, kind)) if kind.offers else None
        words = self._offer_words()
        line = self.query_one("#offer", Static)
        self._shows_caution = self._is_untouched
        line.set_class(bool(words), "-offered")
        line.update(words)
        self.refresh_bindings()

    def _offer_words(self) -> Content:
        kind, offer, start = self.kind, self._offer, self._start_here()
        if kind is None:
            return Content("")
        if offer is not None:
            field, texts = next((kind.field(name), texts) for name, texts in offer.set.items())
            label = field.shown_label(self.lang) if field else ""
            value = ", ".join(field.shown_choice(each, self.lang) if field else each for each in texts)
            key = self.desk.key_of("call-in.take")
            return _offered(offer.shown(self.lang), key, f"{label}: {value}")
        if start is not None:
            key = self.desk.key_of("call-in.start")
            return _offered(start.shown(self.lang), key, f"starts {_one_of(start.kinds)}")
        if self._is_untouched and not self._form_is_seen():
            return _offered(kind.shown_caution(self.lang), self.desk.key_of("call-in.page"), "says more")
        return Content("")

    @property
    def _is_untouched(self) -> bool:
        """Whether it is a new record with a caution, in which nothing is written yet."""
        opened = self.opened
        if opened is None or not opened.sheet.is_new or not opened.sheet.kind.caution:
            return False
        return bool(self._editors) and not (any(self._filled) or self.changes or self.title_box.value.strip())

    @on(TextArea.Changed, "Editor")
    def drop_caution(self) -> None:
        """Give the room of the caution to the text, once one writes."""
        if self._shows_caution:
            self.call_later(self._show_offer)

    # Leaving

    def action_back(self) -> None:
        """Leave; where the day to come back is open, ask for it once."""
        field = self._day_to_ask()
        if field:
            self._ask_for_day(field)
        else:
            super().action_back()

    def _day_to_ask(self) -> str:
        snapshot = self.snapshot()
        if (
            self._has_asked
            or self.community
            or self.kind is None
            or snapshot is None
            or snapshot.is_empty
            or not self.keeper.number
        ):
            return ""
        if self.form.has_class("-open"):
            return ""
        return date_to_ask(self.kind, self.values(), self.desk.now().date().isoformat())

    def _ask_for_day(self, name: str) -> None:
        from reflect.tui.dialogs.come_back import ComeBackDialog

        self._has_asked = True
        field, today = self.kind.field(name) if self.kind else None, self.desk.now().date()
        label = field.shown_label(self.lang) if field else name
        days = self.texts_of(name)
        passed = f"The day that stood there has passed ({near_day(days[0], today)}). " if days else ""

        def answer(day: str | None) -> None:
            if day:
                self.set_fields({name: [day]})
            self.action_back()

        self.app.push_screen(
            ComeBackDialog(label, f"{passed}On the day you name, it comes back on Today.", today), answer
        )

    # An outcome of its own

    def action_let_pass(self) -> None:
        """Let it pass and say why, or take that back."""
        kind = self.kind
        if kind is None or not kind.outcomes:
            return
        outcome = kind.outcomes[0]
        if holds(kind, outcome.set, self.values()):
            self._take_back(outcome)
            return
        from reflect.tui.dialogs.let_pass import LetPassDialog

        field = kind.field(outcome.field)
        reasons = [(field.shown_choice(each, self.lang), each) for each in field.choices] if field else []
        dialog = LetPassDialog(outcome.shown(self.lang), reasons, outcome.question(self.lang))
        self.app.push_screen(dialog, partial(self._let_pass, outcome))

    def _let_pass(self, outcome: OutcomeSpec, answer: tuple[str, str] | None) -> None:
        if answer is None:
            return
        reason, words = answer
        self._before = {name: self.texts_of(name) for name in (outcome.field, *outcome.set)}
        self.set_fields({outcome.field: [reason], **outcome.set})
        self._answer = f"{outcome.question(self.lang)} {words}" if words else ""
        if self._answer:
            self._write_under(outcome.section, self._answer)
        self._show_offer()
        status = next((text for texts in outcome.set.values() for text in texts), outcome.say)
        self.tell(f"{status.capitalize()}: {reason}. {self.desk.key_of('call-in.let-pass')} takes it back.")

    def _take_back(self, outcome: OutcomeSpec) -> None:
        """Put back what stood there; opened anew, the fields are as in a new record."""
        defaults = {name: [field.default] for name in outcome.set if (field := self.kind and self.kind.field(name))}
        self.set_fields(self._before or {outcome.field: [], **defaults})
        for editor in self.editors if self._answer else ():
            text = editor.content_text
            without = text.replace(f"\n\n{self._answer}", "", 1) if f"\n\n{self._answer}" in text else text
            if without != text:
                editor.replace_all(without)
        self._before, self._answer = {}, ""
        self._show_offer()
        self.tell("It is open again.")

    # Other records, and what to know

    def action_start(self) -> None:
        """Choose what to start from this: it begins empty, and only this record links to it."""
        kind = self.kind
        if kind is None or not kind.starts:
            return
        if self.opened is None or self.opened.sheet.is_new:
            self.tell("Save it first; then it can lead to another.")
            return
        from reflect.tui.dialogs.ask import AskDialog

        start = kind.starts[0]
        answers = [(str(number), each.replace("-", " ").capitalize()) for number, each in enumerate(start.kinds, 1)]
        says = "It starts empty. Nothing of this text goes along, and only from here a link leads to it."

        def answer(key: str | None) -> None:
            if key and key.isdigit():
                self._start(start.kinds[int(key) - 1])

        self.app.push_screen(AskDialog(start.shown(self.lang), says, answers), answer)

    def _start(self, kind_name: str) -> None:
        screen = places.writing(kind_name)
        if isinstance(screen, PenScreen):
            self._started = screen
        self.app.push_screen(screen)

    def on_screen_resume(self) -> None:
        """Link to what was started from here, once it is saved."""
        screen = self._started
        # Also the question what to start comes and goes.
        if screen is None or self.kind is None or screen in self.app.screen_stack:
            return
        self._started = None
        if screen.opened is not None and not screen.opened.sheet.is_new:
            record_id = screen.opened.sheet.values.get("id", "")
            label = screen.opened.sheet.kind.shown_label(self.lang)
            self._write_under(self.kind.starts[0].section, f"{label}: [[{record_id}]]")
            self._show_offer()

    def action_page(self) -> None:
        """Show what to know before one writes."""
        from reflect.tui.dialogs.help_page import HelpPageDialog

        if self.kind is not None:
            label = self.kind.shown_label(self.lang)
            self.app.push_screen(HelpPageDialog(label, self.kind.name, self.kind.shown_caution(self.lang)))

    def words_below(self) -> str:
        """Return that it is private, and what must not be written."""
        words, kind = super().words_below(), self.kind
        if kind is None or not kind.caution:
            return words
        return f"{words}\n\n{kind.shown_caution(self.lang)} {self.desk.key_of('call-in.page')} says more."

    def _start_here(self) -> StartSpec | None:
        kind, opened = self.kind, self.opened
        if kind is None or opened is None or opened.sheet.is_new:
            return None
        return next((each for each in kind.starts if each.when and holds(kind, each.when, self.values())), None)

    def _write_under(self, title: str, paragraph: str) -> None:
        section = self.kind.section(title) if self.kind else None
        for editor in self.editors if section else ():
            place = end_of(editor.content_text, section) if section else None
            if place is not None:
                editor.insert(place[1] + paragraph, place[0])
                return


def _offered(sentence: str, key: str, does: str) -> Content:
    return Content.assemble(plain_line(sentence), ("  " + key + " ", "$text-accent"), plain_line(does))


def _one_of(kinds: Sequence[str]) -> str:
    names = [each.replace("-", " ") for each in kinds]
    return "a " + (" or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0])
