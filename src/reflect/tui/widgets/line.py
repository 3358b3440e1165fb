"""A line to type in, that does not blink."""

from __future__ import annotations

from textual.suggester import Suggester
from textual.widgets import Input


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
