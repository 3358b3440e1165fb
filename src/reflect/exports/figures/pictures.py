"""Records of which there is a picture: drawn as lines of text and as SVG, and said in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reflect.exports.figures.driver_diagram_svg import driver_diagram_svg
from reflect.exports.figures.run_chart_lines import run_chart_lines
from reflect.exports.figures.run_chart_svg import run_chart_svg
from reflect.exports.figures.tree_lines import tree_lines
from reflect.insights.driver_diagram import DriverDiagram
from reflect.insights.measure import Measure
from reflect.insights.practice import Practice
from reflect.store.catalog import Row


@dataclass(frozen=True)
class Picture:
    """A picture of one record: `lines` in so many columns, `svg` for a page, `says` what it shows, a sentence each."""

    title: str
    says: Sequence[str]
    lines: Callable[[int], list[str]]
    svg: Callable[[], str]


def picture_of(practice: Practice, row: Row) -> Picture | None:
    """Return the picture of a record, None for a kind that has none."""
    if row.kind == "measure":
        return picture_of_measure(practice.measure(row))
    return picture_of_diagram(practice.driver_diagram(row)) if row.kind == "driver-diagram" else None


def picture_of_measure(measure: Measure) -> Picture:
    """Return a run chart."""
    return Picture(
        measure.row.title,
        measure.says,
        lambda columns: run_chart_lines(measure, columns),
        lambda: run_chart_svg(measure),
    )


def picture_of_diagram(diagram: DriverDiagram) -> Picture:
    """Return a driver diagram."""
    return Picture(
        diagram.row.title,
        diagram_said(diagram),
        lambda columns: [] if diagram.is_empty else tree_lines(diagram.root, columns),
        lambda: driver_diagram_svg(diagram),
    )


def diagram_said(diagram: DriverDiagram) -> list[str]:
    """Return what is to be said of a driver diagram, a sentence each."""
    if diagram.is_empty:
        return ["No drivers yet. They are a list: what must change, below it where, below that what to try."]
    untried, ideas = len(diagram.untried()), len(diagram.ideas())
    said = [f"{untried or 'None'} of {ideas} change ideas {'has' if untried == 1 else 'have'} no link to a trial yet."]
    if not ideas:
        said = ["No change ideas yet: they stand on the third level, below what must change and where."]
    return [*said, *diagram.remarks]
