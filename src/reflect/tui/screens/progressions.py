"""A rubric: how each of its areas moved, and the way to rating them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from reflect.insights.progressions import Progressions
from reflect.tui import places
from reflect.tui.doing import Doing
from reflect.tui.figure import Figure
from reflect.tui.keys import bindings
from reflect.tui.progression_lines import RATE, progressions_figure
from reflect.tui.screens.figure_screen import FigureScreen
from reflect.tui.widgets.item_list import ItemList

STARTER = "partnership"


@dataclass(frozen=True)
class Shown:
    """A rubric as it was rated, and which others there are, by name and title."""

    progressions: Progressions
    others: Sequence[tuple[str, str]]
    agenda: str


class ProgressionsScreen(FigureScreen[Shown]):
    """A line of dated levels for each area; two raters stand side by side, and down is drawn like up."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("progressions")
    place = "progressions"
    heading = "Progressions"

    def __init__(self, rubric: str = "", path: str = "") -> None:
        super().__init__(path)
        self._rubric = rubric

    @property
    def agenda_of_new(self) -> str:
        """The agenda of the progression from which one came."""
        return self._found.agenda if self._found else ""

    def read(self) -> Shown:
        """Return the rubric that was asked for, that of the record, or the first there is."""
        workspace = self.workspace
        row = workspace.lookup.row(self._path) if self._path else None
        found, problems = workspace.practice.rubrics()
        wanted = self._rubric or (row.text_of("rubric") if row else "") or (found[0].name if found else STARTER)
        rubric = workspace.practice.rubric(wanted).thing
        for problem in problems:
            self.app.call_from_thread(self.tell, problem, "warning")
        others = [(each.name, each.thing.shown_title(workspace.lang)) for each in found]
        return Shown(workspace.practice.progressions(rubric), others, row.agenda if row else "")

    def draw(self, found: Shown, width: int) -> Figure:
        """Return it as lines."""
        return progressions_figure(
            found.progressions, width, self.desk.key_of("progressions.write"), self.workspace.lang
        )

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Read a progression, or rate an area."""
        doing = self._figure.doing_at(self.lines.key_of_line(event.index))
        if doing is not None:
            self._do(doing)

    def action_write(self) -> None:
        """Answer the question that the figure ends in."""
        if self._figure.ask is not None:
            self._do(self._figure.ask)

    def action_rate(self) -> None:
        """Walk through the areas, from the one under the cursor on."""
        doing = self._figure.doing_at(self.lines.key)
        self._rate(str(doing.fields.get("area", "")) if doing and doing.kind == RATE else "")

    def action_other(self) -> None:
        """Look at another rubric."""
        others = self._found.others if self._found else ()
        if len(others) < 2:
            self.tell("There is this rubric only. Your own go into .reflect/rubrics in your journal.")
            return

        def show(answer: str | None) -> None:
            if answer is not None:
                self._rubric = others[int(answer) - 1][0]
                self.reload()

        self.app.push_screen(places.choose_rubric([title for _, title in others[:9]]), show)

    def _do(self, doing: Doing) -> None:
        if doing.kind == RATE:
            self._rate(str(doing.fields.get("area", "")))
        else:
            self.post_message(self.Found(doing, self.agenda_of_new))

    def _rate(self, area: str) -> None:
        if self._found is not None:
            self.app.push_screen(places.rating(self._found.progressions, area, self.agenda_of_new))
