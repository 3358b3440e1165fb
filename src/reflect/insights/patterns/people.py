"""Whom I write of: how many of the mentions go to the same few people. Private, and never named elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from reflect.insights.patterns.figures import BARS, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.textforms import folded, one_line
from reflect.records.ulid import is_ulid
from reflect.records.wording import counted

FEW = 3
PEOPLE_TYPES = ("person", "people")


def few_voices(material: Material) -> Found:
    """Return the share of all mentions that the three most mentioned people have."""
    people, names = _mentions(material)
    total = sum(map(len, people.values()))
    most = sorted(people.items(), key=lambda each: (-len(each[1]), each[0]))
    few, others = most[:FEW], most[FEW:]
    parts = [Part(key, names[key], len(numbers), total, rowids=tuple(dict.fromkeys(numbers))) for key, numbers in few]
    rest = [number for _, numbers in others for number in numbers]
    if rest:
        words = counted(len(others), "other person", "others")
        parts.append(Part("others", words, len(rest), total, rowids=tuple(dict.fromkeys(rest))))
    of_few = total - len(rest)
    says = f"{of_few} of {counted(total, 'mention')} are of the same {counted(len(few), 'person', 'people')}."
    offers = (Offer("write down a person", "person"), Offer("write a reflection", "reflection"))
    return Found(total, says, Figure(BARS, tuple(parts)), "Whom have you not heard from this term?", offers)


def _mentions(material: Material) -> tuple[Mapping[str, list[int]], Mapping[str, str]]:
    """Return for each person the records that mention them, a mention each, and how they are written."""
    kinds_by_field: dict[str, list[str]] = {}
    for kind in material.kinds:
        for field in kind.fields:
            if field.type in PEOPLE_TYPES:
                kinds_by_field.setdefault(field.name, []).append(kind.name)
    found = [
        (one_line(value).removeprefix("[[").removesuffix("]]").strip(), number)
        for name, kinds in kinds_by_field.items()
        for value, number in material.counts.values(material.mine(*kinds), name)
    ]
    titles = material.titles(list({value for value, _ in found if is_ulid(value)}))
    people: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for value, number in found:
        name = titles.get(value, value)
        if folded(name):
            people.setdefault(folded(name), []).append(number)
            names.setdefault(folded(name), name)
    return people, names


PATTERNS = (
    Pattern(
        "few-voices-around-me",
        "Few voices around me",
        "Mentions in the fields for people in my records, and the share of the three people mentioned most. Two "
        "spellings are two people.",
        20,
        "mentions",
        few_voices,
    ),
)
