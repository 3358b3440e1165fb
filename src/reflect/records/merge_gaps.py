"""Merged paragraphs into one text: with the blank lines that stood between them, or such as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reflect.records.paragraphs import Paragraphs


@dataclass(frozen=True, slots=True)
class Slot:
    """A paragraph of the result: its text, and its number in each version that has it."""

    text: str
    base: int | None = None
    mine: int | None = None
    theirs: int | None = None

    @property
    def numbers(self) -> tuple[int | None, int | None, int | None]:
        """Its number in base, mine and theirs."""
        return self.base, self.mine, self.theirs


@dataclass(frozen=True, slots=True)
class Three:
    """The three versions of a text."""

    base: Paragraphs
    mine: Paragraphs
    theirs: Paragraphs

    @property
    def all(self) -> tuple[Paragraphs, Paragraphs, Paragraphs]:
        """Base, mine and theirs."""
        return self.base, self.mine, self.theirs


def joined(slots: Sequence[Slot], three: Three, gap: str) -> str:
    """Return the text of the slots; `gap` goes between two that stood beside each other nowhere."""
    begin = Slot("", -1, -1, -1)
    end = Slot("", *[len(version.all) for version in three.all])
    leads = [version.lead for version in three.all]
    tails = [version.all[-1].gap if version.all else version.lead for version in three.all]
    parts: list[str] = []
    for before, after in pairwise([begin, *slots, end]):
        default = _chosen(*leads) if before is begin else _chosen(*tails) if after is end else gap
        parts += [before.text, _gap(before, after, three, default)]
    return "".join(parts)


def _gap(before: Slot, after: Slot, three: Three, default: str) -> str:
    sides = zip(three.all, before.numbers, after.numbers, strict=True)
    base, mine, theirs = (_gap_in(version, number, following) for version, number, following in sides)
    if mine is None or theirs is None:
        return next((gap for gap in (theirs, mine) if gap is not None), default)
    return _chosen(base, mine, theirs)


def _gap_in(version: Paragraphs, number: int | None, following: int | None) -> str | None:
    """Return what leads from one paragraph to another, None where they are not neighbors."""
    if number is None or following != number + 1:
        return None
    return version.all[number].gap if number >= 0 else version.lead


def _chosen(base: str | None, mine: str, theirs: str) -> str:
    return mine if theirs == base else theirs
