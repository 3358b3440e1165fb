"""What workers tell the app."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from reflect.community.outcome import Outcome


# From how much on each sort of work is worth a bar: what is quickly done is not.
WORTH_A_BAR = {"reading": 1000, "syncing": 0}


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
        return self.done < self.total and self.total > WORTH_A_BAR.get(self.word, 20)


class Done(Message):
    """Something was done that a person is told of; `undo` takes it back and returns a sentence that says so.

    `is_shared` says that it names nothing private, so that others may read it too.
    """

    def __init__(self, says: str, undo: Callable[[], str] | None = None, is_shared: bool = False) -> None:
        super().__init__()
        self.is_shared = is_shared
        self.says = says
        self.undo = undo


class Synced(Message):
    """A sync has ended, of all places where it `is_whole`; `is_asked` says whether a person waits to hear of it."""

    def __init__(self, outcomes: list[Outcome], is_asked: bool, is_whole: bool = True) -> None:
        super().__init__()
        self.outcomes = outcomes
        self.is_asked = is_asked
        self.is_whole = is_whole


class Lightness(Message):
    """The terminal said whether its page is dark."""

    def __init__(self, is_dark: bool) -> None:
        super().__init__()
        self.is_dark = is_dark
