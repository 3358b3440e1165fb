"""What may come next in a line that is typed: names of filters, and what may stand behind each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reflect.records.textforms import folded

MOST = 8
# One letter may begin any word; with two it is worth an offer.
NAMES_FROM = 2
# The word under the cursor: a filter with its value, a sign with a tag, or the beginning of one.
WORD = re.compile(r'(?:(?P<name>[a-z]+):|(?P<sign>[+-])#?)?(?P<quote>"?)(?P<value>(?<=")[^"]*|[^\s"]*)$')


@dataclass(frozen=True)
class Offer:
    """Something that may stand in a line, and a note on it."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """What a line knows: offers behind the name of each filter, and words that stand by themselves."""

    values: Mapping[str, Sequence[Offer]] = field(default_factory=dict)
    names: Sequence[Offer] = ()
    words: Sequence[Offer] = ()


@dataclass(frozen=True)
class Completion:
    """Offers for the word that begins at `start`; each is the whole text that takes its place."""

    start: int = 0
    offers: Sequence[Offer] = ()
    texts: Sequence[str] = ()


def complete(before: str, known: Vocabulary) -> Completion:
    """Return what may come next after the text before the cursor."""
    word = WORD.search(before)
    if word is None or (word.start() and not before[word.start() - 1].isspace()):
        return Completion()
    name, sign, value = word["name"], word["sign"] or "", word["value"]
    if name is not None:
        found = _fitting(value.removeprefix("#"), known.values.get(name, ()))
        return Completion(word.start(), found, [f"{name}:{_quoted(each.text)} " for each in found])
    if known.words:
        found = _fitting(value.removeprefix("#"), known.words) if value or sign else []
        return Completion(word.start(), found, [f"{sign}{_quoted(each.text)} " for each in found])
    if sign or word["quote"] or len(value) < NAMES_FROM:
        return Completion()
    found = [each for each in known.names if each.text.startswith(value)]
    return Completion(word.start(), found, [f"{each.text}:" for each in found])


def _fitting(typed: str, offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers that begin with what was typed, then those that have it inside; none when it is complete."""
    wanted = folded(typed)
    if any(folded(each.text) == wanted for each in offers):
        return []
    begins = [each for each in offers if folded(each.text).startswith(wanted)]
    inside = [each for each in offers if wanted in folded(f"{each.text} {each.note}")]
    return list(dict.fromkeys([*begins, *inside]))[:MOST]


def _quoted(text: str) -> str:
    return f'"{text}"' if any(char.isspace() for char in text) else text
