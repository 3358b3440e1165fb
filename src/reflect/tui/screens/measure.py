"""A measure as its run chart: values are added here, and a finding begins from what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.events import Paste
from textual.message import Message

from reflect.errors import ReflectError
from reflect.exports.figures.run_chart_svg import run_chart_svg
from reflect.insights.measure import Measure, plain_number, short_date
from reflect.records.series import Point, points_in, with_points
from reflect.tui import places
from reflect.tui.figure import Figure
from reflect.tui.keys import bindings
from reflect.tui.measure_lines import measure_figure
from reflect.tui.messages import Done
from reflect.tui.screens.picture_screen import PictureScreen

VALUES = "values"
SAYS = "A date and a number, or several: 2026-09-04=12, 2026-09-11=15. Lines of a CSV file can be pasted on the chart."


class MeasureScreen(PictureScreen[Measure]):
    """The chart, what the rules say of it, and the question."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("measure")
    place = "measure"
    heading = "Run chart"

    class NotTaken(Message):
        """What was typed is no value, and why."""

        def __init__(self, text: str, why: str) -> None:
            super().__init__()
            self.text = text
            self.why = why

    def svg(self, found: Measure) -> str:
        """Return it as SVG."""
        return run_chart_svg(found)

    def read(self) -> Measure:
        """Return the measure."""
        return self.workspace.practice.measure(self.workspace.lookup.row(self._path))

    def draw(self, found: Measure, width: int) -> Figure:
        """Return its chart as lines."""
        return measure_figure(found, width, self.app.size.height, self.desk.key_of("measure.write"))

    async def action_edit(self) -> None:
        """Write on all values."""
        await self.app.push_screen(places.writing(path=self._path, at=VALUES))

    async def action_add_value(self) -> None:
        """Ask for a value of today, or of another day; in a community it is written where it is looked through."""
        if self._found is not None and self._found.row.place:
            await self.action_edit()
        else:
            self._ask_for_value(f"{self.desk.now().date().isoformat()}=")

    def _ask_for_value(self, value: str, trouble: str = "") -> None:
        def add(answer: str | None) -> None:
            if answer:
                self._add(answer)

        self.app.push_screen(places.ask_line("Add a value", SAYS, value, trouble), add)

    @on(NotTaken)
    def ask_for_value_again(self, event: NotTaken) -> None:
        """Ask for the value once more."""
        self._ask_for_value(event.text, event.why)

    def on_paste(self, event: Paste) -> None:
        """Add the values of a series, or of the lines of a CSV file."""
        if self._found is not None and self._found.row.place:
            self.tell("This measure is shared. e opens its values, where what you add is looked through first.")
        elif event.text.strip():
            self._add(event.text, is_pasted=True)

    @work(thread=True, exit_on_error=False, group="values")
    def _add(self, text: str, is_pasted: bool = False) -> None:
        try:
            points = points_in(text)
        except ReflectError as error:
            if is_pasted:
                raise
            self.post_message(self.NotTaken(text, error.message))
            return
        before = self.workspace.get(self._path).fields.get(VALUES)
        # The same file pasted twice adds what is new in it; a value that is typed counts as often as it is.
        new = _not_in(points, before) if is_pasted else points
        if not new:
            self.app.call_from_thread(self.tell, "All of these values are there already.")
            return
        self.change({VALUES: with_points(before, new)}, {})

        def take_out() -> str:
            self.change({VALUES: before}, {})
            return "The values are as they were."

        self.post_message(Done(_said(new, len(points)), take_out))


def _not_in(points: Sequence[Point], before: object) -> list[Point]:
    from reflect.records.series import read_series

    there = set(read_series(before).points) if isinstance(before, dict) else set()
    return [point for point in points if point not in there]


def _said(new: Sequence[Point], given: int) -> str:
    if len(new) == 1:
        return f"{plain_number(new[0].value)} is there for {short_date(new[0].day)}."
    known = f"; {given - len(new)} were there already" if given > len(new) else ""
    return f"{len(new):,} values are there{known}."
