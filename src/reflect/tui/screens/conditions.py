"""A conditions map by its three levels, beside the map before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from reflect.insights.conditions import SIX, MapsBeside
from reflect.records.compose import Content as Beginning
from reflect.records.yaml_block import Value
from reflect.tui import places
from reflect.tui.figure import Figure
from reflect.tui.keys import bindings
from reflect.tui.practice_lines import conditions_figure
from reflect.tui.screens.figure_screen import FigureScreen

KIND = "conditions-map"


@dataclass(frozen=True)
class Shown:
    """Two maps, and what the six conditions are called."""

    maps: MapsBeside
    titles: Mapping[str, str]


class ConditionsScreen(FigureScreen[Shown]):
    """Six conditions; enter writes on one, and a new map is begun with the same problem."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("conditions")
    place = "conditions"
    heading = "Conditions map"

    @property
    def agenda_of_new(self) -> str:
        """The agenda of the map."""
        return self._found.maps.newer.row.agenda if self._found else ""

    def read(self) -> Shown:
        """Return the map, and the one before it."""
        workspace = self.workspace
        kind = workspace.kinds.find(KIND)
        sections = {slug: kind.section(title) if kind else None for slug, title, _ in SIX}
        titles = {slug: each.shown_title(workspace.lang) for slug, each in sections.items() if each}
        return Shown(workspace.practice.maps(workspace.lookup.row(self._path)), titles)

    def draw(self, found: Shown, width: int) -> Figure:
        """Return both as lines."""
        key = self.desk.key_of("conditions.write")
        return conditions_figure(found.maps, lambda slug: found.titles.get(slug, slug), width, key)

    async def action_new_map(self) -> None:
        """Begin the next map of the same problem; what was written before stays as it was."""
        if self._found is None:
            return
        row = self._found.maps.newer.row
        problem: dict[str, Value] = {"problem": row.text_of("problem")} if row.text_of("problem") else {}
        fields = {**problem, "as_of": self.desk.now().date().isoformat()}
        await self.app.push_screen(places.writing(KIND, Beginning(agenda=row.agenda, fields=fields)))
