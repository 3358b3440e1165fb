"""What a person types to search, taken apart: words, filters, and what they are matched with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

FILTERS = ("kind", "tag", "lens", "agenda", "since", "until", "in")
# How a list may be ordered; the first is what every list begins with.
ORDERS = ("newest", "oldest", "title", "changed", "longest")
PART = re.compile(r'(?:(?P<filter>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')


@dataclass(frozen=True)
class Filters:
    """Which records are wanted; an empty filter wants all. Days are `YYYY-MM-DD`, both ends included.

    `agendas` are ids; a record that names no agenda belongs to the one in whose folder it lies,
    so `agenda_folders` go with them, each named by its place as records are (`NAME:agendas/…`).
    """

    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lenses: tuple[str, ...] = ()
    agendas: tuple[str, ...] = ()
    agenda_folders: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    places: tuple[str, ...] = ()
    # Those of communities alone, whichever they are.
    is_shared: bool = False
    # Those of communities that this person has not read as they are now.
    is_unread: bool = False

    def __bool__(self) -> bool:
        return self != Filters()


EVERYTHING = Filters()


@dataclass(frozen=True)
class Query:
    """A search: `terms` are (text, is_prefix); dates and agendas in `filters` are as typed."""

    terms: tuple[tuple[str, bool], ...] = ()
    filters: Filters = EVERYTHING


def parse_query(text: str, last_is_prefix: bool = False) -> Query:
    """Return the search that a text means: words, "phrases", prefix*, and filters such as kind:finding.

    With `last_is_prefix` the last word matches while it is still being typed, also before a filter;
    of a word of which there is one letter nothing can be said yet.
    """
    terms: list[tuple[str, bool]] = []
    filters = Filters()
    ends_in_word = False
    for match in PART.finditer(text):
        name, phrase, word = match["filter"], match["phrase"], match["word"]
        value = phrase if phrase is not None else word
        if name in FILTERS and value:
            filters = _filtered(filters, name, value)
            continue
        if name:
            value = f"{name}:{value}" if phrase is None else value
        if value:
            terms.append((value, False) if phrase is not None else (value.rstrip("*"), value.endswith("*")))
            ends_in_word = phrase is None
    if last_is_prefix and terms and ends_in_word and not text[-1:].isspace():
        word = terms.pop()[0]
        if len(word) > 1 or not word.isascii():
            terms.append((word, True))
    return Query(tuple((term, prefix) for term, prefix in terms if term.strip()), filters)


def parts_of(text: str) -> list[str]:
    """Return the words, phrases and filters that a typed search consists of, each as it was typed."""
    return [match[0] for match in PART.finditer(text)]


def _filtered(filters: Filters, name: str, value: str) -> Filters:
    if name == "kind":
        return replace(filters, kinds=(*filters.kinds, value))
    if name == "tag":
        return replace(filters, tags=(*filters.tags, value.removeprefix("#")))
    if name == "lens":
        return replace(filters, lenses=(*filters.lenses, value))
    if name == "agenda":
        return replace(filters, agendas=(*filters.agendas, value))
    if name == "in":
        return replace(filters, places=(*filters.places, value))
    if name == "since":
        return replace(filters, since=value)
    return replace(filters, until=value)
