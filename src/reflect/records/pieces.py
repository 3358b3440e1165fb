"""A body in pieces, one for each moment of its kind, and joined again to the very same text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reflect.records import markdown

if TYPE_CHECKING:
    from reflect.records.kinds import Kind


@dataclass(frozen=True)
class Pieces:
    """A text that was cut; `exact` joins to it as it is."""

    exact: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The pieces as they are written on: without the blank lines that lead to the next."""
        return (*(_without_tail(each) for each in self.exact[:-1]), self.exact[-1])

    def joined(self, texts: Sequence[str]) -> str:
        """Return one text of the pieces as they were written on; one that was not touched stays byte for byte."""
        last = len(texts) - 1
        found = []
        for at, (exact, shown, text) in enumerate(zip(self.exact, self.shown, texts, strict=True)):
            # What is typed to the end of a piece must not run into the heading of the next.
            found.append(exact if text == shown else text if at == last else _ended(text))
        return "".join(found)


def pieces_of(body: str, kind: Kind) -> Pieces | None:
    """Return a body cut where each moment begins, None where its headings stand in another order.

    A heading that the kind does not know goes with what stands above it.
    """
    order = [moment.name for moment in kind.moments]
    if not order:
        return None
    lines = markdown.lines_of(body)
    cuts: dict[str, int] = {}
    for section in markdown.sections(body):
        moment = kind.moment_of(section.title)
        if not moment:
            continue
        if cuts and order.index(moment) < order.index(next(reversed(cuts))):
            return None
        cuts.setdefault(moment, section.start)
    if list(cuts) != order:
        return None
    starts = [0, *list(cuts.values())[1:], len(lines)]
    return Pieces(tuple("".join(lines[start:end]) for start, end in pairwise(starts)))


def _without_tail(piece: str) -> str:
    text = piece.rstrip("\n")
    # Under a bare heading there is a line to write in.
    return text + "\n\n" if text.rpartition("\n")[2].startswith("## ") else text


def _ended(piece: str) -> str:
    if not piece.strip():
        return ""
    return piece + "\n" * max(0, 2 - (len(piece) - len(piece.rstrip("\n"))))
