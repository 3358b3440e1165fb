"""Spell checking while one writes: after the first pause, quietly, and only where a dictionary is installed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.message import Message

from reflect.tui.screens.completing_screen import CompletingScreen
from reflect.tui.screens.pen_screen import PenScreen
from reflect.tui.spelling import NoDictionary, Speller, load_speller
from reflect.tui.troubles import sentence_of
from reflect.tui.widgets.completion import Candidate, Completion
from reflect.tui.widgets.editor import Editor

OFF = "no"


class SpellingScreen(CompletingScreen):
    """Underlines unknown words in every editor of the screen, and offers others for the one at the cursor."""

    class Loaded(Message):
        """The dictionary is here, or why it is not."""

        def __init__(self, speller: Speller | None, trouble: str, is_asked: bool) -> None:
            super().__init__()
            self.speller = speller
            self.trouble = trouble
            self.is_asked = is_asked

    class Suggested(Message):
        """These words may have been meant."""

        def __init__(self, word: str, suggestions: Sequence[str]) -> None:
            super().__init__()
            self.word = word
            self.suggestions = suggestions

    class Learned(Message):
        """A word is in one's own list."""

    _speller: Speller | None = None
    _is_loading = False
    _word = ""

    @on(PenScreen.Kept)
    def load_dictionary(self) -> None:
        """Load the dictionary in the first pause."""
        if not self._is_loading and self.opened is not None and self.desk.settings.spelling != OFF:
            self._is_loading = True
            self._load_speller(self.desk.settings.spelling or self.opened.sheet.lang, is_asked=False)

    @work(thread=True, exclusive=True, exit_on_error=False, group="dictionary")
    def _load_speller(self, lang: str, is_asked: bool) -> None:
        workspace = self.workspace
        # Whom one knows is private: in what others read, and may see being written, no name is offered.
        people = [] if self.community else workspace.catalog.rows_with_fields("person")
        names = [workspace.vault.marker.name, *(f"{row.title} {row.text_of('also_called')}" for row in people)]
        try:
            speller = load_speller(lang, workspace.context.places.config, names)
        except NoDictionary as error:
            self.post_message(self.Loaded(None, sentence_of(error), is_asked))
        else:
            self.post_message(self.Loaded(speller, "", is_asked))

    @on(Loaded)
    def take_dictionary(self, event: Loaded) -> None:
        """Underline from now on; that there is no dictionary is only said to who asks."""
        self._speller = event.speller
        if event.speller is not None:
            for editor in self.query(Editor):
                editor.show_unknown(event.speller.unknown)
        if event.is_asked:
            if event.trouble:
                self.tell(event.trouble, "warning")
            else:
                self.action_spelling()

    def action_spelling(self) -> None:
        """Offer other spellings of the word at the cursor."""
        if self.opened is None or not self.editor.has_focus:
            return
        here = self.editor.word_here()
        if self._speller is None:
            if self.desk.settings.spelling == OFF:
                self.tell('Spell checking is off. To turn it on, run: reflect config spelling ""')
            else:
                self._is_loading = True
                self._load_speller(self.desk.settings.spelling or self.opened.sheet.lang, is_asked=True)
        elif here is None:
            self.tell("There is no word at the cursor.")
        elif self._speller.is_known(here[0]):
            self.tell(f"“{here[0]}” is in the dictionary.")
        else:
            self._suggest(self._speller, here[0])

    @work(thread=True, exclusive=True, exit_on_error=False, group="suggest")
    def _suggest(self, speller: Speller, word: str) -> None:
        self.post_message(self.Suggested(word, speller.suggestions(word)))

    @on(Suggested)
    def show_suggestions(self, event: Suggested) -> None:
        """Show what may have been meant, and that the word can be learned."""
        here = self.editor.word_here()
        if here is None or here[0] != event.word or not self.editor.has_focus:
            return
        self._word = event.word
        self._offered = None
        words = [Candidate(each, each) for each in event.suggestions]
        self.completion.show(
            [*words, Candidate("", f"know “{event.word}” from now on")], self.editor.cursor_screen_offset
        )

    @on(Completion.Chosen)
    def take_spelling(self, event: Completion.Chosen) -> None:
        """Write what was meant, or learn the word."""
        here = self.editor.word_here()
        if self._offered is not None or here is None or here[0] != self._word or self._speller is None:
            return
        event.stop()
        if event.candidate.writes:
            self.editor.replace(event.candidate.writes, here[1], here[2], maintain_selection_offset=False)
        else:
            self._learn(self._speller, self._word)

    @work(thread=True, exit_on_error=False, group="learn")
    def _learn(self, speller: Speller, word: str) -> None:
        speller.learn(word)
        self.post_message(self.Learned())

    @on(Learned)
    def show_learned(self) -> None:
        """Take the line away from under a word that is known now."""
        for editor in self.query(Editor):
            editor.show_unknown(self._speller.unknown if self._speller is not None else None)
        self.tell(f"“{self._word}” is known from now on; it stands in words.txt beside your settings.")
