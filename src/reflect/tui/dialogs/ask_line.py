"""A question that is answered with one line of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.offering import Vocabulary
from reflect.tui.widgets.completed_line import CompletedLine
from reflect.tui.words import plain


class LineDialog(Dialog[str]):
    """Asks for a line and returns it; `trouble` says what was wrong with the one before."""

    DEFAULT_CSS = """
    LineDialog { & .sentence, & .trouble { height: auto; margin-bottom: 1; } & .trouble { color: $text-error; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    foot = "enter done   esc back"

    class Known(Message):
        """What the line can be completed with is here."""

        def __init__(self, vocabulary: Vocabulary) -> None:
            super().__init__()
            self.vocabulary = vocabulary

    def __init__(
        self, heading: str, sentence: str, value: str = "", trouble: str = "", completes_tags: bool = False
    ) -> None:
        super().__init__()
        self.heading = heading
        self._sentence = sentence
        self._value = value
        self._trouble = trouble
        self._completes_tags = completes_tags

    def body(self) -> Iterable[Widget]:
        """Return the sentence, what was wrong, and the line."""
        yield Static(plain(self._sentence), classes="sentence", markup=False)
        if self._trouble:
            yield Static(plain(self._trouble), classes="trouble", markup=False)
        yield CompletedLine(self._value, line_id="answer")

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one("#answer", Input).focus()
        if self._completes_tags:
            self._fetch()

    @work(thread=True, exclusive=True, exit_on_error=False, group="words")
    def _fetch(self) -> None:
        from reflect.tui.vocabulary import tags_in_use

        self.post_message(self.Known(Vocabulary(words=tags_in_use(self.desk.workspace))))

    @on(Known)
    def take_words(self, event: Known) -> None:
        """Complete from now on."""
        self.query_one(CompletedLine).know(event.vocabulary)

    @on(Input.Submitted, "#answer")
    def answer(self, event: Input.Submitted) -> None:
        """Return what was typed; nothing is no answer."""
        self.dismiss(event.value.strip() or None)
