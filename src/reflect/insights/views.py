"""What a drawing of the practice is, as plain data: lines, and the question they end in with what its key starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reflect.insights.patterns.figures import Offer
from reflect.store.catalog import Row

# What a line says of a record at its right: its day, or what names it on a command line.
NoteOf = Callable[[Row], str]


@dataclass(frozen=True)
class Line:
    """One line as it is drawn; `says` is the same without what is only drawn, `""` where it is as it stands.

    It leads to the record at `ref`, to the records `rowids`, or to the first of its `offers`. A line that is neither
    drawn nor a heading may be cut into several.
    """

    text: str = ""
    note: str = ""
    ref: str = ""
    rowids: Sequence[int] = ()
    offers: tuple[Offer, ...] = ()
    says: str = ""
    level: int = 0
    is_heading: bool = False
    is_drawn: bool = False


BLANK = Line(is_drawn=True)


@dataclass(frozen=True)
class View:
    """A drawing with its title; what is to be printed with it stands in `source`."""

    title: str
    lines: tuple[Line, ...]
    question: str = ""
    offers: tuple[Offer, ...] = ()
    source: str = ""


def heading(text: str) -> Line:
    """Return a heading, which stands apart from what is above it."""
    return Line(text, is_heading=True)
