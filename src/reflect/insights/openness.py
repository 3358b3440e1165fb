"""How open the pursuit of an agenda is: four parts, each met or not, with the evidence.

After the open pursuit of a learning agenda in the C!E System Innovation Framework; when exactly a
part counts as met is ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reflect.records.tally import read_tally
from reflect.records.textforms import folded
from reflect.store.catalog import Row

NOT_GOOD = ("negative", "mixed", "no difference")
GOOD = ("positive", "mixed")
DECISION_DAYS = 14
FINDING_DAYS = 90
HEARD_DAYS = 365


@dataclass(frozen=True)
class Part:
    """One part of the check."""

    met: bool
    why: str
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Openness:
    """The four parts: made known, people engaged, findings shared, changes explained."""

    known: Part
    engaged: Part
    shared: Part
    explained: Part

    def parts(self) -> list[tuple[str, Part]]:
        """Return the parts by name, in their order."""
        names = ("known", "engaged", "shared", "explained")
        return [(name, getattr(self, name)) for name in names]


CopiesOf = Mapping[str, Sequence[Row]]
NOT_COPIED: CopiesOf = {}


def openness(
    agenda: Row, rows: Sequence[Row], has_why: Callable[[Row], bool], today: dt.date, copies: CopiesOf = NOT_COPIED
) -> Openness:
    """Return the openness of an agenda from its records; `has_why` says whether a decision gives its reason.

    A record is *sent* when it stands in a community, itself or as one of its `copies` (by its id).
    """
    return Openness(
        _known(agenda, today, copies),
        _engaged(agenda, rows, today),
        _shared([row for row in rows if row.kind == "finding"], copies),
        _explained(rows, has_why, today, copies),
    )


def _known(agenda: Row, today: dt.date, copies: CopiesOf) -> Part:
    for sent in (agenda, *copies.get(agenda.id, ())):
        if sent.place:
            return Part(True, f"since {sent.day}, {sent.place}", (agenda.id,))
    on = agenda.text_of("made_known_on")
    if agenda.list_of("made_known") and on and on <= today.isoformat():
        return Part(True, f"since {on}", (agenda.id,))
    why = "Known only to you so far. Share it, or note where you made it known."
    return Part(False, why, (), ("made_known", "made_known_on"))


def _engaged(agenda: Row, rows: Sequence[Row], today: dt.date) -> Part:
    needed = agenda.list_of("voices_needed")
    if not needed:
        return Part(False, "Say first whose voices this needs.", (), ("voices_needed",))
    since = (today - dt.timedelta(days=HEARD_DAYS)).isoformat()
    heard: dict[str, str] = {}
    evidence: list[str] = []
    for row in rows:
        groups = _heard_in(row) if row.day >= since else []
        heard |= {folded(group): group for group in groups}
        evidence += [row.id] if groups else []
    missing = tuple(group for group in needed if folded(group) not in heard)
    if len(missing) == len(needed):
        return Part(False, f"Not yet heard: {', '.join(missing)}.", (), missing)
    if len(heard) < 2:
        return Part(False, f"So far one group speaks: {next(iter(heard.values()))}.", tuple(evidence), missing)
    return Part(True, f"{len(heard)} groups heard", tuple(evidence), missing)


def _heard_in(row: Row) -> list[str]:
    """Return the groups that a record heard: named, or counted as having spoken."""
    spoke = [count.group for count in read_tally(row.text_of("voices")).counts if count.spoke]
    return [*row.list_of("heard"), *row.list_of("speaking_as"), *spoke]


def _shared(findings: Sequence[Row], copies: CopiesOf) -> Part:
    sent = [row for row in findings if row.place or row.id in copies]
    waiting = [row for row in findings if not row.place and row.id not in copies]
    if not sent:
        return Part(False, "No finding shared yet.", (), tuple(row.id for row in waiting))
    bad = any(row.text_of("valence") in NOT_GOOD for row in sent)
    has_good = any(row.text_of("valence") in GOOD for row in findings)
    good = any(row.text_of("valence") in GOOD for row in sent)
    evidence = tuple(row.id for row in sent)
    if bad and (good or not has_good):
        return Part(True, f"{len(sent)} of {len(findings)} findings", evidence)
    others = [row for row in waiting if row.text_of("valence") in NOT_GOOD] if not bad else waiting
    if others:
        return Part(
            False, f"Good news is out; {len(others)} other findings wait.", evidence, tuple(r.id for r in others)
        )
    return Part(False, "Nothing has gone against us yet. Who would know?", evidence)


def _explained(rows: Sequence[Row], has_why: Callable[[Row], bool], today: dt.date, copies: CopiesOf) -> Part:
    decisions = [row for row in rows if row.kind == "decision"]
    if not decisions:
        return Part(False, "No decision yet, also none to leave things as they are.")
    explained = [
        row for row in decisions if has_why(row) and (row.place or row.id in copies or row.list_of("explained_to"))
    ]
    settled_before = (today - dt.timedelta(days=DECISION_DAYS)).isoformat()
    open_ones = [row for row in decisions if row not in explained and row.day < settled_before]
    if open_ones or not explained:
        waiting = open_ones or [row for row in decisions if row not in explained]
        says = (
            "1 decision waits for its reason."
            if len(waiting) == 1
            else f"{len(waiting)} decisions wait for their reason."
        )
        return Part(False, says, tuple(row.id for row in explained), tuple(row.id for row in waiting))
    named = {finding for row in decisions for finding in row.list_of("findings")}
    decided = named | {own for own, sent in copies.items() if any(copy.id in named for copy in sent)}
    before = (today - dt.timedelta(days=FINDING_DAYS)).isoformat()
    silent = [row for row in rows if _is_silent(row, decided, before)]
    if silent:
        subject = "1 finding is" if len(silent) == 1 else f"{len(silent)} findings are"
        why = f"{subject} older than a season, and nothing was said about {'it' if len(silent) == 1 else 'them'}."
        return Part(False, why, tuple(row.id for row in explained), tuple(row.id for row in silent))
    return Part(True, f"{len(explained)} of {len(decisions)} decisions", tuple(row.id for row in explained))


def _is_silent(row: Row, decided: set[str], before: str) -> bool:
    judged = row.text_of("valence") not in ("", "too early") and row.text_of("strength") != "a hunch"
    waits = row.text_of("needs_decision") != "no" and row.id not in decided
    return row.kind == "finding" and judged and waits and row.day < before
