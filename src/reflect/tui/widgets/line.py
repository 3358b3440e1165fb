"""A line to type in, that does not blink."""

from __future__ import annotations

from collections.abc import Sequence

from textual.suggester import Suggester
from textual.widgets import Input


class LastOfList(Suggester):
    """Suggests how the last of several words goes on; commas stand between them."""

    def __init__(self, suggestions: Sequence[str]) -> None:
        # What stands before stays as it was typed, so the text is asked for as it is.
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggestions = suggestions

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text with its last word completed."""
        last = value.rpartition(",")[2].lstrip()
        wanted = last.casefold()
        found = next((each for each in self._suggestions if wanted and each.casefold().startswith(wanted)), None)
        return value[: len(value) - len(last)] + found if found else None


class Line(Input):
    """One line of text."""

    DEFAULT_CSS = """
    Line { height: 1; border: none; padding: 0 1; background: $panel; &:focus { border: none; } }
    """

    def __init__(
        self, value: str = "", placeholder: str = "", id: str | None = None, suggester: Suggester | None = None
    ) -> None:
        super().__init__(value, placeholder, suggester=suggester, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
