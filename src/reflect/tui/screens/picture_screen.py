"""What screens have in common on which a record is drawn that can be kept as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from textual import on, work
from textual.message import Message

from reflect.errors import ReflectError
from reflect.records.textforms import slug
from reflect.records.yaml_block import Value
from reflect.tui import places
from reflect.tui.screens.figure_screen import FigureScreen

Found = TypeVar("Found")
SAYS = "A picture as SVG, for a packet or a wall. It is a plain file there, which reflect does not keep private."


class PictureScreen(FigureScreen[Found]):
    """A record that is drawn; a key writes the drawing into a file."""

    class Refused(Message):
        """A picture could not be written to a file, and why."""

        def __init__(self, path: str, why: str) -> None:
            super().__init__()
            self.path = path
            self.why = why

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    @property
    def picture(self) -> tuple[str, Callable[[], str]] | None:
        """The title of what is shown and what draws it as SVG, None before it is here."""
        raise NotImplementedError

    def change(self, values: Mapping[str, Value | None], sections: Mapping[str, str]) -> None:
        """Change the record in a worker, so that it is drawn anew as it is then."""
        workspace = self.workspace
        workspace.indexer.refresh_files(workspace.change(self._path, values, sections).paths)

    def action_picture(self) -> None:
        """Ask for the file."""
        if self.picture is not None:
            self._ask(f"~/{slug(self.picture[0], 'picture')}.svg")

    def _ask(self, path: str, trouble: str = "") -> None:
        def save(answer: str | None) -> None:
            if answer and self.picture is not None:
                self._save(answer, self.picture[1])

        self.app.push_screen(places.ask_line("Save as a picture", SAYS, path, trouble), save)

    @on(Refused)
    def ask_again(self, event: Refused) -> None:
        """Ask for another file."""
        self._ask(event.path, event.why)

    @work(thread=True, exit_on_error=False, group="picture")
    def _save(self, path: str, svg: Callable[[], str]) -> None:
        from reflect.exports.figures.saving import save_picture

        try:
            saved = save_picture(Path(path), svg())
        except ReflectError as error:
            self.post_message(self.Refused(path, error.message))
            return
        self.app.call_from_thread(self.tell, f"Drawn: {saved}")
