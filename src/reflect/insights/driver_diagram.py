"""A driver diagram: an aim, what must change for it, where, and the ideas to try.

After G. Langley et al., *The Improvement Guide*, 2nd ed., 2009, and A. Bryk et al., *Learning to Improve*, 2015.
"""

from __future__ import annotations

from dataclasses import dataclass

from reflect.records.outline import Item, read_outline
from reflect.records.remarks import of_outline
from reflect.records.textforms import one_line
from reflect.store.catalog import Row

AIM_SECTION, DRIVERS_SECTION = "Aim", "Drivers"
LEVELS = ("aim", "primary driver", "secondary driver", "change idea")
QUESTION = "Which idea here has nobody tried yet?"


@dataclass(frozen=True)
class DriverDiagram:
    """The aim as the root of a tree of at most three levels below it; `aside` stood in no list.

    `remarks` say what is drawn elsewhere than it stands."""

    row: Row
    root: Item
    aside: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw beside the aim."""
        return not self.root.items

    def ideas(self) -> list[Item]:
        """Return the change ideas in order."""
        return [item for depth, item in self.root.walk() if depth == len(LEVELS) - 1]

    def untried(self) -> list[Item]:
        """Return the ideas that lead to no record, such as a cycle in which they were tried."""
        return [item for item in self.ideas() if not item.links]


def driver_diagram(row: Row, aim: str, drivers: str) -> DriverDiagram:
    """Return the diagram of a record from the texts of its two sections; without an aim its title is one."""
    outline = read_outline(drivers)
    items = [_drawn(item, 1) for item in outline.items]
    return DriverDiagram(row, Item(one_line(aim) or row.title, items), tuple(outline.aside), tuple(of_outline(drivers)))


def _drawn(item: Item, level: int) -> Item:
    """Return a point as it is drawn: what lies deeper than the ideas stands among them."""
    deepest = len(LEVELS) - 1
    if level < deepest - 1:
        return Item(item.text, [_drawn(each, level + 1) for each in item.items])
    ideas = [below for each in item.items for _, below in each.walk()]
    return Item(item.text, [Item(each.text) for each in ideas])
