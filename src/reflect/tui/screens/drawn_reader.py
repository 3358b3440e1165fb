"""A record that is read, and what it is part of: drawn as more than its text, or begun anew as its next version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from reflect.tui import places
from reflect.tui.screens.taking_part import TakingPartScreen

if TYPE_CHECKING:
    from reflect.exports.figures.drawings import Drawing
    from reflect.insights.patterns.figures import Offer
    from reflect.tui.reading import Reading


class DrawnReader(TakingPartScreen):
    """A screen with a record at a path."""

    path = ""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Reading | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a drawing where there is one, and a new version of what has versions."""
        if action == "drawn":
            return self._shown is not None and self._shown.is_drawn
        if action == "new_version":
            return self._shown is not None and self._shown.has_versions
        return super().check_action(action, parameters)

    def action_drawn(self) -> None:
        """Show the record as more than its text; where it is part of several drawings, ask which."""
        if self._shown is None:
            return
        record, drawings = self._shown.record, self._drawings()
        if record.kind in places.DRAWN:
            self.app.push_screen(places.drawn(self.path, record.kind))
        elif len(drawings) == 1:
            self.app.push_screen(places.view(drawings[0].name, self.path))
        else:

            def draw(answer: str | None) -> None:
                if answer is not None:
                    self.app.push_screen(places.view(drawings[int(answer) - 1].name, self.path))

            self.app.push_screen(places.choose_drawing([each.title for each in drawings]), draw)

    def _drawings(self) -> list[Drawing]:
        from reflect.exports.figures.drawings import drawings_of

        shown = self._shown
        if shown is None:
            return []
        return drawings_of(shown.record.kind, shown.is_example, shown.has_versions)

    def action_new_version(self) -> None:
        """Begin the next version of what one stands on: a new record; this one stays as it is."""
        self._find_new_version()

    @work(thread=True, exclusive=True, exit_on_error=False, group="begin")
    def _find_new_version(self) -> None:
        workspace = self.workspace
        offer = workspace.system().new_version(workspace.lookup.row(self.path))
        self.app.call_from_thread(self._write_version, offer)

    def _write_version(self, offer: Offer) -> None:
        from reflect.records.compose import Content as Beginning

        content = Beginning(offer.title, offer.body, offer.agenda, tags=offer.tags, fields=offer.fields)
        self.app.push_screen(places.writing(offer.kind, content, place=offer.place))
