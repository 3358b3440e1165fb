"""What can be completed while one writes: `[[` a record, `#` a tag, `@` a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reflect.records.markdown import LONGEST_LINK
from reflect.records.query import Filters
from reflect.records.textforms import folded
from reflect.tui.widgets.completion import Candidate
from reflect.tui.words import short_day

if TYPE_CHECKING:
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace

SHOWN = 8
MANY_PEOPLE = 2_000
# What is completed begins so near to the cursor; the rest of a long line is not looked at.
REACH = 160
RECORD, TAG, PERSON = "record", "tag", "person"
OPENINGS = (
    (RECORD, re.compile(r"\[\[(?P<words>[^\[\]|\n]{0,80})$")),
    # A tag begins with a letter, so that `#` before a blank stays a heading, and `#1` a number.
    (TAG, re.compile(r"(?:^|(?<=\s))#(?P<words>[^\W\d_][\w-]{0,40})$")),
    (PERSON, re.compile(r"(?<![\w@.])@(?P<words>(?:[^\W\d_][\w.'’ -]{0,40})?)$")),
)
HEADING = re.compile(r"#{1,6} ")
IN_THE_WAY = re.compile(r"[\[\]|\n\r]")


@dataclass(frozen=True)
class Asked:
    """What is being typed: its sort, the words so far, and the column where the sign stands."""

    sort: str
    words: str
    start: int


@dataclass(frozen=True)
class Names:
    """The tags in use, most used first, and the people of a journal; each with what else it is found by."""

    tags: Sequence[Candidate] = ()
    people: Sequence[tuple[Candidate, str]] = ()


def asked_before(text: str) -> Asked | None:
    """Return what the end of a line's beginning asks for, None for nothing."""
    if HEADING.match(text) or not any(sign in text for sign in "[#@"):
        return None
    near = max(0, len(text) - REACH)
    for sort, opening in OPENINGS:
        match = opening.search(text, near)
        if match:
            return Asked(sort, match["words"], match.start())
    return None


def names_of(workspace: Workspace, place: str = "") -> Names:
    """Return the names of a journal; for what is written into a community, `place`, the tags there and nobody."""
    labels = workspace.catalog.labels("tag", place or None)
    tags = [Candidate(f"#{tag}", f"#{tag}", str(number)) for tag, number in labels]
    if place:
        return Names(tags)
    people = []
    for row in workspace.catalog.rows(Filters(kinds=("person",), places=("",)), limit=MANY_PEOPLE):
        known_by = folded(" ".join([row.title, row.text_of("also_called"), row.text_of("role")]))
        people.append((Candidate(row.title, row.title, row.text_of("role")), known_by))
    return Names(tags, people)


def named(names: Names, asked: Asked) -> list[Candidate]:
    """Return the tags or people that fit what was asked."""
    words = folded(asked.words)
    if asked.sort == TAG:
        return [each for each in names.tags if folded(each.writes).startswith("#" + words)][:SHOWN]
    ends = asked.words.endswith(" ")
    found = [each for each, known_by in names.people if _begins(known_by, words) and not (ends and not words)]
    return sorted(found, key=lambda each: not folded(each.writes).startswith(words))[:SHOWN]


def records_named(workspace: Workspace, words: str, own_path: str, place: str = "") -> list[Candidate]:
    """Return the newest records whose titles fit, as links that lead to them and nowhere else.

    In what is written into a community, `place`, only its own records can be linked to.
    """
    catalog = workspace.catalog
    rows = [row for row in catalog.titled(words, SHOWN * 3, place or None) if row.ref != own_path]
    wanted = folded(words)
    rows = sorted(rows, key=lambda row: not folded(row.title).startswith(wanted))[:SHOWN]
    shared = catalog.shared_titles([row.title for row in rows])
    today = workspace.context.now().date()
    return [Candidate(link_to(row, folded(row.title) in shared), row.title, short_day(row.sort, today)) for row in rows]


def link_to(row: Row, is_shared: bool) -> str:
    """Return the link to a record: by its title where that names it alone, else by its id with the title shown."""
    shown = " ".join(IN_THE_WAY.sub(" ", row.title).split())
    is_plain = shown == row.title and len(shown) < LONGEST_LINK - 4
    if is_plain and not is_shared:
        return f"[[{row.title}]]"
    target = row.id or row.path.rpartition("/")[2].removesuffix(".md")
    return f"[[{target}|{shown[:200].rstrip()}]]" if shown else f"[[{target}]]"


def _begins(text: str, words: str) -> bool:
    """Say whether some word of a text begins so."""
    return not words or text.startswith(words) or f" {words}" in text
