"""What is pursued together and still waits: open loops, dates, quiet agendas, and how open each pursuit is."""

from __future__ import annotations

from collections.abc import Sequence

from reflect.insights.loops import OpenLoop
from reflect.insights.patterns.figures import LINES, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.wording import counted, quoted

QUIET = "agenda-quiet"
ALONE = "of no agenda"
PARTS = {
    "known": "made known",
    "engaged": "people engaged",
    "shared": "findings shared",
    "explained": "changes explained",
}


def open_loops(material: Material) -> Found:
    """Return every open loop, by agenda, the longest open first."""
    return _waiting(material, material.loops, "open loop")


def commitments_due(material: Material) -> Found:
    """Return what a date that somebody set has come for: follow-ups, steps, reviews, ratings, check-ins."""
    dated = {
        (kind.name, spec.name)
        for kind in material.kinds
        for spec in kind.loops
        if spec.shape == "date" and not spec.after
    }
    return _waiting(material, [loop for loop in material.loops if (loop.row.kind, loop.loop) in dated], "commitment")


def agendas_quiet(material: Material) -> Found:
    """Return the open agendas to which nothing has come for six school weeks."""
    return _waiting(material, [loop for loop in material.loops if loop.loop == QUIET], "quiet agenda", by_agenda=False)


def _waiting(material: Material, loops: Sequence[OpenLoop], noun: str, by_agenda: bool = True) -> Found:
    if not loops:
        return Found(0)
    titles = material.titles(list({loop.row.agenda for loop in loops if loop.row.agenda})) if by_agenda else {}
    groups: dict[str, list[Part]] = {}
    for loop in loops:
        # An agenda's own loops stand with those of its records.
        group = loop.row.title if loop.row.kind == "agenda" else titles.get(loop.row.agenda, ALONE)
        groups.setdefault(group if by_agenda else "", []).append(_line(loop, group if by_agenda else ""))
    oldest = loops[0]
    says = f"{counted(len(loops), noun)}; the oldest since {oldest.since}, {quoted(oldest.row.title)}."
    parts = tuple(part for group in groups.values() for part in group)
    return Found(len(loops), says, Figure(LINES, parts), oldest.say, (_doing(oldest),))


def _line(loop: OpenLoop, group: str) -> Part:
    row = loop.row
    note = f"since {loop.since} · {loop.say}"
    return Part(loop.loop, row.title, note=note, group=group, rowids=(row.rowid,), ref=row.ref, offers=(_doing(loop),))


def _doing(loop: OpenLoop) -> Offer:
    return Offer(f"go on with {quoted(loop.row.title)}", ref=loop.row.ref, loop=loop.loop, agenda=loop.row.agenda)


def openness(material: Material) -> Found:
    """Return the four parts of the openness check for each open agenda, and ask the first that is not met."""
    parts: list[Part] = []
    question, offers = "", tuple[Offer, ...]()
    for row in material.agendas:
        for name, part in material.openness(row).parts():
            offer = Offer(f"{PARTS[name]}: {quoted(row.title)}", ref=row.ref, part=name)
            line = Part(
                name,
                PARTS[name],
                note=part.why,
                group=row.title,
                rowids=(row.rowid,),
                ref=row.ref,
                is_met=part.met,
                offers=(offer,),
            )
            parts.append(line)
            if not part.met and not question:
                question, offers = part.why, (offer,)
    number = len(material.agendas)
    waiting = sum(any(not part.is_met for part in parts if part.ref == row.ref) for row in material.agendas)
    says = f"{counted(number, 'open agenda')}; in {waiting or 'none'} of them a part is not met yet."
    return Found(number, says, Figure(LINES, tuple(parts)), question, offers)


PATTERNS = (
    Pattern(
        "open-loops",
        "Open loops",
        "What the records still wait for, as their kinds say it, by agenda, the longest open first. What was put off "
        "or let rest is left out.",
        1,
        "open loop",
        open_loops,
        spans="now",
    ),
    Pattern(
        "commitments-due",
        "Commitments due",
        "The open loops that a date has opened: a follow-up, a next step, a review, a rating, a check-in whose day "
        "has passed.",
        1,
        "date that has passed",
        commitments_due,
        spans="now",
    ),
    Pattern(
        "agendas-quiet",
        "Agendas gone quiet",
        "Open agendas to which no record has come for six school weeks.",
        1,
        "quiet agenda",
        agendas_quiet,
        spans="now",
    ),
    Pattern(
        "openness",
        "How open each pursuit is",
        "For each open agenda four checks: made known; people engaged across lines of difference; findings shared, "
        "good and bad; changes explained, made or not. No total, and no agenda beside another.",
        1,
        "open agenda",
        openness,
        spans="now",
    ),
)
