"""Call-ins: how far they went, toward whom in power, and what comes back. Private, all of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial

from reflect.insights.patterns.figures import BARS, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.textforms import folded, one_line
from reflect.records.wording import counted, listed, quoted

KIND = "call-in"
PREPARING, HELD, FOLLOWED_UP, LET_PASS = "preparing", "held", "followed up", "let pass"
UP, PEER, DOWN = "to someone with more power", "peer", "to someone with less power"
SIDES = ("I called in", "I was called in")
PROCESS = "a rule or process"
OFTEN = 3
DUE = "call-in-due"


@dataclass(frozen=True)
class CallIn:
    """What is counted of one call-in."""

    number: int
    status: str
    direction: str
    side: str
    pattern: str
    about: tuple[str, ...]


def _call_ins(material: Material) -> list[CallIn]:
    asked = ("status", "direction", "side", "pattern", "about")
    found = material.counts.fields(material.mine(KIND), *asked)
    return [
        CallIn(number, status or PREPARING, direction or "", side or SIDES[0], pattern or "", _several(about))
        for number, status, direction, side, pattern, about in found
    ]


def _several(value: object) -> tuple[str, ...]:
    """Return the values of a list field as the catalog keeps them: JSON, or one text."""
    text = str(value or "")
    if text.startswith("["):
        return tuple(map(str, json.loads(text)))
    return (text,) if text else ()


def followed_through(material: Material) -> Found:
    """Return how many call-ins were prepared, held, followed up and let pass."""
    call_ins = _call_ins(material)
    steps = (
        ("prepared", [PREPARING, HELD, FOLLOWED_UP, LET_PASS]),
        ("held", [HELD, FOLLOWED_UP]),
        ("followed up", [FOLLOWED_UP]),
        ("let pass", [LET_PASS]),
    )
    parts = []
    for name, statuses in steps:
        # Whatever else stands in the field is a call-in that was prepared.
        numbers = [each.number for each in call_ins if name == "prepared" or each.status in statuses]
        parts.append(Part(name, name, len(numbers), rowids=tuple(numbers)))
    says = " · ".join(f"{part.count} {part.label}" for part in parts)
    due = next((loop for loop in material.loops if loop.loop == DUE), None)
    offer = Offer("prepare a call-in", KIND)
    if due is not None:
        offer = Offer(f"go to the oldest that is due: {quoted(due.row.title)}", ref=due.row.ref, loop=DUE)
    question = "What helps you go back a second time?"
    return Found(len(call_ins), says, Figure(BARS, tuple(parts)), question, (offer,))


def direction(material: Material) -> Found:
    """Return toward whom in power I call in, of those that are prepared or held, and whether I am called in."""
    call_ins = [each for each in _call_ins(material) if each.status != LET_PASS]
    mine = [each for each in call_ins if each.side != SIDES[1]]
    received = [each.number for each in call_ins if each.side == SIDES[1]]
    labels = {UP: "to more power", PEER: "to peers", DOWN: "to less power", "": "not said"}
    numbers = {
        way: [each.number for each in mine if (each.direction if each.direction in labels else "") == way]
        for way in labels
    }
    parts = [
        Part(way or "not said", label, len(numbers[way]), rowids=tuple(numbers[way]))
        for way, label in labels.items()
        if way or numbers[way]
    ]
    parts.append(Part(SIDES[1], "I was called in", len(received), rowids=tuple(received)))
    says = f"{listed([f'{part.count} {part.label}' for part in parts[:-1]])}; called in myself: {len(received)}."
    questions, offers = [], []
    if not numbers[UP]:
        questions.append("What would it take to have one upward?")
        offers.append(Offer("prepare a call-in to someone with more power", KIND, fields={"direction": UP}))
    if not received:
        questions.append("Who calls you in?")
        offers.append(Offer("write down a person who could", "person"))
    if not questions:
        questions.append("Which of these was hardest to begin, and what carried you?")
        offers.append(Offer("write a reflection", "reflection", lens=KIND))
    return Found(len(mine), says, Figure(BARS, tuple(parts)), " ".join(questions), tuple(offers))


def recurring(material: Material) -> Found:
    """Return what three call-ins or more are about: a pattern by its words, or a rule or process."""
    call_ins = _call_ins(material)
    by_words: dict[str, list[CallIn]] = {}
    for each in call_ins:
        if folded(each.pattern):
            by_words.setdefault(folded(each.pattern), []).append(each)
    found = [(one_line(same[0].pattern), same) for same in by_words.values()]
    found.append((PROCESS, [each for each in call_ins if PROCESS in each.about]))
    often = sorted((each for each in found if len(each[1]) >= OFTEN), key=lambda each: -len(each[1]))
    if not often:
        return Found(len(call_ins), f"Nothing has come up {OFTEN} times in {counted(len(call_ins), 'call-in')}.")
    parts = [Part(words, words, len(same), rowids=tuple(each.number for each in same)) for words, same in often]
    says = listed([f"{quoted(words)} in {counted(len(same), 'call-in')}" for words, same in often[:OFTEN]]) + "."
    offers = (Offer("note the policy behind it", "policy"), Offer("ask it as a question", "question"))
    return Found(
        len(call_ins), says, Figure(BARS, tuple(parts)), "Is this still about people, or about a rule?", offers
    )


_pattern = partial(Pattern, of_what="call-ins")
PATTERNS = (
    _pattern(
        "call-ins",
        "Call-ins, followed through",
        "My call-ins: all that were prepared, those held (also those followed up since), followed up, and let pass.",
        3,
        look=followed_through,
    ),
    _pattern(
        "direction",
        "Toward whom in power",
        "My call-ins that are being prepared or were held, by where the other stands; and in how many of them I was "
        "the one called in. Those let pass are left out.",
        5,
        look=direction,
    ),
    _pattern(
        "recurring",
        "What comes back",
        "A pattern that three call-ins or more name in the same words, whatever their capitals; and a rule or process "
        "that three or more are about.",
        3,
        look=recurring,
    ),
)
