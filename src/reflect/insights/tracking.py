"""A pilot over time: its turns of plan, do, study, act, in ramps, each with what was predicted and what came of it.

The list is *Implementation & Iteration Tracking* of “Equitable Systems Transformation”, Digital Promise; ramps of
cycles are those of *The Improvement Guide*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reflect.store.catalog import Row

SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
PREDICTING = re.compile(r"\b(predict|expect|guess|predic|predec|predij|esper[ao]|supon)", re.IGNORECASE)
GOOD = ("as predicted", "better")
LONGEST = 200


@dataclass(frozen=True)
class Turn:
    """One cycle: what was predicted, `""` where nothing was, what came, what is next and what was decided."""

    row: Row
    prediction: str
    decisions: tuple[Row, ...] = ()

    @property
    def number(self) -> str:
        """The number that was given to it."""
        return self.row.text_of("number")

    @property
    def result(self) -> str:
        """The result beside the prediction."""
        return self.row.text_of("result")

    @property
    def next(self) -> str:
        """Adopt, adapt or abandon."""
        return self.row.text_of("next")


@dataclass(frozen=True)
class Tracking:
    """The turns of a pilot in their ramps; `decisions` are those on the pilot itself, `asks` what is open now.

    `asks_of` is the cycle that the question is about, None where it asks for a new one.
    """

    pilot: Row
    ramps: tuple[tuple[Turn, ...], ...]
    decisions: tuple[Row, ...]
    asks: str
    asks_of: Row | None = None
    asks_at: str = ""
    says: tuple[str, ...] = ()

    @property
    def turns(self) -> list[Turn]:
        """All turns, ramp after ramp."""
        return [turn for ramp in self.ramps for turn in ramp]


def prediction_in(plan: str) -> str:
    """Return the sentence of a plan that says what is expected, `""` where none does."""
    for sentence in SENTENCE.split(plan):
        if PREDICTING.search(sentence):
            words = sentence.strip(" \t-*>#")
            return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
    return ""


def tracking(pilot: Row, rows: Sequence[Row], section: Callable[[Row, str], str]) -> Tracking:
    """Return a pilot's turns from the records that were gathered around it; `section` gives the text of a section."""
    cycles = [row for row in rows if row.kind == "cycle"]
    own = {row.id: row for row in cycles if row.text_of("pilot") == pilot.id}
    # One that only says what it comes after belongs to the same pilot.
    grown = True
    while grown:
        more = {row.id: row for row in cycles if row.id not in own and row.text_of("before") in own}
        own |= more
        grown = bool(more)
    findings = [row for row in rows if row.kind == "finding"]
    decisions = [row for row in rows if row.kind == "decision"]

    def decided(source: Row) -> tuple[Row, ...]:
        on = {row.id for row in findings if source.id in row.list_of("from")}
        return tuple(row for row in decisions if on & set(row.list_of("findings")))

    says: list[str] = []
    ramps = [
        tuple(Turn(row, prediction_in(section(row, "Plan")), decided(row)) for row in ramp)
        for ramp in _ramps(list(own.values()), says)
    ]
    says += _advice(ramps)
    asks, of, at = _question(ramps, section)
    return Tracking(pilot, tuple(ramps), decided(pilot), asks, of, at, tuple(says))


def _ramps(cycles: Sequence[Row], says: list[str]) -> list[list[Row]]:
    """Return the cycles in `before` order, a list for each beginning; where two follow one, a new list begins."""
    known = {row.id for row in cycles}
    after: dict[str, list[Row]] = {}
    for row in sorted(cycles, key=_place):
        after.setdefault(row.text_of("before") if row.text_of("before") in known else "", []).append(row)
    ramps: list[list[Row]] = []
    met: set[str] = set()

    def follow(row: Row) -> None:
        ramp: list[Row] = []
        ramps.append(ramp)
        current: Row | None = row
        while current is not None and current.id not in met:
            met.add(current.id)
            ramp.append(current)
            following = after.get(current.id, [])
            waiting.extend(following[1:])
            current = following[0] if following else None

    waiting = list(after.get("", []))
    while waiting:
        follow(waiting.pop(0))
    for row in sorted(cycles, key=_place):
        if row.id not in met:
            says.append(f"“{row.title}” comes after itself; the circle is cut there.")
            follow(row)
    return [ramp for ramp in ramps if ramp]


def _advice(ramps: Sequence[Sequence[Turn]]) -> list[str]:
    """Return what is worth knowing before a test is made wider; it is advice, not a rule."""
    for ramp in ramps:
        results = [turn.result for turn in ramp if turn.result]
        if results[-2:] and len(results) > 1 and all(each in GOOD for each in results[-2:]):
            return ["Twice as predicted or better: a wider test would now teach something new."]
    return []


def _question(ramps: Sequence[Sequence[Turn]], section: Callable[[Row, str], str]) -> tuple[str, Row | None, str]:
    for turn in (turn for ramp in ramps for turn in ramp):
        if section(turn.row, "Do") and not section(turn.row, "Study"):
            return "What did you predict?", turn.row, "Study"
        if section(turn.row, "Study") and not turn.next:
            return "Adopt, adapt or abandon?", turn.row, "next"
    last = ramps[-1][-1] if ramps else None
    if last is not None and last.next == "adapt":
        return "You wanted to adapt it: what is the next, smallest turn?", None, ""
    return ("What would the next turn teach?" if last else "What did the first week show?"), None, ""


def _place(row: Row) -> tuple[float, str, str]:
    try:
        number = float(row.text_of("number"))
    except ValueError:
        number = float("inf")
    return number, row.text_of("starts") or row.day, row.id
