"""What workers tell the app."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message


class Refreshed(Message):
    """The lists were brought in step with the files; `has_changes` says whether anything differs."""

    def __init__(self, has_changes: bool, notices: list[str], is_full: bool) -> None:
        super().__init__()
        self.has_changes = has_changes
        self.notices = notices
        self.is_full = is_full


class ReadingOn(Message):
    """Long work, such as the reading of a journal, has come this far; `word` says what is being done."""

    def __init__(self, done: int, total: int, word: str = "reading") -> None:
        super().__init__()
        self.done = done
        self.total = total
        self.word = word

    @property
    def is_long(self) -> bool:
        """Whether it is worth a bar: what is quickly done is not."""
        return self.done < self.total and self.total > (1000 if self.word == "reading" else 20)


class Done(Message):
    """Something was done that a person is told of; `undo` takes it back and returns a sentence that says so."""

    def __init__(self, says: str, undo: Callable[[], str] | None = None) -> None:
        super().__init__()
        self.says = says
        self.undo = undo


class Lightness(Message):
    """The terminal said whether its page is dark."""

    def __init__(self, is_dark: bool) -> None:
        super().__init__()
        self.is_dark = is_dark
