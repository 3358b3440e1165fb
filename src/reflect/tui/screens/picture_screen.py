"""What screens have in common on which a record is drawn that can be kept as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from textual import on, work
from textual.message import Message

from reflect.errors import ReflectError
from reflect.records.textforms import slug
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row
from reflect.tui import places
from reflect.tui.screens.figure_screen import FigureScreen


class Drawn(Protocol):
    """What is drawn of one record."""

    @property
    def row(self) -> Row:
        """The record."""


Found = TypeVar("Found", bound=Drawn)
SAYS = "A picture as SVG, for a packet or a wall. It is a plain file there, which reflect does not keep private."


class PictureScreen(FigureScreen[Found]):
    """A record that is drawn; a key writes the drawing into a file."""

    class Refused(Message):
        """A picture could not be written to a file, and why."""

        def __init__(self, path: str, why: str) -> None:
            super().__init__()
            self.path = path
            self.why = why

    @property
    def agenda_of_new(self) -> str:
        """The agenda of the record."""
        return self._found.row.agenda if self._found else ""

    def svg(self, found: Found) -> str:
        """Return it as SVG."""
        raise NotImplementedError

    def change(self, values: Mapping[str, Value | None], sections: Mapping[str, str]) -> None:
        """Change the record in a worker, so that it is drawn anew as it is then."""
        workspace = self.workspace
        workspace.indexer.refresh_files(workspace.change(self._path, values, sections).paths)

    def action_picture(self) -> None:
        """Ask for the file."""
        if self._found is not None:
            self._ask(f"~/{slug(self._found.row.title, 'picture')}.svg")

    def _ask(self, path: str, trouble: str = "") -> None:
        def save(answer: str | None) -> None:
            if answer and self._found is not None:
                self._save(answer, self._found)

        self.app.push_screen(places.ask_line("Save as a picture", SAYS, path, trouble), save)

    @on(Refused)
    def ask_again(self, event: Refused) -> None:
        """Ask for another file."""
        self._ask(event.path, event.why)

    @work(thread=True, exit_on_error=False, group="picture")
    def _save(self, path: str, found: Found) -> None:
        from reflect.exports.figures.saving import save_picture

        try:
            saved = save_picture(Path(path), self.svg(found))
        except ReflectError as error:
            self.post_message(self.Refused(path, error.message))
            return
        self.app.call_from_thread(self.tell, f"Drawn: {saved}")
