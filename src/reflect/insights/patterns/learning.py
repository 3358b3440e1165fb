"""What we learn from: findings that were shared, cycles, pilots, decisions, and who hears what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reflect.insights.openness import NOT_GOOD
from reflect.insights.patterns.figures import BARS, LINES, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.moments import day_of
from reflect.records.textforms import folded
from reflect.records.wording import counted, listed, quoted
from reflect.store.catalog import Row

ABANDON = "abandon"
NOT_PREDICTED = "not predicted"
RESULTS = ("as predicted", "better", "worse", "other than predicted", "could not tell")
FAMILIES = ("outcome", "process", "balancing")
CONDITIONS = (
    ("policies", "structural"),
    ("practices", "structural"),
    ("resource-flows", "structural"),
    ("relationships-and-connections", "relational"),
    ("power-dynamics", "relational"),
    ("mental-models", "transformative"),
)
STRUCTURAL = "structural"
# How an answer begins that carrying a record on leaves behind, in the languages it is written in.
CARRIED_TO = ("Carried to ", "Llevado a ")


def only_good_news(material: Material) -> Found:
    """Return the signs of my findings that were sent; it asks when none went against us."""
    sent = material.sent_findings
    signs = ("positive", "negative", "mixed", "no difference", "too early")
    figure = _bars([(sign, [row for row in sent if row.text_of("valence") == sign]) for sign in signs])
    others = [row for row in sent if row.text_of("valence") in NOT_GOOD]
    number = counted(len(sent), "finding")
    if others:
        return Found(len(sent), f"{number} sent; {len(others)} of them negative, mixed or no difference.", figure)
    says = f"{number} sent; none negative, mixed or no difference."
    question = "What did not work that others could be spared?"
    return Found(len(sent), says, figure, question, (Offer("write a finding", "finding"),))


def never_abandoned(material: Material) -> Found:
    """Return what came of the cycles that were decided; it asks when none was abandoned."""
    decided = [row for row in material.rows(material.seen("cycle")) if row.text_of("next")]
    steps = ("adopt", "adapt", ABANDON)
    figure = _bars([(step, [row for row in decided if row.text_of("next") == step]) for step in steps])
    given_up = sum(row.text_of("next") == ABANDON for row in decided)
    number = counted(len(decided), "cycle")
    if given_up:
        return Found(len(decided), f"{number} decided; {given_up} of them abandoned.", figure)
    question = "Which idea do we keep out of politeness?"
    return Found(
        len(decided), f"{number} decided; none abandoned.", figure, question, (Offer("begin a cycle", "cycle"),)
    )


def predictions(material: Material) -> Found:
    """Return how cycles came out beside what was predicted; one with an empty plan was not predicted."""
    rows = material.rows(material.seen("cycle"))
    material.read_ahead(rows)
    groups: dict[str, list[Row]] = {name: [] for name in (*RESULTS, NOT_PREDICTED)}
    for row in rows:
        if not material.has_section(row, "Plan") and (row.text_of("result") or material.has_section(row, "Study")):
            groups[NOT_PREDICTED].append(row)
        elif row.text_of("result") in groups:
            groups[row.text_of("result")].append(row)
    total = sum(map(len, groups.values()))
    figure = _bars(list(groups.items()), total)
    said = [f"{len(rows)} of {total} {name}" for name, rows in groups.items() if rows]
    question = "What do we keep being surprised by?"
    return Found(total, f"{listed(said)}.", figure, question, (Offer("begin a cycle", "cycle"),))


def missing_measure(material: Material) -> Found:
    """Return the running pilots that lack an outcome, a process or a balancing measure."""
    running = [row for row in material.rows(material.all("pilot")) if row.text_of("status") == "running"]
    named = list({each for row in running for each in row.list_of("measures")})
    measures = material.by_id(named)
    parts = []
    for row in running:
        families = {measures[each].text_of("family") for each in row.list_of("measures") if each in measures}
        lacking = [family for family in FAMILIES if family not in families]
        if lacking:
            offer = Offer(f"begin a {lacking[0]} measure", "measure", fields={"family": lacking[0]}, agenda=row.agenda)
            note = f"{listed([f'no {family}' for family in lacking])} measure"
            parts.append(_record(row, note, offer))
    number = counted(len(running), "running pilot")
    if not parts:
        return Found(len(running), f"{number}, with outcome, process and balancing measures.")
    says = f"{len(parts)} of {number} without one of the three sorts of measure."
    question = "What could get worse, and who would notice first?"
    return Found(len(running), says, Figure(LINES, tuple(parts)), question, parts[0].offers)


def surface_only(material: Material) -> Found:
    """Return which of the six conditions what we do touches; it asks when none lies below the surface."""
    rows = [row for row in material.rows(material.seen("activity", "pilot")) if row.list_of("conditions")]
    groups = [(name, [row for row in rows if name in row.list_of("conditions")]) for name, _ in CONDITIONS]
    levels = dict(CONDITIONS)
    deeper = {row.rowid for name, found in groups for row in found if levels[name] != STRUCTURAL}
    parts = tuple(
        Part(name, name.replace("-", " "), len(found), group=levels[name], rowids=_numbers(found))
        for name, found in groups
    )
    number = counted(len(rows), "activity or pilot", "activities and pilots")
    if deeper:
        says = f"{len(deeper)} of {number} touch relationships, power or mental models."
        return Found(len(rows), says, Figure(BARS, parts))
    question = "What would we try on relationships, power or beliefs?"
    offers = (Offer("plan an activity", "activity", fields={"conditions": ["relationships-and-connections"]}),)
    return Found(len(rows), f"{number}, all on what is easy to see.", Figure(BARS, parts), question, offers)


def deciders(material: Material) -> Found:
    """Return the decisions of agendas that name whose voices they need: with and without one of these deciding."""
    rows = [row for row in material.rows(material.seen("decision")) if row.agenda]
    agendas = material.by_id(list({row.agenda for row in rows}))
    groups: dict[str, list[Row]] = {"without": [], "with": [], "not said": []}
    for row in rows:
        needed = set(map(folded, agendas[row.agenda].list_of("voices_needed"))) if row.agenda in agendas else set()
        if needed:
            decided = set(map(folded, row.list_of("decided_by")))
            groups["with" if decided & needed else "without" if decided else "not said"].append(row)
    labels = {
        "without": "decided without those voices",
        "with": "decided with one of them",
        "not said": "not said who decided",
    }
    parts = tuple(Part(name, labels[name], len(found), rowids=_numbers(found)) for name, found in groups.items())
    total = sum(map(len, groups.values()))
    without = len(groups["without"])
    says = f"{without or 'None'} of {counted(total, 'decision')} made without any of the voices that the agenda needs."
    if not without:
        return Found(total, says, Figure(BARS, parts))
    question = "Who could decide the next one with us?"
    offers = (Offer("plan a gathering", "gathering", agenda=groups["without"][0].agenda),)
    return Found(total, says, Figure(BARS, parts), question, offers)


def told_back(material: Material) -> Found:
    """Return the gatherings and design studios older than three school weeks, and which were told back."""
    held = [(row, _held_on(row)) for row in material.rows(material.seen("gathering", "design-studio"))]
    old = [(day, row) for row, day in held if day and material.school.weeks_after(day, 3) <= material.today]
    told = [row for _, row in old if row.text_of("told_back_on")]
    waiting = sorted((each for each in old if not each[1].text_of("told_back_on")), key=lambda each: each[0])
    parts = [Part("told back", "told back", len(told), len(old), rowids=_numbers(told))]
    for day, row in waiting:
        offer = Offer(f"tell back {quoted(row.title)}", ref=row.ref, at="told_back_on")
        parts.append(_record(row, f"held {day}", offer))
    says = f"{len(told)} of {counted(len(old), 'meeting')} older than three weeks told back."
    figure = Figure(LINES, tuple(parts))
    if not waiting:
        return Found(len(old), says, figure)
    return Found(len(old), says, figure, "Who is still waiting?", parts[1].offers)


def carried(material: Material) -> Found:
    """Return the findings that were carried out of where they stood, that were carried in, and that were answered."""
    seen = material.seen("finding")
    came = material.counts.filled(seen, "carried_from")
    responses = material.rows(material.all("response"))
    answers = [(material.source_of(row.text_of("to")), tells_of_carrying(row)) for row in responses]
    origins = [(material.source_of(row.text_of("carried_id")), True) for row in came]
    numbers = material.counts.numbers(seen, [record_id for record_id, _ in [*answers, *origins] if record_id])
    meant = [(numbers[record_id], is_carry) for record_id, is_carry in [*answers, *origins] if record_id in numbers]
    groups = (
        ("out", "carried out", {number for number, is_carry in meant if is_carry}),
        ("in", "carried in", {row.rowid for row in came}),
        ("answered", "answered", {number for number, is_carry in meant if not is_carry}),
    )
    parts = tuple(Part(name, label, len(found), rowids=tuple(found)) for name, label, found in groups)
    says = f"{listed([f'{part.count} {part.label}' for part in parts])}."
    shared = next(iter(material.sent_findings), None)
    offers = (Offer(f"look at {quoted(shared.title)}", ref=shared.ref),) if shared else ()
    records = len({number for _, _, found in groups for number in found})
    return Found(records, says, Figure(BARS, parts), "What of ours would help elsewhere?", offers)


def reading_and_doing(material: Material) -> Found:
    """Return my notes on resources with and without a record that another one links to them."""
    notes = material.rows(material.mine("resource-note"))
    tried = material.linked(notes)
    without = [row for row in notes if row.rowid not in tried]
    parts = [Part("tried", "with a linked record", len(tried), len(notes), rowids=tuple(tried))]
    for row in without:
        offer = Offer(f"plan an activity from {quoted(row.title)}", "activity", agenda=row.agenda, links=(row.id,))
        parts.append(_record(row, row.text_of("resource"), offer))
    says = f"{len(tried)} of {counted(len(notes), 'note')} led to something."
    if not without:
        return Found(len(notes), says, Figure(LINES, tuple(parts)))
    return Found(len(notes), says, Figure(LINES, tuple(parts)), "Which one is worth a Tuesday?", parts[1].offers)


def _bars(groups: Sequence[tuple[str, Sequence[Row]]], of: int | None = None) -> Figure:
    return Figure(BARS, tuple(Part(name, name, len(rows), of, rowids=_numbers(rows)) for name, rows in groups))


def _record(row: Row, note: str, offer: Offer) -> Part:
    return Part(row.id or row.ref, row.title, note=note, rowids=(row.rowid,), ref=row.ref, offers=(offer,))


def _numbers(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(row.rowid for row in rows)


def _held_on(row: Row) -> dt.date | None:
    day = day_of(row.text_of("held_on"))
    return dt.date.fromisoformat(day) if day else None


def tells_of_carrying(response: Row) -> bool:
    """Say whether an answer is the one that carrying a record leaves behind where it came from."""
    return response.text_of("kind_of") == "an offer" and response.title.startswith(CARRIED_TO)


PATTERNS = (
    Pattern(
        "only-good-news",
        "Only good news",
        "My findings that were sent to a community, by their sign. It asks when there are three or more and none is "
        "negative, mixed or no difference.",
        3,
        "sent findings",
        only_good_news,
    ),
    Pattern(
        "never-abandoned",
        "Never abandoned",
        "Cycles whose next step is decided. It asks when there are five or more and none was abandoned.",
        5,
        "decided cycles",
        never_abandoned,
    ),
    Pattern(
        "predictions",
        "Predictions",
        "Cycles by their result, of all that have one. A cycle with nothing under Plan was not predicted, whatever "
        "its result.",
        5,
        "cycles with a result",
        predictions,
    ),
    Pattern(
        "missing-measure",
        "Missing measure",
        "Running pilots whose measures are not of all three sorts: outcome, process, balancing.",
        1,
        "running pilot",
        missing_measure,
        spans="now",
    ),
    Pattern(
        "surface-only",
        "Only the surface",
        "Activities and pilots that say which of the six conditions they touch. It asks when none touches "
        "relationships, power dynamics or mental models.",
        4,
        "activities or pilots with conditions",
        surface_only,
    ),
    Pattern(
        "deciders",
        "Who decides",
        "Decisions of agendas that name the voices they need: how many were made by none of these, how many by one of "
        "them, and of how many it is not said.",
        3,
        "decisions of such agendas",
        deciders,
    ),
    Pattern(
        "told-back",
        "Told back",
        "Gatherings and design studios held more than three school weeks ago, and of these the ones told back.",
        2,
        "meetings so long ago",
        told_back,
    ),
    Pattern(
        "carried",
        "Carried",
        "Findings that were carried on into another community, that came from one, and that were answered.",
        1,
        "finding carried or answered",
        carried,
    ),
    Pattern(
        "reading-and-doing",
        "Reading and doing",
        "My notes on resources, and of these the ones to which another record links.",
        4,
        "notes",
        reading_and_doing,
    ),
)
