"""The chain in which a record stands, both ways; what is missing is begun from where it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from reflect.insights.chain import Chain
from reflect.tui.figure import Figure
from reflect.tui.keys import bindings
from reflect.tui.practice_lines import chain_figure
from reflect.tui.screens.figure_screen import FigureScreen


@dataclass(frozen=True)
class Shown:
    """A chain, and the labels of its kinds."""

    chain: Chain
    labels: Mapping[str, str]


class ChainScreen(FigureScreen[Shown]):
    """A line for each record and for each place where one is missing."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("chain")
    place = "chain"
    heading = "Chain"

    @property
    def agenda_of_new(self) -> str:
        """The agenda of the record from which one came."""
        return self._found.chain.asked.agenda if self._found else ""

    def read(self) -> Shown:
        """Return the chain."""
        workspace = self.workspace
        row = workspace.lookup.row(self._path)
        labels = {kind.name: kind.shown_label(workspace.lang) for kind in workspace.kinds_of(row.place).all()}
        return Shown(workspace.practice.chain(row), labels)

    def draw(self, found: Shown, width: int) -> Figure:
        """Return it as lines."""
        return chain_figure(
            found.chain, lambda name: found.labels.get(name, name), width, self.desk.key_of("chain.write")
        )
