"""Driver diagrams: the ideas on them that lead to no record yet."""

from __future__ import annotations

from collections.abc import Mapping

from reflect.insights.driver_diagram import AIM_SECTION, DRIVERS_SECTION, QUESTION, DriverDiagram, driver_diagram
from reflect.insights.patterns.figures import LINES, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.outline import Item
from reflect.records.wording import counted

KIND = "driver-diagram"


def untried_ideas(material: Material) -> Found:
    """Return the change ideas that nobody tried, of all diagrams or of the one that was asked for."""
    about = material.about
    rows = [about] if about is not None and about.kind == KIND else material.rows(material.all(KIND))
    material.read_ahead(rows)
    diagrams = [
        driver_diagram(row, material.section(row, AIM_SECTION), material.section(row, DRIVERS_SECTION)) for row in rows
    ]
    ideas = sum(len(each.ideas()) for each in diagrams)
    untried = [(diagram, idea) for diagram in diagrams for idea in diagram.untried()]
    says = f"{counted(ideas, 'change idea')} on {counted(len(rows), 'driver diagram')}; "
    says += f"{len(untried) or 'none'} of them without a link to where it was tried."
    facts = diagram_facts(diagrams[0]) if about is not None and about.kind == KIND else {}
    if not untried:
        return Found(len(rows), says, facts=facts)
    parts = tuple(_part(diagram, idea) for diagram, idea in untried)
    return Found(len(rows), says, Figure(LINES, parts), QUESTION, parts[0].offers, facts)


def diagram_facts(diagram: DriverDiagram) -> Mapping[str, object]:
    """Return a driver diagram as plain values: the aim, and below it what leads to it."""
    return {
        "aim": diagram.root.words,
        "drivers": [_plain(item) for item in diagram.root.items],
        "untried": [item.words for item in diagram.untried()],
        "aside": [*diagram.aside],
    }


def _plain(item: Item) -> Mapping[str, object]:
    return {"text": item.words, "links": item.links, "items": [_plain(each) for each in item.items]}


def _part(diagram: DriverDiagram, idea: Item) -> Part:
    row = diagram.row
    links = (row.id,) if row.id else ()
    offer = Offer("begin a cycle that tries it", "cycle", agenda=row.agenda, links=links)
    return Part(idea.words, idea.words, note=row.title, ref=row.ref, rowids=(row.rowid,), offers=(offer,))


PATTERNS = (
    Pattern(
        "driver-diagram",
        "Ideas nobody tried",
        "The change ideas on driver diagrams, which stand on their third level, that hold no [[link]] to a record "
        "such as a cycle in which they were tried.",
        1,
        "driver diagram",
        untried_ideas,
        spans="now",
        about=(KIND, "agenda"),
    ),
)
