"""The journey of an agenda: where it stands, what each stage asks, and the writing of what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from reflect.errors import NotFound
from reflect.insights.journey import JourneyNow
from reflect.records.yaml_block import Value
from reflect.tui.figure import Figure
from reflect.tui.journey_lines import STAGE, doing_of_missing, journey_figure
from reflect.tui.keys import bindings
from reflect.tui.screens.figure_screen import FigureScreen
from reflect.tui.screens.journey_choice import JourneyChoice
from reflect.tui.widgets.item_list import ItemList


@dataclass(frozen=True)
class Shown:
    """A journey, and the language in which its stages are said."""

    journey: JourneyNow
    lang: str


class JourneyScreen(JourneyChoice, FigureScreen[Shown]):
    """The stages as lines; enter opens one, and on what is missing begins the writing."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("journey")
    place = "journey"
    heading = "Journey"

    def __init__(self, path: str, slug: str = "") -> None:
        super().__init__(path)
        self._opened: set[str] = {slug} if slug else set()
        self._was_opened = bool(slug)

    @property
    def agenda_of_new(self) -> str:
        """The agenda whose journey it is."""
        return (self._found.journey.agenda.id or self._path) if self._found else self._path

    def read(self) -> Shown:
        """Return where the agenda stands; raises NotFound where it follows no journey."""
        workspace = self.workspace
        found = workspace.practice.journey_of(workspace.agenda(self._path))
        if found is None:
            raise NotFound("This agenda follows no journey yet.")
        return Shown(found, workspace.lang)

    def draw(self, found: Shown, width: int) -> Figure:
        """Return the stages as lines; the one that is now stands open at first."""
        self.heading = found.journey.journey.shown_title(found.lang)
        if not self._was_opened and found.journey.now is not None:
            self._opened, self._was_opened = {found.journey.now.stage.slug}, True
        keys = self.desk.key_of("journey.write"), self.desk.key_of("journey.leave-out")
        return journey_figure(found.journey, self._opened, width, found.lang, keys)

    def first_line(self) -> int:
        """Return the line of the stage that stands open."""
        keys = [self.lines.key_of_line(index) for index in range(self.lines.count)]
        return next((index for index, key in enumerate(keys) if key and key[1] in self._opened), self.lines.cursor)

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Open a stage or close it; else do what the line is for."""
        key = self.lines.key_of_line(event.index)
        if key and key[0] == STAGE:
            self._opened ^= {key[1]}
            self.show()
        else:
            super().on_virtual_list_chosen(event)

    def action_write(self) -> None:
        """Write what the stage under the cursor waits for, else what the one that is now does."""
        stage = self._found.journey.stage(self._slug) if self._found else None
        if stage is not None and stage.missing:
            self.post_message(self.Found(doing_of_missing(stage.missing[0]), self.agenda_of_new))
        else:
            super().action_write()

    def action_choose(self) -> None:
        """Choose another journey."""
        self.choose_journey(self._path)

    def action_leave_out(self) -> None:
        """Leave out the stage under the cursor, or take it in again."""
        if self._found is None or not self._slug:
            self.tell("Go to a stage first.")
            return
        skipped = self._found.journey.agenda.list_of("stages_skipped")
        is_out = self._slug in skipped
        kept = [each for each in skipped if each != self._slug] if is_out else [*skipped, self._slug]
        says = "The stage is in again." if is_out else "The stage is left out."
        before: dict[str, Value | None] = {"stages_skipped": [*skipped] or None}
        self.set_on_agenda(self._path, {"stages_skipped": [*kept] or None}, before, says)

    @property
    def _slug(self) -> str:
        """The stage under the cursor, or above it."""
        for index in range(self.lines.cursor, -1, -1):
            key = self.lines.key_of_line(index)
            if key and key[0] == STAGE:
                return key[1]
        return ""
