"""A driver diagram as a tree: each idea that nobody tried can be tried from here."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from reflect.exports.figures.driver_diagram_svg import driver_diagram_svg
from reflect.insights.driver_diagram import DRIVERS_SECTION, DriverDiagram
from reflect.records.compose import Content as Beginning
from reflect.records.outline import Item, with_link
from reflect.tui import places
from reflect.tui.figure import Figure
from reflect.tui.keys import bindings
from reflect.tui.measure_lines import CYCLE, diagram_figure
from reflect.tui.screens.picture_screen import PictureScreen
from reflect.tui.widgets.item_list import ItemList


class DriverDiagramScreen(PictureScreen[DriverDiagram]):
    """The tree, and below it the ideas without a trial."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("driver-diagram")
    place = "driver-diagram"
    heading = "Driver diagram"

    class Begun(Message):
        """A cycle was begun, and the idea leads to it."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def svg(self, found: DriverDiagram) -> str:
        """Return it as SVG."""
        return driver_diagram_svg(found)

    def read(self) -> DriverDiagram:
        """Return the diagram."""
        return self.workspace.practice.driver_diagram(self.workspace.lookup.row(self._path))

    def draw(self, found: DriverDiagram, width: int) -> Figure:
        """Return its tree as lines."""
        return diagram_figure(found, width, self.desk.key_of("driver-diagram.write"))

    async def action_edit(self) -> None:
        """Write on the outline."""
        await self.app.push_screen(places.writing(path=self._path, at=DRIVERS_SECTION))

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Try the idea under the cursor."""
        self._do(self.lines.key_of_line(event.index))

    def action_write(self) -> None:
        """Try the idea under the cursor, else the first; where all were tried, write on the outline."""
        idea = self._idea(self.lines.key)
        untried = self._found.untried() if self._found else []
        if idea is None and untried:
            self._begin(untried[0])
        elif idea is not None:
            self._begin(idea)
        else:
            super().action_write()

    def _do(self, key: tuple[str, ...]) -> None:
        idea, doing = self._idea(key), self._figure.doing_at(key)
        if idea is not None:
            self._begin(idea)
        elif doing is not None and doing.kind != CYCLE:
            self.post_message(self.Found(doing, self.agenda_of_new))
        elif doing is not None:
            self.action_write()

    def _idea(self, key: tuple[str, ...]) -> Item | None:
        """Return the idea of a line."""
        doing = self._figure.doing_at(key)
        untried = self._found.untried() if self._found else []
        return next((item for item in untried if doing and doing.fields.get("title") == item.text), None)

    def _begin(self, idea: Item) -> None:
        row = self._found.row if self._found else None
        content = Beginning(title=idea.text, links=(row.id,) if row and row.id else (), agenda=self.agenda_of_new)
        if row is None or row.place:
            # What is in a community is changed where it is looked through.
            self.app.push_screen(places.writing(CYCLE, content))
        else:
            self._try(idea, content)

    @work(thread=True, exclusive=True, exit_on_error=False, group="try")
    def _try(self, idea: Item, content: Beginning) -> None:
        workspace = self.workspace
        record = workspace.get(self._path)
        kind = workspace.kinds.get(record.kind)
        section = kind.section(DRIVERS_SECTION)
        text = record.section_text(section.aliases) if section else ""
        cycle = workspace.new(CYCLE, content).record
        workspace.indexer.refresh_files([cycle.path])
        self.change({}, {DRIVERS_SECTION: with_link(text, idea, cycle.id)})
        self.post_message(self.Begun(cycle.path))

    @on(Begun)
    async def write_on(self, event: Begun) -> None:
        """Write on the cycle; the tree says then where it is tried."""
        self.desk.changed()
        await self.app.push_screen(places.writing(path=event.path))
