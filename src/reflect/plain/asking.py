"""Asking for one thing at a time: a text, a field, a yes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from reflect.errors import ReflectError
from reflect.plain.terminal import Ended, EndOfInput, Stopped, Terminal
from reflect.records.textforms import cleaned, folded, one_line

WORDS = {
    ":help": "says these words",
    ":back": "goes to the question before",
    ":skip": "leaves this as it is",
    ":read": "reads what stands here so far",
    ":clear": "empties this",
    ":editor": "writes it in your editor",
    ":more": "asks for the further fields too",
    ":save": "saves now",
    ":later": "keeps a draft and leaves",
    ":discard": "throws away what you wrote just now",
}
END = "."
SECONDS_UNKEPT = 1.0


@dataclass(frozen=True)
class Said:
    """What a person answered: a word such as `:back`, or else what was given."""

    word: str = ""
    text: str = ""


class Asker:
    """Asks on a terminal; the words that begin with a colon mean the same at every question."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def line(self, prompt: str) -> Said:
        """Return one line as an answer."""
        while True:
            text = self._terminal.ask(prompt).strip()
            word = self.word(text)
            if word is None:
                continue
            if word == ":help":
                self.help()
                continue
            return Said(word) if word else Said("", text)

    def word(self, text: str) -> str | None:
        """Return which word a line is, `""` for none, None for one that was meant and does not exist."""
        typed = folded(text)
        if typed in WORDS:
            return typed
        if typed.startswith(":") and typed[1:].isalpha():
            near = get_close_matches(typed, WORDS, 1, 0.6)
            if near:
                self._terminal.say(
                    f"There is no word “{one_line(text)}”. Did you mean {near[0]}? That line was left out."
                )
                return None
        return ""

    def help(self) -> None:
        """Say what can be said while one writes."""
        self._terminal.say("Each of these words stands on a line of its own:")
        for word, says in WORDS.items():
            self._terminal.say(f"{word} {says}.")

    def yes(self, question: str) -> bool:
        """Return whether the answer is yes; enter means no."""
        while True:
            answer = folded(self.line(f"{question} yes or no: ").text)
            if answer in ("y", "yes", "s", "sí", "si"):
                return True
            if answer in ("", "n", "no"):
                return False
            self._terminal.say("Say yes or no; enter means no.")

    def lines(self, before: str, keep: Callable[[str], None]) -> Said:
        """Return a text that is typed line by line up to a single period, or the word that ended it.

        `keep` gets the whole text after each line, also a line that was cut off by ctrl+c; while
        lines come faster than a person types them, once a second.
        """
        text = Typing(before, keep)
        while True:
            try:
                line = self._terminal.ask("")
            except (Stopped, Ended, EndOfInput) as end:
                text.end(getattr(end, "unfinished", ""))
                raise
            word = "" if line.strip() == END else self.word(line.strip())
            if word is None:
                continue
            if word == ":help":
                self.help()
            elif word == ":read":
                self.read(text.whole)
            elif word == ":clear":
                text.clear()
                self._terminal.say("It is empty now.")
            elif word or line.strip() == END:
                text.end()
                return Said(word, text.whole)
            elif not text.whole and not line.strip():
                self._terminal.say("Nothing typed yet. A period goes on.")
            else:
                text.add(line, may_wait=self._terminal.has_typed_ahead())

    def read(self, text: str) -> None:
        """Say a text as it stands."""
        self._terminal.say(cleaned(text).strip("\n") or "Nothing stands here yet.")

    def numbered(self, choices: Sequence[str]) -> None:
        """Say choices with their numbers."""
        for number, choice in enumerate(choices, 1):
            self._terminal.say(f"{number}. {one_line(choice)}")

    def trouble(self, error: ReflectError) -> None:
        """Say what is wrong with an answer."""
        self._terminal.say(one_line(str(error)))


class Typing:
    """A text that grows by lines; `keep` gets it whole."""

    def __init__(self, before: str, keep: Callable[[str], None]) -> None:
        self._lines = before.split("\n") if before.strip() else []
        # What is added to a text is a paragraph of its own.
        self._starts_paragraph = bool(self._lines)
        self._keep = keep
        self._is_kept = True
        self._kept_at = time.monotonic()

    @property
    def whole(self) -> str:
        """The text as it is now."""
        return "\n".join(self._lines)

    def add(self, line: str, may_wait: bool) -> None:
        """Add a line; it is kept now or, where more comes at once and one `may_wait`, soon."""
        if self._starts_paragraph and line.strip():
            self._lines.append("")
        self._starts_paragraph = False
        self._lines.append(line.rstrip())
        self._is_kept = False
        if not may_wait or time.monotonic() - self._kept_at > SECONDS_UNKEPT:
            self._keep_now()

    def clear(self) -> None:
        """Begin anew."""
        self._lines, self._starts_paragraph = [], False
        self._keep_now()

    def end(self, unfinished: str = "") -> None:
        """Keep what was not kept yet, with the line that was being typed."""
        if unfinished.strip():
            self.add(unfinished, may_wait=False)
        if not self._is_kept:
            self._keep_now()

    def _keep_now(self) -> None:
        self._keep(self.whole)
        self._is_kept = True
        self._kept_at = time.monotonic()
