"""What pulls against what a community believes, and what follows from it."""

from __future__ import annotations

from reflect.insights.circles import BELIEFS, CIRCLES, NO_CORE, QUESTION, Circles, Placed, circles
from reflect.insights.patterns.figures import LINES, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.wording import counted, listed, quoted
from reflect.store.catalog import Row
from reflect.store.counts import Scope

CORE_KIND = "instructional-core"
BELIEVE = "What do you believe about learners, learning and readiness?"
WRITE_CORE = Offer("write an instructional core", CORE_KIND)


def symmetry(material: Material) -> Found:
    """Return what was said of records beside the core, by circle; what pulls against it and is open is asked about."""
    # A core belongs to no agenda, also where only one is looked at.
    known = material.rows(Scope().of(CORE_KIND))
    cores = [material.as_known(row, "replaces") for row in known if material.source_of(row.id) == row.id]
    said = [row for row in material.counts.filled(material.seen(), "fit") if row.kind != CORE_KIND]
    found = circles([*cores, *said], material.linking_to)
    judged = [each for each in found.placed if each.sign]
    if found.core is None:
        return Found(len(judged), NO_CORE, question=BELIEVE if judged else "", offers=(WRITE_CORE,))
    counts = [f"{sum(each.sign == sign for each in judged)} {words}" for sign, words in SIGN_WORDS.items()]
    figure = Figure(LINES, tuple(_line(each) for circle in CIRCLES for each in _of(found, circle)))
    still_open = found.still_open()
    says = f"{listed(counts)}."
    if not still_open:
        return Found(len(judged), says, figure)
    return Found(len(judged), says, figure, QUESTION, following(still_open[0].row))


def following(row: Row) -> tuple[Offer, ...]:
    """Return what may be begun from a record that pulls against the core, each with a link to it."""
    links = (row.id,) if row.id else ()
    about = quoted(row.title)
    return (
        Offer(f"a call-in about {about}", "call-in", links=links),
        Offer(f"a question about {about}", "question", agenda=row.agenda, links=links),
        Offer(f"a policy about {about}", "policy", agenda=row.agenda, links=links),
    )


def _of(found: Circles, circle: str) -> list[Placed]:
    return [each for belief in BELIEFS for each in found.cell(belief, circle)]


def _line(each: Placed) -> Part:
    row = each.row
    note = " · ".join([each.belief, *([] if each.fit != "against it" else [_followed(each)])])
    return Part(
        row.id or row.ref, f"{each.sign} {row.title}", note=note, group=each.circle, rowids=(row.rowid,), ref=row.ref,
        offers=following(row) if each.is_open else (),
    )  # fmt: skip


def _followed(each: Placed) -> str:
    if not each.followed_by:
        return "nothing follows yet"
    return f"followed by {listed([counted(1, row.kind) for row in each.followed_by])}"


SIGN_WORDS = {"✓": "in line with our core", "✗": "against it", "?": "that cannot be told yet"}

PATTERNS = (
    Pattern(
        "symmetry",
        "Beside our core",
        "Records that say how they sit beside our core, by the three circles: policy, behaviors and mindsets, "
        "instructional core. It asks when one pulls against the core and no call-in, question or policy links to it.",
        5,
        "records that say how they sit beside our core",
        symmetry,
    ),
)
