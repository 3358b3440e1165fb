"""A pilot's turns of plan, do, study, act: what was predicted, what came, what is next, what was decided."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from reflect.insights.tracking import Tracking
from reflect.tui.figure import Figure
from reflect.tui.keys import bindings
from reflect.tui.practice_lines import tracking_figure
from reflect.tui.screens.figure_screen import FigureScreen


class PilotScreen(FigureScreen[Tracking]):
    """*Implementation and iteration tracking*, ramp after ramp."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("pilot")
    place = "pilot"
    heading = "Implementation and iteration tracking"

    @property
    def agenda_of_new(self) -> str:
        """The agenda of the pilot."""
        return self._found.pilot.agenda if self._found else ""

    def read(self) -> Tracking:
        """Return the turns of the pilot, also of one of its cycles."""
        return self.workspace.practice.tracking(self.workspace.lookup.row(self._path))

    def draw(self, found: Tracking, width: int) -> Figure:
        """Return them as lines."""
        return tracking_figure(found, width, self.desk.key_of("pilot.write"))
