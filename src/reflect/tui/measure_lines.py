"""Run charts and driver diagrams as lines of the app."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from reflect.exports.figures.pictures import diagram_said
from reflect.exports.figures.run_chart_lines import run_chart_lines
from reflect.exports.figures.tree_lines import tree_lines
from reflect.insights.driver_diagram import LEVELS, DriverDiagram
from reflect.insights.driver_diagram import QUESTION as UNTRIED
from reflect.insights.measure import QUESTION, Measure, plain_number, short_date
from reflect.records.outline import Item
from reflect.records.yaml_block import Value
from reflect.tui.doing import Doing
from reflect.tui.figure import Figure
from reflect.tui.spoken import READER
from reflect.tui.widgets.item_list import SPACE
from reflect.tui.words import plain_line

CYCLE = "cycle"
# A chart takes its height from what there is, between these.
LOWEST, HIGHEST = 6, 16
# What a chart shares the screen with, beside what is said below it: title, axis, question, keys.
BESIDE = 12
# So many values are read one by one where nothing is drawn.
READ_ALOUD = 20


def measure_figure(found: Measure, width: int, height: int, key: str) -> Figure:
    """Return a measure as its chart, what the chart says, and the question that it leads to."""
    figure = Figure()
    chart, row = found.chart, found.row
    figure.add(Content.assemble(" ", plain_line(row.title, "bold")), plain_line(found.unit, "$text-muted"))
    figure.items.append(SPACE)
    if READER.is_on:
        for each in chart.points[-READ_ALOUD:]:
            figure.add(plain_line(f"{plain_number(each.value)} {found.unit}".strip()), plain_line(short_date(each.day)))
        if chart.median is not None:
            figure.add(plain_line(f"The middle is {plain_number(chart.median)}."))
    else:
        said = sum(len(plain_line(sentence).wrap(max(20, width - 3))) for sentence in found.says)
        rows = max(LOWEST, min(HIGHEST, height - BESIDE - said - len(found.events)))
        _add_drawn(figure, run_chart_lines(found, width - 4, rows))
    for sentence in found.says:
        figure.add_remarks(sentence, width, 1, "")
    fields: dict[str, Value] = {"from": [row.id]} if row.id else {}
    figure.add_question(QUESTION, Doing("finding", fields), key)
    return figure


def diagram_figure(found: DriverDiagram, width: int, key: str) -> Figure:
    """Return a driver diagram as a tree, and its ideas that nobody tried, each of which can be begun."""
    figure = Figure()
    row = found.row
    figure.add(Content.assemble(" ", plain_line(row.title, "bold")), plain_line(row.text_of("by"), "$text-muted"))
    figure.items.append(SPACE)
    if READER.is_on:
        for depth, item in found.root.walk():
            figure.add(plain_line(item.words), plain_line(LEVELS[depth]), depth)
    elif not found.is_empty:
        _add_drawn(figure, tree_lines(found.root, width - 4))
    figure.items.append(SPACE)
    for each in diagram_said(found):
        figure.add_remarks(each, width, 1, "")
    untried = found.untried()
    if untried:
        figure.add_heading("Not tried yet")
    for idea in untried:
        right = Content("enter begins a cycle").stylize("$text-accent")
        figure.add_doing(Content.assemble("   · ", plain_line(idea.words)), right, trial_of(idea), 1)
    if untried:
        figure.add_question(UNTRIED, trial_of(untried[0]), key)
    else:
        figure.add_question("What else could lead there?", Doing(path=row.ref, at="Drivers"), key)
    return figure


def trial_of(idea: Item) -> Doing:
    """Return the beginning of a cycle in which an idea is tried; it is known by its words."""
    return Doing(CYCLE, {"title": idea.text})


def _add_drawn(figure: Figure, lines: Iterable[str]) -> None:
    for line in lines:
        figure.add(Content.assemble("  ", Content(line)))
    figure.items.append(SPACE)
